package finding

import (
	"context"
	"errors"
	"slices"
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
	// Passages show why it was found; Explain sets them.
	Passages []Passage
}

// Search finds articles. The error is errs.Unavailable while there is no index to
// search in.
func (f *Finder) Search(ctx context.Context, r search.Request) (found *Found, err error) {
	defer errs.Wrap(&err, "finding.Search")
	if found, err = f.search(ctx, r); err != nil {
		return nil, err
	}
	found.Articles, err = f.articles(ctx, found.Hits)
	return found, err
}

// eachBatch is how many articles Each reads at once.
const eachBatch = 100

// Each searches once and calls g with all hits, some at a time, in their order.
func (f *Finder) Each(ctx context.Context, r search.Request, g func([]Article) error) (err error) {
	defer errs.Wrap(&err, "finding.Each")
	found, err := f.search(ctx, r)
	if err != nil {
		return err
	}
	for hits := range slices.Chunk(found.Hits, eachBatch) {
		list, err := f.articles(ctx, hits)
		if err != nil {
			return err
		}
		if err := g(list); err != nil {
			return err
		}
	}
	return nil
}

// search is Search without the articles.
func (f *Finder) search(ctx context.Context, r search.Request) (*Found, error) {
	found := &Found{Making: f.Making()}
	if r.Query.Root != nil {
		if js := f.journals.Load(); js != nil {
			root := js.resolve(*r.Query.Root)
			r.Query.Root = &root
		}
	}
	err := f.with(ctx, func(x *search.Index) (err error) {
		found.Result, err = x.Search(ctx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	found.DidYouMean = f.journals.Load().unresolve(found.DidYouMean)
	return found, nil
}

// articles are the published articles of hits, in their order.
func (f *Finder) articles(ctx context.Context, hits []search.Hit) (out []Article, err error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
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
	for _, h := range hits {
		// One that was withdrawn a moment ago may still be in the index.
		if p := byID[h.ID]; p != nil && !p.Withdrawn {
			out = append(out, Article{Hit: h, Publication: *p})
		}
	}
	return out, nil
}

// Suggestion completes what a person has begun to type. Title is set for an
// article, which is in Article then.
type Suggestion struct {
	search.Suggestion
	Title   journal.Text
	Article *Article
}

// Suggest completes a text, with at most limit authors, keywords and articles.
func (f *Finder) Suggest(ctx context.Context, text string, journals []string, limit int) (out []Suggestion, err error) {
	defer errs.Wrap(&err, "finding.Suggest")
	var list []search.Suggestion
	err = f.with(ctx, func(x *search.Index) (err error) {
		list, err = x.Suggest(ctx, text, journals, limit)
		return err
	})
	if err != nil {
		return nil, err
	}
	var hits []search.Hit
	for _, s := range list {
		if s.ID != "" {
			hits = append(hits, search.Hit{ID: s.ID})
		}
	}
	articles, err := f.articles(ctx, hits)
	if err != nil {
		return nil, err
	}
	byID := map[string]*Article{}
	for i := range articles {
		byID[articles[i].Hit.ID] = &articles[i]
	}
	for _, s := range list {
		switch a := byID[s.ID]; {
		case s.ID == "":
			out = append(out, Suggestion{Suggestion: s})
		case a != nil:
			out = append(out, Suggestion{Suggestion: s, Title: a.Record.Heading(), Article: a})
		}
	}
	return out, nil
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
