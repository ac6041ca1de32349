package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/query"
	"offprint/internal/testkill"
)

// filler names the folder that a child process of the tests fills until it is killed.
const filler = "OFFPRINT_TEST_FILL"

func TestMain(m *testing.M) {
	if dir := os.Getenv(filler); dir != "" {
		if err := fillForever(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// step is the change of a number: document n is put with a word of its number, and
// document n-3 is removed.
func step(seq int64) Batch {
	b := Batch{Seq: seq, Mark: fmt.Sprint("m", seq), Remove: []string{fmt.Sprint("d", seq-3)}}
	b.Put = []Document{title(fmt.Sprint("d", seq), "en", fmt.Sprintf("common words n%d", seq))}
	return b
}

func fillForever(dir string) error {
	x, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	for seq := x.Seq() + 1; ; seq++ {
		if err := x.Apply(context.Background(), step(seq)); err != nil {
			return err
		}
		fmt.Println(seq)
	}
}

func TestKilledProcessLeavesContentAndNumberTogether(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	last := int64(0)
	for round := range 3 {
		process := testkill.Start(t, testkill.Self(filler+"="+dir))
		lines := []string{process.Line()}
		time.Sleep(time.Duration(900+400*round) * time.Millisecond)
		lines = append(lines, process.Kill()...)
		applied, _ := strconv.ParseInt(lines[len(lines)-1], 10, 64)

		x, err := Open(dir, Options{Deadline: patience})
		if errors.Is(err, ErrDamaged) && round == 0 {
			// It was killed before the first write was durable: begun anew.
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		seq := x.Seq()
		if seq < last || seq > applied+1 {
			t.Errorf("after %d was applied the index says %d, and %d before", applied, seq, last)
		}
		if want := fmt.Sprint("m", seq); seq > 0 && x.Mark() != want {
			t.Errorf("the mark of %d is %q", seq, x.Mark())
		}
		check := func(seq int64) {
			t.Helper()
			if n, err := x.Count(); err != nil || n != int(min(seq, 3)) {
				t.Errorf("at %d there are %d documents (%v)", seq, n, err)
			}
			for n := max(1, seq-4); n <= seq+2; n++ {
				want := 0
				if n > seq-3 && n <= seq {
					want = 1
				}
				if res := ask(t, x, fmt.Sprint("title:n", n)); res.Total != want {
					t.Errorf("at %d, document %d is found %d times", seq, n, res.Total)
				}
			}
		}
		check(seq)
		for n := seq + 1; n <= applied+1; n++ {
			if err := x.Apply(context.Background(), step(n)); err != nil {
				t.Fatal(err)
			}
		}
		check(max(seq, applied+1))
		last = x.Seq()
		b := step(last)
		b.Durable = true
		if err := x.Apply(context.Background(), b); err != nil {
			t.Fatal(err)
		}
		check(last)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestApplyingAgainChangesNothing(t *testing.T) {
	x := open(t)
	for _, seq := range []int64{1, 2, 3, 4, 3, 4, 4} {
		if err := x.Apply(context.Background(), step(seq)); err != nil {
			t.Fatal(err)
		}
	}
	if n, _ := x.Count(); n != 3 || x.Seq() != 4 {
		t.Errorf("%d documents at %d, want 3 at 4", n, x.Seq())
	}
	if got := ask(t, x, "common"); got.Total != 3 {
		t.Errorf("%d are found, want 3", got.Total)
	}
}

func TestReopenedIndexIsTheSame(t *testing.T) {
	dir := t.TempDir()
	for round := range 2 {
		x, err := Open(dir, Options{Deadline: patience})
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			put(t, x, 5, title("a", "ru", "Хрущёв"), title("b", "en", "Khrushchev's visits"))
			if err := x.Apply(context.Background(), Batch{Seq: 6, Durable: true}); err != nil {
				t.Fatal(err)
			}
		}
		if got := ids(ask(t, x, "Khrushchev visit")); got != "b" || x.Seq() != 6 {
			t.Errorf("round %d: %s at %d", round, got, x.Seq())
		}
		if got := ids(ask(t, x, "Khrushchev")); got != "b a" {
			t.Errorf("round %d: %s", round, got)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// saved makes a closed index on disk.
func saved(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	x, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := step(1)
	b.Durable = true
	if err := x.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDamageIsSaid(t *testing.T) {
	parts := func(dir string) []string {
		files, _ := filepath.Glob(filepath.Join(dir, "*.zap"))
		if len(files) == 0 {
			t.Fatal("the index has no parts")
		}
		return files
	}
	for name, harm := range map[string]func(dir string) error{
		"a part is missing":     func(dir string) error { return os.Remove(parts(dir)[0]) },
		"a part is empty":       func(dir string) error { return os.Truncate(parts(dir)[0], 0) },
		"a part is cut short":   func(dir string) error { return os.Truncate(parts(dir)[0], 200) },
		"a part is two bytes":   func(dir string) error { return os.Truncate(parts(dir)[0], 2) },
		"the root is empty":     func(dir string) error { return os.Truncate(filepath.Join(dir, "root.bolt"), 0) },
		"the root is cut short": func(dir string) error { return os.Truncate(filepath.Join(dir, "root.bolt"), 5000) },
		"the root is no root": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "root.bolt"), []byte(strings.Repeat("no root ", 5000)), 0o600)
		},
	} {
		dir := saved(t)
		if err := harm(dir); err != nil {
			t.Fatal(err)
		}
		x, err := Open(dir, Options{})
		if err == nil {
			// The root before the last one was still there: older, and whole.
			if n, err := x.Count(); err != nil || n != 0 || x.Seq() != 0 {
				t.Errorf("%s: %d documents at %d (%v)", name, n, x.Seq(), err)
			}
			x.Close()
		} else if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		x, err = Open(dir, Options{})
		if err != nil || x.Seq() != 0 {
			t.Fatalf("%s: the folder was deleted and is not made anew: %v", name, err)
		}
		x.Close()
	}
}

func TestDeletedFolderIsNoticedAndSearchingGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := Open(dir, Options{Deadline: patience})
	if err != nil {
		t.Fatal(err)
	}
	b := step(1)
	b.Durable = true
	if err := x.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	if err := x.Healthy(context.Background()); err != nil {
		t.Fatalf("before anything happened: %v", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if got := ids(ask(t, x, "common")); got != "d1" {
		t.Errorf("the old index finds %q until a new one is there", got)
	}
	if err := x.Healthy(context.Background()); !errors.Is(err, ErrDamaged) {
		t.Errorf("Healthy: %v, want ErrDamaged", err)
	}
	if err := x.Apply(context.Background(), step(2)); !errors.Is(err, ErrDamaged) {
		t.Errorf("Apply: %v, want ErrDamaged", err)
	}
	if got := ids(ask(t, x, "common")); got != "d1" {
		t.Errorf("after that the old index finds %q", got)
	}
	again, err := Open(dir, Options{})
	if err != nil {
		t.Fatalf("a new one beside the old one: %v", err)
	}
	again.Close()
	x.Close()
}

func TestFileThatIsCutShortWhileItIsReadEndsNoProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := Open(dir, Options{Deadline: patience})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	b := Batch{Seq: 1, Durable: true}
	for i := range 300 {
		b.Put = append(b.Put, title(fmt.Sprint("d", i), "en", fmt.Sprintf("common words n%d %s", i, strings.Repeat(fmt.Sprint("w", i), 20))))
	}
	if err := x.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, x, "common").Total; got != 300 {
		t.Fatalf("%d are found, want 300", got)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.zap"))
	for _, f := range files {
		if err := os.Truncate(f, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Search(context.Background(), Request{Query: query.Parse("common"), Limit: 10}); !errors.Is(err, ErrDamaged) {
		t.Errorf("Search: %v, want ErrDamaged", err)
	}
	if err := x.Healthy(context.Background()); !errors.Is(err, ErrDamaged) {
		t.Errorf("Healthy: %v, want ErrDamaged", err)
	}
}

func TestSearchingWhileApplying(t *testing.T) {
	x := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	for w := range 4 {
		wait.Go(func() {
			for ctx.Err() == nil {
				res, err := x.Search(ctx, Request{Query: query.Parse("common words"), Limit: 10, Sort: []Sort{ByRelevance, ByTitle}[w%2], Facets: []Facet{FacetYear, FacetAuthor}})
				if err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
				if err == nil && (res.Total != len(res.Hits) || res.Total > 3) {
					t.Errorf("%d found, %d shown", res.Total, len(res.Hits))
				}
				if _, err := x.Suggest(ctx, "com", nil, 3); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
		})
	}
	for seq := range int64(60) {
		if err := x.Apply(ctx, step(seq+1)); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wait.Wait()
}
