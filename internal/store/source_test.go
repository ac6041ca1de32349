package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// citeAs says what articles cite: "doi:x text:y" are the marks of one reference.
func citeAs(t *testing.T, s *Store, w Written, j *journal.Journal, own string, references ...string) {
	t.Helper()
	a := ArticleReferences{ArticleID: w.ArticleID, JournalID: j.ID, Own: marksIn(own)}
	for i, r := range references {
		a.References = append(a.References, ReadReference{Record: journal.Reference{Number: i + 1, Printed: journal.T("en", "Entry "+r)}, Marks: marksIn(r), Weight: len(r),
			Places: []CitedPlace{{Locator: "p. " + fmt.Sprint(i+1), Sentence: "As " + r + " says."}}})
	}
	seq, _, err := s.ReferencesAt(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.LastChange(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := s.WriteReferences(context.Background(), seq, last, []ArticleReferences{a}); !ok || err != nil {
		t.Fatal(ok, err)
	}
	var wrong []Finding
	if err := s.CheckSources(context.Background(), func(f Finding) { wrong = append(wrong, f) }); err != nil || len(wrong) > 0 {
		t.Fatal(wrong, err)
	}
}

func marksIn(s string) (out []Mark) {
	kinds := map[string]int{"doi": MarkDOI, "text": MarkPrinted, "fields": MarkFields}
	for f := range strings.FieldsSeq(s) {
		kind, _, _ := strings.Cut(f, ":")
		out = append(out, MarkOf(kinds[kind], f))
	}
	return out
}

// sourceOf is the source that an article cites at a place: "id 2" with the number
// of articles.
func sourceOf(t *testing.T, s *Store, w Written, n int) (string, int) {
	t.Helper()
	list, err := s.CitedReferences(context.Background(), w.ArticleID)
	if err != nil || n >= len(list) {
		t.Fatal(list, err)
	}
	return list[n].Source, list[n].Articles
}

func citingArticles(t *testing.T, s *Store, id string) (string, []string) {
	t.Helper()
	src, err := s.Source(context.Background(), id, 50, 0)
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, c := range src.Citing {
		slugs = append(slugs, c.Slug)
	}
	slices.Sort(slugs)
	return src.ID, slugs
}

func TestSourcesAreOneByIdentifiersAndByEqualText(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j, k := addJournal(t, s, "rjr"), addJournal(t, s, "other")
		a, b, c := apply(t, s, write(j, "a", sample("A")))[0], apply(t, s, write(j, "b", sample("B")))[0], apply(t, s, write(k, "c", sample("C")))[0]
		citeAs(t, s, a, j, "", "text:one", "doi:two text:two", "text:lonely", "")
		first, n := sourceOf(t, s, a, 0)
		if n != 1 || len(first) != 13 {
			t.Fatalf("%q is cited by %d", first, n)
		}
		citeAs(t, s, b, j, "", "doi:two", "text:one")
		citeAs(t, s, c, k, "", "text:one fields:one", "text:two")
		if id, slugs := citingArticles(t, s, first); id != first || !slices.Equal(slugs, []string{"a", "b", "c"}) {
			t.Errorf("%s is cited by %v", id, slugs)
		}
		// C prints the second without its DOI, as A does with it.
		second, n := sourceOf(t, s, b, 0)
		if other, m := sourceOf(t, s, c, 1); other != second || n != 3 || m != 3 {
			t.Errorf("two: %s of %d, %s of %d", second, n, other, m)
		}
		if id, n := sourceOf(t, s, a, 3); id != "" || n != 0 {
			t.Errorf("what nothing is known by leads to %q", id)
		}
		// The index of each journal has what it cites.
		for journalID, want := range map[string]int{j.ID: 3, k.ID: 2} {
			list, err := s.Sources(context.Background(), journalID, "", 10, 0)
			if err != nil || len(list) != want {
				t.Errorf("%d in the index, want %d: %v", len(list), want, err)
			}
			letters, err := s.SourceLetters(context.Background(), journalID)
			if err != nil || len(letters) != 1 || letters[0].Letter != "E" || letters[0].Count != want {
				t.Errorf("letters: %v %v", letters, err)
			}
		}
		// Two DOIs are two works, whatever the text.
		citeAs(t, s, c, k, "", "text:one", "doi:three text:two")
		x, _ := sourceOf(t, s, c, 1)
		if y, n := sourceOf(t, s, a, 1); x == y || n != 2 {
			t.Errorf("works with two DOIs are one: %s of %d", y, n)
		}
		// Nobody else cites it any more, and its address stays.
		citeAs(t, s, a, j, "")
		citeAs(t, s, b, j, "")
		citeAs(t, s, c, k, "")
		if id, slugs := citingArticles(t, s, first); id != first || len(slugs) != 0 {
			t.Errorf("%s is cited by %v", id, slugs)
		}
		sound(t, s)
	})
}

