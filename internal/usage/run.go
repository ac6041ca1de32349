package usage

import (
	"context"
	"errors"
	"sync"
	"time"

	"offprint/internal/tally"
)

const (
	// foldEvery is how often the log is counted.
	foldEvery = 5 * time.Minute
	// foldRest is how many times as long as counting took it rests at least.
	foldRest = 20
	// showEvery is how often pages may get new counts.
	showEvery = time.Hour
)

// Ready asks the database for what is needed to note readers. Run does so too;
// who calls it before the first reader comes has none wait for that.
func (r *Recorder) Ready(ctx context.Context) { r.visitors.ready(ctx) }

// Run writes what is noted, and counts, until ctx ends; what is noted then and
// later is for Flush. shown is called now and then with what new counts are
// there for.
func (r *Recorder) Run(ctx context.Context, shown func(class tally.Class, item string)) error {
	var beside sync.WaitGroup
	beside.Go(func() { r.fold(ctx, shown) })
	beside.Go(func() { r.keepKeys(ctx) })
	drain := time.NewTicker(drainEvery)
	defer drain.Stop()
	for {
		select {
		case <-ctx.Done():
			r.drain(ctx)
			beside.Wait()
			return ctx.Err()
		case <-drain.C: // it never waits for the database
			r.drain(ctx)
		}
	}
}

// keepKeys destroys the keys of days that are over and has those ready that come.
func (r *Recorder) keepKeys(ctx context.Context) {
	for {
		r.visitors.ready(ctx)
		if err := r.visitors.forget(ctx); err != nil && ctx.Err() == nil {
			r.book.Log.Warn("the keys of earlier days' readers are not destroyed yet", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
		}
	}
}

// Flush writes what is noted and ends the spool. It is for when Run has ended.
func (r *Recorder) Flush() {
	r.drain(context.Background())
	r.spool.Close()
}

// fold takes and counts from time to time.
func (r *Recorder) fold(ctx context.Context, shown func(tally.Class, string)) {
	lastShown := r.book.Now()
	pause := foldEvery / 10 // what another process has left is counted soon
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		start := time.Now()
		err := r.foldOnce(ctx)
		if now := r.book.Now(); err == nil && now.Sub(lastShown).Abs() >= showEvery {
			err = r.book.Store.ReadSince(ctx, lastShown.UTC().Format(time.DateOnly), shown)
			lastShown = now
		}
		if err != nil && ctx.Err() == nil {
			r.book.Log.Error("readers are not counted now; they are noted and counted later", "error", err)
		}
		pause = max(foldEvery, foldRest*time.Since(start))
	}
}

func (r *Recorder) foldOnce(ctx context.Context) error {
	taken, err := r.book.Take(ctx)
	r.metrics.add("clock", taken.Clock)
	counted, cerr := r.book.Count(ctx)
	r.metrics.counted(counted.Last)
	_, ferr := r.book.Forget(ctx)
	return errors.Join(err, cerr, ferr)
}
