package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"offprint/internal/app"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

type newsCmd struct {
	List   newsListCmd   `cmd:"" help:"List the announcements of a journal, newest first."`
	Show   newsShowCmd   `cmd:"" help:"Print an announcement as it was written."`
	Set    newsSetCmd    `cmd:"" help:"Save an announcement, in Markdown."`
	Remove newsRemoveCmd `cmd:"" help:"Take an announcement away; what was saved stays in the database."`
}

type newsListCmd struct {
	Path string `arg:"" help:"The journal."`
}

func (c *newsListCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		list, err := a.Store.Announcements(e.ctx, j.ID)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(e.stdout, 0, 8, 2, ' ', 0)
		for i := range list {
			n := &list[i]
			if e.json {
				if err := e.object(struct {
					Slug     string       `json:"slug"`
					Lang     string       `json:"lang"`
					Date     journal.Date `json:"date"`
					Title    string       `json:"title"`
					Revision int          `json:"revision"`
				}{n.Slug, n.Lang, n.Date, n.Title, n.Revision}); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", n.Date, n.Slug, n.Lang, n.Title)
		}
		return w.Flush()
	})
}

type newsShowCmd struct {
	Path string `arg:"" help:"The journal."`
	Slug string `arg:"" help:"Last part of its address."`
	Lang string `help:"Language. Default: the journal's own." placeholder:"L"`
}

func (c *newsShowCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		all, err := a.Store.Announcement(e.ctx, j.ID, c.Slug)
		if err != nil {
			return err
		}
		lang := c.Lang
		if lang == "" {
			lang = j.Language()
		}
		i := slices.IndexFunc(all, func(n journal.Announcement) bool { return n.Lang == lang })
		if i < 0 {
			return errs.Newf(errs.NotFound, "there is no announcement %q in %s: offprint news list %s says what there is", c.Slug, lang, c.Path)
		}
		if e.json {
			return e.object(&all[i])
		}
		_, err = io.WriteString(e.stdout, all[i].Source)
		return err
	})
}

type newsSetCmd struct {
	Path  string `arg:"" help:"The journal."`
	File  string `arg:"" optional:"" default:"-" help:"Markdown; - is standard input."`
	Slug  string `help:"Last part of its address. Default: made of the title. The same one in another language is a translation." placeholder:"SLUG"`
	Lang  string `help:"Language. Default: the journal's own." placeholder:"L"`
	Title string `help:"Title. Default: the heading that the text begins with (# Title)." placeholder:"T"`
	Date  string `help:"Day of the announcement. Default: the one that it has, or today." placeholder:"YYYY-MM-DD"`
}

func (c *newsSetCmd) Run(e *env) error {
	source, err := readText(c.File)
	if err != nil {
		return err
	}
	return e.withJournal(c.Path, func(a *app.App, _ *journal.Journal) error {
		n := &journal.Announcement{Slug: c.Slug, Lang: c.Lang, Title: c.Title, Date: journal.Date(c.Date), Source: source, Actor: "command line"}
		changed, err := a.SaveAnnouncement(e.ctx, c.Path, n)
		if err != nil {
			return err
		}
		return e.saved(changed, n, "/news/"+n.Slug, n.Lang, n.Revision)
	})
}

type newsRemoveCmd struct {
	Path string `arg:"" help:"The journal."`
	Slug string `arg:"" help:"Last part of its address."`
	Lang string `help:"Only in this language." placeholder:"L"`
}

func (c *newsRemoveCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		return a.Store.RemoveAnnouncement(e.ctx, j.ID, c.Slug, c.Lang, "command line")
	})
}
