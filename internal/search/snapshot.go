package search

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// snapshot is the index at one moment. It holds files open until it is closed, and
// everything that was read from it must not be used afterwards.
type snapshot struct {
	index    *Index
	root     *scorch.IndexSnapshot
	parts    []*part
	prefixes int             // how many the query has
	spoken   map[string]bool // the languages of texts
	// exhaustive scores every document that was found; for tests.
	exhaustive bool
}

// part is one of the parts that an index consists of. Documents have numbers from
// 0 in each.
type part struct {
	id      uint64
	size    uint32
	segment segment.Segment
	deleted *roaring.Bitmap
	dicts   map[string]segment.TermDictionary
	live    *roaring.Bitmap
	columns *columns
	index   *Index
}

func (x *Index) snapshot() (*snapshot, error) {
	reader, err := x.scorch.Reader()
	if err != nil {
		return nil, err
	}
	root, ok := reader.(*scorch.IndexSnapshot)
	if !ok || root == nil {
		return nil, fmt.Errorf("search: the index is closed")
	}
	s := &snapshot{index: x, root: root}
	for _, seg := range root.Segments() {
		if seg.Count() == 0 {
			continue
		}
		s.parts = append(s.parts, &part{
			id: seg.Id(), size: uint32(seg.FullSize()), segment: seg.Segment(), deleted: seg.Deleted(),
			dicts: map[string]segment.TermDictionary{}, index: x,
		})
	}
	if x.columns.attach(s.parts) && x.asked.Load() && !x.closing.Load() {
		x.warming.Go(x.warm)
	}
	return s, nil
}

func (s *snapshot) close() { _ = s.root.Close() }

// languages are those in which texts are, of the languages that have stems.
func (s *snapshot) languages() map[string]bool {
	if s.spoken == nil {
		s.spoken = map[string]bool{}
		for _, p := range s.parts {
			for _, lang := range p.columns.spoken {
				s.spoken[lang] = true
			}
		}
	}
	return s.spoken
}

// dictionaries are those of a field in every part.
func (s *snapshot) dictionaries(field string) ([]segment.TermDictionary, error) {
	out := make([]segment.TermDictionary, 0, len(s.parts))
	for _, p := range s.parts {
		d, err := p.dictionary(field)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (p *part) dictionary(field string) (segment.TermDictionary, error) {
	if d, ok := p.dicts[field]; ok {
		return d, nil
	}
	d, err := p.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	p.dicts[field] = d
	return d, nil
}

// postings are the documents of a term, deleted ones left out; nil if there are
// none. The bitmap must not be changed.
func (p *part) postings(field, term string) (*roaring.Bitmap, segment.PostingsList, error) {
	d, err := p.dictionary(field)
	if err != nil {
		return nil, nil, err
	}
	list, err := d.PostingsList([]byte(term), p.deleted, nil)
	if err != nil {
		return nil, nil, err
	}
	it := list.Iterator(false, false, false, nil)
	o, ok := it.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, nil, fmt.Errorf("search: postings of a kind that is not known: %T", it)
	}
	if n, ok := o.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(n)), list, nil
	}
	if b := o.ActualBitmap(); b != nil && !b.IsEmpty() {
		return b, list, nil
	}
	return nil, nil, nil
}

// docs are the documents of a term in a field that has no places.
func (p *part) docs(field, term string) (*roaring.Bitmap, error) {
	b, _, err := p.postings(field, term)
	return b, err
}

// documents are all that can be found: not deleted, not vocabulary.
func (p *part) documents() *roaring.Bitmap {
	if p.live == nil {
		p.live = roaring.New()
		p.live.AddRange(0, uint64(p.size))
		if p.deleted != nil {
			p.live.AndNot(p.deleted)
		}
		if p.columns != nil {
			p.live.AndNot(p.columns.vocabulary)
		}
	}
	return p.live
}

// scanDictionary calls f for the terms of a dictionary from one on, in order, until
// f says no or to, which is left out, is reached; an empty to is the end.
func scanDictionary(d segment.TermDictionary, from, to string, f func(term string, docs int) bool) error {
	var begin, end []byte
	if from != "" {
		begin = []byte(from)
	}
	if to != "" {
		end = []byte(to)
	}
	it := d.AutomatonIterator(nil, begin, end)
	for {
		e, err := it.Next()
		if err != nil {
			return err
		}
		if e == nil || !f(e.Term, int(e.Count)) {
			return nil
		}
	}
}

// scanTerms is scanDictionary without counting, which is several times as fast.
func scanTerms(d segment.TermDictionary, from, to string, f func(term string) bool) error {
	plain, ok := d.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
	})
	if !ok {
		return scanDictionary(d, from, to, func(term string, _ int) bool { return f(term) })
	}
	var begin, end []byte
	if from != "" {
		begin = []byte(from)
	}
	if to != "" {
		end = []byte(to)
	}
	it := plain.AutomatonIteratorOmitCount(nil, begin, end)
	for {
		e, err := it.Next()
		if err != nil {
			return err
		}
		if e == nil || !f(e.Term) {
			return nil
		}
	}
}

// after is the least string that is greater than all that begin with prefix, ""
// if there is none.
func after(prefix string) string {
	b := []byte(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return string(b[:i+1])
		}
	}
	return ""
}
