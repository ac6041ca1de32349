package testpage

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// page puts a body into a page that has no fault of its own.
func page(body string) string {
	return `<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head><body><h1>x</h1>` + body + `</body></html>`
}

func TestGoodPageHasNoFault(t *testing.T) {
	good := page(`<p id="a">x<br><a href="#a">y</a> <a href="#%D1%8F">z</a><i id="я">w</i></p><h2>x</h2><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>` +
		`<table><tbody><tr><td>x</td></tr></tbody></table><img src="/x" alt=""><time datetime="2020">2020</time>`)
	if faults := Faults(good); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	for body, want := range map[string]string{
		`<p>x<ul><li>y</li></ul></p>`:             "a browser makes /html/body/ul",
		`<p><i>x`:                                 "closes nothing",
		`<a href="/x">x<a href="/y">y</a></a>`:    "a browser makes",
		`<i id="a">x</i><i id="a">y</i>`:          "stands twice",
		`<a href="#b">x</a>`:                      "#b is linked",
		`<img src="/x">`:                          "no alternative text",
		`<h3>x</h3>`:                              "follows a heading of level 1",
		`<h2></h2>`:                               "is empty",
		`<h1>y</h1>`:                              "2 headings of the first level",
		`<p style="color:red">x</p>`:              "a style inside the page",
		`<script>x()</script>`:                    "a script inside the page",
		`<p onclick="x()">x</p>`:                  "a script inside the page",
		`<a href="javascript:x()">x</a>`:          "leads nowhere good",
		`<a href="">x</a>`:                        "leads nowhere good",
		`<a href="/x"><span></span></a>`:          "has no text",
		`<i lang="!!">x</i>`:                      "no language tag",
		`<time datetime="">x</time>`:              "no datetime",
		`<label for="q">x</label>`:                "#q is linked or referred to",
		`<a href="#ZgotmplZ">x</a>`:               "failed template",
		`<table><tr><td>x</td></tr></table>`:      "a browser makes",
		`<p>%!s(int=3)</p>`:                       "failed template",
		`<button type="button"> </button>`:        "has no text",
		`<p><i>x</p></i>`:                         "closes nothing",
		`<dl><dt></dt><dd>x</dd></dl>`:            "has no text",
		`<i id="a b">x</i>`:                       "holds a space",
		`<nav aria-labelledby="n"><p>x</p></nav>`: "#n is linked or referred to",
	} {
		if faults := strings.Join(Faults(page(body)), "\n"); !strings.Contains(faults, want) {
			t.Errorf("%s: %q, want one with %q", body, faults, want)
		}
	}
	if faults := strings.Join(Faults(`<!doctype html><html><head><title>x</title></head><body></body></html>`), "\n"); !strings.Contains(faults, "no lang") || !strings.Contains(faults, "0 headings") {
		t.Errorf("an empty page: %q", faults)
	}
}

func TestCrawlFindsPagesAndLostPlaces(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/":
			w.Write([]byte(page(`<a href="/b#here">x</a><a href="/b#gone">x</a><img src="https://elsewhere.example/p.png" alt=""><a href="https://elsewhere.example/">x</a><a href="mailto:x@y">x</a>`)))
		case "/b":
			w.Write([]byte(page(`<p id="here">x</p><a href="/c?q=1">c</a>`)))
		default:
			http.NotFound(w, r)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	s := Crawl(t, srv.Client(), srv.URL+"/")
	if len(s.Got) != 3 || s.Got["/c?q=1"].Status != 404 || s.Got["/c?q=1"].From != "/b" || len(s.Pages()) != 2 {
		t.Errorf("found %d addresses, %d pages: %v", len(s.Got), len(s.Pages()), s.Got)
	}
	if lost := s.Lost(); len(lost) != 1 || lost[0] != "/ leads to /b#gone" {
		t.Errorf("lost: %q", lost)
	}
	if len(s.Outward) != 2 || len(s.Loaded) != 1 {
		t.Errorf("outward %v, loaded %v", s.Outward, s.Loaded)
	}
}
