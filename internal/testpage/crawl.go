package testpage

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// most bounds a crawl, so that a site that makes addresses without end fails a
// test and does not hang it.
const most = 5000

// Got is the answer of one address, after the redirects that led to it.
type Got struct {
	Address string // path and query, as linked
	From    string // the page that links to it
	Status  int
	Header  http.Header
	Body    string
	Doc     *goquery.Document // nil unless it is HTML
}

// HTML reports whether the answer is a page.
func (g *Got) HTML() bool { return g.Doc != nil }

// Site is what a crawl has found.
type Site struct {
	Got      map[string]*Got
	Outward  map[string]string // address on another host → a page that links to it
	Loaded   map[string]string // what a browser would load from another host → page
	fragment []reference
}

type reference struct{ from, address, fragment string }

// Crawl asks for the start addresses and for everything on their host that the
// pages link to or load.
func Crawl(t testing.TB, client *http.Client, start ...string) *Site {
	t.Helper()
	s := &Site{Got: map[string]*Got{}, Outward: map[string]string{}, Loaded: map[string]string{}}
	var queue []*url.URL
	from := map[string]string{}
	for _, address := range start {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		queue = append(queue, u)
	}
	host := queue[0].Host
	for len(queue) > 0 && len(s.Got) < most {
		u := queue[0]
		queue = queue[1:]
		name := u.RequestURI()
		if s.Got[name] != nil {
			continue
		}
		g := Get(t, client, u.String())
		g.Address, g.From = name, from[name]
		s.Got[name] = g
		for _, link := range s.links(g, u, host) {
			if to := link.RequestURI(); s.Got[to] == nil {
				if from[to] == "" {
					from[to] = name
				}
				queue = append(queue, link)
			}
		}
	}
	if len(queue) > 0 {
		t.Errorf("more than %d addresses: does the site make them without end?", most)
	}
	return s
}

// links are the addresses of the same host that a page names.
func (s *Site) links(g *Got, base *url.URL, host string) []*url.URL {
	if !g.HTML() {
		return nil
	}
	var out []*url.URL
	g.Doc.Find("[href],[src],[action]").Each(func(_ int, e *goquery.Selection) {
		for _, name := range []string{"href", "src", "action"} {
			value, ok := e.Attr(name)
			if !ok || name == "action" && strings.EqualFold(e.AttrOr("method", "get"), "post") {
				continue
			}
			u, err := base.Parse(value)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" {
				continue
			}
			if u.Host != host {
				s.Outward[u.String()] = g.Address
				if tag := goquery.NodeName(e); tag != "a" && (tag != "link" || slices.Contains(loading, e.AttrOr("rel", ""))) {
					s.Loaded[u.String()] = g.Address
				}
				continue
			}
			if u.Fragment != "" {
				s.fragment = append(s.fragment, reference{g.Address, u.RequestURI(), u.Fragment})
			}
			u.Fragment = ""
			out = append(out, u)
		}
	})
	return out
}

// loading are the relations of a <link> that a browser follows by itself.
var loading = []string{"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}

// Get asks for one address.
func Get(t testing.TB, client *http.Client, address string) *Got {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Do(t, client, req)
}

// Do sends one request.
func Do(t testing.TB, client *http.Client, req *http.Request) *Got {
	t.Helper()
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	g := &Got{Address: req.URL.RequestURI(), Status: res.StatusCode, Header: res.Header, Body: string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if g.Doc, err = goquery.NewDocumentFromReader(bytes.NewReader(body)); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// Pages are the HTML pages found, in the order of their addresses.
func (s *Site) Pages() []*Got {
	var out []*Got
	for _, g := range s.Got {
		if g.HTML() {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *Got) int { return strings.Compare(a.Address, b.Address) })
	return out
}

// Lost are the links to a place in a page that has no such place.
func (s *Site) Lost() []string {
	var out []string
	for _, r := range s.fragment {
		g := s.Got[r.address]
		if g == nil || !g.HTML() {
			continue
		}
		found := false
		g.Doc.Find("[id]").EachWithBreak(func(_ int, e *goquery.Selection) bool {
			found = e.AttrOr("id", "") == r.fragment
			return !found
		})
		if !found {
			out = append(out, r.from+" leads to "+r.address+"#"+r.fragment)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
