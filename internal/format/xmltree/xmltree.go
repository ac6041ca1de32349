// Package xmltree writes XML 1.0 in UTF-8. All formats of the project that are
// XML are written by it, so that what must never go out is stopped in one place:
// characters that XML has no way to write become U+FFFD, addresses get the escapes
// that they need, and elements without content can be left out.
//
// Terms: an Element is a node of a tree that is made to be written; a Printer
// writes tags, attributes and characters one after the other, for trees of another
// kind; a Stream writes a document whose root has more children than fit in memory.
//
//	record := xmltree.New("record",
//		xmltree.Say("title", "Lamps & Light"),
//		xmltree.Say("doi", "")) // nil, and so left out
//	err := record.Write(w)
//	// <record>
//	//  <title>Lamps &amp; Light</title>
//	// </record>
//
// Names of elements and attributes have their prefixes in them ("dc:title"); the
// caller declares the namespaces as attributes. The package reads no XML and knows
// no format.
package xmltree

import (
	"bytes"
	"io"
	"slices"
	"strings"
)

// Declaration stands at the beginning of a document.
const Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

// Element is a node: an element with a name, or without one a run of characters. The
// text of an element is all that is in it.
type Element struct {
	name  string
	text  string
	attrs []attr
	kids  []*Element
	mixed bool // white space in it counts
	// write writes what is in the element, when its turn comes
	write func(w io.Writer) error
	// doctype: it is no element but a declaration of the document's type
	doctype bool
	raw     bool // the text is XML already
}

type attr struct{ name, value string }

// New makes an element with children; those that are nil are left out.
func New(name string, kids ...*Element) *Element {
	return (&Element{name: name}).Add(kids...)
}

// Group is New, or nil where no child is left.
func Group(name string, kids ...*Element) *Element {
	if e := New(name, kids...); len(e.kids) > 0 {
		return e
	}
	return nil
}

// Mixed makes an element that holds a line of words with elements among them: no
// white space is added in it.
func Mixed(name string, kids ...*Element) *Element {
	e := New(name, kids...)
	e.mixed = true
	return e
}

// Text is a run of characters, nil for none.
func Text(s string) *Element {
	if s == "" {
		return nil
	}
	return &Element{text: s}
}

// Embed is the root element of a whole document that is XML already, to stand
// within another: what stands before the root is left out. The caller answers for
// the document being well-formed. nil where there is no root.
func Embed(document []byte) *Element {
	for rest := document; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 || i+1 == len(rest) {
			return nil
		}
		if rest = rest[i:]; rest[1] != '?' && rest[1] != '!' {
			return &Element{text: string(bytes.TrimSpace(rest)), raw: true}
		}
		rest = rest[1:]
	}
}

// Say makes an element that holds characters; nil where they are none or white space.
func Say(name, s string) *Element {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return &Element{name: name, text: s, mixed: true}
}

// Written makes an element whose characters are written by a function when its turn
// comes, so that they need not be in memory. They are written as they are and must be
// such as XML can hold: base 64, figures.
func Written(name string, write func(w io.Writer) error) *Element {
	return &Element{name: name, write: write, mixed: true}
}

// Add appends the children that are not nil.
func (e *Element) Add(kids ...*Element) *Element {
	if e.text != "" {
		e.kids, e.text = e.Kids(), ""
	}
	e.kids = slices.Grow(e.kids, len(kids))
	for _, k := range kids {
		if k != nil {
			e.kids = append(e.kids, k)
		}
	}
	return e
}

// Set gives an attribute a value, unless that is empty or the element is nil.
func (e *Element) Set(name, value string) *Element {
	if e != nil && value != "" {
		e.attrs = append(e.attrs, attr{name, value})
	}
	return e
}

// Empty reports whether there is nothing in the element; a nil one is empty.
func (e *Element) Empty() bool { return e.Len() == 0 }

// Len is the number of children.
func (e *Element) Len() int {
	if e == nil {
		return 0
	}
	if e.text != "" {
		return 1
	}
	return len(e.kids)
}

// Write writes a whole document with the element as its root. The error is that of w.
func (e *Element) Write(w io.Writer) error {
	p := NewPrinter(w)
	p.Raw(Declaration)
	p.element(e, 0)
	p.Raw("\n")
	return p.Flush()
}

// element writes an element and what is in it, a line for each that holds no words.
func (p *Printer) element(e *Element, depth int) {
	if e.name == "" {
		p.characters(e)
		return
	}
	p.start(e)
	if e.write != nil {
		p.through(e.write)
		p.End(e.name)
		return
	}
	if e.text != "" {
		p.Characters(e.text)
		p.End(e.name)
		return
	}
	if len(e.kids) == 0 {
		p.End("")
		return
	}
	for _, k := range e.kids {
		if e.mixed {
			p.flat(k)
			continue
		}
		p.Line(depth + 1)
		p.element(k, depth+1)
	}
	if !e.mixed {
		p.Line(depth)
	}
	p.End(e.name)
}

func (p *Printer) characters(e *Element) {
	if e.raw {
		p.Raw(e.text)
	} else {
		p.Characters(e.text)
	}
}

func (p *Printer) start(e *Element) {
	p.Start(e.name)
	for _, a := range e.attrs {
		p.Attribute(a.name, a.value)
	}
}

// flat writes an element without white space around or in it.
func (p *Printer) flat(e *Element) {
	if e.name == "" {
		p.characters(e)
		return
	}
	if e.mixed {
		p.element(e, 0)
		return
	}
	p.start(e)
	if len(e.kids) == 0 {
		p.End("")
		return
	}
	for _, k := range e.kids {
		p.flat(k)
	}
	p.End(e.name)
}

// Name is the name of the element, "" for characters.
func (e *Element) Name() string { return e.name }

// Kids are the children of the element.
func (e *Element) Kids() []*Element {
	if e.name != "" && e.text != "" {
		return []*Element{Text(e.text)}
	}
	return e.kids
}

// Characters are the characters in the element, without its markup.
func (e *Element) Characters() string {
	if e.name == "" || e.text != "" {
		return e.text
	}
	var b strings.Builder
	for _, k := range e.kids {
		b.WriteString(k.Characters())
	}
	return b.String()
}
