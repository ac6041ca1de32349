// Package finding keeps the index of words in step with the store, and finds
// articles in it.
//
//	f := finding.New(finding.Deps{Store: st, Dir: filepath.Join(data, "search"), Log: log})
//	go f.Run(ctx) // opens or makes the index, then follows the change feed
//	found, err := f.Search(ctx, finding.Request{Query: query.Parse("Hatoyama 1956"), Limit: 20})
//
// Terms. The index is that of package search, in a folder of this node; it holds
// nothing that the store does not have. It is made anew when it is missing,
// damaged or of another version, or when the store is older than it; while that
// happens, searches find what is in it already and say that it is being made.
// Every node has an index of its own, made from the same feed in the same order.
//
// The package decides what the index knows of an article (document.go). It does
// not cut, fold or rank words.
package finding

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"offprint/internal/errs"
	"offprint/internal/search"
	"offprint/internal/store"
)

// Deps are what a Finder is built from.
type Deps struct {
	Store   *store.Store
	Dir     string // of the index; nothing else is in it. Dir-texts holds plain full texts
	Log     *slog.Logger
	Options search.Options
}

// Finder finds articles. Its methods may be called from several goroutines.
type Finder struct {
	Deps
	journals atomic.Pointer[journals]
	making   atomic.Bool // the index is not complete yet

	mu    sync.RWMutex // held for reading by who uses the index, for writing by who replaces it
	index *search.Index
	ready chan struct{} // closed when there is an index for the first time
	once  sync.Once

	kept texts // of articles that were found

	patience time.Duration // with another process that has the folder
	reached  at            // how far the index is; of Run or CatchUp alone
	copied   string        // the folder of a copy that CatchUp made
}

// New makes a Finder. It opens nothing: Run does.
func New(d Deps) *Finder {
	return &Finder{Deps: d, kept: texts{dir: d.Dir + "-texts"}, patience: lockPatience, ready: make(chan struct{})}
}

// lockPatience is how long a server waits for the folder of another, which may be
// about to end, before it makes an index of its own.
const lockPatience = 15 * time.Second

// healthEvery is how often the index is looked after while nothing changes.
const healthEvery = 2 * time.Second

// Run keeps the index in step until ctx ends, and closes it. It returns the error
// of ctx, or that of a store that cannot be read.
func (f *Finder) Run(ctx context.Context) error {
	defer f.replace(nil)
	dir, begun := f.Dir, time.Now()
	for n := 2; ; {
		err := f.follow(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, search.ErrLocked) && time.Since(begun) > f.patience:
			f.Dir, begun = fmt.Sprintf("%s-%d", dir, n), time.Now()
			n++
			f.Log.Info("another process has the search index open; this one makes its own", "dir", f.Dir)
		case errors.Is(err, errUnfit):
			f.Log.Info("the search index is made again", "dir", f.Dir)
		case err != nil:
			f.Log.Warn("the search index cannot follow the changes; trying again", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(healthEvery):
			}
		}
	}
}

// errUnfit: the index has to be made again.
var errUnfit = errors.New("the index does not fit the store")

// follow opens the index, or makes it, and applies changes until it is unfit.
func (f *Finder) follow(ctx context.Context) error {
	if err := f.readJournals(ctx); err != nil {
		return err
	}
	x, err := f.open(ctx)
	if err != nil {
		return err
	}
	filled := x.Seq() == 0
	if filled {
		if err := f.fill(ctx, x); err != nil {
			return unfit(err)
		}
	}
	f.making.Store(false)
	watched, stop := context.WithCancelCause(ctx)
	var beside sync.WaitGroup
	defer func() { stop(nil); beside.Wait() }()
	beside.Go(func() { f.watch(watched, x, stop) })
	if filled {
		beside.Go(func() { f.compact(watched, x) })
	}
	err = f.Store.Follow(watched, x.Seq(), func(changes []store.Change) error { return f.apply(watched, x, changes) })
	if cause := context.Cause(watched); cause != nil && ctx.Err() == nil {
		err = cause
	}
	return unfit(err)
}

// compact makes the many parts of an index that was filled into few, which take
// less memory and less time.
func (f *Finder) compact(ctx context.Context, x *search.Index) {
	if err := x.Compact(ctx); err != nil && ctx.Err() == nil {
		f.Log.Warn("the parts of the search index were not merged", "error", err)
	}
}

// unfit turns the word of the engine that the index is of no use into errUnfit.
func unfit(err error) error {
	if errors.Is(err, search.ErrDamaged) {
		return errors.Join(errUnfit, err)
	}
	return err
}

// watch ends the following when the folder is gone or damaged: nothing else would
// notice while nothing is published.
func (f *Finder) watch(ctx context.Context, x *search.Index, stop context.CancelCauseFunc) {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := x.Healthy(ctx); err != nil && ctx.Err() == nil {
				stop(err)
				return
			}
		}
	}
}

// open opens what is in the folder if it fits, and otherwise begins an empty
// index. The one that was there serves until then.
func (f *Finder) open(ctx context.Context) (*search.Index, error) {
	f.mu.RLock()
	have := f.index
	f.mu.RUnlock()
	if have != nil && have.Healthy(ctx) == nil {
		return have, nil
	}
	if have == nil {
		x, err := search.Open(f.Dir, f.Options)
		if err == nil {
			fits, err := f.fits(ctx, x)
			if fits {
				f.reached = at{x.Seq(), x.Mark()}
				f.replace(x)
				return x, nil
			}
			if err = errors.Join(err, x.Close()); err != nil {
				return nil, err
			}
		} else if !errors.Is(err, search.ErrDamaged) {
			return nil, err
		}
	}
	f.making.Store(true)
	f.reached = at{}
	// Whoever serves from the old folder goes on: it is removed, not changed.
	if err := f.remove(); err != nil {
		return nil, err
	}
	x, err := search.Open(f.Dir, f.Options)
	if err != nil {
		return nil, err
	}
	f.replace(x)
	return x, nil
}

func (f *Finder) remove() error {
	if err := os.RemoveAll(f.Dir); err != nil {
		return errs.Newf(errs.Unavailable, "the folder of the search index %s cannot be removed: give this user the right to write it and its parent", f.Dir)
	}
	return nil
}

// fits reports whether the index is whole and of this store: the store knows the
// change that was applied last. One that was restored from an older copy, or is
// another, does not.
func (f *Finder) fits(ctx context.Context, x *search.Index) (bool, error) {
	if x.Seq() == 0 {
		return false, nil // empty, or half made
	}
	list, err := f.Store.Changes(ctx, x.Seq()-1, 1)
	return len(list) == 1 && list[0].Seq == x.Seq() && markOf(list[0]) == x.Mark(), err
}

// markOf tells a change from another of the same number.
func markOf(c store.Change) string { return c.At + " " + c.Kind + " " + c.ID }

// replace puts another index in the place of the one that serves.
func (f *Finder) replace(x *search.Index) {
	f.mu.Lock()
	old := f.index
	f.index = x
	f.mu.Unlock()
	if x != nil {
		f.once.Do(func() { close(f.ready) })
	}
	if old != nil {
		if err := old.Close(); err != nil {
			f.Log.Debug("the old search index did not close", "error", err)
		}
	}
}

// Making reports that the index is being made, so that not all is found yet.
func (f *Finder) Making() bool { return f.making.Load() }
