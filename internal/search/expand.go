package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"offprint/internal/query"
	"offprint/internal/script"
)

// maxForms is how many forms of one word are looked for.
const maxForms = 48

// maxScanned is how many entries of one key are read.
const maxScanned = 400

// form is a form of a word that is looked for.
type form struct {
	surface string
	tier    Tier
	// terms are the terms of a form that the index has as several, one after the
	// other, with the distance of each from the first: a name in Han.
	terms []string
	at    []int
	// need is how many of the terms have to stand in a field, wherever there; 0 where
	// they have to be at their distances.
	need int
	docs int // how many documents have it, counted while searching
}

// slot is a place of a phrase: the forms that may stand there.
type slot struct {
	at    int // its distance from the first
	forms []form
}

// clause is a leaf of the query, understood.
type clause struct {
	node     *query.Node
	fields   []string // the text fields asked
	slots    []slot   // of words; one for a single word
	whole    []form   // other forms of all slots together: email for e-mail
	prefix   string   // of a Prefix
	begun    begun    // the words that begin so
	values   []string // the terms of a clause that asks for a value
	excluded bool
	first    int // the number from 1 of the clause that is the same, 0 if there is none
	docs     int
}

// fieldsOf are the text fields that a field of the query asks; none for others.
func fieldsOf(f query.Field) []string {
	switch f {
	case query.Anywhere:
		return textFields
	case query.Title:
		return textFields[:1]
	case query.Author:
		return textFields[1:2]
	case query.Keyword:
		return textFields[2:3]
	case query.Abstract:
		return textFields[3:4]
	case query.Reference:
		return textFields[4:5]
	case query.FullText:
		return textFields[5:6]
	}
	return nil
}

// understand makes a clause of a leaf.
func (s *snapshot) understand(n *query.Node, excluded bool) (*clause, error) {
	c := &clause{node: n, fields: fieldsOf(n.Field), excluded: excluded}
	if n.Field == query.Year || n.Field == query.Date {
		return c, nil
	}
	if c.fields == nil {
		var err error
		c.values, err = s.valued(n)
		return c, err
	}
	var words []token
	dense := true
	tokenize(n.Text, 0, func(t token) {
		switch {
		case t.whole && !t.bigram && n.Op == query.Word && !isKatakanaWord(t.term):
			c.whole = append(c.whole, form{surface: t.term, tier: Exact})
		case !t.whole:
			words = append(words, t)
			dense = dense && t.bigram
		}
	})
	if n.Op == query.Prefix && len(words) > 0 {
		last := len(words) - 1
		for _, w := range words[:last] {
			c.slots = append(c.slots, slot{forms: []form{{surface: w.term}}})
		}
		return c, s.prefix(c, words[last].term)
	}
	if dense && len(words) > 0 {
		return c, s.dense(c, words)
	}
	words = pairs(words)
	for _, w := range words {
		sl := slot{at: w.pos - words[0].pos, forms: []form{{surface: w.term}}}
		if n.Op == query.Word && !w.bigram {
			forms, err := s.forms(w.term, len(words) == 1)
			if err != nil {
				return nil, err
			}
			sl.forms = forms
		}
		c.slots = append(c.slots, sl)
	}
	return c, nil
}

// prefix makes a clause one for words that begin so.
func (s *snapshot) prefix(c *clause, prefix string) (err error) {
	c.prefix = prefix
	c.begun, err = s.prefixed(prefix, c.fields)
	return err
}

// pairs leaves the last character of a run out, which is indexed alone too, where
// the pair before it has it.
func pairs(words []token) []token {
	out := words[:0:0]
	for i, w := range words {
		if w.bigram && i > 0 && words[i-1].bigram && words[i-1].pos == w.pos-1 &&
			words[i-1].end == w.end && utf8.RuneCountInString(w.term) == 1 {
			continue
		}
		out = append(out, w)
	}
	return out
}

// dense understands a word without spaces: its pairs one after the other, or, if it
// is one character, every pair that begins with it.
func (s *snapshot) dense(c *clause, words []token) error {
	if len(words) == 1 {
		return s.prefix(c, words[0].term)
	}
	words = pairs(words)
	f := form{surface: fold(c.node.Text)}
	for _, w := range words {
		f.terms = append(f.terms, w.term)
		f.at = append(f.at, w.pos-words[0].pos)
	}
	if len(f.terms) == 1 {
		f.surface, f.terms, f.at = f.terms[0], nil, nil
	}
	forms := []form{f}
	if c.node.Op == query.Word {
		more, err := s.forms(fold(c.node.Text), true)
		if err != nil {
			return err
		}
		forms = append(forms, more[1:]...)
		if p, ok := piecesOf(words); ok {
			forms = append(forms, p)
		}
	}
	c.slots = []slot{{forms: forms}}
	return nil
}

