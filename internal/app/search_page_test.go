package app

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/config"
	"offprint/internal/journal"
	"offprint/internal/testpage"
)

// lamps are two journals with articles of several years.
func lamps(t *testing.T) *installation {
	t.Helper()
	in := serve(t)
	for _, path := range []string{"lamps", "lights"} {
		in.add(journal.Journal{Path: path, Titles: []journal.Text{journal.T("en", strings.ToUpper(path[:1])+path[1:])}, Languages: []string{"en"}})
		files := fstest.MapFS{}
		for i := range 30 {
			source := strings.ReplaceAll(string(article(i+1, fmt.Sprintf("The %s number %d of the harbour", path, i+1))), "year: 2020", fmt.Sprintf("year: %d", 1990+i))
			source = strings.ReplaceAll(source, "Ada Lamp", []string{"Ada Lamp", "Bo Wick", "Yuri Khatoyama"}[i%3])
			files[fmt.Sprintf("a%02d.md", i)] = &fstest.MapFile{Data: []byte(source)}
		}
		in.take(path, files)
	}
	if err := in.Site.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	return in.indexed()
}

func asking(values ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		q.Add(values[i], values[i+1])
	}
	return "?" + q.Encode()
}

func links(g *testpage.Got, selector string) []string {
	return g.Doc.Find(selector).Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") })
}

func TestAdvancedFormIsTheSameSearch(t *testing.T) {
	in := lamps(t)
	g := in.page("/lamps/search" + asking("form", "1", "all", "harbour", "author", "wick", "none", "\"number 2\"", "from", "1990", "to", "1999"))
	if got := g.Doc.Find("#query").AttrOr("value", ""); got != `harbour -"number 2" author:wick` {
		t.Errorf("the box says %q", got)
	}
	if _, open := g.Doc.Find("details.advanced").Attr("open"); !open {
		t.Error("the form that was used is closed")
	}
	for name, want := range map[string]string{"all": "harbour", "author": "wick", "none": `"number 2"`, "title": "", "from": "1990", "to": "1999"} {
		if got := g.Doc.Find(`.advanced input[name="`+name+`"]`).AttrOr("value", "?"); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(text(g, ".results h2"), "2 articles") {
		t.Errorf("found: %s %q", text(g, ".results h2"), texts(g, ".hits h3"))
	}
	typed := in.page("/lamps/search" + asking("q", `harbour -"number 2" author:wick year:1990..1999 (lamps | number)`))
	if a, b := texts(g, ".hits h3"), texts(typed, ".hits h3"); strings.Join(a, "|") != strings.Join(b, "|") {
		t.Errorf("the form finds %q, the words %q", a, b)
	}
	if got := typed.Doc.Find(`.advanced input[name="author"]`).AttrOr("value", ""); got != "wick" {
		t.Errorf("what is typed fills the author with %q", got)
	}
	if _, open := typed.Doc.Find("details.advanced").Attr("open"); open {
		t.Error("a form that was not used is open")
	}
	if all := g.Doc.Find(`.advanced button[formaction="/search"]`); all.Length() != 1 {
		t.Error("no button searches all journals")
	}
	root := in.page("/search" + asking("form", "1", "all", "harbour", "f-journal", "lights"))
	if !strings.Contains(text(root, ".results h2"), "30 articles") || root.Doc.Find(`.advanced option[value="lights"][selected]`).Length() != 1 {
		t.Errorf("one journal of all: %s", text(root, ".results h2"))
	}
}

func TestFacetsNarrowWithoutScripts(t *testing.T) {
	in := lamps(t)
	g := in.page("/search?q=harbour")
	for _, name := range []string{"f-journal", "f-author"} {
		if n := g.Doc.Find(`#narrow-form fieldset input[type="checkbox"][name="` + name + `"]`).Length(); n < 2 {
			t.Errorf("%s has %d values", name, n)
		}
	}
	g.Doc.Find("#narrow-form fieldset").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.ChildrenFiltered("legend").Text()) == "" {
			t.Error("a facet has no legend")
		}
	})
	if got := text(g, `#narrow-form li:has(input[value="Bo Wick"]) label`); !strings.Contains(got, "20") || !strings.Contains(got, "20 articles") {
		t.Errorf("an author is counted as %q", got)
	}
	n := in.page("/search" + asking("q", "harbour", "f-journal", "lamps", "f-author", "Bo Wick", "f-author", "Ada Lamp"))
	if !strings.Contains(text(n, ".results h2"), "20 articles") || n.Doc.Find(`#narrow-form input[checked]`).Length() != 3 {
		t.Errorf("narrowed: %s, %d checked", text(n, ".results h2"), n.Doc.Find(`#narrow-form input[checked]`).Length())
	}
	if got := text(n, `#narrow-form li:has(input[value="Yuri Khatoyama"]) .count`); got != "10" {
		t.Errorf("the author that is not chosen is counted as %q", got)
	}
	chips := links(n, ".chosen a")
	if len(chips) != 3 {
		t.Fatalf("%d values can be taken away", len(chips))
	}
	if w := in.page(chips[0]); !strings.Contains(text(w, ".results h2"), "40 articles") {
		t.Errorf("without the journal: %s", text(w, ".results h2"))
	}
	if g := in.page("/lamps/search?q=harbour"); g.Doc.Find(`[name="f-journal"]`).Length() != 0 {
		t.Error("the search of one journal asks for the journal")
	}
}

