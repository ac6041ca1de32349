package schemaorg

import (
	"encoding/json"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// What is related in whatever way is no form of the article, as what was published of a
// preprint is.
func TestRelatedArticleIsNoFormOfTheArticle(t *testing.T) {
	for relation, want := range map[string]string{"related-article": "mentions", "article-reference": "exampleOfWork"} {
		p := testrecord.Sample()
		p.Record.Related = []journal.Related{{Relation: relation, DOI: "10.5555/other.1"}}
		b, err := Encode(p, nil, string(p.Address(testrecord.Site)))
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		one, _ := got[want].(map[string]any)
		if one["@id"] != "https://doi.org/10.5555/other.1" {
			t.Errorf("%s is not %s in\n%s", relation, want, b)
		}
	}
}
