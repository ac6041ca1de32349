package refparse

import (
	"strings"
	"unicode/utf8"
)

// setIssued keeps a date of publication; the first that is set counts.
func (x *reader) setIssued(w when, sure float64) bool {
	if !x.setDate("issued", &x.r.Issued, w.date, sure) {
		return false
	}
	x.r.IssuedTo, x.r.IssuedSuffix = w.to, w.suffix
	return true
}

// readIssued takes the date of publication from the end of a text: the last one
// that stands as a part of its own. A date that says the day is better than a
// year.
func (x *reader) readIssued(i, limit int) {
	best, at := when{}, -1
	for k := i; k < limit; k++ {
		if x.taken[k] || !x.startsPart(k, i) {
			continue
		}
		w, ok := x.dateAt(k)
		if !ok || w.end > limit || !x.free(k, w.end) || !x.endsPart(w.end, limit) || x.depth(k, i) > 0 && !x.alone(k, w.end) {
			continue
		}
		if w.to != "" && len(w.date) == 4 && x.coverage(w.end) {
			continue
		}
		if at < 0 || !best.exact() || w.exact() {
			if !(at >= 0 && best.exact() && !w.exact()) {
				best, at = w, k
			}
		}
		k = w.end - 1
	}
	if at < 0 {
		return
	}
	had := x.r.Issued != ""
	if !had {
		x.setIssued(best, 0.97)
	} else if best.exact() && len(x.r.Issued) == 4 && strings.HasPrefix(string(best.date), string(x.r.Issued)) {
		x.r.Issued, x.r.IssuedTo = best.date, best.to
		if best.suffix != "" {
			x.r.IssuedSuffix = best.suffix
		}
	}
	if !had || string(best.date[:4]) == string(x.r.Issued[:4]) && !x.coverage(best.end) && !x.behindInitials(at) {
		x.takeDate(at, best.end)
	}
	// the year once more, as in "24 марта 2005 г. Назрань: Сердало, 2005"
	year := x.r.Issued[:4]
	for k := i; k < limit; k++ {
		if !x.taken[k] && x.t[k].kind == number && x.word(k) == string(year) && x.startsPart(k, i) && !(k > i && x.t[k-1].is(':')) && !x.behindInitials(k) && x.endsPart(k+1, limit) && !x.coverage(k+1) {
			x.takeDate(k, k+1)
		}
	}
}

// behindInitials: an era of initials stands before the year at k: "M.S. 2011".
func (x *reader) behindInitials(k int) bool {
	return k > 3 && x.t[k-1].is('.') && x.initialAt(k-2) && x.t[k-3].is('.') && !x.t[k-2].gap
}

// alone: brackets hold these tokens and nothing else.
func (x *reader) alone(i, j int) bool {
	return i > 0 && j < len(x.t) && (x.t[i-1].is('(') || x.t[i-1].is('[')) && int(x.pair[i-1]) == j
}

// coverage: a number of a volume follows, so that the years before it belong to
// the name of the series: "Foreign Relations …, 1955-1957, Vol. XXIII".
func (x *reader) coverage(end int) bool {
	k := x.skip(end, ",.", false)
	return k < len(x.t) && k > end && labels[x.t[k].low] == volume && x.hasCapitalNumber(k+1)
}

// hasCapitalNumber: the number of the volume is Roman, as in series of documents.
func (x *reader) hasCapitalNumber(i int) bool {
	i = x.skip(i, ".", false)
	return i < len(x.t) && x.t[i].kind == word && romanNumeral(x.t[i].low)
}

// takeDate takes a date with the brackets around it.
func (x *reader) takeDate(from, to int) {
	if from > 0 && to < len(x.t) && (x.t[from-1].is('(') || x.t[from-1].is('[')) && int(x.pair[from-1]) == to {
		from, to = from-1, to+1
	}
	x.take(from, to)
}

