// Package ris writes articles in RIS, the tagged form that reference managers
// import.
//
// The form is the RIS Format Specification of Reference Manager (2001) with the
// tags of 2011 that EndNote, Zotero and Mendeley read: one "TG  - value" a
// line, CRLF line ends, UTF-8, "TY" first and "ER" last.
//
//	ris.Encode(publication, "https://example.org/rjr/articles/panov-2020")
//	// TY  - JOUR
//	// AU  - Panov, A. N.
//	// …
//	// ER  -
//
// A value is one line: line breaks inside it become blanks, so that no text can
// add a line of its own. The package reads nothing, and a tag whose value the
// record does not have is left out.
package ris

import (
	"fmt"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "application/x-research-info-systems"

// Encode writes the article as one entry with an empty line behind it. address
// is the article's own address, or empty.
func Encode(p *journal.Publication, address string) []byte {
	rec := &p.Record
	e := &entry{}
	e.line("TY", "JOUR")
	e.people("AU", rec.By("author"))
	e.people("A4", rec.By("translator"))
	e.line("TI", p.Heading().Plain)
	for _, t := range rec.Titles[min(1, len(rec.Titles)):] {
		e.line("TT", t.Plain)
	}
	// The full name under its tags of 2011 and of 2001. JO is left out: some
	// take it for the full name, others for the abbreviation.
	title := p.Journal.Title(rec.Language).Plain
	e.line("T2", title)
	e.line("JF", title)
	e.line("J2", p.Journal.Abbrev)
	if in := p.Place(); in != nil {
		e.line("VL", in.Volume)
		e.line("IS", in.Number)
	}
	e.pages(rec.Pages)
	e.date(p.Issued())
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.line("DO", doi)
	}
	e.line("SN", p.Journal.ISSN())
	e.line("UR", address)
	e.line("L1", rec.PDF(address))
	e.line("PB", journal.In(p.Journal.Publisher, rec.Language).Plain)
	e.line("CY", p.Journal.Place)
	e.line("LA", rec.Language)
	for _, w := range rec.KeywordsIn(rec.Language) {
		e.line("KW", w)
	}
	e.line("AB", rec.AbstractIn(rec.Language).Plain)
	e.WriteString("ER  - \r\n\r\n")
	return []byte(e.String())
}

type entry struct{ strings.Builder }

func (e *entry) line(tag, value string) {
	if value = script.Line(value); value != "" {
		fmt.Fprintf(e, "%s  - %s\r\n", tag, value)
	}
}

// people writes one line each: "Family, Given, Suffix", or a name that is not
// divided as it is.
func (e *entry) people(tag string, of []journal.Contributor) {
	for _, c := range of {
		n := c.Names[0]
		if c.Collective || n.Family == "" {
			e.line(tag, n.Literal)
			continue
		}
		parts := []string{n.Family}
		if n.Given != "" || n.Suffix != "" {
			parts = append(parts, n.Given)
		}
		if n.Suffix != "" {
			parts = append(parts, n.Suffix)
		}
		e.line(tag, strings.Join(parts, ", "))
	}
}

// pages writes first and last page, or the article number in the place of the
// first, where reference managers look for it.
func (e *entry) pages(p journal.Pages) {
	if p.First == "" {
		e.line("SP", p.Article)
		return
	}
	e.line("SP", p.First)
	if p.Last != p.First {
		e.line("EP", p.Last)
	}
}

// date writes the year, and the date as YYYY/MM/DD/ whose unknown parts are
// empty.
func (e *entry) date(d journal.Date) {
	year, month, day := d.Valid().Parts()
	if year == 0 {
		return
	}
	e.line("PY", string(journal.YearDate(year)))
	parts := []string{string(journal.YearDate(year)), "", "", ""}
	if month > 0 {
		parts[1] = fmt.Sprintf("%02d", month)
	}
	if day > 0 {
		parts[2] = fmt.Sprintf("%02d", day)
	}
	e.line("DA", strings.Join(parts, "/"))
}
