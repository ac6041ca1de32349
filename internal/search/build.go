package search

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// builder makes parts of chunks, in the format of zap 17, which reads and merges
// them. What zap itself would do to make a part of documents is to count the terms
// of each document in a table of its own and to turn all these tables round; a chunk
// has its terms turned round already, so that writing them takes a fifth of the time.
// A test compares what both make.
type builder struct{ zap.ZapPlugin }

// install makes builder the one of scorch for parts of zap 17, and lets scorch merge
// parts before they are written only when there are several: few and large ones, as
// filling makes them, are merged once at the end. scorch keeps both for the whole
// process.
var install = sync.OnceFunc(func() {
	scorch.RegisterSegmentPlugin(&builder{}, true)
	scorch.DefaultMinSegmentsForInMemoryMerge = 5
})

func (b *builder) New(docs []index.Document) (segment.Segment, uint64, error) {
	return b.NewUsing(docs, nil)
}

// NewUsing makes a part of the documents of a batch, which are those of one chunk.
func (b *builder) NewUsing(docs []index.Document, config map[string]any) (segment.Segment, uint64, error) {
	first, ok := docs[0].(*entry)
	if !ok || len(docs) != len(first.of.ids) {
		return b.ZapPlugin.NewUsing(docs, config)
	}
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = new(segment.Stats)
	}
	p := written{chunk: first.of, docs: uint64(len(docs))}
	stored, sections, err := p.write()
	if err != nil {
		return nil, 0, err
	}
	base, err := zap.InitSegmentBase(p.out, crc32.ChecksumIEEE(p.out), zap.DefaultChunkMode, p.docs, stored, sections, config, stats)
	return base, uint64(len(p.out)), err
}

// written is a part while it is written: zap.md of the library describes the format.
type written struct {
	chunk *chunk
	docs  uint64
	out   []byte

	bitmap roaring.Bitmap
	places []byte // of the postings of one term, by their blocks
	times  []byte
	// ends are where the blocks of times and places end.
	ends, placesEnds []uint64
}

func (p *written) uvarint(n uint64) { p.out = binary.AppendUvarint(p.out, n) }

// write writes the part, and tells where its two lists of contents are.
func (p *written) write() (stored, sections uint64, err error) {
	p.out = make([]byte, 0, p.chunk.roughly())
	stored = p.identities()
	ids := newInverted(index.IndexField|index.StoreField, len(p.chunk.ids))
	for doc, id := range p.chunk.ids {
		ids.value(id, uint32(doc))
	}
	names := []string{"_id"}
	for name := range p.chunk.fields {
		names = append(names, name)
	}
	slices.Sort(names[1:])
	at := make([]uint64, len(names))
	for i, name := range names {
		f := p.chunk.fields[name]
		if i == 0 {
			f = ids
		}
		if at[i], err = p.field(uint64(i), f); err != nil {
			return 0, 0, err
		}
	}
	described := make([]uint64, len(names))
	for i, name := range names {
		described[i] = uint64(len(p.out))
		p.uvarint(uint64(len(name)))
		p.out = append(p.out, name...)
		options := ids.options
		if i > 0 {
			options = p.chunk.fields[name].options
		}
		p.uvarint(uint64(options))
		p.uvarint(1) // section: the terms
		p.out = binary.BigEndian.AppendUint16(p.out, zap.SectionInvertedTextIndex)
		p.out = binary.BigEndian.AppendUint64(p.out, at[i])
	}
	sections = uint64(len(p.out))
	p.uvarint(uint64(len(names)))
	for _, n := range described {
		p.out = binary.BigEndian.AppendUint64(p.out, n)
	}
	return stored, sections, nil
}

// roughly is how many bytes a part of the chunk has.
func (c *chunk) roughly() int {
	n := 80 * len(c.ids)
	for _, f := range c.fields {
		n += 6*len(f.postings) + 20*len(f.terms)
	}
	return n
}

// identities writes what is kept of each document: its ID and no fields.
func (p *written) identities() (stored uint64) {
	at := make([]uint64, len(p.chunk.ids))
	for i, id := range p.chunk.ids {
		at[i] = uint64(len(p.out))
		meta := binary.AppendUvarint(nil, uint64(len(id)))
		p.uvarint(uint64(len(meta)))
		p.uvarint(uint64(len(id) + 1))
		p.out = append(p.out, meta...)
		p.out = append(p.out, id...)
		p.out = append(p.out, 0) // nothing, as snappy writes it
	}
	stored = uint64(len(p.out))
	for _, n := range at {
		p.out = binary.BigEndian.AppendUint64(p.out, n)
	}
	p.uvarint(0) // documents within documents
	return stored
}

// none stands where a field has no column of values.
const none = ^uint64(0)

