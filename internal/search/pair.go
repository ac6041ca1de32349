package search

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Two words that stand side by side are kept as a pair: by a number of 14 bits, so
// that other pairs have the same. For a phrase of words that half of all documents
// have, the documents of its pairs are a small part of those that have the words, and
// only in these the places of the words have to be read.

const (
	pairBits = 14
	// mostPairs is how many pairs of forms are looked up for two words of a phrase.
	mostPairs = 16
)

// paired tells whether the words of a field are kept in pairs: in titles and names
// they need not be, since there are few.
func paired(field string) bool {
	return field == inAbstract || field == inFullText || field == inReference
}

// pairable tells whether a term is one of the words that are kept in pairs: those of
// scripts that have spaces.
func pairable(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return r < 0x2E80 // the first of the scripts of East Asia
}

// termHash is a number for a term (FNV-1a).
func termHash(term string) uint32 {
	h := uint32(2166136261)
	for i := range len(term) {
		h = (h ^ uint32(term[i])) * 16777619
	}
	return h
}

// pairNumber is the number of a pair in a field.
func pairNumber(field string, a, b uint32) uint32 {
	h := (a ^ uint32(field[0])) * 0x9E3779B1
	h = (h>>15 ^ h ^ b) * 0x85EBCA77
	return (h ^ h>>13) * 0xC2B2AE3D >> (32 - pairBits)
}

func pairTerm(n uint32) string { return string([]byte{byte(n >> 8), byte(n)}) }

// pairTable are the pairs of a chunk.
type pairTable struct {
	*inverted
	terms [1 << pairBits]uint32 // numbers of their terms, counted from 1
	row   []placed
}

// placed is a word of a text at its place.
type placed struct {
	place int
	hash  uint32
}

func newPairTable() *pairTable { return &pairTable{inverted: newInverted(index.IndexField, 0)} }

// add takes a word of a text.
func (t *pairTable) add(place int, term string) {
	if pairable(term) {
		t.row = append(t.row, placed{place, termHash(term)})
	}
}

// end takes the pairs of a text whose words were added.
func (t *pairTable) end(field string, doc uint32) {
	byPlace := func(a, b placed) int { return cmp.Compare(a.place, b.place) }
	if !slices.IsSortedFunc(t.row, byPlace) { // the parts of a word with a hyphen come after the whole
		slices.SortStableFunc(t.row, byPlace)
	}
	next := 0
	for _, a := range t.row {
		for next < len(t.row) && t.row[next].place <= a.place {
			next++
		}
		for k := next; k < len(t.row) && t.row[k].place == a.place+1; k++ {
			t.note(pairNumber(field, a.hash, t.row[k].hash), doc)
		}
	}
	t.row = t.row[:0]
}

func (t *pairTable) note(pair, doc uint32) {
	n := t.terms[pair]
	if n == 0 {
		n = t.number(pairTerm(pair)) + 1
		t.terms[pair] = n
	}
	if at := t.last[n-1]; at > 0 && t.postings[at-1].doc == doc {
		return
	}
	t.postings = append(t.postings, rawPosting{n - 1, doc, once})
	t.last[n-1] = uint32(len(t.postings))
}

// sieve leaves of documents that have the words of a phrase those that may have them
// side by side.
func (p *part) sieve(field string, slots []slot, all *roaring.Bitmap) (*roaring.Bitmap, error) {
	if !paired(field) || all.GetCardinality() < atOnce/4 {
		return all, nil
	}
	for i := 1; i < len(slots); i++ {
		if slots[i].at != slots[i-1].at+1 || len(slots[i-1].forms)*len(slots[i].forms) > mostPairs {
			continue
		}
		some, sure, err := p.pairs(field, slots[i-1].forms, slots[i].forms)
		if err != nil {
			return nil, err
		}
		if sure {
			all = roaring.And(all, some)
		}
	}
	return all, nil
}

// pairs are the documents that may have one of some forms before one of others; sure
// is false where forms are not kept in pairs.
func (p *part) pairs(field string, before, after []form) (some *roaring.Bitmap, sure bool, err error) {
	some = roaring.New()
	for _, a := range before {
		for _, b := range after {
			if len(a.terms)+len(b.terms) > 0 { // several terms: phrase does not look for them, either
				continue
			}
			if !pairable(a.surface) || !pairable(b.surface) {
				return nil, false, nil
			}
			docs, err := p.docs(inPairs, pairTerm(pairNumber(field, termHash(a.surface), termHash(b.surface))))
			if err != nil {
				return nil, false, err
			}
			if docs != nil {
				some.Or(docs)
			}
		}
	}
	return some, true, nil
}
