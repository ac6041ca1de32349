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
	scope      *roaring.Bitmap // the journals that are searched, nil for all
	filters    map[Facet]*roaring.Bitmap
	found      []*found // by clause
}

// match evaluates the query in a part.
func (p *part) match(root *query.Node, clauses []*clause, r *Request, b *budget) (*matched, error) {
	m, err := p.scoped(clauses, r)
	if err != nil {
		return nil, err
	}
	if root == nil {
		m.keep(p.documents().Clone())
		return m, nil
	}
	e := evaluation{part: p, clauses: clauses, m: m, b: b}
	docs, err := e.node(root)
	if err != nil {
		return nil, err
	}
	m.keep(docs)
	return m, nil
}

// scoped begins with what narrows every query.
func (p *part) scoped(clauses []*clause, r *Request) (m *matched, err error) {
	m = &matched{part: p, found: make([]*found, len(clauses))}
	if len(r.Journals) > 0 {
		if m.scope, err = p.union(FacetJournal, r.Journals); err != nil {
			return nil, err
		}
	}
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
	}
	if r.During == nil {
		return m, nil
	}
	docs, err := p.between(r.During)
	if err != nil {
		return nil, err
	}
	if m.filters == nil {
		m.filters = map[Facet]*roaring.Bitmap{}
	}
	if years := m.filters[FacetYear]; years != nil {
		docs = roaring.And(docs, years)
	}
	m.filters[FacetYear] = docs
	return m, nil
}

// keep sets what the query matches.
func (m *matched) keep(docs *roaring.Bitmap) {
	if m.scope != nil {
		docs.And(m.scope)
		for _, f := range m.found {
			if f != nil {
				f.docs = roaring.And(f.docs, m.scope)
			}
		}
	}
	m.docs, m.kept = docs, docs
	for _, filter := range m.filters {
		m.kept = roaring.And(m.kept, filter)
	}
}

// union are the documents that have one of the values, in any spelling.
func (p *part) union(facet Facet, values []string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, v := range values {
		terms := []string{facet.term(v)}
		if facet.shown() && facet != FacetJournal { // journals are numbers
			var err error
			if terms, err = p.spellings(facet, foldValue(v)); err != nil {
				return nil, err
			}
		}
		for _, term := range terms {
			docs, err := p.docs(string(facet), term)
			if err != nil {
				return nil, err
			}
			if docs != nil {
				out.Or(docs)
			}
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
	if first := e.clauses[i].first; first > 0 {
		same := *e.m.found[first-1]
		e.m.found[i] = &same
		return same.docs.Clone(), nil
	}
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
