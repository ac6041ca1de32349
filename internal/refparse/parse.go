package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// read takes the whole body apart.
func (x *reader) read() {
	x.readMarks()
	switch {
	case x.readArchive():
	case x.eastern():
		x.readEastern()
	default:
		x.readWestern()
	}
	x.readKind()
	x.readLanguage()
}

// readWestern reads an entry of a style that puts authors first and divides by
// full stops, commas, slashes or brackets.
func (x *reader) readWestern() {
	start := x.skip(0, ".,;:•*", false)
	limit := len(x.t)
	if x.readLaw(start) {
		return
	}
	i := x.readHead(start, limit)
	host, hostFrom := x.host(i, limit)
	if host < 0 {
		x.readWhole(i, limit)
		return
	}
	x.readPart(i, host)
	x.readHost(hostFrom, limit)
}

// readHead reads who made the work and, where it follows, when: it returns where
// the title begins.
func (x *reader) readHead(i, limit int) int {
	if end := x.repeated(i); end > i {
		return x.headDate(end, limit)
	}
	list, ok := x.peopleAt(i, limit, false)
	if ok && x.plausibleHead(&list, i, limit) {
		sure := 0.95
		if list.forms[familyInitials]+list.forms[initialsFamily] == 0 {
			sure = 0.8
		}
		x.credit(list.role, list.names, sure)
		x.take(i, list.end)
		first := list.names[0]
		x.abnt = len(first.Family) > 2 && allUpper(first.Family) && strings.Contains(first.Literal, ",")
		return x.headDate(list.end, limit)
	}
	if end, ok := x.bodyAt(i, limit); ok {
		x.credit(author, []journal.Name{{Literal: x.clean(i, end)}}, 0.7)
		x.take(i, end)
		after := end
		if r, e := x.roleAfter(end); e > end {
			after = e
			x.move(r)
		}
		return x.headDate(after, limit)
	}
	return i
}

// repeated reads "_______.", the author of the entry above.
func (x *reader) repeated(i int) int {
	j := i
	for j < len(x.t) && (x.t[j].is('_') || x.t[j].is('—') || x.t[j].is('―')) && (j == i || !x.t[j].gap || x.t[j].is('—')) {
		j++
	}
	if j-i < 2 {
		return i
	}
	x.credit(author, []journal.Name{{Literal: x.text(i, j)}}, 0.95)
	x.take(i, j)
	return j
}

// plausibleHead: what was read as names at the beginning is not a title.
func (x *reader) plausibleHead(list *people, i, limit int) bool {
	if list.forms[familyGiven]+list.forms[givenFamily] == 0 || list.role != author {
		return true
	}
	// "Vision, Memory." without initials: a name is followed by an end of its own
	if list.end >= limit {
		return false
	}
	t := &x.t[list.end]
	if list.forms[familyGiven] > 0 && list.forms[familyInitials] == 0 && len(list.names) == 1 {
		return t.is('.') || t.is('(') || t.is(':') || t.is(',')
	}
	return true
}

// credit adds names to the field of a role.
func (x *reader) credit(r role, names []journal.Name, sure float64) {
	for i := range names {
		if names[i].Literal == "" {
			return
		}
	}
	switch r {
	case author:
		x.r.Authors = append(x.r.Authors, names...)
		x.found["authors"] = sure
	case editor:
		x.r.Editors = append(x.r.Editors, names...)
		x.found["editors"] = sure
	case translator:
		x.r.Translators = append(x.r.Translators, names...)
		x.found["translators"] = sure
	case compiler:
		x.r.Compilers = append(x.r.Compilers, names...)
		x.found["compilers"] = sure
	}
}

// move makes the authors what a mark behind them says.
func (x *reader) move(r role) {
	names := x.r.Authors
	x.r.Authors = nil
	delete(x.found, "authors")
	x.credit(r, names, 0.9)
}

