package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/journal"
	"offprint/internal/testpage"
)

// text is the text of what a selector finds, with its white space collapsed.
func text(g *testpage.Got, selector string) string {
	return strings.Join(strings.Fields(g.Doc.Find(selector).Text()), " ")
}

func texts(g *testpage.Got, selector string) []string {
	return g.Doc.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

// facts are the names and values of the list of facts of an article.
func facts(g *testpage.Got) map[string]string {
	out := map[string]string{}
	g.Doc.Find("#about dl.facts dt").Each(func(_ int, s *goquery.Selection) {
		out[s.Text()] += strings.Join(strings.Fields(s.Next().Text()), " ")
	})
	return out
}

// meta are the values of a meta tag.
func meta(g *testpage.Got, name string) []string {
	return g.Doc.Find(fmt.Sprintf("meta[name=%q]", name)).Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("content", "") })
}

// seed reads a file of the real inputs beside the project.
func seed(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "seed", name))
	if err != nil {
		t.Skip("no ../shared/data/seed beside the repository: the page of a real article is not checked")
	}
	return b
}

func TestPageOfARealArticleShowsAllThatItsSourceShows(t *testing.T) {
	page := seed(t, "page.txt")
	var gold struct {
		Page struct {
			Title    string
			Abstract string
		}
		References []struct {
			Number int
			Key    string
		}
	}
	if err := json.Unmarshal(seed(t, "gold.json"), &gold); err != nil {
		t.Logf("gold.json: %v", err)
	}
	in := serve(t)
	in.add(journal.Journal{Path: "rjr", Titles: []journal.Text{journal.T("en", "Russian Japanology Review")}, Languages: []string{"en"}})
	done := in.take("rjr", fstest.MapFS{"page.txt": {Data: page}})
	if len(done) != 1 || done[0].Path == "" {
		t.Fatalf("imported: %+v", done)
	}
	// The ISSN of the journal is seen a moment later.
	if err := in.Site.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	g := in.page(done[0].Path)
	for selector, want := range map[string]string{
		"h1":            "The Soviet-Japanese Joint Declaration of 1956: a Difficult Path to Signing, a Difficult Fate after Ratification",
		".authors":      "A. N. Panov",
		".affiliations": "Moscow State Institute of International Relations (MGIMO University)",
		"header.front":  "Russian Federation",
		"#abstract":     "The article aims to study the process of formation",
		"#citation":     "Panov A.N.",
		".actions":      "300",
	} {
		if got := text(g, selector); !strings.Contains(got, want) {
			t.Errorf("%s says %.200q, want %q in it", selector, got, want)
		}
	}
	for _, part := range []string{"Institute for U.S. and Canadian Studies of the Russian Academy of Sciences"} {
		if !strings.Contains(text(g, ".affiliations"), part) {
			t.Errorf("the affiliations lack %q", part)
		}
	}
	if n := g.Doc.Find(".references .reference").Length(); n != 30 {
		t.Errorf("%d references, want 30", n)
	}
	for _, id := range []string{"ref-frus-1951a", "ref-6"} {
		if e := g.Doc.Find("#" + id); e.Length() != 1 || !strings.Contains(e.Closest(".reference").Text(), "The Acting Secretary of State to the Acting United States Political Adviser to SCAP") {
			t.Errorf("#%s does not lead to the sixth reference", id)
		}
	}
	about := facts(g)
	if v := about["Views"]; !strings.HasPrefix(v, "300") || !strings.Contains(v, "carried over") {
		t.Errorf("the views are %q, want 300 marked as carried over", v)
	}
	for name, want := range map[string]string{"ISSN (print)": "2658-6444", "ISSN (online)": "2658-6789"} {
		if about[name] != want {
			t.Errorf("%s is %q, want %q", name, about[name], want)
		}
	}
	link := g.Doc.Find(`#about a[rel="license"]`)
	if link.AttrOr("href", "") != "https://creativecommons.org/licenses/by/4.0/" || link.Text() != "CC BY 4.0" {
		t.Errorf("the licence is %q at %q", link.Text(), link.AttrOr("href", ""))
	}
	for name, want := range map[string][]string{
		"citation_title": {gold.Page.Title}, "citation_journal_title": {"Russian Japanology Review"}, "citation_volume": {"3"}, "citation_issue": {"2"},
		"citation_firstpage": {"5"}, "citation_lastpage": {"51"}, "citation_issn": {"2658-6444", "2658-6789"}, "citation_publication_date": {"2020"},
		"citation_author": {"Panov, A. N."}, "citation_doi": nil,
	} {
		if name == "citation_title" && want[0] == "" {
			want = texts(g, "h1")
		}
		if got := meta(g, name); !slices.Equal(got, want) && (len(got) > 0 || len(want) > 0) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, fault := range testpage.Faults(g.Body) {
		t.Error(fault)
	}
}

// samples are our own pages of articles, each as its own journal's.
var samples = []string{"elpub-keyed.txt", "elpub-ru.html", "elpub-ru.txt", "japanese.txt", "jsonld.html", "jstage.html", "ojs-pt.html", "scielo.html", "scielo-es.txt", "unmarked.html", "tagged.txt", "toml.md", "yaml.md", "record.rdf.xml"}

// TestPagesOfEveryKindOfSourceAreWhole: whatever the source, its page shows the
// record that was read and has no fault.
func TestPagesOfEveryKindOfSourceAreWhole(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "mixed", Titles: []journal.Text{journal.T("en", "Mixed")}, Languages: []string{"en"}})
	for _, name := range samples {
		done := in.take("mixed", fstest.MapFS{name: {Data: sample(t, name)}})
		if len(done) != 1 || done[0].Path == "" {
			t.Errorf("%s: %+v", name, done)
			continue
		}
		// Two of the samples are one article; what the feed brings is seen a
		// moment later, and its page would still be the one before.
		if err := in.Site.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		id := done[0].ID
		pub, err := in.Store.ArticleByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		rec := &pub.Record
		for _, prefix := range []string{"/mixed", "/mixed/ru"} {
			g := in.page(prefix + "/articles/" + pub.Slug)
			for _, fault := range testpage.Faults(g.Body) {
				t.Errorf("%s, %s: %s", name, prefix, fault)
			}
			if len(rec.Titles) > 0 && !strings.Contains(text(g, "h1"), strings.Join(strings.Fields(rec.Titles[0].Plain), " ")) {
				t.Errorf("%s: the title is %q, want %q", name, text(g, "h1"), rec.Titles[0].Plain)
			}
			if n := g.Doc.Find(".reference").Length(); n != len(rec.References) {
				t.Errorf("%s: %d references, want %d", name, n, len(rec.References))
			}
			for _, c := range rec.Contributors {
				if who := text(g, "header.front"); len(c.Names) > 0 && !strings.Contains(who, strings.Join(strings.Fields(c.Names[0].Literal), " ")) {
					t.Errorf("%s: %q is not among the people %q", name, c.Names[0].Literal, who)
				}
			}
			for _, a := range rec.Abstracts {
				if first := strings.Fields(a.Plain); len(first) > 3 && !strings.Contains(text(g, ".abstract"), strings.Join(first[:4], " ")) {
					t.Errorf("%s: the abstract in %s is not shown", name, a.Lang)
				}
			}
			for i, r := range rec.References {
				if words := strings.Fields(r.Printed.Plain); !strings.Contains(texts(g, ".reference")[i], strings.Join(words, " ")) {
					t.Errorf("%s: reference %d is printed as %q, want %q", name, r.Number, texts(g, ".reference")[i], r.Printed.Plain)
				}
			}
		}
	}
}

