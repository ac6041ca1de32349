package refparse

import (
	"unicode/utf8"
)

// shape is the outline of a token.
func (x *reader) shape(i int) uint32 {
	if i < 0 {
		return 1
	}
	if i >= len(x.t) {
		return 2
	}
	t := &x.t[i]
	switch t.kind {
	case number:
		if x.yearAt(i) {
			return 3
		}
		return 4 + uint32(min(t.digits(), 6))
	case word:
		letters := utf8.RuneCountInString(t.low)
		switch {
		case isHan(t.r):
			return 12
		case t.lower():
			return 13 + uint32(min(letters, 4))
		case letters == 1:
			return 20
		case allUpper(x.word(i)):
			return 21 + uint32(min(letters, 4))
		default:
			return 26 + uint32(min(letters, 4))
		}
	}
	return 40 + uint32(t.r)
}

// lexicon is in which lists a word is.
func (x *reader) lexicon(i int) uint32 {
	if i < 0 || i >= len(x.t) || x.t[i].kind != word {
		return 0
	}
	low := x.t[i].low
	var bits uint32
	for b, in := range [...]bool{
		places[low] || placeShort[low], periodicals[low], publishers[low], organisations[low], shortened[low],
		x.monthAt(i) > 0, isRole(low), nobility[low], and[low], labels[low] != noField, theses[low], regions[low],
	} {
		if in {
			bits |= 1 << b
		}
	}
	return bits
}

const prime = 16777619

// wordHash is the hash of a text (FNV-1a).
func wordHash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * prime
	}
	return h
}

// mix makes a bucket of the number of a template and its values.
func mix(template uint32, values ...uint32) uint16 {
	h := template*0x9e3779b1 + 0x85ebca6b
	for _, v := range values {
		h = (h ^ v) * 0x85ebca6b
		h ^= h >> 13
		h *= 0xc2b2ae35
		h ^= h >> 16
	}
	return uint16(h >> (32 - bucketBits))
}

// features are what the tagger sees of each token. rules are the tags that the
// rules gave.
func (x *reader) features(rules []tag) [][]uint16 {
	n := len(x.t)
	words, shapes, lexes := make([]uint32, n+4), make([]uint32, n+4), make([]uint32, n+4)
	for i := range n {
		if x.t[i].kind == word {
			words[i+2] = wordHash(x.t[i].low)
		} else {
			words[i+2] = x.shape(i)
		}
		shapes[i+2], lexes[i+2] = x.shape(i), x.lexicon(i)
	}
	shapes[0], shapes[1], shapes[n+2], shapes[n+3] = 1, 1, 2, 2
	words[0], words[1], words[n+2], words[n+3] = 1, 1, 2, 2
	out := make([][]uint16, n)
	const per = 32
	buf := make([]uint16, 0, n*per)
	stops, quoteEnd, bracketEnd, years := uint32(0), 0, 0, uint32(0)
	before := tagOther
	for i := range n {
		t := &x.t[i]
		w, s, l := words[i:], shapes[i:], lexes[i:] // the token itself is at 2
		if p := int(x.pair[i]); p > i {
			if isOpenQuote(t.r) {
				quoteEnd = max(quoteEnd, p)
			} else {
				bracketEnd = max(bracketEnd, p)
			}
		}
		state := min(stops, 6)
		if i < quoteEnd {
			state |= 8
		}
		if i < bracketEnd {
			state |= 16
		}
		gap := uint32(0)
		if t.gap {
			gap = 1
		}
		rule, next := tagOther, tagOther
		if rules != nil {
			rule = rules[i]
			if i+1 < n {
				next = rules[i+1]
			}
		}
		start := len(buf)
		buf = append(buf,
			mix(1, w[2]), mix(2, w[1]), mix(3, w[3]), mix(4, w[0]), mix(5, w[4]),
			mix(6, s[2]), mix(7, s[1], s[2]), mix(8, s[2], s[3]), mix(9, s[1], s[2], s[3]), mix(10, s[0], s[1], s[2]), mix(11, s[2], s[3], s[4]),
			mix(12, l[2]), mix(13, l[1], l[2]), mix(14, l[2], l[3]),
			mix(15, state, s[2]), mix(16, uint32(i*12/n), s[2]), mix(17, min(years, 2), min(stops, 6), s[2]),
			mix(18, uint32(rule)), mix(19, uint32(before), uint32(rule)), mix(20, uint32(rule), uint32(next)), mix(21, uint32(rule), s[2]),
			mix(22, gap, s[2], s[3]), mix(23, w[1], w[2]), mix(24, w[2], w[3]), mix(25, uint32(rule), state, min(years, 2)),
		)
		if t.kind == word {
			buf = append(buf, mix(26, wordHash(suffix(t.low, 3))), mix(27, wordHash(suffix(t.low, 2)), s[2]))
		}
		if i < 4 {
			buf = append(buf, mix(28, uint32(i), s[2]))
		}
		if n-i < 5 {
			buf = append(buf, mix(29, uint32(n-i), s[2]))
		}
		out[i] = buf[start:len(buf):len(buf)]
		before = rule
		if x.yearAt(i) {
			years++
		}
		if i >= quoteEnd && i >= bracketEnd && x.stops(i, n) {
			stops++
		}
	}
	return out
}

// suffix is the end of a word, of so many characters.
func suffix(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}
