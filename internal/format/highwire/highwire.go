// Package highwire makes the citation_* meta elements of an article's page, by which
// Google Scholar and citation managers read it (Google Scholar, Inclusion Guidelines for
// Webmasters, "Indexing"; the names are HighWire Press').
//
//	highwire.Metas(publication, address, func(name, lang, content string) { … })
//	// citation_title, en, The Soviet-Japanese Joint Declaration of 1956
//	// citation_author, , Panov, A. N.
//
// A title stands once for each language, the original first, which is the one that
// Google Scholar takes; what follows an author (institution, ORCID iD) belongs to that
// author. A value that is not known has no element. What Google Scholar asks for beyond
// that is said by Lacks.
package highwire

import (
	"cmp"
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Metas calls add for each element, in their order on the page; lang is set where the
// content is a text in a language.
func Metas(p *journal.Publication, address string, add func(name, lang, content string)) {
	m := metas{add}
	rec := &p.Record
	for _, lang := range rec.TitleLanguages() {
		m.in("citation_title", lang, p.HeadingIn(lang).Plain)
	}
	m.authors(rec)
	for _, n := range names(rec, rec.By("translator")) { // editors of an article are not cited
		m.say("citation_translator", n)
	}
	m.say("citation_journal_title", p.Journal.Title(rec.Language).Plain)
	m.say("citation_journal_abbrev", p.Journal.Abbrev)
	m.say("citation_publisher", journal.In(p.Journal.Publisher, rec.Language).Plain)
	m.issn(p.Journal.ISSNPrint)
	m.issn(p.Journal.ISSNOnline)
	m.dates(p)
	if is := p.Place(); is != nil {
		m.say("citation_volume", is.Volume)
		m.say("citation_issue", is.Number)
	}
	if m.say("citation_firstpage", rec.Pages.First); script.Line(rec.Pages.First) == "" {
		m.say("citation_firstpage", rec.Pages.Article)
	}
	m.say("citation_lastpage", rec.Pages.Last)
	if doi, ok := pid.DOI(rec.DOI); ok {
		m.say("citation_doi", doi)
	}
	m.say("citation_pmid", rec.ID("pmid"))
	m.say("citation_language", rec.Language)
	m.say("citation_article_type", strings.ReplaceAll(rec.Type, "-", " "))
	for _, k := range rec.Keywords {
		m.in("citation_keywords", k.Lang, strings.Join(k.Words, "; "))
	}
	for _, a := range abstracts(rec) {
		m.in("citation_abstract", a.Lang, a.Plain)
	}
	for _, f := range rec.Funding {
		m.say("citation_funding_source", funding(&f))
	}
	m.addresses(p, journal.Address(address))
	for i := range rec.References {
		m.say("citation_reference", rec.References[i].Printed.Plain)
	}
}

// abstracts are those of the whole article, that in its own language first: citation
// managers keep one.
func abstracts(rec *journal.Article) []journal.Abstract {
	var list []journal.Abstract
	for _, a := range rec.Abstracts {
		if a.Role == "" {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b journal.Abstract) int { return cmp.Compare(foreign(a.Lang, rec), foreign(b.Lang, rec)) })
	return list
}

// foreign is 0 for the language of the article and 1 for others.
func foreign(lang string, rec *journal.Article) int {
	if lang == "" || locale.Alpha2(lang) == locale.Alpha2(rec.Language) {
		return 0
	}
	return 1
}

type metas struct {
	add func(name, lang, content string)
}

func (m metas) say(name, content string) { m.in(name, "", content) }

func (m metas) in(name, lang, content string) {
	if content = script.Line(content); content != "" {
		m.add(name, locale.Tag(lang), content)
	}
}

// authors are told with where they work, so that one without a name is left out whole.
func (m metas) authors(rec *journal.Article) {
	list := rec.By("author")
	for i, n := range names(rec, list) {
		if n == "" {
			continue
		}
		m.add("citation_author", "", n)
		for _, s := range rec.AffiliationsPrinted(&list[i], rec.Language) {
			m.say("citation_author_institution", s)
		}
		if orcid, ok := pid.ORCID(list[i].ORCID); ok {
			m.say("citation_author_orcid", "https://orcid.org/"+orcid)
		}
	}
}

// names are those of people with one role as citation managers take them apart: at the
// comma, or where there is none before the last word. A body whose own name has a comma
// comes apart there; nothing that could be written would hold it together.
func names(rec *journal.Article, list []journal.Contributor) []string {
	out := make([]string, len(list))
	for i := range list {
		n := script.Line(name(&list[i], rec.Language))
		switch {
		case list[i].Collective && strings.Contains(n, " ") && !strings.Contains(n, ","):
			n += "," // all of it is the last name
		case len(list) == 1:
			n = oneName(n)
		}
		out[i] = n
	}
	return out
}

// oneName is a name that no program takes for two. A sole one with blanks on both sides
// of the comma is one to Zotero only when those behind it do not break.
func oneName(n string) string {
	family, given, divided := strings.Cut(n, ", ")
	if !divided || !strings.Contains(family, " ") {
		return n
	}
	return family + ", " + strings.ReplaceAll(given, " ", "\u00A0")
}

// name is "Family, Given", in the language of the article.
func name(c *journal.Contributor, lang string) string {
	n := c.NameIn(lang)
	if c.Collective || n.Family == "" {
		return n.Shown()
	}
	family := strings.TrimSpace(n.Family + " " + n.Suffix) // behind a second comma it would be lost
	if n.Given == "" {
		return family
	}
	return family + ", " + n.Given
}

func (m metas) issn(s string) {
	if issn, ok := pid.ISSN(s); ok {
		m.say("citation_issn", issn)
	}
}

// dates are in the form that Google Scholar asks for, 2020/03/14, as exact as they are
// known.
func (m metas) dates(p *journal.Publication) {
	slashes := func(d journal.Date) string { return strings.ReplaceAll(string(d), "-", "/") }
	published := p.Record.Published.Valid()
	if published == "" {
		published = p.Issued().Valid()
	}
	m.say("citation_publication_date", slashes(published))
	if online, _ := p.Released(); online != "" && (p.Journal.ISSNOnline != "" || p.Record.On("published-online") != "") {
		m.say("citation_online_date", slashes(online))
	}
}

func funding(f *journal.Fund) string {
	parts := []string{"citation_funder=" + f.Funder}
	if f.ID != "" {
		parts = append(parts, "citation_funder_id="+f.ID)
	}
	for _, award := range f.Awards {
		parts = append(parts, "citation_grant_number="+award)
	}
	if strings.TrimSpace(f.Funder) == "" {
		return ""
	}
	return strings.Join(parts, "; ")
}

func (m metas) addresses(p *journal.Publication, at journal.Address) {
	m.say("citation_abstract_html_url", string(at))
	if d := p.Record.Documents; len(d) > 0 && !d[0].Extracted {
		m.say("citation_fulltext_html_url", string(at))
	}
	m.say("citation_xml_url", at.Form("xml"))
	for _, f := range p.Record.Galleys() {
		if f.Media == "application/pdf" && f.SHA256 != "" {
			m.say("citation_pdf_url", at.File(f))
		}
	}
}

// mostPDF is the size up to which Google Scholar reads a file.
const mostPDF = 5 << 20

// Lacks is what Google Scholar asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	l.Must(script.Line(p.Heading().Plain) == "", "title")
	l.Must(len(rec.By("author")) == 0, "authors")
	l.Must(p.Record.Published.Valid() == "" && p.Issued().Valid() == "", "date")
	l.Must(address == "", "address")
	l.Should(script.Line(p.Journal.Title("").Plain) == "", "journal-title")
	l.Should(rec.Pages.First == "" && rec.Pages.Article == "", "pages")
	l.Should(len(rec.References) == 0, "references")
	l.Should(len(rec.Abstracts) == 0 && len(rec.Documents) == 0, "abstract")
	text, pdf := len(rec.Documents) > 0 && !rec.Documents[0].Extracted, false
	for _, f := range rec.Galleys() {
		if f.Media == "application/pdf" {
			pdf = true
			l.Should(f.Size > mostPDF, "pdf-large", f.Name, "5 MB")
		}
	}
	l.Should(!text && !pdf, "full-text")
	return l
}
