package app

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/ingest"
	"offprint/internal/journal"
)

// changed is a page with another sentence in its abstract.
func changed(t *testing.T, page []byte, old, new string) []byte {
	t.Helper()
	out := bytes.Replace(page, []byte(old), []byte(new), 1)
	if bytes.Equal(out, page) {
		t.Fatalf("the sample does not hold %q", old)
	}
	return out
}

func TestEarlierVersionKeepsItsAddress(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lakes", Titles: []journal.Text{journal.T("ru", "Вестник")}, Languages: []string{"ru"}})
	page := sample(t, "unmarked.html")
	first := in.take("lakes", fstest.MapFS{"a.html": {Data: page}})
	path := first[0].Path
	if g := in.page(path); strings.Contains(g.Body, `class="notice`) || g.Doc.Find(".versions").Length() != 0 {
		t.Error("an article of one version speaks of versions")
	}
	again := in.take("lakes", fstest.MapFS{"a.html": {Data: page}})
	if again[0].Action != ingest.Unchanged {
		t.Errorf("the same source twice is %q", again[0].Action)
	}
	second := in.take("lakes", fstest.MapFS{"a.html": {Data: changed(t, page, "прослеживаются даты", "исследуются даты")}})
	if second[0].Action != ingest.Updated || second[0].Path != path {
		t.Fatalf("the changed page is %q at %s, was at %s", second[0].Action, second[0].Path, path)
	}
	now := in.await(path, "исследуются даты")
	if got := texts(now, ".versions li"); len(got) != 2 {
		t.Errorf("the page lists the versions %q", got)
	}
	if now.Doc.Find(".notice").Length() != 0 {
		t.Errorf("the newest version has the notice %q", text(now, ".notice"))
	}
	old := in.page(path + "/v1")
	if !strings.Contains(old.Body, "прослеживаются даты") || strings.Contains(old.Body, "исследуются даты") {
		t.Error("v1 does not show what it showed")
	}
	link := old.Doc.Find(".notice a")
	if link.AttrOr("href", "") != path || text(old, ".notice strong") == "" {
		t.Errorf("v1 leads to %q with %q", link.AttrOr("href", ""), text(old, ".notice"))
	}
	if old.Doc.Find(`meta[name="robots"]`).AttrOr("content", "") != "noindex" || !strings.HasSuffix(old.Doc.Find(`link[rel="canonical"]`).AttrOr("href", ""), path) {
		t.Error("v1 may be found instead of the article")
	}
	if two := in.page(path + "/v2"); !strings.Contains(two.Body, "исследуются даты") {
		t.Error("v2 is not the newest version")
	}
	for _, absent := range []string{"/v3", "/v0", "/v-1", "/v01", "/1", "/v99999999999999999999", "/vx"} {
		if g := in.get(path + absent); g.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", absent, g.Status)
		}
	}
}

func TestCorrectionAndCorrectedArticleNameEachOther(t *testing.T) {
	in := demoSite(t)
	notice := slugOf(t, in, "10.5555/", "correction")
	page := in.page("/demo/articles/" + notice)
	corrected := page.Doc.Find(".notice a").AttrOr("href", "")
	if !strings.HasPrefix(corrected, "/demo/articles/") || !strings.Contains(text(page, ".notice strong"), "notice about another article") {
		t.Fatalf("the correction says %q and leads to %q", text(page, ".notice"), corrected)
	}
	back := in.page(corrected)
	if back.Doc.Find(".notice.warn a").AttrOr("href", "") != "/demo/articles/"+notice || !strings.Contains(text(back, ".notice strong"), "A correction") {
		t.Errorf("the corrected article says %q", text(back, ".notice"))
	}
	in2 := in.page("/demo/ru" + strings.TrimPrefix(corrected, "/demo"))
	if in2.Doc.Find(".notice.warn a").AttrOr("href", "") != "/demo/ru/articles/"+notice {
		t.Errorf("in Russian the notice leads to %q", in2.Doc.Find(".notice a").AttrOr("href", ""))
	}
}

func TestWithdrawnArticleIsGoneAndSaysSo(t *testing.T) {
	in := demoSite(t)
	slug := slugOf(t, in, "10.5555/", "river")
	path := "/demo/articles/" + slug
	title := text(in.page(path), "h1")
	j, err := in.Store.Journal(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	pub, err := in.Store.PublishedArticle(t.Context(), j.ID, slug)
	if err != nil {
		t.Fatal(err)
	}
	file := ""
	for _, f := range pub.Record.Files {
		if f.SHA256 != "" && f.Role != "source" {
			file = path + "/files/" + f.Name
		}
	}
	if file == "" || in.get(file).Status != http.StatusOK {
		t.Fatalf("the article has no file that can be read: %q", file)
	}
	if err := in.Store.Withdraw(t.Context(), pub.ID, "The <maps> were not ours.", "test"); err != nil {
		t.Fatal(err)
	}
	g := in.await(path, "The &lt;maps&gt; were not ours.")
	if g.Status != http.StatusGone || !strings.Contains(g.Body, title) || text(g, "h1") != "Withdrawn" {
		t.Errorf("the page answers %d, %q", g.Status, text(g, "main"))
	}
	if g.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page may be kept: %s", g.Header.Get("Cache-Control"))
	}
	for _, address := range []string{path + ".csl.json", path + ".bib", path + ".ris", path + "/v1", file, "/demo/ru/articles/" + slug} {
		if got := in.get(address).Status; got != http.StatusGone {
			t.Errorf("%s answers %d, want 410", address, got)
		}
	}
	for _, list := range []string{"/demo/", "/", "/demo/issues/2026-v1-n1", "/demo/search?q=river"} {
		if strings.Contains(in.page(list).Body, `href="`+path+`"`) {
			t.Errorf("%s still lists it", list)
		}
	}
}

func TestOldAddressLeadsToTheArticleForEver(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lakes", Titles: []journal.Text{journal.T("ru", "Вестник")}, Languages: []string{"ru"}})
	page := sample(t, "ojs-pt.html")
	done := in.take("lakes", fstest.MapFS{"a.html": {Data: page}})
	pub, err := in.Store.ArticleByID(t.Context(), done[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(pub.Record.OldAddresses) == 0 {
		t.Fatal("the sample has no address of its own")
	}
	old := pub.Record.OldAddresses[0]
	_, rest, _ := strings.Cut(old, "://")
	host, path, _ := strings.Cut(rest, "/")
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		g := in.ask(method, "/"+path, nil, "Host", host)
		if g.Status != http.StatusMovedPermanently || !strings.HasSuffix(g.Header.Get("Location"), done[0].Path) {
			t.Errorf("%s answers %d to %q, want 301 to %s", old, g.Status, g.Header.Get("Location"), done[0].Path)
		}
	}
	if g := in.get("/"+path+"-not", "Host", host); g.Status != http.StatusNotFound {
		t.Errorf("an address that was never there answers %d", g.Status)
	}
}
