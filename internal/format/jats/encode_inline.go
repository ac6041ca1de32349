package jats

import (
	"encoding/xml"
	"io"
	"strings"

	"offprint/internal/article"
)

// speechless are the elements that JATS 1.3 gives no xml:lang; a wrapper
// inside them lends it.
var speechless = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`italic bold underline strike sc monospace sub sup overline roman sans-serif title td th tr table ruby
		break term-head def-head alternatives license-p`) {
		set[name] = true
	}
	return set
}()

// elements are the elements of the kinds that are one.
var elements = map[article.Kind]string{
	article.Italic: "italic", article.Bold: "bold", article.Underline: "underline", article.Strike: "strike", article.SmallCaps: "sc",
	article.Monospace: "monospace", article.Sub: "sub", article.Sup: "sup", article.Line: "verse-line", article.Attribution: "attrib",
	article.Speaker: "speaker", article.Title: "title",
}

// nodes writes nodes as they come; fit gives them their places.
func (w *encoder) nodes(list []article.Node) []*elem {
	var out []*elem
	for i := 0; i < len(list); i++ {
		n := &list[i]
		if i+1 < len(list) && list[i+1].Kind == article.Image && list[i+1].Role == "alternative" {
			if both := w.beside(n, &list[i+1]); both != nil {
				out = append(out, both)
				i++
				continue
			}
		}
		out = append(out, w.node(n)...)
	}
	return out
}

// node writes one node.
func (w *encoder) node(n *article.Node) []*elem {
	if name, ok := elements[n.Kind]; ok {
		e := w.carry(tag(name), n)
		if n.Kind == article.Attribution {
			e.set("content-type", n.Role)
		}
		e.add(w.within(n)...)
		return []*elem{w.lend(e, n)}
	}
	switch n.Kind {
	case article.Text:
		return text(n.Text)
	case article.Link:
		return []*elem{w.link(n)}
	case article.Cross:
		e := typed(w.carry(tag("xref"), n), "ref-type", n.Role).set("rid", w.rids(n.Target))
		return []*elem{w.lend(e.add(w.within(n)...), n)}
	case article.LineBreak:
		if n.Role == "rule" {
			return []*elem{tag("hr")}
		}
		return []*elem{tag("break")}
	case article.Quote:
		e := w.carry(tag("named-content").set("content-type", quotation), n)
		return []*elem{w.lend(e.add(w.within(n)...), n)}
	case article.Foreign:
		return []*elem{w.foreign(n)}
	case article.InlineMath:
		return []*elem{w.formula(tag("inline-formula"), n)}
	case article.InlineImage:
		return []*elem{w.image("inline-graphic", n)}
	case article.Ruby:
		return []*elem{w.id(tag("ruby", tag("rb", w.within(n)...), tag("rt", text(n.Source)...)), n.ID)}
	}
	return w.block(n)
}

// within writes the kids of a node in its language.
func (w *encoder) within(n *article.Node) []*elem {
	outer := w.here
	w.here = first(n.Lang, outer)
	kids := w.nodes(n.Kids)
	w.here = outer
	return kids
}

// lend puts the content of an element that cannot carry its language or
// direction into a wrapper that does.
func (w *encoder) lend(e *elem, n *article.Node) *elem {
	lang := n.Lang
	if !speechless[e.name] {
		lang = ""
	}
	if lang == "" && n.Dir == "" || !holds(e.name, "styled-content") {
		return e
	}
	wrapper := tag("styled-content", e.kids...).set("specific-use", wrapping).set("xml:lang", lang)
	if n.Dir != "" {
		wrapper.set("style", "direction:"+n.Dir)
	}
	e.kids = []*elem{wrapper}
	return e
}

