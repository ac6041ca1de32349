// Package endnote writes articles as the XML that EndNote exports and imports, and that
// Zotero and others read: a record of type 17, Journal Article, for each.
//
//	c := endnote.NewCollection(w)
//	_, err := c.Add(publication, "https://example.org/rjr/articles/panov-2020")
//	err = c.Close()
//
// EndNote has published a DTD without versions (RSXML.dtd); the elements here are those
// that both its exports and other programs' readers have. Styles of characters, which
// EndNote wraps around every value, are not written: readers do without.
package endnote

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// NewCollection begins a library; its records are numbered from 1.
func NewCollection(w io.Writer) *xmltree.Collection {
	n := 0
	return xmltree.NewCollection(w, func(p *journal.Publication, address string) *xmltree.Element {
		n++
		return record(p, address, n)
	}, xmltree.New("xml"), xmltree.New("records"))
}

// Encode writes a library of one article.
func Encode(w io.Writer, p *journal.Publication, address string) error {
	c := NewCollection(w)
	_, err := c.Add(p, address)
	return errors.Join(err, c.Close())
}

func say(name, value string) *xmltree.Element { return xmltree.Say(name, script.Line(value)) }

func record(p *journal.Publication, address string, n int) *xmltree.Element {
	rec := &p.Record
	title := p.Journal.Title(rec.Language).Plain
	e := xmltree.New("record", say("source-app", "Offprint").Set("name", "Offprint"), say("rec-number", strconv.Itoa(n)), say("ref-type", "17").Set("name", "Journal Article"))
	e.Add(xmltree.Group("contributors", people("authors", rec.By("author")), people("subsidiary-authors", rec.By("translator"))))
	e.Add(xmltree.Group("titles", say("title", p.Heading().Plain), say("secondary-title", title), say("short-title", ""), translated(rec)))
	e.Add(xmltree.Group("periodical", say("full-title", title), say("abbr-1", p.Journal.Abbrev)))
	pages := script.Line(rec.Pages.First)
	if last := script.Line(rec.Pages.Last); pages != "" && last != "" && last != pages {
		pages += "-" + last
	}
	if pages == "" {
		pages = script.Line(rec.Pages.Article) // where readers look for it
	}
	e.Add(say("pages", pages))
	if is := p.Place(); is != nil {
		e.Add(say("volume", is.Volume), say("number", is.Number))
	}
	words := xmltree.New("keywords")
	for _, w := range rec.KeywordsIn(rec.Language) {
		words.Add(say("keyword", w))
	}
	if !words.Empty() {
		e.Add(words)
	}
	e.Add(dates(p), say("publisher", journal.In(p.Journal.Publisher, rec.Language).Plain), say("pub-location", p.Journal.Place), say("isbn", p.Journal.ISSN()))
	e.Add(say("work-type", strings.ReplaceAll(rec.Type, "-", " ")), say("abstract", rec.AbstractIn(rec.Language).Plain), say("custom7", rec.Pages.Article))
	e.Add(urls(rec, address))
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.Add(say("electronic-resource-num", doi))
	}
	return e.Add(say("accession-num", rec.ID("pmid")), say("language", rec.Language))
}

func people(name string, list []journal.Contributor) *xmltree.Element {
	e := xmltree.New(name)
	for _, c := range list {
		n := c.Names[0]
		s := n.Shown()
		switch {
		case c.Collective:
			s += "," // which EndNote takes as the end of a name that is not divided
		case n.Family != "":
			s = n.Family + ", " + n.Given
			if n.Suffix != "" {
				s += ", " + n.Suffix
			}
		}
		if script.Line(strings.Trim(s, ", ")) != "" {
			e.Add(say("author", strings.TrimRight(s, " ")))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

func translated(rec *journal.Article) *xmltree.Element {
	for i := range rec.Titles[min(1, len(rec.Titles)):] {
		if t := rec.HeadingOf(i + 1); script.Line(t.Plain) != "" {
			return say("translated-title", t.Plain)
		}
	}
	return nil
}

func dates(p *journal.Publication) *xmltree.Element {
	d := p.Issued().Valid()
	if d == "" {
		return nil
	}
	e := xmltree.New("dates", say("year", string(d[:4])))
	if len(d) > 4 {
		e.Add(xmltree.New("pub-dates", say("date", string(d))))
	}
	return e
}

func urls(rec *journal.Article, address string) *xmltree.Element {
	related := xmltree.Group("related-urls", say("url", address))
	return xmltree.Group("urls", related, xmltree.Group("pdf-urls", say("url", rec.PDF(address))))
}