func TestAddressOfASourceStays(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		a, b := apply(t, s, write(j, "a", sample("A")))[0], apply(t, s, write(j, "b", sample("B")))[0]
		citeAs(t, s, a, j, "", "text:one")
		id, _ := sourceOf(t, s, a, 0)
		citeAs(t, s, b, j, "", "text:two")
		other, _ := sourceOf(t, s, b, 0)
		// A new version tells that both are one.
		citeAs(t, s, b, j, "", "text:two fields:same")
		citeAs(t, s, a, j, "", "doi:x text:one fields:same")
		if now, n := sourceOf(t, s, a, 0); now != id || n != 2 {
			t.Errorf("the address was %s and is %s of %d", id, now, n)
		}
		if leads, _ := citingArticles(t, s, other); leads != id {
			t.Errorf("the other address leads to %s, want %s", leads, id)
		}
		// And then that they are not.
		citeAs(t, s, b, j, "", "text:two")
		if now, n := sourceOf(t, s, b, 0); now != other || n != 1 {
			t.Errorf("apart again at %s of %d, want %s", now, n, other)
		}
		sound(t, s)
	})
}

func TestEditorsJoinAndSplitSources(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		ctx := context.Background()
		j := addJournal(t, s, "rjr")
		a, b := apply(t, s, write(j, "a", sample("A")))[0], apply(t, s, write(j, "b", sample("B")))[0]
		citeAs(t, s, a, j, "", "text:one")
		citeAs(t, s, b, j, "", "text:two")
		one, _ := sourceOf(t, s, a, 0)
		two, _ := sourceOf(t, s, b, 0)
		if err := s.JoinSources(ctx, two, one, "ed"); err != nil {
			t.Fatal(err)
		}
		if err := s.JoinSources(ctx, two, one, "ed"); !errors.Is(err, errs.Invalid) {
			t.Errorf("joined twice: %v", err)
		}
		again := func() { // what is derived is derived anew
			citeAs(t, s, b, j, "", "text:two")
			citeAs(t, s, a, j, "", "text:one")
		}
		for range 2 {
			if id, n := sourceOf(t, s, a, 0); id != two || n != 2 {
				t.Errorf("joined at %s of %d, want %s", id, n, two)
			}
			if id, _ := citingArticles(t, s, one); id != two {
				t.Errorf("the second address leads to %s", id)
			}
			again()
		}
		own, err := s.SplitSource(ctx, two, j.ID, "a", "ed")
		if err != nil || own == two || own == "" {
			t.Fatal(own, err)
		}
		for range 2 {
			if id, n := sourceOf(t, s, a, 0); id != own || n != 1 {
				t.Errorf("split at %s of %d, want %s", id, n, own)
			}
			again()
		}
		if _, err := s.SplitSource(ctx, two, j.ID, "a", "ed"); !errors.Is(err, errs.NotFound) {
			t.Errorf("split twice: %v", err)
		}
		if err := s.JoinSources(ctx, "nothing", one, "ed"); !errors.Is(err, errs.NotFound) {
			t.Errorf("no source: %v", err)
		}
		sound(t, s)
	})
}

func TestArticleHereIsFoundAmongSources(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		a, b := apply(t, s, write(j, "a", sample("A")))[0], apply(t, s, write(j, "b", sample("B")))[0]
		citeAs(t, s, a, j, "", "doi:b")
		last, err := s.LastChange(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		citeAs(t, s, b, j, "doi:b")
		list, err := s.CitedReferences(context.Background(), a.ArticleID)
		if err != nil || len(list) != 1 || list[0].Here == nil || list[0].Here.Slug != "b" {
			t.Fatalf("%+v %v", list, err)
		}
		by, err := s.CitedBy(context.Background(), b.ArticleID)
		if err != nil || len(by) != 1 || by[0].Slug != "a" || by[0].Places[0].Locator != "p. 1" || by[0].References[0] != 1 {
			t.Errorf("%+v %v", by, err)
		}
		// The page of the one that cites is told.
		told := false
		for _, c := range allChanges(t, s) {
			told = told || c.Seq > last && c.Kind == KindReference && c.ID == a.ArticleID
		}
		if !told {
			t.Error("the page of the article that cites does not learn of it")
		}
		sound(t, s)
	})
}

func TestReferencesOfAnOtherStateAreNotWritten(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		a := apply(t, s, write(j, "a", sample("A")))[0]
		citeAs(t, s, a, j, "", "text:one")
		ok, err := s.WriteReferences(context.Background(), 0, 1, []ArticleReferences{{ArticleID: a.ArticleID, JournalID: j.ID}})
		if ok || err != nil {
			t.Errorf("written again: %v %v", ok, err)
		}
		if id, _ := sourceOf(t, s, a, 0); id == "" {
			t.Error("what was written is gone")
		}
	})
}