// startsPart: what begins at k begins a part of the reference.
func (x *reader) startsPart(k, from int) bool {
	if k == from || x.taken[k-1] {
		return true
	}
	before := &x.t[k-1]
	switch {
	case before.kind == mark && containsRune(",;.(:–—?", before.r):
		return !(before.is('.') && !x.t[k].gap && k > 1 && x.t[k-2].kind == number && !x.taken[k-2]) && !((before.is('–') || before.is('—')) && !x.t[k].gap)
	case before.is('[') || before.is(']') || before.is(')') || before.is('”') || before.is('»') || before.is('-') && before.gap && x.t[k].gap:
		return true
	case before.kind == word && (before.low == "publ" || before.low == "press" || before.low == "copyright" || before.low == "c" || before.low == "online" || before.low == "изд"):
		return true
	}
	return false
}

// endsPart: a part of the reference can end before k.
func (x *reader) endsPart(k, limit int) bool {
	if k >= limit || k >= len(x.t) || x.taken[k] || k > 0 && x.t[k-1].is('.') {
		return true
	}
	t := &x.t[k]
	return t.is('(') && t.gap || t.kind == mark && containsRune(",;.):]–—/", t.r) && !(t.is('.') && k+1 < len(x.t) && !x.t[k+1].gap && x.t[k+1].kind == number) && !(t.isDash() && !t.gap) || t.is('-') && t.gap
}

// readImprint takes place and publisher between tokens: "М.: НЛО", "Moscow, NLO",
// "London. Routledge", "Kazan'". The year is taken already. after says that only
// what stands behind other parts counts, so that a title with a colon is none.
func (x *reader) readImprint(i, limit int, titleFirst bool) bool {
	if x.r.Place != "" {
		return false
	}
	if x.colonImprint(i, limit, titleFirst) {
		return true
	}
	return x.commaImprint(i, limit, titleFirst)
}

// colonImprint reads "Place: Publisher", the last one; "Place: A; Place: B" is
// kept as its first.
func (x *reader) colonImprint(i, limit int, titleFirst bool) bool {
	var found *place
	for k := limit - 1; k > i; k-- {
		if !x.t[k].is(':') || x.taken[k] || k+1 >= limit || x.taken[k+1] || x.depth(k, i) > 0 {
			continue
		}
		if x.t[k+1].kind == number {
			continue
		}
		start, known, ok := x.placeBack(k, i)
		if !ok || start == i && titleFirst && !known {
			continue
		}
		if start > i && !x.boundary(start, i) {
			if !known {
				continue
			}
		}
		end := x.publisherEnd(k+1, limit)
		if !x.hasWord(k+1, end) || !known && (!x.imprintEnd(end, limit) || x.beforeNumbers(end, limit) && !x.shortImprint(start, k, end, i) || periodicals[x.t[k+1].low]) {
			continue
		}
		if !known && start == i && titleFirst {
			continue
		}
		p := place{from: start, to: k, pubFrom: k + 1, pubTo: end, end: end, known: known}
		if found == nil || known && !found.known || found.known == known && x.sameImprint(p.end, found.from) {
			found = &p
		}
		if known && found.from != p.from {
			break
		}
	}
	if found == nil {
		return false
	}
	sure := 0.85
	if found.known {
		sure = 0.97
	}
	x.marked = x.marked || x.areaAt(found.from, i)
	x.set("place", &x.r.Place, x.placeText(found.from, found.to), sure)
	x.set("publisher", &x.r.Publisher, x.clean(found.pubFrom, found.pubTo), sure)
	x.take(found.from, found.end)
	x.bareYear(found.end, limit)
	return true
}

// shortImprint: what stands before the pages of a chapter whose year is known has the form
// of an imprint: "Lancaster: MTP, pp. 83–95".
func (x *reader) shortImprint(start, colon, end, from int) bool {
	if x.hostless || !x.dateFirst || len(x.r.Editors) == 0 || start <= from || !x.t[start-1].is('.') || colon-start > 3 || end-colon > 6 {
		return false
	}
	for k := colon + 1; k < end; k++ {
		if x.t[k].lower() && !linking[x.t[k].low] || x.t[k].kind == number {
			return false
		}
	}
	return true
}

