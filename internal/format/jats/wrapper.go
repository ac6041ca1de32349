package jats

import (
	"strings"

	"offprint/internal/article"
)

// The tree of an article is freer than the content models of JATS: a section
// may be followed by a paragraph, a paragraph may stand in a table's caption.
// Where the models do not allow what the tree has, the writer puts it into an
// element that they do allow and says so in specific-use, which JATS keeps for
// such agreements:
//
//   - "wrapper": the element only holds its content in place, and lends its
//     xml:lang or direction to the element around it, which cannot carry them;
//   - "as-title", "as-attrib" …: a paragraph or section that is the element of
//     that name.
//
// Other software reads valid JATS with the same words in the same order.
const (
	wrapping = "wrapper"
	standsAs = "as-"
)

// stand are the elements that another may stand for.
var stand = map[string]bool{
	"title": true, "subtitle": true, "attrib": true, "label": true, "speaker": true, "verse-line": true, "term": true,
	"app": true, "ack": true, "alt-text": true,
}

// kind is the name of an element, or of the element that it stands for, or
// "wrapper".
func (e *elem) kind() string {
	if e.name == "" || len(e.attr) == 0 {
		return e.name
	}
	use := e.at("specific-use")
	if use == wrapping {
		return wrapping
	}
	if name, ok := strings.CutPrefix(use, standsAs); ok && stand[name] {
		return name
	}
	return e.name
}

// unwrapped reads what is inside a wrapper. Its own empty title and the like
// only satisfy the content model.
func (d *decoder) unwrapped(e *elem) []article.Node {
	e.took = true
	outer := d.here
	if lang := langTag(e.at("lang")); lang != "" {
		d.here = lang
	}
	var nodes []article.Node
	for _, k := range e.kids {
		if k.name != "" && len(k.kids) == 0 && (k.name == "title" || k.name == "speaker" || k.name == "term" || k.name == "p") {
			k.took = true
			continue
		}
		nodes = append(nodes, d.node(k)...)
	}
	d.here = outer
	if e.name != "styled-content" && e.name != "xref" {
		nodes = tidy(nodes)
	}
	return nodes
}

// lender is the wrapper that is all the content of an element and lends it
// what it cannot carry itself, or the element.
func (e *elem) lender() *elem {
	if len(e.kids) == 1 && e.kids[0].name == "styled-content" && e.kids[0].kind() == wrapping {
		return e.kids[0]
	}
	return e
}

// lang is the language of an element as it is declared, BCP 47, or "".
func (e *elem) lang() string {
	if lang := langTag(e.at("lang")); lang != "" {
		return lang
	}
	return langTag(e.lender().at("lang"))
}

// dir is the direction of the words of an element: ltr, rtl or "".
func (e *elem) dir() string {
	for _, holder := range [...]*elem{e, e.lender()} {
		style := strings.ReplaceAll(holder.at("style"), " ", "")
		if i := strings.Index(style, "direction:"); i >= 0 && (i == 0 || style[i-1] == ';') {
			switch dir, _, _ := strings.Cut(style[i+len("direction:"):], ";"); dir {
			case "ltr", "rtl":
				return dir
			}
		}
	}
	return ""
}

// typed is an attribute of a closed list; a type outside the list stands in
// custom-type.
func (e *elem) typed(name string) string {
	v := e.at(name)
	if v == "custom" {
		return first(e.at("custom-type"), v)
	}
	return v
}
