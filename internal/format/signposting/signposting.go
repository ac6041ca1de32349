// Package signposting writes the typed links by which machines find their way
// around an article: FAIR Signposting profile, levels 1 and 2
// (https://signposting.org/FAIR/), as an HTTP Link header (RFC 8288) and as a
// linkset (RFC 9264).
//
//	links := signposting.Landing(publication, signposting.Page{Address: "https://example.org/rjr/articles/x", …})
//	header := signposting.Header(links)
//	document, err := signposting.Linkset(links, true)
//
// Terms: the landing page is the anchor; an item is a file of the article, a
// description is its record in some form. Only what the record says is linked.
package signposting

import (
	"encoding/json"
	"net/url"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// Media is the media type of a linkset.
const Media = "application/linkset+json"

// Resource is something with an address and a media type.
type Resource struct{ URL, Media string }

// Page says what stands around an article.
type Page struct {
	Address      string
	Linkset      string
	Items        []Resource // files of the article, the full text among them
	Descriptions []Resource
}

// Link is one typed link.
type Link struct {
	Anchor, Target, Rel string
	Media               string // of the target, or empty
}

// authorsInHeader and describedInHeader bound what a header names: it goes out with
// every page, and servers and proxies refuse headers that grow with the article. The
// linkset has them all.
const (
	authorsInHeader   = 20
	describedInHeader = 4
)

const (
	aboutPage = "https://schema.org/AboutPage"
	scholarly = "https://schema.org/ScholarlyArticle"
)

// Landing are all links of an article, those of the landing page first.
func Landing(p *journal.Publication, page Page) []Link {
	at, rec := page.Address, &p.Record
	var links []Link
	add := func(anchor, rel, target, media string) {
		if target != "" {
			links = append(links, Link{Anchor: anchor, Target: xmltree.Address(target), Rel: rel, Media: media})
		}
	}
	doi, _ := pid.DOI(rec.DOI)
	cite := ""
	if doi != "" {
		cite = "https://doi.org" + (&url.URL{Path: "/" + doi}).EscapedPath()
	}
	licence := ""
	if rec.Licence != nil && (strings.HasPrefix(rec.Licence.URL, "https://") || strings.HasPrefix(rec.Licence.URL, "http://")) {
		licence = rec.Licence.URL
	}
	add(at, "cite-as", cite, "")
	for _, c := range rec.By("author") {
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			add(at, "author", "https://orcid.org/"+orcid, "")
		}
	}
	add(at, "license", licence, "")
	add(at, "type", aboutPage, "")
	add(at, "type", scholarly, "")
	for _, r := range page.Items {
		add(at, "item", r.URL, r.Media)
	}
	for _, r := range page.Descriptions {
		add(at, "describedby", r.URL, r.Media)
	}
	add(at, "linkset", page.Linkset, Media)
	for _, r := range page.Items {
		add(r.URL, "collection", at, "text/html")
		add(r.URL, "type", scholarly, "")
		add(r.URL, "license", licence, "")
		add(r.URL, "cite-as", cite, "")
	}
	for _, r := range page.Descriptions {
		add(r.URL, "describes", at, "text/html")
	}
	return links
}

// Header is the Link header of the landing page: its own links, without anchors.
func Header(links []Link) string {
	var out []string
	said := map[string]int{}
	most := map[string]int{"author": authorsInHeader, "describedby": describedInHeader}
	for _, l := range links {
		if l.Anchor != links[0].Anchor {
			break
		}
		if said[l.Rel]++; most[l.Rel] > 0 && said[l.Rel] > most[l.Rel] {
			continue
		}
		out = append(out, l.header())
	}
	return strings.Join(out, ", ")
}

func (l *Link) header() string {
	s := "<" + l.Target + `>; rel="` + l.Rel + `"`
	if l.Media != "" {
		s += `; type="` + l.Media + `"`
	}
	return s
}

// Of is the Link header of an item or a description: its way back.
func Of(rel, address string) string {
	l := Link{Target: xmltree.Address(address), Rel: rel, Media: "text/html"}
	return l.header()
}

type target struct {
	Href string `json:"href"`
	Type string `json:"type,omitempty"`
}

// Linkset is the document with all links (RFC 9264, section 4.2), one context
// object for each anchor.
func Linkset(links []Link) ([]byte, error) {
	var contexts []map[string]any
	at := map[string]map[string]any{}
	for _, l := range links {
		if l.Rel == "linkset" {
			continue // it would point at itself
		}
		c := at[l.Anchor]
		if c == nil {
			c = map[string]any{"anchor": l.Anchor}
			at[l.Anchor] = c
			contexts = append(contexts, c)
		}
		list, _ := c[l.Rel].([]target)
		c[l.Rel] = append(list, target{Href: l.Target, Type: l.Media})
	}
	b, err := json.MarshalIndent(map[string]any{"linkset": contexts}, "", "  ")
	return append(b, '\n'), err
}
