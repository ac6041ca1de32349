package app

import (
	"context"
	"errors"

	"offprint/internal/citing"
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
	if err := errors.Join(err, failed, a.Store.CatchUp(ctx), citing.New(a.Store).CatchUp(ctx)); err != nil {
		return err
	}
	return a.fillDemoPages(ctx, j.Path)
}

// fillDemoPages adds what the demonstration journal says about itself.
func (a *App) fillDemoPages(ctx context.Context, path string) error {
	pages, err := demo.Pages()
	if err != nil {
		return err
	}
	for i := range pages {
		pages[i].Actor = "demonstration"
		if _, err := a.SavePage(ctx, path, &pages[i]); err != nil {
			return err
		}
	}
	news, err := demo.Announcements()
	if err != nil {
		return err
	}
	for i := range news {
		news[i].Actor = "demonstration"
		if _, err := a.SaveAnnouncement(ctx, path, &news[i]); err != nil {
			return err
		}
	}
	cover, alt, err := demo.Cover()
	if err != nil {
		return err
	}
	return a.SetLook(ctx, path, LookChange{Cover: &PictureFile{Name: "cover.svg", Bytes: cover, Alt: alt}})
}
