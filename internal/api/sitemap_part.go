package api

import (
	"context"
	"sync"

	"offprint/internal/store"
)

// mostDivided is of how many journals it is remembered at most how they are divided.
const mostDivided = 10_000

// division remembers how the articles of journals are divided into maps until something
// changes: to divide them takes a look at every article.
type division struct {
	mu  sync.Mutex
	seq int64 // of the change after which it was made
	of  map[string][]store.HarvestPart
}

// divided are the parts of a journal that have a map each.
func (f *Face) divided(ctx context.Context, journalID string) ([]store.HarvestPart, error) {
	seq, err := f.Store.HarvestSeq(ctx)
	if err != nil {
		return nil, err
	}
	if parts, ok := f.maps.at(seq, journalID); ok {
		return parts, nil
	}
	parts, err := f.Store.HarvestParts(ctx, journalID, articlesInMap)
	if err != nil {
		return nil, err
	}
	f.maps.keep(seq, journalID, parts)
	return parts, nil
}

func (d *division) at(seq int64, journalID string) ([]store.HarvestPart, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seq != seq {
		return nil, false
	}
	parts, ok := d.of[journalID]
	return parts, ok
}

func (d *division) keep(seq int64, journalID string, parts []store.HarvestPart) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == nil || d.seq != seq || len(d.of) >= mostDivided {
		d.seq, d.of = seq, map[string][]store.HarvestPart{}
	}
	d.of[journalID] = parts
}
