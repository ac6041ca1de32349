package search

import (
	"cmp"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// posting is the documents of one form in one field of a part.
type posting struct {
	docs   *roaring.Bitmap
	list   segment.PostingsList // nil where how often it stands there does not count
	weight float32              // of the field and the tier together
	field  string
}

// saturation is how a word that stands often in a field counts more: by at most
// this share of the weight.
const saturation = 0.25

// fieldWeight is what a word counts in a field. Each is more than 1 + saturation
// times the next, so that for one word the order of fields holds however often it
// stands there.
func fieldWeight(field string) float32 {
	switch field {
	case inTitle, inAuthor:
		return 10
	case inKeyword:
		return 6
	case inAbstract:
		return 3.6
	case inReference:
		return 2
	case inFullText:
		return 1.2
	}
	return 0
}

// countsTimes tells whether it counts how often a word stands in a field. Titles and
// lists of names have a word once; there a second time says nothing, and not to look
// makes searching much faster.
func countsTimes(field string) bool {
	return field == inAbstract || field == inReference || field == inFullText
}

// bound is the most that the posting can count.
func (p *posting) bound() float32 {
	if p.list == nil {
		return p.weight
	}
	return p.weight * (1 + saturation)
}

// times is what a word counts that stands n times in a field, as a share of its
// weight.
func times(n uint64) float32 {
	f := float32(n)
	return 1 + saturation*f/(f+1.5)
}

// found is what a part has for a clause.
type found struct {
	docs     *roaring.Bitmap
	postings []posting // from the greatest weight on
	bounds   []float32 // the most that a posting or one after it can count
	forms    []int     // how many documents each form has, in the order of the clause
	df       int       // how many documents have the clause, whatever the journal
}

func newFound() *found { return &found{docs: roaring.New()} }

func (f *found) add(p posting) {
	if !countsTimes(p.field) {
		p.list = nil
	}
	f.docs.Or(p.docs)
	f.postings = append(f.postings, p)
}

// look finds what a part has for a clause of words.
func (p *part) look(c *clause, b *budget) (*found, error) {
	out := newFound()
	for _, field := range c.fields {
		if b.over() {
			break
		}
		var err error
		switch {
		case c.prefix != "":
			err = p.lookPrefix(c, field, out)
		case len(c.slots) == 1:
			err = p.lookWord(c, field, out, b)
		case len(c.slots) > 1:
			err = p.lookPhrase(c, field, out, b)
		}
		if err != nil {
			return nil, err
		}
	}
	out.df = int(out.docs.GetCardinality())
	slices.SortStableFunc(out.postings, func(a, b posting) int { return cmp.Compare(b.weight, a.weight) })
	out.bounds = make([]float32, len(out.postings)+1)
	for i := len(out.postings) - 1; i >= 0; i-- {
		out.bounds[i] = max(out.bounds[i+1], out.postings[i].bound())
	}
	return out, nil
}

// lookWord finds the forms of a word.
func (p *part) lookWord(c *clause, field string, out *found, b *budget) error {
	if out.forms == nil {
		out.forms = make([]int, len(c.slots[0].forms))
	}
	for i, f := range c.slots[0].forms {
		weight := fieldWeight(field) * weights[f.tier]
		if len(f.terms) > 0 {
			docs, err := p.several(c, field, f, b)
			if err != nil {
				return err
			}
			if docs != nil {
				out.forms[i] += int(docs.GetCardinality())
				out.add(posting{docs: docs, weight: weight, field: field})
			}
			continue
		}
		docs, list, err := p.postings(field, f.surface)
		if err != nil {
			return err
		}
		if docs != nil {
			out.forms[i] += int(docs.GetCardinality())
			out.add(posting{docs: docs, list: list, weight: weight, field: field})
		}
	}
	return nil
}

// several finds the documents of a form that is several terms.
func (p *part) several(c *clause, field string, f form, b *budget) (*roaring.Bitmap, error) {
	switch {
	case f.need == 0:
		return p.phrase(field, placesOf(f), b)
	case len(c.fields) > 1 && (field == inFullText || field == inReference):
		return nil, nil // long texts have most pieces of anything
	}
	return p.pieces(field, f, b)
}

// lookPhrase finds words one after the other, and the forms of the whole.
func (p *part) lookPhrase(c *clause, field string, out *found, b *budget) error {
	docs, err := p.phrase(field, c.slots, b)
	if err != nil {
		return err
	}
	if docs != nil {
		out.add(posting{docs: docs, weight: fieldWeight(field), field: field})
	}
	for _, f := range c.whole {
		docs, list, err := p.postings(field, f.surface)
		if err != nil {
			return err
		}
		if docs != nil {
			out.add(posting{docs: docs, list: list, weight: fieldWeight(field) * weights[f.tier], field: field})
		}
	}
	return nil
}

// placesOf makes slots of the terms of a form.
func placesOf(f form) []slot {
	out := make([]slot, len(f.terms))
	for i, t := range f.terms {
		out[i] = slot{at: f.at[i], forms: []form{{surface: t}}}
	}
	return out
}

// mostPrefixed is how many words a prefix stands for, the shortest ones.
const mostPrefixed = 1000

// mostScanned is how many words of a field are looked at for that, for all prefixes of
// a query together, and leastScanned for each.
const (
	mostScanned  = 20_000
	leastScanned = 1000
)

// begun are the words that begin with a prefix: by the part and field in which they
// stand.
type begun map[*part]map[string][]string

// prefixed finds the words that begin with a prefix.
func (s *snapshot) prefixed(prefix string, fields []string) (begun, error) {
	out := begun{}
	all := map[string]bool{}
	most := max(leastScanned, mostScanned/max(1, s.prefixes))
	for _, p := range s.parts {
		out[p] = map[string][]string{}
		for _, field := range fields {
			d, err := p.dictionary(field)
			if err != nil {
				return nil, err
			}
			var terms []string
			err = scanTerms(d, prefix, after(prefix), func(term string) bool {
				terms = append(terms, term)
				return len(terms) < most
			})
			if err != nil {
				return nil, err
			}
			for _, t := range terms {
				all[t] = true
			}
			out[p][field] = terms
		}
	}
	if len(all) <= mostPrefixed {
		return out, nil
	}
	terms := slices.Collect(maps.Keys(all))
	slices.SortFunc(terms, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	for _, t := range terms[mostPrefixed:] {
		delete(all, t)
	}
	for _, fields := range out {
		for field, terms := range fields {
			fields[field] = slices.DeleteFunc(terms, func(t string) bool { return !all[t] })
		}
	}
	return out, nil
}

// lookPrefix finds the words that begin with a prefix. They count less than the
// word alone, and how often they stand there does not count.
func (p *part) lookPrefix(c *clause, field string, out *found) error {
	terms := c.begun[p][field]
	if len(terms) == 0 {
		return nil
	}
	docs, err := p.any(field, terms)
	if err != nil {
		return err
	}
	for _, sl := range c.slots {
		before, err := p.docs(field, sl.forms[0].surface)
		if err != nil {
			return err
		}
		if before == nil {
			return nil
		}
		docs.And(before)
	}
	if !docs.IsEmpty() {
		out.add(posting{docs: docs, weight: fieldWeight(field) * weights[Inflected], field: field})
	}
	return nil
}
