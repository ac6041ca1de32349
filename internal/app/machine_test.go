package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"offprint/internal/format/jats"
	"offprint/internal/store"
)

// locations are the addresses in a map or an index of maps, without the origin.
func (in *installation) locations(path string) (paths []string) {
	in.t.Helper()
	g := in.get(path)
	var doc struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(g.Body), &doc); err != nil || g.Status != http.StatusOK {
		in.t.Fatalf("%s: %d %v", path, g.Status, err)
	}
	for _, u := range doc.URLs {
		at, ok := strings.CutPrefix(u.Loc, in.server.URL)
		if !ok {
			in.t.Errorf("%s names %s", path, u.Loc)
		}
		paths = append(paths, at)
	}
	return paths
}

func TestSitemapsNameEveryPageThatIsThere(t *testing.T) {
	in := oaiSite(t)
	if robots := in.get("/robots.txt").Body; !strings.Contains(robots, "Sitemap: "+in.server.URL+"/sitemap.xml") {
		t.Errorf("robots.txt: %q", robots)
	}
	var pages []string
	for _, part := range in.locations("/sitemap.xml") {
		pages = append(pages, in.locations(part)...)
	}
	for _, p := range pages {
		if g := in.get(p); g.Status != http.StatusOK || strings.Contains(g.Body, `content="noindex"`) {
			t.Errorf("%s: %d", p, g.Status)
		}
	}
	for _, want := range append(in.articles(), "/demo/", "/demo/issues/") {
		if !slices.Contains(pages, want) {
			t.Errorf("no map names %s", want)
		}
	}
	for _, bad := range []string{"/demo/sitemap/none.xml", "/demo/sitemap/articles-1", "/demo/sitemap/"} {
		if g := in.get(bad); g.Status != http.StatusNotFound && g.Status != http.StatusMovedPermanently {
			t.Errorf("%s: %d", bad, g.Status)
		}
	}
}

func TestSitemapIndexKnowsWhatWasPublishedSinceItWasAsked(t *testing.T) {
	in := serve(t)
	j, _ := in.many(2000)
	before := in.locations("/sitemap.xml")
	if again := in.locations("/sitemap.xml"); !slices.Equal(again, before) {
		t.Errorf("asked again it is %q, was %q", again, before)
	}
	if _, err := in.Store.ApplyArticles(t.Context(), []store.Write{plenty(j, 2000)}); err != nil {
		t.Fatal(err)
	}
	in.settle()
	after := in.locations("/sitemap.xml")
	if len(after) != len(before)+1 {
		t.Fatalf("with one article more than a map holds there are %d maps, were %d", len(after), len(before))
	}
	if last := in.locations(after[len(after)-1]); len(last) != 1 || last[0] != "/many/articles/a02000" {
		t.Errorf("the new map has %q", last)
	}
}

func TestFeedsHaveTheNewestArticles(t *testing.T) {
	in := demoSite(t)
	issues := in.locationsOfIssues()
	for _, base := range append([]string{"", "/demo"}, issues...) {
		var atom struct {
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Summary string `xml:"summary"`
			} `xml:"entry"`
		}
		g := in.get(base + "/feed.atom")
		if err := xml.Unmarshal([]byte(g.Body), &atom); err != nil || len(atom.Entries) == 0 || !strings.HasPrefix(g.Header.Get("Content-Type"), "application/atom+xml") {
			t.Errorf("%s/feed.atom: %d, %v, %d entries", base, g.Status, err, len(atom.Entries))
			continue
		}
		var rss struct {
			Items []struct {
				Link        string `xml:"link"`
				Description string `xml:"description"`
			} `xml:"channel>item"`
		}
		if err := xml.Unmarshal([]byte(in.get(base+"/feed.rss").Body), &rss); err != nil || len(rss.Items) != len(atom.Entries) {
			t.Errorf("%s/feed.rss: %v, %d items", base, err, len(rss.Items))
			continue
		}
		var list struct {
			Version string
			Items   []struct {
				ID, Title string
				Content   string `json:"content_text"`
			}
		}
		if err := json.Unmarshal([]byte(in.get(base+"/feed.json").Body), &list); err != nil || len(list.Items) != len(atom.Entries) || list.Version != "https://jsonfeed.org/version/1.1" {
			t.Errorf("%s/feed.json: %v, %d items", base, err, len(list.Items))
			continue
		}
		for i, e := range atom.Entries {
			if e.Title == "" || rss.Items[i].Link != e.ID || list.Items[i].ID != e.ID || list.Items[i].Content != rss.Items[i].Description {
				t.Errorf("%s: entry %d is %q, %q, %q", base, i, e.ID, rss.Items[i].Link, list.Items[i].ID)
			}
			if at := strings.TrimPrefix(e.ID, in.server.URL); in.get(at).Status != http.StatusOK {
				t.Errorf("%s: entry %s leads nowhere", base, at)
			}
		}
	}
}

