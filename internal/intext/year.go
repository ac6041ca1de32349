package intext

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// year is a year with the first word of an author's family name.
type year struct {
	number int
	name   string
}

// work is an entry as an author and a year name it.
type work struct {
	ref     int
	suffix  string     // the letter behind the year
	authors [][]string // the words of their family names
	more    bool       // there may be others
}

// sure is how confident a reading must be before a citation is found by it.
const sure = 0.5

func believed(r *journal.Reference, field string) bool {
	c, read := r.Confidence[field]
	return !read || c >= sure
}

func (l *List) addYear(i int) {
	r := &l.refs[i]
	number, suffix := 0, ""
	if believed(r, "issued") {
		number, suffix = r.Issued.Year(), letter(r.IssuedSuffix)
	}
	var names []string
	words := wordsOf(r.Key)
	if n := len(words) - 1; n > 0 {
		if y, s, ok := yearOf(words[n].text); ok {
			number, suffix = y, s
			for _, w := range words[:n] {
				names = append(names, w.text)
			}
		}
	}
	if number == 0 {
		return
	}
	if authors := authorsOf(r); len(authors) > 0 {
		l.addWork(number, work{i, suffix, authors, false})
	}
	if len(names) > 0 {
		l.addWork(number, work{i, suffix, [][]string{names}, true})
	}
}

func (l *List) addWork(number int, w work) {
	first := w.authors[0][0]
	at := year{number, first}
	l.years[at] = append(l.years[at], w)
	if !w.more {
		l.names[first] = append(l.names[first], w)
	}
}

