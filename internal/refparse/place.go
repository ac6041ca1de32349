package refparse

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/script"
)

// place is a place with its publisher at some tokens.
type place struct {
	from, to       int // of the place
	pubFrom, pubTo int
	end            int
	known          bool
}

// placeBack reads a place that ends before k, back to where its part begins:
// "Saint Petersburg", "М.", "Магас–СПб.", "London/New York", "Cambridge, MA".
func (x *reader) placeBack(k, from int) (start int, known, ok bool) {
	if i := x.stoppedPlace(k, from); i < k {
		return i, true, true
	}
	j, words := k, 0
	for j > from && words < 6 {
		t := &x.t[j-1]
		if x.taken[j-1] {
			break
		}
		switch {
		case t.kind == word:
			if isHan(t.r) {
				return k, false, false
			}
			if t.lower() && !placeParticle[t.low] {
				return x.placeFrom(j, k, words)
			}
			words++
		case t.is('.'):
			// "М." and "СПб.", "Conn.": the stop of an abbreviation; else the part begins behind it
			if j-1 > from && x.t[j-2].kind == word && !t.gap && j == k && (placeShort[x.t[j-2].low] || utf8.RuneCountInString(x.t[j-2].low) <= 4) {
				break
			}
			if j-1 > from && x.t[j-2].kind == word && placeShort[x.t[j-2].low] && words > 0 && j < k && (x.t[j].isDash() || x.t[j].is(',') || x.t[j].is(';')) {
				break
			}
			if j-1 > from && (x.t[j-2].low == "st" || x.t[j-2].low == "ст") {
				break
			}
			return x.placeFrom(j, k, words)
		case t.isDash() && !t.gap, t.is('/') && !t.gap:
		case t.isDash() && j < k && !x.t[j].gap:
		case t.is(';') && words > 0 && j-2 >= from && x.severalPlaces(j-1, from):
		case t.is(',') && words > 0 && words <= 2 && x.region(j, k):
		case t.is('&') && words > 0:
		default:
			return x.placeFrom(j, k, words)
		}
		j--
	}
	return x.placeFrom(j, k, words)
}

// severalPlaces: a known place ends before the semicolon at k: "М.; СПб.: Наука".
func (x *reader) severalPlaces(k, from int) bool {
	i := k - 1
	if x.t[i].is('.') && i > from {
		i--
	}
	return x.t[i].kind == word && !x.taken[i] && (placeShort[x.t[i].low] || places[x.t[i].low])
}

// region: a state or a country stands between, as in "Cambridge, MA",
// "Brasília, DF", "Washington, D.C.".
func (x *reader) region(i, k int) bool {
	for ; i < k; i++ {
		if x.t[i].kind == word {
			return allUpper(x.word(i)) && len(x.t[i].low) <= 3 || regions[x.t[i].low] || regions[lowerOf(x.text(i, k))]
		}
	}
	return false
}

func (x *reader) placeFrom(j, k, words int) (int, bool, bool) {
	for j < k && x.t[j].kind == mark {
		j++
	}
	if words == 0 || words > 5 || j >= k || !x.t[j].upper() || noPlace[x.t[j].low] {
		return k, false, false
	}
	return j, x.knownPlace(j, k), true
}

// knownPlace: the first word or the whole is in the list of places.
func (x *reader) knownPlace(i, k int) bool {
	low := strings.TrimRight(strings.ToLower(x.text(i, k)), ". ")
	if places[low] || placeShort[low] {
		return true
	}
	// the first of several: "Moscow-Leningrad", "London/New York", "Cambridge, MA"
	end := i
	for end < k && x.t[end].kind == word {
		end++
	}
	for ; end > i; end-- {
		low := strings.ToLower(x.text(i, end))
		if (places[low] || placeShort[low]) && (end == k || x.t[end].kind == mark) {
			return true
		}
	}
	return false
}

// noPlace are words before a colon that begin the name of a series or a note.
var noPlace = wordSet("ser seriya серия сер series série url doi isbn in в publisher available кн сб")

var placeParticle = wordSet("de do da dos del la las los le les na on am an der upon sur di el y и на of in дону the in")

// placeText keeps the full stop of "М." and "СПб.".
func (x *reader) placeText(i, j int) string {
	for j > i && x.t[j-1].kind == mark && !x.t[j-1].is('.') && !x.t[j-1].is(')') {
		j--
	}
	if j > i+1 && x.t[j-1].is('.') {
		low := x.t[j-2].low
		if !placeShort[low] && (x.t[j-2].gap || j-2 == i) && !regions[low] && utf8.RuneCountInString(low) > 3 {
			j--
		}
	}
	return x.text(i, j)
}

