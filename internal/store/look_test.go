package store

import (
	"context"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestFilesOfALookAreFilesOfTheInstallation(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		apply(t, s, write(j, "a", sample("A")))
		look := &journal.Look{Logo: &journal.Picture{SHA256: "aa", Size: 1}, Fonts: []journal.Font{{Family: "Own", SHA256: "bb", Size: 2}}}
		if err := s.UpdateJournal(ctx, "rjr", func(j *journal.Journal) error { j.Look = look; return nil }); err != nil {
			t.Fatal(err)
		}
		issues, err := s.Issues(ctx, j.ID)
		if err != nil || len(issues) != 1 {
			t.Fatal(err)
		}
		cover := &journal.Picture{SHA256: "cc", Size: 3, Media: "image/png", Width: 10, Height: 20, Alt: []journal.Text{journal.T("en", "A door")}}
		if err := s.SetIssueCover(ctx, j.ID, issues[0].Slug, cover, "tester"); err != nil {
			t.Fatal(err)
		}
		refused(t, s.SetIssueCover(ctx, j.ID, "none", cover, "tester"), errs.NotFound, "", "none")
		got := map[string]int64{}
		if err := s.FileHashes(ctx, func(sha string, size int64) error { got[sha] = size; return nil }); err != nil {
			t.Fatal(err)
		}
		for sha, size := range map[string]int64{"aa": 1, "bb": 2, "cc": 3} {
			if got[sha] != size {
				t.Errorf("file %s is not kept: %v", sha, maps.Clone(got))
			}
		}
		is, err := s.Issue(ctx, j.ID, issues[0].Slug)
		if d := cmp.Diff(cover, is.Cover); d != "" || err != nil {
			t.Errorf("%v %s", err, d)
		}
		// An import that names the issue again leaves its cover alone.
		second := sample("B")
		second.Issue.Titles = []journal.Text{journal.T("en", "Special")}
		apply(t, s, write(j, "b", second))
		if is, err := s.Issue(ctx, j.ID, issues[0].Slug); err != nil || is.Cover == nil || len(is.Titles) != 1 {
			t.Errorf("%+v %v", is, err)
		}
		sound(t, s)
	})
}