// forms are the forms of a word, the word itself first. several allows forms that
// the index has as several terms.
func (s *snapshot) forms(term string, several bool) ([]form, error) {
	tiers := map[string]Tier{}
	var order []string
	add := func(surface string, tier Tier) {
		if was, ok := tiers[surface]; !ok {
			order = append(order, surface)
			tiers[surface] = tier
		} else if tier < was {
			tiers[surface] = tier
		}
	}
	add(term, Exact)
	common, err := s.common(term)
	if err != nil {
		return nil, err
	}
	keys := keysOf(term, !common, s.languages())
	dicts, err := s.dictionaries(vocabulary)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if k.form != "" {
			add(k.form, k.tier)
		}
		prefix := k.key + keyEnd
		for _, d := range dicts {
			n := 0
			err := scanTerms(d, prefix, after(prefix), func(entry string) bool {
				add(entry[len(prefix):], k.tier)
				n++
				return n < maxScanned
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if !common {
		for _, k := range script.BuiltinAliases().Related(script.AppendKeys(nil, term)) {
			if err := related(k, dicts, add); err != nil {
				return nil, err
			}
		}
	}
	out := make([]form, 0, len(order))
	for _, surface := range order {
		f := form{surface: surface, tier: tiers[surface]}
		if surface != term {
			f.split()
			if len(f.terms) > 0 && !several {
				continue
			}
		}
		out = append(out, f)
	}
	if len(out) > maxForms {
		if err := s.countForms(out); err != nil {
			return nil, err
		}
		slices.SortStableFunc(out[1:], func(a, b form) int { return cmp.Compare(b.docs, a.docs) })
		out = out[:maxForms]
	}
	slices.SortStableFunc(out[1:], func(a, b form) int { return cmp.Compare(a.tier, b.tier) })
	return out, nil
}

// related adds the forms of a search key of another name.
func related(key string, dicts []segment.TermDictionary, add func(string, Tier)) error {
	if space, text := key[:len(script.KeyHan)], key[len(script.KeyHan):]; space == script.KeyHan || space == script.KeyLatin {
		add(text, Alias)
	}
	prefix := key + keyEnd
	for _, d := range dicts {
		n := 0
		err := scanTerms(d, prefix, after(prefix), func(entry string) bool {
			add(entry[len(prefix):], Alias)
			n++
			return n < maxScanned
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// common tells whether a word is so frequent that it is no name: then it is not
// looked for in other scripts, where rules made for names would join it to words
// that have nothing to do with it.
func (s *snapshot) common(term string) (bool, error) {
	f := []form{{surface: term}}
	if err := s.countForms(f); err != nil {
		return false, err
	}
	documents := 0
	for _, p := range s.parts {
		documents += int(p.documents().GetCardinality())
	}
	return f[0].docs > max(1000, documents/20), nil
}

// split finds the terms of a form that is not one term.
func (f *form) split() {
	var words []token
	tokenize(f.surface, 0, func(t token) {
		if !t.whole {
			words = append(words, t)
		}
	})
	words = pairs(words)
	if len(words) < 2 {
		if len(words) == 1 {
			f.surface = words[0].term
		}
		return
	}
	for _, w := range words {
		f.terms = append(f.terms, w.term)
		f.at = append(f.at, w.pos-words[0].pos)
	}
}

// countForms counts in how many documents forms stand, roughly: a document counts
// once for each field.
func (s *snapshot) countForms(forms []form) error {
	for _, p := range s.parts {
		for _, name := range textFields {
			d, err := p.dictionary(name)
			if err != nil {
				return err
			}
			for i := range forms {
				if len(forms[i].terms) > 0 {
					continue
				}
				list, err := d.PostingsList([]byte(forms[i].surface), p.deleted, nil)
				if err != nil {
					return err
				}
				forms[i].docs += int(list.Count())
			}
		}
	}
	return nil
}

// formKey is a key of the vocabulary that leads to forms of a word.
type formKey struct {
	key  string
	form string // which is itself a form
	tier Tier
}

// keysOf are the keys of a word that was typed, which may be a name or not, in the
// languages that texts have.
func keysOf(term string, name bool, spoken map[string]bool) []formKey {
	var out []formKey
	plain := script.Fold(term)
	if plain != "" {
		k := formKey{key: keyPlain + plain, tier: Marks}
		if plain != term {
			k.form = plain
		}
		out = append(out, k)
	}
	first, _ := utf8.DecodeRuneInString(term)
	var langs []string
	switch {
	case isLatin(first):
		langs = latinStems
	case isCyrillic(first):
		langs = cyrillicStems
	}
	for _, lang := range langs {
		if !spoken[lang] {
			continue
		}
		for i, w := range []string{term, plain} {
			if i == 1 && plain == term {
				break
			}
			st := stem(lang, w)
			if st == "" {
				continue
			}
			k := formKey{key: keyStem + lang + ":" + st, tier: Inflected}
			if st != term {
				k.form = st
			}
			out = append(out, k)
		}
	}
	if name {
		if utf8.RuneCountInString(term) >= shortestName {
			for _, k := range crossKeys(term) {
				out = append(out, formKey{key: k, tier: Crossed})
			}
		}
		out = append(out, formKey{key: keyAlias + term, tier: Alias})
	}
	if other := greek(term); other != "" {
		out = append(out, formKey{key: keyAlias + other, form: other, tier: Alias})
	}
	return out
}

// isKatakanaWord tells whether a term is a katakana word as a whole.
func isKatakanaWord(term string) bool {
	return !strings.ContainsFunc(term, func(r rune) bool { return !isKatakana(r) })
}

// greekLetters are the names of the letters that formulas use, in their order.
var greekLetters = strings.Fields("alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω")

// greek is the letter of a name, or the name of a letter.
func greek(term string) string {
	if i := slices.Index(greekLetters, term); i >= 0 {
		return greekLetters[i^1]
	}
	return ""
}
