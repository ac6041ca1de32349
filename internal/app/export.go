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
	out := &exporter{App: a, Export: x, w: w}
	finish := func() error { return nil }
	if x.Format == "jats" && x.Article == "" {
		out.zip = zip.NewWriter(w)
		finish = out.zip.Close
	}
	if x.Article != "" {
		p, err := a.findArticle(ctx, x.Article)
		if err != nil {
			return err
		}
		if err := out.page(ctx, []journal.Publication{*p}); err != nil {
			return err
		}
	} else if err := a.eachPage(ctx, x.Journal, func(list []journal.Publication) error { return out.page(ctx, list) }); err != nil {
		return err
	}
	if x.Format != "csl-json" {
		return finish()
	}
	end := "\n]\n"
	if out.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// eachPage calls f with the articles of a journal, or of all, in a stable order,
// some hundred at a time.
func (a *App) eachPage(ctx context.Context, path string, f func([]journal.Publication) error) error {
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
		after = page[len(page)-1].ID
		if err := f(page); err != nil {
			return err
		}
	}
}

// exporter writes articles in one form.
type exporter struct {
	*App
	Export
	w   io.Writer
	zip *zip.Writer // of JATS documents, or nil
	n   int         // articles that were written
}

// textsAtOnce is how many articles' full texts are in memory at a time: a text
// may have some MB, so that those of a whole page would be too many.
const textsAtOnce = 20

// page writes some articles, and asks for what belongs to them at once.
func (x *exporter) page(ctx context.Context, list []journal.Publication) (err error) {
	list = slices.DeleteFunc(list, func(p journal.Publication) bool { return p.Withdrawn })
	if x.Format == "jats" {
		for part := range slices.Chunk(list, textsAtOnce) {
			if err := x.texts(ctx, part); err != nil {
				return err
			}
		}
		return nil
	}
	var origins []store.Origin
	if x.Format == "record" {
		if origins, err = x.Store.Origins(ctx, list); err != nil {
			return err
		}
	}
	for i := range list {
		x.n++
		var out []byte
		if x.Format == "record" {
			out, err = recordLine(&list[i], &origins[i])
		} else {
			out, err = x.citation(&list[i])
		}
		if err != nil {
			return err
		}
		if _, err := x.w.Write(out); err != nil {
			return err
		}
	}
	return nil
}

// texts writes articles as JATS, each as a file of the archive where there is
// one.
func (x *exporter) texts(ctx context.Context, list []journal.Publication) error {
	var refs []journal.DocumentRef
	for i := range list {
		refs = append(refs, list[i].Record.Documents...)
	}
	texts, err := x.Store.Documents(ctx, refs)
	if err != nil {
		return err
	}
	for i := range list {
		p, w := &list[i], x.w
		own := texts[:len(p.Record.Documents)]
		texts = texts[len(own):]
		if x.zip != nil {
			if w, err = x.zip.CreateHeader(&zip.FileHeader{Name: p.Journal.Path + "/" + p.Slug + ".xml", Method: zip.Deflate}); err != nil {
				return err
			}
		}
		if err := jats.Encode(w, p, own, x.address(p)); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) address(p *journal.Publication) string {
	if x.BaseURL == "" {
		return ""
	}
	return strings.TrimSuffix(x.BaseURL, "/") + "/" + p.Journal.Path + "/articles/" + p.Slug
}

// citation is an article as citation managers read it.
func (x *exporter) citation(p *journal.Publication) ([]byte, error) {
	switch x.Format {
	case "bibtex":
		return append(bibtex.Encode(p, x.address(p)), '\n'), nil
	case "ris":
		return ris.Encode(p, x.address(p)), nil
	}
	b, err := csl.Encode(p, x.address(p))
	if err != nil {
		return nil, err
	}
	// Each article is an array of one; together they are one array.
	item := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(b)), "["), "]")
	sep := ",\n"
	if x.n == 1 {
		sep = "[\n"
	}
	return []byte(sep + strings.TrimSpace(item)), nil
}

func recordLine(p *journal.Publication, from *store.Origin) ([]byte, error) {
	out, err := json.Marshal(record{ID: p.ID, Path: "/" + p.Journal.Path + "/articles/" + p.Slug, Version: p.Version, Created: p.Created,
		Reason: p.Reason, Journal: p.Journal, Article: p.Record, Counts: p.Counts, Provenance: from.Provenance, Losses: from.Losses})
	return append(out, '\n'), err
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
