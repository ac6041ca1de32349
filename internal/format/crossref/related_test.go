package crossref

import (
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// What is related in whatever way is no form of the article, as what was published of a
// preprint is.
func TestRelatedArticleIsNoFormOfTheArticle(t *testing.T) {
	testrecord.RelatedTo(t, "crossref", func(w io.Writer, p *journal.Publication, address string) error { return Encode(w, p, address, head) }, map[string]string{
		"related-article":   `<rel:inter_work_relation relationship-type="isRelatedMaterial" identifier-type="doi">10.5555/other.1<`,
		"article-reference": `<rel:intra_work_relation relationship-type="isPreprintOf" identifier-type="doi">10.5555/other.1<`,
	})
}
