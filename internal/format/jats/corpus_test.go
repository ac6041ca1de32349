package jats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// shared is the folder of real inputs beside the project, or "" when it is not
// there.
func shared(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
	data := filepath.Join(dir, "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("real articles are read from ../shared/data, which is not here")
	}
	return data
}

// corpus are the real articles.
func corpus(t testing.TB) []string {
	data := shared(t)
	var files []string
	for _, pattern := range []string{"jats/*.xml", "pages/*.jats.xml"} {
		found, err := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("there are no articles in ../shared/data")
	}
	return files
}

// Of all elements of the corpus, at most these shares may be lost: overall,
// and in one real article.
const (
	mostLost      = 0.004
	mostLostInOne = 0.20
)

func TestRealArticlesDecodeWithFewLosses(t *testing.T) {
	var all tally
	for _, file := range corpus(t) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		reading, one, err := decode(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		all.elements += one.elements
		all.lost += one.lost
		share := float64(one.lost) / float64(one.elements)
		t.Logf("%-55s %6d elements %5d lost %6.2f %%", name, one.elements, one.lost, 100*share)
		for _, l := range reading.Losses {
			t.Logf("    %s: %.80s (%s)", l.Where, l.What, l.Why)
		}
		if share > mostLostInOne {
			t.Errorf("%s: %.2f %% of the elements are lost", name, 100*share)
		}
		sound(t, name, reading)
	}
	share := float64(all.lost) / float64(all.elements)
	t.Logf("all: %d elements, %d lost, %.3f %%", all.elements, all.lost, 100*share)
	if share > mostLost {
		t.Errorf("%.3f %% of all elements are lost, at most %.3f %% may be", 100*share, 100*mostLost)
	}
}

// sound checks what holds for every reading.
func sound(t testing.TB, name string, r *journal.Reading) {
	t.Helper()
	a := &r.Article
	if len(a.Titles) == 0 && a.Type != "correction" {
		t.Errorf("%s: no title", name)
	}
	for i, ref := range a.References {
		if ref.Number != i+1 || strings.TrimSpace(ref.Printed.Plain) == "" {
			t.Errorf("%s: reference %d is numbered %d and prints %q", name, i+1, ref.Number, ref.Printed.Plain)
		}
	}
	for _, c := range a.Contributors {
		for _, i := range c.Affiliations {
			if i < 0 || i >= len(a.Affiliations) {
				t.Errorf("%s: affiliation %d of %d", name, i, len(a.Affiliations))
			}
		}
	}
}
