package search

import (
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"
)

// mostPieces is how many pairs of a long word without spaces are looked for.
const mostPieces = 16

// piecesOf makes a form of the pairs of characters of a word without spaces, most of
// which have to stand in a field: nothing parts the words that such a text consists
// of, and an article may have them apart, or in another order, or one more between
// them. Pairs with hiragana, which are endings and particles, and pairs of kana alone
// say little.
func piecesOf(words []token) (f form, ok bool) {
	seen := map[string]bool{}
	for _, w := range words {
		han := false
		kana := false
		for _, r := range w.term {
			han = han || unicode.Is(unicode.Han, r)
			kana = kana || unicode.Is(unicode.Hiragana, r)
		}
		if han && !kana && !seen[w.term] {
			seen[w.term] = true
			f.terms = append(f.terms, w.term)
		}
	}
	n := len(f.terms)
	if n < 2 || n == 2 && len(words) == 2 {
		return form{}, false
	}
	if n > mostPieces {
		some := make([]string, mostPieces)
		for i := range some {
			some[i] = f.terms[i*n/mostPieces]
		}
		f.terms, n = some, mostPieces
	}
	f.tier, f.need, f.surface = Pieces, (2*n+2)/3, strings.Join(f.terms, " ")
	return f, true
}

// pieces finds the documents that have as many of the terms of a form in a field as
// it needs; nil if there are none.
func (p *part) pieces(field string, f form, b *budget) (*roaring.Bitmap, error) {
	// levels[n] are the documents that have more than n of the terms so far.
	levels := make([]*roaring.Bitmap, f.need)
	for i := range levels {
		levels[i] = roaring.New()
	}
	for i, term := range f.terms {
		if b.over() {
			break
		}
		docs, err := p.docs(field, term)
		if err != nil {
			return nil, err
		}
		if docs == nil {
			if len(f.terms)-i-1 < f.need && levels[0].IsEmpty() {
				return nil, nil
			}
			continue
		}
		for n := min(i, f.need-1); n > 0; n-- {
			levels[n].Or(roaring.And(levels[n-1], docs))
		}
		levels[0].Or(docs)
	}
	if out := levels[f.need-1]; !out.IsEmpty() {
		return out, nil
	}
	return nil, nil
}
