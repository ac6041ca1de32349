package refparse

import (
	"unicode/utf8"
)

// stops: the mark at k ends a sentence: what follows begins with a capital, a
// number or a quotation mark, and the word before is no abbreviation.
func (x *reader) stops(k, limit int) bool {
	t := &x.t[k]
	if !(t.is('.') || t.is('?') || t.is('!') || t.is('…') || t.is('。') || t.is('．')) {
		return false
	}
	if k+1 >= limit || x.taken[k+1] {
		return true
	}
	next := &x.t[k+1]
	switch {
	case t.is('。'):
		return true
	case next.kind == mark && (next.is('.') || next.is(',') || next.is(';') || next.is(':') || next.is(')') || next.is(']')):
		return false
	case isCloseQuote(next.r) && next.kind == mark && !next.gap:
		return false
	case !next.gap && !(next.isDash() || next.is('[') || next.is('/')):
		// "Title.Next": a stop without a space, not inside "E.g"
		return t.is('.') && next.upper() && k > 0 && x.t[k-1].kind == word && utf8.RuneCountInString(x.t[k-1].low) > 3 && utf8.RuneCountInString(next.low) > 2
	case next.lower():
		return false
	}
	if !t.is('.') || k == 0 {
		return true
	}
	before := &x.t[k-1]
	if before.kind != word || t.gap {
		return true
	}
	if next.isDash() && next.gap {
		return true
	}
	letters := utf8.RuneCountInString(before.low)
	switch {
	case shortened[before.low]:
		return endings[before.low] && !(next.kind == number)
	case letters == 1 && before.upper():
		return romanNumeral(before.low) && k > 1 && x.t[k-2].lower() && before.low != "m" && before.low != "d"
	case letters == 2 && before.upper() && !before.lower() && lastRune(x.word(k-1)) != 0 && letters <= 2 && digraphs[before.low]:
		return false
	}
	return true
}

func isCloseQuote(r rune) bool {
	switch r {
	case '»', '”', '’', '"', '\'', '」', '』', '》', '〉':
		return true
	}
	return false
}

// span is a part of the text, from one token up to another.
type span struct{ from, to int }

// segments divides what is not taken between tokens into sentences. Brackets
// and quotations are not divided.
func (x *reader) segments(i, limit int) []span {
	var out []span
	from := i
	flush := func(to int) {
		a, b := x.trimmed(from, to)
		if a < b && x.hasWord(a, b) {
			out = append(out, span{a, b})
		}
	}
	for k := i; k < limit; k++ {
		if x.taken[k] {
			flush(k)
			for k < limit && x.taken[k] {
				k++
			}
			from = k
			k--
			continue
		}
		if p := int(x.pair[k]); p > k && p < limit && x.free(k, p) {
			k = p
			if k+1 < limit && k > 0 && x.t[k-1].is('.') && isCloseQuote(x.t[k].r) && x.t[k+1].upper() && x.t[k+1].gap {
				flush(k + 1)
				from = k + 1
			}
			continue
		}
		if x.stops(k, limit) {
			flush(k + 1)
			from = k + 1
		}
	}
	flush(limit)
	return out
}

// slashes finds " // " between tokens: where it begins, or -1.
func (x *reader) slashes(i, limit int) int {
	for k := i; k+1 < limit; k++ {
		if x.t[k].is('/') && x.t[k+1].is('/') && !x.t[k+1].gap && !x.taken[k] && !x.taken[k+1] {
			return k
		}
	}
	return -1
}

// responsibility finds " / " between tokens, before what says who made the
// work: where it stands, or -1.
func (x *reader) responsibility(i, limit int) int {
	for k := i + 1; k+1 < limit; k++ {
		if !x.t[k].is('/') || x.taken[k] || x.t[k+1].is('/') || x.t[k-1].is('/') || x.depth(k, i) > 0 {
			continue
		}
		if !x.t[k].gap && !x.t[k+1].gap {
			continue
		}
		if x.t[k].gap && x.t[k+1].gap || x.responsible(k+1, limit) {
			return k
		}
	}
	return -1
}

// responsible: names or a role stand at i.
func (x *reader) responsible(i, limit int) bool {
	if i >= limit {
		return false
	}
	if x.t[i].kind == word {
		if _, ok := roles[x.t[i].low]; ok {
			return true
		}
		if x.t[i].low == "под" || x.t[i].low == "pod" {
			return true
		}
	}
	_, ok := x.peopleAt(i, limit, true)
	return ok
}
