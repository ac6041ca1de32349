package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/pid"
)

// sections are the block elements that are a heading with what follows it.
var sections = map[string]article.Kind{
	"sec": article.Section, "app": article.Appendix, "ack": article.Acknowledged, "glossary": article.Glossary,
	"gloss-group": article.Glossary, "notes": article.Section, "bio": article.Section, "boxed-text": article.Box,
	"statement": article.Statement, "disp-quote": article.BlockQuote, "fig": article.Figure, "fig-group": article.FigureGroup,
	"table-wrap": article.TableWrap, "table-wrap-group": article.FigureGroup, "chem-struct-wrap": article.Figure,
	"chem-struct-wrapper": article.Figure, "disp-formula-group": article.FigureGroup, "fn-group": article.NoteList,
	"list": article.List, "list-item": article.Item, "speech": article.Speech, "verse-group": article.Verse,
	"question": article.Statement, "answer": article.Statement, "explanation": article.Statement,
	"question-wrap": article.Section, "answer-set": article.Section,
}

// hidden are elements whose words are not part of the text: what a machine
// reads, and what is taken where it belongs. Elsewhere they are losses.
var hidden = map[string]bool{
	"index-term": true, "index-term-range-end": true, "milestone-start": true, "milestone-end": true, "sec-meta": true, "kwd-group": true,
	"subj-group": true, "glyph-data": true, "glyph-ref": true, "long-desc": true, "alt-text": true, "custom-meta-group": true, "processing-meta": true,
	"ref": true, "contrib-group": true, "counts": true,
}

// block reads a block element. What it does not know is not taken, and its
// content stands in its place.
func (d *decoder) block(e *elem) []article.Node {
	name := e.kind()
	if kind, ok := sections[name]; ok {
		return []article.Node{d.headed(e, kind)}
	}
	if hidden[name] {
		return nil
	}
	switch name {
	case "p":
		e.took = true
		return []article.Node{{Kind: article.Paragraph, ID: e.id(), Role: e.at("content-type"), Kids: d.mixed(e)}}
	case "def-list":
		return []article.Node{d.definitions(e)}
	case "verse-line":
		e.took = true
		return []article.Node{{Kind: article.Line, ID: e.id(), Kids: d.mixed(e)}}
	case "attrib", "sig":
		e.took = true
		return []article.Node{{Kind: article.Attribution, ID: e.id(), Role: e.at("content-type"), Kids: d.mixed(e)}}
	case "title", "subtitle":
		if name == e.name {
			break // a title where none is expected is words
		}
		e.took = true
		return []article.Node{{Kind: article.Title, ID: e.id(), Kids: d.mixed(e)}}
	case "speaker":
		e.took = true
		return []article.Node{{Kind: article.Speaker, Kids: d.mixed(e)}}
	case "code", "preformat":
		return []article.Node{d.code(e)}
	case "table", "array":
		return d.table(e)
	case "disp-formula":
		return []article.Node{d.formula(e, article.Math)}
	case "graphic":
		return []article.Node{d.image(e, article.Image)}
	case "media":
		return []article.Node{d.media(e)}
	case "supplementary-material":
		return []article.Node{d.supplement(e)}
	case "alternatives":
		return d.alternatives(e)
	case "permissions":
		return d.permitted(e)
	case "ref-list":
		d.references(e)
		return nil
	case "table-wrap-foot", "app-group", "floats-group", "sig-block", "address", "author-notes":
		e.took = true
		return d.flow(e)
	}
	return d.kids(e)
}

// headed reads an element that may begin with a label, a title or a caption.
func (d *decoder) headed(e *elem, kind article.Kind) article.Node {
	e.took = true
	n := article.Node{Kind: kind, ID: e.id(), Role: role(e)}
	var head, rest []article.Node
	for _, k := range e.kids {
		switch k.kind() {
		case "label":
			n.Label = join(n.Label, k.line(), " ")
		case "title", "subtitle":
			k.took = true
			if kids := d.mixed(k); len(kids) > 0 {
				head = append(head, article.Node{Kind: article.Title, ID: k.id(), Lang: d.other(k), Kids: kids})
			}
		case "caption":
			head = append(head, d.caption(k)...)
		case "object-id", "article-id":
			if doi, ok := pid.DOI(k.peek()); ok && n.DOI == "" {
				n.DOI = doi
				k.takeAll()
			}
		case "alt-text":
			n.Alt = join(n.Alt, k.line(), " ")
		case "long-desc":
			if text := k.line(); text != "" {
				head = append(head, article.Node{Kind: article.Paragraph, Role: "long-desc", Kids: []article.Node{article.Str(text)}})
			}
		case "sec-meta":
			for id := range k.each("object-id") {
				if doi, ok := pid.DOI(id.peek()); ok && n.DOI == "" {
					n.DOI = doi
					k.took = true
					id.takeAll()
				}
			}
		case "permissions":
			rest = append(rest, d.permitted(k)...)
		default:
			rest = append(rest, d.node(k)...)
		}
	}
	rest = tidy(rest)
	if kind != article.Verse {
		rest = wrap(rest)
	}
	n.Kids = append(head, rest...)
	return n
}

// role is the subtype of a block in the words of the source.
func role(e *elem) string {
	for _, name := range [...]string{"sec-type", "list-type", "fn-type", "content-type", "notes-type", "style-type"} {
		if v := e.typed(name); v != "" {
			return v
		}
	}
	switch e.name {
	case "fig":
		return e.at("fig-type")
	case "notes", "bio", "disp-formula-group", "chem-struct-wrap", "table-wrap-group", "question", "answer", "explanation":
		return e.name
	}
	return ""
}

