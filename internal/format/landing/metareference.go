package landing

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/refparse"
)

// metaReference takes a citation_reference: the printed string, or fields
// joined by semicolons ("citation_title=…; citation_author=…").
func (p *page) metaReference(value, where string) {
	value = clean(value)
	if !strings.Contains(value, "citation_") || !strings.Contains(value, "=") {
		p.metaRefs = append(p.metaRefs, journal.Reference{Printed: journal.T("", value)})
		return
	}
	var r journal.Reference
	var printed []string
	for _, field := range splitFields(value) {
		name, v, _ := strings.Cut(field, "=")
		name, v = strings.TrimSpace(name), strings.TrimSpace(v)
		if v == "" {
			continue
		}
		if !p.referenceField(&r, name, v) {
			p.loss(where, field, "a field of a reference that is not known")
		}
		printed = append(printed, strings.TrimRight(v, "."))
	}
	if len(printed) == 0 {
		return
	}
	// The tags print no whole reference: the values in their order stand for it.
	r.Printed = journal.T("", strings.Join(printed, ". ")+".")
	p.metaRefs = append(p.metaRefs, r)
}

// splitFields divides at semicolons that stand before a field's name.
func splitFields(s string) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] == ';' && strings.HasPrefix(strings.TrimLeft(s[i+1:], " "), "citation_") {
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, strings.Trim(s[start:], "; "))
}

// referenceField sets one field that the source names.
func (p *page) referenceField(r *journal.Reference, name, v string) bool {
	switch strings.ToLower(name) {
	case "citation_title":
		r.Title = v
	case "citation_author", "citation_authors":
		if people, sure := splitNames(v); sure != noName {
			for _, x := range people {
				r.Authors = append(r.Authors, x.name)
			}
		} else {
			r.Authors = append(r.Authors, journal.Name{Literal: v})
		}
	case "citation_journal_title", "citation_conference_title", "citation_inbook_title", "citation_book_title":
		r.Container = v
	case "citation_volume":
		r.Volume = v
	case "citation_issue", "citation_number":
		r.Issue = v
	case "citation_firstpage":
		r.Pages.First = v
	case "citation_lastpage":
		r.Pages.Last = v
	case "citation_pages":
		if pages, ok := parsePages(v); ok {
			r.Pages = pages
		}
	case "citation_publication_date", "citation_date", "citation_year":
		if d, ok := refparse.ParseDate(v); ok {
			r.Issued = d
		}
	case "citation_doi":
		if doi, ok := pid.DOI(v); ok {
			r.DOI = doi
		}
	case "citation_publisher", "citation_technical_report_institution", "citation_dissertation_institution":
		r.Publisher = v
	case "citation_pmid":
		r.IDs = append(r.IDs, journal.ID{Kind: "pmid", Value: v})
	case "citation_issn", "citation_isbn":
		r.IDs = append(r.IDs, journal.ID{Kind: strings.TrimPrefix(name, "citation_"), Value: v})
	case "citation_id", "citation_language":
	default:
		return false
	}
	return true
}

// taggedList makes a list of the references in tags; numbers that stand before
// them in order are cut off.
func (p *page) taggedList() list {
	entries := make([]entry, len(p.metaRefs))
	inOrder := len(entries) > 1
	for i, r := range p.metaRefs {
		n, _, _, ok := refparse.CutNumber(r.Printed.Plain)
		inOrder = inOrder && ok && n == i+1
	}
	for i, r := range p.metaRefs {
		entries[i].body = r.Printed.Plain
		if inOrder {
			entries[i].number, entries[i].body, _, _ = refparse.CutNumber(r.Printed.Plain)
		}
	}
	return list{entries: entries, heading: "citation_reference", where: "meta citation_reference"}
}

// addFields puts the fields that tags name into the references of the list.
func (p *page) addFields() {
	for i := range p.r.Article.References {
		r, m := &p.r.Article.References[i], p.metaRefs[i]
		r.Title, r.Authors, r.Container, r.Volume, r.Issue, r.Pages, r.Issued, r.Publisher, r.IDs = m.Title, m.Authors, m.Container, m.Volume, m.Issue, m.Pages, m.Issued, m.Publisher, m.IDs
		if r.DOI == "" {
			r.DOI = m.DOI
		}
	}
}
