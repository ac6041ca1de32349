package search

import (
	"fmt"
	"math"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"offprint/internal/script"
)

// chunk is some documents that become one part of the index: what they hold, turned
// round, so that each field has its terms, and each term the documents that have it.
// A document has the number of its place in the chunk.
type chunk struct {
	ids    []string
	fields map[string]*inverted
	words  wordSet
	// What was folded before. Texts repeat their words, and documents their values.
	folds  map[string]string
	values map[string]string
	tongue map[string]uint // the languages of the texts, by their number
	pairs  *pairTable
}

// newChunk begins a chunk of about so many documents.
func newChunk(docs int) *chunk {
	c := &chunk{
		fields: make(map[string]*inverted, len(textFields)+len(exactFields)+1), words: wordSet{},
		folds: map[string]string{}, values: map[string]string{}, tongue: map[string]uint{}, pairs: newPairTable(),
	}
	// A part has every field, though some hold nothing: parts with the same fields are
	// merged by copying.
	for _, name := range textFields {
		c.fields[name] = newInverted(index.IndexField|index.IncludeTermVectors, docs*variety[name])
	}
	for _, name := range exactFields {
		c.fields[name] = newInverted(index.IndexField, docs*variety[name])
	}
	c.fields[vocabulary] = newInverted(index.IndexField, docs)
	c.fields[inPairs] = c.pairs.inverted
	return c
}

// variety is how many terms a document of a large chunk adds to a field, roughly: for
// so many there is room from the beginning.
var variety = map[string]int{inTitle: 3, inAuthor: 1, inKeyword: 1, inAbstract: 6, byAuthor: 1, byKeyword: 1, byDOI: 1, byTitle: 1}

// inverted is a field of a chunk.
type inverted struct {
	options index.FieldIndexingOptions
	numbers map[string]uint32 // of the terms, in the order in which they were met
	terms   []string
	last    []uint32 // by term: its last posting, counted from 1
	noted   []uint64 // by term: in which languages it was noted for the vocabulary
	// postings are in the order of documents. records are the places of those that
	// have more than a frequency holds; see place.go.
	postings []rawPosting
	records  map[uint32][]int
}

// rawPosting is a term in a document.
type rawPosting struct {
	term, doc uint32
	code      uint64
}

func newInverted(o index.FieldIndexingOptions, terms int) *inverted {
	return &inverted{options: o, numbers: make(map[string]uint32, terms)}
}

// number is the number of a term.
func (f *inverted) number(term string) uint32 {
	n, ok := f.numbers[term]
	if !ok {
		n = uint32(len(f.terms))
		f.numbers[term] = n
		f.terms = append(f.terms, term)
		f.last = append(f.last, 0)
		f.noted = append(f.noted, 0)
	}
	return n
}

// value notes that a document has a value.
func (f *inverted) value(term string, doc uint32) {
	n := f.number(term)
	if at := f.last[n]; at > 0 && f.postings[at-1].doc == doc {
		return
	}
	f.postings = append(f.postings, rawPosting{n, doc, once})
	f.last[n] = uint32(len(f.postings))
}

// place notes that a term stands at a place of a document. Documents come one after
// the other.
func (f *inverted) place(n, doc uint32, place int) {
	if at := f.last[n]; at > 0 && f.postings[at-1].doc == doc {
		f.again(at-1, place)
		return
	}
	f.postings = append(f.postings, rawPosting{n, doc, packOne(place)})
	f.last[n] = uint32(len(f.postings))
}

// again notes one more place.
func (f *inverted) again(at uint32, place int) {
	p := &f.postings[at]
	if isRecord(p.code) {
		f.records[at], p.code = addRecord(f.records[at], p.code, place)
		return
	}
	var buf [mostPacked + 1]int
	places := unpack(p.code, buf[:0])
	if place <= places[len(places)-1] {
		return // the whole of a hyphenated word, met again as a part
	}
	places = append(places, place)
	if packed, ok := pack(places); ok {
		p.code = uint64(packed)
		return
	}
	if f.records == nil {
		f.records = map[uint32][]int{}
	}
	record, code := []int{places[0]}, uint64(1<<3)
	for _, next := range places[1:] {
		record, code = addRecord(record, code, next)
	}
	f.records[at], p.code = record, code
}

// gap is what lies between the places of words of two texts of one field, so that
// no phrase runs over the border.
const gap = 64

