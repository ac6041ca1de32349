package app

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/bibtex"
	"offprint/internal/format/csl"
	"offprint/internal/format/jats"
	"offprint/internal/format/ris"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// ExportFormats are the forms that Export writes. "record" is the whole record
// as it is kept, one JSON object a line, with where it came from and what was
// not understood; "jats" is an XML document of one article, or a zip archive of
// those of several.
var ExportFormats = []string{"csl-json", "bibtex", "ris", "jats", "record"}

// Export says what to write.
type Export struct {
	Format  string
	Journal string // path; empty: all
	Article string // id or address; empty: all
	BaseURL string
}

// Export writes articles one after the other; memory does not grow with their
// number.
func (a *App) Export(ctx context.Context, x Export, w io.Writer) error {
	if !slices.Contains(ExportFormats, x.Format) {
		return errs.Fieldf(errs.Invalid, "format", "there is no %q: choose one of %s", x.Format, strings.Join(ExportFormats, ", "))
	}
	n := 0
	write := func(p *journal.Publication) error { return a.exportOne(ctx, x, p, n, w) }
	finish := func() error { return nil }
	if x.Format == "jats" && x.Article == "" {
		z := zip.NewWriter(w)
		write, finish = func(p *journal.Publication) error { return a.exportEntry(ctx, x, p, z) }, z.Close
	}
	one := func(p *journal.Publication) error {
		if p.Withdrawn {
			return nil
		}
		n++
		return write(p)
	}
	if x.Article != "" {
		p, err := a.findArticle(ctx, x.Article)
		if err != nil {
			return err
		}
		if err := one(p); err != nil {
			return err
		}
	} else if err := a.each(ctx, x.Journal, one); err != nil {
		return err
	}
	if x.Format != "csl-json" {
		return finish()
	}
	end := "\n]\n"
	if n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// each calls f for every article of a journal, or of all, in a stable order.
func (a *App) each(ctx context.Context, path string, f func(*journal.Publication) error) error {
	id := ""
	if path != "" {
		j, err := a.Store.Journal(ctx, path)
		if err != nil {
			return err
		}
		id = j.ID
	}
	for after := ""; ; {
		page, err := a.Store.ArticlesAfter(ctx, id, after, 200)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			if err := f(&page[i]); err != nil {
				return err
			}
			after = page[i].ID
		}
	}
}

// exportEntry writes an article as a file of an archive.
func (a *App) exportEntry(ctx context.Context, x Export, p *journal.Publication, z *zip.Writer) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: p.Journal.Path + "/" + p.Slug + ".xml", Method: zip.Deflate})
	if err != nil {
		return err
	}
	return a.exportOne(ctx, x, p, 1, w)
}

func (a *App) exportOne(ctx context.Context, x Export, p *journal.Publication, n int, w io.Writer) error {
	address := strings.TrimSuffix(x.BaseURL, "/") + "/" + p.Journal.Path + "/articles/" + p.Slug
	if x.BaseURL == "" {
		address = ""
	}
	var out []byte
	switch x.Format {
	case "csl-json":
		b, err := csl.Encode(p, address)
		if err != nil {
			return err
		}
		// Each article is an array of one; together they are one array.
		item := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(b)), "["), "]")
		sep := ",\n"
		if n == 1 {
			sep = "[\n"
		}
		out = []byte(sep + strings.TrimSpace(item))
	case "bibtex":
		out = append(bibtex.Encode(p, address), '\n')
	case "ris":
		out = ris.Encode(p, address)
	case "jats":
		texts, err := a.Store.Documents(ctx, p.Record.Documents)
		if err != nil {
			return err
		}
		return jats.Encode(w, p, texts, address)
	case "record":
		losses, from, err := a.Store.Losses(ctx, p.ID, p.Version)
		if err != nil {
			return err
		}
		out, err = json.Marshal(record{ID: p.ID, Path: "/" + p.Journal.Path + "/articles/" + p.Slug, Version: p.Version, Created: p.Created,
			Reason: p.Reason, Journal: p.Journal, Article: p.Record, Counts: p.Counts, Provenance: from, Losses: losses})
		if err != nil {
			return err
		}
		out = append(out, '\n')
	}
	_, err := w.Write(out)
	return err
}

// record is one line of the form "record".
type record struct {
	ID         string           `json:"id"`
	Path       string           `json:"path"`
	Version    int              `json:"version"`
	Created    string           `json:"created"`
	Reason     string           `json:"reason,omitempty"`
	Journal    journal.Journal  `json:"journal"`
	Article    journal.Article  `json:"article"`
	Counts     []journal.Count  `json:"counts,omitempty"`
	Provenance store.Provenance `json:"provenance"`
	Losses     []journal.Loss   `json:"losses"`
}

// findArticle finds an article by its address or its id.
func (a *App) findArticle(ctx context.Context, name string) (*journal.Publication, error) {
	path, slug, ok := strings.Cut(strings.Trim(name, "/"), "/articles/")
	if !ok {
		return a.Store.ArticleByID(ctx, strings.Trim(name, "/"))
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a.Store.PublishedArticle(ctx, j.ID, slug)
}
