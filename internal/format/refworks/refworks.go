// Package refworks writes articles in RefWorks' tagged format: a line of two letters and a
// value for each statement, an empty line between articles.
//
//	refworks.Encode(publication, "https://example.org/rjr/articles/panov-2020")
//	// RT Journal Article
//	// A1 Panov, A. N.
//	// T1 The Soviet-Japanese Joint Declaration of 1956
package refworks

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "text/plain"

// Encode writes the article with an empty line behind it.
func Encode(p *journal.Publication, address string) []byte {
	var b strings.Builder
	line := func(tag, value string) {
		if value = script.Line(value); value != "" {
			b.WriteString(tag + " " + value + "\r\n")
		}
	}
	rec := &p.Record
	line("RT", "Journal Article")
	line("SR", "Electronic(1)")
	line("ID", p.Journal.Path+"/"+p.Slug)
	people := func(tag, role string) {
		for _, c := range rec.By(role) {
			n := c.Names[0]
			switch {
			case c.Collective || n.Family == "":
				line(tag, n.Shown())
			case n.Suffix != "":
				line(tag, n.Family+", "+n.Given+", "+n.Suffix)
			case n.Given != "":
				line(tag, n.Family+", "+n.Given)
			default:
				line(tag, n.Family)
			}
		}
	}
	people("A1", "author")
	people("A3", "translator")
	line("T1", p.Heading().Plain)
	line("JF", p.Journal.Title(rec.Language).Plain)
	line("JO", p.Journal.Abbrev)
	if d := p.Issued().Valid(); d != "" {
		line("YR", string(d[:4]))
		line("FD", strings.ReplaceAll(string(d), "-", "/"))
	}
	if is := p.Place(); is != nil {
		line("VO", is.Volume)
		line("IS", is.Number)
	}
	first := rec.Pages.First
	if first == "" {
		first = rec.Pages.Article
	}
	line("SP", first)
	line("OP", rec.Pages.Last)
	for _, w := range rec.KeywordsIn(rec.Language) {
		line("K1", w)
	}
	line("AB", rec.AbstractIn(rec.Language).Plain)
	for i := range rec.Titles[min(1, len(rec.Titles)):] {
		line("NO", "Translated title: "+rec.HeadingOf(i+1).Plain)
	}
	line("PB", journal.In(p.Journal.Publisher, rec.Language).Plain)
	line("PP", p.Journal.Place)
	line("SN", p.Journal.ISSN())
	line("LA", rec.Language)
	if doi, ok := pid.DOI(rec.DOI); ok {
		line("DO", doi)
	}
	line("UL", address)
	line("LK", rec.PDF(address))
	b.WriteString("\r\n")
	return []byte(b.String())
}
