package main

import (
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type authorCmd struct {
	Join  authorJoinCmd  `cmd:"" help:"Say that two authors of a journal are one person."`
	Split authorSplitCmd `cmd:"" help:"Say that an article is by another person of the same name."`
}

type authorJoinCmd struct {
	Path   string `arg:"" help:"The journal."`
	Person string `arg:"" help:"The author whose address stays: what follows /authors/ in it."`
	Other  string `arg:"" help:"The author whose address leads there from now on."`
}

func (c *authorJoinCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.JoinAuthors(e.ctx, c.Path, c.Person, c.Other); err != nil {
		return err
	}
	return e.person(c.Path, c.Person)
}

type authorSplitCmd struct {
	Path    string `arg:"" help:"The journal."`
	Person  string `arg:"" help:"The author: what follows /authors/ in the address."`
	Article string `arg:"" help:"The article that is another person's: what follows /articles/ in its address."`
}

func (c *authorSplitCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	own, err := a.SplitAuthor(e.ctx, c.Path, c.Person, c.Article)
	if err != nil {
		return err
	}
	return e.person(c.Path, own)
}

// person prints the address of a person.
func (e *env) person(path, slug string) error {
	address := "/" + path + "/authors/" + slug
	if e.json {
		return json.NewEncoder(e.stdout).Encode(map[string]string{"path": address})
	}
	_, err := fmt.Fprintln(e.stdout, address)
	return err
}
