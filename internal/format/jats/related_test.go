package jats

import (
	"strings"
	"testing"
)

// Publishers write article-reference for whatever belongs together; of a preprint it
// leads to what was published.
func TestOnlyPreprintsReferToTheirArticle(t *testing.T) {
	const link = `<related-article related-article-type="article-reference" ext-link-type="doi" xlink:href="10.5555/lamp.1"/>`
	for _, c := range []struct{ kind, before, want string }{
		{"research-article", "", "related-article"},
		{"research-article", "<article-version>1.1</article-version>", "related-article"},
		{"preprint", "", "article-reference"},
		{"reviewed-preprint", "", "article-reference"},
		{"article", "<article-version>preprint</article-version>", "article-reference"},
		{"article", `<article-version-alternatives><article-version article-version-type="status">Preprint</article-version><article-version article-version-type="number">1.1</article-version></article-version-alternatives>`, "article-reference"},
	} {
		r := metaOf(t, c.kind, c.before+link)
		if got := r.Article.Related; len(got) != 1 || got[0].Relation != c.want || got[0].DOI != "10.5555/lamp.1" {
			t.Errorf("%s %s: %+v, want %s", c.kind, c.before, got, c.want)
		}
		if b := string(encoded(t, r)); !strings.Contains(b, `related-article-type="article-reference"`) {
			t.Errorf("%s %s: the link is written as another\n%s", c.kind, c.before, b)
		}
	}
	r := metaOf(t, "preprint", strings.Replace(link, "article-reference", "related-article", 1))
	if b := string(encoded(t, r)); !strings.Contains(b, `related-article-type="related-article"`) {
		t.Errorf("what is related to a preprint became what was published of it\n%s", b)
	}
}
