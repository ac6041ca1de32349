package landing

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/refparse"
)

// readMarks sets the fields of a reference that explicit marks make certain: a
// DOI, an address, what is left of one, a date of access, a note on the
// language. Everything else in the printed text is left alone.
func (p *page) readMarks(r *journal.Reference, e entry) {
	body := r.Printed.Plain
	r.DOI = p.referenceDOI(body, e)
	r.URL = refparse.Address(body)
	if doi, ok := pid.DOI(e.address); ok && r.DOI == "" {
		r.DOI = doi
	} else if !ok && r.URL == "" && refparse.IsAddress(e.address) && !searchLink(e.address) {
		r.URL = e.address
	}
	if r.URL == "" {
		r.URLRemnant = refparse.Remnant(body)
	}
	r.Accessed = refparse.Accessed(body)
	if lang, printed := refparse.LanguageNote(body); lang != "" {
		r.LanguageNote = strings.TrimSpace(printed[1 : len(printed)-1])
	}
}

// referenceDOI finds a DOI; what is marked as one and is none is a loss.
func (p *page) referenceDOI(body string, e entry) string {
	if !strings.Contains(body, "10.") {
		return ""
	}
	if doi, ok := pid.FindDOI(body); ok {
		return doi
	}
	lower := strings.ToLower(body)
	if i := strings.Index(lower, "doi.org/10."); i >= 0 || strings.Contains(lower, "doi:10.") || strings.Contains(lower, "doi: 10.") {
		p.loss(lineNo(e.no), body[max(0, strings.Index(lower, "doi")):], "the reference marks a DOI whose form is wrong")
	}
	return ""
}

// searchLink: a link that platforms add to look a reference up.
func searchLink(u string) bool {
	return strings.Contains(u, "scholar.google") || strings.Contains(u, "/scholar?") || strings.Contains(u, "crossref.org") || strings.Contains(u, "gateway.isiknowledge")
}
