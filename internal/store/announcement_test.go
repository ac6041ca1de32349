package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestAnnouncementsAreListedNewestFirst(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		save := func(slug, lang string, date journal.Date, title string) {
			t.Helper()
			if changed, err := s.SaveAnnouncement(ctx, &journal.Announcement{JournalID: j.ID, Slug: slug, Lang: lang, Date: date, Title: title, Source: "text", Actor: "tester"}); err != nil || !changed {
				t.Fatalf("%v %v", changed, err)
			}
		}
		save("old", "en", "2025-01-02", "Old")
		save("new", "en", "2026-03-04", "New")
		save("new", "ru", "2026-03-05", "Новое")
		save("mid", "ru", "2025-12-31", "Среднее")
		save("old", "en", "2025-01-02", "Old, corrected")
		list, err := s.Announcements(ctx, j.ID)
		var got []string
		for _, a := range list {
			got = append(got, a.Slug+" "+a.Lang+" "+a.Title+a.Source)
		}
		if err != nil || !slices.Equal(got, []string{"new en New", "new ru Новое", "mid ru Среднее", "old en Old, corrected"}) {
			t.Errorf("%q, %v", got, err)
		}
		one, err := s.Announcement(ctx, j.ID, "new")
		if err != nil || len(one) != 2 || one[1].Source != "text" || one[1].Date != "2026-03-05" {
			t.Errorf("%+v, %v", one, err)
		}
		same := one[0]
		if changed, err := s.SaveAnnouncement(ctx, &same); changed || err != nil {
			t.Errorf("the same again: %v %v", changed, err)
		}
		if err := s.RemoveAnnouncement(ctx, j.ID, "new", "", "tester"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Announcement(ctx, j.ID, "new"); !errors.Is(err, errs.NotFound) {
			t.Error(err)
		}
		refused(t, s.RemoveAnnouncement(ctx, j.ID, "new", "", "tester"), errs.NotFound, "", "new")
		_, err = s.SaveAnnouncement(ctx, &journal.Announcement{JournalID: j.ID, Slug: "x", Lang: "en", Date: "2025"})
		refused(t, err, errs.Invalid, "announcement")
		sound(t, s)
	})
}
