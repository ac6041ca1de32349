package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"offprint/internal/journal"
)

// refs are references: those with a slash are DOIs.
func refs(names ...string) (list []journal.Reference) {
	for i, n := range names {
		r := journal.Reference{Number: i + 1, Printed: journal.T("en", "Author A. "+n+". A long title of a work.")}
		if slices.Contains([]byte(n), '/') {
			r.DOI = n
		}
		list = append(list, r)
	}
	return list
}

// near are the related articles: "b: 2 sources, 1 authors, 3 keywords".
func near(t *testing.T, s *Store, j *journal.Journal, slug string) (list []string) {
	t.Helper()
	a, err := s.PublishedArticle(context.Background(), j.ID, slug)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Ways(context.Background(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range w.Related {
		list = append(list, fmt.Sprintf("%s: %d sources, %d authors, %d keywords", r.Slug, r.Sources, r.Authors, r.Keywords))
	}
	return list
}

func TestRelatedArticlesSayWhy(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		a := work("A", by("", "en=Pyotr Yolkin"))
		a.References, a.Keywords = refs("10.1/X", "First", "second", "third"), []journal.Keywords{{Lang: "en", Words: []string{"Peace", "war", "law"}}, {Lang: "ru", Words: []string{"мир", "война", "право"}}}
		b := work("B", by("", "en=Ann Other"))
		b.References = refs("10.1/x", "FIRST", "SECOND")
		c := work("C", by("", "en=Pyotr Yolkin"))
		d := work("D", by("", "en=Somebody Else"))
		d.Keywords = []journal.Keywords{{Lang: "en", Words: []string{"PEACE", "War", "law", "x"}}, {Lang: "ru", Words: []string{"мир"}}}
		e := work("E", by("", "en=Nobody Near"))
		e.Keywords = []journal.Keywords{{Lang: "en", Words: []string{"peace"}}}
		for i, w := range []journal.Article{a, b, c, d, e} {
			apply(t, s, write(j, string(rune('a'+i)), w))
			caughtUp(t, s)
		}
		want := []string{"b: 3 sources, 0 authors, 0 keywords", "c: 0 sources, 1 authors, 0 keywords", "d: 0 sources, 0 authors, 3 keywords"}
		if got := near(t, s, j, "a"); !slices.Equal(got, want) {
			t.Errorf("near a: %q, want %q", got, want)
		}
		if got := near(t, s, j, "b"); !slices.Equal(got, []string{"a: 3 sources, 0 authors, 0 keywords"}) {
			t.Errorf("near b: %q", got)
		}
		if got := near(t, s, j, "e"); len(got) != 0 {
			t.Errorf("one keyword makes e related to %q", got)
		}
		if err := s.RebuildBrowse(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := near(t, s, j, "a"); !slices.Equal(got, want) {
			t.Errorf("made anew, near a: %q", got)
		}
		sound(t, s)
	})
}

func TestRelatedArticlesFollowChanges(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		a, b := work("A"), work("B")
		a.References, b.References = refs("one", "two"), refs("one", "two")
		done := apply(t, s, write(j, "a", a), write(j, "b", b))
		caughtUp(t, s)
		if got := near(t, s, j, "a"); len(got) != 1 {
			t.Fatalf("near a: %q", got)
		}
		last, _ := s.LastChange(ctx)
		next := write(j, "b", b)
		next.ArticleID, next.Base, next.Record.References = done[1].ArticleID, 1, refs("other")
		apply(t, s, next)
		caughtUp(t, s)
		if got := near(t, s, j, "a"); len(got) != 0 {
			t.Errorf("after b cites something else, near a: %q", got)
		}
		changes, err := s.Changes(ctx, last, 100)
		if err != nil || !slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == KindBrowse && c.ID == done[0].ArticleID }) {
			t.Errorf("nobody is told that a leads elsewhere: %+v, %v", changes, err)
		}
	})
}

func TestArticleHasSixRelatedOnesAtMost(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		var writes []Write
		for n := range 40 {
			w := work(fmt.Sprint("W", n))
			w.References = refs("one", "two", fmt.Sprint("own ", n))
			if n%10 == 0 {
				w.References = append(w.References, refs("three")...)
			}
			writes = append(writes, write(j, fmt.Sprintf("w%02d", n), w))
		}
		apply(t, s, writes...)
		caughtUp(t, s)
		got := near(t, s, j, "w00")
		if len(got) != RelatedMost {
			t.Errorf("%d related: %q", len(got), got)
		}
		if want := []string{"w30: 3 sources, 0 authors, 0 keywords", "w20: 3 sources, 0 authors, 0 keywords", "w10: 3 sources, 0 authors, 0 keywords"}; !slices.Equal(got[:3], want) {
			t.Errorf("the nearest %q, want %q", got[:3], want)
		}
	})
}

