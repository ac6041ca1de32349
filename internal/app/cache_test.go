package app

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
	"offprint/internal/testpage"
)

func TestPageIsSentOnceToAReaderWhoKeepsIt(t *testing.T) {
	in := demoSite(t)
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	for _, address := range []string{"/demo/", path, path + ".bib", "/demo/issues/"} {
		for _, coding := range []string{"identity", "gzip", "zstd"} {
			g := in.get(address, "Accept-Encoding", coding)
			tag := g.Header.Get("Etag")
			if tag == "" || g.Header.Get("Cache-Control") != "public, max-age=0, must-revalidate" || !strings.HasPrefix(g.Header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s as %s: ETag %q, Cache-Control %q, Vary %q", address, coding, tag, g.Header.Get("Cache-Control"), g.Header.Get("Vary"))
			}
			again := in.get(address, "Accept-Encoding", coding, "If-None-Match", tag)
			if again.Status != http.StatusNotModified || again.Body != "" || again.Header.Get("Etag") != tag {
				t.Errorf("%s as %s again: %d, %d bytes, ETag %q", address, coding, again.Status, len(again.Body), again.Header.Get("Etag"))
			}
		}
		if dark := in.get(address, "Cookie", "theme=dark", "Accept-Encoding", "identity"); strings.HasPrefix(dark.Header.Get("Content-Type"), "text/html") && dark.Header.Get("Etag") == in.get(address, "Accept-Encoding", "identity").Header.Get("Etag") {
			t.Errorf("%s has one ETag for two themes", address)
		}
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	in := demoSite(t)
	links := in.page("/demo/").Doc.Find(`link[rel="stylesheet"]`)
	if links.Length() < 2 {
		t.Fatalf("%d style sheets, want the theme's and the journal's accent", links.Length())
	}
	for i := range links.Length() {
		href := links.Eq(i).AttrOr("href", "")
		if g := in.get(href); g.Status != http.StatusOK || !strings.Contains(g.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(g.Header.Get("Content-Type"), "text/css") {
			t.Errorf("%s: %d %q %q", href, g.Status, g.Header.Get("Cache-Control"), g.Header.Get("Content-Type"))
		}
	}
}

// TestImportIsSeenAtTheNextRequest: pages in memory are never older than what
// was published before the request.
func TestImportIsSeenAtTheNextRequest(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}})
	in.await("/lamps/", "Lamps")
	path := in.take("lamps", fstest.MapFS{"a.md": {Data: article(1, "Lamp of the harbour")}})[0].Path
	lists := []string{"/lamps/", "/lamps/issues/", "/", "/lamps/about/"}
	for _, p := range append(lists, path) {
		in.await(p, "amp") // now in memory
	}
	in.take("lamps", fstest.MapFS{"b.md": {Data: article(2, "Lamp of the tower")}})
	for _, p := range []string{"/lamps/", "/"} {
		in.await(p, "Lamp of the tower")
	}
	in.await("/lamps/issues/", "2 articles")
	in.await(path, "Lamp of the tower") // its new neighbour
	if _, err := in.SetJournal(t.Context(), "lamps", "title", "Lanterns"); err != nil {
		t.Fatal(err)
	}
	for _, p := range append(lists, path) {
		in.await(p, "Lanterns")
	}
}

// TestPolicyAllowsWhatPagesUse: no page holds a style or script of its own, and
// what it loads comes from the site; Faults and the crawl look at all pages.
func TestPolicyAllowsWhatPagesUse(t *testing.T) {
	in := demoSite(t)
	for _, path := range []string{"/", "/demo/", "/no-such", "/healthz", "/demo/search?q=a", "/demo/articles/" + slugOf(t, in, "10.5555/", "river") + ".bib"} {
		h := in.get(path).Header
		for _, part := range []string{"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), part) {
				t.Errorf("%s: the policy %q lacks %s", path, h.Get("Content-Security-Policy"), part)
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, fault := range testpage.Faults(in.get("/no-such").Body) {
		t.Error(fault)
	}
}
