package app

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

// TestLargeArticleShowsWhatChangesBesideItsText: the text of a large article is
// drawn once and kept; what stands around it and later versions are shown.
func TestLargeArticleShowsWhatChangesBesideItsText(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en", "ru"}})
	var body strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&body, "Line %d of the log tells of wind and tide. ", i)
	}
	large := jatsArticle{n: 1, title: "On ebb", authors: "Pyotr Yolkin", about: "About ebb.", refs: shared, body: body.String()}
	in.take("paths", fstest.MapFS{"1.xml": large.file()})
	path := in.articleAt("ebb")
	if first := in.page(path); len(first.Body) < 256<<10 || strings.Contains(first.Body, "authors/pyotr-yolkin") {
		t.Fatalf("%d bytes before the people were derived", len(first.Body))
	}
	if err := in.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := in.await(path, "/paths/authors/pyotr-yolkin")
	if !strings.Contains(again.Body, "Line 7999 of the log") || strings.Count(again.Body, "Line 0 of the log") != 1 {
		t.Error("the text is not whole when its page is drawn again")
	}
	if got := in.page("/paths/ru" + strings.TrimPrefix(path, "/paths")); !strings.Contains(got.Body, "Line 7999 of the log") || !strings.Contains(got.Body, `<html lang="ru"`) {
		t.Error("the page in another language has another text")
	}
	in.take("paths", fstest.MapFS{"2.xml": jatsArticle{n: 2, title: "On flow", authors: "Pyotr Yolkin", about: "About flow.", refs: shared, body: "x"}.file()})
	if err := in.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	in.await(path, "On flow") // it is related
	large.body += "A line was added."
	in.take("paths", fstest.MapFS{"1.xml": large.file()})
	if got := in.await(path, "A line was added."); !strings.Contains(got.Body, "Line 7999 of the log") {
		t.Error("the new version has another text")
	}
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		g := in.get(path, "Accept-Encoding", coding)
		if g.Status != 200 || len(g.Body) == 0 {
			t.Errorf("as %s: %d, %d bytes", coding, g.Status, len(g.Body))
		}
	}
}
