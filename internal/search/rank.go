package search

import (
	"bytes"
	"container/heap"
	"math"
	"slices"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// The score of a document is the sum over the clauses of the query of
//
//	idf · max over fields and forms of (weight of the field · weight of the tier · times)
//
// and, for neighbouring words of the query that stand beside each other in a title,
// a bonus. idf falls with how many documents have the clause.
//
// Not every document is scored. The documents of a clause are divided into classes
// by the best weight with which they have it, which only needs the bitmaps; no
// document of a class can score more than the bound of the class. Combinations of
// classes, one of each clause, are taken from the one with the highest bound on, and
// scored, until the page is full with scores above all the bounds that are left.
// The result is the same as if all had been scored.

// beside is the bonus of two neighbouring words, as a share of what the rarer one
// counts in a title.
const beside = 0.25

// mostCombinations is how many combinations of classes are told apart; the rest is
// scored as one.
const mostCombinations = 200

// candidate is a document that may be on the page.
type candidate struct {
	score float32
	key   uint32 // the newer the greater, for sorting by relevance
	m     *matched
	doc   uint32
	// number and title are for sorting by title; see order.
	number uint32
	title  []byte
}

// id of the document; it is valid while the snapshot is open.
func (c *candidate) id() []byte {
	id, _ := c.m.part.segment.DocID(uint64(c.doc))
	return id
}

// before tells whether a stands before b.
func (c *candidate) before(o *candidate) bool {
	if d := compareTitles(c, o); d != 0 {
		return d < 0
	}
	if c.score != o.score {
		return c.score > o.score
	}
	if c.key != o.key {
		return c.key > o.key
	}
	return bytes.Compare(c.id(), o.id()) < 0
}

// page keeps the best candidates, the worst on top.
type page struct {
	most int
	list []candidate
}

func (p *page) Len() int           { return len(p.list) }
func (p *page) Less(i, j int) bool { return p.list[j].before(&p.list[i]) }
func (p *page) Swap(i, j int)      { p.list[i], p.list[j] = p.list[j], p.list[i] }
func (p *page) Push(c any)         { p.list = append(p.list, c.(candidate)) }
func (p *page) Pop() any {
	last := len(p.list) - 1
	c := p.list[last]
	p.list = p.list[:last]
	return c
}

func (p *page) full() bool { return len(p.list) >= p.most }

func (p *page) offer(c candidate) {
	switch {
	case p.most == 0:
	case !p.full():
		heap.Push(p, c)
	case c.before(&p.list[0]):
		p.list[0] = c
		heap.Fix(p, 0)
	}
}

// floor is the greatest score of which it is known that enough documents have it.
type floor struct{ bits atomic.Uint32 }

func (f *floor) raise(score float32) {
	for {
		was := f.bits.Load()
		if math.Float32frombits(was) >= score || f.bits.CompareAndSwap(was, math.Float32bits(score)) {
			return
		}
	}
}

func (f *floor) score() float32 { return math.Float32frombits(f.bits.Load()) }

// ranking scores the documents of one part.
type ranking struct {
	m       *matched
	clauses []*clause
	idf     []float32 // by clause, 0 for those that do not count
	pairs   []pair
	dates   []uint32
	page    *page
	floor   *floor
	b       *budget
	scored  int
	// all scores every document; tests compare.
	all bool
}

// class are the documents that have a clause with a weight and with no greater one.
type class struct {
	docs  *roaring.Bitmap
	bound float32
}

// classBounds divide the weights into classes.
var classBounds = []float32{9.9, 8.5, 5.9, 5, 3.5, 3, 1.9, 1.7, 1.15, 0.9, 0.5, 0}

// classes divides the documents of a clause that are in kept.
func classes(f *found, idf float32, kept *roaring.Bitmap) []class {
	var out []class
	left := kept.Clone()
	postings := f.postings
	for _, least := range classBounds {
		var docs *roaring.Bitmap
		// A document of the class may also have postings of lower ones.
		top := f.bounds[len(f.postings)-len(postings)]
		for len(postings) > 0 && postings[0].weight >= least {
			if docs == nil {
				docs = roaring.New()
			}
			docs.Or(postings[0].docs)
			postings = postings[1:]
		}
		if docs == nil {
			continue
		}
		docs.And(left)
		if docs.IsEmpty() {
			continue
		}
		left.AndNot(docs)
		out = append(out, class{docs, idf * top})
	}
	if !left.IsEmpty() {
		out = append(out, class{left, 0})
	}
	return out
}

// combination is one class of each clause, by their numbers.
type combination struct {
	at    []int
	bound float32
}

type combinations []combination

func (c combinations) Len() int           { return len(c) }
func (c combinations) Less(i, j int) bool { return c[i].bound > c[j].bound }
func (c combinations) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *combinations) Push(x any)        { *c = append(*c, x.(combination)) }
func (c *combinations) Pop() any {
	last := len(*c) - 1
	x := (*c)[last]
	*c = (*c)[:last]
	return x
}

