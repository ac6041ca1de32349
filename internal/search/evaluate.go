package search

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"offprint/internal/query"
)

// budget is the time that a search may take.
type budget struct {
	ctx  context.Context
	end  time.Time
	used atomic.Bool
}

// over tells whether the time is used up.
func (b *budget) over() bool {
	if b.used.Load() {
		return true
	}
	if time.Now().After(b.end) || b.ctx.Err() != nil {
		b.used.Store(true)
		return true
	}
	return false
}

// matched is what a part has for a whole query.
type matched struct {
	part *part
	// docs are those that the query matches in the journals that are searched, and
	// kept those that also pass the filters.
	docs, kept *roaring.Bitmap
	filters    map[Facet]*roaring.Bitmap
	found      []*found // by clause
}

// match evaluates the query in a part.
func (p *part) match(root *query.Node, clauses []*clause, r *Request, b *budget) (*matched, error) {
	m := &matched{part: p, found: make([]*found, len(clauses))}
	e := evaluation{part: p, clauses: clauses, m: m, b: b}
	var err error
	if root == nil {
		m.docs = p.documents().Clone()
	} else if m.docs, err = e.node(root); err != nil {
		return nil, err
	}
	if len(r.Journals) > 0 {
		docs, err := p.union(FacetJournal, r.Journals)
		if err != nil {
			return nil, err
		}
		m.docs.And(docs)
		for _, f := range m.found {
			if f != nil {
				f.docs = roaring.And(f.docs, docs)
			}
		}
	}
	m.kept = m.docs
	for facet, values := range r.Filters {
		if len(values) == 0 {
			continue
		}
		docs, err := p.union(facet, values)
		if err != nil {
			return nil, err
		}
		if m.filters == nil {
			m.filters = map[Facet]*roaring.Bitmap{}
		}
		m.filters[facet] = docs
		m.kept = roaring.And(m.kept, docs)
	}
	return m, nil
}

// union are the documents that have one of the values.
func (p *part) union(facet Facet, values []string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, v := range values {
		docs, err := p.docs(string(facet), facet.term(v))
		if err != nil {
			return nil, err
		}
		if docs != nil {
			out.Or(docs)
		}
	}
	return out, nil
}

// evaluation walks a query; clauses stand in the order of its leaves.
type evaluation struct {
	part    *part
	clauses []*clause
	next    int
	m       *matched
	b       *budget
}

// node is the documents of a place of the query, which the caller may change.
func (e *evaluation) node(n *query.Node) (*roaring.Bitmap, error) {
	switch n.Op {
	case query.And, query.Or:
		var out, without *roaring.Bitmap
		for i := range n.Kids {
			kid := &n.Kids[i]
			excluded := n.Op == query.And && kid.Op == query.Not
			if excluded {
				kid = &kid.Kids[0]
			}
			docs, err := e.node(kid)
			if err != nil {
				return nil, err
			}
			switch {
			case excluded && without == nil:
				without = docs
			case excluded:
				without.Or(docs)
			case out == nil:
				out = docs
			case n.Op == query.And:
				out.And(docs)
			default:
				out.Or(docs)
			}
		}
		if out == nil {
			out = e.part.documents().Clone()
		}
		if without != nil {
			out.AndNot(without)
		}
		return out, nil
	case query.Not:
		docs, err := e.node(&n.Kids[0])
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(e.part.documents(), docs), nil
	}
	i := e.next
	e.next++
	f, err := e.part.leaf(e.clauses[i], e.b)
	if err != nil {
		return nil, err
	}
	e.m.found[i] = f
	return f.docs.Clone(), nil
}

// leaf finds what a part has for a clause.
func (p *part) leaf(c *clause, b *budget) (*found, error) {
	if c.fields != nil {
		return p.look(c, b)
	}
	out := newFound()
	var err error
	switch c.node.Field {
	case query.Year, query.Date:
		out.docs, err = p.between(c.node)
	default:
		out.docs, err = p.any(exactField(c.node.Field), c.values)
	}
	return out, err
}
