package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// few is up to how many values a facet has in a part that are counted by name. Of
// facets with more, such as authors, the most frequent of each part are candidates,
// and these are then counted exactly.
const few = 2000

// defaultValues is how many values of a facet are counted unless asked otherwise.
const defaultValues = 20

// facets counts the facets that are asked for.
func (s *snapshot) facets(all []*matched, r *Request) (map[Facet][]Count, error) {
	if len(r.Facets) == 0 {
		return nil, nil
	}
	most := r.Values
	if most <= 0 {
		most = defaultValues
	}
	out := make(map[Facet][]Count, len(r.Facets))
	for _, facet := range r.Facets {
		if _, ok := out[facet]; ok {
			continue
		}
		counts, err := s.facet(all, facet, most)
		if err != nil {
			return nil, err
		}
		out[facet] = counts
	}
	return out, nil
}

// without are the documents that pass all filters but that of a facet.
func (m *matched) without(facet Facet) *roaring.Bitmap {
	if m.filters[facet] == nil {
		return m.kept
	}
	out := m.docs
	for f, docs := range m.filters {
		if f != facet {
			out = roaring.And(out, docs)
		}
	}
	return out
}

func (s *snapshot) facet(all []*matched, facet Facet, most int) ([]Count, error) {
	named := make([]map[string]int, len(all))
	candidates := make([][]string, len(all))
	docs := make([]*roaring.Bitmap, len(all))
	err := s.parallel(func(i int, p *part) (err error) {
		docs[i] = all[i].without(facet)
		named[i], candidates[i], err = p.count(facet, docs[i], most)
		return err
	})
	if err != nil {
		return nil, err
	}
	total := map[string]int{}
	exactly := map[string]bool{}
	for i := range all {
		for term, n := range named[i] {
			total[term] += n
		}
		for _, term := range candidates[i] {
			exactly[term] = true
		}
	}
	if len(exactly) > 0 {
		for i, p := range s.parts {
			if named[i] != nil {
				continue
			}
			for term := range exactly {
				if b, err := p.docs(string(facet), term); err != nil {
					return nil, err
				} else if b != nil {
					total[term] += int(b.AndCardinality(docs[i]))
				}
			}
		}
	}
	return sorted(total, facet, most), nil
}

// count counts the values of a facet in documents of a part: all of them, by their
// terms, if there are few, or else the terms that are candidates.
func (p *part) count(facet Facet, docs *roaring.Bitmap, most int) (named map[string]int, candidates []string, err error) {
	v, err := p.terms(string(facet))
	if err != nil {
		return nil, nil, err
	}
	counts := make([]uint32, v.count+1)
	v.tally(docs, counts)
	if v.count <= few {
		named = map[string]int{}
		n := 0
		err = p.scanTerms(string(facet), func(term string) bool {
			n++
			if counts[n] > 0 {
				named[term] = int(counts[n])
			}
			return true
		})
		return named, nil, err
	}
	type numbered struct{ n, docs uint32 }
	var top []numbered
	least := uint32(1)
	for n, c := range counts {
		if c < least {
			continue
		}
		top = append(top, numbered{uint32(n), c})
		if len(top) >= 8*most+1000 {
			slices.SortFunc(top, func(a, b numbered) int { return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.n, b.n)) })
			top = top[:3*most]
			least = top[len(top)-1].docs
		}
	}
	slices.SortFunc(top, func(a, b numbered) int { return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.n, b.n)) })
	for _, t := range top[:min(len(top), 3*most)] {
		term, err := p.term(string(facet), v, t.n)
		if err != nil {
			return nil, nil, err
		}
		candidates = append(candidates, term)
	}
	return nil, candidates, nil
}

func (p *part) scanTerms(field string, f func(term string) bool) error {
	d, err := p.dictionary(field)
	if err != nil {
		return err
	}
	return scanTerms(d, "", "", f)
}

// sorted are the values in the order of the facet.
func sorted(total map[string]int, facet Facet, most int) []Count {
	out := make([]Count, 0, len(total))
	for term, n := range total {
		if n == 0 {
			continue
		}
		if facet.shown() {
			_, term, _ = strings.Cut(term, valueMark)
		}
		out = append(out, Count{term, n})
	}
	if facet == FacetYear {
		slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(a.Value, b.Value) })
		return out
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Docs, a.Docs), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), most)]
}
