package store

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/journal"
)

func TestIssueIsInPageOrder(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		var writes []Write
		for _, first := range []string{"", "100", "9", "ii", "e27", "i", "9–10", "", "xiv", "S3"} {
			w := write(j, "", sample(fmt.Sprintf("p. %s #%d", first, len(writes))))
			w.Record.Pages = journal.Pages{First: first}
			if first == "e27" {
				w.Record.Pages = journal.Pages{Article: first}
			}
			writes = append(writes, w)
		}
		apply(t, s, writes...)
		is, err := s.Issue(ctx, j.ID, "2020-v5-n2")
		if err != nil {
			t.Fatal(err)
		}
		lines, err := s.IssueArticles(ctx, is.ID)
		want := []string{"p. i #5", "p. ii #3", "p. xiv #8", "p. S3 #9", "p. 9 #2", "p. 9–10 #6", "p. e27 #4", "p. 100 #1", "p.  #0", "p.  #7"}
		if d := cmp.Diff(want, titles(lines)); d != "" || err != nil {
			t.Errorf("%v, order (-want +got):\n%s", err, d)
		}
		byID, err := s.IssueByID(ctx, is.ID)
		if d := cmp.Diff(is, byID); d != "" || err != nil {
			t.Errorf("issue by id: %v\n%s", err, d)
		}
	})
}

func TestIssuesComeNewestFirstWithTheirArticles(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		for _, is := range []journal.Issue{{Year: 2020, Volume: "9", Number: "2"}, {Year: 2020, Volume: "10", Number: "1"}, {Year: 2020, Volume: "9", Number: "10"},
			{Year: 2021}, {Year: 2020, Volume: "9", Number: "2"}, {Volume: "5", Number: "1"}, {Year: 2020, Number: "Спец. выпуск"}, {Year: 2020, Number: "特集"}, {}} {
			rec := sample("A")
			rec.Issue = &is
			apply(t, s, write(j, "", rec))
		}
		issues, err := s.Issues(ctx, j.ID)
		var got []string
		for _, is := range issues {
			got = append(got, fmt.Sprint(is.Slug, " ", is.Articles))
		}
		want := []string{"2021 1", "2020-v10-n1 1", "2020-v9-n10 1", "2020-v9-n2 2", "2020-n" + sumOf([]byte("特集"))[:8] + " 1", "2020-nspets-vypusk 1", "v5-n1 1"}
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%v, issues (-want +got):\n%s", err, d)
		}
		sound(t, s)
	})
}

func TestIssueGetsItsTitleFromALaterArticle(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		apply(t, s, write(j, "a", sample("A")))
		for _, title := range []string{"Special", "Another"} {
			w := write(j, "b", sample("B"))
			w.Record.Issue.Titles = []journal.Text{journal.T("en", title)}
			apply(t, s, w)
		}
		is, err := s.Issue(ctx, j.ID, "2020-v5-n2")
		if err != nil || len(is.Titles) != 1 || is.Titles[0].Plain != "Special" {
			t.Errorf("%+v, %v", is, err)
		}
		updated := 0
		for _, c := range allChanges(t, s) {
			if c.Kind == KindIssue && c.Action == Updated {
				updated++
			}
		}
		if updated != 1 {
			t.Errorf("the issue is in the feed as updated %d times", updated)
		}
		sound(t, s)
	})
}

func TestNumbersInTextsAreComparedAsNumbers(t *testing.T) {
	order := []string{"", "1", "2", "3(15)", "3(16)", "09", "9-10", "10", "10a", "B2", "B10"}
	for i, a := range order {
		for k, b := range order {
			got, want := natural(a, b), 0
			if i < k {
				want = -1
			} else if i > k {
				want = 1
			}
			if got != want {
				t.Errorf("%q and %q compare as %d, want %d", a, b, got, want)
			}
		}
	}
}
