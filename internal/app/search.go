package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

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

// Found is what a search found.
type Found struct {
	Hits  []Hit
	Total int
	// Loosened: no article has all of the words; these have most of them.
	Loosened bool
}

// commandPatience is how long a search of the command line may look. A server's
// takes less, since others wait; here only who asked does.
const commandPatience = 10 * time.Second

// Search finds articles as the search page does, best first.
func (a *App) Search(ctx context.Context, path, text string, limit int) (out *Found, err error) {
	r := search.Request{Query: query.Parse(text), Limit: limit, Loosen: true}
	if path != "" {
		j, err := a.Store.Journal(ctx, path)
		if err != nil {
			return nil, err
		}
		r.Journals = []string{j.ID}
	}
	f := a.finder(slog.New(slog.DiscardHandler))
	f.Options.Deadline = commandPatience
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.CatchUp(ctx); err != nil {
		return nil, err
	}
	found, err := f.Search(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := f.Explain(ctx, found, r.Query); err != nil {
		return nil, err
	}
	out = &Found{Hits: make([]Hit, len(found.Articles)), Total: found.Total, Loosened: found.Loosened.Of > 0}
	for i := range found.Articles {
		out.Hits[i] = newHit(&found.Articles[i])
	}
	return out, nil
}

func newHit(a *finding.Article) Hit {
	return Hit{Path: "/" + a.Journal.Path + "/articles/" + a.Slug, Title: a.Record.Heading().Plain, Score: a.Score, Snippet: a.Snippet()}
}