// locationsOfIssues are the addresses of the demonstration's issues.
func (in *installation) locationsOfIssues() (paths []string) {
	in.t.Helper()
	j, err := in.Store.Journal(in.t.Context(), "demo")
	if err != nil {
		in.t.Fatal(err)
	}
	issues, err := in.Store.Issues(in.t.Context(), j.ID)
	if err != nil {
		in.t.Fatal(err)
	}
	for _, is := range issues {
		paths = append(paths, "/demo/issues/"+is.Slug)
	}
	return paths
}

func TestJournalAsOneFileHoldsAllArticles(t *testing.T) {
	in := demoSite(t)
	g := in.get("/demo/archive.zip")
	z, err := zip.NewReader(bytes.NewReader([]byte(g.Body)), int64(len(g.Body)))
	if err != nil || g.Status != http.StatusOK {
		t.Fatalf("%d, %v", g.Status, err)
	}
	texts, items, readme, licences := 0, 0, "", ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(f.Name, ".xml"):
			if read, err := jats.Decode(b); err != nil || len(read.Article.Titles) == 0 {
				t.Errorf("%s: %v", f.Name, err)
			}
			texts++
		case strings.HasSuffix(f.Name, ".csl.json"):
			var list []map[string]any
			if err := json.Unmarshal(b, &list); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
			items += len(list)
		case f.Name == "README.txt":
			readme = string(b)
		default:
			licences += string(b)
		}
	}
	if n := len(in.articles()); texts != n || items != n || strings.Count(licences, "creativecommons.org") == 0 || !strings.Contains(readme, in.server.URL+"/demo/") {
		t.Errorf("%d texts, %d items of %d articles; %q; %q", texts, items, n, readme, licences)
	}
}

func TestArchivesFindTheirPermissionAndAllFiles(t *testing.T) {
	in := demoSite(t)
	for path, statement := range map[string]string{
		"lockss":  "LOCKSS system has permission to collect, preserve, and serve this open access Archival Unit",
		"clockss": "CLOCKSS system has permission to ingest, preserve, and serve this Archival Unit",
	} {
		years := texts(in.get("/demo/"+path+"/"), "li a")
		if len(years) == 0 {
			t.Fatalf("%s names no years", path)
		}
		found := map[string]bool{}
		for _, y := range years {
			g := in.get("/demo/" + path + "/" + y)
			if !strings.Contains(g.Body, statement) {
				t.Errorf("%s of %s does not say %q", path, y, statement)
			}
			for _, a := range g.Doc.Find("li a").EachIter() {
				at := strings.TrimPrefix(a.AttrOr("href", ""), in.server.URL)
				found[at] = true
				if in.get(at).Status != http.StatusOK {
					t.Errorf("%s of %s leads to %s, which is not there", path, y, at)
				}
			}
		}
		for _, p := range in.articles() {
			if !found[p] {
				t.Errorf("%s does not name %s", path, p)
			}
		}
	}
	if g := in.get("/demo/lockss/1066"); g.Status != http.StatusNotFound {
		t.Errorf("a year without issues: %d", g.Status)
	}
	holdings := strings.Split(strings.TrimSpace(in.get("/kbart.tsv").Body), "\n")
	if len(holdings) != 2 || len(strings.Split(holdings[0], "\t")) != 25 || len(strings.Split(holdings[1], "\t")) != 25 || !strings.Contains(holdings[1], in.server.URL+"/demo/") {
		t.Errorf("holdings: %q", holdings)
	}
	for _, p := range []string{"/llms.txt", "/demo/llms.txt"} {
		if g := in.get(p); g.Status != 200 || !strings.Contains(g.Body, in.server.URL+"/demo/oai") {
			t.Errorf("%s: %d %.200s", p, g.Status, g.Body)
		}
	}
}
