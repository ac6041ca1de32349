package bibtex

import (
	"fmt"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// BibLaTeX writes one article as BibLaTeX alone knows it (manual of 3.20, section 2.2):
// journaltitle, a date of any exactness, subtitles of their own, the languages of the
// original, and translated titles as a note of the title. address is the article's own
// address, or empty.
func BibLaTeX(p *journal.Publication, address string) []byte { return biblatex(p, address, Key(p)) }

func biblatex(p *journal.Publication, address, key string) []byte {
	rec := &p.Record
	e := &fields{}
	fmt.Fprintf(e, "@%s{%s,\n", entryType(rec.Type), key)
	e.raw("author", people(rec.By("author")))
	e.raw("translator", people(rec.By("translator")))
	if len(rec.Titles) > 0 {
		own := rec.Titles[0]
		if title := markup(p.Titled(own)); title != "" {
			e.raw("title", "{"+title+"}")
		}
		if sub := markup(rec.SubtitleIn(own.Lang)); sub != "" {
			e.raw("subtitle", "{"+sub+"}")
		}
		var others []string
		for i := range rec.Titles[1:] {
			if t := markup(rec.HeadingOf(i + 1)); t != "" {
				others = append(others, t)
			}
		}
		e.raw("titleaddon", strings.Join(others, "; "))
	}
	e.text("journaltitle", p.Journal.Title(rec.Language).Plain)
	e.text("shortjournal", p.Journal.Abbrev)
	if in := p.Place(); in != nil {
		e.text("volume", in.Volume)
		e.text("number", in.Number)
		e.text("issuetitle", journal.In(in.Titles, rec.Language).Plain)
	}
	e.raw("pages", pages(rec.Pages))
	e.text("eid", rec.Pages.Article)
	e.raw("date", string(p.Issued().Valid()))
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.verbatim("doi", doi)
	}
	e.text("issn", p.Journal.ISSN())
	e.verbatim("url", address)
	e.whole("publisher", journal.In(p.Journal.Publisher, rec.Language).Plain)
	e.whole("location", p.Journal.Place)
	e.language(rec.Language)
	e.text("keywords", keywords(rec))
	e.text("abstract", rec.AbstractIn(rec.Language).Plain)
	if pmid := rec.ID("pmid"); pmid != "" {
		e.text("eprint", pmid)
		e.raw("eprinttype", "pubmed")
	}
	e.WriteString("}\n")
	return []byte(e.String())
}

// entryType is a review where the article is one.
func entryType(kind string) string {
	switch kind {
	case "book-review", "product-review":
		return "review"
	}
	return "article"
}