// headDate reads the date that stands behind the authors: "(1998).", "2019.",
// "(2023, 1º de setembro)". It returns where the title begins.
func (x *reader) headDate(i, limit int) int {
	j := x.skip(i, ".,", false)
	for j < limit && x.taken[j] {
		j++
	}
	if j >= limit {
		return j
	}
	if x.t[j].is('(') && x.pair[j] > 0 {
		close := int(x.pair[j])
		if w, ok := x.dateAt(j + 1); ok && x.datesOnly(w.end, close) {
			x.setIssued(w, 0.99)
			x.take(j, close+1)
			return x.skip(close+1, ".,:", false)
		}
		if close == j+2 && (x.t[j+1].low == "forthcoming" || x.t[j+1].low == "n") || x.inPress(j+1, close) {
			x.take(j, close+1)
			return x.skip(close+1, ".,:", false)
		}
		return j
	}
	if w, ok := x.dateAt(j); ok && j > 0 && len(x.r.Authors)+len(x.r.Editors) > 0 && w.end < limit {
		t := &x.t[w.end]
		// "2019. Title", "2019, Title", "2015c. Title"; "1984 Title" of Harvard
		if t.is('.') || t.is(',') || t.is(':') || t.is(';') && false || x.taken[w.end] && w.end+1 < limit && x.yearAt(j) && w.end-j <= 2 && !x.taken[j] && x.r.Accessed != "" {
			if x.yearAt(j) && !(w.end+1 < limit && x.t[w.end+1].kind == number && x.t[w.end].is(',')) {
				x.setIssued(w, 0.97)
				x.take(j, w.end)
				return x.skip(w.end+1, ".,:", false)
			}
		}
	}
	return x.skip(i, ".,:", false)
}

// datesOnly: nothing but another date or a mark stands up to the closing
// bracket: "(2000/1998)", "(1978 [1916])".
func (x *reader) datesOnly(i, close int) bool {
	for ; i < close; i++ {
		t := &x.t[i]
		if t.kind == word && !fillers[t.low] {
			return false
		}
	}
	return true
}

func (x *reader) inPress(i, close int) bool {
	return close-i <= 3 && (x.t[i].low == "in" && i+1 < close && (x.t[i+1].low == "press" || x.t[i+1].low == "prep") || x.t[i].low == "в" && i+1 < close && x.t[i+1].low == "печати" || x.t[i].low == "n" && i+2 < close && x.t[i+2].low == "d" || x.t[i].low == "no" && x.t[i+1].low == "prelo")
}

// bodyAt reads a body as author: BRASIL. · World Health Organization. It ends
// before a full stop or a date in brackets.
func (x *reader) bodyAt(i, limit int) (end int, ok bool) {
	words, organised, capitals := 0, false, true
	for k := i; k < limit && words < 12; k++ {
		t := &x.t[k]
		switch {
		case x.taken[k]:
			return i, false
		case t.kind == word:
			words++
			organised = organised || organisations[t.low]
			capitals = capitals && allUpper(x.word(k)) && !isHan(t.r)
		case t.kind == number:
			return i, false
		case t.is('('):
			if x.yearAt(k+1) && (organised || words <= 3 && capitals) && k > i {
				return k, true
			}
			if p := int(x.pair[k]); p > 0 && p-k <= 3 {
				k = p
				continue
			}
			return i, false
		case t.is('.') && x.stops(k, limit):
			if k+1 >= limit || x.taken[k+1] && k+2 >= limit {
				return i, false
			}
			long := words > 1 || x.t[i].to-x.t[i].from > 8
			return k, organised && words > 1 && words <= 8 || capitals && words <= 3 && x.t[i].to-x.t[i].from > 3 && (long || words == 1)
		case t.is(':') || t.is('/') || t.is('[') || isOpenQuote(t.r) || t.is('?') || t.is('!'):
			return i, false
		}
	}
	return i, false
}

// host finds where the work that it stands in begins: at " // ", at "In: ". host
// is -1 where there is none.
func (x *reader) host(i, limit int) (at, from int) {
	if k := x.slashes(i, limit); k >= 0 {
		x.slashed2 = true
		return k, k + 2
	}
	for k := i + 1; k+1 < limit; k++ {
		t := &x.t[k]
		if t.kind != word || x.taken[k] || x.depth(k, i) > 0 {
			continue
		}
		next := k + 1
		colon := x.t[next].is(':')
		switch t.low {
		case "in":
			if !(colon || t.upper() && (x.t[next].upper() || x.t[next].kind == mark && isOpenQuote(x.t[next].r) || x.t[next].kind == number) || t.lower() && x.t[next].upper() && (x.t[k-1].is(',') || x.t[k-1].is('.'))) {
				continue
			}
		case "em", "en", "dans", "в", "у", "v", "u", "im", "na":
			if !colon || t.low == "v" && t.lower() {
				continue
			}
		default:
			continue
		}
		if !x.boundary(k, i) && !x.t[k-1].is(',') {
			continue
		}
		if t.low == "in" && !colon && x.t[k-1].is(',') && t.upper() && !x.t[next].upper() {
			continue
		}
		if colon {
			next++
		}
		return k, next
	}
	return -1, -1
}
