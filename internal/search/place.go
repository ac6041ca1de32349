package search

import (
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The index has a frequency with each term of a document, and room for records of
// places beside it. A record costs seven bytes, and most words stand in a text once
// or twice. So the places are written into the frequency where they fit, which makes
// the index of texts smaller by a third:
//
//	bits 0–2  how many places there are, 1 to 7; 0 when they do not fit
//	bits 3–5  the bits of each place, as an index of placeBits
//	from 6    the first place and the distances to the next ones
//
// Where they do not fit, bits from 3 are how often the word stands there, at most
// mostTimes, and the places are in one record: the first as its position, the
// distances to the next ones as its array positions.
var placeBits = [8]uint{6, 8, 10, 12, 14, 18, 27, 55}

const (
	// mostTimes is up to which number a word counts as standing often in a text.
	mostTimes = 31
	// mostPlaces is how many places of a word in a field are kept.
	mostPlaces = 128
	// mostPacked is how many places a frequency holds.
	mostPacked = 7
)

// pack writes places, which grow, into a frequency; false if they do not fit.
func pack(places []int) (code int, ok bool) {
	n := len(places)
	if n > mostPacked {
		return 0, false
	}
	widest := 0
	before := 0
	for _, p := range places {
		widest = max(widest, p-before)
		before = p
	}
	for w, bits := range placeBits {
		if widest>>bits != 0 {
			continue
		}
		if uint(n)*bits > 55 {
			return 0, false
		}
		code = n | w<<3
		before = 0
		for i, p := range places {
			code |= (p - before) << (6 + uint(i)*bits)
			before = p
		}
		return code, true
	}
	return 0, false
}

// unpack appends the places that a frequency holds.
func unpack(code uint64, places []int) []int {
	bits := placeBits[code>>3&7]
	at := 0
	rest := code >> 6
	for range code & 7 {
		at += int(rest & (1<<bits - 1))
		rest >>= bits
		places = append(places, at)
	}
	return places
}

// timesOf is how often a word stands in a field, by its frequency.
func timesOf(code uint64) uint64 {
	if n := code & 7; n > 0 {
		return n
	}
	return code >> 3
}

// placesIn appends the places of a posting.
func placesIn(p segment.Posting, places []int) []int {
	if code := p.Frequency(); code&7 != 0 {
		return unpack(code, places)
	}
	for _, l := range p.Locations() {
		at := int(l.Pos())
		places = append(places, at)
		for _, d := range l.ArrayPositions() {
			at += int(d)
			places = append(places, at)
		}
	}
	return places
}

// once is the frequency of a value, which has no place.
const once = 1

// isRecord tells whether the places of a frequency are in a record.
func isRecord(code uint64) bool { return code&7 == 0 }

// packOne packs one place.
func packOne(place int) uint64 {
	if place>>placeBits[0] == 0 {
		return uint64(1 | place<<6)
	}
	code, _ := pack([]int{place})
	return uint64(code)
}

// addRecord adds a place to a record and its frequency.
func addRecord(places []int, code uint64, place int) ([]int, uint64) {
	if place > places[len(places)-1] && len(places) < mostPlaces {
		places = append(places, place)
	}
	if code < mostTimes<<3 {
		code += 1 << 3
	}
	return places, code
}
