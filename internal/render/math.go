package render

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/mathml"
)

// inlineMath draws a formula within a line.
func (d *drawer) inlineMath(n *article.Node) {
	if d.given[n] != "" && !d.bare {
		outer := d.open("span", n)
		d.formula(n, "")
		d.shut("span", outer)
		return
	}
	d.formula(n, "")
}

// equation draws a formula on lines of its own, with its number.
func (d *drawer) equation(n *article.Node) {
	outer := d.open("div", n, "class", "equation")
	heard := d.word("equation")
	if n.Label != "" {
		heard += " " + n.Label
	}
	d.raw(`<div class="scroll" role="group" tabindex="0" aria-label="`, escape(heard), `">`)
	d.formula(n, "block")
	d.raw("</div>")
	if n.Label != "" {
		d.raw(`<span class="label">`)
		d.text(n.Label)
		d.raw("</span>")
	}
	d.shut("div", outer)
}

// formula draws MathML where there is any, else an image of the formula that
// can be shown, else its TeX, else the words and letters that make it up.
func (d *drawer) formula(n *article.Node, display string) {
	if n.Markup != "" {
		if markup, ok := mathml.Clean(n.Markup); ok {
			d.hasMath = true
			d.raw(displayed(markup, display))
			return
		}
	}
	if n.Source != "" {
		for i := range n.Kids {
			k := &n.Kids[i]
			if url := d.file(k.Target); k.Kind == article.InlineImage && url != "" && drawable(k.Target) {
				d.raw(`<img class="inline" src="`, escape(url), `" alt="`, escape(first(n.Alt, k.Alt, n.Source)), `" loading="lazy">`)
				return
			}
		}
		d.raw(`<code class="tex">`)
		d.text(n.Source)
		d.raw("</code>")
		return
	}
	if len(n.Kids) == 0 {
		d.text(n.Alt)
	}
	d.phrases(n.Kids)
}

// displayed sets the form in which a formula stands on the page; the source's
// own wish is left out.
func displayed(markup, display string) string {
	for _, wish := range []string{` display="block"`, ` display="inline"`} {
		if tag, rest, ok := strings.Cut(markup, ">"); ok && strings.Contains(tag, wish) {
			markup = strings.Replace(tag, wish, "", 1) + ">" + rest
		}
	}
	if display == "" {
		return markup
	}
	return `<math display="` + display + `"` + strings.TrimPrefix(markup, "<math")
}
