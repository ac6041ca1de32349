package intext

import (
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
	given   []string   // the words of the first author's given names
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
		l.addWork(number, work{i, suffix, authors, false, givenOf(r)})
	}
	if len(names) > 0 {
		l.addWork(number, work{i, suffix, [][]string{names}, true, givenOf(r)})
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

// givenOf are the words of the given names of the first author.
func givenOf(r *journal.Reference) []string {
	list := r.Authors
	if len(list) == 0 {
		list = r.Editors
	}
	if len(list) == 0 {
		return nil
	}
	return plainWords(list[0].Given)
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

// named is a citation by names that was found last in a line.
type named struct {
	at      int // the word of its year
	phrase  []int
	inside  bool
	authors bool
}

// findYears finds entries by author and year: "(Panov 2010, 15; Kimura 2000)",
// "Panov (2010)", in notes without brackets as well.
func (l *List) findYears(t *line) {
	if len(l.years) == 0 || t.heading {
		return
	}
	var last named
	for i := range t.words {
		number, suffix, ok := yearOf(t.words[i].text)
		if !ok || t.open(i) < 0 && t.note == 0 || !t.free(t.words[i].start, t.words[i].end) || !t.ends(i) || t.original(i) {
			continue
		}
		phrase, inside := t.namesBefore(i)
		goesOn := last.authors && t.follows(last.at, i)
		if goesOn {
			phrase, inside = last.phrase, last.inside
		}
		end := t.lastLetter(i, suffix)
		refs, start := l.works(t, phrase, number, lettersBetween(suffix, t.words[end].text), !inside)
		switch {
		case goesOn && refs != nil:
			t.add(t.words[i].start, t.words[end].end, refs...)
			last.at = end
			continue
		case goesOn:
			continue
		case refs != nil && !inside && (t.month(i) || t.open(i) < 0 && !(t.begins(start) && t.stops(end))):
			refs = nil
		}
		last = named{end, phrase, inside, refs != nil}
		if refs == nil {
			continue
		}
		t.add(t.linked(i, end, start, inside), t.linkedEnd(end, inside), refs...)
		last.at = l.moreLetters(t, end, phrase, number, !inside)
	}
}

// works are the entries of a year with these letters, all or none, and the word at which
// the names begin.
func (l *List) works(t *line, phrase []int, number int, suffixes []string, whole bool) (refs []int, start int) {
	for _, suffix := range suffixes {
		var ref int
		if ref, start = l.work(t, phrase, number, suffix, whole); ref < 0 {
			return nil, -1
		}
		refs = append(refs, ref)
	}
	return refs, start
}

// month: what stands before a year in brackets is a month, as in "(May 2010)", and
// no page follows that would make it an author.
func (l *line) month(i int) bool {
	r := next(l.masked, l.words[i].end)
	return i > 0 && seasons[l.words[i-1].text] && l.gap(i-1, i) == "" && r != ',' && r != ':'
}

// original: the year in brackets beside another is that of the first edition: "[1907] 1978".
func (l *line) original(i int) bool {
	if r := previous(l.masked, l.words[i].start); r != '[' && r != '(' || i+1 >= len(l.words) {
		return false
	}
	_, _, year := yearOf(l.words[i+1].text)
	gap := l.gap(i, i+1)
	return year && (gap == "]" || gap == ")")
}

// begins: a name without brackets around it begins a note or a part of it, or stands
// behind a word that leads to it.
func (l *line) begins(i int) bool {
	i = l.initialsBefore(i)
	if i == 0 || prefixes[l.words[i-1].text] {
		return true
	}
	r, _ := before(l.masked, l.words[i].start)
	return strings.ContainsRune(".;:!?—–", r)
}

// stops: a sign follows the word, or nothing.
func (l *line) stops(i int) bool {
	r, _ := after(l.masked, l.words[i].end)
	return r == 0 || strings.ContainsRune(",.:;", r)
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

// follows: between two years there is only a comma, a semicolon or an "and".
func (l *line) follows(a, b int) bool {
	switch b - a {
	case 1:
		gap := l.gap(a, b)
		return gap == "," || gap == ";" || gap == "&"
	case 2:
		return joins[l.words[a+1].text] && strings.Trim(l.gap(a, a+1)+l.gap(a+1, b), ",") == ""
	}
	return false
}

// longestNames is how many words the names before a year may have.
const longestNames = 24

// namesBefore are the words in front of a year that may name its authors: those
// of its part of the brackets, or, when there are none, those in front of the
// brackets; inside says that it is the latter. Without brackets nothing may be hidden
// between them.
func (l *line) namesBefore(i int) (phrase []int, inside bool) {
	open := l.open(i)
	j := i - 1
	for j >= 0 && i-j < longestNames && l.words[j].start > open && !digits(l.words[j].text) && !strings.ContainsAny(l.masked[l.words[j].end:l.words[j+1].start], ";；") {
		if !l.abbreviation(j, open) {
			phrase = append(phrase, j)
		}
		j--
	}
	if open < 0 && l.hides(j, i) {
		return nil, false
	}
	if len(phrase) > 0 || j >= 0 && l.words[j].start > open {
		if len(phrase) > 0 && open >= 0 {
			phrase = append(phrase, l.undatedNames(i, j, open)...)
		}
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

// hides: between two words, behind a semicolon if there is one, something stands that
// may not be looked into. The first may be -1 for the beginning.
func (l *line) hides(i, j int) bool {
	from := 0
	if i >= 0 {
		from = l.words[i].end
	}
	s := l.masked[from:l.words[j].start]
	return strings.ContainsAny(s[strings.LastIndexByte(s, ';')+1:], opaque+linked+thing)
}

// abbreviation: a word stands in brackets of its own inside those that open there, in
// capitals: "(World Health Organization [WHO], 2020)".
func (l *line) abbreviation(i, open int) bool {
	word := l.masked[l.words[i].start:l.words[i].end]
	return open >= 0 && l.open(i) > open && len(word) > 1 && strings.ToUpper(word) == word && strings.ToLower(word) != word
}

// undatedNames are the words of the parts in front of the semicolon before word j+1, as
// far as they have no year and nothing but names: they and what follows are the authors
// of one work, as in "(ROCHA; PRADO; NUNES, 2011)".
func (l *line) undatedNames(i, j, open int) (names []int) {
	parts := 0 // how many of the words are those of whole parts
	for ; j >= 0 && i-j < longestNames && l.words[j].start > open; j-- {
		if strings.ContainsAny(l.masked[l.words[j].end:l.words[j+1].start], ";；") {
			parts = len(names)
		}
		word := l.words[j].text
		if digits(word) {
			return names[:parts]
		}
		if sameBegin[word] || !l.capital(j) && !prefixes[word] && !joins[word] {
			return nil
		}
		names = append(names, j)
	}
	return names
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
		list := works(i)
		if len(list) > mostWorks {
			return -1, -1, true
		}
		for _, w := range list {
			if suffix != "" && suffix != w.suffix || w.ref == ref || !w.fits(t, phrase[s:], same) || w.another(t, phrase, s) {
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
	i = l.initialsBefore(i)
	if !l.first(i) {
		return false
	}
	return i == 0 || strings.TrimLeft(l.gap(i-1, i), ".") != "," || !l.capital(i-1) || prefixes[l.words[i-1].text]
}

// prefixes are words before names that name nobody.
var prefixes = map[string]bool{"see": true, "cf": true, "cited": true, "after": true, "from": true, "in": true, "also": true, "compare": true, "quoted": true,
	"см": true, "ср": true, "напр": true, "например": true, "цит": true, "по": true, "подробнее": true, "vgl": true, "siehe": true, "voir": true, "ver": true, "véase": true, "vease": true, "apud": true, "likewise": true, "as": true}

// linked is where the cross-reference begins: at the names, where these and the
// year stand together; else it is the year alone.
func (l *line) linked(i, end, start int, inside bool) int {
	if inside && l.linkedEnd(end, inside) == l.words[end].end {
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
