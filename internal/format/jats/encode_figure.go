package jats

import (
	"offprint/internal/article"
)

// figure writes what has a label, captions and descriptions before its
// content, and whose it is behind it.
func (w *encoder) figure(n *article.Node) *elem {
	outer := w.here
	w.here = first(n.Lang, outer)
	defer func() { w.here = outer }()
	e := tag("fig")
	switch n.Kind {
	case article.Figure:
		e.set("fig-type", n.Role)
	case article.FigureGroup:
		e = groupOf(n)
	case article.TableWrap:
		e = tag("table-wrap").set("content-type", n.Role)
	case article.Box:
		e = tag("boxed-text").set("content-type", n.Role)
	case article.Image:
		return w.image("graphic", n)
	case article.Media:
		e = mediaAttributes(tag("media"), n.Role).force("xlink:href", n.Target)
	case article.Supplementary:
		e = mediaAttributes(tag("supplementary-material"), n.Role).set("xlink:href", n.Target)
	}
	w.carry(e, n).add(doi("object-id", n.DOI), say("label", n.Label))
	rest := w.captions(e, n)
	if holds(e.name, "alt-text") {
		e.add(say("alt-text", n.Alt))
	}
	for len(rest) > 0 && longDescription(&rest[0]) && holds(e.name, "long-desc") {
		e.add(say("long-desc", article.Plain(rest[0].Kids)))
		rest = rest[1:]
	}
	kids := owned(e.name, w.nodes(rest))
	if n.Kind == article.TableWrap {
		kids = footed(kids)
	}
	return e.add(kids...)
}

// groupOf is the element of a group by what it holds.
func groupOf(n *article.Node) *elem {
	switch n.Role {
	case "table-wrap-group", "disp-formula-group":
		return tag(n.Role)
	}
	return tag("fig-group").set("content-type", n.Role)
}

func longDescription(n *article.Node) bool {
	return n.Kind == article.Paragraph && n.Role == "long-desc" && len(n.Kids) == 1 && n.Kids[0].Kind == article.Text
}

// captions writes the titles and captions that begin n into e and returns the
// kids behind them.
func (w *encoder) captions(e *elem, n *article.Node) []article.Node {
	var open *elem // a caption that has only its title
	rest := n.Kids
	for ; len(rest) > 0; rest = rest[1:] {
		k := &rest[0]
		switch k.Kind {
		case article.Title:
			open = tag("caption", w.node(k)...)
			e.add(open)
			continue
		case article.Caption:
			if open == nil {
				open = tag("caption")
				e.add(open)
			}
			w.carry(open, k).add(w.within(k)...)
			open = nil
			continue
		}
		break
	}
	return rest
}

// owned joins lines that say whose a figure is into permissions.
func owned(parent string, kids []*elem) []*elem {
	if !holds(parent, "permissions") {
		return kids
	}
	out := kids[:0:0]
	for _, k := range kids {
		if k.name != "p" || k.at("content-type") != "permissions" || k.at("id") != "" || k.at("lang") != "" {
			out = append(out, k)
			continue
		}
		statement := tag("copyright-statement", k.kids...)
		if n := len(out); n > 0 && out[n-1].name == "permissions" {
			out[n-1].add(statement)
			continue
		}
		out = append(out, tag("permissions", statement))
	}
	return out
}

// footed puts what follows a table and may not stand beside it into its foot.
func footed(kids []*elem) []*elem {
	last := len(kids)
	for last > 0 {
		k := kids[last-1]
		at, ok := contents["table-wrap"].places[k.name]
		if ok && k.name != "xref" && at < contents["table-wrap"].places["table-wrap-foot"] {
			break
		}
		last--
	}
	out, foot := kids[:last:last], kids[last:]
	for len(foot) > 0 && (foot[0].name == "attrib" || foot[0].name == "permissions") {
		out, foot = append(out, foot[0]), foot[1:]
	}
	if len(foot) == 0 {
		return out
	}
	return append(out, tag("table-wrap-foot", foot...))
}

// image writes an image; the same in other renditions stands beside it.
func (w *encoder) image(name string, n *article.Node) *elem {
	e, others := w.rendition(name, n)
	if len(others) == 0 {
		return e
	}
	return tag("alternatives", append([]*elem{e}, others...)...)
}

func (w *encoder) rendition(name string, n *article.Node) (shown *elem, others []*elem) {
	var rest []article.Node
	for i := range n.Kids {
		k := &n.Kids[i]
		if k.Kind != article.Image && k.Kind != article.InlineImage {
			rest = append(rest, *k)
			continue
		}
		kind := "graphic"
		if k.Kind == article.InlineImage {
			kind = "inline-graphic"
		}
		form, more := w.rendition(kind, k)
		others = append(append(others, form), more...)
	}
	if name == "inline-graphic" && (n.Label != "" || n.DOI != "" || len(rest) > 0) {
		name = "graphic"
	}
	e := tag(name).set("specific-use", n.Role).force("xlink:href", n.Target)
	w.carry(e, n)
	if name == "graphic" {
		e.add(doi("object-id", n.DOI), say("label", n.Label))
	}
	bare := *n
	bare.Kids = rest
	rest = w.captions(e, &bare)
	e.add(say("alt-text", n.Alt))
	for len(rest) > 0 && longDescription(&rest[0]) {
		e.add(say("long-desc", article.Plain(rest[0].Kids)))
		rest = rest[1:]
	}
	return e.add(owned(name, w.nodes(rest))...), others
}

// beside writes an image that is an alternative to what stands before it, nil
// where JATS knows no such alternatives.
func (w *encoder) beside(n, image *article.Node) *elem {
	switch n.Kind {
	case article.Table, article.Code, article.Media, article.Supplementary:
	default:
		return nil
	}
	shown := *image
	shown.Role = ""
	e, others := w.rendition("graphic", &shown)
	return tag("alternatives", w.node(n)...).add(e).add(others...)
}