func TestKeywordsAreOnePerLanguageWithTheirTranslations(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		a, b, c := work("A"), work("B"), work("C")
		a.Keywords = []journal.Keywords{{Lang: "en", Words: []string{"Peace", "law"}}, {Lang: "ru", Words: []string{"мир", "право"}}}
		b.Keywords = []journal.Keywords{{Lang: "en", Words: []string{"peace", "war", "law"}}, {Lang: "ru", Words: []string{"война", "мир"}}}
		c.Keywords = []journal.Keywords{{Lang: "de", Words: []string{"peace"}}}
		apply(t, s, write(j, "a", a), write(j, "b", b), write(j, "c", c))
		caughtUp(t, s)
		k, err := s.Keyword(ctx, j.ID, "peace", 10, 0)
		if err != nil {
			t.Fatal(err)
		}
		if k.Word != "Peace" || k.Lang != "en" || k.Articles != 2 || len(k.Lines) != 2 || len(k.Also) != 1 || k.Also[0].Word != "мир" {
			t.Errorf("%+v", k)
		}
		if k, err := s.Keyword(ctx, j.ID, "peace-2", 10, 0); err != nil || k.Lang != "de" || k.Articles != 1 || len(k.Also) != 0 {
			t.Errorf("the German one: %+v, %v", k, err)
		}
		list, err := s.Keywords(ctx, j.ID, "", 100, 0)
		if err != nil || len(list) != 7 {
			t.Errorf("%d keywords: %+v, %v", len(list), list, err)
		}
		if err := s.RebuildBrowse(ctx); err != nil {
			t.Fatal(err)
		}
		if again, err := s.Keywords(ctx, j.ID, "", 100, 0); err != nil || !slices.Equal(again, list) {
			t.Errorf("made anew %+v, %v", again, err)
		}
	})
}

// TestKeywordKnowsHowManyArticlesItHas: the number moves with what comes and
// goes, and a wrong one is put right by making everything anew.
func TestKeywordKnowsHowManyArticlesItHas(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		numbers := func(want string) {
			t.Helper()
			caughtUp(t, s)
			list, err := s.Keywords(ctx, j.ID, "", 100, 0)
			got := ""
			for _, k := range list {
				got += fmt.Sprintf("%s %d ", k.Word, k.Articles)
			}
			if err != nil || got != want {
				t.Errorf("%q, %v, want %q", got, err, want)
			}
		}
		words := func(w ...string) journal.Article {
			a := work("A")
			a.Keywords = []journal.Keywords{{Lang: "en", Words: w}, {Lang: "en", Words: w[:1]}}
			return a
		}
		done := apply(t, s, write(j, "a", words("law", "peace", "law")), write(j, "b", words("law")))
		numbers("law 2 peace 1 ")
		next := write(j, "a", words("war", "law"))
		next.ArticleID, next.Base = done[0].ArticleID, 1
		apply(t, s, next)
		numbers("law 2 war 1 ")
		if err := s.Withdraw(ctx, done[1].ArticleID, "an error", "editor"); err != nil {
			t.Fatal(err)
		}
		numbers("law 1 war 1 ")
		if err := s.write(ctx, func(t *tx) error {
			_, err := t.exec(`UPDATE keyword SET articles = 7`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.RebuildBrowse(ctx); err != nil {
			t.Fatal(err)
		}
		numbers("law 1 war 1 ")
	})
}

func TestSectionIsKnownByItsTextInAnyLanguage(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		a, b, c, d := work("A"), work("B"), work("C"), work("D")
		a.Section = []journal.Text{journal.T("ru", "Экономика"), journal.T("en", "Economics")}
		b.Section = []journal.Text{journal.T("en", "ECONOMICS")}
		c.Section, c.Type = []journal.Text{journal.T("en", "Type of things")}, "book-review"
		apply(t, s, write(j, "a", a), write(j, "b", b), write(j, "c", c), write(j, "d", d))
		caughtUp(t, s)
		sections, types, err := s.Sections(ctx, j.ID)
		if err != nil || len(sections) != 2 || sections[0].Slug != "economics" || sections[0].Articles != 2 || sections[1].Slug != "section-type-of-things" {
			t.Errorf("sections %+v, %v", sections, err)
		}
		if len(types) != 2 || types[0].Slug != "type-research-article" || types[0].Articles != 3 || types[1].Type != "book-review" {
			t.Errorf("types %+v", types)
		}
		if got, err := s.Section(ctx, j.ID, "economics", 10, 0); err != nil || len(got.Lines) != 2 || got.Texts[0].Plain != "Экономика" {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := s.Section(ctx, j.ID, "type-book-review", 10, 0); err != nil || len(got.Lines) != 1 || got.Lines[0].Slug != "c" {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := s.Section(ctx, j.ID, "type-poem", 10, 0); err == nil {
			t.Error("a type without articles has a page")
		}
	})
}