// field writes the terms of a field, and tells where they are described.
func (p *written) field(number uint64, f *inverted) (at uint64, err error) {
	var list bytes.Buffer
	terms, err := vellum.New(&list, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 0, RegistryMRUSize: 1})
	if err != nil {
		return 0, err
	}
	begin, byTerm := f.grouped()
	for _, n := range f.inOrder() {
		offset, err := p.term(number, f, byTerm[begin[n]:begin[n+1]])
		if err != nil {
			return 0, err
		}
		if err := terms.Insert([]byte(f.terms[n]), offset); err != nil {
			return 0, err
		}
	}
	if err := terms.Close(); err != nil {
		return 0, err
	}
	words := uint64(len(p.out))
	p.uvarint(uint64(list.Len()))
	p.out = append(p.out, list.Bytes()...)
	at = uint64(len(p.out))
	p.uvarint(none)
	p.uvarint(none)
	p.uvarint(words)
	return at, nil
}

// inOrder are the numbers of the terms in the order of the terms.
func (f *inverted) inOrder() []uint32 {
	out := make([]uint32, len(f.terms))
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortFunc(out, func(a, b uint32) int { return strings.Compare(f.terms[a], f.terms[b]) })
	return out
}

// grouped are the postings by their terms: those of term n are byTerm[begin[n]:begin[n+1]].
func (f *inverted) grouped() (begin, byTerm []uint32) {
	begin = make([]uint32, len(f.terms)+1)
	for i := range f.postings {
		begin[f.postings[i].term+1]++
	}
	for i := range f.terms {
		begin[i+1] += begin[i]
	}
	next := slices.Clone(begin)
	byTerm = make([]uint32, len(f.postings))
	for i := range f.postings {
		n := f.postings[i].term
		byTerm[next[n]] = uint32(i)
		next[n]++
	}
	return begin, byTerm
}

// norm is what zap keeps of the length of a field; the order of hits does not ask it.
const norm = 1

// term writes the postings of a term, and tells where they are. Of a value that one
// document has, the place says all.
func (p *written) term(field uint64, f *inverted, list []uint32) (uint64, error) {
	if first := &f.postings[list[0]]; len(list) == 1 && first.code == once {
		return zap.FSTValEncode1Hit(uint64(first.doc), norm), nil
	}
	// The blocks are as long as zap makes them for a term of so many documents.
	size := p.docs / (uint64(len(list))/1024 + 1)
	blocks := int((p.docs-1)/size) + 1
	p.ends, p.placesEnds = p.ends[:0], p.placesEnds[:0]
	p.times, p.places = p.times[:0], p.places[:0]
	p.bitmap.Clear()
	block := uint64(0)
	for _, i := range list {
		posting := &f.postings[i]
		doc := uint64(posting.doc)
		for ; block < doc/size; block++ {
			p.endBlock()
		}
		p.bitmap.Add(posting.doc)
		flagged := posting.code << 1
		if isRecord(posting.code) {
			flagged |= 1
			p.record(field, f.records[i])
		}
		p.times = binary.AppendUvarint(p.times, flagged)
		p.times = append(p.times, norm)
	}
	for len(p.ends) < blocks {
		p.endBlock()
	}
	times := p.blocks(p.ends, p.times)
	places := p.blocks(p.placesEnds, p.places)
	at := uint64(len(p.out))
	p.uvarint(times)
	p.uvarint(places)
	bits, err := p.bitmap.ToBytes()
	if err != nil {
		return 0, err
	}
	p.uvarint(uint64(len(bits)))
	p.out = append(p.out, bits...)
	return at, nil
}

func (p *written) endBlock() {
	p.ends = append(p.ends, uint64(len(p.times)))
	p.placesEnds = append(p.placesEnds, uint64(len(p.places)))
}

// blocks writes blocks with where each ends; 0 says that there is nothing in them.
func (p *written) blocks(ends []uint64, data []byte) (at uint64) {
	if len(data) == 0 {
		return 0
	}
	at = uint64(len(p.out))
	p.uvarint(uint64(len(ends)))
	for _, n := range ends {
		p.uvarint(n)
	}
	p.out = append(p.out, data...)
	return at
}

// record writes the places of a posting: field, first place, two borders that are
// not kept, the distances to the next ones.
func (p *written) record(field uint64, places []int) {
	var one []byte
	one = binary.AppendUvarint(one, field)
	one = binary.AppendUvarint(one, uint64(places[0]))
	one = append(one, 0, 0)
	one = binary.AppendUvarint(one, uint64(len(places)-1))
	for i, at := range places[1:] {
		one = binary.AppendUvarint(one, uint64(at-places[i]))
	}
	p.places = binary.AppendUvarint(p.places, uint64(len(one)))
	p.places = append(p.places, one...)
}
