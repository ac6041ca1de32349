// Package doaj writes articles for the Directory of Open Access Journals: as the XML
// that a publisher uploads (doajArticles.xsd 1.3, https://doaj.org/docs/xml/), and as
// the JSON of its interface (https://doaj.org/api/, "CRUD Article").
//
//	c := doaj.NewCollection(w)
//	written, err := c.Add(publication, "https://example.org/rjr/articles/panov-2020")
//	err = c.Close()
//
// DOAJ takes no article without title, journal, ISSN, date and an address that it can
// reach; what is missing is said by Lacks, and the article is left out.
package doaj

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// NewCollection begins an upload.
func NewCollection(w io.Writer) *xmltree.Collection {
	return xmltree.NewCollection(w, Record, xmltree.New("records").Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").
		Set("xsi:noNamespaceSchemaLocation", "https://www.doaj.org/static/doaj/doajArticles.xsd"))
}

// addressForm is that of the schema: a host with a name of the top level.
var addressForm = regexp.MustCompile(`^https?://([^/:]+\.\p{L}{2,10}|([0-9]{1,3}\.){3}[0-9]{1,3})(:[0-9]+)?(/.*)?$`)

// mostKeywords is how many DOAJ takes.
const mostKeywords = 6

// Lacks is what DOAJ asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	l.Must(title(p, 0) == "", "title")
	l.Must(script.Line(p.Journal.Title("").Plain) == "", "journal-title")
	l.Must(issn(p.Journal.ISSNPrint) == "" && issn(p.Journal.ISSNOnline) == "", "issn")
	l.Must(date(p) == "", "date")
	l.Must(!addressForm.MatchString(address), "address")
	_, ok := pid.DOI(rec.DOI)
	l.Should(!ok, "doi")
	l.Should(len(rec.By("author")) == 0, "authors")
	l.Should(len(rec.Abstracts) == 0, "abstract")
	l.Should(len(rec.Keywords) == 0, "keywords")
	l.Should(rec.Licence == nil || rec.Licence.URL == "", "licence")
	for _, k := range rec.Keywords {
		l.Should(len(k.Words) > mostKeywords, "keywords-many", strconv.Itoa(mostKeywords))
	}
	return l
}

func issn(s string) string { issn, _ := pid.ISSN(s); return issn }

func title(p *journal.Publication, i int) string {
	if i >= len(p.Record.Titles) {
		return ""
	}
	t := p.Record.Titles[i]
	return script.Line(p.HeadingIn(t.Lang).Plain)
}

func date(p *journal.Publication) string {
	if d := p.Record.Published.Valid(); d != "" {
		return string(d)
	}
	return string(p.Issued().Valid())
}

// language is a code of the schema's list: those languages of ISO 639-2/B that have a
// code of two letters.
func language(tag string) string {
	if locale.Alpha2(tag) == "" {
		return ""
	}
	return locale.Bibliographic(tag)
}

// Record is the article as a record of the upload, nil where DOAJ would not take it.
func Record(p *journal.Publication, address string) *xmltree.Element {
	if Lacks(p, address).Grave() {
		return nil
	}
	rec := &p.Record
	e := xmltree.New("record", xmltree.Say("language", language(rec.Language)), xmltree.Say("publisher", script.Line(journal.In(p.Journal.Publisher, rec.Language).Plain)),
		xmltree.Say("journalTitle", script.Line(p.Journal.Title("").Plain)), xmltree.Say("issn", issn(p.Journal.ISSNPrint)), xmltree.Say("eissn", issn(p.Journal.ISSNOnline)),
		xmltree.Say("publicationDate", date(p)))
	if is := p.Place(); is != nil {
		e.Add(xmltree.Say("volume", script.Line(is.Volume)), xmltree.Say("issue", script.Line(is.Number)))
	}
	first := rec.Pages.First
	if first == "" {
		first = rec.Pages.Article
	}
	doi, _ := pid.DOI(rec.DOI)
	e.Add(xmltree.Say("startPage", script.Line(first)), xmltree.Say("endPage", script.Line(rec.Pages.Last)), xmltree.Say("doi", doi),
		xmltree.Say("publisherRecordId", p.ID), xmltree.Say("documentType", script.Line(rec.Type)))
	for _, t := range rec.Titles {
		e.Add(xmltree.Say("title", script.Line(p.HeadingIn(t.Lang).Plain)).Set("language", language(t.Lang)))
	}
	e.Add(people(rec)...)
	for _, a := range rec.Abstracts {
		if a.Role == "" {
			e.Add(xmltree.Say("abstract", script.Line(a.Plain)).Set("language", language(a.Lang)))
		}
	}
	e.Add(xmltree.Say("fullTextUrl", xmltree.Address(address)).Set("format", "html"))
	for _, k := range rec.Keywords {
		words := xmltree.New("keywords").Set("language", language(k.Lang))
		for _, w := range k.Words {
			words.Add(xmltree.Say("keyword", script.Line(w)))
		}
		if !words.Empty() {
			e.Add(words)
		}
	}
	return e
}

// people are the authors and the list of their institutions.
func people(rec *journal.Article) []*xmltree.Element {
	authors, places := xmltree.New("authors"), xmltree.New("affiliationsList")
	number := map[string]string{}
	for _, c := range rec.By("author") {
		n := c.NameIn(rec.Language)
		name := script.Line(n.Shown())
		if name == "" {
			continue
		}
		a := xmltree.New("author", xmltree.Say("name", name))
		for _, s := range rec.AffiliationsPrinted(&c, rec.Language) {
			if s = script.Line(s); s == "" {
				continue
			}
			if number[s] == "" {
				number[s] = strconv.Itoa(len(number) + 1)
				places.Add(xmltree.Say("affiliationName", s).Set("affiliationId", number[s]))
			}
			a.Add(xmltree.Say("affiliationId", number[s]))
		}
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			a.Add(xmltree.Say("orcid_id", "https://orcid.org/"+orcid))
		}
		authors.Add(a)
	}
	var out []*xmltree.Element
	for _, e := range []*xmltree.Element{authors, places} {
		if !e.Empty() {
			out = append(out, e)
		}
	}
	return out
}

// firstWords are the keywords in the language of the article, as many as DOAJ takes.
func firstWords(rec *journal.Article) []string {
	var out []string
	for _, w := range rec.KeywordsIn(rec.Language) {
		if w = script.Line(w); w != "" && len(out) < mostKeywords {
			out = append(out, w)
		}
	}
	return out
}

// country is that of the publisher as DOAJ writes it.
func country(j *journal.Journal) string { return strings.ToUpper(j.Registered().Country) }
