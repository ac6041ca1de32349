// Package sitemap writes the maps by which search engines find every page
// (https://www.sitemaps.org/protocol.html), with the other languages of a page
// (rel="alternate" hreflang) and the pictures of an article (Google's image
// extension).
//
//	m := sitemap.NewMap(w)
//	err := m.Add(sitemap.Page{Address: "https://example.org/rjr/articles/x", Changed: "2024-05-02T10:00:00Z"})
//	err = m.Close()
//
// A map holds 50,000 addresses at most; who has more writes several and an index.
package sitemap

import (
	"io"

	"offprint/internal/format/xmltree"
)

// Media is the media type of maps.
const Media = "application/xml; charset=utf-8"

const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// Page is one address.
type Page struct {
	Address string
	Changed string // RFC 3339 or a date, "" where it is not known
	// Languages are the same page in other languages of the interface, itself
	// among them.
	Languages []Alternate
	Images    []string
}

// Alternate is a page in a language.
type Alternate struct{ Lang, Address string }

// Map is a map that is being written.
type Map struct{ s *xmltree.Stream }

// NewMap begins a map of pages.
func NewMap(w io.Writer) *Map {
	return &Map{xmltree.NewStream(w, xmltree.New("urlset").Set("xmlns", namespace).Set("xmlns:xhtml", "http://www.w3.org/1999/xhtml").
		Set("xmlns:image", "http://www.google.com/schemas/sitemap-image/1.1"))}
}

// Add writes one page.
func (m *Map) Add(p Page) error {
	e := xmltree.New("url", xmltree.Say("loc", xmltree.Address(p.Address)), xmltree.Say("lastmod", p.Changed))
	for _, a := range p.Languages {
		e.Add(xmltree.New("xhtml:link").Set("rel", "alternate").Set("hreflang", a.Lang).Set("href", xmltree.Address(a.Address)))
	}
	for _, address := range p.Images {
		e.Add(xmltree.New("image:image", xmltree.Say("image:loc", xmltree.Address(address))))
	}
	return m.s.Add(e)
}

// NewIndex begins an index of maps: Add is then given their addresses.
func NewIndex(w io.Writer) *Index {
	return &Index{xmltree.NewStream(w, xmltree.New("sitemapindex").Set("xmlns", namespace))}
}

// Index is an index that is being written.
type Index struct{ s *xmltree.Stream }

// Add writes the address of one map and when something in it changed last.
func (x *Index) Add(address, changed string) error {
	return x.s.Add(xmltree.New("sitemap", xmltree.Say("loc", xmltree.Address(address)), xmltree.Say("lastmod", changed)))
}

// Close ends the map.
func (m *Map) Close() error { return m.s.Close() }

// Close ends the index.
func (x *Index) Close() error { return x.s.Close() }
