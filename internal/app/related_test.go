package app

import (
	"slices"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

// An article that belongs together with another is called that on both pages, and no
// preprint; a preprint is.
func TestRelatedArticlesNameEachOther(t *testing.T) {
	const link = `<related-article related-article-type="article-reference" ext-link-type="doi" xlink:href="10.5555/way.2"/>`
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en", "ru"}})
	in.take("paths", fstest.MapFS{
		"1.xml": jatsArticle{n: 1, title: "On ebb", authors: "Ann Other", more: link, about: "a", body: "x"}.file(),
		"2.xml": jatsArticle{n: 2, title: "On flow", authors: "Ann Other", about: "b", body: "y"}.file(),
		"3.xml": jatsArticle{n: 3, title: "An early tide", authors: "Ann Other", more: `<article-version>preprint</article-version>` + link, about: "c", body: "z"}.file(),
	})
	if err := in.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	ebb, flow, first := in.articleAt("ebb"), in.articleAt("flow"), in.articleAt("early tide")
	for _, c := range []struct{ page, to, word string }{
		{ebb, flow, "Related article"}, {flow, ebb, "Related article"}, {first, flow, "Related article"}, {flow, first, "Preprint"},
	} {
		list := in.page(c.page).Doc.Find("dl.facts dd a[href='" + c.to + "']")
		if got := list.Parent().Prev().Text(); got != c.word {
			t.Errorf("%s calls %s %q, want %q", c.page, c.to, got, c.word)
		}
	}
	if got := texts(in.page("/paths/ru"+ebb[len("/paths"):]), "dl.facts dt"); !slices.Contains(got, "Связанная статья") {
		t.Errorf("in Russian: %q", got)
	}
}
