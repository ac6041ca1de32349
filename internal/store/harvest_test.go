package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"offprint/internal/journal"
)

// harvestAll reads a list to its end, a few at a time, and calls between after
// each page.
func harvestAll(t *testing.T, s *Store, h Harvest, between func(page int)) (slugs []string) {
	t.Helper()
	for page := 0; ; page++ {
		h.Limit = 3
		list, err := s.Harvest(context.Background(), h)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return slugs
		}
		for _, e := range list {
			if e.Deleted {
				e.Slug += " deleted"
			}
			slugs = append(slugs, e.Slug)
		}
		end := list[len(list)-1]
		h.After = HarvestCursor{ID: end.ArticleID}
		if !h.From.IsZero() {
			h.After.Stamp = end.Stamp
		}
		if between != nil {
			between(page)
		}
	}
}

func TestHarvestLosesAndDoublesNothingWhileArticlesChange(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "rjr"), addJournal(t, s, "other")
		var done []Written
		for i := range 8 {
			done = append(done, apply(t, s, write(j, fmt.Sprint("a", i), sample(fmt.Sprint("T", i))))...)
		}
		apply(t, s, write(other, "x", sample("X")))
		caughtUp(t, s)
		// While the list is read, one that was told is withdrawn, one that was not
		// is changed, and one is added.
		got := harvestAll(t, s, Harvest{JournalID: j.ID}, func(page int) {
			if page != 0 {
				return
			}
			if err := s.Withdraw(ctx, done[0].ArticleID, "a mistake", "tester"); err != nil {
				t.Fatal(err)
			}
			change := write(j, "", sample("T6 changed"))
			change.ArticleID, change.Base = done[6].ArticleID, 1
			apply(t, s, change)
			apply(t, s, write(j, "a8", sample("T8")))
			caughtUp(t, s)
		})
		if want := []string{"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"}; !slices.Equal(got, want) {
			t.Errorf("harvested %q, want %q", got, want)
		}
		begins, err := s.HarvestBegins(ctx, j.ID)
		if err != nil || begins.Before(time.Now()) || begins.After(time.Now().Add(2*harvestDelay)) {
			t.Errorf("the list begins at %v, %v", begins, err)
		}
		got = harvestAll(t, s, Harvest{From: begins}, nil)
		slices.Sort(got)
		if want := []string{"a0 deleted", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "x"}; !slices.Equal(got, want) {
			t.Errorf("harvested since %v: %q, want %q", begins, got, want)
		}
		for _, h := range []Harvest{{Until: begins.Add(-time.Second)}, {Language: "en"}, {JournalID: j.ID, Section: "none"}, {From: begins.Add(time.Hour)}} {
			if got := harvestAll(t, s, h, nil); len(got) > 0 {
				t.Errorf("%+v gives %q", h, got)
			}
		}
		sound(t, s)
	})
}

func TestHarvestKeepsStampsOfWhatDidNotChange(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		rec := sample("T")
		rec.IDs = []journal.ID{{Kind: "oai", Value: "oai:old.example.org:article/7"}}
		rec.Section = []journal.Text{journal.T("en", "Articles")}
		apply(t, s, write(j, "a", rec))
		caughtUp(t, s)
		before, err := s.HarvestOf(ctx, "oai:old.example.org:article/7", "", "")
		if err != nil || before.Slug != "a" || before.Section != "articles" || before.Language != "ru" || before.JournalPath != "rjr" {
			t.Fatalf("%+v, %v", before, err)
		}
		if err := s.RebuildBrowse(ctx); err != nil {
			t.Fatal(err)
		}
		if after, err := s.HarvestOf(ctx, "", "rjr", "a"); err != nil || after != before {
			t.Errorf("made again it is %+v, %v; it was %+v", after, err, before)
		}
		old := "2001-01-01T00:00:00Z"
		err = s.write(ctx, func(t *tx) error {
			_, err := t.exec(`UPDATE harvest SET stamp = ?1`, old)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.UpdateJournal(ctx, "rjr", func(j *journal.Journal) error {
			j.ISSNOnline = "2658-6444"
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		caughtUp(t, s)
		if after, err := s.HarvestOf(ctx, "", "rjr", "a"); err != nil || after.Stamp == old {
			t.Errorf("after its journal was changed it is %+v, %v", after, err)
		}
	})
}
