package refparse

import (
	"regexp"
	"strings"

	"offprint/internal/journal"
)

// standardNumber is the designation that the entry of a standard begins with: "ГОСТ Р
// 52653–2006", "ISO/IEC 27001:2013".
var standardNumber = regexp.MustCompile(`^(?:ГОСТ(?: Р| ИСО(?:/МЭК)?| ISO| IEC| EN)*|СанПиН|СНиП|ОСТ|ISO(?:/IEC)?(?: ?/?T[SR])?|IEC|IEEE(?: Std)?|ANSI(?:/NISO)?|DIN(?: EN)?(?: ISO)?|BS(?: EN)?(?: ISO)?|(?:ABNT )?NBR(?: ISO)?|UNE(?:-EN)?)(?: [A-Z])? ?\d[\d.:–—-]*\d`)

// qualified are the words that begin what is said of a standard behind its title.
var qualified = wordSet("национальный межгосударственный государственный издание введ введен дата утв взамен")

// standardAt reads the designation of a standard at i. It is where the title begins, or i.
func (x *reader) standardAt(i, limit int) int {
	if i >= limit || !x.t[i].upper() {
		return i
	}
	number := standardNumber.FindString(x.s[x.t[i].from:])
	if number == "" {
		return i
	}
	end := x.at(x.t[i].from + len(number))
	if end+1 >= limit || !x.free(i, end+1) || !(x.t[end].is('.') || x.t[end].is(',') || x.t[end].is(':')) || !x.t[end+1].upper() {
		return i
	}
	x.set("item_number", &x.r.ItemNumber, number, 0.95)
	x.r.Type = "standard"
	x.take(i, end)
	return x.skip(end, ".,:", false)
}

// standardTitle reads the title of a standard where what it is follows behind a colon: " :
// национальный стандарт Российской Федерации : дата введения 2008-07-01. –". It is where
// the imprint begins, or i.
func (x *reader) standardTitle(i, limit int) int {
	for k := i + 1; k+1 < limit; k++ {
		if x.taken[k] {
			return i
		}
		if !x.t[k].is(':') || !qualified[x.t[k+1].low] {
			continue
		}
		end := k + 1
		for end < limit && !x.taken[end] && !x.stops(end, limit) {
			end++
		}
		x.titleOriginal(i, k, 0.95)
		x.set("note", &x.r.Note, x.clean(k+1, end), 0.8)
		x.take(i, end)
		return end
	}
	return i
}

// patents are the words before the number of a patent.
var patents = wordSet("пат патент patent")

// readPatent reads "Способ …: пат. 2718563 Рос. Федерация / names; опубл. …" and "Патент №
// 2718563 Рос. Федерация. Способ … / names".
func (x *reader) readPatent(i, limit int) bool {
	for k := i; k+1 < limit && k < i+60; k++ {
		if !patents[x.t[k].low] || k > i && !x.t[k-1].is(':') {
			continue
		}
		n := x.skip(k+1, ".№", false)
		if n >= limit || x.t[n].kind != number || x.t[n].digits() < 5 || !x.free(i, n+1) {
			return false
		}
		end := n + 1
		for end < limit && !x.taken[end] && !x.t[end].is('/') && !x.stops(end, limit) {
			end++
		}
		x.set("item_number", &x.r.ItemNumber, x.word(n), 0.95)
		x.r.Type = "patent"
		if slash := x.slashAt(end, min(limit, end+6)); slash > 0 && k > i {
			end = slash // "Рос. Федерация / "
		}
		if k > i {
			x.titleOriginal(i, k, 0.95)
			x.take(i, end)
			x.patentTail(end, limit)
			return true
		}
		from := x.skip(end, ".", false)
		stop := from
		for stop < limit && !x.taken[stop] && !x.t[stop].is('/') && !(x.t[stop].is(':') && (x.t[min(stop+1, limit-1)].is('№') || x.t[min(stop+1, limit-1)].low == "заявл")) {
			stop++
		}
		if !x.hasWord(from, stop) {
			stop = from
		}
		x.titleOriginal(from, stop, 0.9)
		x.take(i, stop)
		x.patentTail(stop, limit)
		return true
	}
	return false
}

// patentTail reads who invented it, and when it was published, which stands behind that
// word.
func (x *reader) patentTail(i, limit int) {
	for k := i; k+1 < limit; k++ {
		if x.t[k].low != "опубл" && x.t[k].low != "publ" || x.taken[k] {
			continue
		}
		d := x.skip(k+1, ".", false)
		if w, ok := x.dateAt(d); ok {
			x.setIssued(w, 0.95)
			x.take(k, w.end)
		}
		break
	}
	if k := x.slashAt(i, limit); k >= 0 {
		i = x.readResponsibility(k+1, limit)
	}
	x.readTail(i, limit, false)
}

// slashAt is the first slash, or -1.
func (x *reader) slashAt(i, limit int) int {
	for ; i < limit; i++ {
		if x.t[i].is('/') && !x.taken[i] {
			return i
		}
	}
	return -1
}

// readAct reads an act of a parliament under its short title: "Climate Change Act 2008, c.
// 27."
func (x *reader) readAct(i, limit int) bool {
	k := i
	for k < limit && k < i+14 && x.t[k].kind == word && (x.t[k].upper() || linking[x.t[k].low]) && x.t[k].low != "act" {
		k++
	}
	if k == i || k+1 >= limit || x.t[k].low != "act" || !x.t[k].upper() || !x.yearAt(k+1) || !x.free(i, k+2) || !x.t[i].upper() {
		return false
	}
	end := k + 2
	if end+1 < limit && x.t[end].is(',') && !x.taken[end+1] {
		n := x.skip(end+2, ".", false)
		if low := x.t[end+1].low; low != "c" && low != "ch" && low != "s" && low != "ss" || n >= limit || x.t[n].kind != number {
			return false
		}
		if x.t[end+1].low[0] == 'c' {
			x.set("item_number", &x.r.ItemNumber, x.text(end+1, n+1), 0.9)
		}
		end = n + 1
	} else if end < limit && !x.taken[end] && !x.t[end].is('.') && !x.t[end].is('(') {
		return false
	}
	x.set("title", &x.r.Title, x.text(i, k+2), 0.93)
	x.setIssued(when{date: journal.YearDate(x.t[k+1].n), end: k + 2}, 0.93)
	x.r.Type = "legislation"
	x.take(i, end)
	x.rest(end, limit)
	return true
}

// patentDetail is the number of a patent in brackets behind its title.
var patentDetail = regexp.MustCompile(`^(?:[\pL.]{2,20} )?Patent(?: Application)? No\. ?([A-Z]{0,3} ?\d[\d,./-]{3,20}[A-Z]?\d?)$`)

// patentIn keeps the number of a patent that brackets hold.
func (x *reader) patentIn(i, close int) bool {
	m := patentDetail.FindStringSubmatch(strings.TrimSpace(x.text(i, close)))
	if m == nil {
		return false
	}
	x.form = "patent"
	return x.set("item_number", &x.r.ItemNumber, m[1], 0.93)
}