// add takes a document into the chunk.
func (c *chunk) add(d *Document) {
	doc := uint32(len(c.ids))
	c.ids = append(c.ids, d.ID)
	c.texts(inTitle, doc, d.Titles)
	c.texts(inKeyword, doc, d.Keywords)
	c.texts(inAbstract, doc, d.Abstracts)
	c.texts(inReference, doc, d.References)
	c.texts(inFullText, doc, d.FullText)
	var names []Text
	for _, author := range d.Authors {
		for i, n := range author.Names {
			names = append(names, Text{Text: n.Family + " " + n.Given})
			if i == 0 {
				c.value(byAuthor, doc, c.valueTerm(n.String()))
			}
		}
	}
	c.texts(inAuthor, doc, names)
	for _, k := range d.Keywords {
		c.value(byKeyword, doc, c.valueTerm(strings.Join(strings.Fields(k.Text), " ")))
	}
	for _, v := range []struct{ name, value string }{
		{byJournal, d.Journal}, {bySection, d.Section}, {byType, d.Type}, {byIssue, d.Issue},
	} {
		if v.value != "" {
			c.value(v.name, doc, c.valueTerm(v.value))
		}
	}
	for _, l := range d.Languages {
		c.value(byLang, doc, c.valueTerm(l))
	}
	if d.Year > 0 && d.Year <= 9999 {
		c.value(byYear, doc, yearTerm(d.Year))
	}
	if n := dateNumber(d.Date, false); n > 0 {
		c.value(byDate, doc, dateTerm(n))
	}
	for _, v := range []struct {
		name   string
		values []string
	}{{byDOI, d.DOIs}, {byORCID, d.ORCIDs}, {byISSN, d.ISSNs}, {byHas, d.Has}} {
		for _, value := range v.values {
			c.value(v.name, doc, strings.ToLower(strings.TrimSpace(value)))
		}
	}
	if d.Views > 0 {
		c.value(byViews, doc, fmt.Sprintf("%010d", min(d.Views, math.MaxUint32)))
	}
	if len(d.Titles) > 0 {
		c.value(byTitle, doc, titleKey(d.Titles[0].Text))
	}
}

// vocabularyDocument adds a document that holds entries of the vocabulary.
func (c *chunk) vocabularyDocument(id string, entries map[string]struct{}) {
	doc := uint32(len(c.ids))
	c.ids = append(c.ids, id)
	for e := range entries {
		c.fields[vocabulary].value(e, doc)
	}
}

// longestValue is how many bytes a value has that is kept.
const longestValue = 4096

func (c *chunk) value(field string, doc uint32, term string) {
	if term != "" && len(term) <= longestValue {
		c.fields[field].value(term, doc)
	}
}

// valueTerm is valueTerm, once for each value.
func (c *chunk) valueTerm(s string) string {
	term, ok := c.values[s]
	if !ok {
		term = valueTerm(s)
		c.values[s] = term
	}
	return term
}

// mostLanguages is how many languages of texts are told apart in noted, which has
// two bits for each.
const mostLanguages = 32

// texts takes the words of a field of a document, and notes them for the vocabulary.
func (c *chunk) texts(name string, doc uint32, texts []Text) {
	f := c.fields[name]
	// In texts of sentences only words with a capital letter may be names.
	short := name != inAbstract && name != inFullText
	pairs := paired(name)
	pos := 1
	for i := range texts {
		if texts[i].Text == "" {
			continue
		}
		lang := stemLanguage(languageOf(name, texts[i]))
		words := c.words.of(lang)
		tongue, ok := c.tongue[lang]
		if !ok {
			tongue = uint(len(c.tongue)) % mostLanguages
			c.tongue[lang] = tongue
		}
		pos = tokenizeFolded(texts[i].Text, pos, c.folds, func(t token) {
			n := f.number(t.term)
			f.place(n, doc, t.pos)
			if pairs {
				c.pairs.add(t.pos, t.term)
			}
			t.name = t.name || short
			kind := uint64(wordSeen)
			if t.name {
				kind |= uint64(wordAsName)
			}
			if kind <<= 2 * tongue; f.noted[n]&kind != kind {
				f.noted[n] |= kind
				words.add(t)
			}
		}) + gap
		if pairs {
			c.pairs.end(name, doc)
		}
	}
}

// languageOf is the language by which the words of a text are brought to stems.
// Names have none. References, of which there are very many, are taken for Russian
// or English by their script where they do not say it.
func languageOf(field string, t Text) string {
	switch {
	case t.Lang != "":
		return t.Lang
	case field == inAuthor:
		return ""
	case field == inReference:
		if strings.ContainsFunc(t.Text[:cutAt(t.Text, 64)], isCyrillic) {
			return "ru"
		}
		return "en"
	}
	return script.Language(t.Text[:cutAt(t.Text, 2000)])
}

// foldValue is the form by which values are compared.
func foldValue(s string) string {
	return strings.Join(strings.Fields(script.Fold(s)), " ")
}
