package search

import (
	"errors"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// placeReader reads the places of one term in the documents that are asked for.
type placeReader struct {
	it   segment.PostingsIterator
	now  segment.Posting
	done bool
}

// read appends the places of the term in a document. Documents are asked for in
// their order.
func (r *placeReader) read(doc uint32, places []int) ([]int, error) {
	for !r.done && (r.now == nil || r.now.Number() < uint64(doc)) {
		var err error
		if r.now, err = r.it.Next(); err != nil {
			return nil, err
		}
		r.done = r.now == nil
	}
	if r.done || r.now.Number() != uint64(doc) {
		return places, nil
	}
	return placesIn(r.now, places), nil
}

// restrict makes an iterator over some documents of a list only. Where they are all
// of the list it is left as it is, which reads faster.
func restrict(list segment.PostingsList, docs *roaring.Bitmap, places bool) segment.PostingsIterator {
	it := list.Iterator(true, false, places, nil)
	o, ok := it.(segment.OptimizablePostingsIterator)
	if !ok || o.ActualBitmap() == nil || list.Count() == docs.GetCardinality() {
		return it
	}
	o.ReplaceActual(docs)
	return it
}

// phrase finds the documents that have the slots at their distances in a field; nil
// if there are none. First the documents that have all of the words are found, and
// only in these their places are read.
func (p *part) phrase(field string, slots []slot, b *budget) (*roaring.Bitmap, error) {
	return p.phraseIn(field, slots, nil, b)
}

// phraseIn is phrase among some documents only, all if nil.
func (p *part) phraseIn(field string, slots []slot, some *roaring.Bitmap, b *budget) (*roaring.Bitmap, error) {
	lists := make([][]placeList, len(slots))
	all := some
	for i, sl := range slots {
		any := roaring.New()
		for _, f := range sl.forms {
			if len(f.terms) > 0 {
				continue
			}
			docs, list, err := p.postings(field, f.surface)
			if err != nil {
				return nil, err
			}
			if docs == nil {
				continue
			}
			lists[i] = append(lists[i], placeList{docs, list})
			any.Or(docs)
		}
		if all == nil {
			all = any
		} else {
			all = roaring.And(all, any)
		}
		if all.IsEmpty() {
			return nil, nil
		}
	}
	all, err := p.sieve(field, slots, all)
	if err != nil || all.IsEmpty() {
		return nil, err
	}
	return p.followAll(all, slots, lists, b)
}

// placeList are the documents of a term, and where it stands in them.
type placeList struct {
	docs *roaring.Bitmap
	list segment.PostingsList
}

// atOnce is in how many documents one processor looks for a phrase: in more than
// these all processors do, each in a range of documents.
const atOnce = 4000

// followAll is follow with all processors where there are many documents.
func (p *part) followAll(all *roaring.Bitmap, slots []slot, lists [][]placeList, b *budget) (*roaring.Bitmap, error) {
	n := min(p.index.options.Workers, int(all.GetCardinality()/atOnce)+1)
	found := make([]*roaring.Bitmap, n)
	failed := make([]error, n)
	look := func(i int, docs *roaring.Bitmap) {
		readers := make([][]*placeReader, len(lists))
		for k := range lists {
			for _, l := range lists[k] {
				readers[k] = append(readers[k], &placeReader{it: restrict(l.list, roaring.And(l.docs, docs), true)})
			}
		}
		found[i], failed[i] = follow(docs, slots, readers, b)
	}
	if n == 1 {
		look(0, all)
		return found[0], failed[0]
	}
	var wait sync.WaitGroup
	size := all.GetCardinality() / uint64(n)
	from := uint32(0)
	for i := range n {
		to := uint64(p.size)
		if i < n-1 {
			last, err := all.Select(uint32(size) * uint32(i+1))
			if err != nil {
				return nil, err
			}
			to = uint64(last)
		}
		docs := roaring.New()
		docs.AddRange(uint64(from), to)
		docs.And(all)
		from = uint32(to)
		wait.Go(func() {
			defer p.index.mend(&failed[i])
			defer faults()()
			look(i, docs)
		})
	}
	wait.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	out := roaring.FastOr(slices.DeleteFunc(found, func(f *roaring.Bitmap) bool { return f == nil })...)
	if out.IsEmpty() {
		return nil, nil
	}
	return out, nil
}

// follow keeps the documents in which the places of the slots follow each other.
func follow(all *roaring.Bitmap, slots []slot, readers [][]*placeReader, b *budget) (*roaring.Bitmap, error) {
	out := roaring.New()
	var starts, places []int
	it := all.Iterator()
	for n := 0; it.HasNext(); n++ {
		if n%256 == 255 && b.over() {
			break
		}
		doc := it.Next()
		var err error
		for i := range slots {
			places = places[:0]
			for _, r := range readers[i] {
				if places, err = r.read(doc, places); err != nil {
					return nil, err
				}
			}
			if len(readers[i]) > 1 {
				slices.Sort(places)
			}
			if i == 0 {
				starts = append(starts[:0], places...)
				continue
			}
			starts = keep(starts, places, slots[i].at)
			if len(starts) == 0 {
				// The readers of the remaining slots catch up by themselves.
				break
			}
		}
		if len(starts) > 0 {
			out.Add(doc)
		}
	}
	if out.IsEmpty() {
		return nil, nil
	}
	return out, nil
}

// keep leaves of starts those that have a place at the distance.
func keep(starts, places []int, distance int) []int {
	out := starts[:0]
	k := 0
	for _, s := range starts {
		for k < len(places) && places[k] < s+distance {
			k++
		}
		if k < len(places) && places[k] == s+distance {
			out = append(out, s)
		}
	}
	return out
}
