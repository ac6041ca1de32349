package search

import (
	"github.com/RoaringBitmap/roaring/v2"

	"offprint/internal/query"
)

// runLoose finds the documents that have as many words of the query as any have, half
// of them at least. What is excluded, times and values hold as before: they are
// conditions, not words.
func (s *snapshot) runLoose(res *Result, clauses []*clause, r *Request, b *budget) (*Result, error) {
	root := r.Query.Root
	if root == nil || root.Op != query.And {
		return res, nil
	}
	words := 0
	for i := range root.Kids {
		if ofWords(&root.Kids[i]) {
			words++
		}
	}
	if words < 2 {
		return res, nil
	}
	all := make([]*matched, len(s.parts))
	levels := make([][]*roaring.Bitmap, len(s.parts))
	err := s.parallel(func(i int, p *part) (err error) {
		if all[i], err = p.scoped(clauses, r); err != nil {
			return err
		}
		e := evaluation{part: p, clauses: clauses, m: all[i], b: b}
		levels[i], err = e.levels(root)
		return err
	})
	if err != nil {
		return nil, err
	}
	have := 0
	for n := words - 1; n >= (words+1)/2 && have == 0; n-- {
		for i, m := range all {
			if n <= len(levels[i]) && m.passes(levels[i][n-1]) {
				have = n
				break
			}
		}
	}
	if have == 0 {
		return res, nil
	}
	for i, m := range all {
		m.keep(levels[i][have-1])
	}
	more, err := s.answer(all, clauses, r, b)
	if err != nil {
		return nil, err
	}
	more.Loosened = Loosened{have, words}
	more.DidYouMean = res.DidYouMean
	return more, nil
}

// ofWords tells whether what a place of a query asks for stands in texts.
func ofWords(n *query.Node) bool {
	switch n.Op {
	case query.And, query.Or:
		for i := range n.Kids {
			if !ofWords(&n.Kids[i]) {
				return false
			}
		}
		return true
	case query.Not, query.Range:
		return false
	}
	return fieldsOf(n.Field) != nil
}

// levels are, for each number from 1, the documents that have so many words of an And
// and everything else that it asks.
func (e *evaluation) levels(and *query.Node) ([]*roaring.Bitmap, error) {
	var out []*roaring.Bitmap
	hard := e.part.documents()
	for i := range and.Kids {
		kid := &and.Kids[i]
		docs, err := e.node(kid)
		if err != nil {
			return nil, err
		}
		if !ofWords(kid) {
			hard = roaring.And(hard, docs)
			continue
		}
		out = append(out, roaring.New())
		for n := len(out) - 1; n > 0; n-- {
			out[n].Or(roaring.And(out[n-1], docs))
		}
		out[0].Or(docs)
	}
	for _, docs := range out {
		docs.And(hard)
	}
	return out, nil
}

// passes tells whether one of the documents is in the journals that are searched and
// passes the filters.
func (m *matched) passes(docs *roaring.Bitmap) bool {
	if m.scope != nil {
		docs = roaring.And(docs, m.scope)
	}
	for _, filter := range m.filters {
		docs = roaring.And(docs, filter)
	}
	return !docs.IsEmpty()
}
