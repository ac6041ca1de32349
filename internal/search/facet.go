package search

import (
	"cmp"
	"maps"
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
	t := tally{facet: facet, docs: map[string]int{}, spelt: map[string]map[string]int{}}
	exactly := map[string]bool{}
	for i, p := range s.parts {
		if err := t.named(p, named[i], docs[i]); err != nil {
			return nil, err
		}
		for _, term := range candidates[i] {
			exactly[facet.folded(term)] = true
		}
	}
	for i, p := range s.parts {
		if named[i] != nil {
			continue
		}
		for key := range exactly {
			if err := t.exactly(p, key, docs[i]); err != nil {
				return nil, err
			}
		}
	}
	return t.sorted(most), nil
}

// tally counts the documents of values. Values that differ only in case, marks or
// blanks are one; the most frequent spelling is shown.
type tally struct {
	facet Facet
	docs  map[string]int            // by the folded value
	spelt map[string]map[string]int // by the folded value, how often each spelling stands
}

// folded is the part of a term by which values are the same.
func (f Facet) folded(term string) string {
	if f.shown() {
		term, _, _ = strings.Cut(term, valueMark)
	}
	return term
}

func (t *tally) spelling(key, term string, n int) {
	if t.spelt[key] == nil {
		t.spelt[key] = map[string]int{}
	}
	t.spelt[key][term] += n
}

// named adds what was counted by name in a part. A document that has two spellings
// counts once.
func (t *tally) named(p *part, counts map[string]int, docs *roaring.Bitmap) error {
	sums := make(map[string]int, len(counts))
	several := map[string]bool{}
	for term, n := range counts {
		key := t.facet.folded(term)
		several[key] = sums[key] > 0
		sums[key] += n
		t.spelling(key, term, n)
	}
	for key, n := range sums {
		if several[key] {
			all, err := p.any(string(t.facet), keysOfMap(t.spelt[key]))
			if err != nil {
				return err
			}
			n = int(all.AndCardinality(docs))
		}
		t.docs[key] += n
	}
	return nil
}

// exactly counts a value in a part, in all its spellings.
func (t *tally) exactly(p *part, key string, docs *roaring.Bitmap) error {
	terms, err := p.spellings(t.facet, key)
	if err != nil {
		return err
	}
	all := roaring.New()
	for _, term := range terms {
		if b, err := p.docs(string(t.facet), term); err != nil {
			return err
		} else if b != nil {
			t.spelling(key, term, int(b.GetCardinality()))
			all.Or(b)
		}
	}
	t.docs[key] += int(all.AndCardinality(docs))
	return nil
}

// spellings are the terms of a folded value.
func (p *part) spellings(facet Facet, key string) (terms []string, err error) {
	if !facet.shown() {
		return []string{key}, nil
	}
	d, err := p.dictionary(string(facet))
	if err != nil {
		return nil, err
	}
	key += valueMark
	err = scanTerms(d, key, after(key), func(term string) bool {
		terms = append(terms, term)
		return len(terms) < mostSpellings
	})
	return terms, err
}

// mostSpellings is how many spellings of one value are told apart.
const mostSpellings = 64

func keysOfMap(m map[string]int) []string { return slices.Collect(maps.Keys(m)) }

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
		for i, term := range v.names {
			if n := counts[i+1]; n > 0 {
				named[term] = int(n)
			}
		}
		return named, nil, nil
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

// sorted are the values in the order of the facet.
func (t *tally) sorted(most int) []Count {
	out := make([]Count, 0, len(t.docs))
	for key, n := range t.docs {
		if n == 0 {
			continue
		}
		best, times := "", 0
		for term, k := range t.spelt[key] {
			if k > times || k == times && (best == "" || term < best) {
				best, times = term, k
			}
		}
		if t.facet.shown() {
			_, best, _ = strings.Cut(best, valueMark)
		}
		out = append(out, Count{best, n})
	}
	if t.facet == FacetYear {
		slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(a.Value, b.Value) })
		return out
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Docs, a.Docs), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), most)]
}

// SameValue tells whether two values of a facet are one.
func SameValue(a, b string) bool { return foldValue(a) == foldValue(b) }
