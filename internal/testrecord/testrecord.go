// Package testrecord gives tests of output formats records to write and checks what
// was written: an invented article that has nearly all that a record can hold, the
// demonstration journal, records that nobody would make but that exist, and, where
// ../shared/data is there, real articles.
//
//	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) { … })
//	testrecord.Golden(t, "sample.xml", got)
//	testrecord.Valid(t, "crossref", files)
//
// Only tests import it.
package testrecord

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/article"
	"offprint/internal/demo"
	"offprint/internal/format/jats"
	"offprint/internal/format/landing"
	"offprint/internal/journal"
)

// Case is one article with its texts.
type Case struct {
	Name      string
	Pub       *journal.Publication
	Documents []journal.Document
	// Address of the article's page.
	Address string
}

// Own are the project's own records: they are always there.
var Own = sync.OnceValue(func() []Case {
	cases := []Case{{Name: "sample", Pub: Sample(), Documents: Documents()}}
	files, err := demo.Articles()
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		r, err := jats.Decode(f.Bytes)
		if err != nil {
			panic(err)
		}
		j := demo.Journal()
		j.ID = "01D"
		cases = append(cases, placed("demo-"+strings.TrimSuffix(f.Name, ".xml"), r, &j))
	}
	return addressed(append(cases, hostile()...))
})

// Real are the articles of ../shared/data, nil where it is not there and in short tests.
var Real = sync.OnceValue(func() []Case {
	data := Shared("data")
	if data == "" || testing.Short() {
		return nil
	}
	var cases []Case
	for _, pattern := range []string{"jats/*.xml", "pages/*", "seed/page.txt"} {
		found, _ := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
		for _, name := range found {
			if r := read(name); r != nil {
				cases = append(cases, placed(filepath.Base(name), r, nil))
			}
		}
	}
	return addressed(cases)
})

func read(name string) *journal.Reading {
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".tsv") {
		return nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	r, err := jats.Decode(b)
	if err != nil {
		if r, err = landing.Read(filepath.Base(name), b); err != nil {
			return nil
		}
	}
	return r
}

// placed puts what was read into its journal, as an import does.
func placed(name string, r *journal.Reading, j *journal.Journal) Case {
	p := &journal.Publication{ID: name, Slug: name, Version: 1, Latest: 1, Created: "2026-01-02T03:04:05Z", Journal: r.Journal, Record: r.Article}
	if j != nil {
		p.Journal = *j
	}
	if p.Journal.Path == "" {
		p.Journal.Path = "j"
	}
	if is := r.Article.Issue; is != nil {
		own := *is
		own.ID, own.Slug = fmt.Sprint("issue ", is.Year, is.Volume, is.Number), strings.ReplaceAll(fmt.Sprint(is.Year, "-", is.Volume, "-", is.Number), " ", "")
		p.Issue = &own
	}
	return Case{Name: name, Pub: p, Documents: r.Documents}
}

func addressed(cases []Case) []Case {
	for i := range cases {
		cases[i].Address = string(cases[i].Pub.Address(Site))
	}
	return cases
}

// Each runs a test with all records: the own ones and, where they are there, the real ones.
func Each(t *testing.T, f func(t *testing.T, c *Case)) {
	t.Helper()
	run := func(t *testing.T, cases []Case) {
		for i := range cases {
			t.Run(cases[i].Name, func(t *testing.T) { f(t, &cases[i]) })
		}
	}
	run(t, Own())
	t.Run("real", func(t *testing.T) {
		if len(Real()) == 0 {
			t.Skip("real articles are read from ../shared/data, which is not here, or left out by -short")
		}
		run(t, Real())
	})
}

// All are all records that are there.
func All() []Case { return append(slices.Clone(Own()), Real()...) }

// Shared is a folder beside the project, or "" when it is not there.
func Shared(name string) string {
	dir := filepath.Join(Root(), "..", "shared", name)
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

// Root is the folder of the project.
func Root() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	return ""
}

