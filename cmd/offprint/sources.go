package main

import (
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type sourcesCmd struct {
	List  sourcesListCmd  `cmd:"" help:"List what the articles of a journal cite."`
	Merge sourcesMergeCmd `cmd:"" help:"Say that two sources are one work."`
	Split sourcesSplitCmd `cmd:"" help:"Say that an article cites another work than this source."`
}

type sourcesListCmd struct {
	Path string `arg:"" help:"The journal."`
}

func (c *sourcesListCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Sources(e.ctx, c.Path, func(id string, articles int, printed string) error {
		if e.json {
			return json.NewEncoder(e.stdout).Encode(map[string]any{"source": id, "articles": articles, "printed": printed})
		}
		_, err := fmt.Fprintf(e.stdout, "%s\t%d\t%s\n", id, articles, printed)
		return err
	})
}

type sourcesMergeCmd struct {
	Source string `arg:"" help:"The source whose address stays: what follows /sources/ in it."`
	Other  string `arg:"" help:"The source whose address leads there from now on."`
}

func (c *sourcesMergeCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.JoinSources(e.ctx, c.Source, c.Other); err != nil {
		return err
	}
	return e.source(c.Source)
}

type sourcesSplitCmd struct {
	Source  string `arg:"" help:"The source: what follows /sources/ in its address."`
	Path    string `arg:"" help:"The journal of the article."`
	Article string `arg:"" help:"The article that cites another work: what follows /articles/ in its address."`
}

func (c *sourcesSplitCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	own, err := a.SplitSource(e.ctx, c.Path, c.Source, c.Article)
	if err != nil {
		return err
	}
	return e.source(own)
}

// source prints the id of a source.
func (e *env) source(id string) error {
	if e.json {
		return json.NewEncoder(e.stdout).Encode(map[string]string{"source": id})
	}
	_, err := fmt.Fprintln(e.stdout, id)
	return err
}
