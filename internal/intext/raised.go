package intext

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a raised number, or several.
type mark struct {
	line  int
	items []item
}

// settleRaised decides whether the text cites by raised numbers: these begin with
// 1 and go on in the order of the list, as they do where a list is in the order of
// citation, and they name at least half of it.
func (f *finder) settleRaised() {
	var marks []mark
	for i := range f.lines {
		t := &f.lines[i]
		if t.heading || t.cell {
			continue
		}
		for _, s := range t.raisedSpans() {
			if items := readRaised(t, s); items != nil {
				marks = append(marks, mark{i, items})
			}
		}
	}
	highest, wrong := 0, 0
	for _, m := range marks {
		for _, it := range m.items {
			switch {
			case f.list.entries(it) == nil || it.from > highest+1:
				wrong++
			case it.to > highest:
				highest = it.to
			}
		}
	}
	f.raised = !(counts(marks) && f.list.alphabetical()) && highest >= 2 && 2*highest >= len(f.list.numbers) && 5*wrong <= len(marks)
}

// counts: every mark is one number, the one after that of the mark before, as those of
// notes are; who cites comes back to a source or cites several.
func counts(marks []mark) bool {
	for i, m := range marks {
		if len(m.items) != 1 || m.items[0].from != i+1 || m.items[0].to != i+1 {
			return false
		}
	}
	return true
}

// leastOrdered is how many entries in the order of the alphabet are no chance.
const leastOrdered = 5

// alphabetical: the list is in the order of the alphabet and prints no numbers.
func (l *List) alphabetical() bool {
	before := ""
	for i := range l.refs {
		printed := strings.Join(plainWords(l.refs[i].Printed.Plain), " ")
		if l.refs[i].Label != "" || printed < before {
			return false
		}
		before = printed
	}
	return len(l.refs) >= leastOrdered
}

// findRaised finds entries by raised numbers.
func (f *finder) findRaised(t *line) {
	if t.heading || t.cell {
		return
	}
	for _, s := range t.raisedSpans() {
		items := readRaised(t, s)
		var refs [][]int
		for _, it := range items {
			r := f.list.entries(it)
			if r == nil {
				items = nil
				break
			}
			refs = append(refs, r)
		}
		for i, it := range items {
			t.add(it.start, it.end, refs[i]...)
		}
	}
}

// raisedSpans are the superscripts of a line, and runs of raised characters.
func (l *line) raisedSpans() []span {
	out := slices.Clone(l.raised)
	for at := 0; at < len(l.masked); {
		i := strings.IndexFunc(l.masked[at:], func(r rune) bool { return raisedDigit(r) >= 0 })
		if i < 0 {
			break
		}
		start := at + i
		at = start
		for at < len(l.masked) {
			r, size := utf8.DecodeRuneInString(l.masked[at:])
			if raisedDigit(r) < 0 && !((r == ',' || r == '⁻' || r == '–' || r == '˒') && raisedDigit(next(l.masked, at+size)) >= 0) {
				break
			}
			at += size
		}
		out = append(out, span{start, at})
	}
	return out
}

func raisedDigit(r rune) int { return strings.IndexRune(raisedDigits, r) }

// digitOf is what a figure says, raised or not, -1 for what is none.
func digitOf(r rune) int {
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	if i := raisedDigit(r); i >= 0 {
		return utf8.RuneCountInString(raisedDigits[:i])
	}
	return -1
}

const raisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// units are what a raised number is a power of.
var units = map[string]bool{"m": true, "cm": true, "mm": true, "km": true, "nm": true, "dm": true, "s": true, "kg": true, "ha": true, "g": true, "l": true, "h": true, "min": true,
	"м": true, "см": true, "мм": true, "км": true, "нм": true, "дм": true, "с": true, "кг": true, "га": true, "г": true, "л": true, "ч": true, "мин": true, "µm": true, "μm": true, "мкм": true}

// raisedPages are the pages behind a raised number, as the AMA style has them: "²(p15)".
var raisedPages = regexp.MustCompile(`^\(pp?\.?\s?\d+(?:[-–,]\s?\d+)*\)`)

// readRaised reads raised numbers behind a word or the punctuation that ends one.
func readRaised(t *line, s span) (items []item) {
	r := previous(t.masked, s.start)
	switch {
	case unicode.IsLetter(r):
		i := t.wordBefore(s.start)
		if i < 0 || t.words[i].end != s.start || units[t.words[i].text] || utf8.RuneCountInString(t.words[i].text) < 3 && !ideographs(t.words[i].text) {
			return nil
		}
	case !strings.ContainsRune(".,;:)]»”’\"'!?…。、」』）", r) || r == 0:
		return nil
	}
	if r := next(t.masked, s.end); unicode.IsLetter(r) && !ideographs(string(r)) {
		return nil
	}
	number, start, ranged := "", s.start, false
	end := func(at int) bool {
		n, err := strconv.Atoi(number)
		if err != nil || len(number) > 4 {
			return false
		}
		if number = ""; ranged {
			items[len(items)-1].to, items[len(items)-1].end = n, at
		} else {
			items = append(items, item{span{start, at}, n, n, false})
		}
		ranged = false
		return true
	}
	behind := s.start // pages that were read
	for i, r := range t.masked[s.start:s.end] {
		at := s.start + i
		if at < behind {
			continue
		}
		switch d := digitOf(r); {
		case d >= 0:
			if number == "" && !ranged {
				start = at
			}
			number += strconv.Itoa(d)
		case r == ',' || r == ';' || r == '˒':
			if !end(at) {
				return nil
			}
		case r == '-' || r == '–' || r == '—' || r == '⁻':
			if ranged || !end(at) {
				return nil
			}
			ranged = true
		case r == '(' && number != "" && !ranged:
			pages := len(raisedPages.FindString(t.masked[at:s.end]))
			if behind = at + pages; pages == 0 || !end(at) || behind < s.end && !strings.ContainsRune(",;", next(t.masked, behind)) {
				return nil
			}
			if behind == s.end {
				return items
			}
			behind++ // the comma
		case unicode.IsSpace(r) && number == "":
		default:
			return nil
		}
	}
	if !end(s.end) {
		return nil
	}
	return items
}
