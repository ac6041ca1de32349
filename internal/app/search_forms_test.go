package app

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/testpage"
)

func TestSearchJSONHasTheFieldsOfTheContract(t *testing.T) {
	in := demoSite(t).indexed()
	g := in.get("/demo/search.json?q=steamer")
	var out map[string]json.RawMessage
	if err := json.Unmarshal([]byte(g.Body), &out); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"total", "hits", "facets"} {
		if out[name] == nil {
			t.Errorf("there is no %q in %s", name, g.Body)
		}
	}
	var hits []map[string]any
	if err := json.Unmarshal(out["hits"], &hits); err != nil || len(hits) == 0 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	for _, name := range []string{"path", "title", "score", "snippet"} {
		if hits[0][name] == nil {
			t.Errorf("a hit has no %q", name)
		}
	}
	if s := hits[0]["snippet"].(string); !strings.Contains(s, "steamer") || strings.ContainsAny(s, "<>\n") {
		t.Errorf("the snippet is %q", s)
	}
	if path := hits[0]["path"].(string); in.get(path).Status != http.StatusOK {
		t.Errorf("%s leads nowhere", path)
	}
	var facets map[string][]struct {
		Value string
		Count int
	}
	if err := json.Unmarshal(out["facets"], &facets); err != nil || len(facets["year"]) == 0 || facets["year"][0].Count == 0 || len(facets["author"]) == 0 {
		t.Errorf("facets %v, %v", facets, err)
	}
	var all struct {
		Facets map[string][]struct{ Value string }
	}
	if err := json.Unmarshal([]byte(in.get("/search.json?q=steamer").Body), &all); err != nil || all.Facets["journal"][0].Value != "demo" {
		t.Errorf("journals are not named by their paths: %v, %v", all, err)
	}
}

func TestSearchJSONIsPagedLikeThePage(t *testing.T) {
	in := lamps(t)
	seen := map[string]bool{}
	address := "/search.json?q=harbour"
	for n := 0; address != "" && n < 10; n++ {
		var page struct {
			Total int
			Hits  []struct{ Path string }
			Next  string
		}
		if err := json.Unmarshal([]byte(in.get(address).Body), &page); err != nil || page.Total != 60 {
			t.Fatalf("%s: total %d, %v", address, page.Total, err)
		}
		for _, h := range page.Hits {
			seen[h.Path] = true
		}
		address = page.Next
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 articles", len(seen))
	}
}

func TestResultIsTakenAwayInEveryForm(t *testing.T) {
	in := lamps(t)
	page := in.page("/lamps/search" + asking("q", "harbour", "from", "2000", "sort", "oldest"))
	exports := links(page, ".exports a")
	if len(exports) != 5 {
		t.Fatalf("%v", exports)
	}
	for ending, media := range map[string]string{".ris": "application/x-research-info-systems", ".bib": "application/x-bibtex", ".csl.json": "application/vnd.citationstyles.csl+json", ".csv": "text/csv"} {
		i := slices.IndexFunc(exports, func(s string) bool { return strings.Contains(s, "/search"+ending+"?") })
		if i < 0 {
			t.Fatalf("%s is not linked", ending)
		}
		g := in.get(exports[i])
		if g.Status != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Type"), media) || !strings.Contains(g.Header.Get("Content-Disposition"), "search"+ending) {
			t.Errorf("%s: %d %v", ending, g.Status, g.Header)
		}
		if n := entries(t, ending, g.Body); n != 20 {
			t.Errorf("%s has %d articles, want 20", ending, n)
		}
		if !strings.Contains(g.Body, in.server.URL+"/lamps/articles/") {
			t.Errorf("%s has no addresses", ending)
		}
		if strings.Index(g.Body, "number 11 ") > strings.Index(g.Body, "number 30 ") {
			t.Errorf("%s is in another order than the page", ending)
		}
		if n := entries(t, ending, in.get("/lamps/search"+ending+"?q=nosuchword").Body); n != 0 {
			t.Errorf("%s of nothing has %d articles", ending, n)
		}
		if n := entries(t, ending, in.get("/lamps/search"+ending).Body); n != 0 {
			t.Errorf("%s without a question has %d articles", ending, n)
		}
	}
}

// entries is how many articles a file of references has.
func entries(t *testing.T, ending, body string) int {
	t.Helper()
	switch ending {
	case ".ris":
		return strings.Count(body, "ER  - ")
	case ".bib":
		return strings.Count(body, "@article{")
	case ".csv":
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || len(rows) == 0 || rows[0][0] != "title" {
			t.Errorf("the table cannot be read: %v", err)
		}
		return max(len(rows)-1, 0)
	}
	var items []map[string]any
	if err := json.Unmarshal([]byte(body), &items); err != nil {
		t.Errorf("the CSL-JSON cannot be read: %v", err)
	}
	return len(items)
}

