package intext

import (
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
	f.raised = highest >= 2 && 2*highest >= len(f.list.numbers) && 5*wrong <= len(marks)
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

const raisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// units are what a raised number is a power of.
var units = map[string]bool{"m": true, "cm": true, "mm": true, "km": true, "nm": true, "dm": true, "s": true, "kg": true, "ha": true, "g": true, "l": true, "h": true, "min": true,
	"м": true, "см": true, "мм": true, "км": true, "нм": true, "дм": true, "с": true, "кг": true, "га": true, "г": true, "л": true, "ч": true, "мин": true, "µm": true, "μm": true, "мкм": true}

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
	digit := func(r rune) int {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		if i := raisedDigit(r); i >= 0 {
			return utf8.RuneCountInString(raisedDigits[:i])
		}
		return -1
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
	for i, r := range t.masked[s.start:s.end] {
		at := s.start + i
		switch d := digit(r); {
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
