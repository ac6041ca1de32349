package render

import (
	"strings"

	"offprint/internal/article"
)

// tags are the elements of kinds that are one.
var tags = map[article.Kind]string{
	article.Italic: "i", article.Bold: "b", article.Underline: "u", article.Strike: "s", article.Monospace: "code",
	article.Sub: "sub", article.Sup: "sup", article.Quote: "q", article.Found: "mark",
}

// phrases draws nodes within a line.
func (d *drawer) phrases(nodes []article.Node) {
	var said *article.Node // a note whose mark has been drawn
	for i := range nodes {
		n := &nodes[i]
		if n == said {
			continue
		}
		if n.Kind == article.Cross && !d.bare {
			if note := noteBehind(nodes[i+1:], n.Target); note != nil {
				d.collect(note)
				said = note
			}
		}
		d.phrase(n)
	}
}

func (d *drawer) phrase(n *article.Node) {
	if tag, ok := tags[n.Kind]; ok {
		raised := d.raised
		d.raised = raised || n.Kind == article.Sup
		outer := d.open(tag, n)
		d.phrases(n.Kids)
		d.shut(tag, outer)
		d.raised = raised
		return
	}
	switch n.Kind {
	case article.Text:
		d.text(n.Text)
	case article.SmallCaps:
		outer := d.open("span", n, "class", "sc")
		d.phrases(n.Kids)
		d.shut("span", outer)
	case article.LineBreak:
		d.raw("<br>")
	case article.Foreign:
		d.span(n)
	case article.Link:
		d.external(n)
	case article.Cross:
		d.cross(n)
	case article.Footnote:
		d.noteMark(n)
	case article.InlineMath:
		d.inlineMath(n)
	case article.InlineImage:
		d.inlineImage(n)
	case article.Ruby:
		d.ruby(n)
	default:
		d.degraded(n)
	}
}

// degraded draws a block where only words may stand: its words, set apart by
// blanks.
func (d *drawer) degraded(n *article.Node) {
	switch n.Kind {
	case article.Math:
		d.inlineMath(n)
		return
	case article.Image, article.Media, article.Supplementary:
		d.inlineImage(n)
		return
	case article.Code:
		d.raw("<code>")
		d.text(n.Text)
		d.raw("</code>")
		return
	}
	d.gap()
	if n.Label != "" {
		d.text(n.Label + " ")
	}
	if d.given[n] != "" || n.Lang != "" || n.Dir != "" {
		outer := d.open("span", n)
		d.phrases(n.Kids)
		d.shut("span", outer)
	} else {
		d.phrases(n.Kids)
	}
	d.gap()
}

// gap sets words apart unless they are.
func (d *drawer) gap() {
	if s := d.out.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, ">") {
		d.raw(" ")
	}
}

func (d *drawer) span(n *article.Node) {
	tag, class, title := "span", "", ""
	switch n.Role {
	case "overline", "roman", "sans-serif":
		class = n.Role
	case "abbrev":
		if n.Alt != "" {
			tag, title = "abbr", n.Alt
		}
	}
	same := n.Lang == "" || strings.EqualFold(n.Lang, d.lang)
	if tag == "span" && class == "" && n.Dir == "" && same && (d.bare || d.given[n] == "") {
		d.phrases(n.Kids)
		return
	}
	outer := d.open(tag, n, "class", class, "title", title)
	d.phrases(n.Kids)
	d.shut(tag, outer)
}

func (d *drawer) ruby(n *article.Node) {
	outer := d.open("ruby", n)
	d.phrases(n.Kids)
	d.raw("<rp>(</rp><rt>")
	d.text(n.Source)
	d.raw("</rt><rp>)</rp>")
	d.shut("ruby", outer)
}

// inlineImage draws an image within a line; a file that is no image is a link.
func (d *drawer) inlineImage(n *article.Node) {
	url := d.file(n.Target)
	switch {
	case url != "" && drawable(n.Target):
		d.raw(`<img class="inline" src="`, escape(url), `" alt="`, escape(n.Alt), `" loading="lazy">`)
	case url != "" && !d.link && !d.opt.NoLinks:
		d.raw(`<a href="`, escape(url), `">`)
		d.text(first(n.Alt, n.Label, base(n.Target)))
		d.raw("</a>")
	default:
		d.text(first(n.Alt, n.Label, base(n.Target)))
	}
}
