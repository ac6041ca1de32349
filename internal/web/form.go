package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"offprint/internal/citing"
	"offprint/internal/errs"
	"offprint/internal/format/bibtex"
	"offprint/internal/format/cff"
	"offprint/internal/format/crossref"
	"offprint/internal/format/csl"
	"offprint/internal/format/datacite"
	"offprint/internal/format/endnote"
	"offprint/internal/format/jats"
	"offprint/internal/format/plaintext"
	"offprint/internal/format/refworks"
	"offprint/internal/format/ris"
	"offprint/internal/format/schemaorg"
	"offprint/internal/format/signposting"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/tally"
	"offprint/internal/usage"
)

// recordForm is a form of the record that programs ask for.
type recordForm struct {
	ending string // of its address
	media  string
	label  string
	// other names of the media type, by which it may be asked for
	aliases []string
	// encode is given the full texts where whole is set: such a form is the
	// article itself, the others tell of it. cites: citation managers read it, so
	// that the page on citing offers it; listed: the article's page does.
	whole, cites, listed bool
	// sure: it tells of references what was read of them without doubt.
	sure bool
	// lacks says what an article lacks that the form demands; nil for a form that
	// any article has.
	lacks  func(p *journal.Publication, address string) journal.Lacks
	encode func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error)
}

var forms = []recordForm{
	{ending: ".csl.json", media: csl.Media, label: "CSL-JSON", cites: true, listed: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return csl.Encode(p, address)
	}},
	{ending: ".biblatex.bib", media: "application/x-biblatex", label: "BibLaTeX", cites: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return bibtex.BibLaTeX(p, address), nil
	}},
	{ending: ".endnote.xml", media: "application/x-endnote+xml", label: "EndNote", cites: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return written(func(w io.Writer) error { return endnote.Encode(w, p, address) })
	}},
	{ending: ".refworks.txt", media: "application/x-refworks", label: "RefWorks", cites: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return refworks.Encode(p, address), nil
	}},
	{ending: ".cff", media: cff.Media, label: "CFF", cites: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return cff.Encode(p, address), nil
	}},
	{ending: ".bib", media: "application/x-bibtex", label: "BibTeX", aliases: []string{"text/x-bibtex"}, cites: true, listed: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return bibtex.Encode(p, address), nil
	}},
	{ending: ".ris", media: "application/x-research-info-systems", label: "RIS", cites: true, listed: true, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return ris.Encode(p, address), nil
	}},
	{ending: ".crossref.xml", media: "application/vnd.crossref.deposit+xml", label: "Crossref", aliases: []string{"application/vnd.crossref.unixref+xml", "application/vnd.crossref.unixsd+xml"},
		sure: true, lacks: crossref.Lacks, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
			return written(func(w io.Writer) error {
				return crossref.Encode(w, p, address, crossref.Head{ID: p.ID, At: created(p)})
			})
		}},
	{ending: ".datacite.xml", media: "application/vnd.datacite.datacite+xml", label: "DataCite", sure: true, lacks: datacite.Lacks, encode: func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return written(func(w io.Writer) error { return datacite.Encode(w, p, address) })
	}},
	{ending: ".xml", media: "application/xml", label: "XML", aliases: []string{"text/xml", "application/vnd.jats+xml", "application/jats+xml"}, whole: true, listed: true, encode: func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error) {
		return written(func(w io.Writer) error { return jats.Encode(w, p, texts, address) })
	}},
	{ending: ".jsonld", media: schemaorg.Media, label: "JSON-LD", encode: func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error) {
		return schemaorg.Encode(p, texts, address)
	}},
	{ending: ".txt", media: plaintext.Media, label: "TXT", whole: true, encode: func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error) {
		return plaintext.Encode(p, texts, address), nil
	}},
}

// of reports whether the article can be told in the form.
func (f *recordForm) of(p *journal.Publication, address string) bool {
	return f.lacks == nil || !f.lacks(p, address).Grave()
}

