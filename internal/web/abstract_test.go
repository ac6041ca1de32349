package web

import (
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/view"
)

func TestAbstractsOwnTitleIsItsHeading(t *testing.T) {
	titled := journal.Text{Lang: "en", Rich: []article.Node{
		{Kind: article.Title, Kids: []article.Node{article.Str("River digest")}},
		{Kind: article.Paragraph, Kids: []article.Node{article.Str("Rivers rise.")}},
	}}
	rec := journal.Article{Abstracts: []journal.Abstract{{Text: titled, Role: "executive-summary"}, {Text: journal.T("en", "Plain."), Role: "summary"}}}
	var page view.Article
	if err := newAbstracts(&page, &rec); err != nil {
		t.Fatal(err)
	}
	for i, want := range []view.Abstract{
		{Run: view.Run{Lang: "en", HTML: "<p>Rivers rise.</p>"}, Role: "executive-summary", Heading: view.Plain("en", "River digest")},
		{Run: view.Run{Lang: "en", HTML: "<p>Plain.</p>"}, Role: "summary"},
	} {
		if got := page.Abstracts[i]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if n := len(rec.Abstracts[0].Rich); n != 2 {
		t.Errorf("the record has %d parts left", n)
	}
}
