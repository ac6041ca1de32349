package search

import (
	"strconv"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// columns are what is kept in memory of a part for sorting and counting. Each is
// made from the terms of its field when it is first asked for. Nothing in them
// points into the files of the part.
type columns struct {
	vocabulary *roaring.Bitmap
	spoken     []string // the languages of the texts

	mu     sync.Mutex
	dates  []uint32
	views  []uint32
	values map[string]*values
}

// columnCache holds the columns of the parts that there are.
type columnCache struct {
	mu sync.Mutex
	of map[uint64]*columns
}

// attach gives every part its columns, and forgets those of parts that are gone. A
// search that runs on an older snapshot has its own reference to them. It tells
// whether a large part is new.
func (c *columnCache) attach(parts []*part) (large bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := make(map[uint64]*columns, len(parts))
	for _, p := range parts {
		col := c.of[p.id]
		if col == nil {
			col = &columns{vocabulary: p.vocabulary(), spoken: p.spoken(), values: map[string]*values{}}
			large = large || p.size >= largePart
		}
		p.columns = col
		now[p.id] = col
	}
	c.of = now
	return large
}

// largePart is from how many documents on the columns of a part are made ahead, so
// that no search waits for them.
const largePart = 10_000

// warm makes the columns that most searches need.
func (x *Index) warm() {
	var err error
	defer x.mend(&err)
	defer faults()()
	s, err := x.snapshot()
	if err != nil {
		return
	}
	defer s.close()
	for _, p := range s.parts {
		if p.size < largePart {
			continue
		}
		if _, err := p.number(byDate); err != nil {
			return
		}
		for _, field := range []string{byYear, byJournal, byTitle} {
			if _, err := p.terms(field); err != nil || x.closing.Load() {
				return
			}
		}
	}
}

// vocabulary are the vocabulary documents of a part.
func (p *part) vocabulary() *roaring.Bitmap {
	out := roaring.New()
	d, err := p.dictionary("_id")
	if err != nil {
		return out
	}
	_ = scanTerms(d, vocabularyID, after(vocabularyID), func(term string) bool {
		if b, _, err := p.postings("_id", term); err == nil && b != nil {
			out.Or(b)
		}
		return true
	})
	return out
}

// spoken are the languages of the texts of a part, or more.
func (p *part) spoken() (out []string) {
	d, err := p.dictionary(vocabulary)
	if err != nil {
		return nil
	}
	_ = scanTerms(d, keyLanguage, after(keyLanguage), func(term string) bool {
		out = append(out, strings.Clone(term[len(keyLanguage):]))
		return true
	})
	return out
}

// number reads a column of numbers, 0 where a document has none.
func (p *part) number(field string) ([]uint32, error) {
	c := p.columns
	c.mu.Lock()
	defer c.mu.Unlock()
	at := &c.dates
	if field == byViews {
		at = &c.views
	}
	if *at != nil {
		return *at, nil
	}
	out := make([]uint32, p.size)
	err := p.each(field, func(_ int, term string, docs segment.PostingsIterator) error {
		n, err := strconv.ParseUint(term, 10, 32)
		if err != nil {
			return nil
		}
		return numbers(docs, func(doc uint32) { out[doc] = uint32(n) })
	})
	if err != nil {
		return nil, err
	}
	*at = out
	return out, nil
}

// each calls f for every term of a field with its number and its documents,
// deleted ones too.
func (p *part) each(field string, f func(n int, term string, docs segment.PostingsIterator) error) error {
	d, err := p.segment.Dictionary(field)
	if err != nil {
		return err
	}
	lookup, err := p.segment.Dictionary(field)
	if err != nil {
		return err
	}
	var list segment.PostingsList
	var docs segment.PostingsIterator
	n := 0
	var failed error
	err = scanTerms(d, "", "", func(term string) bool {
		if list, failed = lookup.PostingsList([]byte(term), nil, list); failed != nil {
			return false
		}
		docs = list.Iterator(false, false, false, docs)
		failed = f(n, term, docs)
		n++
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	return err
}

func numbers(docs segment.PostingsIterator, f func(doc uint32)) error {
	for {
		p, err := docs.Next()
		if err != nil {
			return err
		}
		if p == nil {
			return nil
		}
		f(uint32(p.Number()))
	}
}

// values is a column of terms. Terms have numbers from 1 in their order; 0 is none.
type values struct {
	// one is the term of each document, when none has several.
	one []uint32
	// The terms of document d are many[first[d]:first[d+1]] otherwise.
	first, many []uint32
	count       int
	samples     []string // every sampled-th term, from the first
	names       []string // all terms, where there are few
}

const sampled = 32

// terms is the column of a field.
func (p *part) terms(field string) (*values, error) {
	c := p.columns
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := c.values[field]; v != nil {
		return v, nil
	}
	v := &values{one: make([]uint32, p.size)}
	type pair struct{ doc, term uint32 }
	var more []pair // terms of documents after their first
	err := p.each(field, func(n int, term string, docs segment.PostingsIterator) error {
		if n%sampled == 0 {
			v.samples = append(v.samples, strings.Clone(term))
		}
		if n < few {
			v.names = append(v.names, strings.Clone(term))
		}
		v.count = n + 1
		return numbers(docs, func(doc uint32) {
			if v.one[doc] == 0 {
				v.one[doc] = uint32(n + 1)
			} else {
				more = append(more, pair{doc, uint32(n + 1)})
			}
		})
	})
	if err != nil {
		return nil, err
	}
	if len(more) > 0 {
		v.first = make([]uint32, p.size+1)
		for doc, term := range v.one {
			if term != 0 {
				v.first[doc+1]++
			}
		}
		for _, m := range more {
			v.first[m.doc+1]++
		}
		for doc := range p.size {
			v.first[doc+1] += v.first[doc]
		}
		v.many = make([]uint32, v.first[p.size])
		fill := make([]uint32, p.size)
		put := func(doc, term uint32) {
			v.many[v.first[doc]+fill[doc]] = term
			fill[doc]++
		}
		for doc, term := range v.one {
			if term != 0 {
				put(uint32(doc), term)
			}
		}
		for _, m := range more {
			put(m.doc, m.term)
		}
		v.one = nil
	}
	if v.count > few {
		v.names = nil
	}
	c.values[field] = v
	return v, nil
}

// of are the numbers of the terms of a document.
func (v *values) of(doc uint32) []uint32 {
	if v.one != nil {
		if v.one[doc] == 0 {
			return nil
		}
		return v.one[doc : doc+1]
	}
	return v.many[v.first[doc]:v.first[doc+1]]
}

// tally counts the terms of documents, by their numbers.
func (v *values) tally(docs *roaring.Bitmap, counts []uint32) {
	it := docs.ManyIterator()
	var buf [512]uint32
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		if v.one != nil {
			for _, doc := range buf[:n] {
				counts[v.one[doc]]++
			}
			continue
		}
		for _, doc := range buf[:n] {
			for _, term := range v.many[v.first[doc]:v.first[doc+1]] {
				counts[term]++
			}
		}
	}
	counts[0] = 0
}

// term is the term of a number of a column.
func (p *part) term(field string, v *values, n uint32) (string, error) {
	at := int(n - 1)
	sample := at / sampled
	out := ""
	left := at % sampled
	d, err := p.segment.Dictionary(field)
	if err != nil {
		return "", err
	}
	err = scanTerms(d, v.samples[sample], "", func(term string) bool {
		if left == 0 {
			out = term
			return false
		}
		left--
		return true
	})
	return out, err
}
