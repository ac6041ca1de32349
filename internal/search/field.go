package search

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"offprint/internal/script"
)

// entry is a Document as the index takes it.
type entry struct {
	id     string
	fields []*field
}

func (e *entry) ID() string                                 { return e.id }
func (e *entry) Size() int                                  { return 0 }
func (e *entry) VisitComposite(index.CompositeFieldVisitor) {}
func (e *entry) HasComposite() bool                         { return false }
func (e *entry) NumPlainTextBytes() uint64                  { return 0 }
func (e *entry) StoredFieldsBytes() uint64                  { return uint64(len(e.id)) }
func (e *entry) Indexed() bool                              { return true }

func (e *entry) VisitFields(visit index.FieldVisitor) {
	for _, f := range e.fields {
		visit(f)
	}
}

// AddIDField adds the field by which scorch finds the document again.
func (e *entry) AddIDField() {
	tf := &index.TokenFreq{Term: []byte(e.id)}
	tf.SetFrequency(1)
	e.fields = append(e.fields, &field{
		name: "_id", value: []byte(e.id), options: index.IndexField | index.StoreField,
		terms: index.TokenFrequencies{e.id: tf},
	})
}

// field is one field of an entry with its terms.
type field struct {
	name    string
	value   []byte
	options index.FieldIndexingOptions
	terms   index.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return 1 }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// gap is what lies between the places of words of two texts of one field, so that
// no phrase runs over the border.
const gap = 64

// analysis makes entries of the documents of a chunk.
type analysis struct {
	words wordSet
	// single are the fields of one value, which many documents have in common.
	single map[string]*field
}

func newAnalysis() *analysis {
	return &analysis{words: wordSet{}, single: map[string]*field{}}
}