// TestDemonstrationArticleHasItsMetaTags: what Google Scholar and citation
// managers read.
func TestDemonstrationArticleHasItsMetaTags(t *testing.T) {
	in := demoSite(t)
	g := in.page("/demo/articles/" + slugOf(t, in, "10.5555/", "river"))
	for _, name := range []string{"citation_title", "citation_author", "citation_author_institution", "citation_journal_title", "citation_publisher",
		"citation_publication_date", "citation_volume", "citation_issue", "citation_firstpage", "citation_lastpage", "citation_doi", "citation_language", "citation_abstract_html_url", "citation_fulltext_html_url"} {
		if got := meta(g, name); len(got) == 0 || got[0] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if got := meta(g, "citation_issn"); !slices.Equal(got, []string{"9999-9994", "9999-9986"}) {
		t.Errorf("citation_issn is %q", got)
	}
	for prefix, want := range map[string]string{"DC": "http://purl.org/dc/elements/1.1/", "DCTERMS": "http://purl.org/dc/terms/"} {
		if got := g.Doc.Find(`link[rel="schema.`+prefix+`"]`).AttrOr("href", ""); got != want || g.Doc.Find(`meta[name^="`+prefix+`."]`).Length() == 0 {
			t.Errorf("the prefix %s is declared as %q", prefix, got)
		}
	}
	address := g.Doc.Find(`link[rel="canonical"]`).AttrOr("href", "")
	if !strings.HasPrefix(address, in.server.URL+"/demo/articles/") || meta(g, "citation_abstract_html_url")[0] != address {
		t.Errorf("the canonical address is %q, citation_abstract_html_url %q", address, meta(g, "citation_abstract_html_url"))
	}
	if got := testpage.Get(t, http.DefaultClient, address); got.Status != http.StatusOK {
		t.Errorf("the canonical address answers %d", got.Status)
	}
}

// slugOf finds the address of the demonstration's article whose DOI begins
// and whose address reads like this.
func slugOf(t *testing.T, in *installation, doi, part string) string {
	t.Helper()
	j, err := in.Store.Journal(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	list, err := in.Store.ArticlesAfter(t.Context(), j.ID, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if strings.HasPrefix(p.Record.DOI, doi) && strings.Contains(p.Slug, part) {
			return p.Slug
		}
	}
	t.Fatalf("the demonstration has no article %q", part)
	return ""
}
