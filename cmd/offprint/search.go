package main

import (
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type searchCmd struct {
	Journal string `help:"Only this journal." placeholder:"PATH"`
	Limit   int    `help:"At most so many hits." default:"20"`
	Query   string `arg:"" help:"What is typed into the search box; see docs/search.md."`
}

func (c *searchCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	found, err := a.Search(e.ctx, c.Journal, c.Query, c.Limit)
	if err != nil {
		return err
	}
	if e.json {
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		for _, h := range found.Hits {
			if err := enc.Encode(h); err != nil {
				return err
			}
		}
		return nil
	}
	for _, h := range found.Hits {
		fmt.Fprintf(e.stdout, "%s  %s\n", h.Path, h.Title)
		if h.Snippet != "" {
			fmt.Fprintf(e.stdout, "    %s\n", h.Snippet)
		}
	}
	if found.Loosened {
		fmt.Fprintln(e.stderr, "nothing has all of these words; these have most of them")
	}
	fmt.Fprintf(e.stderr, "%d of %d\n", len(found.Hits), found.Total)
	return nil
}