// feed is as much of an Atom feed as the tests look at.
type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Author  string `xml:"author>name"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
	} `xml:"entry"`
}

func TestAnySearchIsAFeed(t *testing.T) {
	in := lamps(t)
	page := in.page("/lamps/search" + asking("q", "harbour", "f-author", "Bo Wick"))
	address := page.Doc.Find(`link[rel="alternate"][type="application/atom+xml"]`).AttrOr("href", "")
	g := in.get(address)
	var f feed
	if err := xml.Unmarshal([]byte(g.Body), &f); err != nil || !strings.HasPrefix(g.Header.Get("Content-Type"), "application/atom+xml") {
		t.Fatalf("%s: %v %s", address, err, g.Header.Get("Content-Type"))
	}
	if len(f.Entries) != 10 || !strings.Contains(f.Entries[0].Title, "number 29 ") || f.Entries[0].Summary != "Of lamps." {
		t.Errorf("%d entries, the first is %+v", len(f.Entries), f.Entries[0])
	}
	if f.Title == "" || f.Author != "Lamps" || !strings.HasPrefix(f.ID, in.server.URL) || len(f.Links) != 2 || f.Links[0].Rel != "self" || !strings.HasPrefix(f.Links[1].Href, in.server.URL+"/lamps/search?") {
		t.Errorf("the feed is %+v", f)
	}
	ids := map[string]bool{}
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Updated > f.Updated {
			t.Errorf("%s was updated %q, the feed %q", e.ID, e.Updated, f.Updated)
		}
		ids[e.ID] = true
	}
	if len(ids) != 10 {
		t.Errorf("%d ids", len(ids))
	}
	if err := xml.Unmarshal([]byte(in.get("/lamps/search.atom"+asking("q", "\x01 <&> nosuchword")).Body), &f); err != nil {
		t.Errorf("a feed of nothing: %v", err)
	}
}

func TestBrowsersAreToldHowToSearch(t *testing.T) {
	in := demoSite(t).indexed()
	for _, path := range []string{"/", "/ru/", "/demo/", "/demo/ru/issues/", "/demo/search", "/demo/no-such-page"} {
		g := in.get(path)
		link := g.Doc.Find(`link[rel="search"]`)
		if link.Length() != 1 || link.AttrOr("type", "") != "application/opensearchdescription+xml" || link.AttrOr("title", "") == "" {
			t.Errorf("%s does not name the description of the search", path)
			continue
		}
		d := in.get(link.AttrOr("href", ""))
		var out struct {
			XMLName   xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
			ShortName string
			URLs      []struct {
				Type     string `xml:"type,attr"`
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal([]byte(d.Body), &out); err != nil || out.ShortName == "" || len([]rune(out.ShortName)) > 16 || len(out.URLs) < 4 {
			t.Errorf("%s: %v %+v", path, err, out)
		}
		for _, u := range out.URLs {
			at := strings.TrimPrefix(strings.ReplaceAll(u.Template, "{searchTerms}", "river"), in.server.URL)
			if g := in.get(at); g.Status != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Type"), u.Type) {
				t.Errorf("%s: %d %s, want %s", at, g.Status, g.Header.Get("Content-Type"), u.Type)
			}
		}
	}
}

func TestSuggestionsCompleteWhatIsTyped(t *testing.T) {
	in := demoSite(t).indexed()
	suggest := func(path string) (text string, parts [3][]string, g *testpage.Got) {
		g = in.get(path)
		var out []json.RawMessage
		if err := json.Unmarshal([]byte(g.Body), &out); err != nil || len(out) != 4 || json.Unmarshal(out[0], &text) != nil {
			t.Fatalf("%s: %v %s", path, err, g.Body)
		}
		for i := range parts {
			if err := json.Unmarshal(out[i+1], &parts[i]); err != nil {
				t.Fatal(err)
			}
		}
		return text, parts, g
	}
	for _, c := range []struct{ typed, want, kind string }{
		{"fallow", "Fallowfield, Edith M.", "author"}, {"coloph", "colophon", "keyword"}, {"river dr", "A River Drawn Twice", "article"}, {"заставк", "Заставкина", "author"},
	} {
		text, parts, _ := suggest("/demo/suggest.json" + asking("q", c.typed))
		i := slices.IndexFunc(parts[0], func(s string) bool { return strings.HasPrefix(s, c.want) })
		if text != c.typed || i < 0 || !strings.Contains(parts[1][i], c.kind) {
			t.Errorf("%s: %q %q", c.typed, parts[0], parts[1])
			continue
		}
		g := in.page(strings.TrimPrefix(parts[2][i], in.server.URL))
		if c.kind != "article" && g.Doc.Find(".hits li").Length() == 0 {
			t.Errorf("%s leads to nothing", parts[2][i])
		}
	}
	for _, path := range []string{"/demo/suggest.json", "/suggest.json?q=" + strings.Repeat("a", 5000), "/suggest.json?q=%00", "/suggest.json?q=*"} {
		if _, parts, g := suggest(path); len(parts[0]) != 0 || g.Status != http.StatusOK {
			t.Errorf("%.60s: %q", path, parts[0])
		}
	}
	if page := in.page("/demo/search"); page.Doc.Find(`script[type="module"][src*="suggest"]`).Length() != 1 || page.Doc.Find("input[data-suggest]").Length() != 1 {
		t.Error("the search page does not load the script")
	}
	if page := in.page("/demo/"); page.Doc.Find(`script[src*="suggest"]`).Length() != 0 {
		t.Error("a page that is no search loads the script")
	}
}