// beforeNumbers: a volume or pages follow rather than a year.
func (x *reader) beforeNumbers(k, limit int) bool {
	for k < limit && !x.taken[k] {
		k++
	}
	return k < limit && !x.yearAt(k) && !x.t[k].is('(') && x.monthAt(k) == 0
}

// sameImprint: only a semicolon stands between two imprints.
func (x *reader) sameImprint(i, j int) bool {
	for ; i < j; i++ {
		if !x.taken[i] && !x.t[i].is(';') && !x.t[i].is(',') {
			return false
		}
	}
	return true
}

// depth counts the brackets around k, from the token at from on.
func (x *reader) depth(k, from int) int {
	n := 0
	for i := from; i < k; i++ {
		if p := int(x.pair[i]); p > k && (x.t[i].is('(') || x.t[i].is('[') || isOpenQuote(x.t[i].r)) {
			n++
		}
	}
	return n
}

// boundary: a new part begins at k.
func (x *reader) boundary(k, from int) bool {
	if k <= from || x.taken[k-1] {
		return true
	}
	b := &x.t[k-1]
	return b.kind == mark && (containsRune(".;–—]?!/,()”»\"…", b.r) || b.is('-') && b.gap && x.t[k].gap)
}

// publisherEnd is where a publisher that begins at i ends: before the year, a
// number, the next part.
func (x *reader) publisherEnd(i, limit int) int {
	for k := i; k < limit; k++ {
		t := &x.t[k]
		if x.taken[k] {
			return k
		}
		if p := int(x.pair[k]); p > k && p < limit && !(t.is('(') && x.yearAt(k+1)) {
			k = p
			continue
		}
		switch {
		case t.is(';'), t.is('['), t.is('('):
			return k
		case k > i && x.yearAt(k) && x.endsPart(k+1, limit):
			return k // "Suhrkamp 1995."
		case t.is('.') && k+1 < limit && publishers[x.t[k+1].low] && x.t[k+1].upper() && k > i && x.t[k-1].kind == word && shortened[x.t[k-1].low]:
			// "Oxford Univ. Press"
		case t.is(',') && (k+1 >= limit || x.taken[k+1] || x.t[k+1].kind == number):
			return k
		case (t.is('–') || t.is('—') || t.is('-')) && t.gap && k > i && (x.t[k-1].is('.') || x.t[k-1].is(',')):
			return k
		case t.is('.') && x.stops(k, limit) && !(k > i && x.initialAt(k-1)) && !(x.t[k-1].low == "изд" && k+1 < limit && x.t[k+1].upper()) && !(k == i+1 && (x.t[i].low == "publ" || x.t[i].low == "изд" || x.t[i].low == "izd")):
			return k
		}
	}
	return limit
}

// initialAt: the word at i is a capital alone, as in "Изд-во А. Маркса".
func (x *reader) initialAt(i int) bool {
	return x.t[i].upper() && utf8.RuneCountInString(x.t[i].low) <= 2
}

// imprintEnd: an imprint without a known place must end before a year or at the
// end.
func (x *reader) imprintEnd(k, limit int) bool {
	for k < limit && x.t[k].kind == mark && !x.taken[k] {
		k++
	}
	return k >= limit || x.taken[k]
}

