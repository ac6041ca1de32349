package store

import (
	"context"
	"slices"
	"testing"

	"offprint/internal/journal"
)

func TestArticlesOutsideIssuesAreFoundByYear(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		var writes []Write
		for _, date := range []string{"2020-12-31", "2021-01-01", "2021-06", "", "2021"} {
			w := work("At " + date)
			w.Published = journal.Date(date)
			writes = append(writes, write(j, "a"+date, w))
		}
		apply(t, s, append(writes, write(j, "in", sample("In an issue")))...)
		years, err := s.OutsideYears(ctx, j.ID)
		if want := []YearCount{{2021, 3}, {2020, 1}, {0, 1}}; err != nil || !slices.Equal(years, want) {
			t.Errorf("%v, %v, want %v", years, err, want)
		}
		lines, err := s.OutsideArticles(ctx, j.ID, 2021, 2, 0)
		if want := []string{"At 2021-06", "At 2021-01-01"}; err != nil || !slices.Equal(titles(lines), want) {
			t.Errorf("%q, %v, want %q", titles(lines), err, want)
		}
		if lines, err = s.OutsideArticles(ctx, j.ID, 0, 10, 0); err != nil || len(lines) != 1 {
			t.Errorf("without a year: %q, %v", titles(lines), err)
		}
	})
}
