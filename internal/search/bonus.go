package search

import "github.com/RoaringBitmap/roaring/v2"

// inTitleOf are the terms of a clause of one word in titles, most exact first.
func (r *ranking) inTitleOf(i int) (forms []form, docs *roaring.Bitmap) {
	c := r.clauses[i]
	if len(c.slots) != 1 || c.prefix != "" {
		return nil, nil
	}
	docs = roaring.New()
	for _, p := range r.m.found[i].postings {
		if p.field == inTitle {
			docs.Or(p.docs)
		}
	}
	if docs.IsEmpty() {
		return nil, nil
	}
	return c.slots[0].forms, docs
}

// pair is two neighbouring words of the query.
type pair struct {
	slots []slot
	docs  *roaring.Bitmap
	bonus float32
}

// findPairs finds the neighbouring words that stand in the same titles.
func (r *ranking) findPairs(counting []int) {
	for k := 1; k < len(counting); k++ {
		a, b := counting[k-1], counting[k]
		if b != a+1 {
			continue
		}
		first, in := r.inTitleOf(a)
		second, too := r.inTitleOf(b)
		if in == nil || too == nil {
			continue
		}
		docs := roaring.And(in, too)
		docs.And(r.m.kept)
		if docs.IsEmpty() {
			continue
		}
		r.pairs = append(r.pairs, pair{
			slots: []slot{{forms: first}, {at: 1, forms: second}},
			docs:  docs,
			bonus: beside * min(r.idf[a], r.idf[b]) * fieldWeight(inTitle),
		})
	}
}

// mostBonus is the most that a document can have as bonuses.
func (r *ranking) mostBonus(counting []int) float32 {
	r.findPairs(counting)
	most := float32(0)
	for _, p := range r.pairs {
		most += p.bonus
	}
	return most
}

// addBonus adds the bonuses of documents whose titles have words of the query
// beside each other.
func (r *ranking) addBonus(docs *roaring.Bitmap, list []uint32, scores []float32) error {
	for _, p := range r.pairs {
		some := roaring.And(p.docs, docs)
		if some.IsEmpty() {
			continue
		}
		together, err := r.m.part.phraseIn(inTitle, p.slots, some, r.b)
		if err != nil {
			return err
		}
		if together == nil {
			continue
		}
		at := 0
		it := together.Iterator()
		for it.HasNext() {
			at = seek(list, at, it.Next())
			scores[at] += p.bonus
		}
	}
	return nil
}
