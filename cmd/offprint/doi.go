package main

import (
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type doiCmd struct {
	Reserve doiReserveCmd `cmd:"" help:"Make DOIs for what is going to be published."`
	Assign  doiAssignCmd  `cmd:"" help:"Give DOIs to published articles that have none."`
	List    doiListCmd    `cmd:"" help:"The DOIs of a journal's articles, and those that are reserved."`
}

type doiReserveCmd struct {
	Journal string `help:"The journal." required:"" placeholder:"PATH"`
	Number  int    `arg:"" help:"How many." optional:"" default:"1"`
}

func (c *doiReserveCmd) Run(e *env) error {
	return withApp(e, func(a *app.App) error {
		given, err := a.ReserveDOIs(e.ctx, c.Journal, c.Number)
		for _, doi := range given {
			printDOI(e, app.DOI{DOI: doi})
		}
		return err
	})
}

type doiAssignCmd struct {
	Journal string `help:"The journal." required:"" placeholder:"PATH"`
	Article string `help:"Only the article with this ID or address." placeholder:"ID"`
}

func (c *doiAssignCmd) Run(e *env) error {
	return withApp(e, func(a *app.App) error {
		return a.AssignDOIs(e.ctx, c.Journal, c.Article, func(d app.DOI) { printDOI(e, d) })
	})
}

type doiListCmd struct {
	Journal string `help:"The journal." required:"" placeholder:"PATH"`
}

func (c *doiListCmd) Run(e *env) error {
	return withApp(e, func(a *app.App) error {
		return a.DOIs(e.ctx, c.Journal, func(d app.DOI) { printDOI(e, d) })
	})
}

func printDOI(e *env, d app.DOI) {
	switch {
	case e.json:
		_ = json.NewEncoder(e.stdout).Encode(d)
	case d.Article == "":
		fmt.Fprintf(e.stdout, "%s  reserved\n", d.DOI)
	default:
		fmt.Fprintf(e.stdout, "%s  %s\n", d.DOI, d.Article)
	}
}

// withApp opens the installation for a command.
func withApp(e *env, f func(a *app.App) error) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	return f(a)
}
