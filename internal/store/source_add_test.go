package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// readAs is what an article cites, as citeAs has it, with weights.
func readAs(w Written, j *journal.Journal, own string, references []string, weight func(int) int) ArticleReferences {
	a := ArticleReferences{ArticleID: w.ArticleID, JournalID: j.ID, Own: marksIn(own)}
	for i, r := range references {
		a.References = append(a.References, ReadReference{Record: journal.Reference{Number: i + 1, Printed: journal.T("en", "Entry "+r)}, Marks: marksIn(r), Weight: weight(i)})
	}
	return a
}

func writeReferences(t testing.TB, s *Store, list ...ArticleReferences) {
	t.Helper()
	ctx := context.Background()
	seq, _, err := s.ReferencesAt(ctx)
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.LastChange(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := s.WriteReferences(ctx, seq, last, list); !ok || err != nil {
		t.Fatal(ok, err)
	}
}

// derivedSources is all that is derived of references, as lines.
func derivedSources(t testing.TB, s *Store) (lines []string) {
	t.Helper()
	for _, text := range []string{
		`SELECT id || ' → ' || joined || ' ' || articles || ' ' || article_id || ' ' || best_article || ' ' || best_position || ' ' || weight || ' ' || CASE WHEN apart THEN 'apart' ELSE '' END || record FROM source ORDER BY id`,
		`SELECT article_id || ' ' || position || ' ' || source_id || record FROM cited_reference ORDER BY article_id, position`,
		`SELECT article_id || ' ' || position || ' ' || mark FROM source_mark ORDER BY article_id, position, mark`,
		`SELECT journal_id || ' ' || source_id || ' ' || letter || ' ' || articles FROM source_index ORDER BY journal_id, source_id`,
	} {
		err := s.read(context.Background(), func(tx *tx) error {
			return tx.query(text, nil, func(scan func(...any) error) error {
				var l string
				err := scan(&l)
				lines = append(lines, l)
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// anyReference is what a reference is known by: mostly one of a few works that are
// cited alike, sometimes whatever.
func anyReference(rng *rand.Rand) string {
	if n := rng.IntN(5); rng.IntN(8) > 0 {
		r := fmt.Sprintf("doi:%d text:%d", n, n)
		switch rng.IntN(4) {
		case 0:
			r = fmt.Sprintf("text:%d", n)
		case 1:
			r += fmt.Sprintf(" fields:%d.%d", n, rng.IntN(3))
		case 2:
			r = fmt.Sprintf("doi:%d text:%d.%d", n, n, rng.IntN(40))
		}
		return r
	}
	var mixed []string
	for _, kind := range []string{"doi", "text", "fields"} {
		if rng.IntN(2) == 0 {
			mixed = append(mixed, fmt.Sprintf("%s:%d", kind, rng.IntN(7)))
		}
	}
	return strings.Join(mixed, " ")
}

func sameLines(t *testing.T, what string, have, anew []string) {
	t.Helper()
	for i := range min(len(have), len(anew)) {
		if have[i] != anew[i] {
			t.Fatalf("%s: one after the other:\n%s\nanew:\n%s", what, have[i], anew[i])
		}
	}
	if len(have) != len(anew) {
		t.Fatalf("%s: %d lines, anew %d", what, len(have), len(anew))
	}
}

// TestJoiningASourceIsSettlingIt: whatever was written, one after the other or many
// at once, all sources are as they are when everything is settled anew.
func TestJoiningASourceIsSettlingIt(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		journals := []*journal.Journal{addJournal(t, s, "rjr"), addJournal(t, s, "other")}
		var articles []Written
		of := map[string]*journal.Journal{}
		for i := range 14 {
			j := journals[i%2]
			w := apply(t, s, write(j, fmt.Sprint("a", i), sample(fmt.Sprint("A", i))))[0]
			articles, of[w.ArticleID] = append(articles, w), j
		}
		rng := rand.New(rand.NewPCG(7, 11))
		now := map[string]ArticleReferences{}
		apart := 0
		for step := range 24 {
			var batch []ArticleReferences
			for _, n := range rng.Perm(len(articles))[:1+rng.IntN(3)] {
				w := articles[n]
				var refs []string
				for _, r := range now[w.ArticleID].References { // some stay, some go
					if printed := strings.TrimPrefix(r.Record.Printed.Plain, "Entry "); rng.IntN(3) > 0 {
						refs = append(refs, printed)
					}
				}
				for range rng.IntN(4) {
					refs = append(refs, anyReference(rng))
				}
				own := ""
				if rng.IntN(4) == 0 {
					own = fmt.Sprintf("doi:%d", rng.IntN(8))
				}
				a := readAs(w, of[w.ArticleID], own, refs, func(i int) int { return len(refs[i]) / 8 })
				now[w.ArticleID] = a
				batch = append(batch, a)
			}
			writeReferences(t, s, batch...)
			if step%8 == 7 {
				list, err := s.Sources(ctx, journals[0].ID, "", 100, 0)
				if err != nil || len(list) < 2 {
					t.Fatal(list, err)
				}
				if err := s.JoinSources(ctx, list[0].ID, list[1].ID, "ed"); err != nil {
					t.Fatal(err)
				}
			}
			if step%3 > 0 {
				continue
			}
			have := derivedSources(t, s)
			for _, l := range have {
				if strings.Contains(l, " apart") {
					apart++
				}
			}
			if err := s.ResetReferences(ctx, 1); err != nil {
				t.Fatal(err)
			}
			var all []ArticleReferences
			for _, a := range now {
				all = append(all, a)
			}
			writeReferences(t, s, all...)
			sameLines(t, fmt.Sprint("step ", step), have, derivedSources(t, s))
			if err := s.CheckSources(ctx, func(f Finding) { t.Errorf("step %d: %+v", step, f) }); err != nil {
				t.Fatal(err)
			}
		}
		if apart < 10 {
			t.Errorf("only %d sources stood apart: joining them was not tried", apart)
		}
	})
}

// TestSourceThatManyCiteIsNotReadWhole: what an article adds to a source that
// hundreds cite is told of its journal once, and nothing of the others is written.
func TestSourceThatManyCiteIsNotReadWhole(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		j := addJournal(t, s, "rjr")
		const many = manyChanges + 5
		var list []ArticleReferences
		for i := range many {
			list = append(list, readAs(Written{ArticleID: fmt.Sprintf("A%04d", i)}, j, "", []string{"doi:one text:one", fmt.Sprint("text:of", i)}, func(int) int { return 5 }))
		}
		writeReferences(t, s, list...)
		last, err := s.LastChange(ctx)
		if err != nil {
			t.Fatal(err)
		}
		writeReferences(t, s, readAs(Written{ArticleID: "Z"}, j, "", []string{"text:one text:other"}, func(int) int { return 1 }))
		if id, n := sourceOf(t, s, Written{ArticleID: "A0000"}, 0); id == "" || n != many+1 {
			t.Errorf("%q is cited by %d, want %d", id, n, many+1)
		}
		told := 0
		for _, c := range allChanges(t, s) {
			if c.Seq > last {
				told++
				if c.ID != j.ID || c.Kind != KindReference {
					t.Errorf("told of %+v", c)
				}
			}
		}
		if told != 1 {
			t.Errorf("%d changes, want one of the journal", told)
		}
		// The same again writes nothing and tells nobody.
		last, _ = s.LastChange(ctx)
		writeReferences(t, s, list[:200]...)
		if now, _ := s.LastChange(ctx); now != last {
			t.Errorf("%d changes of what is as it was", now-last)
		}
		if err := s.CheckSources(ctx, func(f Finding) { t.Errorf("%+v", f) }); err != nil {
			t.Fatal(err)
		}
	})
}
