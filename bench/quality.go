//go:build linux

package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"offprint/internal/app"
	"offprint/internal/config"
	"offprint/internal/finding"
	"offprint/internal/ingest"
	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/search"
)

//go:embed testdata/judged.tsv
var judgements embed.FS

// quality measures what is found, not how fast: names across scripts, and the order
// of hits for judged queries. The documents belong to others and are not part of
// the project.
func (b *bench) quality(ctx context.Context) error {
	data := filepath.Join(b.root, "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		section("quality: left out, since its documents are read from ../shared/data, which is not here")
		return nil
	}
	if err := b.nameQuality(ctx, filepath.Join(data, "names")); err != nil {
		return err
	}
	text, err := judgements.ReadFile("testdata/judged.tsv")
	if err != nil {
		return err
	}
	list, err := readJudged(string(text))
	if err != nil {
		return err
	}
	sources, err := sharedSources(data)
	if err != nil {
		return err
	}
	return b.judge(ctx, sources, list)
}

// sharedSources are the seed, the pages and the JATS articles. Several are records
// of one article; the fullest one comes last and stays.
func sharedSources(data string) ([]string, error) {
	var out []string
	for _, pattern := range []string{"seed/page.txt", "pages/*.rdf.xml", "pages/*.txt", "pages/*.md", "pages/*.html", "pages/*.jats.xml", "jats/*.xml"} {
		found, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// unhurried lets a search end: what is measured here is not time.
var unhurried = search.Options{Deadline: 10 * time.Second}

// judge imports sources into a new installation, asks every judged query as the
// search page does, and prints how good the first ten are.
func (b *bench) judge(ctx context.Context, sources []string, list []judged) (err error) {
	data := filepath.Join(b.dir, "quality")
	a, err := app.Open(ctx, config.Place{Data: data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(), os.RemoveAll(data)) }()
	f, n, err := imported(ctx, a, data, sources)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	articles, err := everything(ctx, f)
	if err != nil {
		return err
	}
	for i := range list {
		if err := list[i].resolve(articles); err != nil {
			return err
		}
		found, err := f.Search(ctx, search.Request{Query: query.Parse(list[i].query), Limit: 10, Facets: []search.Facet{search.FacetJournal}, Loosen: true})
		if err != nil {
			return fmt.Errorf("%q: %w", list[i].query, err)
		}
		for _, h := range found.Articles {
			list[i].hits = append(list[i].hits, h.Hit.ID)
			list[i].titles = append(list[i].titles, h.Record.Heading().Plain)
		}
	}
	section(fmt.Sprintf("quality: %d judged queries over %d articles of %d sources", len(list), len(articles), n))
	printJudged(list)
	return nil
}

// imported imports sources into one journal and makes the index. Sources that
// cannot be imported are counted out.
func imported(ctx context.Context, a *app.App, data string, sources []string) (f *finding.Finder, n int, err error) {
	j := &journal.Journal{Path: "collection", Languages: []string{"en"}, Titles: []journal.Text{journal.T("en", "Collection")}}
	if err := a.AddJournal(ctx, j); err != nil {
		return nil, 0, err
	}
	run := a.Importer()
	run.Journal, run.Actor, run.Log = j.Path, "bench", slog.New(slog.DiscardHandler)
	err = run.Import(ctx, sources, func(r ingest.Result) {
		if r.Action != ingest.Failed {
			n++
		}
	})
	if err != nil {
		return nil, 0, err
	}
	f = finding.New(finding.Deps{Store: a.Store, Dir: filepath.Join(data, "search"), Log: run.Log, Options: unhurried})
	if err := f.CatchUp(ctx); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, n, nil
}

// titled is an article by what judgements name it.
type titled struct{ id, doi, titles string }

// everything lists all articles of the index, so that what is judged is there.
func everything(ctx context.Context, f *finding.Finder) (out []titled, err error) {
	list, err := f.Store.Journals(ctx)
	if err != nil {
		return nil, err
	}
	for _, j := range list {
		for after := ""; ; {
			page, err := f.Store.ArticlesAfter(ctx, j.ID, after, 500)
			if err != nil {
				return nil, err
			}
			if len(page) == 0 {
				break
			}
			for i := range page {
				t := titled{id: page[i].ID, doi: strings.ToLower(page[i].Record.DOI)}
				for _, title := range slices.Concat(page[i].Record.Titles, page[i].Record.Subtitles) {
					t.titles += strings.ToLower(title.Plain) + "\n"
				}
				out = append(out, t)
				after = page[i].ID
			}
		}
	}
	return out, nil
}
