package store

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"offprint/internal/errs"
)

const (
	// pollEvery is how long a follower sleeps at most when nothing wakes it.
	pollEvery = time.Second
	// followBatch is how many changes a follower is given at once.
	followBatch = 500
)

// bell wakes everybody who waits for it.
type bell struct {
	mu   sync.Mutex
	wait chan struct{}
}

// next is closed at the next ring.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.wait == nil {
		b.wait = make(chan struct{})
	}
	return b.wait
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.wait != nil {
		close(b.wait)
		b.wait = nil
	}
}

// Follow calls f with every change after the given number, in order and without
// a gap, first what is there and then what comes, until ctx ends, the Store is
// closed or f fails; it returns the error of ctx, errs.Unavailable or the error
// of f. The commits of this Store are seen at once; those of other processes by
// LISTEN/NOTIFY on PostgreSQL and within 500 ms on SQLite. While the database
// does not answer, Follow waits and goes on where it was.
func (s *Store) Follow(ctx context.Context, after int64, f func([]Change) error) (err error) {
	defer errs.Wrap(&err, "store.Follow")
	s.watching.Do(s.watch)
	down := false
	for {
		wake := s.woken.next() // before reading, so that no ring is lost
		changes, err := s.Changes(ctx, after, followBatch)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case s.life.Err() != nil:
			return errs.Newf(errs.Unavailable, "the store was closed")
		case err != nil && !down:
			down = true
			slog.WarnContext(ctx, "changes cannot be read; trying again", "error", err)
		case err == nil && down:
			down = false
			slog.InfoContext(ctx, "changes are read again")
		}
		if len(changes) > 0 {
			if err := f(changes); err != nil {
				return err
			}
			after = changes[len(changes)-1].Seq
			if len(changes) == followBatch {
				continue
			}
		}
		pause := time.NewTimer(pollEvery)
		select {
		case <-ctx.Done():
		case <-s.life.Done():
		case <-wake:
		case <-pause.C:
		}
		pause.Stop()
	}
}

// watch starts, once, the goroutine that hears of other processes' commits.
func (s *Store) watch() {
	if s.life.Err() != nil {
		return
	}
	s.watchers.Go(func() { s.engine.watch(s.life, s.woken.ring) })
}
