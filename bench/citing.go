//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"offprint/internal/citing"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// citers is how many articles cite the popular source of citing.
const citers = 10_000

// citing measures how many articles a second have their references read and joined
// to sources, for the first time and again, and how long an article takes that cites
// a source which many cite.
func (b *bench) citing(ctx context.Context) error {
	data := filepath.Join(b.dir, "citing")
	pages := min(b.pages, chunk)
	if _, err := b.importChunk(ctx, data, 0, pages); err != nil {
		return err
	}
	defer os.RemoveAll(data)
	st, err := store.Open(ctx, store.Config{DataDir: data})
	if err != nil {
		return err
	}
	defer st.Close()
	section(fmt.Sprintf("citing: references of %s articles, 25 to 35 each, become sources, on all cores", thousands(float64(pages))))
	for _, pass := range []struct {
		name string
		do   func(context.Context) error
	}{{"derived", citing.New(st).CatchUp}, {"derived anew", citing.New(st).Rebuild}} {
		begun := time.Now()
		if err := pass.do(ctx); err != nil {
			return err
		}
		rate := float64(pages) / time.Since(begun).Seconds()
		line(pass.name, thousands(rate)+" articles/s", atLeast(rate, 200, "articles/s"))
	}
	var took []float64
	if err := popular(ctx, st, func(d time.Duration) { took = append(took, milliseconds(d)) }); err != nil {
		return err
	}
	line("one more of "+thousands(citers), fmt.Sprintf("%.0f ms", median(took)), atMost(median(took), 100, "ms")+"; "+spread(took, "%.0f")+" ms")
	return nil
}

// popular writes articles that cite one source, then tells how long each of ten more
// takes.
func popular(ctx context.Context, st *store.Store, tell func(time.Duration)) error {
	list, err := st.Journals(ctx)
	if err != nil {
		return err
	}
	one := func(n int) store.ArticleReferences {
		r := store.ReadReference{Record: journal.Reference{Number: 1, Printed: journal.T("en", fmt.Sprintf("A work that all cite, printed as in article %d.", n))}, Weight: 1,
			Marks: []store.Mark{store.MarkOf(store.MarkDOI, "10.5555/popular"), store.MarkOf(store.MarkPrinted, fmt.Sprint("popular ", n))}}
		return store.ArticleReferences{ArticleID: fmt.Sprintf("Z%08d", n), JournalID: list[0].ID, References: []store.ReadReference{r}}
	}
	write := func(from, to int) error {
		var batch []store.ArticleReferences
		for n := from; n < to; n++ {
			batch = append(batch, one(n))
		}
		seq, _, err := st.ReferencesAt(ctx)
		if err != nil {
			return err
		}
		written, err := st.WriteReferences(ctx, seq, seq, batch)
		if err == nil && !written {
			err = errors.New("another process derives references too")
		}
		return err
	}
	for n := 0; n < citers; n += 500 {
		if err := write(n, n+500); err != nil {
			return err
		}
	}
	for n := range 10 {
		begun := time.Now()
		if err := write(citers+n, citers+n+1); err != nil {
			return err
		}
		tell(time.Since(begun))
	}
	return nil
}
