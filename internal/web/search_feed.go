package web

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"offprint/internal/finding"
	"offprint/internal/locale"
	"offprint/internal/search"
)

const (
	atomMedia = "application/atom+xml"
	// entriesInFeed is how many articles a feed has.
	entriesInFeed = 50
)

// An Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr,omitempty"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  *atomPerson `xml:"author,omitempty"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomText struct {
		Lang string `xml:"xml:lang,attr,omitempty"`
		Text string `xml:",chardata"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      atomText       `xml:"title"`
		Updated    string         `xml:"updated"`
		Published  string         `xml:"published,omitempty"`
		Authors    []atomPerson   `xml:"author"`
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    *atomText      `xml:"summary,omitempty"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
)

// searchFeed is the result of a search as an Atom feed, the newest articles
// first: who subscribes to it learns what is published on a subject.
func (s *Site) searchFeed(v *visit, w http.ResponseWriter, r *http.Request) error {
	a := ask(r).with(func(b *asked) { b.sort = search.ByNewest })
	found := &finding.Found{}
	if a.anything() && a.words() {
		var err error
		asked := a.request(v, entriesInFeed, 0)
		asked.Loosen = false // a subscription waits for what it asks
		if found, err = s.Finder.Search(r.Context(), asked); err != nil {
			return unavailable(w, err)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(newSearchFeed(v, a, found.Articles)); err != nil {
		return err
	}
	w.Header()["Content-Type"] = []string{atomMedia + "; charset=utf-8"}
	w.Header()["Cache-Control"] = []string{"public, max-age=600"}
	_, err := w.Write(append(b.Bytes(), '\n'))
	return err
}

func newSearchFeed(v *visit, a *asked, list []finding.Article) *atomFeed {
	l := locale.For(v.lang)
	title := l.T("search.title-for", a.text)
	publisher := "Offprint"
	if v.journal != nil {
		publisher = v.journal.Title(v.lang).Plain
		title += " · " + publisher
	}
	plain := a.with(func(b *asked) { b.sort, b.form = search.ByRelevance, false })
	self := v.origin + plain.at(v.at("/search.atom"), 1)
	f := &atomFeed{Lang: v.lang, ID: self, Title: title, Author: &atomPerson{publisher}, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Links: []atomLink{
		{Rel: "self", Type: atomMedia, Href: self}, {Rel: "alternate", Type: "text/html", Href: v.origin + a.at(v.at("/search"), 1)}}}
	for i := range list {
		e := newEntry(v, &list[i])
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	return f
}

func newEntry(v *visit, p *finding.Article) atomEntry {
	rec := &p.Record
	address := v.site.canonical(p)
	title := p.Heading()
	e := atomEntry{ID: address, Title: atomText{title.Lang, title.Plain}, Updated: p.Created, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: address}}}
	if e.Title.Text == "" {
		e.Title = atomText{v.lang, locale.For(v.lang).T("article.untitled")}
	}
	if t, err := time.Parse(time.RFC3339, p.Created); err == nil {
		e.Updated = t.UTC().Format(time.RFC3339)
	}
	if len(rec.Published) == len("2006-01-02") {
		e.Published = string(rec.Published) + "T00:00:00Z"
	}
	for _, c := range rec.By("author") {
		e.Authors = append(e.Authors, atomPerson{c.Names[0].Shown()})
	}
	for _, w := range rec.KeywordsIn(v.lang) {
		e.Categories = append(e.Categories, atomCategory{w})
	}
	if t := rec.AbstractIn(v.lang); strings.TrimSpace(t.Plain) != "" {
		e.Summary = &atomText{t.Lang, t.Plain}
	}
	return e
}
