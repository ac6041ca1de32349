package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"offprint/internal/format/bibtex"
	"offprint/internal/format/csl"
	"offprint/internal/format/jats"
	"offprint/internal/format/ris"
	"offprint/internal/httpx"
	"offprint/internal/journal"
)

// recordForm is a form of the record that programs ask for.
type recordForm struct {
	ending string // of its address
	media  string
	label  string
	// encode is given the full texts where whole is set: such a form is the
	// article itself, the others cite it.
	whole  bool
	encode func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error)
}

var forms = []recordForm{
	{".csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON", false, func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return csl.Encode(p, address)
	}},
	{".bib", "application/x-bibtex", "BibTeX", false, func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return bibtex.Encode(p, address), nil
	}},
	{".ris", "application/x-research-info-systems", "RIS", false, func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return ris.Encode(p, address), nil
	}},
	{".xml", "application/xml", "XML", true, func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error) {
		var b bytes.Buffer
		err := jats.Encode(&b, p, texts, address)
		return b.Bytes(), err
	}},
}

// negotiated is the form that the Accept header asks for, nil for the page; ok
// is false when none of them will do (RFC 9110, section 12.5.1).
func negotiated(r *http.Request) (form *recordForm, ok bool) {
	accept := strings.Join(r.Header["Accept"], ",")
	offers := []string{"text/html", "application/xhtml+xml"}
	for i := range forms {
		offers = append(offers, forms[i].media)
	}
	media := httpx.Negotiate(accept, offers)
	for i := range forms {
		if forms[i].media == media {
			return &forms[i], true
		}
	}
	return nil, media != ""
}

// form answers with the record in another form.
func (s *Site) form(v *visit, w http.ResponseWriter, r *http.Request, slug string, f *recordForm) error {
	key := httpx.Key{Address: v.plainAt("/articles/" + slug + f.ending), Variant: v.journal.Path}
	return s.Cache.Serve(w, r, key, func(ctx context.Context) (*httpx.Page, error) {
		pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, err
		}
		if pub.Withdrawn {
			return nil, &gone{pub: pub}
		}
		address := v.origin + v.plainAt("/articles/"+slug)
		var texts []journal.Document
		if f.whole {
			if texts, err = s.Store.Documents(ctx, pub.Record.Documents); err != nil {
				return nil, err
			}
		}
		body, err := f.encode(pub, texts, address)
		if err != nil {
			return nil, err
		}
		return &httpx.Page{Type: f.media + charset(f.media), Body: body, Tags: []string{tagArticle(pub.ID), tagJournal(v.journal.ID)},
			Vary: []string{"Accept"}, Link: "<" + address + `>; rel="describes"; type="text/html"`}, nil
	})
}

// charset: JSON is UTF-8 by its own definition (RFC 8259, section 8.1).
func charset(media string) string {
	if strings.HasSuffix(media, "json") {
		return ""
	}
	return "; charset=utf-8"
}

// formLinks is the Link header of a landing page (RFC 8288): the record in its
// other forms.
func formLinks(v *visit, slug string) string {
	links := make([]string, len(forms))
	for i, f := range forms {
		links[i] = "<" + v.origin + v.plainAt("/articles/"+slug+f.ending) + `>; rel="describedby"; type="` + f.media + `"`
	}
	return strings.Join(links, ", ")
}
