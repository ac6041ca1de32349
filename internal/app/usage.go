package app

import (
	"cmp"
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/tally"
	"offprint/internal/usage"
)

// usageDays is how long the log of readers is kept where nothing else is said.
const usageDays = 90

// book is the counting of this installation's readers.
func (a *App) book(robots string, days int, log *slog.Logger) (*usage.Book, error) {
	rules, err := usage.RulesOf(robots)
	if err != nil {
		return nil, err
	}
	if days <= 0 {
		days = usageDays
	}
	return usage.NewBook(usage.Config{Store: a.Store, Dir: filepath.Join(a.place.Data, "usage"), Rules: rules, Keep: time.Duration(days) * 24 * time.Hour, Log: log})
}

func newRecorder(a *App, cfg config.Config, readers *httpx.Limiter, registry prometheus.Registerer, log *slog.Logger) (*usage.Recorder, error) {
	if cfg.UsageCell != 0 && cfg.UsageCell < usage.LeastCell {
		return nil, errs.Fieldf(errs.Invalid, "usage-cell", "%d is too few to tell of: write at least %d", cfg.UsageCell, usage.LeastCell)
	}
	if !cfg.Usage {
		return nil, nil
	}
	book, err := a.book(cfg.Robots, cfg.UsageDays, log)
	if err != nil {
		return nil, err
	}
	if book.Networks, err = usage.NetworksOf(cfg.Networks); err != nil {
		return nil, err
	}
	recorder := usage.NewRecorder(book, readers.Client, usage.NewMetrics(registry))
	recorder.Ready(context.Background())
	return recorder, nil
}

// usageCell is how many sessions of an origin are told where nothing else is said.
const usageCell = 10

func leastCell(cfg config.Config) int { return max(cmp.Or(cfg.UsageCell, usageCell), usage.LeastCell) }

// CountUsage takes what was noted into the log and counts the days that have
// changed.
func (a *App) CountUsage(ctx context.Context, robots string, days int) (usage.Counted, error) {
	book, err := a.book(robots, days, nil)
	if err != nil {
		return usage.Counted{}, err
	}
	if _, err := book.Take(ctx); err != nil {
		return usage.Counted{}, err
	}
	return book.Count(ctx)
}

// RecountUsage counts a month, 2026-03, again by the rules as they are now, and
// returns how many of its days that was: those whose log is kept.
func (a *App) RecountUsage(ctx context.Context, month, robots string, days int) (int64, error) {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return 0, errs.Fieldf(errs.Invalid, "month", "%q is not a month: write 2026-03", month)
	}
	book, err := a.book(robots, days, nil)
	if err != nil {
		return 0, err
	}
	return book.Recount(ctx, first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly))
}

// UsedFrom is a country or an institution with what its readers did; without a
// name all others.
type UsedFrom struct {
	Kind tally.OriginKind
	tally.OriginTotal
}

// UsageOrigins is where a journal's readers were in the months from one to another,
// both included. Of those with fewer sessions than cell in a month no name is told.
func (a *App) UsageOrigins(ctx context.Context, path, from, to string, cell int) (list []UsedFrom, err error) {
	for _, m := range []string{from, to} {
		if _, err := time.Parse("2006-01", m); err != nil {
			return nil, errs.Fieldf(errs.Invalid, "month", "%q is not a month: write 2026-03", m)
		}
	}
	if cell < usage.LeastCell {
		return nil, errs.Fieldf(errs.Invalid, "usage-cell", "%d is too few to tell of: write at least %d", cell, usage.LeastCell)
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return nil, err
	}
	for _, kind := range []tally.OriginKind{tally.ByCountry, tally.ByInstitution} {
		rows, err := a.Store.UsageOrigins(ctx, j.ID, kind, from, to)
		if err != nil {
			return nil, err
		}
		for _, o := range tally.Cells(rows, int64(cell)) {
			list = append(list, UsedFrom{kind, o})
		}
	}
	return list, nil
}
