package ingest

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/blob"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// page is the HTML of an article with meta elements, given as name=value.
func page(meta ...string) *fstest.MapFile {
	var b strings.Builder
	b.WriteString("<html><head>\n")
	for _, m := range append(meta, "citation_author=Reed, John", "citation_keywords=ice; lakes") {
		name, content, _ := strings.Cut(m, "=")
		fmt.Fprintf(&b, "<meta name=%q content=%q>\n", name, content)
	}
	b.WriteString("</head><body></body></html>\n")
	return &fstest.MapFile{Data: []byte(b.String())}
}

// The second source is planned while the first is being written, and knows the
// article by another identity: it must be made on what the first has made.
func TestOneArticleIsUpdatedInTwoBatchesThatFollow(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	st, err := store.Open(ctx, store.Config{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	blobs, err := blob.Open(ctx, "", dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.AddJournal(ctx, &journal.Journal{Path: "ice", Titles: []journal.Text{journal.T("en", "Ice")}, Languages: []string{"en"}}); err != nil {
		t.Fatal(err)
	}
	run := Run{Store: st, Blobs: blobs, Journal: "ice"}
	take := func(files fstest.MapFS) (all []Result) {
		t.Helper()
		if err := run.ImportFS(ctx, files, "pages", func(r Result) { all = append(all, r) }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	const address = "citation_abstract_html_url=https://old.example.org/1"
	first := take(fstest.MapFS{"1.html": page("citation_title=The Ice of Lake Vesna", "citation_doi=10.5555/ice.1", address)})
	files := fstest.MapFS{
		"000.html": page("citation_title=The Ice of Lake Vesna", "citation_doi=10.5555/ice.1", "citation_firstpage=5"),
		"999.html": page("citation_title=Frozen Water Elsewhere", "citation_firstpage=7", address),
	}
	for n := range batchSize - 1 {
		files[fmt.Sprintf("%03d.html", 1+n)] = page(fmt.Sprintf("citation_title=Another Article, Number %d", n), fmt.Sprintf("citation_doi=10.5555/other.%d", n))
	}
	results := take(files)
	if len(results) != batchSize+1 {
		t.Fatalf("%d sources have %d results", batchSize+1, len(results))
	}
	for i, r := range results {
		want := Created
		if i == 0 || i == batchSize {
			want = Updated
		}
		if r.Action != want || i > 0 && r.Source <= results[i-1].Source {
			t.Errorf("result %d is %+v, not %s", i, r, want)
		}
	}
	p, err := st.ArticleByID(ctx, first[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if p.Version != 3 || p.Record.Pages.First != "7" || results[batchSize].ID != first[0].ID {
		t.Errorf("the article has version %d on page %q, and the last source became %+v", p.Version, p.Record.Pages.First, results[batchSize])
	}
}
