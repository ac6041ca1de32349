package web

import (
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/search"
)

func TestTitlesWithMarkupAreMarked(t *testing.T) {
	in := func(kind article.Kind, kids ...article.Node) article.Node {
		return article.Node{Kind: kind, Kids: kids}
	}
	water := journal.Text{Lang: "en", Plain: "Ice of H2O & Homo sapiens", Rich: []article.Node{
		article.Str("Ice of H"), in(article.Sub, article.Str("2")), article.Str("O & "), in(article.Italic, article.Str("Homo "), in(article.Bold, article.Str("sapiens"))),
	}}
	x, err := search.Open(t.TempDir(), search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Apply(t.Context(), search.Batch{Put: []search.Document{{ID: "1", Titles: []search.Text{{Lang: "en", Text: water.Plain}}}}, Seq: 1}); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"h2o":              "Ice of <mark>H</mark><sub><mark>2</mark></sub><mark>O</mark> &amp; <i>Homo <b>sapiens</b></i>",
		"\"homo sapiens\"": "Ice of H<sub>2</sub>O &amp; <i><mark>Homo </mark><b><mark>sapiens</mark></b></i>",
		"ice":              "<mark>Ice</mark> of H<sub>2</sub>O &amp; <i>Homo <b>sapiens</b></i>",
		"snow":             "Ice of H<sub>2</sub>O &amp; <i>Homo <b>sapiens</b></i>",
	} {
		res, err := x.Search(t.Context(), search.Request{Query: query.Parse(typed)})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(markedTitle(res.Marker(), water).HTML); got != want {
			t.Errorf("%s:\n got %s\nwant %s", typed, got, want)
		}
	}
}
