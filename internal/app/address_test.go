package app

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/config"
	"offprint/internal/journal"
	"offprint/internal/testpage"
)

// raw sends a request line as it is, which no client would send.
func raw(t *testing.T, in *installation, line string) (status string, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", in.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "%s\r\nHost: %s\r\nConnection: close\r\n\r\n", line, in.server.Listener.Addr())
	res, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: strings.Fields(line)[0]})
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if _, err := bufio.NewReader(res.Body).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return res.Status[:3], b.String()
}

// TestStrangeAddressesAreAnsweredCalmly: never with a failure of ours, never
// with a file that is not the site's.
func TestStrangeAddressesAreAnsweredCalmly(t *testing.T) {
	in := demoSite(t)
	slug := slugOf(t, in, "10.5555/", "river")
	for line, want := range map[string]string{
		"GET /../../etc/passwd HTTP/1.1":                                    "404",
		"GET /demo/../demo/ HTTP/1.1":                                       "404",
		"GET /demo/%2e%2e/%2e%2e/etc/passwd HTTP/1.1":                       "404",
		"GET /assets/../../../etc/passwd HTTP/1.1":                          "404",
		"GET /demo/articles/" + slug + "/files/../../../x HTTP/1.1":         "404",
		"GET /demo/articles/" + slug + "/files/..%2f..%2fx HTTP/1.1":        "404",
		"GET /demo/articles/%00 HTTP/1.1":                                   "404",
		"GET /demo/%00/ HTTP/1.1":                                           "404",
		"GET /demo/articles/" + slug + "%00 HTTP/1.1":                       "404",
		"GET /demo/articles/%ff%fe HTTP/1.1":                                "404",
		"GET /demo/issues/%00 HTTP/1.1":                                     "404",
		"GET /demo/search?q=%00 HTTP/1.1":                                   "200",
		"GET /demo/search?q=%ff%fe HTTP/1.1":                                "200",
		"GET //demo/ HTTP/1.1":                                              "404",
		"GET //evil.example/%2f.. HTTP/1.1":                                 "404",
		"GET /demo HTTP/1.1":                                                "301",
		"GET /demo/issues HTTP/1.1":                                         "301",
		"GET /demo/articles/" + slug + "/ HTTP/1.1":                         "301",
		"GET /" + strings.Repeat("a", 5000) + " HTTP/1.1":                   "414",
		"GET /demo/?x=" + strings.Repeat("a", 5000) + " HTTP/1.1":           "414",
		"GET /" + strings.Repeat("a/", 1500) + " HTTP/1.1":                  "404",
		"GET /demo/articles/" + strings.Repeat("%D0%B0", 600) + " HTTP/1.1": "404",
		"POST /demo/ HTTP/1.1":                                              "405",
		"DELETE /demo/articles/" + slug + " HTTP/1.1":                       "405",
		"BREW /demo/ HTTP/1.1":                                              "405",
		"OPTIONS * HTTP/1.1":                                                "200",
		"OPTIONS /demo/ HTTP/1.1":                                           "405",
		"HEAD /demo/ HTTP/1.1":                                              "200",
		"GET /demo/no-such HTTP/1.1":                                        "404",
		"GET /no-such/ HTTP/1.1":                                            "404",
	} {
		status, body := raw(t, in, line)
		if status != want {
			t.Errorf("%.80s: %s, want %s", line, status, want)
		}
		if strings.Contains(body, "root:") {
			t.Errorf("%.80s shows a file of the machine", line)
		}
		if strings.HasPrefix(line, "HEAD") && body != "" {
			t.Errorf("HEAD has a body of %d bytes", len(body))
		}
		if (status == "404" || status == "405" || status == "414") && !strings.HasPrefix(line, "HEAD") {
			for _, fault := range testpage.Faults(body) {
				t.Errorf("%.80s: %s", line, fault)
			}
		}
	}
}

