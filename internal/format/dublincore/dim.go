package dublincore

import (
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// DIM is the namespace of DSpace's intermediate format.
const DIM = "http://www.dspace.org/xmlns/dspace/dim"

// Intermediate is the article as dim: the statements of oai_dc with their qualifiers,
// and the institutions and ORCID iDs that oai_dc has no place for.
func Intermediate(p *journal.Publication, address string) *xmltree.Element {
	e := xmltree.New("dim:dim").Set("xmlns:dim", DIM).Set("dspaceType", "ITEM")
	add := func(element, qualifier, lang, value string) {
		if value = script.Line(value); value != "" {
			e.Add(xmltree.Mixed("dim:field", xmltree.Text(value)).Set("mdschema", "dc").Set("element", element).Set("qualifier", script.Line(qualifier)).Set("lang", lang))
		}
	}
	for _, f := range fields(p, address) {
		element, qualifier := f.term, f.qualifier
		switch {
		case f.term == "creator":
			element = "contributor"
		case f.term == "source" && qualifier == "issn":
			element = "identifier"
		case f.term == "source":
			element, qualifier = "relation", "ispartof"
		case f.term == "identifier" && qualifier == "doi":
			add("identifier", "doi", "", f.value[len("https://doi.org/"):])
			qualifier = "uri"
		}
		add(element, qualifier, f.lang, f.value)
	}
	rec := &p.Record
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		for _, s := range rec.AffiliationsPrinted(c, rec.Language) {
			add("contributor", "affiliation", "", s)
		}
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			add("identifier", "orcid", "", "https://orcid.org/"+orcid)
		}
	}
	if is := p.Place(); is != nil {
		add("citation", "volume", "", is.Volume)
		add("citation", "issue", "", is.Number)
	}
	add("citation", "spage", "", rec.Pages.First)
	add("citation", "epage", "", rec.Pages.Last)
	return e
}
