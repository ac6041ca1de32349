//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A generated journal has this many articles in an issue and issues in a year,
// beginning with firstYear.
const (
	perIssue  = 10
	perYear   = 4
	firstYear = 1950
)

// pagesOf is how many articles one generated journal has: 125 years of it.
const pagesOf = 125 * perYear * perIssue

// tongue is the words that pages of one language are made of.
type tongue struct {
	journal, initials                          string
	nouns, places, verbs, families, publishers []string
	page                                       func(*text)
}

// text is a page that is being written. Everything follows from its number, so
// that every run measures the same pages.
type text struct {
	strings.Builder
	*rand.Rand
	tongue  *tongue
	n       int // of the page
	title   string
	authors []string // "Marlow E. K."
	year    int
	volume  int
	number  int
	first   int
	last    int
}

// landingPage is the text of an article's page as one copies it from a
// journal's site: abstract, authors, some 30 references, citation. Even pages
// are English, odd ones Russian.
func landingPage(n int) string {
	t := &text{Rand: rand.New(rand.NewPCG(1, uint64(n))), tongue: &tongues[n%2], n: n}
	within := n % pagesOf
	issue := within / perIssue
	t.year, t.volume, t.number = firstYear+issue/perYear, 1+issue/perYear, 1+issue%perYear
	t.first = 1 + within%perIssue*16
	t.last = t.first + 7 + t.IntN(8)
	for range 1 + t.IntN(3) {
		t.authors = append(t.authors, t.name())
	}
	t.title = t.sentenceOf(6 + t.IntN(5))
	t.tongue.page(t)
	return t.String()
}

func (t *text) one(words []string) string { return words[t.IntN(len(words))] }

// name is a family name with two initials.
func (t *text) name() string {
	letters := []rune(t.tongue.initials)
	initial := func() string { return string(letters[t.IntN(len(letters))]) + "." }
	return t.one(t.tongue.families) + " " + initial() + " " + initial()
}

