package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"

	"offprint/internal/query"
	"offprint/internal/script"
)

const (
	// shortestFuzzy is how many letters a word has whose near spellings are looked
	// for, and longFuzzy from how many on two letters may differ.
	shortestFuzzy = 4
	longFuzzy     = 8
	// longestName is how many characters a name in Han has.
	longestName  = 6
	longestFuzzy = 24
	// mostFuzzy is how many near spellings of a word are looked for, and mostMistaken
	// of how many words of a query.
	mostFuzzy    = 8
	mostMistaken = 4
)

// automata recognise words at a distance. Making the second one takes milliseconds,
// so that it is made when it is first needed.
var automata = [3]func() *levenshtein.LevenshteinAutomatonBuilder{
	1: sync.OnceValue(func() *levenshtein.LevenshteinAutomatonBuilder { return newAutomata(1) }),
	2: sync.OnceValue(func() *levenshtein.LevenshteinAutomatonBuilder { return newAutomata(2) }),
}

func newAutomata(distance uint8) *levenshtein.LevenshteinAutomatonBuilder {
	b, err := levenshtein.NewLevenshteinAutomatonBuilder(distance, true)
	if err != nil {
		panic("search: " + err.Error()) // only for distances that are not supported
	}
	return b
}

// runFuzzy looks for near spellings of the words that are found nowhere, searches
// with them too, and proposes the query with the most frequent of them.
func (s *snapshot) runFuzzy(res *Result, clauses []*clause, r *Request, b *budget) (*Result, error) {
	instead := map[*query.Node]string{}
	tried, looked := 0, false
	for _, c := range clauses {
		if c.first > 0 {
			c.slots = clauses[c.first-1].slots
			continue
		}
		if c.excluded || c.docs > 0 || c.node.Op != query.Word || c.prefix != "" || len(c.slots) != 1 || c.fields == nil {
			continue
		}
		if tried == mostMistaken || b.over() {
			continue
		}
		tried++
		word := c.slots[0].forms[0]
		var more []form
		var err error
		if len(word.terms) > 0 {
			more, err = s.surname(c.node.Text)
		} else if more, err = s.near(word.surface, c); len(more) > 0 {
			instead[c.node] = more[0].surface
		}
		if err != nil {
			return nil, err
		}
		c.slots[0].forms = append(c.slots[0].forms, more...)
		looked = looked || len(more) > 0
	}
	if !looked {
		return res, nil
	}
	more, err := s.run(clauses, r, b)
	if err != nil {
		return nil, err
	}
	if more.Total > res.Total && len(instead) > 0 {
		more.DidYouMean = replaced(r.Query.Root, instead).String()
	}
	return more, nil
}

// surname are the surname that a name in Han begins with, and other names of it:
// nothing parts it from the given name, which no table has. Where the table has no
// such surname the first two characters are taken for one, as most have two.
func (s *snapshot) surname(name string) ([]form, error) {
	name = fold(name)
	letters := []rune(name)
	if len(letters) < 3 || len(letters) > longestName || strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		return nil, nil
	}
	surname := script.BuiltinAliases().Prefix(name)
	if surname == "" || surname == name {
		surname = string(letters[:2])
	}
	forms, err := s.forms(surname, true)
	if err != nil {
		return nil, err
	}
	forms[0].split()
	for i := range forms {
		forms[i].tier = Fuzzy
	}
	return forms, nil
}

// near are the words closest to one, in the fields of a clause, the most frequent
// ones first; those at a distance of one before those of two.
func (s *snapshot) near(word string, c *clause) ([]form, error) {
	n := utf8.RuneCountInString(word)
	if n < shortestFuzzy || n > longestFuzzy || strings.ContainsAny(word, "0123456789") {
		return nil, nil
	}
	known := map[string]bool{}
	for _, f := range c.slots[0].forms {
		known[f.surface] = true
	}
	for distance := 1; distance <= 1+n/longFuzzy && distance <= 2; distance++ {
		dfa, err := automata[distance]().BuildDfa(word, uint8(distance))
		if err != nil {
			return nil, err
		}
		out, err := s.matching(dfa, c.fields, known)
		if err != nil || len(out) > 0 {
			return out, err
		}
	}
	return nil, nil
}

// matching are the most frequent words that an automaton accepts.
func (s *snapshot) matching(dfa vellum.Automaton, fields []string, known map[string]bool) ([]form, error) {
	counts := map[string]int{}
	for _, p := range s.parts {
		for _, field := range fields {
			d, err := p.dictionary(field)
			if err != nil {
				return nil, err
			}
			it := d.AutomatonIterator(dfa, nil, nil)
			for range mostScanned {
				e, err := it.Next()
				if err != nil {
					return nil, err
				}
				if e == nil {
					break
				}
				if !known[e.Term] {
					counts[e.Term] += int(e.Count)
				}
			}
		}
	}
	var out []form
	for term, n := range counts {
		out = append(out, form{surface: term, tier: Fuzzy, docs: n})
	}
	slices.SortFunc(out, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.surface, b.surface))
	})
	return out[:min(len(out), mostFuzzy)], nil
}

// replaced is a query with other words in some places.
func replaced(n *query.Node, instead map[*query.Node]string) *query.Node {
	out := *n
	if text, ok := instead[n]; ok {
		out.Text = text
	}
	out.Kids = nil
	for i := range n.Kids {
		out.Kids = append(out.Kids, *replaced(&n.Kids[i], instead))
	}
	return &out
}