// wordsOf makes the field of texts, and notes their words for the vocabulary.
func (a *analysis) wordsOf(name string, texts []Text) *field {
	size := 0
	for i := range texts {
		size += len(texts[i].Text)
	}
	if size == 0 {
		return nil
	}
	places := placer{terms: make(index.TokenFrequencies, size/10+4)}
	// In texts of sentences only words with a capital letter may be names.
	short := name != inAbstract && name != inFullText
	pos := 1
	for i := range texts {
		words := a.words.of(languageOf(name, texts[i]))
		pos = tokenize(texts[i].Text, pos, func(t token) {
			t.name = t.name || short
			if places.add(t.term, t.pos) || t.name {
				words.add(t)
			}
		}) + gap
	}
	if len(places.terms) == 0 {
		return nil
	}
	return &field{name: name, options: index.IndexField | index.IncludeTermVectors, terms: places.terms}
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

// valuesOf makes a field of one term per value.
func (a *analysis) valuesOf(name string, values ...string) *field {
	if len(values) != 1 || name == byDOI || name == byTitle {
		return valuesOf(name, values)
	}
	key := name + valueMark + values[0]
	f, ok := a.single[key]
	if !ok {
		f = valuesOf(name, values)
		a.single[key] = f
	}
	return f
}

func valuesOf(name string, values []string) *field {
	var terms index.TokenFrequencies
	for _, v := range values {
		if v == "" || len(v) > 4096 {
			continue
		}
		if terms == nil {
			terms = make(index.TokenFrequencies, len(values))
		}
		if _, ok := terms[v]; !ok {
			tf := &index.TokenFreq{}
			tf.SetFrequency(1)
			terms[v] = tf
		}
	}
	if terms == nil {
		return nil
	}
	return &field{name: name, options: index.IndexField, terms: terms}
}

// foldValue is the form by which values are compared.
func foldValue(s string) string {
	return strings.Join(strings.Fields(script.Fold(s)), " ")
}

// entryOf analyses a document.
func (a *analysis) entryOf(d *Document) *entry {
	e := &entry{id: d.ID}
	add := func(f *field) {
		if f != nil {
			e.fields = append(e.fields, f)
		}
	}
	add(a.wordsOf(inTitle, d.Titles))
	add(a.wordsOf(inKeyword, d.Keywords))
	add(a.wordsOf(inAbstract, d.Abstracts))
	add(a.wordsOf(inReference, d.References))
	add(a.wordsOf(inFullText, d.FullText))
	var names []Text
	var shown []string
	for _, author := range d.Authors {
		for i, n := range author.Names {
			names = append(names, Text{Text: n.Family + " " + n.Given})
			if i == 0 {
				shown = append(shown, valueTerm(n.String()))
			}
		}
	}
	add(a.wordsOf(inAuthor, names))
	add(a.valuesOf(byAuthor, shown...))
	var keywords []string
	for _, k := range d.Keywords {
		keywords = append(keywords, valueTerm(strings.Join(strings.Fields(k.Text), " ")))
	}
	add(a.valuesOf(byKeyword, keywords...))
	for _, v := range []struct{ name, value string }{
		{byJournal, d.Journal}, {bySection, d.Section}, {byType, d.Type}, {byIssue, d.Issue},
	} {
		if v.value != "" {
			add(a.valuesOf(v.name, valueTerm(v.value)))
		}
	}
	var langs []string
	for _, l := range d.Languages {
		langs = append(langs, valueTerm(l))
	}
	add(a.valuesOf(byLang, langs...))
	if d.Year > 0 && d.Year <= 9999 {
		add(a.valuesOf(byYear, yearTerm(d.Year)))
	}
	if n := dateNumber(d.Date, false); n > 0 {
		add(a.valuesOf(byDate, dateTerm(n)))
	}
	add(a.valuesOf(byDOI, lowered(d.DOIs)...))
	add(a.valuesOf(byORCID, lowered(d.ORCIDs)...))
	add(a.valuesOf(byISSN, lowered(d.ISSNs)...))
	add(a.valuesOf(byHas, lowered(d.Has)...))
	if d.Views > 0 {
		add(a.valuesOf(byViews, fmt.Sprintf("%010d", min(d.Views, math.MaxUint32))))
	}
	if len(d.Titles) > 0 {
		add(a.valuesOf(byTitle, titleKey(d.Titles[0].Text)))
	}
	return e
}

// String is the name as lists have it: the family name first.
func (n Name) String() string {
	switch {
	case n.Given == "":
		return n.Family
	case n.Family == "":
		return n.Given
	}
	return n.Family + ", " + n.Given
}

// titleKey is what titles are sorted by: the beginning, folded, without what is
// neither letter nor digit before it.
func titleKey(title string) string {
	key := strings.TrimLeftFunc(foldValue(title), func(r rune) bool { return !inWord(r) && !isIdeographic(r) })
	const most = 32
	if len(key) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(key[cut]) {
			cut--
		}
		key = key[:cut]
	}
	return key
}

func lowered(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.ToLower(strings.TrimSpace(v))
	}
	return out
}

func yearTerm(year int) string { return fmt.Sprintf("%04d", year) }

// dateNumber reads YYYY, YYYY-MM or YYYY-MM-DD as the number yyyymmdd; what is
// missing is 0, or 99 if last. It is 0 for anything else.
func dateNumber(date string, last bool) uint32 {
	digits := 0
	var n uint32
	for i := range len(date) {
		switch c := date[i]; {
		case c >= '0' && c <= '9':
			digits++
			n = n*10 + uint32(c-'0')
		case c == '-' && (i == 4 || i == 7):
		default:
			return 0
		}
		if digits > 8 {
			return 0
		}
	}
	missing := uint32(0)
	if last {
		missing = 99
	}
	switch digits {
	case 8:
		return n
	case 6:
		return n*100 + missing
	case 4:
		return (n*100+missing)*100 + missing
	}
	return 0
}

func dateTerm(n uint32) string { return fmt.Sprintf("%08d", n) }
