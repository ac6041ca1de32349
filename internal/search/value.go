package search

import (
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"offprint/internal/query"
)

// exactField is the field of the index for a field of the query that holds values.
func exactField(f query.Field) string {
	switch f {
	case query.Section:
		return bySection
	case query.Journal:
		return byJournal
	case query.Issue:
		return byIssue
	case query.Type:
		return byType
	case query.Language:
		return byLang
	case query.Has:
		return byHas
	case query.DOI:
		return byDOI
	case query.ORCID:
		return byORCID
	case query.ISSN:
		return byISSN
	}
	return ""
}

// between finds the documents of a range of years or dates.
func (p *part) between(n *query.Node) (*roaring.Bitmap, error) {
	field, from, to := byYear, n.From, n.To
	if n.Op != query.Range {
		from, to = n.Text, n.Text
	}
	if n.Field == query.Date {
		field = byDate
		if from != "" {
			from = dateTerm(dateNumber(from, false))
		}
		if to != "" {
			to = dateTerm(dateNumber(to, true))
		}
	}
	if to != "" {
		to += "\x00"
	}
	var terms []string
	d, err := p.dictionary(field)
	if err != nil {
		return nil, err
	}
	if err := scanTerms(d, from, to, func(term string) bool {
		terms = append(terms, term)
		return true
	}); err != nil {
		return nil, err
	}
	return p.any(field, terms)
}

// any are the documents of one of the terms.
func (p *part) any(field string, terms []string) (*roaring.Bitmap, error) {
	maps := make([]*roaring.Bitmap, 0, len(terms))
	for _, t := range terms {
		docs, err := p.docs(field, t)
		if err != nil {
			return nil, err
		}
		if docs != nil {
			maps = append(maps, docs)
		}
	}
	return roaring.FastOr(maps...), nil
}

// valued are the terms of a clause that asks for a value: those that are equal
// without regard to case and marks, or else, of fields whose values are phrases,
// those that have the words in them. A language is also found by the beginning of
// its tag, an identifier by its beginning where a prefix was typed.
func (s *snapshot) valued(n *query.Node) ([]string, error) {
	field := exactField(n.Field)
	switch n.Field {
	case query.DOI, query.ORCID, query.ISSN, query.Has:
		text := strings.ToLower(n.Text)
		if n.Op != query.Prefix {
			return []string{text}, nil
		}
		return s.all(field, text, func(string) bool { return true })
	}
	want := foldValue(n.Text)
	equal, err := s.all(field, "", func(term string) bool {
		folded, _, _ := strings.Cut(term, valueMark)
		return folded == want || n.Op == query.Prefix && strings.HasPrefix(folded, want) ||
			n.Field == query.Language && strings.HasPrefix(folded, want+"-")
	})
	if err != nil || len(equal) > 0 || n.Field == query.Language || n.Field == query.Type {
		return equal, err
	}
	return s.all(field, "", func(term string) bool {
		folded, _, _ := strings.Cut(term, valueMark)
		return strings.Contains(" "+folded+" ", " "+want+" ")
	})
}

// all are the terms of a field that begin with a prefix and are wanted.
func (s *snapshot) all(field, prefix string, want func(term string) bool) ([]string, error) {
	seen := map[string]bool{}
	var out []string
	for _, p := range s.parts {
		d, err := p.dictionary(field)
		if err != nil {
			return nil, err
		}
		n := 0
		err = scanTerms(d, prefix, after(prefix), func(term string) bool {
			if want(term) && !seen[term] {
				seen[term] = true
				out = append(out, term)
			}
			n++
			return n < mostScanned
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