// commaImprint reads "Moscow, NLO", "Moscow. Atomizdat Publ.", "Kazan'" and
// "Brill, Leiden", where the place is known.
func (x *reader) commaImprint(i, limit int, titleFirst bool) bool {
	for k := limit - 1; k >= i; k-- {
		if x.taken[k] || !x.t[k].upper() || k > i && !x.boundary(k, i) || x.depth(k, i) > 0 {
			continue
		}
		end := x.placeForward(k, limit)
		if end == k || k == i && titleFirst && !(end < limit && x.taken[end]) {
			continue
		}
		if k > i && x.t[k-1].is(',') && k-2 >= i && !x.taken[k-2] && !x.placeBehindComma(k, end, limit) {
			continue
		}
		// Publisher, Place
		if k > i+1 && x.t[k-1].is(',') && !x.taken[k-2] && x.imprintEnd(end, limit) {
			if from := x.publisherBehindComma(x.publisherBack(k-1, i), k-1); from < k-1 && (from > i || !titleFirst) {
				x.set("place", &x.r.Place, x.placeText(k, end), 0.93)
				if x.toTheDay() && x.hostless && !titleFirst && !x.publisherLike(from, k-1) {
					x.set("container", &x.r.Container, x.clean(from, k-1), 0.85) // "Krasnoe znamya, Tomsk, 1974, 30 oktyabrya"
					x.take(from, end)
				} else if x.publisherLike(from, k-1) || !titleFirst || x.dateFirst && from > i {
					x.set("publisher", &x.r.Publisher, x.clean(from, k-1), 0.85)
					x.take(from, end)
				} else {
					x.take(k, end)
				}
				return true
			}
		}
		next := end
		for next < limit && !x.taken[next] && (x.t[next].is(',') || x.t[next].is('.') || x.t[next].is('?') || x.t[next].is(':') || x.t[next].is('–') || x.t[next].is('—')) {
			next++
		}
		if k-1 > i && x.t[k-1].is(';') { // "A, Press; B, Press": the first one
			if first := x.chained(k-1, i); first >= i && first < k {
				whole := x.publisherEnd(min(next, limit), limit)
				x.take(k-1, max(whole, end))
				return x.commaImprint(i, k-1, titleFirst)
			}
		}
		x.marked = x.marked || x.areaAt(k, i)
		x.set("place", &x.r.Place, x.placeText(k, end), 0.95)
		pubEnd := end
		if next < limit && !x.taken[next] && next > end {
			pubEnd = x.publisherEnd(next, limit)
			if x.t[next].is('(') || x.t[next].is('[') {
				pubEnd = end
			} else if s := x.clean(next, pubEnd); s != "" && x.hasWord(next, pubEnd) {
				x.set("publisher", &x.r.Publisher, s, 0.9)
			}
		}
		x.take(k, max(end, pubEnd))
		return true
	}
	return false
}

// chained is where another place begins whose publisher ends before k, or -1.
func (x *reader) chained(k, i int) int {
	for j := k - 1; j >= i; j-- {
		if x.taken[j] {
			return -1
		}
		if x.t[j].upper() && (j == i || x.boundary(j, i)) {
			if end := x.placeForward(j, k); end > j && (end == k || x.t[end].is(',') || x.t[end].is(':')) {
				return j
			}
		}
	}
	return -1
}

// publisherBack is where the part that ends before k begins.
func (x *reader) publisherBack(k, from int) int {
	j := k
	for j > from && !x.taken[j-1] {
		t := &x.t[j-1]
		if t.is('.') && x.stops(j-1, k) || t.is(']') || t.is(')') || t.is('?') || t.is('!') || t.is(';') {
			return j
		}
		j--
	}
	return j
}

// publisherBehindComma narrows what stands before a place to its last part, where
// that begins as a publisher does: "Труды конференции, Издательство ДВГУПС".
func (x *reader) publisherBehindComma(from, k int) int {
	for j := k - 1; j > from; j-- {
		if x.t[j].is(',') && j+1 < k && publishers[x.t[j+1].low] && x.depth(j, from) == 0 {
			return j + 1
		}
	}
	return from
}

// publisherLike: one of the words of publishers is between.
func (x *reader) publisherLike(i, j int) bool {
	for ; i < j; i++ {
		if x.t[i].kind == word && (publishers[x.t[i].low] || x.word(i) == "UP") {
			return true
		}
	}
	return false
}
