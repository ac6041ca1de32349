package refparse

import "offprint/internal/journal"

// mostImprint bounds an imprint in brackets, in tokens.
const mostImprint = 24

// readBracketed takes an imprint in brackets, as notes and physicists print it: "(New
// York: Vintage, 1995), 15", "(Plenum, New York, 1991)", "(Cambridge University Press,
// 2004)", with the page behind it.
func (x *reader) readBracketed(i, limit int) {
	if x.r.Place != "" || x.r.Publisher != "" {
		return
	}
	for k := i + 1; k < limit; k++ {
		close := int(x.pair[k])
		if x.t[k].is('(') && close > 0 && close+1 < limit && x.t[close+1].is(':') && x.yearAt(close-1) {
			return // "37 (February 1931): 269", and another work behind it
		}
		if !x.t[k].is('(') || close < 0 || close >= limit || close-k > mostImprint || close-k < 4 || !x.free(k, close+1) {
			continue
		}
		if !x.yearAt(close-1) || !x.t[close-2].is(',') || x.digitsIn(k+1, close-2) || !x.imprintIn(k+1, close-2) {
			k = close
			continue
		}
		x.setIssued(when{date: dateYear(x.t[close-1].n), end: close}, 0.97)
		x.take(k, close+1)
		x.bracketed = true
		p := x.skip(close+1, ",", false)
		if p == close+2 && p < limit && x.t[p].kind == number && !x.taken[p] && x.r.Pages == (journal.Pages{}) && (x.isRange(p) || x.t[p].digits() <= 4 && x.endsPart(x.pageEnd(p), limit)) {
			x.take(p, x.takePages(p))
		}
		return
	}
}

// imprintIn reads place and publisher from the inside of brackets, in either order.
func (x *reader) imprintIn(i, j int) bool {
	comma := -1
	for k := i; k < j; k++ {
		if x.t[k].is(':') {
			if start, _, ok := x.placeBack(k, i); !ok || start != i || !x.hasWord(k+1, j) {
				return false
			}
			x.set("place", &x.r.Place, x.placeText(i, k), 0.95)
			x.set("publisher", &x.r.Publisher, x.clean(k+1, j), 0.95)
			return true
		}
		if x.t[k].is(',') {
			comma = k
		}
	}
	switch {
	case comma > i && x.knownPlace(comma+1, j):
		x.set("place", &x.r.Place, x.placeText(comma+1, j), 0.93)
		x.set("publisher", &x.r.Publisher, x.clean(i, comma), 0.9)
	case comma < 0 && x.publisherLike(i, j):
		x.set("publisher", &x.r.Publisher, x.clean(i, j), 0.93)
	case comma < 0 && x.knownPlace(i, j):
		x.set("place", &x.r.Place, x.placeText(i, j), 0.93)
	default:
		return false
	}
	return true
}