func (w *encoder) link(n *article.Node) *elem {
	kids := w.within(n)
	mail, isMail := strings.CutPrefix(n.Target, "mailto:")
	var e *elem
	switch {
	case n.Role == "supplementary-material":
		e = tag("inline-supplementary-material").set("xlink:href", n.Target)
	case isMail && len(kids) == 1 && kids[0].name == "" && kids[0].text == mail && n.ID == "":
		return tag("email", kids...).set("xml:lang", n.Lang)
	default:
		kind := "uri"
		if n.Target == "" {
			kind = ""
		}
		e = tag("ext-link").set("ext-link-type", kind).set("xlink:href", n.Target)
	}
	return w.lend(w.carry(e, n).add(kids...), n)
}

// foreign writes a run that is set apart.
func (w *encoder) foreign(n *article.Node) *elem {
	var e *elem
	switch {
	case n.Dir != "":
		e = tag("styled-content").set("style-type", n.Role).set("style", "direction:"+n.Dir)
	case n.Role == "overline" || n.Role == "roman" || n.Role == "sans-serif":
		e = tag(n.Role)
	case n.Role == "abbrev":
		return w.abbreviation(n)
	case n.Role == "target" && n.ID != "" && !w.given[n.ID]:
		e = tag("target")
	case n.Role == "":
		e = tag("styled-content")
	default:
		e = tag("named-content").set("content-type", n.Role)
	}
	w.carry(e, n).add(w.within(n)...)
	if n.Dir != "" {
		return e
	}
	return w.lend(e, n)
}

// abbreviation writes an abbreviation with what it stands for. The element of
// JATS holds characters only; others are named content.
func (w *encoder) abbreviation(n *article.Node) *elem {
	kids, target := n.Kids, ""
	if len(kids) == 1 && kids[0].Kind == article.Link && kids[0].ID == "" && kids[0].Lang == "" && kids[0].Role == "" {
		kids, target = kids[0].Kids, kids[0].Target
	}
	if len(kids) == 1 && kids[0].Kind == article.Text {
		e := w.carry(tag("abbrev"), n).set("xlink:href", target).add(run(kids[0].Text))
		if n.Alt != "" {
			e.add(tag("def", tag("p", run(n.Alt))))
		}
		return e
	}
	return w.carry(tag("named-content").set("content-type", "abbrev"), n).set("alt", n.Alt).add(w.within(n)...)
}

// formula writes a formula: MathML and TeX are alternatives, images of it
// beside them.
func (w *encoder) formula(e *elem, n *article.Node) *elem {
	w.carry(e, n).set("content-type", n.Role)
	if e.name == "disp-formula" {
		e.add(say("label", n.Label))
	}
	e.add(say("alt-text", n.Alt))
	var forms []*elem
	if math := mathOf(n.Markup); math != nil {
		forms = append(forms, math)
	}
	if n.Source != "" {
		forms = append(forms, tag("tex-math", run(n.Source)).set("notation", "LaTeX"))
	}
	kids := w.within(n)
	switch {
	case len(forms) == 0:
		return e.add(kids...)
	case len(forms) == 1 && len(kids) == 0:
		return e.add(forms...)
	}
	return e.add(tag("alternatives", append(forms, kids...)...))
}

// mathOf is the tree of MathML, nil for what is none.
func mathOf(markup string) *elem {
	if markup == "" {
		return nil
	}
	dec := xml.NewDecoder(strings.NewReader(markup))
	dec.Entity = xml.HTMLEntity
	var root *elem
	var open []*elem
	for {
		tok, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil
		}
		switch t := tok.(type) {
		case xml.StartElement:
			e := tag(t.Name.Local)
			for _, a := range t.Attr {
				if a.Name.Space == "" && a.Name.Local != "xmlns" {
					e.force(a.Name.Local, a.Value)
				}
			}
			switch {
			case len(open) > 0:
				open[len(open)-1].add(e)
			case root != nil || e.name != "math":
				return nil
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1].name != t.Name.Local {
				return nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].add(run(string(t)))
			}
		}
	}
	if len(open) > 0 {
		return nil
	}
	return root
}