func TestRefusedMethodNamesThoseAllowed(t *testing.T) {
	in := demoSite(t)
	g := in.ask(http.MethodPost, "/demo/", strings.NewReader("x"))
	if g.Status != http.StatusMethodNotAllowed || g.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("%d, Allow: %q", g.Status, g.Header.Get("Allow"))
	}
	if g := in.ask(http.MethodPut, "/demo/preferences", nil); g.Status != http.StatusMethodNotAllowed || g.Header.Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("preferences: %d, Allow: %q", g.Status, g.Header.Get("Allow"))
	}
}

func TestPathOfAJournalMayBeWrittenWithCapitals(t *testing.T) {
	in := demoSite(t)
	for from, to := range map[string]string{"/DEMO/": "/demo/", "/Demo/issues/?a=b": "/demo/issues/?a=b", "/DEMO/ru/issues/": "/demo/ru/issues/"} {
		g := in.get(from)
		if g.Status != http.StatusMovedPermanently || g.Header.Get("Location") != to {
			t.Errorf("%s answers %d to %q", from, g.Status, g.Header.Get("Location"))
		}
	}
	if g := in.get("/NOSUCH/"); g.Status != http.StatusNotFound {
		t.Errorf("/NOSUCH/ answers %d", g.Status)
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	in := demoSite(t)
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	for _, address := range []string{"/", "/demo/", path, path + ".bib", "/demo/search?q=a", "/demo/search.json?q=a", "/demo/preferences", "/healthz", "/robots.txt", "/no-such"} {
		get, head := in.get(address), in.ask(http.MethodHead, address, nil)
		if head.Status != get.Status || head.Body != "" {
			t.Errorf("%s: GET %d, HEAD %d with %d bytes", address, get.Status, head.Status, len(head.Body))
		}
		for _, name := range []string{"Content-Type", "Etag", "Vary", "Cache-Control", "Content-Language", "Link", "Content-Security-Policy"} {
			if g, h := get.Header.Get(name), head.Header.Get(name); g != h {
				t.Errorf("%s: %s of GET is %q, of HEAD %q", address, name, g, h)
			}
		}
	}
}

func TestJournalOnItsOwnHostHasNoPath(t *testing.T) {
	in := serve(t, func(c *config.Config) { c.BaseURL = "https://press.example" })
	in.add(journal.Journal{Path: "lakes", Host: "lakes.example", Titles: []journal.Text{journal.T("ru", "Вестник озёр")}, Languages: []string{"ru"}})
	in.add(journal.Journal{Path: "other", Titles: []journal.Text{journal.T("en", "Other")}, Languages: []string{"en"}})
	done := in.take("lakes", fstest.MapFS{"a.html": {Data: sample(t, "unmarked.html")}})
	article := strings.TrimPrefix(done[0].Path, "/lakes")
	in.await("/lakes/", "Вестник озёр")
	at := func(path string) *testpage.Got { return in.get(path, "Host", "lakes.example:8080") }
	for _, path := range []string{"/", "/issues/", article, "/en/", "/search?q=%D0%BB%D1%91%D0%B4"} {
		g := at(path)
		if g.Status != http.StatusOK {
			t.Fatalf("%s on its own host answers %d", path, g.Status)
		}
		for _, href := range g.Doc.Find("a[href], form[action]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", s.AttrOr("action", "")) }) {
			if strings.HasPrefix(href, "/lakes") {
				t.Errorf("%s on its own host links %s", path, href)
			}
		}
	}
	g := at(article)
	if c := g.Doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); c != "https://lakes.example"+article {
		t.Errorf("the canonical address is %q", c)
	}
	if c := in.page("/lakes"+article).Doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); !strings.HasPrefix(c, "https://lakes.example/") {
		t.Errorf("under its path the canonical address is %q", c)
	}
	if g := at("/other/"); g.Status != http.StatusNotFound {
		t.Errorf("another journal under the host answers %d", g.Status)
	}
	if g := at("/healthz"); g.Status != http.StatusOK || g.Body != "ok\n" {
		t.Errorf("/healthz on the host answers %d", g.Status)
	}
	if links := texts(in.page("/"), ".items h2 a"); len(links) != 2 {
		t.Errorf("the installation lists %q", links)
	}
	if href := in.page("/ru/").Doc.Find(`a[href^="https://lakes.example"]`).Length(); href == 0 {
		t.Error("the installation does not lead to the journal's own host")
	}
}
