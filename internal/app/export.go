package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"offprint/internal/citing"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/store"
)

// Export says what to write.
type Export struct {
	Format  string
	Journal string // path; empty: all
	Issue   string // address of an issue of the journal, its last part; empty: all
	Article string // id or address; empty: all
	// Since leaves out articles that have not changed since a date or a time,
	// "2026-01-31" or RFC 3339 in UTC.
	Since   string
	BaseURL string
	// At is the time that forms with a date of their making say; zero: now.
	At time.Time
	// LeftOut is told of articles that lack what the form demands; nil for none.
	LeftOut func(Missing)
}

// Missing is what an article lacks for a registry.
type Missing struct {
	Path  string   `json:"path"`
	Title string   `json:"title,omitempty"`
	Must  []string `json:"must,omitempty"`   // the registry takes no record without it
	May   []string `json:"should,omitempty"` // it makes less of a record without it
}

// Export writes articles one after the other; memory does not grow with their number.
// An article that lacks what the form demands is left out and told of.
func (a *App) Export(ctx context.Context, x Export, w io.Writer) error {
	i := slices.IndexFunc(exportForms, func(f exportForm) bool { return f.name == x.Format })
	if i < 0 {
		return errs.Fieldf(errs.Invalid, "format", "there is no %q: choose one of %s", x.Format, strings.Join(ExportFormats, ", "))
	}
	if x.At.IsZero() {
		x.At = time.Now()
	}
	if err := x.check(); err != nil {
		return err
	}
	out := &exporter{App: a, Export: x, form: &exportForms[i], w: w}
	if err := out.form.open(out); err != nil {
		return err
	}
	if err := out.walk(ctx); err != nil {
		return err
	}
	return out.sink.close()
}

func (x *Export) check() error {
	if x.Since != "" {
		_, day := time.Parse("2006-01-02", x.Since)
		_, second := time.Parse(time.RFC3339, x.Since)
		if day != nil && second != nil {
			return errs.Fieldf(errs.Invalid, "since", "%q is no date: write 2026-01-31 or 2026-01-31T12:00:00Z", x.Since)
		}
	}
	if x.Issue != "" && x.Journal == "" {
		return errs.Fieldf(errs.Invalid, "issue", "an issue is one of a journal: say which journal")
	}
	if x.BaseURL != "" && !strings.HasPrefix(x.BaseURL, "http://") && !strings.HasPrefix(x.BaseURL, "https://") {
		return errs.Fieldf(errs.Invalid, "base-url", "%q is no address of a site: write https://example.org", x.BaseURL)
	}
	return nil
}

// sink takes the articles of an export.
type sink interface {
	// add writes an article; the texts are its full texts where the form wants them.
	add(ctx context.Context, p *journal.Publication, texts []journal.Document, address string) error
	// turn is called when the next articles are of another issue, where the form goes by
	// issues; nil for articles outside issues.
	turn(ctx context.Context, j *journal.Journal, is *journal.Issue) error
	close() error
}

// exporter writes articles in one form.
type exporter struct {
	*App
	Export
	form *exportForm
	w    io.Writer
	sink sink
	n    int // articles that were written
}

// one reports whether a single article is asked for.
func (x *exporter) one() bool { return x.Article != "" }

// walk goes through the articles that are asked for.
func (x *exporter) walk(ctx context.Context) error {
	switch {
	case x.one():
		p, err := x.findArticle(ctx, x.Article)
		if err != nil {
			return err
		}
		if err := x.turn(ctx, p); err != nil {
			return err
		}
		return x.page(ctx, []journal.Publication{*p})
	case x.Issue != "" || x.form.byIssue:
		return x.issues(ctx)
	case x.Since != "":
		return x.changed(ctx)
	}
	return x.eachPage(ctx, x.Journal, func(list []journal.Publication) error { return x.page(ctx, list) })
}

func (x *exporter) turn(ctx context.Context, p *journal.Publication) error {
	if !x.form.byIssue {
		return nil
	}
	return x.sink.turn(ctx, &p.Journal, p.Issue)
}