// placeYear takes "Bonn 2018.", a place and a year without a publisher.
func (x *reader) placeYear(i, limit int) {
	if x.r.Issued != "" || x.r.Place != "" {
		return
	}
	for k := i + 1; k+1 < limit; k++ {
		if x.taken[k] || !x.t[k].upper() || !x.t[k-1].is('.') && !x.t[k-1].is(',') || x.taken[k-1] || x.depth(k, i) > 0 {
			continue
		}
		end := k
		for end < limit && end < k+5 && !x.taken[end] && !x.yearAt(end) {
			end++
		}
		if end < limit && end > k && x.yearAt(end) && x.endsPart(end+1, limit) && !x.taken[end] && x.wholePlace(k, end) {
			x.set("place", &x.r.Place, x.placeText(k, end), 0.93)
			x.take(k, end)
			x.bareYear(end, limit)
			from := k - 1
			for from > i && !x.taken[from-1] && !x.t[from-1].is(',') && !x.t[from-1].is('.') {
				from--
			}
			if from > i+1 && x.t[k-1].is(',') && x.publisherLike(from, k-1) { // "Thieme Verlag, Stuttgart 1974"
				x.set("publisher", &x.r.Publisher, x.clean(from, k-1), 0.9)
				x.take(from, k-1)
			}
			return
		}
	}
}

// wholePlace: all that stands between is one known place.
func (x *reader) wholePlace(i, j int) bool {
	low := strings.TrimRight(lowerOf(x.text(i, j)), ". ")
	return places[low] || stoppedPlaces[strings.ReplaceAll(low, " ", "")]
}

// stoppedPlaces are places of several words with full stops between, without their blanks.
var stoppedPlaces = wordSet("n.y frankfurta.m frankfurta.main freiburgi.br freiburgi.b st.petersburg s.-petersburg washington,d.c washingtond.c méxicod.f méxico,d.f s.paulo l.a halle/s halle(saale) р.н/д ростовн/д н.новгород n.novgorod в.новгород")

// stoppedPlace is where a place with full stops inside begins that ends before k: "N. Y.",
// "Frankfurt a. M."; k where there is none.
func (x *reader) stoppedPlace(k, from int) int {
	for i := max(from, k-7); i < k-1; i++ {
		if x.t[i].upper() && x.free(i, k) && (i == from || x.boundary(i, from)) && stoppedPlaces[strings.TrimRight(strings.ReplaceAll(lowerOf(x.text(i, k)), " ", ""), ".")] {
			return i
		}
	}
	return k
}

// placeBehindComma: a place behind a comma counts where the rest up to the end
// is a publisher or nothing.
func (x *reader) placeBehindComma(k, end, limit int) bool {
	return x.imprintEnd(end, limit) || end < limit && (x.t[end].is(',') || x.t[end].is(':'))
}

// placeForward reads a known place at k: its end, or k.
func (x *reader) placeForward(k, limit int) int {
	for end := min(k+5, limit); end > k; end-- {
		if x.t[end-1].kind != word || !x.free(k, end) {
			continue
		}
		low := strings.ToLower(x.text(k, end))
		if !places[low] && !placeShort[low] {
			if plain(low) || end > k+1 || !places[lowerOf(script.Unmix(x.word(k)))] { // a Cyrillic letter in "Мoscow"
				continue
			}
		}
		if placeShort[low] && utf8.RuneCountInString(low) <= 2 { // М. and Л. only with a stop and not as initials
			if end >= limit || !x.t[end].is('.') && !x.t[end].is(',') || end+1 < limit && !x.taken[end+1] && x.t[end].is('.') && !(x.t[end+1].is(',') || x.t[end+1].is(':') || x.t[end+1].is(';') || x.t[end+1].isDash()) {
				continue
			}
		}
		if end < limit && x.t[end].is('.') && !x.t[end].gap && placeShort[low] {
			end++
		}
		// more places, a region
		for end+1 < limit && !x.taken[end] && (x.t[end].isDash() || x.t[end].is('/')) && x.t[end+1].upper() {
			more := x.placeForward(end+1, limit)
			if more == end+1 && !x.t[end].gap && !x.t[end+1].gap {
				more = end + 2
			}
			if more == end+1 {
				break
			}
			end = more
		}
		if end+1 < limit && !x.taken[end] && x.t[end].is(',') && !x.taken[end+1] && x.t[end+1].kind == word && (end+2 >= limit || x.taken[end+2] || x.t[end+2].kind == mark) && (regions[x.t[end+1].low] || len(x.t[end+1].low) == 2 && allUpper(x.word(end+1))) {
			end += 2
		}
		if end < limit && !x.taken[end] && x.t[end].kind != mark {
			return k
		}
		return end
	}
	return k
}

// areaAt: an area of a description begins at k, ". – Москва".
func (x *reader) areaAt(k, from int) bool {
	return k > from+1 && x.t[k-1].isDash() && x.t[k-1].gap && x.t[k].gap && x.t[k-2].is('.')
}

// bareYear takes a year that no mark divides from what stands before it: "Fischer 1991".
func (x *reader) bareYear(k, limit int) {
	if k < limit && !x.taken[k] && x.yearAt(k) && x.endsPart(k+1, limit) {
		x.setIssued(when{date: dateYear(x.t[k].n), end: k + 1}, 0.95)
		x.take(k, k+1)
	}
}
