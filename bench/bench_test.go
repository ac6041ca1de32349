//go:build linux

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/format/jats"
	"offprint/internal/format/landing"
)

// wrkOut is what wrk 4.1 prints.
const wrkOut = `Running 3s test @ http://127.0.0.1:8080/x
  2 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.21ms    1.02ms  22.15ms   91.44%
    Req/Sec    14.50k     1.12k   17.02k    66.67%
  Latency Distribution
     50%    0.92ms
     75%    1.40ms
     90%    2.31ms
     99%  TAIL
  86532 requests in 3.00s, 1.61GB read
Requests/sec:  28815.94
Transfer/sec:    549.13MB
`

func TestParseWrkReadsRateAndTailInEveryUnit(t *testing.T) {
	for unit, want := range map[string]float64{"870.00us": 0.87, "5.20ms": 5.2, "1.05s": 1050, "1.50m": 90000} {
		got, err := parseWrk([]byte(strings.Replace(wrkOut, "TAIL", unit, 1)))
		if err != nil || got.rate != 28815.94 || got.p99 < want*0.999 || got.p99 > want*1.001 {
			t.Errorf("%s: %+v, %v; want 28815.94 a second and %v ms", unit, got, err, want)
		}
	}
}

func TestParseWrkRefusesARunWithFailures(t *testing.T) {
	good := strings.Replace(wrkOut, "TAIL", "5.20ms", 1)
	for _, out := range []string{"", "unable to connect", strings.Replace(good, "Requests/sec", "Requests", 1),
		good + "  Non-2xx or 3xx responses: 12\n", good + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"} {
		if l, err := parseWrk([]byte(out)); err == nil {
			t.Errorf("%.60q gives %+v, want an error", out, l)
		}
	}
}

func TestMedianAndThousands(t *testing.T) {
	if m := median([]float64{9, 1, 5}); m != 5 {
		t.Errorf("the median of 1, 5, 9 is %v", m)
	}
	if m := median([]float64{9, 1, 5, 7}); m != 6 {
		t.Errorf("the median of 1, 5, 7, 9 is %v", m)
	}
	for v, want := range map[float64]string{0: "0", 999.4: "999", 999.5: "1,000", 1234567: "1,234,567"} {
		if got := thousands(v); got != want {
			t.Errorf("thousands(%v) = %s, want %s", v, got, want)
		}
	}
}

func TestATargetIsMetOrMissed(t *testing.T) {
	for got, want := range map[string]string{
		atLeast(0.5, 0.5, ""):  "target at least 0.5: met",
		atLeast(0.4, 0.5, ""):  "target at least 0.5: MISSED",
		atMost(60, 60, "kB"):   "target at most 60 kB: met",
		atMost(60.1, 60, "kB"): "target at most 60 kB: MISSED",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestGeneratedPagesAreRead has the reader of landing pages read some pages of
// every kind; a benchmark of pages that are not understood measures nothing.
func TestGeneratedPagesAreRead(t *testing.T) {
	seen := map[string]int{}
	for _, n := range []int{0, 1, 2, 3, 38, 39, 40, 41, 4998, 4999, 5000, 5001, 99_998, 99_999} {
		text := landingPage(n)
		if size := utf8.RuneCountInString(text); size < 4_000 || size > 12_000 {
			t.Errorf("page %d has %d characters, which no usual page has", n, size)
		}
		if text != landingPage(n) {
			t.Errorf("page %d is not the same when it is generated again", n)
		}
		r, err := landing.Read("page.txt", []byte(text))
		if err != nil {
			t.Fatalf("page %d: %v", n, err)
		}
		a := r.Article
		if len(a.Titles) == 0 || len(a.Contributors) == 0 || len(a.Abstracts) == 0 || a.DOI == "" || a.Pages.First == "" {
			t.Errorf("page %d was read without a title, author, abstract, DOI or page:\n%s", n, text)
		}
		if refs := len(a.References); refs < 25 || refs > 35 {
			t.Errorf("page %d was read with %d references", n, refs)
		}
		if a.Issue == nil || a.Issue.Year < firstYear || a.Issue.Year > firstYear+pagesOf/perIssue/perYear {
			t.Errorf("page %d was read with the issue %+v", n, a.Issue)
		}
		seen[a.Language]++
		seen[a.DOI]++
	}
	if seen["en"] != 7 || seen["ru"] != 7 || len(seen) != 2+14 {
		t.Errorf("languages and DOIs: %v; want 7 pages in each of two languages and no DOI twice", seen)
	}
}

func TestGeneratedArticlesAreReadWithoutLoss(t *testing.T) {
	for n := range 3 {
		r, err := jats.Decode([]byte(jatsArticle(n, ordinary)))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Losses) > 0 || len(r.Article.References) != ordinary.references || len(r.Documents) != 1 {
			t.Errorf("article %d: %d references, %d texts, lost %v", n, len(r.Article.References), len(r.Documents), r.Losses)
		}
	}
}

func TestCopiedPagesAreTheSameFiles(t *testing.T) {
	src, to := filepath.Join(t.TempDir(), "src"), filepath.Join(t.TempDir(), "to")
	if _, err := writePages(src, 0, 5); err != nil {
		t.Fatal(err)
	}
	if err := copyPages(src, to); err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		name := fmt.Sprintf("page-%06d.txt", n)
		b, err := os.ReadFile(filepath.Join(to, name))
		if err != nil || string(b) != landingPage(n) {
			t.Errorf("%s: %v, or it is another text", name, err)
		}
	}
	if err := copyPages(src, to); err == nil {
		t.Error("files that were there are overwritten: a second round would measure something else")
	}
}

