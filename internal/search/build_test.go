package search

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// TestPartIsAsZapItselfMakesIt: of the same documents the builder and the library
// make parts that answer the same, in memory, in a file, and merged.
func TestPartIsAsZapItselfMakesIt(t *testing.T) {
	for _, n := range []int{1, 7, 3000} {
		c := manyDocuments(n)
		ours, _, err := new(builder).New(entriesOfChunk(c))
		if err != nil {
			t.Fatal(err)
		}
		theirs, _, err := new(zap.ZapPlugin).New(c.expanded())
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("%d in memory", n), ours, theirs)
		same(t, fmt.Sprintf("%d in a file", n), filed(t, ours), filed(t, theirs))
		same(t, fmt.Sprintf("%d merged", n), mergedTwice(t, ours), mergedTwice(t, theirs))
	}
}

// manyDocuments is a chunk with words in every document and words in one, words that
// stand there often and far apart, values, names and a document of the vocabulary.
func manyDocuments(n int) *chunk {
	c := newChunk(n)
	for i := range n {
		d := Document{
			ID: fmt.Sprintf("id-%06d", (i*7919)%1_000_003), Journal: fmt.Sprint("j", i%3), Year: 1900 + i%100, Date: "2020-01",
			Titles:    []Text{{"en", fmt.Sprintf("Everywhere number%d of seven%d", i, i%7)}},
			Abstracts: []Text{{"en", strings.Repeat(fmt.Sprintf("everywhere half%d ", i%2), 1+i%40)}, {"ru", "Второй текст"}},
			Keywords:  []Text{{"en", "one"}, {"en", "one"}}, DOIs: []string{fmt.Sprint("10.1/", i)},
			Authors: []Author{{[]Name{{"Хатояма", "Итиро"}}}}, Languages: []string{"en", "ru"},
		}
		if i%1000 == 0 {
			d.FullText = []Text{{"ja", strings.Repeat("鳩山一郎の研究。", 2000)}}
		}
		c.add(&d)
	}
	c.vocabularyDocument(vocabularyID, map[string]struct{}{"s:en:on\x00one": {}, "l:x\x00y": {}})
	return c
}

func entriesOfChunk(c *chunk) (out []index.Document) {
	for _, id := range c.ids {
		out = append(out, &entry{id, c})
	}
	return out
}

// expanded are the documents of a chunk as the library expects them.
func (c *chunk) expanded() []index.Document {
	out := make([]*wholeDocument, len(c.ids))
	for i, id := range c.ids {
		tf := &index.TokenFreq{Term: []byte(id)}
		tf.SetFrequency(1)
		out[i] = &wholeDocument{id: id, fields: []index.Field{&wholeField{"_id", []byte(id), index.IndexField | index.StoreField, index.TokenFrequencies{id: tf}}}}
	}
	for name, f := range c.fields {
		of := make([]*wholeField, len(out))
		for i := range of {
			of[i] = &wholeField{name, nil, f.options, index.TokenFrequencies{}}
			out[i].fields = append(out[i].fields, of[i])
		}
		for i, p := range f.postings {
			tf := &index.TokenFreq{}
			tf.SetFrequency(int(p.code))
			if places, ok := f.records[uint32(i)]; ok {
				l := &index.TokenLocation{Position: places[0]}
				for k, at := range places[1:] {
					l.ArrayPositions = append(l.ArrayPositions, uint64(at-places[k]))
				}
				tf.Locations = []*index.TokenLocation{l}
			}
			of[p.doc].terms[f.terms[p.term]] = tf
		}
	}
	docs := make([]index.Document, len(out))
	for i := range out {
		docs[i] = out[i]
	}
	return docs
}

type wholeDocument struct {
	id     string
	fields []index.Field
}

func (d *wholeDocument) ID() string                                 { return d.id }
func (d *wholeDocument) Size() int                                  { return 0 }
func (d *wholeDocument) VisitComposite(index.CompositeFieldVisitor) {}
func (d *wholeDocument) HasComposite() bool                         { return false }
func (d *wholeDocument) NumPlainTextBytes() uint64                  { return 0 }
func (d *wholeDocument) StoredFieldsBytes() uint64                  { return 0 }
func (d *wholeDocument) Indexed() bool                              { return true }
func (d *wholeDocument) AddIDField()                                {}
func (d *wholeDocument) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

type wholeField struct {
	name    string
	value   []byte
	options index.FieldIndexingOptions
	terms   index.TokenFrequencies
}

func (f *wholeField) Name() string                                     { return f.name }
func (f *wholeField) Value() []byte                                    { return f.value }
func (f *wholeField) ArrayPositions() []uint64                         { return nil }
func (f *wholeField) EncodedFieldType() byte                           { return 't' }
func (f *wholeField) Analyze()                                         {}
func (f *wholeField) Options() index.FieldIndexingOptions              { return f.options }
func (f *wholeField) AnalyzedLength() int                              { return 1 }
func (f *wholeField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *wholeField) NumPlainTextBytes() uint64                        { return 0 }

func filed(t *testing.T, s segment.Segment) segment.Segment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part.zap")
	if err := s.(segment.UnpersistedSegment).Persist(path); err != nil {
		t.Fatal(err)
	}
	return opened(t, path)
}

func opened(t *testing.T, path string) segment.Segment {
	t.Helper()
	s, err := new(zap.ZapPlugin).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// mergedTwice is a part merged with itself, without its second document once.
func mergedTwice(t *testing.T, s segment.Segment) segment.Segment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "merged.zap")
	s = filed(t, s)
	drops := []*roaring.Bitmap{nil, roaring.BitmapOf(1)}
	if _, _, err := new(zap.ZapPlugin).Merge([]segment.Segment{s, s}, drops, path, nil, nil); err != nil {
		t.Fatal(err)
	}
	return opened(t, path)
}

// same compares all that is read of two parts.
func same(t *testing.T, name string, a, b segment.Segment) {
	t.Helper()
	x, y := contents(t, a), contents(t, b)
	if len(x) != len(y) {
		t.Errorf("%s: %d lines, want %d", name, len(x), len(y))
	}
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			t.Fatalf("%s:\n got %s\nwant %s", name, x[i], y[i])
		}
	}
}

// contents are all documents, fields, terms and postings of a part as lines.
func contents(t *testing.T, s segment.Segment) (out []string) {
	t.Helper()
	for doc := range s.Count() {
		id, err := s.DocID(doc)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("document %d %s", doc, id))
	}
	fields := slices.Clone(s.Fields())
	slices.Sort(fields)
	for _, field := range fields {
		d, err := s.Dictionary(field)
		if err != nil {
			t.Fatal(err)
		}
		err = scanDictionary(d, "", "", func(term string, docs int) bool {
			lookup, _ := s.Dictionary(field)
			list, err := lookup.PostingsList([]byte(term), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprintf("%s %q in %d:", field, term, docs)
			it := list.Iterator(true, true, true, nil)
			for {
				p, err := it.Next()
				if err != nil {
					t.Fatal(err)
				}
				if p == nil {
					break
				}
				line += fmt.Sprintf(" %d×%d%v", p.Number(), p.Frequency(), placesIn(p, nil))
			}
			out = append(out, line)
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
