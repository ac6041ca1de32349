package web

import (
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/view"
)

// newMeta are the citation_ meta tags that Google Scholar and citation managers
// read (Google Scholar's inclusion guidelines, "Indexing"; the names are
// HighWire Press'). A value that is not known has no tag.
func newMeta(v *visit, pub *journal.Publication) []view.Meta {
	rec := &pub.Record
	var out []view.Meta
	add := func(name, value string) {
		if value != "" {
			out = append(out, view.Meta{Name: name, Content: value})
		}
	}
	if len(rec.Titles) > 0 {
		add("citation_title", pub.Titled(rec.Titles[0]).Plain)
	}
	for _, c := range rec.Contributors {
		if c.Role != "author" && c.Role != "" || len(c.Names) == 0 {
			continue
		}
		add("citation_author", citationName(c.Names[0], c.Collective))
		for _, i := range c.Affiliations {
			if i >= 0 && i < len(rec.Affiliations) {
				add("citation_author_institution", journal.In(rec.Affiliations[i].Names, rec.Language).Plain)
			}
		}
		if c.ORCID != "" {
			add("citation_author_orcid", "https://orcid.org/"+c.ORCID)
		}
	}
	add("citation_journal_title", pub.Journal.Title(rec.Language).Plain)
	add("citation_journal_abbrev", pub.Journal.Abbrev)
	add("citation_publisher", journal.In(pub.Journal.Publisher, rec.Language).Plain)
	add("citation_issn", pub.Journal.ISSNPrint)
	add("citation_issn", pub.Journal.ISSNOnline)
	add("citation_publication_date", publicationDate(pub))
	if is := pub.Issue; is != nil {
		add("citation_volume", is.Volume)
		add("citation_issue", is.Number)
	}
	add("citation_firstpage", rec.Pages.First)
	add("citation_lastpage", rec.Pages.Last)
	if rec.Pages.First == "" {
		add("citation_firstpage", rec.Pages.Article)
	}
	add("citation_doi", rec.DOI)
	add("citation_language", rec.Language)
	for _, k := range rec.Keywords {
		add("citation_keywords", strings.Join(k.Words, "; "))
	}
	address := v.origin + v.plainAt("/articles/"+pub.Slug)
	add("citation_abstract_html_url", address)
	if len(rec.Documents) > 0 && !rec.Documents[0].Extracted {
		add("citation_fulltext_html_url", address)
	}
	add("citation_xml_url", address+".xml")
	for _, f := range rec.Files {
		if f.Role == "galley" && f.Media == "application/pdf" && f.SHA256 != "" {
			add("citation_pdf_url", address+"/files/"+pathEscape(f.Name))
		}
	}
	return out
}

func citationName(n journal.Name, collective bool) string {
	if collective || n.Family == "" {
		return n.Literal
	}
	if n.Given == "" {
		return n.Family
	}
	return n.Family + ", " + n.Given
}

// publicationDate is the date in the form Google Scholar asks for, 2020/03/14,
// as exact as it is known.
func publicationDate(pub *journal.Publication) string {
	date := string(pub.Record.Published)
	if date == "" && pub.Issue != nil {
		if date = string(pub.Issue.Published); date == "" && pub.Issue.Year > 0 {
			date = strconv.Itoa(pub.Issue.Year)
		}
	}
	return strings.ReplaceAll(date, "-", "/")
}
