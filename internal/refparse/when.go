package refparse

import (
	"fmt"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// when is a date that was found at some tokens.
type when struct {
	date, to journal.Date // to: the end of a range
	suffix   string       // the letter of 2005a
	end      int          // the token after it
}

// exact: more than the year is known.
func (w when) exact() bool { return len(w.date) > 4 }

const (
	firstYear = 1400
	lastYear  = 2099
)

// yearAt: a number that is a year by its form.
func (x *reader) yearAt(i int) bool {
	if i < 0 || i >= len(x.t) {
		return false
	}
	t := &x.t[i]
	return t.kind == number && t.digits() == 4 && t.n >= firstYear && t.n <= lastYear
}

// monthAt is the number of the month that a word names, or 0. Roman numerals
// are left to the caller, for they name volumes too.
func (x *reader) monthAt(i int) int {
	if i < 0 || i >= len(x.t) || x.t[i].kind != word {
		return 0
	}
	low := x.t[i].low
	n, ok := months[low]
	if !ok && !plain(low) {
		n = months[script.Fold(low)]
	}
	if n > 0 && (romanNumeral(low) || fillers[low] && len(low) > 1) {
		return 0
	}
	return n
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// romanNumeral: the word has only letters of Roman numerals, without a check
// of their order.
func romanNumeral(low string) bool {
	if low == "" || len(low) > 8 {
		return false
	}
	for i := range len(low) {
		switch low[i] {
		case 'i', 'v', 'x', 'l', 'c', 'd', 'm':
		default:
			return false
		}
	}
	return true
}

// dayAt: a number that can be a day, with its ordinal ending.
func (x *reader) dayAt(i int) (day, end int) {
	if i >= len(x.t) || x.t[i].kind != number || x.t[i].digits() > 2 || x.t[i].n < 1 || x.t[i].n > 31 {
		return 0, i
	}
	day, end = x.t[i].n, i+1
	if end < len(x.t) && !x.t[end].gap {
		switch {
		case x.t[end].is('º'), x.t[end].is('°'), x.t[end].is('ª'):
			end++
		case x.t[end].kind == word && (x.t[end].low == "st" || x.t[end].low == "nd" || x.t[end].low == "rd" || x.t[end].low == "th" || x.t[end].low == "er" || x.t[end].low == "o"):
			end++
		}
	}
	return day, end
}

// skip passes marks and the small words of dates.
func (x *reader) skip(i int, marks string, words bool) int {
	for i < len(x.t) {
		t := &x.t[i]
		switch {
		case t.kind == mark && containsRune(marks, t.r):
			i++
		case words && t.kind == word && (t.low == "de" || t.low == "of" || t.low == "del" || t.low == "do"):
			i++
		default:
			return i
		}
	}
	return i
}

func containsRune(s string, r rune) bool {
	for _, c := range s {
		if c == r {
			return true
		}
	}
	return false
}

// dateAt reads the longest date that begins at token i: 2005, 2005a, 1984–1985,
// 1951, September 5 · 2016, 11 aprelya · 2007 enero 29 · 24 марта 2005 г. ·
// September 5, 1951 · Mar./Apr., 2005 · 10.01.2019 · 2019-01-10.
func (x *reader) dateAt(i int) (when, bool) {
	if i >= len(x.t) {
		return when{}, false
	}
	t := &x.t[i]
	switch {
	case x.yearAt(i):
		return x.fromYear(i)
	case t.kind == number && t.digits() <= 2:
		return x.fromDay(i)
	case x.monthAt(i) > 0:
		return x.fromMonth(i)
	case seasons[t.low] && x.yearAt(i+1):
		return when{date: journal.YearDate(x.t[i+1].n), end: i + 2}, true
	}
	return when{}, false
}

// seasons stand before a year as months do: "winter 2020".
var seasons = wordSet("spring summer fall autumn winter")

func (x *reader) fromYear(i int) (when, bool) {
	year := x.t[i].n
	w := when{date: journal.YearDate(year), end: i + 1}
	j := i + 1
	if j < len(x.t) && !x.t[j].gap && x.t[j].kind == word {
		if low := x.t[j].low; letterSuffix(low) {
			w.suffix, w.end = x.s[x.t[j].from:x.t[j].to], j+1
			return w, true
		} else if low != "г" && low != "гг" && !isHan(x.t[j].r) {
			return when{}, false // 1990s, 2005th
		}
	}
	// 2019-01-10, 2019/01
	if j+1 < len(x.t) && !x.t[j].gap && !x.t[j+1].gap && (x.t[j].isDash() || x.t[j].is('/') || x.t[j].is('.')) && x.t[j+1].kind == number {
		if iso, ok := x.numericAfterYear(year, j); ok {
			return iso, true
		}
	}
	// 1984–1985, 1941-45
	if j+1 < len(x.t) && (x.t[j].isDash() || x.t[j].is('/')) && x.t[j+1].kind == number && x.t[j].gap == x.t[j+1].gap {
		to := x.t[j+1].n
		if x.t[j+1].digits() == 2 {
			to += year / 100 * 100
		}
		if d := x.t[j+1].digits(); (d == 4 || d == 2) && to > year && to <= lastYear && to-year < 200 {
			w.to, w.end = journal.YearDate(to), j+2
			return w, true
		}
	}
	w.end = x.skipYearWord(j)
	k := x.skip(w.end, ",.-–—", true)
	// "1986. Jan Koška": a capital behind the word makes it none of a date
	if m := x.monthAt(k); m > 0 && !(k+1 < len(x.t) && x.t[k+1].kind == word) {
		return x.monthAfterYear(w, year, m, k), true
	}
	if day, k2 := x.dayAt(k); day > 0 {
		if m := x.monthAt(x.skip(k2, ".", true)); m > 0 {
			if d, ok := dateOf(year, m, day); ok {
				w.date, w.end = d, x.skip(k2, ".", true)+1
			}
		}
	}
	return w, true
}

func letterSuffix(low string) bool {
	switch low {
	case "a", "b", "c", "d", "e", "f", "g", "h", "а", "б", "в":
		return true
	}
	return false
}

// monthAfterYear reads what follows a year and a month: a day, or a second
// month.
func (x *reader) monthAfterYear(w when, year, m, k int) when {
	w.date, _ = dateOf(year, m, 0)
	w.end = k + 1
	after := x.skip(k+1, ".", true)
	if after < len(x.t) && (x.t[after].isDash() || x.t[after].is('/')) {
		if to := x.monthAt(after + 1); to > m {
			w.to, _ = dateOf(year, to, 0)
			w.end = after + 2
			return w
		}
	}
	if day, end := x.dayAt(after); day > 0 && (end >= len(x.t) || !x.t[end].is('(') || x.t[end].gap) && !(end < len(x.t) && (x.t[end].is(':') && end+1 < len(x.t) && x.t[end+1].kind == number)) {
		if d, ok := dateOf(year, m, day); ok {
			w.date, w.end = d, end
		}
	}
	return w
}

func (x *reader) numericAfterYear(year, j int) (when, bool) {
	sep := x.t[j].r
	month := x.t[j+1]
	if month.digits() > 2 || month.n < 1 || month.n > 12 || month.digits() != 2 && sep != '.' && sep != '/' {
		return when{}, false
	}
	if j+3 < len(x.t) && x.t[j+2].is(sep) && x.t[j+3].kind == number && x.t[j+3].digits() <= 2 && !x.t[j+3].gap {
		if d, ok := dateOf(year, month.n, x.t[j+3].n); ok {
			return when{date: d, end: j + 4}, true
		}
		return when{}, false
	}
	if sep != '.' && sep != '-' || month.digits() != 2 {
		return when{}, false // 2012/3 may be a number of an issue
	}
	if sep == '-' && year%100 < month.n { // 2001-02 is two years
		return when{}, false
	}
	d, ok := dateOf(year, month.n, 0)
	return when{date: d, end: j + 2}, ok
}

// skipYearWord passes "г.", "года", "год", "g.".
func (x *reader) skipYearWord(i int) int {
	if i < len(x.t) && x.t[i].kind == word {
		switch x.t[i].low {
		case "г", "гг", "года", "год", "g", "goda":
			i++
			if i < len(x.t) && x.t[i].is('.') && !x.t[i].gap {
				i++
			}
		}
	}
	return i
}

func (x *reader) fromDay(i int) (when, bool) {
	day, j := x.dayAt(i)
	if day == 0 {
		return when{}, false
	}
	// 10.01.2019, 25. 03. 2019
	if j+3 < len(x.t) && x.t[j].is('.') && x.t[j+1].kind == number && x.t[j+1].digits() <= 2 && x.t[j+2].is('.') && x.t[j+3].kind == number {
		year := x.t[j+3].n
		if x.t[j+3].digits() == 4 && year >= firstYear {
			if d, ok := dateOf(year, x.t[j+1].n, day); ok {
				return when{date: d, end: x.skipYearWord(j + 4)}, true
			}
		}
		return when{}, false
	}
	// 20/03/2021 and 13-IX-2021
	if j+3 < len(x.t) && (x.t[j].is('/') || x.t[j].isDash()) && x.t[j+2].is(x.t[j].r) && x.yearAt(j+3) && !x.t[j+1].gap {
		month := 0
		if x.t[j+1].kind == number && x.t[j].is('/') && (day > 12 || x.t[j+1].n == day) {
			month = x.t[j+1].n
		} else if x.t[j+1].upper() && romanNumeral(x.t[j+1].low) {
			month = months[x.t[j+1].low]
		}
		if d, ok := dateOf(x.t[j+3].n, month, day); ok && month > 0 {
			return when{date: d, end: j + 4}, true
		}
	}
	// 3-5 March 2019, 19 a 25 de agosto: the first day counts
	first := day
	if j+1 < len(x.t) && (x.t[j].isDash() || x.t[j].low == "a" || x.t[j].low == "to" || x.t[j].low == "по") {
		if to, k := x.dayAt(j + 1); to > day {
			j = k
		}
	}
	k := x.skip(j, ".-–", true)
	m := x.monthAt(k)
	if m == 0 {
		return when{}, false
	}
	year := x.skip(k+1, ".,-–", true)
	if !x.yearAt(year) {
		return when{}, false
	}
	d, ok := dateOf(x.t[year].n, m, first)
	w := when{date: d, end: year + 1}
	if s := year + 1; s < len(x.t) && !x.t[s].gap && x.t[s].kind == word && letterSuffix(x.t[s].low) && !isCyrillic(x.t[s].r) {
		w.suffix, w.end = x.s[x.t[s].from:x.t[s].to], s+1
	}
	w.end = x.skipYearWord(w.end)
	return w, ok
}

func isCyrillic(r rune) bool { return r >= 0x400 && r < 0x530 }

func (x *reader) fromMonth(i int) (when, bool) {
	m := x.monthAt(i)
	j := x.skip(i+1, ".", true)
	last := m
	if j < len(x.t) && (x.t[j].isDash() || x.t[j].is('/')) {
		if to := x.monthAt(j + 1); to > 0 {
			last, j = to, x.skip(j+2, ".", true)
		}
	}
	day := 0
	if w, ok := x.acrossMonths(m, j); ok {
		return w, true
	}
	if d, k := x.dayAt(j); d > 0 && last == m {
		if k+1 < len(x.t) && x.t[k].isDash() { // April 15-20, 2012
			if to, end := x.dayAt(k + 1); to > d {
				k = end
			}
		}
		if after := x.skip(k, ",.", false); x.yearAt(after) {
			day, j = d, k
		}
	}
	year := x.skip(j, ".,", true)
	if !x.yearAt(year) {
		return when{}, false
	}
	d, ok := dateOf(x.t[year].n, m, day)
	w := when{date: d, end: year + 1}
	if last > m {
		w.to, _ = dateOf(x.t[year].n, last, 0)
	}
	if s := year + 1; s < len(x.t) && !x.t[s].gap && x.t[s].kind == word && letterSuffix(x.t[s].low) {
		w.suffix, w.end = x.s[x.t[s].from:x.t[s].to], s+1
	}
	return w, ok
}

// acrossMonths reads the rest of "April 29–May 1, 2017" behind the first month.
func (x *reader) acrossMonths(m, i int) (when, bool) {
	first, k := x.dayAt(i)
	if first == 0 || k+1 >= len(x.t) || !x.t[k].isDash() || x.monthAt(k+1) <= m {
		return when{}, false
	}
	last, end := x.dayAt(k + 2)
	year := x.skip(end, ",", false)
	if last == 0 || !x.yearAt(year) {
		return when{}, false
	}
	from, ok := dateOf(x.t[year].n, m, first)
	to, ok2 := dateOf(x.t[year].n, x.monthAt(k+1), last)
	return when{date: from, to: to, end: year + 1}, ok && ok2
}

func dateOf(year, month, day int) (journal.Date, bool) {
	d, ok := makeDate(datePart{n: year, digits: 4}, month, day)
	if !ok {
		d = journal.Date(fmt.Sprintf("%04d", year))
	}
	return d, ok
}
