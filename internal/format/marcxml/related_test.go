package marcxml

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
		"related-article":   `<datafield tag="787" ind1="0" ind2="8"> <subfield code="i">related article:</subfield>`,
		"article-reference": `<datafield tag="775" ind1="0" ind2="8"> <subfield code="i">article reference:</subfield>`,
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
	testrecord.Valid(t, "marcxml", files)
}
