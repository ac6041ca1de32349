package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

// takeUsage takes one block of some bytes into the log.
func takeUsage(t *testing.T, s *Store, spool string, from int64, days ...string) {
	t.Helper()
	var blocks []UsageBlock
	for i, d := range days {
		blocks = append(blocks, UsageBlock{Day: d, Hour: i, Bytes: []byte(spool + " " + d)})
	}
	if refused, err := s.TakeUsage(context.Background(), spool, from, from+10, blocks, nil); err != nil || refused != 0 {
		t.Fatalf("%d refused, %v", refused, err)
	}
}

func row(item string, class tally.Class, n int64) tally.Row {
	return tally.Row{Place: tally.Place{Item: item, Journal: "J", Class: class}, Counts: tally.Counts{Investigations: n, UniqueInvestigations: n}}
}

func TestUsageKeyIsTheSameForAllNodesUntilItsDayIsOver(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, a, b := context.Background(), p.open(t), p.open(t)
		one, err := a.UsageKey(ctx, "2026-03-01", []byte("first"))
		if err != nil || string(one) != "first" {
			t.Fatalf("%q, %v", one, err)
		}
		if two, err := b.UsageKey(ctx, "2026-03-01", []byte("second")); err != nil || string(two) != "first" {
			t.Errorf("another node has %q, %v", two, err)
		}
		if err := a.DestroyUsageKeys(ctx, "2026-03-02"); err != nil {
			t.Fatal(err)
		}
		if two, err := b.UsageKey(ctx, "2026-03-01", []byte("second")); err != nil || string(two) != "second" {
			t.Errorf("after it was destroyed: %q, %v", two, err)
		}
	})
}

func TestSpoolIsTakenOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "a", 0, "2026-03-01")
		if _, err := s.TakeUsage(ctx, "a", 0, 10, []UsageBlock{{Day: "2026-03-01", Bytes: []byte("again")}}, nil); !errors.Is(err, errs.Conflict) {
			t.Errorf("taken again: %v", err)
		}
		takeUsage(t, s, "b", 0, "2026-03-01", "2026-03-02")
		takeUsage(t, s, "a", 10, "2026-03-01")
		if at, err := s.UsagePosition(ctx, "a"); err != nil || at != 20 {
			t.Errorf("position %d, %v", at, err)
		}
		var got []string
		if err := s.UsageBlocks(ctx, "2026-03-01", 0, func(b []byte) error { got = append(got, string(b)); return nil }); err != nil {
			t.Fatal(err)
		}
		if want := []string{"a 2026-03-01", "a 2026-03-01", "b 2026-03-01"}; !slices.Equal(got, want) {
			t.Errorf("blocks %q, want %q", got, want)
		}
	})
}

func TestCountsOfADayAreReplacedAndTheMonthFollows(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "a", 0, "2026-03-01", "2026-03-02")
		save := func(day string, marked int64, want bool, rows ...tally.Row) {
			t.Helper()
			saved, err := s.SaveUsage(ctx, day, marked, "1", &tally.Day{Rows: rows, Events: 9, Filtered: map[tally.Reason]int64{tally.ByRobot: marked}})
			if err != nil || saved != want {
				t.Fatalf("%s saved: %v, %v", day, saved, err)
			}
		}
		months := func(item string) (n []int64) {
			t.Helper()
			list, err := s.UsageOf(ctx, tally.OfArticle, item)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range list {
				n = append(n, m.Investigations)
			}
			return n
		}
		save("2026-03-01", 1, true, row("A", tally.OfArticle, 5), row("B", tally.OfArticle, 1))
		save("2026-03-02", 1, true, row("A", tally.OfArticle, 7))
		save("2026-03-02", 1, false, row("A", tally.OfArticle, 70)) // was counted in this state
		if a, b := months("A"), months("B"); !slices.Equal(a, []int64{12}) || !slices.Equal(b, []int64{1}) {
			t.Errorf("A %d, B %d", a, b)
		}
		if n, err := s.MarkUsage(ctx, "2026-03-01", "2026-03-31"); err != nil || n != 2 {
			t.Fatalf("%d marked, %v", n, err)
		}
		stale, err := s.StaleUsage(ctx)
		if err != nil || len(stale) != 2 || stale[0].Marked != 2 {
			t.Fatalf("%+v, %v", stale, err)
		}
		save("2026-03-01", 2, true, row("A", tally.OfArticle, 4))
		save("2026-03-02", 2, true, row("A", tally.OfArticle, 7))
		if a, b := months("A"), months("B"); !slices.Equal(a, []int64{11}) || len(b) != 0 {
			t.Errorf("counted again: A %d, B %d", a, b)
		}
		by, err := s.UsageFiltered(ctx, "2026-03-01", "2026-03-02")
		if diff := cmp.Diff(map[tally.Reason]int64{tally.ByRobot: 4}, by); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if day, err := s.UsageSince(ctx); err != nil || day != "2026-03-01" {
			t.Errorf("since %q, %v", day, err)
		}
	})
}