func TestYearsAreDrawnAndListed(t *testing.T) {
	in := lamps(t)
	g := in.page("/lamps/search?q=harbour")
	svg := g.Doc.Find(".years svg[role=img]")
	if svg.Find("rect").Length() != 30 || !strings.Contains(svg.AttrOr("aria-label", ""), "1990") {
		t.Errorf("%d bars, %q", svg.Find("rect").Length(), svg.AttrOr("aria-label", ""))
	}
	rows := g.Doc.Find(".years tbody tr")
	if rows.Length() != 30 || rows.First().Find("th a").Text() != "1990" || rows.First().Find("td").Text() != "1" {
		t.Errorf("%d rows, the first is %q", rows.Length(), rows.First().Text())
	}
	y := in.page(rows.First().Find("a").AttrOr("href", ""))
	if !strings.Contains(text(y, ".results h2"), "1 article ") || y.Doc.Find(`#narrow-form input[name="from"]`).AttrOr("value", "") != "1990" {
		t.Errorf("a year: %s", text(y, ".results h2"))
	}
	if n := y.Doc.Find(".years tbody tr").Length(); n != 30 {
		t.Errorf("narrowed to a year the years are %d: another cannot be chosen", n)
	}
	for span, want := range map[[2]string]string{{"1995", "1999"}: "5 articles", {"2015", ""}: "5 articles", {"", "1990"}: "1 article ", {"1999", "1995"}: "5 articles", {"then", "now"}: "30 articles"} {
		if g := in.page("/lamps/search" + asking("q", "harbour", "from", span[0], "to", span[1])); !strings.Contains(text(g, ".results h2"), want) {
			t.Errorf("%q: %s, want %s", span, text(g, ".results h2"), want)
		}
	}
}

func TestResultIsSortedAsAsked(t *testing.T) {
	in := lamps(t)
	for order, want := range map[string]string{"newest": "number 30 ", "oldest": "number 1 ", "title": "number 1 "} {
		g := in.page("/lamps/search" + asking("q", "harbour", "sort", order))
		if got := texts(g, ".hits h3")[0]; !strings.Contains(got, want) {
			t.Errorf("%s begins with %q", order, got)
		}
		if g.Doc.Find(`#sort option[value="`+order+`"][selected]`).Length() != 1 {
			t.Errorf("%s is not chosen", order)
		}
		if next := links(g, `.pager a[rel="next"]`); len(next) != 1 || !strings.Contains(next[0], "sort="+order) {
			t.Errorf("%s is forgotten on the next page: %v", order, next)
		}
	}
}

func TestPassagesShowWhyAnArticleWasFound(t *testing.T) {
	in := demoSite(t).indexed()
	g := in.page("/demo/search?q=ref:Salishchev")
	if got := text(g, ".hits .snippet"); !strings.Contains(got, "Reference") || !strings.Contains(text(g, ".hits mark"), "Salishchev") {
		t.Errorf("a reference shows %q", got)
	}
	to := links(g, ".hits .snippet .where a")
	if len(to) == 0 || !strings.Contains(to[0], "#ref-") {
		t.Errorf("the reference leads to %v", to)
	}
	g = in.page("/demo/search?q=steamer")
	if got := text(g, ".hits .snippet mark"); !strings.EqualFold(got, "steamer") || g.Doc.Find(`.hits .snippet [lang="en"]`).Length() == 0 {
		t.Errorf("an abstract shows %q", got)
	}
	g = in.page("/demo/search?q=Zastavkina")
	if !strings.Contains(text(g, ".hits .by mark"), "Заставкина") || !strings.Contains(text(g, ".hits"), "Found as: Заставкина") || g.Doc.Find(`.hits .meta span[lang="ru"]`).Length() == 0 {
		t.Errorf("another script: %s", text(g, ".hits"))
	}
	if g = in.page("/demo/search?q=Заставкина"); strings.Contains(text(g, ".hits"), "Found as") {
		t.Error("what was typed is told as another form")
	}
}

