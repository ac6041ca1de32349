package jats

import (
	"html"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/texmath"
	"offprint/internal/mathml"
)

// formula reads a formula. One MathML expression, with or without its TeX, is
// the node's own; images of it are kids; words and letters that make up a
// formula, or several expressions, are kids too.
func (d *decoder) formula(e *elem, kind article.Kind) article.Node {
	n := article.Node{Kind: kind, ID: e.id()}
	switch e.name {
	case "math":
		d.expression(e, &n)
		return n
	case "tex-math":
		e.took = true
		n.Source = tex(e.raw())
		d.typeset(&n, e)
		return n
	}
	e.took = true
	n.Role = e.at("content-type")
	var parts []article.Node
	d.parts(e, &n, &parts)
	n.Kids = tidy(parts)
	lift(&n)
	return n
}

func (d *decoder) parts(e *elem, n *article.Node, parts *[]article.Node) {
	for _, k := range e.kids {
		switch k.name {
		case "label":
			n.Label = join(n.Label, k.line(), " ")
		case "alternatives":
			k.took = true
			d.renderings(k, parts)
		case "alt-text", "textual-form":
			n.Alt = join(n.Alt, k.line(), " ")
		case "graphic":
			*parts = append(*parts, d.image(k, article.InlineImage))
		default:
			*parts = append(*parts, d.node(k)...)
		}
	}
}

// renderings reads the alternatives of a formula: MathML and TeX are one
// expression, images stand beside it.
func (d *decoder) renderings(e *elem, parts *[]article.Node) {
	one := article.Node{Kind: article.InlineMath}
	var source *elem
	for k := range e.each() {
		switch k.name {
		case "math":
			if one.Markup == "" {
				d.expression(k, &one)
			}
		case "tex-math":
			k.took = true
			one.Source, source = tex(k.raw()), k
		case "graphic", "inline-graphic":
			image := d.image(k, article.InlineImage)
			image.Role = "alternative"
			one.Kids = append(one.Kids, image)
		case "textual-form":
			one.Alt = k.line()
		default:
			one.Kids = append(one.Kids, d.node(k)...)
		}
	}
	d.typeset(&one, source)
	if one.Markup == "" && one.Source == "" {
		for i := range one.Kids {
			one.Kids[i].Role = ""
		}
		*parts = append(*parts, one.Kids...)
		return
	}
	*parts = append(*parts, one)
}

// typeset gives MathML to a formula that has only TeX. What is not understood
// stays TeX and is a loss.
func (d *decoder) typeset(n *article.Node, source *elem) {
	if n.Markup != "" || n.Source == "" || source == nil {
		return
	}
	markup, err := texmath.Convert(n.Source, false)
	if err == nil {
		n.Markup = markup
		return
	}
	source.took = false
	if d.ledger.reasons == nil {
		d.ledger.reasons = map[*elem]string{}
	}
	d.ledger.reasons[source] = "it is shown as its source, because it is not understood: " + strings.TrimPrefix(err.Error(), "TeX: ")
}

// lift makes the only expression among the kids the node's own.
func lift(n *article.Node) {
	if len(n.Kids) != 1 || n.Kids[0].Kind != article.InlineMath {
		return
	}
	k := n.Kids[0]
	n.Markup, n.Source, n.Kids = k.Markup, k.Source, k.Kids
	n.Alt = first(n.Alt, k.Alt)
	n.ID = first(n.ID, k.ID)
}

// expression reads MathML into n: the allowed part of it, and the TeX that
// some put beside it as an annotation.
func (d *decoder) expression(e *elem, n *article.Node) {
	n.Alt = first(n.Alt, e.at("alttext"))
	var b strings.Builder
	d.mathML(&b, e, n)
	n.Markup = b.String()
}

func (d *decoder) mathML(b *strings.Builder, e *elem, n *article.Node) {
	switch {
	case e.name == "annotation" && strings.Contains(e.at("encoding"), "tex"):
		e.took = true
		n.Source = tex(e.raw())
		return
	case !mathml.Allowed(e.name):
		return
	}
	e.took = true
	b.WriteString("<" + e.name)
	for _, a := range e.attr {
		if a.Name.Space == "" && mathml.Attribute(a.Name.Local, a.Value) {
			b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	b.WriteByte('>')
	token := mathml.Token(e.name)
	for i, k := range e.kids {
		switch {
		case k.name != "":
			d.mathML(b, k, n)
		case token:
			k.took = true
			s := k.text
			if len(e.kids) == 1 {
				s = squeeze(s)
			} else if i == 0 {
				s = strings.TrimLeft(s, " \t\r\n")
			}
			b.WriteString(html.EscapeString(s))
		}
	}
	b.WriteString("</" + e.name + ">")
}

// tex is the formula itself of a TeX source: some publishers wrap every one in
// a whole document, or in its delimiters.
func tex(s string) string {
	if _, after, ok := strings.Cut(s, `\begin{document}`); ok {
		s, _, _ = strings.Cut(after, `\end{document}`)
	}
	s = strings.TrimSpace(s)
	for _, pair := range [][2]string{{"$$", "$$"}, {"$", "$"}, {`\[`, `\]`}, {`\(`, `\)`}} {
		if len(s) > len(pair[0])+len(pair[1]) && strings.HasPrefix(s, pair[0]) && strings.HasSuffix(s, pair[1]) {
			inner := strings.TrimSpace(s[len(pair[0]) : len(s)-len(pair[1])])
			if !strings.Contains(inner, "$") {
				return inner
			}
		}
	}
	return s
}
