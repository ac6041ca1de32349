package intext

import (
	"slices"
	"strings"

	"offprint/internal/script"
)

// Names are also found across scripts: "(Hatoyama 1957)" is the entry that is printed
// «Хатояма И.» or 鳩山, where their search forms agree. A name in the script of the text
// comes first, and names of one script must be the same letter for letter.

// crossYear is a year with a search form of the first word of an author's family name.
type crossYear struct {
	number int
	form   string
}

// crossWorks are the works by the search forms of their authors.
func (l *List) crossWorks() map[crossYear][]work {
	out := map[crossYear][]work{}
	for at, works := range l.years {
		for _, form := range searchForms(at.name) {
			key := crossYear{at.number, form}
			out[key] = append(out[key], works...)
		}
	}
	return out
}

// searchForms are the forms of a name by rule and by the table of aliases.
func searchForms(name string) []string {
	forms := script.AppendKeys(nil, name)
	return script.BuiltinAliases().Append(forms, forms)
}

// sameName: a word of the text is a word of a printed name in another script.
func sameName(have, printed string) bool {
	if have == "" || script.Of(have) == script.Of(printed) {
		return false
	}
	forms := searchForms(printed)
	return slices.ContainsFunc(searchForms(have), func(form string) bool { return slices.Contains(forms, form) })
}

// exactly: a word of the text is a word of a printed name.
func exactly(have, printed string) bool { return have == printed }

// across are the works of a year whose first author a word may name in another script.
func (l *List) across(t *line, i, number int) (out []work) {
	if !t.capital(i) || initial(t.words[i].text) || digits(t.words[i].text) {
		return nil
	}
	works := l.cross()
	for _, name := range firstWords(t, i) {
		for _, form := range searchForms(name) {
			out = append(out, works[crossYear{number, form}]...)
		}
	}
	return out
}

// tail is what a word of a text without spaces ends in: its last Han characters.
func tail(word string) string { return strings.TrimPrefix(word, ideographic(word)) }
