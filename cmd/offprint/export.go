package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"offprint/internal/app"
	"offprint/internal/errs"
)

type exportCmd struct {
	Format  string `help:"Form to write: ${export_formats}." required:"" placeholder:"FORMAT"`
	Journal string `help:"Only this journal." placeholder:"PATH"`
	Issue   string `help:"Only this issue of the journal, by the last part of its address." placeholder:"ISSUE"`
	Article string `help:"Only the article with this ID or address (/rjr/articles/…)." placeholder:"ID"`
	Since   string `help:"Only what has changed since a date, 2026-01-31, or a time, 2026-01-31T12:00:00Z." placeholder:"DATE"`
	BaseURL string `help:"The site's public address, for the addresses in what is written." name:"base-url" env:"OFFPRINT_BASE_URL" placeholder:"URL"`
	Out     string `arg:"" help:"File to write; - is standard output."`
}

func (c *exportCmd) Run(e *env) (err error) {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	left := 0
	ex := app.Export{Format: c.Format, Journal: c.Journal, Issue: c.Issue, Article: c.Article, Since: c.Since, BaseURL: c.BaseURL}
	ex.LeftOut = func(m app.Missing) {
		left++
		for _, what := range m.Must {
			fmt.Fprintf(e.stderr, "%s is left out: %s\n", m.Path, what)
		}
	}
	if c.Out == "-" {
		w := bufio.NewWriter(e.stdout)
		if err = a.Export(e.ctx, ex, w); err == nil {
			err = w.Flush()
		}
	} else {
		err = writeWhole(c.Out, func(w io.Writer) error { return a.Export(e.ctx, ex, w) })
	}
	if err == nil && left > 0 {
		return errReported
	}
	return err
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(name string, f func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".offprint-*")
	if err != nil {
		return errs.Newf(errs.Unavailable, "%s cannot be written: check that its folder exists and may be written", name)
	}
	defer os.Remove(tmp.Name())
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := f(w); err != nil {
		tmp.Close()
		return err
	}
	err = w.Flush()
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		return errs.Newf(errs.Unavailable, "%s could not be written whole: check the free space", name)
	}
	return nil
}