func TestIdentifierTypedAloneLeadsThere(t *testing.T) {
	in := demoSite(t).indexed()
	river := "/demo/articles/" + slugOf(t, in, "10.5555/", "river-drawn-twice")
	if strings.Contains(river, "correction") {
		t.Fatal("that is the correction")
	}
	for typed, want := range map[string]string{
		"10.5555/colophon.2026.1.1.4": river, "https://doi.org/10.5555/colophon.2026.1.1.4": river, "DOI 10.5555/COLOPHON.2026.1.1.4": river,
		river: river, in.server.URL + river: river, river + ".xml": river, "0000-0000-5555-0019": "/demo/authors/edith-m-fallowfield", "https://orcid.org/0000-0000-5555-0019": "/demo/authors/edith-m-fallowfield",
	} {
		for _, search := range []string{"/demo/search", "/search"} {
			g := in.get(search + asking("q", typed))
			if g.Status != http.StatusSeeOther || g.Header.Get("Location") != want {
				t.Errorf("%s in %s: %d %s, want %s", typed, search, g.Status, g.Header.Get("Location"), want)
			}
		}
	}
	for _, typed := range []string{"10.5555/none.1", "0000-0002-1825-0097", "/demo/articles/none", "https://elsewhere.example/rjr/articles/a"} {
		g := in.page("/demo/search" + asking("q", typed))
		if !strings.Contains(text(g, "main"), "has this identifier or address") {
			t.Errorf("%s: %s", typed, text(g, "main"))
		}
	}
	g := in.page("/demo/search" + asking("q", "10.5555/none.1"))
	if to := links(g, ".others a"); len(to) != 1 || !strings.Contains(to[0], url.QueryEscape("ref:")) {
		t.Errorf("who cites it: %v", to)
	}
	if g := in.get("/demo/search" + asking("q", "10.5555/colophon.2026.1.1.4", "f-type", "editorial")); g.Status != http.StatusOK {
		t.Errorf("a narrowed search leads away: %d", g.Status)
	}
}

func TestEmptyResultHelps(t *testing.T) {
	in := demoSite(t).indexed()
	g := in.page("/demo/search?q=steamer+nosuchwordatall")
	if got := text(g, ".terms"); !strings.Contains(got, "steamer — 1 article") || !strings.Contains(got, "nosuchwordatall — found nowhere") {
		t.Errorf("what was understood: %q", got)
	}
	if note := text(g, ".search-note"); !strings.Contains(note, "some of them") || !strings.Contains(text(g, ".results h2"), "1 article ") || g.Doc.Find(".hits > li").Length() != 1 {
		t.Errorf("one of the words: %q, %q", note, text(g, ".results h2"))
	}
	g = in.page("/demo/search?q=steamre")
	if !strings.Contains(strings.Join(links(g, ".did-you-mean a"), ""), "steamer") && !strings.Contains(text(g, ".hits mark"), "steamer") {
		t.Errorf("a mistyped word: %s", text(g, ".results"))
	}
	g = in.page("/demo/search" + asking("q", "steamer", "f-type", "editorial"))
	if to := links(g, ".others a"); len(to) != 1 || strings.Contains(to[0], "f-type") {
		t.Errorf("without narrowing: %v", to)
	}
	if g := in.page("/demo/search" + asking("q", "riv* b* year:196")); !strings.Contains(text(g, "main [role=status]"), "b*") {
		t.Errorf("a star that was not used: %q", text(g, "main [role=status]"))
	}
}

