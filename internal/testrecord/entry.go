package testrecord

import (
	"slices"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Entry is what a reference manager keeps of an article, by field: it compares what
// was written with what another program has read. Lists are joined with "; ", names
// are "family|given|suffix" or one undivided part.
type Entry map[string]string

// EntryOf is what is to be read of an export of the article.
func EntryOf(p *journal.Publication, address string) Entry {
	rec := &p.Record
	doi, _ := pid.DOI(rec.DOI)
	date := string(p.Issued().Valid())
	year, month := date[:min(4, len(date))], ""
	if len(date) >= len("2006-01") {
		month = date[:len("2006-01")]
	}
	e := Entry{
		"title": p.Heading().Plain, "author": people(rec.By("author")), "editor": "", "translator": people(rec.By("translator")),
		"journal": p.Journal.Title(rec.Language).Plain, "abbreviation": p.Journal.Abbrev, "first": rec.Pages.First, "last": rec.Pages.Last, "number": rec.Pages.Article,
		"date": date, "year": year, "month": month, "doi": doi, "issn": p.Journal.ISSN(), "language": rec.Language, "abstract": rec.AbstractIn(rec.Language).Plain, "url": address,
		"publisher": journal.In(p.Journal.Publisher, rec.Language).Plain, "place": p.Journal.Place, "keywords": strings.Join(rec.KeywordsIn(rec.Language), "; "),
	}
	if in := p.Place(); in != nil {
		e["volume"], e["issue"] = in.Volume, in.Number
	}
	for field, value := range e {
		e[field] = script.Line(value)
	}
	if e["first"] == "" {
		e["first"], e["last"] = e["number"], "" // where programs look for it
	}
	if e["last"] == e["first"] {
		e["last"] = "" // one page
	}
	return e
}

func people(list []journal.Contributor) string {
	var out []string
	for _, c := range list {
		n := c.Names[0]
		name := n.Family + "|" + n.Given + "|" + n.Suffix
		if c.Collective || n.Family == "" {
			name = n.Shown()
		}
		if name = strings.TrimRight(script.Line(name), "| "); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, "; ")
}

// Read compares what a program has read of the cases, in their order, field by field.
// normal, which may be nil, brings a value of either side into the form that both can
// have.
func Read(t *testing.T, cases []Case, got []Entry, fields []string, normal func(field, value string) string) {
	t.Helper()
	if len(got) != len(cases) {
		t.Fatalf("%d entries are read, %d were written", len(got), len(cases))
	}
	if normal == nil {
		normal = func(_, value string) string { return value }
	}
	for i := range cases {
		want := EntryOf(cases[i].Pub, cases[i].Address)
		for _, field := range fields {
			if w, g := normal(field, want[field]), normal(field, got[i][field]); w != g {
				t.Errorf("%s: %s is read as\n\t%.300q\nand is\n\t%.300q", cases[i].Name, field, g, w)
			}
		}
	}
}

// Readable are the cases but those whose name is given: what no program could read
// again, since there is nothing in it.
func Readable(except ...string) []Case {
	return slices.DeleteFunc(All(), func(c Case) bool { return slices.Contains(except, c.Name) })
}
