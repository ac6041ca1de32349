//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/search"
)

// What a generated document has.
const (
	abstractWords = 150
	titleWords    = 10
	fullWords     = 5000
	manyJournals  = 20
	oldestYear    = 1950
	manyYears     = 76
)

// corpus is the documents of the suites of searching. Document n is the same in
// every run and in every process.
type corpus struct {
	documents, fulltexts int
	languages            [3]*language
	names                []scripts
}

func newCorpus(documents, fulltexts int) *corpus {
	return &corpus{documents: documents, fulltexts: min(fulltexts, documents), languages: newLanguages(), names: crossNames()}
}

// paper is a generated document before an engine gets it.
type paper struct {
	n, journal, year      int
	tongue                int // place in corpus.languages
	title, abstract, full string
	authors               [][2]string // family, given
	keywords              []string
}

// writer writes words as Zipf's law has them.
type writer struct {
	*rand.Rand
	*language
	zipf *rand.Zipf
}

func (w *writer) word() string { return w.words[w.zipf.Uint64()] }

// text is so many words in sentences of twelve; mention, if any, is one of them.
func (w *writer) text(words int, mention string) string {
	var b strings.Builder
	at := w.IntN(words)
	for i := range words {
		next := w.word()
		if i == at && mention != "" {
			next = mention
		}
		switch {
		case i == 0:
			next = capital(next)
		case i%12 == 0:
			b.WriteString(w.stop)
			next = capital(next)
		default:
			b.WriteString(w.space)
		}
		b.WriteString(next)
	}
	b.WriteString(strings.TrimSpace(w.stop))
	return b.String()
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// paper makes document n: half of all are English, three tenths Russian.
func (c *corpus) paper(n int) *paper {
	r := rand.New(rand.NewPCG(2024, uint64(n)))
	p := &paper{n: n, journal: r.IntN(manyJournals), year: oldestYear + r.IntN(manyYears), tongue: [10]int{0, 0, 0, 0, 0, 1, 1, 1, 2, 2}[r.IntN(10)]}
	l := c.languages[p.tongue]
	w := &writer{r, l, rand.NewZipf(r, 1.1, 2.7, uint64(len(l.words)-1))}
	mention := func() string {
		if r.IntN(10) > 2 {
			return ""
		}
		return c.names[r.IntN(len(c.names))][p.tongue]
	}
	p.title = w.text(titleWords-3+r.IntN(7), "")
	p.abstract = w.text(abstractWords-30+r.IntN(61), mention())
	for range 1 + r.IntN(3) {
		family := capital(l.words[200+r.IntN(10_000)])
		if r.IntN(2) == 0 {
			family = c.names[r.IntN(len(c.names))][p.tongue]
		}
		p.authors = append(p.authors, [2]string{family, capital(l.words[100+r.IntN(400)])})
	}
	for range 3 + r.IntN(3) {
		p.keywords = append(p.keywords, l.words[50+r.IntN(5000)])
	}
	if c.fulltexts > 0 && n%(c.documents/c.fulltexts) == 0 && n/(c.documents/c.fulltexts) < c.fulltexts {
		p.full = w.text(fullWords, mention())
	}
	return p
}

// size is the bytes of the texts.
func (p *paper) size() int64 {
	n := len(p.title) + len(p.abstract) + len(p.full)
	for _, a := range p.authors {
		n += len(a[0]) + 1 + len(a[1])
	}
	for _, k := range p.keywords {
		n += len(k)
	}
	return int64(n)
}

// document is the paper as the index of words takes it.
func (p *paper) document(tag string) search.Document {
	text := func(s string) []search.Text {
		if s == "" {
			return nil
		}
		return []search.Text{{Lang: tag, Text: s}}
	}
	d := search.Document{
		ID: fmt.Sprintf("01J%023d", p.n), Journal: journalName(p.journal), Type: "research-article", Languages: []string{tag},
		Titles: text(p.title), Abstracts: text(p.abstract), FullText: text(p.full),
		Year: p.year, Date: fmt.Sprintf("%d-%02d", p.year, 1+p.n%12), DOIs: []string{fmt.Sprintf("10.5555/bench.%d", p.n)},
	}
	for _, k := range p.keywords {
		d.Keywords = append(d.Keywords, search.Text{Lang: tag, Text: k})
	}
	for _, a := range p.authors {
		d.Authors = append(d.Authors, search.Author{Names: []search.Name{{Family: a[0], Given: a[1]}}})
	}
	return d
}

func (c *corpus) document(n int) search.Document {
	p := c.paper(n)
	return p.document(c.languages[p.tongue].tag)
}

func journalName(n int) string { return fmt.Sprintf("journal-%02d", n) }

// row is the paper as a row for the SQL engines: authors and keywords in a line.
func (p *paper) row() (title, authors, keywords, abstract, full string) {
	names := make([]string, len(p.authors))
	for i, a := range p.authors {
		names[i] = a[0] + " " + a[1]
	}
	return p.title, strings.Join(names, "; "), strings.Join(p.keywords, "; "), p.abstract, p.full
}
