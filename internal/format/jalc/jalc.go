// Package jalc writes articles as the Japan Link Center (JaLC), the Japanese agency for
// DOIs, takes their registrations: the XML that is sent to its registration interface,
// for journal articles (content classification 01).
//
//	c := jalc.NewCollection(w, "SI/lamp.example") // the number of the site that JaLC has given
//	written, err := c.Add(publication, "https://example.org/rjr/articles/panov-2020")
//	err = c.Close()
//
// JaLC publishes no schema. Only elements are written that registrations of its members
// are known to have; what else a record holds is left out rather than guessed. What
// JaLC demands and a record does not have is said by Lacks, and the article is left out.
package jalc

import (
	"fmt"
	"io"
	"strconv"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Values of the head of a registration: that of journal articles, answered at once.
const (
	journalArticles = "01" // content_classification
	register        = "01" // request_kind
	errorProcess    = "0"
	resultMethod    = "0"
)

// NewCollection begins a registration by a member's site.
func NewCollection(w io.Writer, site string) *xmltree.Collection {
	n := 0
	head := xmltree.New("head", xmltree.Say("error_process", errorProcess), xmltree.Say("result_method", resultMethod),
		xmltree.Say("content_classification", journalArticles), xmltree.Say("request_kind", register))
	number := func(p *journal.Publication, address string) *xmltree.Element {
		e := content(p, address)
		if e != nil {
			e.Set("sequence", strconv.Itoa(n)).Set("classification", "article")
			n++
		}
		return e
	}
	return xmltree.NewCollection(w, number, xmltree.New("root", head), xmltree.New("body", xmltree.Say("site_id", Site(site))))
}

// Site is the number of a member's site as JaLC writes it.
func Site(number string) string { return script.Line(number) }

// Lacks is what JaLC asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	_, ok := pid.DOI(rec.DOI)
	l.Must(Site(p.Journal.Registered().JaLCSite) == "", "jalc-site")
	l.Must(!ok, "doi")
	l.Must(address == "", "address")
	l.Must(script.Line(p.Heading().Plain) == "", "title")
	l.Must(p.Issued().Valid() == "", "date")
	l.Should(len(issns(&p.Journal)) == 0, "issn")
	l.Should(len(rec.By("author")) == 0, "authors")
	l.Should(first(rec) == "", "pages")
	l.Should(p.Place() == nil, "issue")
	return l
}

func content(p *journal.Publication, address string) *xmltree.Element {
	if Lacks(p, address).Grave() {
		return nil
	}
	rec := &p.Record
	doi, _ := pid.DOI(rec.DOI)
	e := xmltree.New("content", xmltree.Say("doi", doi), xmltree.Say("url", xmltree.Address(address)))
	ids := xmltree.New("journal_id_list")
	for _, issn := range issns(&p.Journal) {
		ids.Add(xmltree.Say("journal_id", issn).Set("type", "ISSN"))
	}
	titles := xmltree.New("title_list")
	for _, lang := range rec.TitleLanguages() {
		titles.Add(group(xmltree.New("titles", xmltree.Say("title", script.Line(p.HeadingIn(lang).Plain))).Set("lang", locale.Alpha2(lang))))
	}
	e.Add(group(ids), titles, creators(rec))
	date(e, p.Issued().Valid())
	if is := p.Place(); is != nil {
		e.Add(xmltree.Say("volume", script.Line(is.Volume)), xmltree.Say("issue", script.Line(is.Number)))
	}
	return e.Add(xmltree.Say("first_page", first(rec)), xmltree.Say("last_page", script.Line(rec.Pages.Last)), funds(rec))
}

// group is an element that has something in it, or nil.
func group(e *xmltree.Element) *xmltree.Element {
	if e.Empty() {
		return nil
	}
	return e
}

func issns(j *journal.Journal) (list []string) {
	for _, s := range []string{j.ISSNPrint, j.ISSNOnline} {
		if issn, ok := pid.ISSN(s); ok {
			list = append(list, issn)
		}
	}
	return list
}

// first is the first page, or the number of an article without pages.
func first(rec *journal.Article) string {
	if s := script.Line(rec.Pages.First); s != "" {
		return s
	}
	return script.Line(rec.Pages.Article)
}

func creators(rec *journal.Article) *xmltree.Element {
	list, n := xmltree.New("creator_list"), 0
	for _, c := range rec.By("author") {
		e := xmltree.New("creator").Set("sequence", strconv.Itoa(n))
		for _, name := range c.Names {
			e.Add(names(&c, &name, rec.Language))
		}
		if e.Empty() {
			continue
		}
		e.Add(affiliations(rec, &c))
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			e.Add(xmltree.New("researcher_id", xmltree.Say("id_code", orcid).Set("type", "ORCID")))
		}
		list.Add(e)
		n++
	}
	return group(list)
}

// names are a name in one language. One that is not divided is a last name, as JaLC
// has the names of organisations.
func names(c *journal.Contributor, n *journal.Name, lang string) *xmltree.Element {
	if n.Lang != "" {
		lang = n.Lang
	}
	last, given := script.Line(n.Family), script.Line(n.Given)
	if c.Collective || last == "" {
		last, given = script.Line(n.Shown()), ""
	}
	return group(xmltree.New("names", xmltree.Say("last_name", last), xmltree.Say("first_name", given)).Set("lang", locale.Alpha2(lang)))
}

func affiliations(rec *journal.Article, c *journal.Contributor) *xmltree.Element {
	list, n := xmltree.New("affiliations"), 0
	for _, f := range rec.AffiliationsOf(c) {
		e := xmltree.New("affiliation").Set("sequence", strconv.Itoa(n))
		for _, t := range f.Names {
			e.Add(xmltree.Say("affiliation_name", script.Line(t.Plain)).Set("lang", locale.Alpha2(t.Lang)))
		}
		if e.Empty() {
			continue
		}
		if ror, ok := pid.ROR(f.ROR); ok {
			e.Add(xmltree.Say("affiliation_identifier", ror).Set("type", "ROR"))
		}
		list.Add(e)
		n++
	}
	return group(list)
}

// date is the date of publication as far as it is known; a whole one stands a second
// time, in one word.
func date(e *xmltree.Element, d journal.Date) {
	y, m, day := d.Parts()
	at := xmltree.New("publication_date", xmltree.Say("year", fmt.Sprintf("%04d", y)))
	if m > 0 {
		at.Add(xmltree.Say("month", fmt.Sprintf("%02d", m)))
	}
	if day > 0 {
		at.Add(xmltree.Say("day", fmt.Sprintf("%02d", day)))
	}
	e.Add(at)
	if day > 0 {
		e.Add(xmltree.Say("date", fmt.Sprintf("%04d%02d%02d", y, m, day)))
	}
}

func funds(rec *journal.Article) *xmltree.Element {
	list := xmltree.New("fund_list")
	for _, f := range rec.Funding {
		e := xmltree.New("fund", xmltree.Say("funder_name", script.Line(f.Funder)))
		if e.Empty() {
			continue
		}
		awards := xmltree.New("award_number_group")
		for _, a := range f.Awards {
			awards.Add(xmltree.Say("award_number", script.Line(a)))
		}
		list.Add(e.Add(group(awards)))
	}
	return group(list)
}
