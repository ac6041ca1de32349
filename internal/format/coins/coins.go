// Package coins writes articles as ContextObjects in Spans (COinS 1.0): the key and
// encoded value form of an OpenURL 1.0 (ANSI/NISO Z39.88-2004, info:ofi/fmt:kev:mtx:journal)
// that citation managers find in a page.
//
//	coins.Encode(publication, address)
//	// ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article&…
//
// It is the title of an empty element <span class="Z3988">; whoever writes the page
// escapes it as an attribute.
package coins

import (
	"net/url"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Encode is the title of the span.
func Encode(p *journal.Publication, address string) string {
	var b strings.Builder
	b.WriteString("ctx_ver=Z39.88-2004")
	add := func(key, value string) {
		if value = script.Line(value); value != "" {
			b.WriteString("&" + key + "=" + url.QueryEscape(value))
		}
	}
	rec := &p.Record
	add("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal")
	if doi, ok := pid.DOI(rec.DOI); ok {
		add("rft_id", "info:doi/"+doi)
	}
	add("rft_id", address)
	add("rft.genre", "article")
	add("rft.atitle", p.Heading().Plain)
	add("rft.jtitle", p.Journal.Title(rec.Language).Plain)
	add("rft.stitle", p.Journal.Abbrev)
	add("rft.date", string(p.Issued().Valid()))
	if is := p.Place(); is != nil {
		add("rft.volume", is.Volume)
		add("rft.issue", is.Number)
	}
	add("rft.spage", rec.Pages.First)
	add("rft.epage", rec.Pages.Last)
	add("rft.artnum", rec.Pages.Article)
	if issn, ok := pid.ISSN(p.Journal.ISSNPrint); ok {
		add("rft.issn", issn)
	}
	if issn, ok := pid.ISSN(p.Journal.ISSNOnline); ok {
		add("rft.eissn", issn)
	}
	for i, c := range rec.By("author") {
		n := c.NameIn(rec.Language)
		switch {
		case c.Collective:
			add("rft.aucorp", n.Shown())
		case i == 0 && n.Family != "": // nobody stands twice: programs do not know that it is the same
			add("rft.aulast", n.Family)
			add("rft.aufirst", n.Given)
		default:
			add("rft.au", n.Sorted())
		}
	}
	add("rft.language", rec.Language)
	return b.String()
}
