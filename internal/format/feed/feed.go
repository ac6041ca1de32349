// Package feed writes lists of articles that readers subscribe to: Atom (RFC
// 4287), RSS 2.0 with the Dublin Core, and JSON Feed 1.1, all from the same Feed.
//
//	f := &feed.Feed{Title: "Annals of Lamps", Self: "https://example.org/lamp/feed.atom", …}
//	f.Entries = append(f.Entries, feed.EntryOf(publication, address, "en"))
//	err := feed.Atom(w, f)
//
// An entry has the whole abstract, never a beginning of it. The time of an entry is
// that of its newest version.
package feed

import (
	"io"
	"time"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/script"
)

// Media types of the forms.
const (
	AtomMedia = "application/atom+xml"
	RSSMedia  = "application/rss+xml"
	JSONMedia = "application/feed+json"
)

// Feed is a list of articles, the newest first.
type Feed struct {
	Lang        string
	Title       string
	Description string
	Self        string // the address of the feed in this form
	Home        string // the page that it follows
	Publisher   string
	Rights      string // address of a licence, or empty
	Entries     []Entry
}

// Entry is one article.
type Entry struct {
	Address  string
	Lang     string // of the title, and of the abstract where there is one in it
	Title    string
	Updated  time.Time
	Issued   string // a date, as exact as it is known
	Authors  []string
	Keywords []string
	Abstract journal.Text
	DOI      string
	PDF      string
}

// EntryOf is an article; lang is the language in which its words are wanted where
// there are several. Title and abstract are in one language where the record has both
// in any.
func EntryOf(p *journal.Publication, address, lang string) Entry {
	rec := &p.Record
	lang = common(rec, lang)
	title := p.Titled(rec.HeadingIn(lang))
	e := Entry{Address: address, Lang: title.Lang, Title: script.Line(title.Plain), Issued: string(rec.Published), DOI: rec.DOI,
		Keywords: rec.KeywordsIn(lang), Abstract: rec.AbstractIn(lang), PDF: rec.PDF(address)}
	if e.Title == "" {
		e.Lang, e.Title = lang, locale.For(lang).T("article.untitled")
	}
	if t, err := time.Parse(time.RFC3339, p.Created); err == nil {
		e.Updated = t.UTC()
	}
	for _, c := range rec.By("author") {
		e.Authors = append(e.Authors, script.Line(c.Names[0].Shown()))
	}
	return e
}

// common is the language in which the article has a title and an abstract: the one that
// is wanted, else its own, else that of its first abstract. Without any it is the one
// that is wanted.
func common(rec *journal.Article, wanted string) string {
	for _, lang := range [...]string{wanted, rec.Language, rec.AbstractIn(wanted).Lang} {
		title, abstract := rec.HeadingIn(lang), rec.AbstractIn(lang)
		if same(title.Lang, lang) && same(abstract.Lang, lang) {
			return lang
		}
	}
	return wanted
}

// same: two tags are of one language, whatever their script and region.
func same(a, b string) bool { return locale.Alpha3(a) != "" && locale.Alpha3(a) == locale.Alpha3(b) }

// Updated is the newest time of the entries, the beginning of 1970 without any.
func (f *Feed) Updated() time.Time {
	newest := time.Unix(0, 0).UTC()
	for _, e := range f.Entries {
		if e.Updated.After(newest) {
			newest = e.Updated
		}
	}
	return newest
}

func link(rel, media, href string) *xmltree.Element {
	return xmltree.New("link").Set("rel", rel).Set("type", media).Set("href", xmltree.Address(href))
}

// Atom writes the feed by RFC 4287.
func Atom(w io.Writer, f *Feed) error {
	root := xmltree.New("feed", xmltree.Say("id", f.Self), xmltree.Say("title", f.Title), xmltree.Say("subtitle", f.Description),
		xmltree.Say("updated", f.Updated().Format(time.RFC3339)), link("self", AtomMedia, f.Self), link("alternate", "text/html", f.Home)).
		Set("xmlns", "http://www.w3.org/2005/Atom").Set("xml:lang", f.Lang)
	if f.Rights != "" {
		root.Add(link("license", "", f.Rights))
	}
	root.Add(xmltree.New("author", xmltree.Say("name", f.Publisher)))
	s := xmltree.NewStream(w, root)
	for i := range f.Entries {
		e := &f.Entries[i]
		entry := xmltree.New("entry", xmltree.Say("id", e.Address), xmltree.Say("title", e.Title).Set("xml:lang", e.Lang), xmltree.Say("updated", e.Updated.Format(time.RFC3339)))
		if full(e.Issued) {
			entry.Add(xmltree.Say("published", e.Issued+"T00:00:00Z"))
		}
		for _, name := range e.Authors {
			entry.Add(xmltree.Group("author", xmltree.Say("name", name)))
		}
		entry.Add(link("alternate", "text/html", e.Address))
		if e.PDF != "" {
			entry.Add(link("enclosure", "application/pdf", e.PDF))
		}
		for _, k := range e.Keywords {
			entry.Add(xmltree.New("category").Set("term", k))
		}
		if err := s.Add(entry.Add(xmltree.Say("summary", e.Abstract.Plain).Set("xml:lang", e.Abstract.Lang))); err != nil {
			return err
		}
	}
	return s.Close()
}

// full reports whether a date names a day.
func full(date string) bool { return len(date) == len("2006-01-02") }

// RSS writes the feed by RSS 2.0; authors stand as dc:creator, because its own
// element is for e-mail addresses.
func RSS(w io.Writer, f *Feed) error {
	about := f.Description
	if about == "" {
		about = f.Title
	}
	channel := xmltree.New("channel", xmltree.Say("title", f.Title), xmltree.Say("link", f.Home), xmltree.Say("description", about), xmltree.Say("language", f.Lang),
		xmltree.Say("lastBuildDate", f.Updated().Format(time.RFC1123Z)),
		xmltree.New("atom:link").Set("rel", "self").Set("type", RSSMedia).Set("href", xmltree.Address(f.Self)), xmltree.Say("dc:publisher", f.Publisher), xmltree.Say("dc:rights", f.Rights))
	rss := xmltree.New("rss").Set("version", "2.0").Set("xmlns:atom", "http://www.w3.org/2005/Atom").Set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
	s := xmltree.NewStream(w, rss, channel)
	for i := range f.Entries {
		e := &f.Entries[i]
		item := xmltree.New("item", xmltree.Say("title", e.Title), xmltree.Say("link", e.Address), xmltree.Say("guid", e.Address).Set("isPermaLink", "true"),
			xmltree.Say("description", e.Abstract.Plain), xmltree.Say("dc:date", e.Issued))
		if full(e.Issued) {
			if t, err := time.Parse("2006-01-02", e.Issued); err == nil {
				item.Add(xmltree.Say("pubDate", t.Format(time.RFC1123Z)))
			}
		}
		for _, name := range e.Authors {
			item.Add(xmltree.Say("dc:creator", name))
		}
		for _, k := range e.Keywords {
			item.Add(xmltree.Say("category", k))
		}
		if e.DOI != "" {
			item.Add(xmltree.Say("dc:identifier", "doi:"+e.DOI))
		}
		if err := s.Add(item); err != nil {
			return err
		}
	}
	return s.Close()
}
