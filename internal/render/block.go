package render

import (
	"slices"
	"strings"
	"unicode/utf8"

	"offprint/internal/article"
)

func (d *drawer) contained(tag string, n *article.Node, class string) {
	outer := d.open(tag, n, "class", class)
	if n.Label != "" {
		d.raw(`<p class="label">`)
		d.text(n.Label)
		d.raw("</p>")
	}
	d.blocks(n.Kids)
	d.shut(tag, outer)
}

func paragraphClass(n *article.Node) string {
	switch n.Role {
	case "permissions":
		return n.Role
	}
	return ""
}

// paragraph draws a paragraph. Blocks inside it divide it, since HTML has none
// inside p; only the first piece has its id.
func (d *drawer) paragraph(n *article.Node, class string) {
	if n.Role == "long-desc" {
		d.description(n)
		return
	}
	first := true
	if len(n.Kids) > 0 && n.Kids[0].Kind.IsBlock() && d.given[n] != "" {
		before := d.open("span", n)
		d.shut("span", before)
		first = false
	}
	for i := 0; i < len(n.Kids); {
		if n.Kids[i].Kind.IsBlock() {
			d.block(&n.Kids[i])
			i++
			continue
		}
		end := i
		for end < len(n.Kids) && !n.Kids[end].Kind.IsBlock() {
			end++
		}
		open := d.reopen
		if first {
			open, first = d.open, false
		}
		before := open("p", n, "class", class)
		d.phrases(n.Kids[i:end])
		d.shut("p", before)
		i = end
	}
}

func (d *drawer) description(n *article.Node) {
	d.raw("<details><summary>")
	d.say("description")
	d.raw("</summary>")
	before := d.open("p", n)
	d.phrases(n.Kids)
	d.shut("p", before)
	d.raw("</details>")
}

func (d *drawer) code(n *article.Node) {
	d.raw(`<pre class="code" role="group" tabindex="0" aria-label="`, escape(d.word("code")), `"`)
	d.id(n)
	d.raw("><code>")
	d.text(n.Text)
	d.phrases(n.Kids)
	d.raw("</code></pre>")
}

// quote draws a quotation. Who said it stands outside of its words.
func (d *drawer) quote(n *article.Node) {
	by := 0
	for i := range n.Kids {
		if n.Kids[i].Kind == article.Attribution {
			by++
		}
	}
	if by == 0 {
		d.contained("blockquote", n, "")
		return
	}
	outer := d.open("figure", n, "class", "quote")
	d.raw("<blockquote>")
	for i := range n.Kids {
		if n.Kids[i].Kind != article.Attribution {
			d.block(&n.Kids[i])
		}
	}
	d.raw("</blockquote><figcaption>")
	for i := range n.Kids {
		if n.Kids[i].Kind == article.Attribution {
			d.paragraph(&n.Kids[i], attributionClass(&n.Kids[i]))
		}
	}
	d.raw("</figcaption>")
	d.shut("figure", outer)
}

// attributionClass is "dashed" too where the source has the dash that leads to
// a name itself.
func attributionClass(n *article.Node) string {
	if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(article.Plain(n.Kids))); strings.ContainsRune("-–—―", r) {
		return "attribution dashed"
	}
	return "attribution"
}

// verse draws the lines of a stanza as one paragraph.
func (d *drawer) verse(n *article.Node) {
	outer := d.open("div", n, "class", "verse")
	for i := 0; i < len(n.Kids); {
		if n.Kids[i].Kind != article.Line {
			d.block(&n.Kids[i])
			i++
			continue
		}
		d.raw("<p>")
		for first := true; i < len(n.Kids) && n.Kids[i].Kind == article.Line; i++ {
			if !first {
				d.raw("<br>")
			}
			first = false
			before := d.open("span", &n.Kids[i])
			d.phrases(n.Kids[i].Kids)
			d.shut("span", before)
		}
		d.raw("</p>")
	}
	d.shut("div", outer)
}

// box draws a group with a head of its own: a box, a statement, figures that
// belong together.
func (d *drawer) box(n *article.Node, class string) {
	inside := d.inBox
	d.inBox = true
	role := ""
	if name(n) != "" {
		role = "group"
	}
	outer := d.open("div", n, "class", class, "role", role, "aria-label", name(n))
	d.head(n)
	d.body(n)
	d.shut("div", outer)
	d.inBox = inside
}

// head draws label and title in one line.
func (d *drawer) head(n *article.Node) {
	title := titleOf(n)
	if n.Label == "" && title == nil {
		return
	}
	d.raw(`<p class="head">`)
	if n.Label != "" {
		d.raw(`<strong class="label">`)
		d.text(n.Label)
		d.raw("</strong>")
		if title != nil {
			d.raw(" ")
		}
	}
	if title != nil {
		outer := d.open("span", title, "class", "title")
		d.phrases(title.Kids)
		d.shut("span", outer)
	}
	d.raw("</p>")
}

// body draws the kids other than the title, those of the kinds only where any
// are given.
func (d *drawer) body(n *article.Node, kinds ...article.Kind) {
	title := titleOf(n)
	for i := range n.Kids {
		k := &n.Kids[i]
		if k != title && (len(kinds) == 0 || slices.Contains(kinds, k.Kind)) {
			d.block(k)
		}
	}
}

// titleOf is the first title among the kids, or nil.
func titleOf(n *article.Node) *article.Node {
	for i := range n.Kids {
		if n.Kids[i].Kind == article.Title {
			return &n.Kids[i]
		}
	}
	return nil
}

// number is a printed number without the punctuation that leads to a title.
func number(label string) string { return strings.TrimRight(label, " .:-–—") }

// name is a printed number and a title as one: "Figure 3: Two maps".
func name(n *article.Node) string {
	label, title := number(n.Label), ""
	if t := titleOf(n); t != nil {
		title = strings.Join(strings.Fields(article.Plain(t.Kids)), " ")
	}
	if label == "" || title == "" {
		return label + title
	}
	return label + ": " + title
}
