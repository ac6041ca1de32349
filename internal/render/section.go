package render

import (
	"html/template"
	"strconv"
	"strings"

	"offprint/internal/article"
)

// untitled are the words for sections of a kind that their title need not say.
var untitled = map[article.Kind]string{article.Acknowledged: "acknowledgements", article.Appendix: "appendix", article.Glossary: "glossary"}

// section draws a heading with what follows it.
func (d *drawer) section(n *article.Node) {
	outer := d.open("section", n)
	above := d.depth
	d.within++
	d.heading(n, untitled[n.Kind])
	d.body(n)
	d.within--
	d.depth = above
	if d.sectional && d.within == 0 {
		d.raw(d.drawNotes(false))
	}
	d.shut("section", outer)
}

// heading draws the heading of a section and notes it for the contents; what
// follows is one level deeper. Without title and number it is the word of the
// key, or nothing.
func (d *drawer) heading(n *article.Node, word string) {
	title := titleOf(n)
	if title == nil && n.Label == "" && word == "" {
		return
	}
	defer func() { d.depth++ }()
	tag := "h" + strconv.Itoa(min(6, d.opt.HeadingLevel+d.depth))
	d.raw("<", tag, ">")
	if n.Label != "" {
		d.raw(`<span class="label">`)
		d.text(n.Label)
		d.raw("</span>")
	}
	switch {
	case title != nil:
		if n.Label != "" {
			d.raw(" ")
		}
		d.phrasesIn(title)
	case n.Label == "":
		d.say(word)
	}
	d.raw("</", tag, ">")
	if d.depth > 1 || d.inBox {
		return
	}
	h := Heading{ID: d.given[n], Level: d.depth + 1, Lang: d.lang, Text: n.Label}
	if title != nil {
		h.Text = strings.TrimSpace(h.Text + " " + strings.Join(strings.Fields(article.Plain(title.Kids)), " "))
		if title.Lang != "" {
			h.Lang = title.Lang
		}
	} else if h.Text == "" {
		h.Text = d.word(word)
		if d.opt.Lang != "" {
			h.Lang = d.opt.Lang
		}
	}
	h.HTML = d.headingHTML(n, title, h.Text)
	if h.ID != "" && h.Text != "" {
		d.contents = append(d.contents, h)
	}
}

func (d *drawer) headingHTML(n, title *article.Node, plain string) template.HTML {
	if title == nil {
		return template.HTML(escape(plain))
	}
	bare := newDrawer(d.opt, d.lang)
	bare.bare, bare.link = true, true
	if n.Label != "" {
		bare.text(n.Label + " ")
	}
	if title.Lang != "" {
		bare.lang = title.Lang
	}
	bare.phrases(title.Kids)
	return template.HTML(bare.out.String())
}

// phrasesIn draws the words of a title, in a span where it is in another
// language than what surrounds it.
func (d *drawer) phrasesIn(n *article.Node) {
	if n.Lang == "" && n.Dir == "" && d.given[n] == "" {
		d.phrases(n.Kids)
		return
	}
	outer := d.open("span", n)
	d.phrases(n.Kids)
	d.shut("span", outer)
}
