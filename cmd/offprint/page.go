package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"offprint/internal/app"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

type pageCmd struct {
	List   pageListCmd   `cmd:"" help:"List the pages that a journal has written about itself."`
	Show   pageShowCmd   `cmd:"" help:"Print a page as it was written."`
	Set    pageSetCmd    `cmd:"" help:"Save a page, in Markdown."`
	Remove pageRemoveCmd `cmd:"" help:"Take a page away; what was saved stays in the database."`
	Check  pageCheckCmd  `cmd:"" help:"Say which of the pages are missing that DOAJ asks for."`
}

type pageListCmd struct {
	Path string `arg:"" help:"The journal."`
}

func (c *pageListCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		list, err := a.Store.Webpages(e.ctx, j.ID)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(e.stdout, 0, 8, 2, ' ', 0)
		for i := range list {
			p := &list[i]
			if e.json {
				if err := e.object(struct {
					Page     string `json:"page"`
					Lang     string `json:"lang"`
					Title    string `json:"title,omitempty"`
					Revision int    `json:"revision"`
					Saved    string `json:"saved"`
					Actor    string `json:"actor"`
				}{p.Name, p.Lang, p.Title, p.Revision, p.Saved, p.Actor}); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", p.Name, p.Lang, dash(p.Title), p.Revision, p.Saved)
		}
		if len(list) == 0 && !e.json {
			fmt.Fprintf(e.stderr, "no pages yet: save one with offprint page set %s aims FILE\n", c.Path)
		}
		return w.Flush()
	})
}

type pageShowCmd struct {
	Path     string `arg:"" help:"The journal."`
	Page     string `arg:"" help:"Name of the page, as in its address."`
	Lang     string `help:"Language. Default: the journal's own." placeholder:"L"`
	Revision int    `help:"An earlier save, by its number." placeholder:"N"`
}

func (c *pageShowCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		lang := c.Lang
		if lang == "" {
			lang = j.Language()
		}
		all, err := a.Store.WebpageRevisions(e.ctx, j.ID, c.Page, lang)
		if err != nil {
			return err
		}
		n := c.Revision
		if n == 0 {
			n = len(all)
		}
		if n < 1 || n > len(all) || c.Revision == 0 && all[n-1].Removed {
			return errs.Newf(errs.NotFound, "there is no such page in %s: offprint page list %s says what there is", lang, c.Path)
		}
		if e.json {
			return e.object(&all[n-1])
		}
		_, err = io.WriteString(e.stdout, all[n-1].Source)
		return err
	})
}

type pageSetCmd struct {
	Path  string `arg:"" help:"The journal."`
	Page  string `arg:"" help:"Name of the page, as in its address: ${pages}, or one of your own."`
	File  string `arg:"" optional:"" default:"-" help:"Markdown; - is standard input."`
	Lang  string `help:"Language. Default: the journal's own." placeholder:"L"`
	Title string `help:"Title. Default: the heading that the text begins with (# Title), or the word for pages of this name." placeholder:"T"`
}

func (c *pageSetCmd) Run(e *env) error {
	source, err := readText(c.File)
	if err != nil {
		return err
	}
	return e.withJournal(c.Path, func(a *app.App, _ *journal.Journal) error {
		p := &journal.Webpage{Name: c.Page, Lang: c.Lang, Title: c.Title, Source: source, Actor: "command line"}
		changed, err := a.SavePage(e.ctx, c.Path, p)
		if err != nil {
			return err
		}
		return e.saved(changed, p, "/about/"+p.Name, p.Lang, p.Revision)
	})
}

// saved says what a save has done.
func (e *env) saved(changed bool, what any, path, lang string, revision int) error {
	if e.json {
		return e.object(what)
	}
	word := "unchanged"
	if changed {
		word = "saved"
	}
	fmt.Fprintf(e.stdout, "%s %s (%s), revision %d\n", word, path, lang, revision)
	return nil
}

type pageRemoveCmd struct {
	Path string `arg:"" help:"The journal."`
	Page string `arg:"" help:"Name of the page."`
	Lang string `help:"Only in this language." placeholder:"L"`
}

func (c *pageRemoveCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		return a.Store.RemoveWebpage(e.ctx, j.ID, c.Page, c.Lang, "command line")
	})
}

type pageCheckCmd struct {
	Path string `arg:"" help:"The journal."`
}

func (c *pageCheckCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, _ *journal.Journal) error {
		states, err := a.CheckPages(e.ctx, c.Path)
		if err != nil {
			return err
		}
		missing := 0
		for _, s := range states {
			if len(s.Missing) > 0 {
				missing++
			}
			switch {
			case e.json:
				if err := e.object(s); err != nil {
					return err
				}
			case len(s.Missing) == 0:
				fmt.Fprintf(e.stdout, "there     %s (%s)\n", s.Page, strings.Join(s.Langs, ", "))
			default:
				fmt.Fprintf(e.stdout, "missing   %s (%s)\n", s.Page, strings.Join(s.Missing, ", "))
			}
		}
		if missing > 0 {
			fmt.Fprintf(e.stderr, "%d of %d pages are missing that DOAJ asks for: save them with offprint page set %s PAGE FILE\n", missing, len(states), c.Path)
			return errReported
		}
		return nil
	})
}

// withJournal opens the installation and finds a journal.
func (e *env) withJournal(path string, f func(*app.App, *journal.Journal) error) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	j, err := a.Store.Journal(e.ctx, path)
	if err != nil {
		return err
	}
	return f(a, j)
}

func (e *env) object(v any) error {
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// readText reads a text that a page can hold.
func readText(file string) (string, error) {
	b, err := readFile(file, app.PageMost+1)
	if len(b) > app.PageMost {
		return "", errs.Newf(errs.TooLarge, "%s has more than %d kB: divide it into several pages", file, app.PageMost>>10)
	}
	return string(b), err
}

// readFile reads a file, or standard input, up to so many bytes.
func readFile(file string, most int64) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, most))
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, errs.Newf(errs.NotFound, "%s cannot be read: check the path", file)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, errs.Newf(errs.NotFound, "%s cannot be read: is it a file?", file)
	}
	return b, nil
}