// rank offers the documents of the part to the page.
func (r *ranking) rank() error {
	kept := r.m.kept
	if kept.IsEmpty() {
		return nil
	}
	var counting []int
	for i, idf := range r.idf {
		if idf > 0 && r.m.found[i] != nil && len(r.m.found[i].postings) > 0 {
			counting = append(counting, i)
		}
	}
	bonus := r.mostBonus(counting)
	if len(counting) == 0 || r.all {
		return r.score(kept, counting)
	}
	divided := make([][]class, len(counting))
	most := float32(0)
	for k, i := range counting {
		divided[k] = classes(r.m.found[i], r.idf[i], kept)
		most += divided[k][0].bound
	}
	left := kept.Clone()
	queue := combinations{{at: make([]int, len(counting)), bound: most + bonus}}
	seen := map[string]bool{}
	for n := 0; len(queue) > 0 && !left.IsEmpty(); n++ {
		c := heap.Pop(&queue).(combination)
		if r.done(c.bound) {
			return nil
		}
		if n == mostCombinations {
			return r.score(left, counting)
		}
		docs := divided[0][c.at[0]].docs
		for k := 1; k < len(counting); k++ {
			docs = roaring.And(docs, divided[k][c.at[k]].docs)
		}
		if !docs.IsEmpty() {
			if err := r.score(docs, counting); err != nil {
				return err
			}
			left.AndNot(docs)
		}
		for k := range counting {
			if c.at[k]+1 == len(divided[k]) {
				continue
			}
			at := slices.Clone(c.at)
			at[k]++
			key := placeKey(at)
			if !seen[key] {
				seen[key] = true
				bound := bonus
				for j, a := range at {
					bound += divided[j][a].bound
				}
				heap.Push(&queue, combination{at, bound})
			}
		}
	}
	return nil
}

func placeKey(at []int) string {
	key := make([]byte, len(at))
	for i, a := range at {
		key[i] = byte(a)
	}
	return string(key)
}

// done tells whether documents of a bound need no scoring: the page is full and
// they come after what is on it. A little more than the bound is allowed for, since
// sums of fractions are rounded.
func (r *ranking) done(bound float32) bool {
	bound *= 1.0001
	return r.b.over() || r.page.full() && r.page.list[0].score > bound || r.floor.score() > bound
}

// score scores documents and offers them to the page.
func (r *ranking) score(docs *roaring.Bitmap, counting []int) error {
	if r.dates == nil {
		var err error
		if r.dates, err = r.m.part.number(byDate); err != nil {
			return err
		}
	}
	list := docs.ToArray()
	r.scored += len(list)
	scores := make([]float32, len(list))
	best := make([]float32, len(list))
	for _, i := range counting {
		clear(best)
		if err := r.best(r.m.found[i], docs, list, best); err != nil {
			return err
		}
		for k, b := range best {
			scores[k] += r.idf[i] * b
		}
	}
	if err := r.addBonus(docs, list, scores); err != nil {
		return err
	}
	for k, doc := range list {
		r.page.offer(candidate{score: scores[k], key: r.dates[doc], m: r.m, doc: doc})
	}
	if r.page.full() && r.page.most > 0 {
		r.floor.raise(r.page.list[0].score)
	}
	return nil
}

// best is what a clause counts in each document of a list.
func (r *ranking) best(f *found, docs *roaring.Bitmap, list []uint32, best []float32) error {
	least := float32(0) // of what all of the documents have so far
	for i, p := range f.postings {
		if r.b.over() {
			return nil
		}
		if i > 0 && p.weight < f.postings[i-1].weight {
			least = slices.Min(best)
		}
		if least > 0 && least >= f.bounds[i] {
			return nil // neither this posting nor a later one can count
		}
		some := roaring.And(p.docs, docs)
		if some.IsEmpty() {
			continue
		}
		if p.list == nil {
			at := 0
			it := some.Iterator()
			for it.HasNext() {
				at = seek(list, at, it.Next())
				best[at] = max(best[at], p.weight)
			}
			continue
		}
		it := restrict(p.list, some, false)
		for at := 0; ; {
			posting, err := it.Next()
			if err != nil {
				return err
			}
			if posting == nil {
				break
			}
			at = seek(list, at, uint32(posting.Number()))
			best[at] = max(best[at], p.weight*times(timesOf(posting.Frequency())))
		}
	}
	return nil
}

// seek is the place of a document in a list that has it, from a place on.
func seek(list []uint32, at int, doc uint32) int {
	for step := 1; at < len(list) && list[at] < doc; {
		if at+step < len(list) && list[at+step] <= doc {
			at += step
			step *= 2
			continue
		}
		if step == 1 {
			at++
			continue
		}
		step = 1
	}
	return at
}
