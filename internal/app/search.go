package app

import (
	"context"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// Hit is one article found.
type Hit struct {
	Path    string  `json:"path"`
	Title   string  `json:"title"`
	Score   float64 `json:"score"`
	Snippet string  `json:"snippet"`
}

// Search finds articles whose titles and authors' names hold every word of the
// query. The score falls with the place in the list, newest first.
func (a *App) Search(ctx context.Context, path, query string, limit int) ([]Hit, int, error) {
	id := ""
	if path != "" {
		j, err := a.Store.Journal(ctx, path)
		if err != nil {
			return nil, 0, err
		}
		id = j.ID
	}
	lines, total, err := a.Store.Find(ctx, id, script.Words(query), limit, 0)
	if err != nil {
		return nil, 0, err
	}
	hits := make([]Hit, len(lines))
	for i, l := range lines {
		hits[i] = Hit{Path: "/" + l.JournalPath + "/articles/" + l.Slug, Title: journal.In(l.Titles, "").Plain, Score: 1 / float64(i+1)}
	}
	return hits, total, nil
}
