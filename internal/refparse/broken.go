package refparse

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// widestColumn is how wide a printed column may be: longer lines were not broken at all.
const widestColumn = 130

// mostOpen is for how many bytes a bracket may be open before it counts as one that was
// forgotten to be closed.
const mostOpen = 800

// brokenStarts decides where entries begin whose lines nothing divides but what they say
// and how long they are.
func brokenStarts(lines []printedLine, starts []bool) {
	wide := lineWidth(lines)
	var e entryLines
	for i, l := range lines {
		if starts[i] = i == 0 || e.endBefore(l.text, wide); starts[i] {
			e = entryLines{}
		}
		e.add(l.text)
	}
}

// lineWidth is how long a line of the list may be, in columns: nine of ten are not longer.
func lineWidth(lines []printedLine) int {
	all := make([]int, len(lines))
	for i, l := range lines {
		all[i] = columns(l.text)
	}
	slices.Sort(all)
	return all[(len(all)-1)*9/10]
}

// columns is the width of a text: Chinese characters and kana take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if n++; isHan(r) {
			n++
		}
	}
	return n
}

// entryLines are the lines of one entry up to some place.
type entryLines struct {
	n, size int
	last    string
	open    int // brackets
	year    bool
}

func (e *entryLines) add(line string) {
	e.n, e.size, e.last = e.n+1, e.size+len(line), line
	for _, r := range line {
		switch r {
		case '(', '[':
			e.open++
		case ')', ']':
			e.open = max(e.open-1, 0)
		}
	}
	e.year = e.year || HasYear(line)
}

// endBefore: the entry ends before a line, which begins another one.
func (e *entryLines) endBefore(line string, wide int) bool {
	if e.open > 0 && e.size < mostOpen || !mayBegin(e.last, line) {
		return false
	}
	x := newReader(line[:runeStart(line, min(len(line), 160))])
	switch {
	case len(x.t) == 0 || x.continues():
		return false
	case wide > widestColumn, endsEarly(e.last, line, wide):
		return true
	case e.unfinished() || !startsEntry(line) || line[0] == '[' && !e.year:
		return false
	}
	ends := endsSentence(e.last)
	list, ok := x.peopleAt(0, len(x.t), false)
	switch {
	case ok && list.forms[familyInitials]+list.forms[initialsFamily] > 0:
	case ok && list.forms[familyGiven] > 0 && e.year:
	default: // a short line behind a full one is the rest of an entry, more often
		return ends && !inSentence(e.last, x) && !endsInQuotes(e.last) && columns(line)*2 > wide
	}
	return ends || HasYear(e.last)
}

// startsEntry: a line begins as an entry does.
func startsEntry(line string) bool {
	return startsCapital(line) || line[0] == '_' || line[0] == '[' || strings.HasPrefix(line, "——") || nobility[firstWord(line)]
}

func endsInQuotes(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return isCloseQuote(last) || last == '"'
}

// mayBegin: of a line and the one before it nothing on the surface speaks against that it
// begins an entry.
func mayBegin(before, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(",;:-–—(/&", last) && !endsInAddress(before) {
		return false
	}
	word := firstWord(line)
	if strings.Trim(word, "–—-") == "" && len(word) <= len("—") || line[0] == '(' {
		return false // "– Текст : непосредственный.", "(Original work published 1966)"
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "_—―–-[«“\"‘'„"))
	return !unicode.IsLower(first) || nobility[word]
}

// continues: it begins with what stands within entries only: "DOI: …", "Available at",
// "Translated by", "In K. Wolff (Ed.)", "Оп. 6", "May 2021".
func (x *reader) continues() bool {
	low := x.t[0].low
	if insideOnly[low] || low == "in" && len(x.t) > 1 && (x.t[1].is(':') || x.editorsAt(1, len(x.t))) {
		return true
	}
	if unit, _, _ := x.step(0); unit != "" {
		return true
	}
	f, _ := x.labelAt(0)
	return f != noField || x.monthAt(0) > 0 && len(x.t) > 1 && x.t[1].kind == number
}

// insideOnly are words with which no entry begins.
var insideOnly = wordSet("doi url urn isbn available accessed acesso acessado disponível disponible retrieved recuperado режим translated transl trans edited ed eds reimpresso reprinted zugriff abgerufen diakses erişim consulté ст стб")

// endsEarly: the first word of a line would have had room on the one before, which
// therefore was not broken there but ends an entry.
func endsEarly(before, line string, wide int) bool {
	return columns(before)+1+columns(firstWord(line)) <= wide*17/20
}

// endsSentence: a line ends as an entry does.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".)]?!。”»", last) || endsInAddress(s) || last >= '0' && last <= '9'
}

// unfinished: the last line ends where no entry does: with an initial, an abbreviation, a
// role or a small word, or, being the first, with the date behind the authors.
func (e *entryLines) unfinished() bool {
	s := e.last
	word := s[strings.LastIndexByte(s, ' ')+1:]
	stem, dotted := strings.CutSuffix(word, ".")
	stem = stem[strings.LastIndexAny(stem, ".([")+1:]
	switch {
	case dotted && utf8.RuneCountInString(stem) == 1 && unicode.IsUpper(firstRune(stem)):
		return true
	case !dotted && smallWords[strings.ToLower(word)], endsInRole.MatchString(s):
		return true
	case dotted && (shortened[strings.ToLower(stem)] || shortenedTitles[strings.ToLower(stem)]):
		before := strings.TrimRight(s[:len(s)-len(word)], " ")
		last, _ := utf8.DecodeLastRuneInString(before)
		return last < '0' || last > '9' // not "630 p."
	}
	return e.n == 1 && strings.HasSuffix(s, ").") && IsYear(strings.TrimRight(s[max(0, len(s)-6):len(s)-2], "abc"))
}

// endsInRole matches a line whose end says what the people before it did.
var endsInRole = regexp.MustCompile(`\((?:[^()]{0,20}[ .])?(?i:eds?|hrsg|hg|orgs?|dir|coords?|comps?|red|ред|сост|trans)\.?\)[,.]?$`)

// shortenedTitles are abbreviations in the names of journals and publishers.
var shortenedTitles = wordSet("вестн тип журн этногр ист филол археол изв полит journ zeitschr hist philos philol archaeol ethnogr vestn izv zhurn")

// smallWords are followed by more of the same entry.
var smallWords = wordSet("in from of the and to on for by with a an et de du des la le les da do e y und der die das von и в с по под для на о при im zu")

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// inSentence: the line before ends with an abbreviation, so that this one goes on
// with it: "… Vol." and "M.:" begin no entry, nor do places.
func inSentence(before string, line *reader) bool {
	x := newReader(before[runeStart(before, max(0, len(before)-60)):])
	if n := len(x.t); n >= 2 && x.t[n-1].is('.') && x.t[n-2].kind == word && (shortened[x.t[n-2].low] || utf8.RuneCountInString(x.t[n-2].low) == 1 && !isHan(x.t[n-2].r)) {
		return true
	}
	if line.placeForward(0, len(line.t)) > 0 { // "Moscow, Nauka, 2010."
		return true
	}
	return !HasYear(before) && !endsInAddress(before) // an entry without a year goes on
}