// sentenceOf is so many words that look like a sentence, without a full stop.
func (t *text) sentenceOf(words int) string {
	var b strings.Builder
	for i := range words {
		list := [][]string{t.tongue.nouns, t.tongue.verbs, t.tongue.places}[i%3]
		w := t.one(list)
		if i == 0 {
			r := []rune(w)
			w = strings.ToUpper(string(r[0])) + string(r[1:])
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// paragraph is an abstract of a usual length, 1,200 to 2,200 characters.
func (t *text) paragraph() string {
	var b strings.Builder
	for want := 1200 + t.IntN(1000); b.Len() < want; {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.sentenceOf(9+t.IntN(16)) + ".")
	}
	return b.String()
}

// references writes 25 to 35 of them, numbered, of the kinds that journals of
// the humanities have.
func (t *text) references(kinds []func() string) {
	for i := range 25 + t.IntN(11) {
		fmt.Fprintf(t, "%d. %s\n\n", i+1, kinds[t.IntN(len(kinds))]())
	}
}

func (t *text) doi() string { return fmt.Sprintf("10.5555/bench.%d", t.n) }

func english(t *text) {
	fmt.Fprintf(t, "%s\n\nAdvanced search\n\n%s\n\n%s\n\nhttps://doi.org/%s\n\nAbstract\n\n%s\n\nKeywords\n\n%s, %s, %s, %s\n\n", t.tongue.journal,
		t.title, strings.Join(t.authors, ", "), t.doi(), t.paragraph(), t.one(t.tongue.nouns), t.one(t.tongue.nouns), t.one(t.tongue.places), t.one(t.tongue.verbs))
	t.WriteString("About the Authors\n\n")
	for _, a := range t.authors {
		fmt.Fprintf(t, "%s\nInstitute of %s\nFinland\n\n\n", a, t.sentenceOf(2))
	}
	t.WriteString("References\n\n")
	year := func() int { return 1900 + t.IntN(120) }
	t.references([]func() string{
		func() string {
			return fmt.Sprintf("%s (%d). %s. %s.", t.name(), year(), t.sentenceOf(7), t.one(t.tongue.publishers))
		},
		func() string {
			p := 1 + t.IntN(400)
			return fmt.Sprintf("%s, & %s (%d). %s. %s, %d(%d), %d-%d. https://doi.org/10.5555/ref.%d", t.name(), t.name(), year(), t.sentenceOf(9),
				t.sentenceOf(3), 1+t.IntN(80), 1+t.IntN(6), p, p+14, t.IntN(1e6))
		},
		func() string {
			return fmt.Sprintf("%s (%d). %s [%s]. In %s (Ed.), %s (pp. %d-%d). %s. (In Russian)", t.name(), year(), t.sentenceOf(5), t.sentenceOf(6),
				t.name(), t.sentenceOf(4), 11+t.IntN(40), 60+t.IntN(40), t.one(t.tongue.publishers))
		},
		func() string {
			return fmt.Sprintf("%s. State Archive of the Region. Fond %d. File %d. https://archive.example.org/f/%d (accessed: 3 May 2021).",
				t.sentenceOf(6), t.IntN(300), t.IntN(900), t.IntN(1e6))
		},
	})
	fmt.Fprintf(t, "\nFor citations:\n\n%s %s. %s. %d;%d(%d):%d-%d. https://doi.org/%s\n\nViews: %d\n\n", strings.Join(t.authors, ", "), t.title,
		t.tongue.journal, t.year, t.volume, t.number, t.first, t.last, t.doi(), t.IntN(3000))
	t.WriteString("This work is licensed under a Creative Commons Attribution 4.0 License.\n\nISSN 2049-3630 (Print)\nISSN 2434-561X (Online)\n")
}

func russian(t *text) {
	fmt.Fprintf(t, "%s\n\nРасширенный поиск\n\n%s\n%s\nhttps://doi.org/%s\n\nПолный текст:\nPDF (Rus)\n\nАннотация\n%s\n\nКлючевые слова\n%s, %s, %s, %s\n\n", t.tongue.journal,
		t.title, strings.Join(t.authors, ", "), t.doi(), t.paragraph(), t.one(t.tongue.nouns), t.one(t.tongue.nouns), t.one(t.tongue.places), t.one(t.tongue.verbs))
	t.WriteString("Об авторах\n")
	for _, a := range t.authors {
		fmt.Fprintf(t, "%s\nИнститут: %s\nРоссия\n\n\n", a, t.sentenceOf(2))
	}
	t.WriteString("Список литературы\n")
	year := func() int { return 1900 + t.IntN(120) }
	t.references([]func() string{
		func() string {
			return fmt.Sprintf("%s %s. – М. : %s, %d. – %d с.", t.name(), t.sentenceOf(6), t.one(t.tongue.publishers), year(), 80+t.IntN(500))
		},
		func() string {
			p := 1 + t.IntN(400)
			return fmt.Sprintf("%s, %s %s // %s. %d. Т. %d, № %d. С. %d–%d. doi: 10.5555/ref.%d", t.name(), t.name(), t.sentenceOf(8), t.sentenceOf(3),
				year(), 1+t.IntN(80), 1+t.IntN(6), p, p+14, t.IntN(1e6))
		},
		func() string {
			return fmt.Sprintf("%s: сб. ст. / под ред. %s. – СПб. : %s, %d. – %d с.", t.sentenceOf(5), t.name(), t.one(t.tongue.publishers), year(), 80+t.IntN(500))
		},
		func() string {
			return fmt.Sprintf("%s // ГАСО. Ф. %d. Оп. 1. Д. %d. URL: https://archive.example.org/f/%d (дата обращения: 03.05.2021).",
				t.sentenceOf(6), t.IntN(300), t.IntN(900), t.IntN(1e6))
		},
	})
	fmt.Fprintf(t, "\nДля цитирования:\n\n%s %s. %s. %d;%d(%d):%d-%d. https://doi.org/%s\n\nПросмотров: %d\n\n", strings.Join(t.authors, ", "), t.title,
		t.tongue.journal, t.year, t.volume, t.number, t.first, t.last, t.doi(), t.IntN(3000))
	t.WriteString("Контент доступен под лицензией Creative Commons Attribution 4.0 License.\n\nISSN 2049-3630 (Print)\nISSN 2434-561X (Online)\n")
}

// writePages writes the pages from one number up to another, which is not
// among them, each into a file, and tells how many bytes they have.
func writePages(dir string, from, to int) (size int64, err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return 0, err
	}
	for n := from; n < to; n++ {
		page := landingPage(n)
		size += int64(len(page))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("page-%06d.txt", n)), []byte(page), 0o640); err != nil {
			return 0, err
		}
	}
	return size, nil
}
