package app

import (
	"context"
	"errors"
	"log/slog"

	"offprint/internal/citing"
)

// commandLine is who does what is done by a command.
const commandLine = "command line"

// JoinAuthors says that two authors of a journal, named by the ends of their
// addresses, are one person; the address of the first stays.
func (a *App) JoinAuthors(ctx context.Context, path, slug, other string) error {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return err
	}
	return a.Store.JoinAuthors(ctx, j.ID, slug, other, commandLine)
}

// SplitAuthor says that an article is not by that author but by another person,
// and returns the end of the other's address.
func (a *App) SplitAuthor(ctx context.Context, path, slug, article string) (string, error) {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return "", err
	}
	return a.Store.SplitAuthor(ctx, j.ID, slug, article, commandLine)
}

// reindexMemory is how much of the database Reindex may hold in memory, in bytes.
const reindexMemory = 256 << 20

// Reindex makes again what is derived from the records: the columns of lists,
// people, keywords, sections and related articles, what articles cite, and the index
// of words. It
// returns how many articles were listed otherwise than their records say.
func (a *App) Reindex(ctx context.Context) (changed int, err error) {
	err = a.Store.Roomy(ctx, reindexMemory, func() (err error) {
		if changed, err = a.Store.Rebuild(ctx); err != nil {
			return err
		}
		if err := a.Store.RebuildBrowse(ctx); err != nil {
			return err
		}
		return citing.New(a.Store).Rebuild(ctx)
	})
	if err != nil {
		return changed, err
	}
	f := a.finder(slog.New(slog.DiscardHandler))
	return changed, errors.Join(f.Rebuild(ctx), f.Close())
}
