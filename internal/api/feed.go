package api

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"offprint/internal/format/feed"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
	"offprint/internal/view"
)

// entriesInFeed is how many articles a feed has.
const entriesInFeed = 50

// feedForm is a form of feeds.
type feedForm struct {
	name, media string
	write       func(io.Writer, *feed.Feed) error
}

var feedForms = []feedForm{
	{"atom", feed.AtomMedia + "; charset=utf-8", feed.Atom},
	{"rss", feed.RSSMedia + "; charset=utf-8", feed.RSS},
	{"json", feed.JSONMedia, feed.JSON},
}

// feedRoutes are the feeds of the installation, of a journal and of an issue.
func (f *Face) feedRoutes() (routes []site.Route) {
	for i := range feedForms {
		form := &feedForms[i]
		routes = append(routes,
			site.Route{Method: "GET", Pattern: "/feed." + form.name, Name: "feed", In: site.Everywhere, Answer: func(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
				list, err := f.Store.Recent(r.Context(), a.JournalID(), entriesInFeed)
				if err != nil {
					return err
				}
				return f.feed(a, w, r, form, list, "/", "")
			}},
			site.Route{Method: "GET", Pattern: "/issues/{issue}/feed." + form.name, Name: "feed", In: site.InJournal, Answer: func(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
				return f.issueFeed(a, w, r, form)
			}})
	}
	return routes
}

func (f *Face) issueFeed(a *site.Ask, w http.ResponseWriter, r *http.Request, form *feedForm) error {
	is, err := f.Store.Issue(r.Context(), a.Journal.ID, a.Params["issue"])
	if err != nil {
		return err
	}
	list, err := f.Store.IssueArticles(r.Context(), is.ID)
	if err != nil {
		return err
	}
	name := view.IssueTitle(a.Journal.Language(), is.Volume, is.Number, strconv.Itoa(is.Year))
	return f.feed(a, w, r, form, list, "/issues/"+is.Slug, name)
}

// feed writes the articles of a list; of what it follows the page is at home and
// its name is added to that of the journal.
func (f *Face) feed(a *site.Ask, w http.ResponseWriter, r *http.Request, form *feedForm, list []store.Line, home, name string) error {
	articles, err := f.inOrder(r.Context(), list)
	if err != nil {
		return err
	}
	out := &feed.Feed{Lang: "en", Title: f.base.Host, Self: f.base.Scheme + "://" + f.base.Host + r.URL.Path, Home: a.At(home), Publisher: f.base.Host}
	if j := a.Journal; j != nil {
		out.Lang, out.Title, out.Self = j.Language(), j.Title(j.Language()).Plain, a.Origin+r.URL.Path
		out.Description, out.Publisher = journal.In(j.Description, out.Lang).Plain, journal.In(j.Publisher, out.Lang).Plain
		if out.Publisher == "" {
			out.Publisher = out.Title
		}
		if j.Licence != nil {
			out.Rights = j.Licence.URL
		}
	}
	if name != "" {
		out.Title += ", " + name
	}
	for i := range articles {
		out.Entries = append(out.Entries, feed.EntryOf(&articles[i], f.article(&articles[i]), out.Lang))
	}
	w.Header().Set("Cache-Control", "public, max-age=600")
	body := httpx.Stream(w, r, form.media)
	if err := form.write(body, out); err != nil {
		return err
	}
	return body.Close()
}

// inOrder are the articles of a list with their records.
func (f *Face) inOrder(ctx context.Context, list []store.Line) ([]journal.Publication, error) {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	found, err := f.Store.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(found))
	for i := range found {
		place[found[i].ID] = i
	}
	out := make([]journal.Publication, 0, len(ids))
	for _, id := range ids {
		if i, ok := place[id]; ok && !found[i].Withdrawn {
			out = append(out, found[i])
		}
	}
	return out, nil
}