var update = flag.Bool("update", false, "write the golden files anew")

// Golden compares what was written with a file of testdata.
func Golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s differs (- file, + now); see it with -update:\n%s", file, diff)
	}
}

// hostile are records that are wrong in every way that a text can be, and records
// that have hardly anything.
func hostile() []Case {
	bad := "a\x00b\x0b\x1f \xed\xa0\x80\xff \ufffe\uffff ]]> <&> \"'\r\n\t\u2028 𝕜 \u202e" + strings.Repeat("é", 300)
	all := Sample()
	spoil(all, bad)
	long := Sample()
	long.Record.Abstracts[0] = journal.Abstract{Text: journal.T("en", strings.Repeat("Light & <dark>. ", 4096))}
	long.Record.Titles[0] = journal.T("en", strings.Repeat("Title ", 1000)+"end")
	for i := range 3000 {
		long.Record.Contributors = append(long.Record.Contributors, journal.Contributor{Names: []journal.Name{{Literal: fmt.Sprintf("A. Author%d", i), Family: fmt.Sprintf("Author%d", i), Given: "A."}}})
	}
	nameless := Sample()
	for i, name := range []journal.Name{{Literal: "???", Family: "?", Given: "1"}, {Literal: "123"}, {}, {Literal: " ", Family: " ", Given: "—"}, {Literal: "·"}} {
		nameless.Record.Contributors = append(nameless.Record.Contributors, journal.Contributor{Role: []string{"author", "editor", "", "collab-member", "unheard-of"}[i], Names: []journal.Name{name}})
	}
	nameless.Record.Contributors = append(nameless.Record.Contributors, journal.Contributor{Role: "author"})
	bare := &journal.Publication{ID: "b", Slug: "bare", Version: 1, Latest: 1, Journal: journal.Journal{Path: "bare"}, Record: journal.Article{}}
	dates := Sample()
	dates.Record.Published, dates.Record.Issue = "2024-13-45", &journal.Issue{Year: 0}
	dates.Issue = &journal.Issue{Year: 99999, Volume: strings.Repeat("9", 40), Number: "1"}
	dates.Record.History = []journal.When{{Event: "published-online", Date: "tomorrow"}, {Event: "received", Date: "0000"}, {Event: "accepted", Date: "2024-02-31"}, {Event: "revised"}}
	dates.Record.DOI, dates.Journal.ISSNOnline, dates.Journal.ISSNPrint = "not a doi", "1234-5678", "x"
	unregistered := Sample()
	unregistered.Journal.ISSNOnline, unregistered.Journal.ISSNPrint, unregistered.Record.DOI, unregistered.Journal.Registry = "", "", "", nil
	retracted := Sample()
	retracted.Standing = journal.Retracted
	signs := Sample()
	sign(signs)
	languages := Sample()
	languages.Record.Language = "x-klingon"
	for i, lang := range []string{"", "not a tag", "sr-Latn", "zh-Hant-TW", "en", "en", "und"} {
		languages.Record.Titles = append(languages.Record.Titles, journal.T(lang, fmt.Sprint("Title ", i)))
		languages.Record.Abstracts = append(languages.Record.Abstracts, journal.Abstract{Text: journal.T(lang, fmt.Sprint("Abstract ", i))})
		languages.Record.Keywords = append(languages.Record.Keywords, journal.Keywords{Lang: lang, Words: []string{"", fmt.Sprint("word ", i)}})
	}
	return []Case{{Name: "spoilt", Pub: all}, {Name: "long", Pub: long}, {Name: "nameless", Pub: nameless}, {Name: "bare", Pub: bare}, {Name: "dates", Pub: dates},
		{Name: "unregistered", Pub: unregistered}, {Name: "retracted", Pub: retracted}, {Name: "signs", Pub: signs}, {Name: "languages", Pub: languages}}
}

