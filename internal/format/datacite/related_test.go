package datacite

import (
	"bytes"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// What is related in whatever way is no form of the article, as what was published of a
// preprint is.
func TestRelatedArticleIsNoFormOfTheArticle(t *testing.T) {
	testrecord.RelatedTo(t, "datacite", Encode, map[string]string{
		"related-article":   `relationType="References">10.5555/other.1<`,
		"article-reference": `relationType="HasVersion">10.5555/other.1<`,
	})
}

func TestRelatedArticleThatIsCitedTooIsNamedOnce(t *testing.T) {
	p := testrecord.Sample()
	p.Record.Related = []journal.Related{{Relation: "related-article", DOI: "10.5555/Other.1"}}
	p.Record.References = []journal.Reference{{ID: "r1", Number: 1, DOI: "10.5555/other.1"}}
	var b bytes.Buffer
	if err := Encode(&b, p, string(p.Address(testrecord.Site))); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(strings.ToLower(b.String()), "10.5555/other.1<"); n != 1 {
		t.Errorf("it is named %d times in\n%s", n, b.String())
	}
}
