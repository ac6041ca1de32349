package xmltree

import (
	"io"

	"offprint/internal/journal"
)

// Collection is a document of any number of articles that is being written.
type Collection struct {
	stream *Stream
	record func(p *journal.Publication, address string) *Element
}

// NewCollection begins a collection. open are its outer elements, as NewStream takes
// them; record makes the element of an article, nil of one that the form cannot hold.
func NewCollection(w io.Writer, record func(p *journal.Publication, address string) *Element, open ...*Element) *Collection {
	return &Collection{NewStream(w, open...), record}
}

// Add writes an article and reports whether the form can hold it.
func (c *Collection) Add(p *journal.Publication, address string) (bool, error) {
	e := c.record(p, address)
	return e != nil, c.stream.Add(e)
}

// Close ends the document; it does not close the writer.
func (c *Collection) Close() error { return c.stream.Close() }
