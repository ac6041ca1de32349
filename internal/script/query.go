package script

import (
	"strings"
	"unicode"
)

// MaxWords is how many words of a query count; the rest is ignored.
const MaxWords = 10

// Words are the folded words of what a person types in a search box, each
// once, at most MaxWords.
func Words(query string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(Fold(query), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
		if len(out) == MaxWords {
			break
		}
	}
	return out
}