// sign puts into the texts what means something to TeX, to tagged forms and to lists of
// names, and gives the article people whose names have more than two parts.
func sign(p *journal.Publication) {
	const signs = `100 % of $5 & #1_{a^2} ~ \emph{x} } { "quoted" 'so' ` + "``thus''" + ` @article{x, TY  - JOUR | <b> &amp; [1] ß Ł ñ ễ ё 鳩山 и`
	a := &p.Record
	a.Titles[0], a.Subtitles = journal.T("en", signs), nil
	a.Abstracts[0].Text = journal.T("en", signs+"\n\nER  - \n\n"+signs)
	p.Journal.Titles[0], p.Journal.Abbrev = journal.T("en", "Arts & Crafts_2: $100 %"), "Arts & Cr. #1"
	p.Journal.Publisher = []journal.Text{journal.T("en", "Rand and Sons & Co, Ltd.")}
	p.Journal.Place = "Ghent and Bruges"
	a.Contributors = nil
	for _, n := range []journal.Name{{Family: "van der Berg", Given: "Jan-Willem"}, {Family: "García Márquez", Given: "José"}, {Family: "O'Neill", Given: "Síle"}, {Family: "Nguyễn", Given: "Thị Ánh"},
		{Family: "de la Cruz", Given: "Ana", Suffix: "III"}, {Family: "Çelik-Öz", Given: "Ğ."}, {Family: "bell", Given: "ann"}, {Family: "Álvarez García", Given: "Ana"}, {Family: "Ramos da Silva", Given: "João"}, {Family: "de Ávila Ímaz Paz", Given: "A."}, {Family: "Кузнецов-Цхе", Given: "Ё. Й."}, {Literal: "Rand and Sons, Ltd. & others"}, {Family: "Sukarno"}} {
		if n.Literal == "" {
			n.Literal = strings.TrimSpace(n.Given + " " + n.Family)
		}
		a.Contributors = append(a.Contributors, journal.Contributor{Role: "author", Names: []journal.Name{n}})
	}
}

// spoil puts bad characters into every text of a record, and keeps its identifiers.
func spoil(p *journal.Publication, bad string) {
	texts := func(list []journal.Text) {
		for i := range list {
			list[i].Plain += bad
			if len(list[i].Rich) > 0 {
				list[i].Rich = append(list[i].Rich, article.Str(bad))
			}
		}
	}
	a := &p.Record
	for _, list := range [][]journal.Text{a.Titles, a.Subtitles, a.Section, a.FundingStatement, p.Journal.Titles, p.Journal.Publisher, p.Issue.Titles} {
		texts(list)
	}
	for i := range a.Abstracts {
		a.Abstracts[i].Plain += bad
	}
	for i := range a.Keywords {
		a.Keywords[i].Words = append(a.Keywords[i].Words, bad)
	}
	for i := range a.Contributors {
		c := &a.Contributors[i]
		for n := range c.Names {
			c.Names[n].Literal += bad
			if n > 0 {
				c.Names[n].Family += bad
				c.Names[n].Given += bad
			}
		}
		c.Email += bad
		c.AffiliationPrinted += bad
	}
	for i := range a.Affiliations {
		texts(a.Affiliations[i].Names)
		a.Affiliations[i].City += bad
	}
	for i := range a.References {
		a.References[i].Printed.Plain += bad
		a.References[i].Title += bad
		a.References[i].URL = "http://x.example/" + bad
	}
	for i := range a.Related {
		a.Related[i].Title += bad
	}
	for i := range a.Funding {
		a.Funding[i].Funder += bad
		a.Funding[i].Awards = append(a.Funding[i].Awards, bad)
	}
	a.Pages.First, a.Pages.Last, a.Copyright = bad, bad, bad
	a.IDs = append(a.IDs, journal.ID{Kind: bad, Value: bad})
	a.Subjects = append(a.Subjects, journal.Subject{Scheme: bad, Code: bad})
	a.Licence.Text = bad
	p.Issue.Volume, p.Issue.Number = bad, bad
	p.Reason = bad
}
