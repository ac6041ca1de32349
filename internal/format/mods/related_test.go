package mods

import (
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// What is related in whatever way is no form of the article, as what was published of a
// preprint is.
func TestRelatedArticleIsNoFormOfTheArticle(t *testing.T) {
	testrecord.RelatedTo(t, "mods", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) }, map[string]string{
		"related-article":   `<relatedItem> <identifier type="doi">10.5555/other.1</identifier>`,
		"article-reference": `<relatedItem type="otherVersion"> <identifier type="doi">10.5555/other.1</identifier>`,
	})
}
