package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"offprint/internal/tally"
)

func TestJournalsWithMadeUpReadersAreKnown(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "01HZX", 0, "2026-03-01")
		if list, err := s.GeneratedUsage(ctx); err != nil || len(list) != 0 {
			t.Errorf("%q, %v", list, err)
		}
		takeUsage(t, s, GeneratedSpool("J2"), 0, "2026-03-01")
		takeUsage(t, s, GeneratedSpool("J1"), 0, "2026-03-01")
		if list, err := s.GeneratedUsage(ctx); err != nil || !slices.Equal(list, []string{"J1", "J2"}) {
			t.Errorf("%q, %v", list, err)
		}
	})
}

func TestUsedArticlesOfManyPagesComeInOrder(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "rjr"), addJournal(t, s, "other")
		var writes []Write
		for i := range 2*usedPage + 100 {
			of := j
			if i%10 == 0 {
				of = other
			}
			writes = append(writes, write(of, "", sample(fmt.Sprint("A", i))))
		}
		day := &tally.Day{}
		var want []string
		for i, w := range apply(t, s, writes...) {
			if i%3 == 0 { // nobody reads it
				continue
			}
			day.Rows = append(day.Rows, tally.Row{Place: tally.Place{Item: w.ArticleID, Journal: writes[i].JournalID, Class: tally.OfArticle}, Counts: tally.Counts{Investigations: int64(i)}})
			if i%10 != 0 {
				want = append(want, fmt.Sprint(w.ArticleID, i))
			}
		}
		slices.Sort(want)
		takeUsage(t, s, "a", 0, "2026-03-01")
		if _, err := s.SaveUsage(ctx, "2026-03-01", 1, "1", day); err != nil {
			t.Fatal(err)
		}
		var got []string
		err := s.UsedArticles(ctx, j.ID, "", "2026-03", "2026-03", func(a *UsedArticle) error {
			got = append(got, fmt.Sprint(a.ID, a.Months[0].Investigations))
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%d articles, want %d, %v", len(got), len(want), err)
		}
		enough := errors.New("enough")
		if err := s.UsedArticles(ctx, j.ID, "", "2026-03", "2026-03", func(*UsedArticle) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("stopped: %v", err)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := s.UsedArticles(gone, j.ID, "", "2026-03", "2026-03", func(*UsedArticle) error { return nil }); err == nil {
			t.Error("who has left gets a whole report")
		}
	})
}
