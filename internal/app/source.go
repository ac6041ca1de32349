package app

import (
	"context"

	"offprint/internal/citing"
)

// FollowReferences keeps what articles cite in step with what is published until
// ctx ends.
func (s *Server) FollowReferences(ctx context.Context) error { return citing.New(s.Store).Run(ctx) }

// Sources calls f for everything that the articles of a journal cite, in the order
// of its language.
func (a *App) Sources(ctx context.Context, path string, f func(id string, articles int, printed string) error) error {
	if err := citing.New(a.Store).CatchUp(ctx); err != nil {
		return err
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return err
	}
	const page = 500
	for offset := 0; ; offset += page {
		list, err := a.Store.Sources(ctx, j.ID, "", page, offset)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			if err := f(list[i].ID, list[i].Articles, list[i].Record.Printed.Plain); err != nil {
				return err
			}
		}
	}
}

// JoinSources says that two sources, named by the ends of their addresses, are one;
// the address of the first stays.
func (a *App) JoinSources(ctx context.Context, id, other string) error {
	if err := citing.New(a.Store).CatchUp(ctx); err != nil {
		return err
	}
	return a.Store.JoinSources(ctx, id, other, commandLine)
}

// SplitSource says that what an article of a journal cites as that source is another
// work, and returns the end of the other's address.
func (a *App) SplitSource(ctx context.Context, path, id, article string) (string, error) {
	if err := citing.New(a.Store).CatchUp(ctx); err != nil {
		return "", err
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return "", err
	}
	return a.Store.SplitSource(ctx, id, j.ID, article, commandLine)
}
