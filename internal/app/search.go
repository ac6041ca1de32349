package app

import (
	"context"
	"errors"
	"log/slog"

	"offprint/internal/finding"
	"offprint/internal/query"
	"offprint/internal/search"
)

// Hit is one article found.
type Hit struct {
	Path    string  `json:"path"`
	Title   string  `json:"title"`
	Score   float64 `json:"score"`
	Snippet string  `json:"snippet"`
}

// Search finds articles as the search page does, best first.
func (a *App) Search(ctx context.Context, path, text string, limit int) (hits []Hit, total int, err error) {
	r := search.Request{Query: query.Parse(text), Limit: limit}
	if path != "" {
		j, err := a.Store.Journal(ctx, path)
		if err != nil {
			return nil, 0, err
		}
		r.Journals = []string{j.ID}
	}
	f := a.finder(slog.New(slog.DiscardHandler))
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.CatchUp(ctx); err != nil {
		return nil, 0, err
	}
	found, err := f.Search(ctx, r)
	if err != nil {
		return nil, 0, err
	}
	if err := f.Explain(ctx, found, r.Query); err != nil {
		return nil, 0, err
	}
	hits = make([]Hit, len(found.Articles))
	for i := range found.Articles {
		hits[i] = newHit(&found.Articles[i])
	}
	return hits, found.Total, nil
}

func newHit(a *finding.Article) Hit {
	return Hit{Path: "/" + a.Journal.Path + "/articles/" + a.Slug, Title: a.Record.Heading().Plain, Score: a.Score, Snippet: a.Snippet()}
}