func written(f func(io.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	err := f(&b)
	return b.Bytes(), err
}

// created is when a version was made.
func created(p *journal.Publication) time.Time {
	t, err := time.Parse(time.RFC3339, p.Created)
	if err != nil {
		return time.Unix(0, 0).UTC()
	}
	return t
}

// offers are the media types that an article's address answers with, the page
// first, and which form each is.
var offers, offered = func() (types []string, of map[string]*recordForm) {
	types, of = []string{"text/html", "application/xhtml+xml"}, map[string]*recordForm{}
	for i := range forms {
		for _, media := range append([]string{forms[i].media}, forms[i].aliases...) {
			types, of[media] = append(types, media), &forms[i]
		}
	}
	return types, of
}()

// negotiated is the form that the Accept header asks for, nil for the page; ok
// is false when none of them will do (RFC 9110, section 12.5.1).
func negotiated(r *http.Request) (form *recordForm, ok bool) {
	media := httpx.Negotiate(strings.Join(r.Header["Accept"], ","), offers)
	return offered[media], media != ""
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
		if !f.of(pub, address) {
			return nil, errs.Newf(errs.NotFound, "this article cannot be told as %s: it lacks what that form demands", f.label)
		}
		var texts []journal.Document
		if f.whole {
			if texts, err = s.Store.Documents(ctx, pub.Record.Documents); err != nil {
				return nil, err
			}
		}
		told := []journal.Publication{*pub}
		if err := citing.Accepted(ctx, s.Store, told); err != nil {
			return nil, err
		}
		if f.sure {
			if err := citing.Sure(ctx, s.Store, told); err != nil {
				return nil, err
			}
		}
		body, err := f.encode(&told[0], texts, address)
		if err != nil {
			return nil, err
		}
		what, opened := tally.Investigation, tally.Record
		if f.whole {
			opened = tally.File
		}
		if f.whole && len(texts) > 0 {
			what = tally.Request
		}
		subject := &usage.Subject{Item: pub.ID, Journal: v.journal.ID, What: what, Form: opened, Link: usage.LinkOf(key.Address), Machine: f.whole}
		return &httpx.Page{Subject: subject, Type: f.media + charset(f.media), Body: body, Tags: []string{tagArticle(pub.ID), tagJournal(v.journal.ID)},
			Vary: []string{"Accept"}, Link: signposting.Of(f.rel(), address)}, nil
	})
}

// charset: JSON is UTF-8 by its own definition (RFC 8259, section 8.1).
func charset(media string) string {
	if strings.HasSuffix(media, "json") {
		return ""
	}
	return "; charset=utf-8"
}

// rel is how a form leads back to the page: the article itself is an item of it.
func (f *recordForm) rel() string {
	if f.whole {
		return "collection"
	}
	return "describes"
}

// signposts are the typed links of an article.
func signposts(v *visit, p *journal.Publication) []signposting.Link {
	address := v.origin + v.plainAt("/articles/"+p.Slug)
	page := signposting.Page{Address: address, Linkset: address + "/linkset.json"}
	for i := range p.Record.Files {
		if f := &p.Record.Files[i]; f.Role == "galley" && f.SHA256 != "" {
			page.Items = append(page.Items, signposting.Resource{URL: address + "/files/" + url.PathEscape(f.Name), Media: f.Media})
		}
	}
	var others []signposting.Resource
	for i := range forms {
		r := signposting.Resource{URL: address + forms[i].ending, Media: forms[i].media}
		switch {
		case !forms[i].of(p, address):
		case forms[i].whole:
			page.Items = append(page.Items, r)
		case forms[i].listed || forms[i].media == schemaorg.Media:
			page.Descriptions = append(page.Descriptions, r)
		default:
			others = append(others, r)
		}
	}
	page.Descriptions = append(page.Descriptions, others...) // a header names the first ones
	return signposting.Landing(p, page)
}

// linkset is all typed links of an article as a document.
func (s *Site) linkset(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["article"]
	return s.Cache.Serve(w, r, httpx.Key{Address: v.plainAt("/articles/" + slug + "/linkset.json"), Variant: v.journal.Path}, func(ctx context.Context) (*httpx.Page, error) {
		pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, err
		}
		if pub.Withdrawn {
			return nil, &gone{pub: pub}
		}
		body, err := signposting.Linkset(signposts(v, pub))
		return &httpx.Page{Type: signposting.Media, Body: body, Tags: []string{tagArticle(pub.ID), tagJournal(v.journal.ID)}}, err
	})
}

// pdf leads to the article's PDF.
func (s *Site) pdf(v *visit, w http.ResponseWriter, r *http.Request, slug string) error {
	pub, err := s.Store.PublishedArticle(r.Context(), v.journal.ID, slug)
	if err != nil {
		return err
	}
	if pub.Withdrawn {
		return &gone{pub: pub}
	}
	address := pub.Record.PDF(v.plainAt("/articles/" + slug))
	if address == "" {
		return errs.Newf(errs.NotFound, "this article has no PDF")
	}
	w.Header()["Cache-Control"] = []string{"public, max-age=3600"}
	http.Redirect(w, r, address, http.StatusFound)
	return nil
}
