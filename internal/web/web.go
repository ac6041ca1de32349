// Package web is the reader's site: it answers the addresses of journals,
// issues and articles with pages and with the other forms of a record. Beside
// them stands what editors see by a key, below /desk/.
//
//	site, err := web.New(web.Deps{Store: st, Blobs: blobs, View: v, Cache: cache, Log: log, BaseURL: "https://journals.example.org"})
//	go site.Run(ctx) // follows the change feed
//	server.Handler = site.Handler()
//
// A request goes from routes.go to one method named after the page, which asks
// the store for a handful of rows; a pure function makes typed page data of
// them; package view draws it; package httpx keeps it until what it shows has
// changed. The package holds no SQL, no HTML and no rule about what may be
// published.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"offprint/internal/auth"
	"offprint/internal/blob"
	"offprint/internal/citation"
	"offprint/internal/errs"
	"offprint/internal/finding"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
	"offprint/internal/usage"
	"offprint/internal/view"
)

// Noter is told what readers are answered.
type Noter interface {
	Note(at time.Time, r *http.Request, status int, s *usage.Subject)
}

// Deps are what a Site is built from.
type Deps struct {
	Store   *store.Store
	Finder  *finding.Finder
	Blobs   blob.Store
	View    *view.View
	Cache   *httpx.Cache
	Metrics *httpx.Metrics // may be nil
	Log     *slog.Logger
	// Limiter slows who searches too much, and SuggestLimiter who types; both may
	// be nil.
	Limiter, SuggestLimiter *httpx.Limiter
	// Usage notes what readers are answered; it may be nil.
	Usage Noter
	// UsageCell is how many sessions a country or institution must have in a month
	// to be named.
	UsageCell int
	// Desk are the keys of who may see editors' pages; nil: there are none.
	Desk *auth.Keys
	// Beside are the addresses that another face answers.
	Beside []site.Route
	// BaseURL is the public address of the installation, without a path. It
	// stands in canonical addresses, never what a request claims as its host.
	BaseURL string
}

// Site answers readers.
type Site struct {
	Deps
	base      *url.URL
	directory atomic.Pointer[directory]
	reading   sync.Mutex // of the directory: what was read later is put in place later
	assets    map[string]*httpx.Static
	texts     drawnTexts
	choices   keptChoices // of the advanced form
	shelf     *citation.Shelf
	front     *httpx.Front
	root      []route
	journal   []route
}

// directory is the journals of the installation as last read.
type directory struct {
	list   []journal.Journal
	byPath map[string]*journal.Journal
	byHost map[string]*journal.Journal
	plain  map[string]string             // language of the plain addresses, by the journal's id
	pages  map[string][]webpageNames     // by the journal's id, in the order of the menu
	news   map[string][]announcementText // by the journal's id, newest first
	looks
}

// New prepares a site. It reads the list of journals, nothing else.
func New(d Deps) (s *Site, err error) {
	defer errs.Wrap(&err, "web.New")
	base, err := url.Parse(strings.TrimSuffix(d.BaseURL, "/"))
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || base.Path != "" {
		return nil, errs.Fieldf(errs.Invalid, "base-url", "%q is not the address of a site: write https://journals.example.org, without a path", d.BaseURL)
	}
	s = &Site{Deps: d, base: base, shelf: citation.Open(), assets: map[string]*httpx.Static{}}
	for path, a := range d.View.Assets() {
		s.assets[path] = static(a)
	}
	s.root, s.journal = s.routes()
	s.front = httpx.NewFront(httpx.FrontConfig{Log: d.Log, Metrics: d.Metrics, Quick: s.quick, Answered: s.answered, Long: s.long, ErrorPage: s.errorPage}, http.HandlerFunc(s.serve))
	return s, s.readDirectory(context.Background())
}

// Handler is the whole site.
func (s *Site) Handler() http.Handler { return s.front }

// Run follows the change feed until ctx ends: what has changed is named to the
// cache, and the list of journals is read again when one of them changed.
func (s *Site) Run(ctx context.Context) error {
	last, err := s.Store.LastChange(ctx)
	if err != nil {
		return err
	}
	// What changed between New and here was not seen by anybody.
	if err := s.Reload(ctx); err != nil {
		return err
	}
	return s.Store.Follow(ctx, last, func(changes []store.Change) error {
		for _, c := range changes {
			if c.Kind == store.KindJournal {
				if err := s.readDirectory(ctx); err != nil {
					s.Log.Error("the list of journals cannot be read", "error", err)
				}
				break
			}
		}
		s.Cache.Touch(touched(changes)...)
		return nil
	})
}

// Reload reads the list of journals again and forgets all pages. Run does so by
// itself; it is for changes made before Run.
func (s *Site) Reload(ctx context.Context) error {
	err := s.readDirectory(ctx)
	s.Cache.TouchAll()
	return err
}

// Tags of pages: the things whose change makes a page out of date.
func tagArticle(id string) string { return "article:" + id }
func tagIssue(id string) string   { return "issue:" + id }
func tagJournal(id string) string { return "journal:" + id } // its settings
func tagList(id string) string    { return "list:" + id }    // its issues and articles

const tagInstallation = "installation" // journals and articles of all

// touched are the tags that changes concern.
func touched(changes []store.Change) []string {
	seen := map[string]bool{tagInstallation: true}
	for _, c := range changes {
		switch c.Kind {
		case store.KindArticle:
			seen[tagArticle(c.ID)] = true
			seen[tagList(c.JournalID)] = true
		case store.KindIssue:
			seen[tagList(c.JournalID)] = true
		case store.KindJournal:
			seen[tagJournal(c.ID)] = true
		case store.KindReference:
			seen[tagSources] = true
			if c.ID == c.JournalID {
				seen[tagWays(c.JournalID)] = true
			} else {
				seen[tagArticle(c.ID)] = true
			}
		case store.KindBrowse:
			seen[tagBrowse(c.JournalID)], seen[tagList(c.JournalID)] = true, true
			if c.ID == c.JournalID {
				seen[tagWays(c.JournalID)] = true
			} else {
				seen[tagArticle(c.ID)] = true
			}
		}
		if c.IssueID != "" {
			seen[tagIssue(c.IssueID)] = true
		}
	}
	tags := make([]string, 0, len(seen))
	for t := range seen {
		tags = append(tags, t)
	}
	return tags
}

func (s *Site) readDirectory(ctx context.Context) error {
	s.reading.Lock()
	defer s.reading.Unlock()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	list, err := s.Store.Journals(ctx)
	if err != nil {
		return err
	}
	d := &directory{list: list, byPath: map[string]*journal.Journal{}, byHost: map[string]*journal.Journal{}, plain: map[string]string{}}
	for i := range list {
		d.byPath[list[i].Path] = &list[i]
		d.plain[list[i].ID] = site.PlainLanguage(&list[i])
		if list[i].Host != "" {
			d.byHost[list[i].Host] = &list[i]
		}
	}
	if err := s.readWebpages(ctx, d); err != nil {
		return err
	}
	if err := s.readLooks(d, s.directory.Load()); err != nil {
		return err
	}
	s.directory.Store(d)
	return nil
}
