package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/httpx"
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
	if !cfg.Usage {
		return nil, nil
	}
	book, err := a.book(cfg.Robots, cfg.UsageDays, log)
	if err != nil {
		return nil, err
	}
	recorder := usage.NewRecorder(book, readers.Client, usage.NewMetrics(registry))
	recorder.Ready(context.Background())
	return recorder, nil
}

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
