package jats

import (
	"strings"

	"offprint/internal/article"
)

// block writes a block.
func (w *encoder) block(n *article.Node) []*elem {
	one := func(e *elem) []*elem { return []*elem{w.lend(e, n)} }
	switch n.Kind {
	case article.Paragraph:
		return one(w.carry(tag("p"), n).set("content-type", n.Role).add(w.within(n)...))
	case article.Section:
		return one(w.titled(tag("sec"), n, "sec-type"))
	case article.Appendix:
		return one(w.titled(tag("sec").set("specific-use", standsAs+"app"), n, "sec-type"))
	case article.Acknowledged:
		return one(w.titled(tag("sec").set("specific-use", standsAs+"ack"), n, "sec-type"))
	case article.Glossary:
		return one(w.titled(tag("glossary"), n, "content-type"))
	case article.NoteList:
		return one(w.titled(tag("fn-group"), n, "content-type"))
	case article.Footnote:
		return one(w.titled(tag("fn"), n, "fn-type"))
	case article.BlockQuote:
		return one(w.titled(tag("disp-quote"), n, "content-type"))
	case article.Statement:
		return one(w.titled(tag("statement"), n, "content-type"))
	case article.Verse:
		return one(w.verse(n))
	case article.List:
		return one(w.titled(tag("list"), n, "list-type"))
	case article.Item:
		return one(w.titled(tag("list-item"), n, ""))
	case article.Dialogue:
		return w.within(n)
	case article.Speech:
		return one(w.titled(tag("speech"), n, "content-type"))
	case article.Definitions:
		return one(w.definitions(n))
	case article.Code:
		return one(w.carry(tag("code"), n).set("language", n.Role).set("xml:space", "preserve").add(text(n.Text)...))
	case article.Math:
		return one(w.formula(tag("disp-formula"), n))
	case article.Table:
		return one(w.table(n))
	case article.Image, article.Media, article.Supplementary, article.Figure, article.FigureGroup, article.TableWrap, article.Box:
		return one(w.figure(n))
	case article.Caption:
		return one(w.carry(tag("caption"), n).add(w.within(n)...))
	case article.Term:
		return one(w.carry(tag("term"), n).add(w.within(n)...))
	}
	return w.within(n) // what has no meaning outside its own kind is its words
}

// titled writes an element that begins with a label and a title. kind is the
// attribute that names its subtype.
func (w *encoder) titled(e *elem, n *article.Node, kind string) *elem {
	w.carry(e, n)
	switch {
	case kind == "fn-type":
		typed(e, kind, n.Role)
	case kind != "":
		e.set(kind, n.Role)
	}
	if n.DOI != "" {
		id := doi("object-id", n.DOI)
		switch {
		case holds(e.name, "object-id"):
			e.add(id)
		case holds(e.name, "sec-meta"):
			e.add(tag("sec-meta", id))
		}
	}
	e.add(say("label", n.Label))
	if n.Alt != "" {
		e.add(say("alt-text", n.Alt))
	}
	return e.add(w.within(n)...)
}

// verse writes a poem; a second title is its subtitle.
func (w *encoder) verse(n *article.Node) *elem {
	e := w.titled(tag("verse-group"), n, "content-type")
	titles := 0
	for _, k := range e.kids {
		if k.name == "title" {
			if titles++; titles > 1 {
				k.name = "subtitle"
			}
		}
	}
	return e
}

// definitions writes a list of terms; each term begins an entry.
func (w *encoder) definitions(n *article.Node) *elem {
	outer := w.here
	w.here = first(n.Lang, outer)
	defer func() { w.here = outer }()
	e := w.carry(tag("def-list"), n).set("list-type", n.Role).add(say("label", n.Label))
	var entry *elem
	for i := range n.Kids {
		k := &n.Kids[i]
		head := k.Role == "head" && entry == nil
		switch {
		case k.Kind == article.Term && head:
			e.add(w.lend(w.carry(tag("term-head"), k).add(w.within(k)...), k))
		case k.Kind == article.Definition && head:
			e.add(w.lend(w.carry(tag("def-head"), k).add(w.within(k)...), k))
		case k.Kind == article.Term:
			term := w.carry(tag("term"), k)
			if k.Label != "" {
				term.add(say("label", k.Label))
			}
			entry = tag("def-item", term.add(w.within(k)...))
			e.add(entry)
		case k.Kind == article.Title && entry == nil:
			e.add(w.node(k)...)
		default:
			if entry == nil {
				entry = tag("def-item")
				e.add(entry)
			}
			def := w.carry(tag("def"), k)
			if k.Kind == article.Definition {
				def.add(w.within(k)...)
			} else {
				def = tag("def", w.node(k)...)
			}
			entry.add(def)
		}
	}
	return e
}

// table writes a table of the XHTML model.
func (w *encoder) table(n *article.Node) *elem {
	e := w.id(tag("table"), n.ID).set("summary", n.Alt)
	names := map[string]string{"head": "thead", "foot": "tfoot"}
	rows := n.Kids
	var foot *elem
	for i := 0; i < len(rows); {
		role := rows[i].Role
		group := tag(first(names[role], "tbody"))
		end := i
		for end < len(rows) && rows[end].Role == role {
			end++
		}
		switch {
		case group.name == "thead" && i > 0, group.name == "tfoot" && (foot != nil || end < len(rows)):
			group = tag("tbody").set("content-type", role)
		case group.name == "tfoot":
			foot = group
		}
		for ; i < end; i++ {
			group.add(w.row(&rows[i]))
		}
		e.add(group)
	}
	return ordered(e)
}

// ordered puts the foot of a table before its body and gives it the body that
// the model demands.
func ordered(e *elem) *elem {
	if len(e.kids) == 0 {
		return e.add(tag("tbody", tag("tr", tag("td").set("content-type", wrapping))))
	}
	if e.child("tbody") == nil {
		for _, k := range e.kids {
			k.set("content-type", k.name[1:])
			k.name = "tbody"
		}
		return e
	}
	var head, foot, body []*elem
	for _, k := range e.kids {
		switch k.name {
		case "thead":
			head = append(head, k)
		case "tfoot":
			foot = append(foot, k)
		default:
			body = append(body, k)
		}
	}
	e.kids = append(append(head, foot...), body...)
	return e
}

// aligned are the words of HTML for alignments.
var aligned = map[string]string{"start": "left", "end": "right", "center": "center", "char": "char"}

func (w *encoder) row(n *article.Node) *elem {
	e := w.id(tag("tr"), n.ID)
	for i := range n.Kids {
		c := &n.Kids[i]
		cell := tag("td")
		if c.Role == "head" {
			cell = tag("th")
		}
		w.id(cell, c.ID)
		if c.Cols > 1 {
			cell.set("colspan", itoa(c.Cols))
		}
		if c.Rows > 1 {
			cell.set("rowspan", itoa(c.Rows))
		}
		if cell.name == "th" {
			cell.set("scope", c.Scope)
		}
		cell.set("align", aligned[c.Align]).add(w.within(c)...)
		e.add(w.lend(cell, c))
	}
	if len(e.kids) == 0 {
		e.add(tag("td").set("content-type", wrapping))
	}
	return e
}

// mediaAttributes writes a media type as JATS divides it.
func mediaAttributes(e *elem, media string) *elem {
	kind, sub, _ := strings.Cut(media, "/")
	return e.set("mimetype", kind).set("mime-subtype", sub)
}