// changed goes through the articles that changed since a time.
func (x *exporter) changed(ctx context.Context) error {
	id, err := x.journalID(ctx, x.Journal)
	if err != nil {
		return err
	}
	for after := ""; ; {
		list, err := x.Store.ArticlesChanged(ctx, id, x.Since, after, pageSize)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		if err := x.page(ctx, list); err != nil {
			return err
		}
	}
}

func (a *App) journalID(ctx context.Context, path string) (string, error) {
	if path == "" {
		return "", nil
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return "", err
	}
	return j.ID, nil
}

// pageSize is how many articles are read at a time.
const pageSize = 200

// eachPage calls f with the articles of a journal, or of all, in a stable order,
// some hundred at a time.
func (a *App) eachPage(ctx context.Context, path string, f func([]journal.Publication) error) error {
	id, err := a.journalID(ctx, path)
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, err := a.Store.ArticlesAfter(ctx, id, after, pageSize)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].ID
		if err := f(page); err != nil {
			return err
		}
	}
}

// textsAtOnce is how many articles' full texts are in memory at a time: a text
// may have some MB, so that those of a whole page would be too many.
const textsAtOnce = 20

// page writes some articles, and asks for what belongs to them at once.
func (x *exporter) page(ctx context.Context, list []journal.Publication) error {
	list = slices.DeleteFunc(list, func(p journal.Publication) bool { return p.Withdrawn })
	if x.Format == "record" { // as it is kept
		return x.records(ctx, list)
	}
	if err := x.resolve(ctx, list); err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(p journal.Publication) bool { return !x.demanded(&p) })
	if x.form.cites {
		if err := citing.Sure(ctx, x.Store, list); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(list, textsAtOnce) {
		if err := x.part(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) part(ctx context.Context, list []journal.Publication) error {
	var texts []journal.Document
	if x.form.texts {
		var refs []journal.DocumentRef
		for i := range list {
			refs = append(refs, list[i].Record.Documents...)
		}
		var err error
		if texts, err = x.Store.Documents(ctx, refs); err != nil {
			return err
		}
	}
	for i := range list {
		p := &list[i]
		var own []journal.Document
		if x.form.texts {
			own = texts[:len(p.Record.Documents)]
			texts = texts[len(own):]
		}
		x.n++
		if err := x.sink.add(ctx, p, own, string(p.Address(x.BaseURL))); err != nil {
			return err
		}
	}
	return nil
}

// demanded reports whether an article has what the form demands, and tells what it
// lacks otherwise.
func (x *exporter) demanded(p *journal.Publication) bool {
	if x.form.lacks == nil {
		return true
	}
	lacks := x.form.lacks(p, string(p.Address(x.BaseURL)))
	if !lacks.Grave() {
		return true
	}
	if x.LeftOut != nil {
		m := missing(p, lacks)
		m.May = nil
		x.LeftOut(m)
	}
	return false
}

func missing(p *journal.Publication, lacks journal.Lacks) Missing {
	words := locale.For("en")
	m := Missing{Path: "/" + p.Journal.Path + "/articles/" + p.Slug, Title: p.Heading().Plain}
	for _, l := range lacks {
		s := words.T("lack."+l.Key, l.Args...)
		if l.Must {
			m.Must = append(m.Must, s)
		} else {
			m.May = append(m.May, s)
		}
	}
	return m
}

// resolve gives related articles of the same journal, which a record names by their
// addresses, the DOIs that registries know them by, and references the DOIs that
// editors have accepted for them.
func (a *App) resolve(ctx context.Context, list []journal.Publication) error {
	if err := citing.Accepted(ctx, a.Store, list); err != nil {
		return err
	}
	for i := range list {
		related := list[i].Record.Related
		for n := range related {
			if r := &related[n]; r.Slug != "" && r.DOI == "" {
				other, err := a.Store.PublishedArticle(ctx, list[i].Journal.ID, r.Slug)
				if err != nil {
					continue // an article that was never here
				}
				r.DOI = other.Record.DOI
			}
		}
	}
	return ctx.Err()
}

// records writes the records as they are kept.
func (x *exporter) records(ctx context.Context, list []journal.Publication) error {
	origins, err := x.Store.Origins(ctx, list)
	if err != nil {
		return err
	}
	for i := range list {
		out, err := recordLine(&list[i], &origins[i])
		if err == nil {
			_, err = x.w.Write(out)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
