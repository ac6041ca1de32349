package finding

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"offprint/internal/search"
	"offprint/internal/store"
)

// Check verifies that the index has every published article and nothing else,
// after the changes that it has not followed yet. An index that is not there is no
// fault: it is made when it is needed.
func (f *Finder) Check(ctx context.Context, report func(store.Finding)) (err error) {
	if _, err := os.Stat(filepath.Join(f.Dir, listFile)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	wrong := func(what string) {
		report(store.Finding{Where: f.Dir, What: what, Do: "make it again with offprint reindex"})
	}
	x, err := search.Open(f.Dir, f.Options)
	switch {
	case errors.Is(err, search.ErrDamaged):
		wrong("the search index is damaged, or of another version of Offprint")
		return nil
	case err == nil:
		fits, err := f.fits(ctx, x)
		if err = errors.Join(err, x.Close()); err != nil {
			return err
		}
		if !fits {
			wrong("the search index was not completed, or belongs to another state of the database")
			return nil
		}
	case !errors.Is(err, search.ErrLocked):
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.CatchUp(ctx); err != nil {
		return err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	published := 0
	for after := ""; ; {
		ids, err := f.Store.ArticleIDs(ctx, after, fillBatch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		after = ids[len(ids)-1]
		published += len(ids)
		missing, err := f.index.Missing(ctx, ids)
		if err != nil {
			return err
		}
		for _, id := range missing {
			wrong("the article " + id + " is not in the search index")
		}
		published -= len(missing)
	}
	n, err := f.index.Count()
	if err == nil && n > published {
		wrong(fmt.Sprintf("the search index has %d articles that are not published", n-published))
	}
	return err
}