func TestSearchWithoutItsIndexSaysWhenToComeBack(t *testing.T) {
	in, err := New(t.Context(), config.Config{Place: config.Place{Data: filepath.Join(t.TempDir(), "data")}, Serve: config.Serve{BaseURL: "http://example.org", CacheMB: 1}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	// Nobody runs the finder, so that there is no index yet.
	for path, html := range map[string]bool{"/search?q=a": true, "/search.json?q=a": false, "/search.ris?q=a": false, "/search.atom?q=a": false} {
		w := httptest.NewRecorder()
		in.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q", path, w.Code, w.Header().Get("Retry-After"))
		}
		if html && (!strings.Contains(w.Body.String(), "being prepared") || !strings.Contains(w.Body.String(), `id="query"`)) {
			t.Errorf("%s says %.300s", path, w.Body)
		}
	}
}

func TestFloodOfSearchesIsSlowed(t *testing.T) {
	in := demoSite(t, func(c *config.Config) {
		c.SearchRate, c.SearchBurst, c.TrustedProxies = 1, 5, []string{"127.0.0.1", "::1"}
	})
	refused := 0
	for i := range 20 {
		g := in.get("/demo/search.json?q=river", "X-Forwarded-For", "203.0.113."+strconv.Itoa(i))
		if g.Status == http.StatusTooManyRequests {
			refused++
			wait, err := strconv.Atoi(g.Header.Get("Retry-After"))
			if err != nil || wait < 1 || !strings.Contains(text(g, "h1"), "Too many requests") {
				t.Errorf("Retry-After %q, %q", g.Header.Get("Retry-After"), text(g, "h1"))
			}
		}
	}
	if refused < 10 {
		t.Errorf("%d of 20 searches at once were refused", refused)
	}
	for _, path := range []string{"/demo/search?q=river", "/demo/"} {
		for header, want := range map[string]int{"198.51.100.7": http.StatusOK, "203.0.113.9": map[bool]int{true: http.StatusOK, false: http.StatusTooManyRequests}[path == "/demo/"]} {
			if g := in.get(path, "X-Forwarded-For", header); g.Status != want {
				t.Errorf("%s from %s: %d, want %d", path, header, g.Status, want)
			}
		}
	}
}

// TestSearchKeepsPaceWithWhatIsPublished: a change is found within seconds, by every
// form of the search.
func TestSearchKeepsPaceWithWhatIsPublished(t *testing.T) {
	in := lamps(t)
	in.take("lamps", fstest.MapFS{"new.md": &fstest.MapFile{Data: article(99, "A quasar in the lamp room")}})
	begun := time.Now()
	in.await("/lamps/search?q=quasar", "A <mark>quasar</mark>")
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("found after %v", took)
	}
	in.await("/search.atom?q=quasar", "A quasar in the lamp room")
}

func TestNothingWithAllWordsIsSaidPlainly(t *testing.T) {
	in := lamps(t)
	g := in.page("/lamps/search?q=harbour+lamps+zebra")
	if notes := texts(g, ".search-note"); len(notes) != 1 || notes[0] != "Nothing has all of these words; these have most of them." {
		t.Errorf("notes: %q", notes)
	}
	if !strings.Contains(text(g, ".results h2"), "30 articles") || g.Doc.Find(".hits > li").Length() != 20 {
		t.Errorf("found: %s", text(g, ".results h2"))
	}
	if terms := texts(g, ".terms li"); len(terms) != 3 || !strings.Contains(terms[2], "zebra") || !strings.Contains(terms[0], "30 articles") {
		t.Errorf("the words: %q", terms)
	}
	if g := in.page("/lamps/search?q=harbour+zebra"); !strings.Contains(text(g, ".search-note"), "some of them") {
		t.Errorf("one of two: %q", texts(g, ".search-note"))
	}
	if g := in.page("/lamps/search?q=harbour+lamps"); g.Doc.Find(".search-note, .terms").Length() != 0 {
		t.Error("a search that finds all words says otherwise")
	}
	answer := in.get("/lamps/search.json?q=harbour+lamps+zebra").Body
	if !strings.Contains(answer, `"loosened":{"have":2,"of":3}`) || !strings.Contains(answer, `"total":30`) {
		t.Errorf("search.json: %.200s", answer)
	}
	if feed := in.get("/lamps/search.atom?q=harbour+lamps+zebra").Body; strings.Contains(feed, "<entry>") {
		t.Error("a subscription brings what it does not ask")
	}
	if list := in.get("/lamps/search.ris?q=harbour+lamps+zebra").Body; strings.Count(list, "TY  -") != 30 {
		t.Errorf("%d articles are taken away", strings.Count(list, "TY  -"))
	}
}
