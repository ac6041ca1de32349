package usage

import (
	"context"
	"errors"
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

// Run writes what is noted, and counts, until ctx ends; then it writes what is
// left. shown is called now and then with what new counts are there for.
func (r *Recorder) Run(ctx context.Context, shown func(class tally.Class, item string)) error {
	folded := make(chan struct{})
	go func() {
		defer close(folded)
		r.fold(ctx, shown)
	}()
	drain := time.NewTicker(drainEvery)
	defer drain.Stop()
	forget := time.NewTicker(time.Minute)
	defer forget.Stop()
	for {
		select {
		case <-ctx.Done():
			r.Flush()
			<-folded
			return ctx.Err()
		case <-drain.C:
			r.drain(ctx)
		case <-forget.C:
			if err := r.visitors.forget(ctx); err != nil && ctx.Err() == nil {
				r.book.Log.Warn("the keys of earlier days' readers are not destroyed yet", "error", err)
			}
		}
	}
}

// Flush writes what is noted and ends the spool. It is for who does not Run.
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
