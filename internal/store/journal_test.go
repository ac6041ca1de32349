package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestJournalIsFoundByPathIdAndHost(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := &journal.Journal{Path: "rjr", Host: "Journal.Example.Org", Titles: []journal.Text{journal.T("en", "Review")}, Languages: []string{"en"}, ISSNPrint: "2500-2872"}
		if err := s.AddJournal(ctx, j); err != nil || j.ID == "" {
			t.Fatalf("%+v, %v", j, err)
		}
		addJournal(t, s, "abc")
		for name, find := range map[string]func() (*journal.Journal, error){
			"path":          func() (*journal.Journal, error) { return s.Journal(ctx, "rjr") },
			"id":            func() (*journal.Journal, error) { return s.JournalByID(ctx, j.ID) },
			"host":          func() (*journal.Journal, error) { return s.JournalByHost(ctx, "journal.example.org") },
			"host and port": func() (*journal.Journal, error) { return s.JournalByHost(ctx, "JOURNAL.example.org.:8080") },
		} {
			got, err := find()
			if d := cmp.Diff(j, got); d != "" || err != nil {
				t.Errorf("%s: %v\n%s", name, err, d)
			}
		}
		all, err := s.Journals(ctx)
		if err != nil || len(all) != 2 || all[0].Path != "abc" || all[1].Path != "rjr" {
			t.Errorf("journals %+v, %v", all, err)
		}
		sound(t, s)
	})
}

func TestTakenPathOrHostIsRefused(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		if err := s.AddJournal(ctx, &journal.Journal{Path: "one", Host: "one.example"}); err != nil {
			t.Fatal(err)
		}
		j := &journal.Journal{Path: "one"}
		refused(t, s.AddJournal(ctx, j), errs.Conflict, "path", "one", "choose another")
		if j.ID != "" {
			t.Error("a journal that was refused has an id")
		}
		refused(t, s.AddJournal(ctx, &journal.Journal{Path: "two", Host: "ONE.example"}), errs.Conflict, "host", "one")
		refused(t, s.AddJournal(ctx, &journal.Journal{}), errs.Invalid, "path")
		refused(t, s.AddJournal(ctx, &journal.Journal{Path: "a\x00"}), errs.Invalid, "path")
		addJournal(t, s, "two")
		addJournal(t, s, "three") // two journals without a host
		err := s.UpdateJournal(ctx, "two", func(j *journal.Journal) error { j.Path = "one"; return nil })
		refused(t, err, errs.Conflict, "path")
		err = s.UpdateJournal(ctx, "two", func(j *journal.Journal) error { j.Host = "one.example"; return nil })
		refused(t, err, errs.Conflict, "host")
	})
}

func TestJournalChangesAreWrittenAndTold(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		set := func(f func(*journal.Journal)) error {
			return s.UpdateJournal(ctx, "rjr", func(j *journal.Journal) error { f(j); return nil })
		}
		if err := set(func(j *journal.Journal) { j.Titles[0].Plain, j.ID = "Changed", "other" }); err != nil {
			t.Fatal(err)
		}
		got, err := s.Journal(ctx, "rjr")
		if err != nil || got.Titles[0].Plain != "Changed" || got.ID != j.ID {
			t.Errorf("%+v, %v", got, err)
		}
		if err := set(func(j *journal.Journal) { j.Titles = []journal.Text{journal.T("en", "Changed")} }); err != nil {
			t.Fatal(err)
		}
		stop := errors.New("stop")
		if err := s.UpdateJournal(ctx, "rjr", func(j *journal.Journal) error { j.Abbrev = "x"; return stop }); !errors.Is(err, stop) {
			t.Error(err)
		}
		changes := allChanges(t, s)
		if len(changes) != 2 || changes[0].Action != Created || changes[1].Action != Updated || changes[1].Kind != KindJournal || changes[1].ID != j.ID {
			t.Errorf("changes %+v", changes)
		}
		sound(t, s)
	})
}

func TestJournalPathStaysOnceItHasArticles(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "wrong")
		if err := s.UpdateJournal(ctx, "wrong", func(j *journal.Journal) error { j.Path = "right"; return nil }); err != nil {
			t.Fatal(err)
		}
		apply(t, s, write(j, "a", sample("A")))
		err := s.UpdateJournal(ctx, "right", func(j *journal.Journal) error { j.Path = "other"; return nil })
		refused(t, err, errs.Invalid, "path", "right")
	})
}

func TestConcurrentChangesOfAJournalAreAllKept(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s, s2 := context.Background(), p.open(t), p.open(t)
		addJournal(t, s, "rjr")
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				err := []*Store{s, s2}[i%2].UpdateJournal(ctx, "rjr", func(j *journal.Journal) error {
					j.Disputes = append(j.Disputes, journal.Dispute{Field: "issn"})
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if j, err := s.Journal(ctx, "rjr"); err != nil || len(j.Disputes) != 20 {
			t.Errorf("%d of 20 changes were kept, %v", len(j.Disputes), err)
		}
	})
}