// authorsOf are the names by which a work is cited: of its authors, else of its
// editors.
func authorsOf(r *journal.Reference) (out [][]string) {
	list, field := r.Authors, "authors"
	if len(list) == 0 {
		list, field = r.Editors, "editors"
	}
	if !believed(r, field) {
		return nil
	}
	for _, n := range list {
		name := n.Family
		if name == "" {
			name = n.Shown()
		}
		var words []string
		for _, w := range wordsOf(name) {
			words = append(words, w.text)
		}
		if len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// yearOf reads "2010" and "2010a".
func yearOf(word string) (number int, suffix string, ok bool) {
	if len(word) < 4 {
		return 0, "", false
	}
	for i := range 4 {
		if word[i] < '0' || word[i] > '9' {
			return 0, "", false
		}
		number = number*10 + int(word[i]-'0')
	}
	if utf8.RuneCountInString(word[4:]) > 1 || number < 1000 || number > 2199 {
		return 0, "", false
	}
	if r, _ := utf8.DecodeRuneInString(word[4:]); word[4:] != "" && !unicode.IsLetter(r) {
		return 0, "", false
	}
	return number, letter(word[4:]), true
}

// letter is the letter behind a year; Cyrillic letters that look like Latin ones
// are these.
func letter(s string) string {
	switch s = fold(s); s {
	case "а":
		return "a"
	case "с":
		return "c"
	case "е":
		return "e"
	}
	return s
}

// named is a citation by names that was found last in a line.
type named struct {
	at      int // the word of its year
	phrase  []int
	inside  bool
	authors bool
}

// findYears finds entries by author and year: "(Panov 2010, 15; Kimura 2000)",
// "Panov (2010)".
func (l *List) findYears(t *line) {
	if len(l.years) == 0 || t.heading {
		return
	}
	var last named
	for i := range t.words {
		number, suffix, ok := yearOf(t.words[i].text)
		if !ok || t.open(i) < 0 || !t.free(t.words[i].start, t.words[i].end) || !t.ends(i) {
			continue
		}
		phrase, inside := t.namesBefore(i)
		if len(phrase) == 0 && !inside && last.authors && last.at < i && t.follows(last.at, i) {
			phrase = last.phrase
			if ref, _ := l.work(t, phrase, number, suffix, !last.inside); ref >= 0 {
				t.add(t.words[i].start, t.words[i].end, ref)
				last.at = i
			}
			continue
		}
		ref, start := l.work(t, phrase, number, suffix, !inside)
		last = named{i, phrase, inside, ref >= 0}
		if ref < 0 {
			continue
		}
		t.add(t.linked(i, start, inside), t.linkedEnd(i, inside), ref)
		l.moreLetters(t, i, phrase, number, !inside)
	}
}

// ends: the year is no part of a longer number or range, as in "1955-1957".
func (l *line) ends(i int) bool {
	w := l.words[i]
	r := next(l.masked, w.end)
	if r == '-' || r == '–' || r == '/' {
		return !unicode.IsDigit(next(l.masked, w.end+utf8.RuneLen(r)))
	}
	r = previous(l.masked, w.start)
	return r != '-' && r != '–' && r != '/' && r != '.' && r != '№'
}

// follows: between two years there is only a comma or an "and".
func (l *line) follows(a, b int) bool {
	switch b - a {
	case 1:
		return l.gap(a, b) == ","
	case 2:
		return joins[l.words[a+1].text] && strings.Trim(l.gap(a, a+1)+l.gap(a+1, b), ",") == ""
	}
	return false
}

// longestNames is how many words the names before a year may have.
const longestNames = 24

// namesBefore are the words in front of a year that may name its authors: those
// of its part of the brackets, or, when there are none, those in front of the
// brackets; inside says that it is the latter.
func (l *line) namesBefore(i int) (phrase []int, inside bool) {
	open := l.open(i)
	j := i - 1
	for j >= 0 && i-j < longestNames && l.words[j].start > open && !digits(l.words[j].text) && !strings.ContainsAny(l.masked[l.words[j].end:l.words[j+1].start], ";；") {
		phrase = append(phrase, j)
		j--
	}
	if len(phrase) > 0 || j >= 0 && l.words[j].start > open {
		slices.Reverse(phrase)
		return phrase, false
	}
	for j >= 0 && i-j < longestNames && !digits(l.words[j].text) && !strings.ContainsAny(l.masked[l.words[j].end:l.words[j+1].start], ";；!?"+opaque+linked+thing) {
		phrase = append(phrase, j)
		j--
	}
	slices.Reverse(phrase)
	return phrase, true
}

func digits(s string) bool { return strings.ContainsAny(s, "0123456789") }

// work is the one entry that names and a year mean, and the word at which the
// names begin; -1 if there is none or there are several. Names as they are printed
// are looked for before those in another script.
func (l *List) work(t *line, phrase []int, number int, suffix string, whole bool) (ref, start int) {
	ref, start, several := l.workBy(t, phrase, suffix, whole, exactly, func(i int) (out []work) {
		for _, name := range firstWords(t, i) {
			out = append(out, l.years[year{number, name}]...)
		}
		return out
	})
	if ref < 0 && !several {
		ref, start, _ = l.workBy(t, phrase, suffix, whole, sameName, func(i int) []work { return l.across(t, i, number) })
	}
	return ref, start
}

// workBy looks among the works that a word may begin the names of. Within brackets
// the names must be all that is said; in front of brackets they are the end of it.
func (l *List) workBy(t *line, phrase []int, suffix string, whole bool, same func(have, printed string) bool, works func(i int) []work) (ref, start int, several bool) {
	for s, i := range phrase {
		ref = -1
		for _, w := range works(i) {
			if suffix != "" && suffix != w.suffix || w.ref == ref || !w.fits(t, phrase[s:], same) {
				continue
			}
			if ref >= 0 {
				return -1, -1, true
			}
			ref = w.ref
		}
		if ref >= 0 {
			if !whole && !t.alone(i) {
				return -1, -1, false
			}
			return ref, i, false
		}
		if whole && t.capital(i) && !prefixes[t.words[i].text] && !initial(t.words[i].text) {
			return -1, -1, false // somebody else
		}
	}
	return -1, -1, false
}

// firstWords are the family names that a word may be or end in.
func firstWords(t *line, i int) []string {
	word := t.words[i].text
	out := []string{word}
	if bare, ok := strings.CutSuffix(word, "s"); ok && possessive(t, i) {
		out = append(out, bare)
	}
	for _, more := range eastOthers {
		if bare, ok := strings.CutSuffix(word, more); ok && bare != "" {
			out = append(out, bare)
		}
	}
	if before := ideographic(word); before != "" {
		out = append(out, word[len(before):])
	}
	return out
}

// alone: nobody is named before that is an author too, as in "Kimura, Panov (2010)".
func (l *line) alone(i int) bool {
	if !l.first(i) {
		return false
	}
	return i == 0 || l.gap(i-1, i) != "," || !l.capital(i-1) || prefixes[l.words[i-1].text]
}

// prefixes are words before names that name nobody.
var prefixes = map[string]bool{"see": true, "cf": true, "cited": true, "after": true, "from": true, "in": true, "also": true, "compare": true, "quoted": true,
	"см": true, "ср": true, "напр": true, "например": true, "цит": true, "по": true, "подробнее": true, "vgl": true, "siehe": true, "voir": true, "ver": true, "véase": true, "vease": true, "apud": true, "likewise": true, "as": true}

// fits: the words are the names of the authors and nothing else.
func (w *work) fits(t *line, phrase []int, same func(have, printed string) bool) bool {
	at, n := 0, 0
	for {
		for n > 0 && at < len(phrase)-1 && initial(t.words[phrase[at]].text) && t.capital(phrase[at]) {
			at++
		}
		if n >= len(w.authors) {
			return false
		}
		took := family(t, phrase[at:], w.authors[n], n == 0 && at == 0, same)
		if took == 0 {
			return false
		}
		at, n = at+took, n+1
		for at < len(phrase) && initial(t.words[phrase[at]].text) && !joins[t.words[phrase[at]].text] {
			at++
		}
		if at == len(phrase) {
			return n == 1 || n == len(w.authors) && !w.more
		}
		if others(t, phrase[at:]) {
			return n < len(w.authors) || w.more
		}
		if joins[t.words[phrase[at]].text] {
			at++
		} else if gap := t.gap(phrase[at]-1, phrase[at]); !strings.ContainsAny(gap, ",&") {
			return false
		}
		if at == len(phrase) {
			return false
		}
	}
}

// family is how many words of a phrase are a family name at its beginning. A
// possessive counts as the name, and text without spaces may end in it.
func family(t *line, phrase []int, name []string, begins bool, same func(have, printed string) bool) int {
	if len(phrase) < len(name) {
		return 0
	}
	for k, word := range name {
		have, last := t.words[phrase[k]].text, k == len(name)-1
		switch {
		case same(have, word):
		case last && possessive(t, phrase[k]) && same(strings.TrimSuffix(have, "s"), word):
		case k == 0 && begins && last && ideographs(have) && same(tail(have), word):
		case k == 0 && begins && last && ideographs(word) && strings.HasSuffix(have, word) && !ideographs(have[:len(have)-len(word)]):
		case last && ideographs(have) && slices.ContainsFunc(eastOthers, func(more string) bool {
			bare, ok := strings.CutSuffix(have, more)
			return ok && (same(bare, word) || begins && k == 0 && same(tail(bare), word))
		}):
		default:
			return 0
		}
		if k > 0 && strings.Trim(t.gap(phrase[k]-1, phrase[k]), "-.") != "" {
			return 0
		}
	}
	return len(name)
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

// otherAuthors are the words for authors that are not named.
var otherAuthors = [][]string{{"et", "al"}, {"et", "alii"}, {"и", "др"}, {"и", "другие"}, {"и", "соавт"}, {"и", "соавторы"}, {"and", "others"}, {"et", "coll"},
	{"et", "alia"}, {"u", "a"}, {"та", "ін"}, {"ほか"}, {"他"}, {"等"}, {"y", "otros"}, {"e", "outros"}, {"and", "colleagues"}, {"с", "соавт"}}

func others(t *line, phrase []int) bool {
	return slices.ContainsFunc(otherAuthors, func(words []string) bool {
		return len(words) == len(phrase) && !slices.ContainsFunc(phrase, func(i int) bool { return t.words[i].text != words[i-phrase[0]] })
	})
}

// linked is where the cross-reference begins: at the names, where these and the
// year stand together; else it is the year alone.
func (l *line) linked(i, start int, inside bool) int {
	if inside && l.linkedEnd(i, inside) == l.words[i].end {
		return l.words[i].start
	}
	return l.words[start].start + len(ideographic(l.masked[l.words[start].start:l.words[start].end]))
}

// ideographic is what stands before the last Han characters of a word that ends in
// them: text without spaces.
func ideographic(word string) string {
	if !ideographs(word) {
		return ""
	}
	return strings.TrimRightFunc(word, func(r rune) bool { return script.Of(string(r)) == "Hani" })
}

func (l *line) linkedEnd(i int, inside bool) int {
	end := l.words[i].end
	if r := next(l.masked, end); inside && (r == ')' || r == '）' || r == ']') {
		end += utf8.RuneLen(r)
	}
	return end
}

// moreLetters finds the b of "2010a, b".
func (l *List) moreLetters(t *line, i int, phrase []int, number int, whole bool) {
	open := t.open(i)
	for j := i + 1; j < len(t.words) && t.open(j) == open && utf8.RuneCountInString(t.words[j].text) == 1 && t.gap(j-1, j) == ","; j++ {
		ref, _ := l.work(t, phrase, number, letter(t.words[j].text), whole)
		if ref < 0 || cmp.Compare(t.words[j].text, "0") >= 0 && digits(t.words[j].text) {
			return
		}
		t.add(t.words[j].start, t.words[j].end, ref)
	}
}
