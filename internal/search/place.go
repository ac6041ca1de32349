package search

import (
	index "github.com/blevesearch/bleve_index_api"
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

// placer collects the terms of a field.
type placer struct {
	terms index.TokenFrequencies
	freqs []index.TokenFreq // made many at once
}

// add notes that a term stands at a place. It tells whether it is the first one.
func (p *placer) add(term string, place int) (first bool) {
	tf, ok := p.terms[term]
	if !ok {
		if len(p.freqs) == 0 {
			p.freqs = make([]index.TokenFreq, 48)
		}
		tf = &p.freqs[0]
		p.freqs = p.freqs[1:]
		code, _ := pack([]int{place})
		tf.SetFrequency(code)
		p.terms[term] = tf
		return true
	}
	code := uint64(tf.Frequency())
	if code&7 == 0 {
		addRecord(tf, place)
		return false
	}
	var buf [mostPacked + 1]int
	places := unpack(code, buf[:0])
	if place <= places[len(places)-1] {
		return false // the whole of a hyphenated word, met again as a part
	}
	places = append(places, place)
	if packed, ok := pack(places); ok {
		tf.SetFrequency(packed)
		return false
	}
	tf.Locations = []*index.TokenLocation{{Position: places[0]}}
	tf.SetFrequency(1 << 3)
	for _, p := range places[1:] {
		addRecord(tf, p)
	}
	return false
}

// addRecord adds a place to the record of a term.
func addRecord(tf *index.TokenFreq, place int) {
	loc := tf.Locations[0]
	last := loc.Position
	for _, d := range loc.ArrayPositions {
		last += int(d)
	}
	if place > last && len(loc.ArrayPositions) < mostPlaces-1 {
		loc.ArrayPositions = append(loc.ArrayPositions, uint64(place-last))
	}
	if n := tf.Frequency(); n < mostTimes<<3 {
		tf.SetFrequency(n + 1<<3)
	}
}
