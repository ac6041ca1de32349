//go:build linux

package search

import (
	"fmt"
	"testing"

	zap "github.com/blevesearch/zapx/v17"
)

// TestPagesThatAreLetGoAreFoundAgain: an index whose pages were unmapped answers as
// before, also while it is searched.
func TestPagesThatAreLetGoAreFoundAgain(t *testing.T) {
	x := open(t)
	for n := range int64(20) {
		put(t, x, n+2, title(fmt.Sprint("d", n), "en", "A tide and a word"))
	}
	if err := x.Apply(t.Context(), Batch{Seq: 30, Durable: true}); err != nil {
		t.Fatal(err)
	}
	want := ids(ask(t, x, "tide"))
	files := 0
	for range 20 {
		s, err := x.snapshot()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range s.parts {
			if file, ok := p.segment.(*zap.Segment); ok {
				files++
				unmapPages(file.Data())
			}
		}
		s.close()
		if got := ids(ask(t, x, "tide")); got != want || want == "" {
			t.Fatalf("found %q, want %q", got, want)
		}
	}
	if files == 0 {
		t.Error("nothing of the index is in files")
	}
}
