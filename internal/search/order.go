package search

import (
	"bytes"
	"cmp"
	"math"
)

// order offers the documents of a part to a page in another order than that of
// relevance. The order is in the keys of candidates, which cannot hold titles: the
// best documents by the numbers of their titles in the part are offered, with the
// titles, and gathered by these.
func (m *matched) order(by Sort, to *page, b *budget) error {
	dates, err := m.part.number(byDate)
	if err != nil {
		return err
	}
	var key func(doc uint32) (first float32, second uint32)
	switch by {
	case ByOldest:
		key = func(doc uint32) (float32, uint32) {
			if dates[doc] == 0 {
				return 0, 0
			}
			return 0, math.MaxUint32 - dates[doc]
		}
	case ByViews:
		views, err := m.part.number(byViews)
		if err != nil {
			return err
		}
		key = func(doc uint32) (float32, uint32) { return float32(views[doc]), dates[doc] }
	case ByTitle:
		return m.orderByTitle(to, dates, b)
	default:
		key = func(doc uint32) (float32, uint32) { return 0, dates[doc] }
	}
	it := m.kept.Iterator()
	for n := 1; it.HasNext(); n++ {
		if n%4096 == 0 && b.over() {
			return nil
		}
		doc := it.Next()
		first, second := key(doc)
		to.offer(candidate{score: first, key: second, m: m, doc: doc})
	}
	return nil
}

// orderByTitle offers documents by the numbers of their titles, and then gives those
// that stay their titles.
func (m *matched) orderByTitle(to *page, dates []uint32, b *budget) error {
	titles, err := m.part.terms(byTitle)
	if err != nil {
		return err
	}
	it := m.kept.Iterator()
	for n := 1; it.HasNext(); n++ {
		if n%4096 == 0 && b.over() {
			break
		}
		doc := it.Next()
		at := uint32(math.MaxUint32) // without a title, at the end
		if of := titles.of(doc); len(of) > 0 {
			at = of[0]
		}
		to.offer(candidate{number: at, key: dates[doc], m: m, doc: doc})
	}
	for i := range to.list {
		c := &to.list[i]
		if c.number == math.MaxUint32 {
			c.title = []byte{0xff}
		} else if title, err := m.part.term(byTitle, titles, c.number); err != nil {
			return err
		} else {
			c.title = []byte(title)
		}
		c.number = 0
	}
	return nil
}

// compareTitles compares what candidates have of titles: their numbers in one part,
// or the titles themselves.
func compareTitles(a, b *candidate) int {
	return cmp.Or(cmp.Compare(a.number, b.number), bytes.Compare(a.title, b.title))
}
