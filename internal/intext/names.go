package intext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/script"
)

// fits: the words are the names of the authors and nothing else.
func (w *work) fits(t *line, phrase []int, same func(have, printed string) bool) bool {
	at, n := 0, 0
	for {
		for n > 0 && at < len(phrase)-1 && t.initial(phrase[at]) {
			at++
		}
		if n >= len(w.authors) {
			return false
		}
		took, more := family(t, phrase[at:], w.authors[n], n == 0 && at == 0, same)
		if took == 0 {
			return false
		}
		at, n = at+took, n+1
		if more {
			return at == len(phrase) && (n < len(w.authors) || w.more)
		}
		comma := false
		for at < len(phrase) && t.initial(phrase[at]) {
			comma = comma || t.parted(phrase[at])
			at++
		}
		if at == len(phrase) {
			return n == len(w.authors)
		}
		if others(t, phrase[at:]) {
			return n < len(w.authors) || w.more
		}
		if joins[t.words[phrase[at]].text] {
			at++
		} else if !comma && !t.parted(phrase[at]) {
			return false
		}
		if at == len(phrase) {
			return false
		}
	}
}

// parted: a sign that stands between two authors is in front of a word.
func (l *line) parted(i int) bool {
	return i > 0 && strings.ContainsAny(l.gap(i-1, i), ",;&/・·、，；")
}

// another: the initials beside the first name of a phrase from s on are not those of the
// work's first author.
func (w *work) another(t *line, phrase []int, s int) bool {
	given := w.given
	for _, i := range t.initialsBeside(phrase, s, len(w.authors[0])) {
		if len(given) == 0 {
			return false
		}
		if !sameInitial(t.words[i].text, given[0]) {
			return true
		}
		given = given[1:]
	}
	return false
}

// initialsBeside are the initials in front of a name of so many words, else those behind it.
func (l *line) initialsBeside(phrase []int, s, words int) []int {
	at := s
	for at > 0 && l.initial(phrase[at-1]) && next(l.masked, l.words[phrase[at-1]].end) == '.' && strings.Trim(l.gap(phrase[at-1], phrase[at]), ".-") == "" {
		at--
	}
	if at < s {
		return phrase[at:s]
	}
	at = s + words
	end := at
	for end < len(phrase) && l.initial(phrase[end]) && next(l.masked, l.words[phrase[end]].end) == '.' && strings.Trim(l.gap(phrase[end]-1, phrase[end]), ",.-") == "" {
		end++
	}
	return phrase[min(at, end):end]
}

// initialsBefore is the first of the initials in front of a word, the word itself if
// there are none.
func (l *line) initialsBefore(i int) int {
	for i > 0 && l.initial(i-1) && strings.Trim(l.gap(i-1, i), ".-") == "" {
		i--
	}
	return i
}

// sameInitial: the letter may be the first of the name, whose script may be another one.
// What an ideograph sounds like is not known.
func sameInitial(letter, name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	have, _ := utf8.DecodeRuneInString(letter)
	from, to := script.Of(string(first)), script.Of(string(have))
	if from == to {
		return have == first
	}
	if from != "Latn" && from != "Cyrl" || to != "Latn" && to != "Cyrl" {
		return true
	}
	latin, cyrillic := have, first
	if from == "Latn" {
		latin, cyrillic = first, have
	}
	sound := fold(script.Latin(string(cyrillic)))
	return strings.HasPrefix(sound, string(latin)) || strings.ContainsRune(writtenToo[cyrillic], latin)
}

// writtenToo are other first letters of what a Cyrillic letter becomes.
var writtenToo = map[rune]string{'в': "w", 'г': "h", 'е': "y", 'ж': "j", 'й': "jy", 'к': "c", 'ф': "p", 'х': "hx", 'ц': "c", 'ч': "t", 'ю': "ji", 'я': "ji"}

// family is how many words of a phrase are a family name at its beginning, and whether
// a word for other authors hangs on it. A possessive counts as the name, and text
// without spaces may end in it.
func family(t *line, phrase []int, name []string, begins bool, same func(have, printed string) bool) (took int, others bool) {
	if len(phrase) < len(name) {
		return 0, false
	}
	capital := false
	for k, word := range name {
		have, last := t.words[phrase[k]].text, k == len(name)-1
		begins := begins && k == 0
		switch {
		case same(have, word):
		case last && possessive(t, phrase[k]) && same(strings.TrimSuffix(have, "s"), word):
		case begins && last && ideographs(have) && same(tail(have), word):
		case begins && last && ideographs(word) && strings.HasSuffix(have, word) && !ideographs(have[:len(have)-len(word)]):
		case last && slices.ContainsFunc(eastOthers, func(more string) bool {
			bare, ok := strings.CutSuffix(have, more)
			return ok && bare != "" && (same(bare, word) || begins && same(tail(bare), word))
		}):
			others = true
		default:
			return 0, false
		}
		if k > 0 && strings.Trim(t.gap(phrase[k]-1, phrase[k]), "-.") != "" {
			return 0, false
		}
		capital = capital || t.capital(phrase[k])
	}
	if !capital {
		return 0, false // a common word
	}
	return len(name), others
}

// eastOthers are words for other authors that stand right behind a name.
var eastOthers = []string{"ほか", "他", "等"}

func possessive(t *line, i int) bool {
	word := t.masked[t.words[i].start:t.words[i].end]
	_, size := utf8.DecodeLastRuneInString(word)
	r, _ := utf8.DecodeLastRuneInString(word[:len(word)-size])
	return apostrophe(r)
}

// ideographs: the text ends in a Han character.
func ideographs(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return script.Of(string(r)) == "Hani"
}

// initial: one letter, or two of a romanised one.
func initial(s string) bool { return utf8.RuneCountInString(s) <= 1 || s == "yu" || s == "ya" }

// initial: a word is an initial, which is a capital; what is a word for "and" as well
// has a stop behind it.
func (l *line) initial(i int) bool {
	word := l.words[i]
	r, _ := utf8.DecodeRuneInString(l.masked[word.start:])
	return initial(word.text) && (unicode.IsUpper(r) || unicode.IsTitle(r)) && (!joins[word.text] || next(l.masked, word.end) == '.')
}

// otherAuthors are the words for authors that are not named.
var otherAuthors = [][]string{{"et", "al"}, {"et", "alii"}, {"и", "др"}, {"и", "другие"}, {"и", "соавт"}, {"и", "соавторы"}, {"and", "others"}, {"et", "coll"},
	{"et", "alia"}, {"u", "a"}, {"та", "ін"}, {"ほか"}, {"他"}, {"等"}, {"y", "otros"}, {"e", "outros"}, {"and", "colleagues"}, {"с", "соавт"}, {"и", "коллеги"},
	{"та", "інші"}, {"і", "інші"}, {"vd"}, {"ve", "digerleri"}, {"ve", "ark"}, {"i", "in"}, {"i", "wsp"}, {"m", "fl"}, {"ed", "altri"}, {"e", "altri"}, {"und", "andere"}, {"en", "anderen"}, {"dan", "lain"}, {"dkk"}}

func others(t *line, phrase []int) bool {
	return slices.ContainsFunc(otherAuthors, func(words []string) bool {
		return slices.EqualFunc(words, phrase, func(word string, i int) bool { return t.words[i].text == word })
	})
}
