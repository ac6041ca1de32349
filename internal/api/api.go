// Package api answers machines: harvesters (OAI-PMH), search engines (sitemaps),
// libraries that count usage (COUNTER) and everybody who wants a journal as a whole.
//
//	face := api.New(api.Deps{Store: st, Log: log, BaseURL: "https://journals.example.org"})
//	web.New(web.Deps{…, Beside: face.Routes()})
//
// A route asks the store for some hundred rows at most, lets packages format/…
// write them, and streams what they write: no answer grows in memory with the
// installation. Lists go on where they ended by what is in their address, so that
// nothing is kept between requests.
//
// The package holds no SQL and no format of its own, and shows no pages to people.
package api

import (
	"log/slog"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"offprint/internal/auth"
	"offprint/internal/errs"
	"offprint/internal/format/counter"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
)

// Deps are what a Face is built from.
type Deps struct {
	Store *store.Store
	Log   *slog.Logger
	// Limiter slows who asks too much; it may be nil.
	Limiter *httpx.Limiter
	// Platform is the installation in reports of usage, Keys are who may ask for
	// them; nil for everybody.
	Platform counter.Platform
	Keys     *auth.Keys
	// BaseURL is the public address of the installation, without a path.
	BaseURL string
	// Now is the clock; nil for that of the machine.
	Now func() time.Time
}

// Face answers machines.
type Face struct {
	Deps
	base *url.URL
	busy chan struct{} // one place for each list that is being written
	maps division
}

// mostLists is how many lists are written at once. Who comes then is asked to
// come again: a harvester can wait, readers need the processors too.
const mostLists = 8

// New prepares the face; it reads nothing.
func New(d Deps) (*Face, error) {
	base, err := url.Parse(strings.TrimSuffix(d.BaseURL, "/"))
	if err != nil || base.Host == "" {
		return nil, errs.Fieldf(errs.Invalid, "base-url", "%q is not the address of a site: write https://journals.example.org, without a path", d.BaseURL)
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Face{Deps: d, base: base, busy: make(chan struct{}, mostLists)}, nil
}

// Routes are the addresses that the face answers.
func (f *Face) Routes() []site.Route {
	routes := []site.Route{
		{Method: "GET", Pattern: "/oai", Name: "oai", In: site.Everywhere, Answer: f.oai},
		{Method: "POST", Pattern: "/oai", Name: "oai", In: site.Everywhere, Answer: f.oai},
	}
	routes = append(routes, f.feedRoutes()...)
	routes = append(routes, f.sitemapRoutes()...)
	routes = append(routes, f.usageRoutes()...)
	return append(routes, f.holdingRoutes()...)
}

// seat takes one of the places for long answers; release gives it back. Where there
// is none, or the network has asked too much, wait is when to come again.
func (f *Face) seat(r *http.Request) (release func(), wait time.Duration, tooMuch bool) {
	if wait, ok := f.Limiter.Allow(r); !ok {
		return nil, wait, true
	}
	select {
	case f.busy <- struct{}{}:
		return func() { <-f.busy }, 0, false
	default:
		return nil, 5 * time.Second, false
	}
}

// place is seat as a failure.
func (f *Face) place(w http.ResponseWriter, r *http.Request) (release func(), err error) {
	release, wait, _ := f.seat(r)
	if release == nil {
		return nil, later(w, wait)
	}
	return release, nil
}

// later asks to come again (OAI-PMH 2.0, section 3.1.2.2; RFC 9110, section 10.2.3).
func later(w http.ResponseWriter, wait time.Duration) error {
	seconds := strconv.Itoa(max(int(math.Ceil(wait.Seconds())), 1))
	w.Header()["Retry-After"] = []string{seconds}
	return errs.Newf(errs.Unavailable, "too much is asked at once: come again in %s seconds", seconds)
}

// journals are the journal that is asked, or all.
func (f *Face) journals(a *site.Ask, r *http.Request) ([]journal.Journal, error) {
	if a.Journal != nil {
		return []journal.Journal{*a.Journal}, nil
	}
	return f.Store.Journals(r.Context())
}

// home is the address of a journal, without a slash at its end.
func (f *Face) home(j *journal.Journal) string {
	if j.Host != "" {
		return f.base.Scheme + "://" + j.Host
	}
	return f.base.Scheme + "://" + f.base.Host + "/" + j.Path
}

// domain is the installation's name in identifiers, which must be a domain name
// with a dot in it (OAI identifier format 2.0); one that is tried out on a machine
// of its own has none.
func (f *Face) domain() string {
	host := f.base.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return "offprint.localdomain"
	}
	return host
}

// article is the address of an article.
func (f *Face) article(p *journal.Publication) string {
	return f.home(&p.Journal) + "/articles/" + p.Slug
}
