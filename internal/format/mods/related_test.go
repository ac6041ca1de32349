package mods

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
	files := map[string][]byte{}
	for relation, want := range map[string]string{
		"related-article":   `<relatedItem> <identifier type="doi">10.5555/other.1</identifier>`,
		"article-reference": `<relatedItem type="otherVersion"> <identifier type="doi">10.5555/other.1</identifier>`,
	} {
		p := testrecord.Sample()
		p.Record.Related = []journal.Related{{Relation: relation, DOI: "10.5555/other.1"}}
		var b bytes.Buffer
		if err := Record(p, string(p.Address(testrecord.Site))).Write(&b); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%s is not %s in\n%s", relation, want, got)
		}
		files[relation+".xml"] = b.Bytes()
	}
	testrecord.Valid(t, "mods", files)
}
