package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func savePage(t *testing.T, s *Store, j *journal.Journal, name, lang, source string) *journal.Webpage {
	t.Helper()
	p := &journal.Webpage{JournalID: j.ID, Name: name, Lang: lang, Source: source, Actor: "tester"}
	if _, err := s.SaveWebpage(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEverySaveOfAPageIsKept(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		savePage(t, s, j, "aims", "en", "one")
		last := savePage(t, s, j, "aims", "en", "two")
		if last.Revision != 2 || last.Saved == "" {
			t.Errorf("%+v", last)
		}
		before := len(allChanges(t, s))
		same := *last
		same.Actor = "another"
		if changed, err := s.SaveWebpage(ctx, &same); changed || err != nil || same.Revision != 2 || len(allChanges(t, s)) != before {
			t.Errorf("the same again: %v %+v %v", changed, same, err)
		}
		savePage(t, s, j, "aims", "ru", "раз\x00\xff")
		got, err := s.Webpage(ctx, j.ID, "aims")
		if err != nil || len(got) != 2 || got[0].Source != "two" || got[0].Lang != "en" || got[1].Source != "раз\ufffd" {
			t.Errorf("%+v, %v", got, err)
		}
		all, err := s.WebpageRevisions(ctx, j.ID, "aims", "en")
		if err != nil || len(all) != 2 || all[0].Source != "one" || all[1].Actor != "tester" {
			t.Errorf("%+v, %v", all, err)
		}
		events, err := s.Events(ctx, j.ID)
		if err != nil || len(events) != 3 || events[1].Action != "page saved" || events[1].Note != "aims (en), revision 2" {
			t.Errorf("%+v, %v", events, err)
		}
		sound(t, s)
	})
}

func TestRemovedPageIsGoneAndItsRevisionsStay(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		savePage(t, s, j, "aims", "en", "one")
		savePage(t, s, j, "aims", "ru", "раз")
		if err := s.RemoveWebpage(ctx, j.ID, "aims", "ru", "tester"); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Webpage(ctx, j.ID, "aims"); err != nil || len(got) != 1 || got[0].Lang != "en" {
			t.Errorf("%+v, %v", got, err)
		}
		refused(t, s.RemoveWebpage(ctx, j.ID, "aims", "ru", "tester"), errs.NotFound, "", "aims")
		if err := s.RemoveWebpage(ctx, j.ID, "aims", "", "tester"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Webpage(ctx, j.ID, "aims"); !errors.Is(err, errs.NotFound) {
			t.Error(err)
		}
		if all, err := s.WebpageRevisions(ctx, j.ID, "aims", "ru"); err != nil || len(all) != 2 || !all[1].Removed || all[0].Source != "раз" {
			t.Errorf("%+v, %v", all, err)
		}
		if again := savePage(t, s, j, "aims", "ru", "два"); again.Revision != 3 {
			t.Errorf("%+v", again)
		}
		_, err := s.SaveWebpage(ctx, &journal.Webpage{JournalID: "none", Name: "a", Lang: "en"})
		refused(t, err, errs.NotFound, "", "none")
		_, err = s.SaveWebpage(ctx, &journal.Webpage{JournalID: j.ID, Name: "a"})
		refused(t, err, errs.Invalid, "page")
	})
}

func TestPagesAreListedInTheOrderOfAMenu(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "rjr"), addJournal(t, s, "abc")
		for _, name := range []string{"zoo", "contact", "aims", "board"} {
			savePage(t, s, j, name, "en", name)
		}
		savePage(t, s, other, "aims", "en", "x")
		list, err := s.Webpages(ctx, j.ID)
		var names []string
		for _, p := range list {
			names = append(names, p.Name)
		}
		if err != nil || !slices.Equal(names, []string{"aims", "board", "contact", "zoo"}) {
			t.Errorf("%v, %v", names, err)
		}
		if list, err := s.Webpages(ctx, ""); err != nil || len(list) != 5 {
			t.Errorf("%d pages of all journals, %v", len(list), err)
		}
	})
}

func TestSavesAtTheSameTimeAreAllRevisions(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, s2 := p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				page := &journal.Webpage{JournalID: j.ID, Name: "aims", Lang: "en", Source: string(rune('a' + i))}
				if _, err := []*Store{s, s2}[i%2].SaveWebpage(context.Background(), page); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all, err := s.WebpageRevisions(context.Background(), j.ID, "aims", "en")
		if err != nil || len(all) != 12 || all[11].Revision != 12 {
			t.Errorf("%d of 12 saves were kept, %v", len(all), err)
		}
	})
}

func TestCheckMissesASaveThatIsGone(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		savePage(t, s, j, "aims", "en", "one")
		savePage(t, s, j, "aims", "en", "two")
		for _, text := range []string{"one", "two"} {
			if _, err := s.SaveAnnouncement(ctx, &journal.Announcement{JournalID: j.ID, Slug: "news", Lang: "ru", Date: "2026-01-02", Title: "T", Source: text}); err != nil {
				t.Fatal(err)
			}
		}
		sound(t, s)
		for _, text := range []string{`DELETE FROM webpage WHERE n = 1`, `DELETE FROM announcement WHERE n = 1`} {
			if err := raw(t, s, text); err != nil {
				t.Fatal(err)
			}
		}
		var where []string
		for _, f := range findings(t, s) {
			where = append(where, f.Where)
		}
		slices.Sort(where)
		if !slices.Equal(where, []string{"announcement news of /rjr/ in ru", "page aims of /rjr/ in en"}) {
			t.Errorf("found %q", where)
		}
	})
}
