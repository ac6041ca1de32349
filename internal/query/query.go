// Package query makes a small tree of what a person types in the search box.
//
// Everything that is typed has a meaning; nothing is an error. Words must all
// occur; "quoted words" stand beside each other; a minus or NOT before a word
// excludes it; OR or | joins the operands at its sides, more tightly than words
// are joined to each other, as web search engines and Scopus do it; author:,
// title: and the other prefixes ask one field; parentheses group; a star at the
// end of a word stands for any ending.
//
//	q := query.Parse(`author:Иванов (война OR мир) year:1956..1960 -рецензия`)
//	q.String() // author:Иванов (война | мир) year:1956..1960 -рецензия
//
// Terms. A Node is a place of the tree: And, Or and Not hold others, a Word,
// Phrase, Prefix or Range is a clause and names its Field itself. A Note is what
// the page may tell about the reading, such as that the text was cut. Direct is
// what a text that is an identifier or an address of an article and nothing else
// leads to. A Form is the same question as the boxes of the advanced search.
//
// Texts are NFC, full-width and half-width letters in their usual width, and
// otherwise as they were typed: folding, stemming and cutting into terms belong
// to the index. A Word may hold punctuation within (dark-matter, foo:bar, the
// address of a page); the terms that an index makes of it belong together.
//
// The package is pure: it asks no index and knows no HTML, and no host. Work and
// memory are bounded by MaxRunes whatever the length of the text.
package query

import (
	"slices"
	"strings"

	"offprint/internal/script"
)

// What is read of a text.
const (
	// MaxRunes is how many runes of a text are read.
	MaxRunes = 1000
	// MaxClauses is how many words, phrases and ranges count, the first ones.
	MaxClauses = 32
	// MaxNesting is how deep parentheses stand in each other; those further in
	// are read as if they were not there.
	MaxNesting = 8
	// MaxWord is how many runes of one word count. Identifiers may be longer.
	MaxWord = 64
	// MaxNotes is how many notes a query has.
	MaxNotes = 10
)

// Query is what a person typed, understood.
type Query struct {
	// Root is the tree, nil when there is nothing to search for.
	Root *Node
	// Direct is set when the text is an identifier or an address alone.
	Direct Direct
	// Notes tell what was left out or read otherwise, each once.
	Notes []Note
}

// String writes the query as it can be typed, in one form for all that mean the
// same: English names of fields, | for OR, a minus for NOT. Parse reads the same
// tree from it, unless it has become longer than MaxRunes.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	return q.Root.String()
}

// Terms are the words, phrases and prefixes that are looked for in texts, in
// their order: what a page marks in what was found. Excluded ones, ranges,
// identifiers and fields that hold codes are no terms.
func (q Query) Terms() []Node {
	if q.Root == nil {
		return nil
	}
	var out []Node
	q.Root.walk(func(n *Node) {
		if n.Op != Range && !n.Field.coded() {
			out = append(out, *n)
		}
	})
	return out
}

// Words are the single words of the Terms as they were typed, each once without
// regard to letter case and marks; a prefix stands without its star.
func (q Query) Words() []string {
	var out, seen []string
	for _, n := range q.Terms() {
		for w := range strings.FieldsSeq(n.Text) {
			w = strings.TrimFunc(w, func(r rune) bool { return !inWord(r) })
			folded := script.Fold(w)
			if w != "" && !slices.Contains(seen, folded) {
				out, seen = append(out, w), append(seen, folded)
			}
		}
	}
	return out
}

// The keys of notes in the catalogue of the interface.
const (
	// NoteCut: only the first {0} characters were read.
	NoteCut = "query.note.cut"
	// NoteClauses: only the first {0} words and phrases count.
	NoteClauses = "query.note.clauses"
	// NoteNesting: parentheses count to a depth of {0}.
	NoteNesting = "query.note.nesting"
	// NoteWord: only the first {0} characters of the word {1} … count.
	NoteWord = "query.note.word"
	// NoteWildcard: the star in {0} was not used: it belongs at the end of a
	// word, after two letters at least, or one Chinese character.
	NoteWildcard = "query.note.wildcard"
	// NoteValue: {1} is no value of the field {0}.
	NoteValue = "query.note.value"
)

// Note is something that the page may tell about how a text was read.
type Note struct {
	// Key is one of the Note constants.
	Key string
	// Args are the arguments of the message, in the order that its constant says.
	Args []any
}
