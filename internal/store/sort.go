package store

import (
	"bytes"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"offprint/internal/script"
)

// sorter finds the places of words in an index by the rules of a language
// (Unicode Collation Algorithm with CLDR's tailorings). It is for one goroutine.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newSorter(lang string) *sorter { return &sorter{collator: collate.New(language.Make(lang))} }

// place is the letter under which an index has a word, "#" where it begins with
// none, "#Hani" for ideographs, which have no alphabet; and the collation key,
// which sorts byte by byte.
func (s *sorter) place(word string) (letter string, sort []byte) {
	word = cutTo(clean(word), keyMost)
	letter = "#"
	for _, r := range script.Fold(word) {
		if !unicode.IsLetter(r) {
			continue
		}
		letter = string(unicode.ToUpper(r))
		if code := script.Of(letter); code == "Hani" || code == "Zyyy" {
			letter = "#" + code
		}
		break
	}
	s.buffer.Reset()
	sort = bytes.Clone(s.collator.KeyFromString(&s.buffer, word))
	return letter, sort[:min(len(sort), 2000)]
}
