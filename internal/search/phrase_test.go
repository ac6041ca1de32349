package search

import (
	"fmt"
	"testing"

	"offprint/internal/query"
)

// TestPhraseOfManyDocumentsIsCutIntoRanges: with several processors as with one.
func TestPhraseOfManyDocumentsIsCutIntoRanges(t *testing.T) {
	var docs []Document
	want := 0
	for i := range 3*atOnce + 17 {
		text := "of the ice"
		switch {
		case i%7 == 0:
			text = "the snow of ice"
		case i%1000 == 3:
			text = "the ice of the ice"
		}
		if i%7 != 0 {
			want++
		}
		docs = append(docs, Document{ID: fmt.Sprintf("%06d", i), Abstracts: []Text{{"en", text}}})
	}
	for _, workers := range []int{1, 2, 3, 16} {
		x, err := Open(t.TempDir(), Options{Deadline: patience, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Apply(t.Context(), Batch{Put: docs, Seq: 1}); err != nil {
			t.Fatal(err)
		}
		if err := x.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
		res, err := x.Search(t.Context(), Request{Query: query.Parse(`"of the"`), Limit: 3})
		if err != nil || res.Total != want {
			t.Errorf("%d workers find %d, %v, want %d", workers, res.Total, err, want)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
