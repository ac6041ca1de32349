package app

import (
	"context"
	"errors"

	"offprint/internal/demo"
	"offprint/internal/errs"
	"offprint/internal/ingest"
)

// FillDemo fills an empty installation with the demonstration journal; one that
// holds a journal already is left as it is.
func (a *App) FillDemo(ctx context.Context) error {
	journals, err := a.Store.Journals(ctx)
	if err != nil || len(journals) > 0 {
		return err
	}
	j := demo.Journal()
	if err := a.AddJournal(ctx, &j); err != nil {
		return err
	}
	files, err := demo.Files()
	if err != nil {
		return err
	}
	var failed error
	run := a.Importer()
	run.Journal, run.Format, run.Actor = j.Path, "jats", "demonstration"
	err = run.ImportFS(ctx, files, "demonstration", func(r ingest.Result) {
		if r.Error != "" {
			failed = errors.Join(failed, errs.Newf(errs.Invalid, "%s: %s", r.Source, r.Error))
		}
	})
	return errors.Join(err, failed, a.Store.CatchUp(ctx))
}
