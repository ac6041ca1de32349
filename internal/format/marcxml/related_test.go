package marcxml

import (
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// What is related in whatever way is no form of the article, as what was published of a
// preprint is.
func TestRelatedArticleIsNoFormOfTheArticle(t *testing.T) {
	testrecord.RelatedTo(t, "marcxml", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) }, map[string]string{
		"related-article":   `<datafield tag="787" ind1="0" ind2="8"> <subfield code="i">related article:</subfield>`,
		"article-reference": `<datafield tag="775" ind1="0" ind2="8"> <subfield code="i">article reference:</subfield>`,
	})
}
