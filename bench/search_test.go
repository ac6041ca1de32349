//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/testpg"
)

// TestMain makes of the test binary the child process that a suite starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == searchWorker {
		fatal(searchIndex(os.Args[2], os.Stdin, os.Stdout))
		return
	}
	os.Exit(m.Run())
}

func TestGeneratedDocumentsAreTheSameAgain(t *testing.T) {
	a, b := newCorpus(2000, 20), newCorpus(2000, 20)
	full, tongues := 0, [3]int{}
	for n := range 2000 {
		p := a.paper(n)
		if n%50 == 0 && fmt.Sprint(*p) != fmt.Sprint(*b.paper(n)) {
			t.Fatalf("document %d is another one when it is made again", n)
		}
		tongues[p.tongue]++
		if p.full != "" {
			full++
		}
		if words := len(strings.Fields(p.abstract)); p.tongue < 2 && (words < 120 || words > 180) {
			t.Errorf("the abstract of document %d has %d words", n, words)
		}
	}
	if full != 20 {
		t.Errorf("%d documents have a full text, want 20", full)
	}
	for i, want := range [3]int{1000, 600, 400} {
		if got := tongues[i]; got < want-100 || got > want+100 {
			t.Errorf("%d documents of language %d, want about %d", got, i, want)
		}
	}
}

func TestQuestionsAreOfTheirClass(t *testing.T) {
	c := newCorpus(3000, 0)
	df := c.frequencies()
	classes := c.classes(30)
	if len(classes) != 14 {
		t.Fatalf("%d classes, want 7 and the same with filters", len(classes))
	}
	for _, k := range classes {
		if len(k.questions) != 30 {
			t.Errorf("%s has %d questions, want 30", k.name, len(k.questions))
		}
		for _, q := range k.questions {
			if strings.HasSuffix(k.name, "filtered") != (q.Journal != "" && len(q.Years) == 10) {
				t.Errorf("%s: %+v", k.name, q)
			}
			if share := df[q.Typed]; strings.HasPrefix(k.name, "word in") && (share < 0.26 || share > 0.34) {
				t.Errorf("%s stands in %.2f of the documents", q.Typed, share)
			}
		}
	}
}

// TestEnginesFindTheSame has both SQL engines count the same documents, and the
// index too for a phrase, in which none of them takes a word for another.
func TestEnginesFindTheSame(t *testing.T) {
	b := bench{dir: t.TempDir(), searches: 4, loadSeconds: 1}
	c := newCorpus(1000, 5)
	w, err := b.filled(t.Context(), filepath.Join(b.dir, "x"), c)
	if err != nil {
		t.Fatal(err)
	}
	classes := c.classes(b.searches)
	answers, err := b.ask(w, classes)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	open := map[string]func() (engine, error){"FTS5": func() (engine, error) { return openFTS5(filepath.Join(b.dir, "fts5.db")) }}
	if !testpg.Off() {
		for _, dir := range []string{b.dir, filepath.Dir(b.dir)} { // go test makes them for its user alone
			if err := passable(dir); err != nil {
				t.Fatal(err)
			}
		}
		open["PostgreSQL"] = func() (engine, error) { return b.openPostgres(t.Context(), filepath.Join(b.dir, "postgres")) }
	}
	totals := map[string][]int{} // of the SQL engines, by class
	for name, open := range open {
		e, err := open()
		if err != nil {
			t.Fatal(err)
		}
		defer e.close()
		if err := e.fill(t.Context(), c, newMeter(e.name(), c.documents)); err != nil {
			t.Fatal(err)
		}
		for i, k := range classes {
			if !k.inSQL {
				continue
			}
			sum := 0
			for j := range k.questions {
				n, err := e.ask(t.Context(), &k.questions[j])
				if err != nil {
					t.Fatal(err)
				}
				sum += n
			}
			totals[k.name] = append(totals[k.name], sum)
			if !strings.HasPrefix(k.name, "phrase") {
				continue
			}
			if sum/b.searches != answers[i].Total || sum == 0 && k.questions[0].Journal == "" {
				t.Errorf("%s: %s finds %d, the index of words %d on the average", k.name, name, sum/b.searches, answers[i].Total)
			}
		}
		if n, err := e.bytes(t.Context()); err != nil || n < 500_000 {
			t.Errorf("%s has %d bytes, %v", name, n, err)
		}
	}
	for name, n := range totals {
		if n[0] != n[len(n)-1] || n[0] == 0 && !strings.HasSuffix(name, "filtered") && name != "rare word" {
			t.Errorf("%s: the SQL engines find %d", name, n)
		}
	}
	if err := b.searchLoad(t.Context(), filepath.Join(b.dir, "x"), c, classes); err != nil {
		t.Error(err)
	}
}

func TestAKeptIndexIsNotFilledAgain(t *testing.T) {
	path, times := filepath.Join(t.TempDir(), "x.json"), 0
	for i := range 2 {
		v, again, err := noted(path, func() (int, error) { times++; return 41 + times, nil })
		if v != 42 || err != nil || again != (i == 1) {
			t.Errorf("%d, %v, %v", v, again, err)
		}
	}
	if times != 1 {
		t.Errorf("filled %d times", times)
	}
}

func TestPercentileIsTheNearestRank(t *testing.T) {
	values := make([]float64, 200)
	for i := range values {
		values[i] = float64(200 - i)
	}
	if p := percentile(values, 0.95); p != 190 {
		t.Errorf("95 of a hundred: %v, want 190", p)
	}
	if p := percentile([]float64{3}, 0.99); p != 3 {
		t.Errorf("of one value: %v", p)
	}
}
