package jats

import (
	"encoding/xml"
	"io"
	"strings"

	"offprint/internal/format/xmltree"
)

// tag makes an element for the writer.
func tag(name string, kids ...*elem) *elem {
	e := &elem{name: name}
	return e.add(kids...)
}

// run makes a run of characters.
func run(s string) *elem { return &elem{text: s} }

// say makes an element that holds characters, nil for none.
func say(name, s string) *elem {
	if s == "" {
		return nil
	}
	return tag(name, run(s))
}

// add appends the children that are not nil.
func (e *elem) add(kids ...*elem) *elem {
	for _, k := range kids {
		if k != nil {
			e.kids = append(e.kids, k)
		}
	}
	return e
}

// set gives an attribute a value, unless that is empty. The name has its
// prefix: "xlink:href".
func (e *elem) set(name, value string) *elem {
	if e == nil || value == "" {
		return e
	}
	return e.force(name, value)
}

// force is set for values that may be empty.
func (e *elem) force(name, value string) *elem {
	if name == "xlink:href" {
		value = xmltree.Address(value)
	}
	space, local, prefixed := strings.Cut(name, ":")
	if !prefixed {
		space, local = "", name
	}
	e.attr = append(e.attr, xml.Attr{Name: xml.Name{Space: space, Local: local}, Value: value})
	return e
}

// Namespaces of an article: XLink 1.0, MathML 3, NISO Access and License
// Indicators 1.0.
const doctype = `<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN" "JATS-journalpublishing1-3-mathml3.dtd">`

var spaces = [...][2]string{{"xmlns:xlink", "http://www.w3.org/1999/xlink"}, {"xmlns:mml", "http://www.w3.org/1998/Math/MathML"}, {"xmlns:ali", "http://www.niso.org/schemas/ali/1.0/"}}

// printer writes a tree as XML. White space is added between elements only
// where the content model has no words.
type printer struct{ *xmltree.Printer }

// write writes a whole document.
func write(w io.Writer, root *elem) error {
	p := printer{xmltree.NewPrinter(w)}
	p.Raw(xmltree.Declaration + doctype + "\n")
	p.element(root, 0, "")
	p.Raw("\n")
	return p.Flush()
}

func (p printer) element(e *elem, depth int, prefix string) {
	if e.name == "" {
		p.Characters(e.text)
		return
	}
	switch e.name {
	case "math":
		prefix = "mml:"
	case "license_ref", "free_to_read":
		prefix = "ali:"
	}
	name := prefix + e.name
	p.Start(name)
	if depth == 0 {
		for _, s := range spaces {
			p.Attribute(s[0], s[1])
		}
	}
	for _, a := range e.attr {
		attribute := a.Name.Local
		if a.Name.Space != "" {
			attribute = a.Name.Space + ":" + attribute
		}
		p.Attribute(attribute, a.Value)
	}
	if len(e.kids) == 0 {
		p.End("")
		return
	}
	apart := prefix == "" && wordless(e.name)
	for _, k := range e.kids {
		if apart {
			p.Line(depth + 1)
		}
		p.element(k, depth+1, prefix)
	}
	if apart {
		p.Line(depth)
	}
	p.End(name)
}
