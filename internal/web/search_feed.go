package web

import (
	"io"
	"net/http"

	"offprint/internal/finding"
	"offprint/internal/format/feed"
	"offprint/internal/httpx"
	"offprint/internal/locale"
	"offprint/internal/search"
)

// entriesInFeed is how many articles a feed has.
const entriesInFeed = 50

// searchFeeds are the forms of the feed of a search.
var searchFeeds = []struct {
	ending, media string
	write         func(io.Writer, *feed.Feed) error
}{
	{".atom", feed.AtomMedia, feed.Atom},
	{".rss", feed.RSSMedia, feed.RSS},
}

// searchFeed is the result of a search as a feed, the newest articles first: who
// subscribes to it learns what is published on a subject.
func (s *Site) searchFeed(ending, media string, write func(io.Writer, *feed.Feed) error) func(*visit, http.ResponseWriter, *http.Request) error {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
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
		w.Header()["Cache-Control"] = []string{"public, max-age=600"}
		body := httpx.Stream(w, r, media+"; charset=utf-8")
		if err := write(body, newSearchFeed(v, a, ending, found.Articles)); err != nil {
			return err
		}
		return body.Close()
	}
}

func newSearchFeed(v *visit, a *asked, ending string, list []finding.Article) *feed.Feed {
	title := locale.For(v.lang).T("search.title-for", a.text)
	publisher := "Offprint"
	if v.journal != nil {
		publisher = v.journal.Title(v.lang).Plain
		title += " · " + publisher
	}
	plain := a.with(func(b *asked) { b.sort, b.form = search.ByRelevance, false })
	f := &feed.Feed{Lang: v.lang, Title: title, Publisher: publisher, Self: v.origin + plain.at(v.at("/search"+ending), 1), Home: v.origin + a.at(v.at("/search"), 1)}
	for i := range list {
		f.Entries = append(f.Entries, feed.EntryOf(&list[i].Publication, v.site.canonical(&list[i]), v.lang))
	}
	return f
}