func TestCountCreatedTakesNothingElse(t *testing.T) {
	if n, err := countCreated([]byte("{\"source\":\"a\",\"action\":\"created\"}\n{\"source\":\"b\",\"action\":\"created\"}\n")); n != 2 || err != nil {
		t.Errorf("two articles counted as %d, %v", n, err)
	}
	for _, out := range []string{"", "created a\n", "{\"source\":\"a\",\"action\":\"unchanged\"}\n", "{\"source\":\"a\",\"action\":\"failed\",\"error\":\"x\"}\n"} {
		if n, err := countCreated([]byte(out)); err == nil {
			t.Errorf("%q counts as %d", out, n)
		}
	}
}

func TestLoadedByFindsWhatABrowserLoads(t *testing.T) {
	page := asset{document, "http://h/j/articles/a"}
	got, err := loadedBy(page, []byte(`<!doctype html><head>
<link rel="stylesheet" href="/assets/a.css"><link rel="canonical" href="http://elsewhere/x"><link rel="alternate" href="a.bib">
<link rel=preload as=font href=/f.woff2 crossorigin><link rel=icon href="data:,"><script type=module src="/m.js#x"></script></head>
<a href="/other">no</a><img src="files/1.png" srcset="files/1.png 1x, files/2.png 2x"><iframe src="https://elsewhere/i"></iframe>`))
	want := []asset{{sheet, "http://h/assets/a.css"}, {script, "http://h/m.js"}, {font, "http://h/f.woff2"}, {image, "http://h/j/articles/files/1.png"},
		{image, "https://elsewhere/i"}, {image, "http://h/j/articles/files/1.png"}, {image, "http://h/j/articles/files/2.png"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(asset{})); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	got, err = loadedBy(asset{sheet, "http://h/assets/a.css"}, []byte(`/* url(no.png) */@import "b.css";@import url( 'c.css' ) print;
@font-face{src:url("/f/x.woff2") format("woff2")} a{background:url(i.svg)} b{mask:url(data:image/svg+xml,x)}`))
	want = []asset{{sheet, "http://h/assets/b.css"}, {sheet, "http://h/assets/c.css"}, {font, "http://h/f/x.woff2"}, {image, "http://h/assets/i.svg"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(asset{})); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	got, err = loadedBy(asset{script, "http://h/assets/a.js"}, []byte("import {x} from \"./b.js\"\nimport './c.js';\nexport * from \"/d.js\";\nconst s = \"no.js\"\n"))
	want = []asset{{script, "http://h/assets/b.js"}, {script, "http://h/assets/c.js"}, {script, "http://h/d.js"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(asset{})); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestWeighCountsEachFileOnceAndAsksNoOtherHost(t *testing.T) {
	mux := http.NewServeMux()
	asked := map[string]int{}
	serve := func(path, kind, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			asked[path]++
			w.Header().Set("Content-Type", kind)
			answer := body
			if r.Header.Get("Accept-Encoding") == browserAccepts { // as if it were compressed to three bytes
				answer = "abc"
			}
			_, _ = w.Write([]byte(answer))
		})
	}
	serve("/p", "text/html", `<link rel=stylesheet href=a.css><link rel=stylesheet href=a.css><script src=https://elsewhere.example/x.js></script>`)
	serve("/a.css", "text/css", "@import 'b.css'; @import 'a.css'; a{}")
	serve("/b.css", "text/css", "b{}")
	srv := httptest.NewServer(mux)
	defer srv.Close()
	weights, foreign, err := weigh(t.Context(), srv.URL+"/p")
	if err != nil {
		t.Fatal(err)
	}
	if len(foreign) != 1 || foreign[0] != "https://elsewhere.example/x.js" {
		t.Errorf("files of other hosts: %v", foreign)
	}
	if w := weights[sheet]; w.files != 2 || w.sent != 6 {
		t.Errorf("style sheets: %+v, want 2 of 6 bytes as sent", w)
	}
	for path, n := range asked {
		if n != 2 {
			t.Errorf("%s was asked for %d times, want once each way", path, n)
		}
	}
}

func TestLargestArticleIsFoundByItsLinks(t *testing.T) {
	pages := map[string]string{
		"/":                   `<a href="/j/">journal</a><a href="https://elsewhere.example/j/articles/z">z</a>`,
		"/j/":                 `<a href="issues/">archive</a><a href="/about/us">about</a>`,
		"/j/issues/":          `<a href="1">one</a>`,
		"/j/issues/1":         `<a href="/j/articles/small">s</a><a href="/j/articles/large">l</a><a href="/j/articles/large.pdf">pdf</a>`,
		"/j/articles/small":   `small`,
		"/j/articles/large":   `large` + strings.Repeat(".", 900),
		"/j/articles/missing": ``,
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(body))
	}))
	defer srv.Close()
	got, err := largestArticle(t.Context(), srv.URL)
	if err != nil || got != srv.URL+"/j/articles/large" {
		t.Errorf("%s, %v", got, err)
	}
}
