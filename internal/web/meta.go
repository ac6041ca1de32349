package web

import (
	"html/template"

	"offprint/internal/format/coins"
	"offprint/internal/format/dublincore"
	"offprint/internal/format/highwire"
	"offprint/internal/format/opengraph"
	"offprint/internal/format/schemaorg"
	"offprint/internal/journal"
	"offprint/internal/view"
)

// newMeta is what programs read in the head of an article's page: the citation_
// elements of Google Scholar and citation managers, the Dublin Core, what a link to the
// page shows, and JSON-LD; and for citation managers a span in the page.
func newMeta(p *view.Article, v *visit, pub *journal.Publication) error {
	address := v.origin + v.plainAt("/articles/"+pub.Slug)
	add := func(name, lang, content string) {
		p.Meta = append(p.Meta, view.Meta{Name: name, Lang: lang, Content: content})
	}
	highwire.Metas(pub, address, add)
	for _, s := range dublincore.Schemas {
		p.Schemas = append(p.Schemas, view.Schema{Prefix: s.Prefix, URL: s.URL})
	}
	dublincore.Metas(pub, address, add)
	opengraph.Properties(pub, address, v.lang, func(property, content string) {
		p.Meta = append(p.Meta, view.Meta{Property: property, Content: content})
	})
	p.COinS = coins.Encode(pub, address)
	data, err := schemaorg.Brief(pub, nil, address)
	p.Data = template.JS(data) // no character in it ends the element
	return err
}
