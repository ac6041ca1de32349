package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"offprint/internal/errs"
	"offprint/internal/query"
)

// Suggestion completes what a person has begun to type.
type Suggestion struct {
	// Kind is FacetAuthor or FacetKeyword, with their Value, or "" for a document
	// whose title has the words, with its ID; the page has its title.
	Kind  Facet
	Value string
	ID    string
	// Docs is how many documents have the value.
	Docs int
}

const (
	// leastSuggested is how many letters are completed at least.
	leastSuggested = 2
	// mostCompared is how many values of a part are compared with each other.
	mostCompared = 300
)

// Suggest completes a text: authors and keywords that begin with it, and documents
// in whose titles its words stand, the last one perhaps not to its end. There are at
// most limit of each kind, the most frequent and the newest first.
func (x *Index) Suggest(ctx context.Context, text string, journals []string, limit int) (out []Suggestion, err error) {
	defer errs.Wrap(&err, "search.Suggest")
	defer x.mend(&err)
	defer faults()()
	begun := foldValue(text)
	if len([]rune(begun)) < leastSuggested && !strings.ContainsFunc(begun, isIdeographic) || limit <= 0 {
		return nil, nil
	}
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.close()
	b := &budget{ctx: ctx, end: time.Now().Add(x.options.Deadline / 2)}
	for _, facet := range []Facet{FacetAuthor, FacetKeyword} {
		found, err := s.suggestValues(facet, begun, journals, limit, b)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	r := Request{Query: titleQuery(text), Journals: journals, Limit: limit}
	if r.Query.Root == nil {
		return out, nil
	}
	clauses, err := s.clauses(r.Query.Root, b)
	if err != nil {
		return nil, err
	}
	res, err := s.run(clauses, &r, b)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		out = append(out, Suggestion{ID: h.ID})
	}
	return out, nil
}

// titleQuery asks for titles with the words of a text, the last one as a beginning.
func titleQuery(text string) query.Query {
	var words []string
	tokenize(text, 0, func(t token) {
		if !t.whole && !t.bigram && len(words) < query.MaxClauses {
			words = append(words, t.term)
		}
	})
	var nodes []query.Node
	for i, w := range words {
		n := query.Node{Op: query.Word, Field: query.Title, Text: w}
		if i == len(words)-1 && len(w) > 1 {
			n.Op = query.Prefix
		}
		nodes = append(nodes, n)
	}
	if dense := strings.TrimSpace(text); len(nodes) == 0 && dense != "" {
		nodes = append(nodes, query.Node{Op: query.Phrase, Field: query.Title, Text: dense})
	}
	switch len(nodes) {
	case 0:
		return query.Query{}
	case 1:
		return query.Query{Root: &nodes[0]}
	}
	return query.Query{Root: &query.Node{Op: query.And, Kids: nodes}}
}

func (s *snapshot) suggestValues(facet Facet, begun string, journals []string, limit int, b *budget) ([]Suggestion, error) {
	counts := map[string]int{}
	for _, p := range s.parts {
		var in *roaring.Bitmap
		if len(journals) > 0 {
			var err error
			if in, err = p.union(FacetJournal, journals); err != nil {
				return nil, err
			}
		}
		var terms []string
		d, err := p.dictionary(string(facet))
		if err != nil {
			return nil, err
		}
		err = scanTerms(d, begun, after(begun), func(term string) bool {
			terms = append(terms, term)
			return len(terms) < mostCompared && !b.over()
		})
		if err != nil {
			return nil, err
		}
		for _, term := range terms {
			docs, err := p.docs(string(facet), term)
			if err != nil {
				return nil, err
			}
			switch {
			case docs == nil:
			case in == nil:
				counts[term] += int(docs.GetCardinality())
			default:
				counts[term] += int(docs.AndCardinality(in))
			}
		}
	}
	var out []Suggestion
	for term, n := range counts {
		if n > 0 {
			_, value, _ := strings.Cut(term, valueMark)
			out = append(out, Suggestion{Kind: facet, Value: value, Docs: n})
		}
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Docs, a.Docs), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), limit)], nil
}
