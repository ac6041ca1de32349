package jats

import (
	"path"
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// related reads a link to another work.
func (d *decoder) related(e *elem, relation string) {
	e.took = true
	r := journal.Related{Relation: relation}
	if title := e.child("article-title"); title != nil {
		r.Title = title.line()
	} else if s := e.peek(); s != "" && !strings.Contains(s, "://") && s != e.href() {
		r.Title = s
		e.takeAll()
	} else if s != "" {
		e.takeAll()
	}
	d.relate(e, r, first(e.href(), e.peek()))
}

// Relations that are told apart here.
const (
	reference = "article-reference" // of a preprint, to the article
	general   = "related-article"   // to what belongs together in whatever way
)

// settleReferences tells what a link of the type article-reference is. Of a preprint
// it leads to the article that was published of it; elsewhere publishers write it for
// whatever is related: a study that was repeated, a press release (eLife).
func (d *decoder) settleReferences() {
	a := &d.out.Article
	for i := range a.Related {
		if a.Related[i].Relation == reference && !isPreprint(a) {
			a.Related[i].Relation = general
		}
	}
}

// isPreprint reports whether an article says by its type or its version that it is a
// preprint.
func isPreprint(a *journal.Article) bool {
	says := func(s string) bool { return strings.Contains(strings.ToLower(s), "preprint") }
	return says(a.Type) || slices.ContainsFunc(a.IDs, func(id journal.ID) bool { return id.Kind == "article-version" && says(id.Value) })
}

// relate adds a related work by its address, a DOI where it is one. A link
// without any is not kept unless it has a title.
func (d *decoder) relate(e *elem, r journal.Related, address string) {
	if doi, ok := pid.DOI(address); ok {
		r.DOI = doi
	} else if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
		r.URL = address
	}
	if r.DOI == "" && r.URL == "" && r.Title == "" {
		e.took = false
		return
	}
	e.takeAll()
	d.out.Article.Related = append(d.out.Article.Related, r)
}

// product reads a work that the article reviews.
func (d *decoder) product(e *elem) {
	r := journal.Related{Relation: "product", Title: prose("", d.mixed(e)).Plain}
	link := e
	if e.href() == "" {
		if l := e.find("ext-link"); l != nil {
			link = l
		}
	}
	d.relate(e, r, link.href())
}

// selfURI reads an address of the article itself: a file that an earlier site
// keeps, or its page there. A file named without a place is not ours to show.
func (d *decoder) selfURI(e *elem) {
	a := &d.out.Article
	href := first(e.href(), e.peek())
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") {
		return
	}
	kind := strings.ToLower(e.at("content-type") + " " + e.at("mimetype") + " " + e.at("mime-subtype"))
	name := path.Base(strings.SplitN(href, "?", 2)[0])
	if strings.Contains(kind, "pdf") || strings.HasSuffix(strings.ToLower(name), ".pdf") {
		e.takeAll()
		a.Files = append(a.Files, journal.File{Name: name, Role: "galley", Media: "application/pdf", Lang: langTag(e.at("lang")), Address: href})
		return
	}
	if _, isDOI := pid.DOI(href); isDOI || kind == "  " || strings.Contains(kind, "html") {
		e.takeAll()
		if !isDOI {
			a.OldAddresses = append(a.OldAddresses, href)
		}
	}
}
