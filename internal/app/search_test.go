package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/journal"
	"offprint/internal/search"
	"offprint/internal/testpage"
)

// found is what the search answers to a program.
type found struct {
	Total int
	Hits  []struct {
		Path, Title, Snippet string
		Score                float64
	}
	Facets map[string]any
}

func (in *installation) find(path string) found {
	in.t.Helper()
	g := in.get(path)
	var f found
	if err := json.Unmarshal([]byte(g.Body), &f); err != nil || g.Status != http.StatusOK || g.Header.Get("Content-Type") != "application/json" {
		in.t.Fatalf("%s: %d %s %v", path, g.Status, g.Header.Get("Content-Type"), err)
	}
	return f
}

// indexed waits until the search knows every published article.
func (in *installation) indexed() *installation {
	in.t.Helper()
	want, err := in.Store.ArticleCount(in.t.Context())
	if err != nil {
		in.t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		found, err := in.finder.Search(in.t.Context(), search.Request{Limit: 0})
		if err == nil && found.Total == want && !found.Making {
			return in
		}
	}
	in.t.Fatalf("the search does not know %d articles within twenty seconds", want)
	return nil
}

func TestSearchFindsInEveryScriptAndLanguage(t *testing.T) {
	in := demoSite(t).indexed()
	for _, prefix := range []string{"/demo", "/demo/ru", "", "/ru"} {
		for query, want := range map[string]string{"river": "river", "Заставкина": "znak", "RIVER drawn": "river", "折本": "orimoto"} {
			path := prefix + "/search?" + url.Values{"q": {query}}.Encode()
			g := in.page(path)
			if hits := g.Doc.Find(`.items a[href*="` + want + `"]`).Length(); hits == 0 {
				t.Errorf("%s finds %q", path, texts(g, ".items h3"))
			}
			if g.Doc.Find("#q").AttrOr("value", "") != query || g.Doc.Find("#query").AttrOr("value", "") != query {
				t.Errorf("%s forgets what was asked", path)
			}
			if g.Doc.Find(`meta[name="robots"]`).AttrOr("content", "") != "noindex" {
				t.Errorf("%s may be indexed", path)
			}
			f := in.find(prefix + "/search.json?" + url.Values{"q": {query}}.Encode())
			if f.Total == 0 || len(f.Hits) == 0 || !strings.Contains(f.Hits[0].Path+f.Hits[len(f.Hits)-1].Path, want) || f.Hits[0].Title == "" || f.Hits[0].Score <= 0 {
				t.Errorf("%s as JSON: %+v", path, f)
			}
		}
	}
}

func TestSearchSaysThatNothingWasFound(t *testing.T) {
	in := demoSite(t).indexed()
	for path, want := range map[string]string{
		"/demo/search?q=nosuchword":         "0 articles found",
		"/demo/ru/search?q=nosuchword":      "0 статей",
		"/demo/search?q=%21%21%21":          "There is no word",
		"/demo/search?q=nosuchword&page=9":  "0 articles found",
		"/demo/search?q=nosuchword&page=-1": "0 articles found",
	} {
		if g := in.page(path); !strings.Contains(text(g, "main"), want) || g.Doc.Find(".items").Length() != 0 {
			t.Errorf("%s says %q", path, text(g, "main"))
		}
	}
	if f := in.find("/demo/search.json?q=nosuchword"); f.Total != 0 || f.Hits == nil {
		t.Errorf("as JSON: %+v", f)
	}
	if g := in.page("/demo/search"); g.Doc.Find(".results").Length() != 0 {
		t.Errorf("without a query: %q", text(g, "main"))
	}
}

// article is a source of an article with this title.
func article(n int, title string) []byte {
	return fmt.Appendf(nil, "---\ntitle: \"%s\"\nauthor: \"Ada Lamp\"\njournal: Lamps\nyear: 2020\nvolume: 1\nissue: 1\nfirst_page: %d\nlanguage: en\n---\n\nAbstract\n\nOf lamps.\n", title, n)
}

func TestSearchHasPages(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}})
	files := fstest.MapFS{}
	for i := range 45 {
		files[fmt.Sprintf("a%02d.md", i)] = &fstest.MapFile{Data: article(i+1, fmt.Sprintf("Lamp number %d of the harbour", i+1))}
	}
	in.take("lamps", files)
	seen := map[string]bool{}
	path := "/lamps/search?q=harbour"
	for n := 1; path != ""; n++ {
		g := in.await(path, "45 articles found")
		links := g.Doc.Find(".items h3 a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") })
		for _, l := range links {
			seen[l] = true
		}
		if want := map[int]int{1: 20, 2: 20, 3: 5}[n]; len(links) != want {
			t.Errorf("page %d has %d hits, want %d", n, len(links), want)
		}
		if (n > 1) != (g.Doc.Find(`.pager a[rel="prev"]`).Length() == 1) {
			t.Errorf("page %d: link to the page before: %d", n, g.Doc.Find(`.pager a[rel="prev"]`).Length())
		}
		path = g.Doc.Find(`.pager a[rel="next"]`).AttrOr("href", "")
		if n > 5 {
			t.Fatal("pages without end")
		}
	}
	if len(seen) != 45 {
		t.Errorf("the pages show %d of 45 articles", len(seen))
	}
}

func TestLongQueryIsCutAndSaysSo(t *testing.T) {
	in := demoSite(t).indexed()
	for name, query := range map[string]string{
		"30 kB": strings.Repeat("a", 30<<10), "100 kB": strings.Repeat("a", 100<<10), "100 kB of Cyrillic": strings.Repeat("%D1%8F", 100<<10/6),
		"10,000 clauses": strings.Repeat("river+", 10_000), "a star": "*", "stars": strings.Repeat("*+", 1000), "controls": "%00%01%1B%7F%0A%E2%80%AE", "not UTF-8": "%FF%FE%C0",
		"an open quote": "%22river", "parentheses": strings.Repeat("(", 5000), "operators": "OR+OR+-+-+AND", "an expression": "%2F.*%28a%2B%29%2B%24%2F", "prefixes": strings.Repeat("author:", 2000),
	} {
		begun := time.Now()
		g := in.get("/demo/search?q=" + query)
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s: answered after %v", name, took)
		}
		if g.Status != http.StatusOK || !g.HTML() || text(g, "h1") != "Search" {
			t.Errorf("%s: %d %q", name, g.Status, text(g, "h1"))
			continue
		}
		if text(g, "main [role=status]") == "" && g.Doc.Find(".results").Length() == 0 {
			t.Errorf("%s: no word on what became of it", name)
		}
		if n := len([]rune(g.Doc.Find("#q").AttrOr("value", ""))); n > 1000 {
			t.Errorf("%s: %d letters stand in the box", name, n)
		}
		for _, fault := range testpage.Faults(g.Body) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	if g := in.page("/demo/search?q=" + strings.Repeat("river+", 10_000)); !strings.Contains(text(g, "main"), "first 1,000 characters") || g.Doc.Find(".hits li").Length() == 0 {
		t.Errorf("a cut query says %q", text(g, "main [role=status]"))
	}
	if g := in.get("/demo/articles/" + strings.Repeat("a", 30<<10)); g.Status != http.StatusRequestURITooLong {
		t.Errorf("a long address that is no search answers %d", g.Status)
	}
	g := in.page("/demo/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`))
	if strings.Contains(g.Body, "<script>alert") {
		t.Error("a query becomes markup")
	}
}