func TestOriginsOfADayAreReplacedAndTheMonthFollows(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "a", 0, "2026-03-01", "2026-03-02")
		origin := func(name string, n int64) tally.OriginRow {
			return tally.OriginRow{OriginPlace: tally.OriginPlace{Journal: "J", Kind: tally.ByCountry, Name: name}, OriginCounts: tally.OriginCounts{Investigations: 2 * n, Requests: n, Sessions: n}}
		}
		save := func(day string, marked int64, rows ...tally.OriginRow) {
			t.Helper()
			if saved, err := s.SaveUsage(ctx, day, marked, "1", &tally.Day{Origins: rows}); err != nil || !saved {
				t.Fatal(saved, err)
			}
		}
		months := func() map[string]int64 {
			t.Helper()
			list, err := s.UsageOrigins(ctx, "J", tally.ByCountry, "2026-01", "2026-12")
			if err != nil {
				t.Fatal(err)
			}
			n := map[string]int64{}
			for _, m := range list {
				n[m.Name] = m.Sessions
			}
			return n
		}
		save("2026-03-01", 1, origin("DE", 5), origin("", 1))
		save("2026-03-02", 1, origin("DE", 7), origin("FR", 2))
		if diff := cmp.Diff(map[string]int64{"DE": 12, "FR": 2, "": 1}, months()); diff != "" {
			t.Error(diff)
		}
		if _, err := s.MarkUsage(ctx, "2026-03-01", "2026-03-31"); err != nil {
			t.Fatal(err)
		}
		save("2026-03-02", 2, origin("DE", 3))
		save("2026-03-01", 2, origin("DE", 5), origin("", 1))
		if diff := cmp.Diff(map[string]int64{"DE": 8, "": 1}, months()); diff != "" {
			t.Error("counted again:", diff)
		}
		if n, err := s.ForgetUsage(ctx, "2026-04-01"); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		if diff := cmp.Diff(map[string]int64{"DE": 8, "": 1}, months()); diff != "" {
			t.Error("when the log is gone:", diff)
		}
		kept := 0
		if err := s.read(ctx, func(t *tx) error { return t.row(`SELECT count(*) FROM usage_origin_day`, nil, &kept) }); err != nil || kept != 0 {
			t.Errorf("%d rows of days are kept, %v", kept, err)
		}
	})
}

func TestDayWhoseLogIsGoneKeepsItsCounts(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "a", 0, "2026-03-01", "2026-03-02")
		if _, err := s.SaveUsage(ctx, "2026-03-01", 1, "1", &tally.Day{Rows: []tally.Row{row("A", tally.OfArticle, 5)}}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.ForgetUsage(ctx, "2026-04-01"); err != nil || n != 1 { // the second day was never counted
			t.Fatalf("%d forgotten, %v", n, err)
		}
		refused, err := s.TakeUsage(ctx, "b", 0, 10, []UsageBlock{{Day: "2026-03-01", Bytes: []byte("late")}, {Day: "2026-03-02", Bytes: []byte("in time")}}, []string{"2026-02-28"})
		if err != nil || refused != 1 {
			t.Errorf("%d refused, %v", refused, err)
		}
		if n, err := s.MarkUsage(ctx, "2026-03-01", "2026-03-31"); err != nil || n != 1 {
			t.Errorf("%d days can be counted again, %v", n, err)
		}
		if list, err := s.UsageOf(ctx, tally.OfArticle, "A"); err != nil || len(list) != 1 || list[0].Investigations != 5 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestMostReadArticlesOfAnIssue(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		done := apply(t, s, write(j, "a", sample("A")), write(j, "b", sample("B")), write(j, "c", sample("C")))
		caughtUp(t, s)
		takeUsage(t, s, "a", 0, "2026-03-01")
		var rows []tally.Row
		for i, w := range done {
			rows = append(rows, tally.Row{Place: tally.Place{Item: w.ArticleID, Journal: j.ID, Class: tally.OfArticle}, Counts: tally.Counts{Investigations: 9, Requests: int64(i)}, Openings: tally.Openings{Views: 1, Downloads: int64(i)}})
		}
		if _, err := s.SaveUsage(ctx, "2026-03-01", 1, "1", &tally.Day{Rows: rows}); err != nil {
			t.Fatal(err)
		}
		list, err := s.MostRead(ctx, j.ID, "", "2026-01", "2026-12", 2)
		if err != nil || len(list) != 2 || list[0] != (Read{done[2].ArticleID, tally.Openings{Views: 1, Downloads: 2}}) {
			t.Fatalf("%+v, %v", list, err)
		}
		three := []string{done[0].ArticleID, done[1].ArticleID, done[2].ArticleID}
		if u, err := s.UsageOfArticles(ctx, j.ID, three); err != nil || len(u.Months) != 1 || u.Months[0].Openings != (tally.Openings{Views: 3, Downloads: 3}) || u.Months[0].Investigations != 27 || u.Since != "2026-03-01" {
			t.Errorf("in sum: %+v, %v", u, err)
		}
		var used []string
		err = s.UsedArticles(ctx, j.ID, "", "2026-01", "2026-03", func(a *UsedArticle) error {
			used = append(used, a.Slug)
			if len(a.Months) != 1 || a.Months[0].Investigations != 9 {
				t.Errorf("%s: %+v", a.Slug, a.Months)
			}
			return nil
		})
		slices.Sort(used)
		if err != nil || !slices.Equal(used, []string{"a", "b", "c"}) {
			t.Errorf("%q, %v", used, err)
		}
		if list, err := s.MostRead(ctx, j.ID, "", "2026-04", "2026-12", 2); err != nil || len(list) != 0 {
			t.Errorf("in other months: %+v, %v", list, err)
		}
	})
}