// other is the language of an element where it differs from what surrounds it.
func (d *decoder) other(e *elem) string {
	if lang := e.lang(); lang != d.here {
		return lang
	}
	return ""
}

func (d *decoder) caption(e *elem) []article.Node {
	e.took = true
	var head, rest []article.Node
	for _, k := range e.kids {
		if k.name == "title" {
			k.took = true
			if kids := d.mixed(k); len(kids) > 0 {
				head = append(head, article.Node{Kind: article.Title, Lang: d.other(k), Kids: kids})
			}
			continue
		}
		rest = append(rest, d.node(k)...)
	}
	if rest = wrap(tidy(rest)); len(rest) > 0 {
		head = append(head, article.Node{Kind: article.Caption, ID: e.id(), Lang: d.other(e), Kids: rest})
	}
	return head
}

// permitted is the line under a figure or table that says whose it is.
func (d *decoder) permitted(e *elem) []article.Node {
	e.took = true
	var out []article.Node
	statement := e.child("copyright-statement")
	for k := range e.each() {
		var kids []article.Node
		switch k.name {
		case "copyright-statement":
			k.took = true
			kids = d.mixed(k)
		case "copyright-year", "copyright-holder":
			if statement != nil {
				k.takeAll() // the statement says it
				continue
			}
			k.took = true
			kids = d.mixed(k)
		case "license":
			k.took = true
			kids = wrap(tidy(d.licenceWords(k)))
			out = append(out, article.Node{Kind: article.Paragraph, Role: "permissions", Kids: flat(kids)})
			continue
		default:
			continue
		}
		out = append(out, article.Node{Kind: article.Paragraph, Role: "permissions", Kids: kids})
	}
	return out
}

func (d *decoder) licenceWords(e *elem) []article.Node {
	var out []article.Node
	for _, k := range e.kids {
		switch k.name {
		case "license-p", "p":
			k.took = true
			out = append(out, article.Node{Kind: article.Paragraph, Kids: d.mixed(k)})
		case "license_ref":
			if url := k.line(); len(e.kids) == 1 {
				out = append(out, article.Node{Kind: article.Link, Target: url, Kids: []article.Node{article.Str(url)}})
			}
		default:
			out = append(out, d.node(k)...)
		}
	}
	return out
}

// flat is the words of a few paragraphs in one.
func flat(blocks []article.Node) []article.Node {
	var out []article.Node
	for i, b := range blocks {
		if i > 0 {
			out = append(out, article.Str(" "))
		}
		if b.Kind == article.Paragraph {
			out = append(out, b.Kids...)
		} else {
			out = append(out, b)
		}
	}
	return tidy(out)
}

// code keeps the white space; only the line breaks at its ends go.
func (d *decoder) code(e *elem) article.Node {
	e.took = true
	text := strings.TrimRight(strings.TrimLeft(e.raw(), "\r\n"), " \t\r\n")
	return article.Node{Kind: article.Code, ID: e.id(), Role: e.at("language"), Text: text}
}

func (d *decoder) definitions(e *elem) article.Node {
	e.took = true
	n := article.Node{Kind: article.Definitions, ID: e.id(), Role: e.at("list-type")}
	for k := range e.each() {
		switch k.name {
		case "label":
			n.Label = k.line()
		case "title":
			k.took = true
			n.Kids = append(n.Kids, article.Node{Kind: article.Title, Kids: d.mixed(k)})
		case "term-head", "def-head":
			k.took = true
			kind := article.Term
			if k.name == "def-head" {
				kind = article.Definition
			}
			n.Kids = append(n.Kids, article.Node{Kind: kind, Role: "head", Kids: d.mixed(k)})
		case "def-item":
			n.Kids = append(n.Kids, d.definition(k)...)
		case "def-list":
			n.Kids = append(n.Kids, article.Node{Kind: article.Definition, Kids: []article.Node{d.definitions(k)}})
		default:
			n.Kids = append(n.Kids, article.Node{Kind: article.Definition, Kids: wrap(tidy(d.node(k)))})
		}
	}
	return n
}

func (d *decoder) definition(e *elem) []article.Node {
	e.took = true
	var out []article.Node
	label := ""
	for k := range e.each() {
		switch k.name {
		case "label":
			label = k.line()
		case "term":
			k.took = true
			if k.kind() == wrapping && len(k.kids) == 0 {
				continue
			}
			term := article.Node{Kind: article.Term, ID: first(k.id(), e.id()), Label: label, Lang: d.other(k)}
			for _, part := range k.kids {
				if part.kind() == "label" {
					term.Label = join(term.Label, part.line(), " ")
					continue
				}
				term.Kids = append(term.Kids, d.node(part)...)
			}
			term.Kids = tidy(term.Kids)
			out = append(out, term)
			label = ""
		case "def":
			k.took = true
			out = append(out, article.Node{Kind: article.Definition, ID: k.id(), Lang: d.other(k), Kids: d.flow(k)})
		default:
			out = append(out, article.Node{Kind: article.Definition, Kids: wrap(tidy(d.node(k)))})
		}
	}
	return out
}

// maxJoined bounds a value that is put together of several elements.
const maxJoined = 64 << 10

func join(a, b, divider string) string {
	if len(a) > maxJoined {
		return a
	}
	if a == "" || b == "" {
		return a + b
	}
	return a + divider + b
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
