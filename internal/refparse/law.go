package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// laws are the words that a law or a decree begins with.
var laws = wordSet("nota decreto lei resolução portaria parecer medida instrução закон постановление указ приказ распоряжение кодекс конституция конституції law decree act order directive regulation resolution ley reglamento loi décret federal федеральный постановления federal'nyi federal’nyi federalnyi zakon postanovlenie ukaz prikaz rasporyazhenie")

// readLaw reads "Federal Law No. 170-FZ of November 21, 1995 … «…»" and "BRASIL.
// Decreto nº 5.622, de 19 de dezembro de 2005. Regulamenta …".
func (x *reader) readLaw(i int) bool {
	limit := len(x.t)
	j := i
	if end, ok := x.bodyAt(i, limit); ok && end-i <= 6 {
		j = x.skip(end, ".", false)
		if second, ok := x.bodyAt(j, limit); ok && second-j <= 8 && !laws[x.t[j].low] { // "BRASIL. Ministério da Saúde."
			j = x.skip(second, ".", false)
		}
	}
	if j >= limit || !laws[x.t[j].low] || !x.t[j].upper() {
		return false
	}
	// the number within the next words
	n, valueEnd := -1, 0
	for k := j + 1; k < limit && k < j+22; k++ {
		if f, v := x.labelAt(k); f == issue {
			n, valueEnd = v, x.lawNumber(v)
			break
		}
		if k+1 < limit && x.stops(k, limit) && x.t[k+1].upper() {
			return false
		}
	}
	if n < 0 {
		return false
	}
	if j > i {
		x.credit(author, []journal.Name{{Literal: x.clean(i, j)}}, 0.9)
		x.take(i, j)
		return x.decree(j, n, valueEnd, limit)
	}
	return x.law(j, n, valueEnd, limit)
}

// lawNumber is where "170-FZ", "5.622", "2006/112/EC" ends.
func (x *reader) lawNumber(i int) int {
	j := i
	for j < len(x.t) && (j == i || !x.t[j].gap) {
		t := &x.t[j]
		if t.is(',') || t.is(')') || t.is(';') || t.is('.') && (j+1 >= len(x.t) || x.t[j+1].gap || x.t[j+1].kind != number) {
			break
		}
		j++
	}
	return j
}

// decree reads a law under its jurisdiction: number, date, what it rules, and
// where it was published.
func (x *reader) decree(j, n, end, limit int) bool {
	x.set("item_number", &x.r.ItemNumber, x.text(j, end), 0.85)
	stop := end
	for stop < limit && !x.stops(stop, limit) {
		stop++
	}
	var own when
	for k := end; k < stop; k++ {
		if w, ok := x.dateAt(k); ok {
			own = w
			break
		}
	}
	x.take(j, stop)
	i := x.skip(stop, ".", false)
	from := i
	segs := x.segments(i, limit)
	if len(segs) > 1 {
		from = segs[len(segs)-1].from
		for k := len(segs) - 1; k > 0; k-- {
			if x.journalLike(segs[k]) || x.t[segs[k].from].low == "diário" {
				from = segs[k].from
				break
			}
		}
	}
	x.readNumbersOf(from, limit)
	if x.r.Issued == "" && own.date != "" {
		x.setIssued(own, 0.8)
	}
	if from > i {
		x.titleOriginal(i, from, 0.85)
		x.take(i, from)
		if segs := x.segments(from, limit); len(segs) > 0 {
			x.container(segs[0].from, segs[0].to, 0.9)
		}
	} else if x.hasWord(i, limit) {
		x.titleOriginal(i, limit, 0.8)
	}
	x.r.Type = "legislation"
	return true
}

// law reads a law that is named by itself: its kind, number, date, and title in
// quotation marks.
func (x *reader) law(j, n, end, limit int) bool {
	genre := j
	for genre < n && (x.t[genre].kind == word && labels[x.t[genre].low] != issue || x.t[genre].kind == mark && !x.t[genre].is('№')) {
		if x.t[genre].low == "от" || x.t[genre].low == "ot" || x.t[genre].low == "of" && genre > j+1 {
			break
		}
		genre++
	}
	for k := genre; k < limit; k++ {
		if w, ok := x.dateAt(k); ok && x.r.Issued == "" && x.depth(k, j) == 0 {
			x.setIssued(w, 0.9)
			break
		}
	}
	quote := -1
	for k := end; k < limit; k++ {
		if x.t[k].kind == mark && isOpenQuote(x.t[k].r) && x.pair[k] > 0 {
			quote = k
			break
		}
	}
	x.r.Type = "legislation"
	x.set("item_number", &x.r.ItemNumber, x.text(n, end), 0.9)
	if quote < 0 {
		x.set("title", &x.r.Title, x.clean(j, limit), 0.6)
		return true
	}
	x.set("genre", &x.r.Genre, strings.TrimSpace(x.text(j, genre)), 0.85)
	close := int(x.pair[quote])
	x.set("title", &x.r.Title, x.text(quote+1, close), 0.93)
	for k := end; k < quote; k++ {
		if x.t[k].is('(') && x.pair[k] > 0 && !x.taken[k] {
			x.set("note", &x.r.Note, x.inside(k, int(x.pair[k])), 0.7)
		}
	}
	x.take(j, close+1)
	close = x.lawTranslation(close, limit)
	if x.hasWord(close+1, limit) {
		x.readTail(close+1, limit, false)
	}
	return true
}
