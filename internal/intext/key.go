package intext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// key is the name that a text cites an entry by.
type key struct {
	words []string
	gaps  []string // what stands between the words, without spaces
	upper bool     // begins with a capital
	digit bool     // has a number, so that it is no common word
	named bool     // is a name with a year
	ref   int      // -1 when two entries have it
}

func (l *List) addKey(i int) {
	printed := l.refs[i].Key
	words := wordsOf(printed)
	if len(words) == 0 {
		return
	}
	k := key{ref: i, digit: strings.ContainsAny(printed, "0123456789")}
	r, _ := utf8.DecodeRuneInString(printed[words[0].start:])
	k.upper = unicode.IsUpper(r)
	for j, w := range words {
		k.words = append(k.words, w.text)
		if j > 0 {
			k.gaps = append(k.gaps, strings.Join(strings.Fields(fold(printed[words[j-1].end:w.start])), ""))
		}
	}
	_, _, year := yearOf(k.words[len(k.words)-1])
	k.named = year && len(words) > 1
	begin := [2]string{k.words[0]}
	if len(k.words) > 1 {
		begin[1] = k.words[1]
	}
	list := l.keys[begin]
	for j := range list {
		if slices.Equal(list[j].words, k.words) && slices.Equal(list[j].gaps, k.gaps) {
			list[j].ref = -1
			return
		}
	}
	at, _ := slices.BinarySearchFunc(list, len(k.words), func(k key, n int) int { return n - len(k.words) }) // the longest first
	l.keys[begin] = slices.Insert(list, at, k)
}

// findKeys finds entries by their keys. One with a number is known wherever it
// stands; one that is only words must be in square brackets by itself.
func (l *List) findKeys(t *line) {
	if len(l.keys) == 0 || t.heading {
		return
	}
	for i := 0; i < len(t.words); i++ {
		k, end := l.keyAt(t, i)
		if k == nil {
			continue
		}
		if k.ref >= 0 {
			t.add(t.words[i].start, end, k.ref)
		}
		i += len(k.words) - 1 // a shorter key inside it is another's name
	}
}

// keyAt is the longest key that begins with a word of a line, and where it ends.
func (l *List) keyAt(t *line, i int) (*key, int) {
	begin := [2]string{t.words[i].text}
	if i+1 < len(t.words) {
		begin[1] = t.words[i+1].text
	}
	for _, begin := range [][2]string{begin, {begin[0]}} {
		list := l.keys[begin]
		for k := range list {
			if end := list[k].end(t, i); end > 0 {
				return &list[k], end
			}
		}
	}
	return nil, 0
}

// end is where the key ends that begins with a word of a line, 0 if it does not
// stand there.
func (k *key) end(t *line, i int) int {
	if i+len(k.words) > len(t.words) || k.upper && !t.capital(i) {
		return 0
	}
	for j := 1; j < len(k.words); j++ {
		if t.words[i+j].text != k.words[j] || !sameGap(k.gaps[j-1], t.gap(i+j-1, i+j), k.words[j]) {
			return 0
		}
	}
	last := i + len(k.words) - 1
	start, end := t.words[i].start, t.words[last].end
	switch r, at := after(t.masked, end); {
	case r == '-' || r == '–' || r == '/':
		if n := next(t.masked, at+utf8.RuneLen(r)); at == end && (unicode.IsDigit(n) || unicode.IsLetter(n)) {
			return 0
		}
	case last > i && strings.ContainsAny(t.gap(last-1, last), "(（"):
		if r != ')' && r != '）' {
			return 0 // "Panov (2010: 15)": the year is the link
		}
		end = at + utf8.RuneLen(r)
	}
	if r := previous(t.masked, start); r == '-' || r == '/' || r == '.' || r == '@' {
		return 0
	}
	if k.named && t.open(i) < 0 && last+1 < len(t.words) && ofYears[t.words[last+1].text] && t.gap(last, last+1) == "" {
		return 0 // "FRUS 1951a года"
	}
	if !k.digit && !alone(t, start, end) || k.named && (!t.first(i) || t.open(i) < 0 && seasons[k.words[0]]) {
		return 0
	}
	return end
}

// sameGap: what stands between two words of a key does so in the text. Whether
// there is a comma before a year depends on the style alone.
func sameGap(key, text, word string) bool {
	if key == text {
		return true
	}
	_, _, year := yearOf(word)
	return year && strings.Trim(key, ",(") == strings.Trim(text, ",(")
}

// alone: a key stands by itself in square brackets, with a locator at most.
func alone(t *line, start, end int) bool {
	r, at := before(t.masked, start)
	if r == ';' {
		at = strings.LastIndexByte(t.masked[:at], '[')
		if at < 0 || strings.Contains(t.masked[at:start], "]") {
			return false
		}
	} else if r != '[' {
		return false
	}
	r, _ = after(t.masked, end)
	return r == ']' || r == ',' || r == ':' || r == ';'
}

// first: the name at a word is not the second one of "Kimura and Panov 2010".
func (l *line) first(i int) bool {
	r, at := before(l.masked, l.words[i].start)
	if r == '&' {
		_, at = before(l.masked, at)
		return i == 0 || !(l.capital(i-1) && l.words[i-1].end >= at)
	}
	if i < 2 || !joins[l.words[i-1].text] || l.gap(i-1, i) != "" || strings.Trim(l.gap(i-2, i-1), ",") != "" && !l.initial(i-2) {
		return true
	}
	return !l.capital(i - 2)
}

// ofYears are the words behind the year of a thing that is no citation.
var ofYears = map[string]bool{"г": true, "год": true, "года": true, "году": true, "годом": true, "годе": true, "року": true, "roku": true}

// seasons begin dates, so that outside brackets "May 2010" is no author.
var seasons = map[string]bool{"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true, "spring": true, "summer": true, "autumn": true, "fall": true, "winter": true,
	"январь": true, "февраль": true, "апрель": true, "июнь": true, "июль": true, "август": true, "сентябрь": true, "октябрь": true, "ноябрь": true, "декабрь": true,
	"mai": true, "juni": true, "juli": true, "mars": true, "abril": true, "mayo": true, "maio": true, "май": true, "март": true}

// joins are the words between the names of two authors.
var joins = map[string]bool{"and": true, "и": true, "et": true, "und": true, "y": true, "e": true, "та": true, "і": true, "with": true, "och": true, "en": true, "と": true,
	"ve": true, "ile": true, "i": true, "й": true, "dan": true, "ed": true, "oraz": true}
