package app

import (
	"context"
	"errors"
	"log/slog"

	"offprint/internal/blob"
	"offprint/internal/citing"
	"offprint/internal/errs"
	"offprint/internal/store"
)

// Finding is something that is wrong: where, what, and what to do.
type Finding = store.Finding

// Checked says what a check went through.
type Checked struct {
	Journals, Articles, Files int
	Spare                     int // files that no row speaks of
	Dead                      int // addresses of references that did not answer when they were asked
}

// Check verifies every row, what is derived from the rows, and every file
// against its SHA-256. What is wrong is reported as it is found; the error is about the check itself.
func (a *App) Check(ctx context.Context, report func(Finding)) (Checked, error) {
	var sum Checked
	journals, err := a.Store.Journals(ctx)
	if err != nil {
		return sum, err
	}
	sum.Journals = len(journals)
	if sum.Articles, err = a.Store.ArticleCount(ctx); err != nil {
		return sum, err
	}
	if sum.Dead, err = a.Store.DeadLinks(ctx); err != nil {
		return sum, err
	}
	if err := a.Store.Check(ctx, report); err != nil {
		return sum, err
	}
	if err := a.Store.CheckDerived(ctx, report); err != nil {
		return sum, err
	}
	if err := citing.New(a.Store).Check(ctx, report); err != nil {
		return sum, err
	}
	if err := a.finder(slog.New(slog.DiscardHandler)).Check(ctx, report); err != nil {
		return sum, err
	}
	wanted := map[string]bool{}
	err = a.Store.FileHashes(ctx, func(sha string, size int64) error {
		if wanted[sha] {
			return nil
		}
		wanted[sha] = true
		sum.Files++
		switch err := blob.Verify(ctx, a.Blobs, sha); {
		case errors.Is(err, errs.NotFound):
			report(Finding{Where: "file " + sha, What: "is missing", Do: "restore it from a backup: it belongs to an article or is the source of one"})
		case errors.Is(err, errs.Invalid):
			report(Finding{Where: "file " + sha, What: "is damaged: its bytes do not have this SHA-256", Do: "restore it from a backup"})
		case err != nil:
			return err
		}
		return nil
	})
	if err != nil {
		return sum, err
	}
	err = a.Blobs.Walk(ctx, func(sha string, _ int64) error {
		if !wanted[sha] {
			sum.Spare++
		}
		return nil
	})
	return sum, err
}
