package dublincore

import "offprint/internal/journal"

// terms are the names of elements with their qualifiers as DCMI's terms.
var terms = map[[2]string]string{
	{"title", ""}: "DC.title", {"creator", "author"}: "DC.creator", {"subject", ""}: "DC.subject", {"description", "abstract"}: "DCTERMS.abstract",
	{"description", "sponsorship"}: "DC.description", {"publisher", ""}: "DC.publisher", {"date", "issued"}: "DCTERMS.issued", {"type", ""}: "DC.type",
	{"format", ""}: "DC.format", {"identifier", "uri"}: "DC.identifier", {"identifier", "doi"}: "DC.identifier", {"identifier", "citation"}: "DCTERMS.bibliographicCitation",
	{"source", ""}: "DC.source", {"source", "issn"}: "DC.source", {"language", "iso"}: "DC.language", {"relation", "ispartof"}: "DCTERMS.isPartOf",
	{"relation", "hasformat"}: "DCTERMS.hasFormat", {"relation", ""}: "DC.relation", {"rights", "holder"}: "DC.rights", {"rights", "uri"}: "DCTERMS.license", {"rights", ""}: "DC.rights",
}

// Schemas are the prefixes of the names with the addresses that they stand for. A page
// declares each by <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/"> (RFC
// 2731, section 4; DCMI's DC-HTML).
var Schemas = [...]struct{ Prefix, URL string }{{"DC", "http://purl.org/dc/elements/1.1/"}, {"DCTERMS", "http://purl.org/dc/terms/"}}

// Metas calls add for each meta element of the article, in the order of the statements
// of oai_dc. Their names begin with the prefixes of Schemas.
func Metas(p *journal.Publication, address string, add func(name, lang, content string)) {
	for _, f := range fields(p, address) {
		name := terms[[2]string{f.term, f.qualifier}]
		switch {
		case name != "":
		case f.term == "contributor":
			name = "DC.contributor"
		case f.term == "subject":
			name = "DC.subject"
		default:
			continue
		}
		add(name, f.lang, f.value)
	}
}
