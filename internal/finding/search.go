package finding

import (
	"context"
	"errors"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/search"
)

// patience is how long a search waits for an index that is being opened.
const patience = 2 * time.Second

// Found is what a search found, with the articles of its page.
type Found struct {
	*search.Result
	// Articles are those of Result.Hits that are published, in their order.
	Articles []Article
	// Making: the index is being made, so that not all is found yet.
	Making bool
}

// Article is an article that was found.
type Article struct {
	search.Hit
	journal.Publication
}

// Search finds articles. The error is errs.Unavailable while there is no index to
// search in.
func (f *Finder) Search(ctx context.Context, r search.Request) (found *Found, err error) {
	defer errs.Wrap(&err, "finding.Search")
	found = &Found{Making: f.Making()}
	if r.Query.Root != nil {
		if js := f.journals.Load(); js != nil {
			root := js.resolve(*r.Query.Root)
			r.Query.Root = &root
		}
	}
	err = f.with(ctx, func(x *search.Index) (err error) {
		found.Result, err = x.Search(ctx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Hits))
	for i, h := range found.Hits {
		ids[i] = h.ID
	}
	list, err := f.Store.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*journal.Publication, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	for _, h := range found.Hits {
		// One that was withdrawn a moment ago may still be in the index.
		if p := byID[h.ID]; p != nil && !p.Withdrawn {
			found.Articles = append(found.Articles, Article{h, *p})
		}
	}
	return found, nil
}

// with calls g with the index that serves; once more with the next one if the
// first turns out to be damaged.
func (f *Finder) with(ctx context.Context, g func(*search.Index) error) error {
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-f.ready:
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.index == nil {
		return errs.Newf(errs.Unavailable, "the search is being prepared: try again in a moment")
	}
	err := g(f.index)
	if errors.Is(err, search.ErrDamaged) {
		return errs.Newf(errs.Unavailable, "the search is being prepared again: try again in a moment")
	}
	return err
}
