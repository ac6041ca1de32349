package xmltree

import (
	"io"
	"slices"
)

// Stream writes a document whose innermost open element has any number of
// children, one after the other.
type Stream struct {
	p     *Printer
	names []string
}

// NewStream begins a document: each of the elements is written with its children
// and left open for the next one, the last for what Add writes. A Doctype may be among
// them.
func NewStream(w io.Writer, open ...*Element) *Stream {
	s := &Stream{p: NewPrinter(w)}
	s.p.Raw(Declaration)
	for _, e := range open {
		if e.doctype {
			s.p.Raw(e.text)
		}
	}
	open = slices.DeleteFunc(open, func(e *Element) bool { return e.doctype })
	for depth, e := range open {
		if depth > 0 {
			s.p.Line(depth)
		}
		s.p.start(e)
		for _, k := range e.kids {
			s.p.Line(depth + 1)
			s.p.element(k, depth+1)
		}
		s.names = append(s.names, e.name)
	}
	return s
}

// Add writes children of the innermost element; nil ones are left out. The error
// is that of the writer.
func (s *Stream) Add(kids ...*Element) error {
	for _, e := range kids {
		if e == nil {
			continue
		}
		s.p.Line(len(s.names))
		s.p.element(e, len(s.names))
	}
	return s.p.err
}

// Flush writes what was added so far.
func (s *Stream) Flush() error { return s.p.Flush() }

// Close ends the document; it does not close the writer.
func (s *Stream) Close() error {
	for i := len(s.names) - 1; i >= 0; i-- {
		s.p.Line(i)
		s.p.End(s.names[i])
	}
	s.p.Raw("\n")
	return s.p.Flush()
}

// Doctype is a declaration of the document's type for NewStream, a line as it is.
func Doctype(declaration string) *Element { return &Element{text: declaration, doctype: true} }
