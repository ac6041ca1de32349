package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// follower collects what Follow tells in the background.
type follower struct {
	mu   sync.Mutex
	got  []Change
	when map[int64]time.Time
	end  context.CancelFunc
	done chan error
}

func follow(s *Store, after int64) *follower {
	ctx, end := context.WithCancel(context.Background())
	f := &follower{end: end, done: make(chan error, 1), when: map[int64]time.Time{}}
	go func() {
		f.done <- s.Follow(ctx, after, func(list []Change) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.got = append(f.got, list...)
			for _, c := range list {
				f.when[c.Seq] = time.Now()
			}
			return nil
		})
	}()
	return f
}

func (f *follower) last() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.got) == 0 {
		return 0
	}
	return f.got[len(f.got)-1].Seq
}

// reaches waits until the follower was told of a change.
func (f *follower) reaches(t *testing.T, seq int64, within time.Duration) {
	t.Helper()
	for end := time.Now().Add(within); f.last() < seq; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("told up to %d, not to %d, within %v", f.last(), seq, within)
		}
	}
}

func last(t *testing.T, s *Store) int64 {
	t.Helper()
	n, err := s.LastChange(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFollowerMissesNothingOfConcurrentWriters(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s, s2, s3 := context.Background(), p.open(t), p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		followers := []*follower{follow(s, 0), follow(s2, 0), follow(s3, 0)}
		var wg sync.WaitGroup
		var failed atomic.Int64
		for i := range 9 {
			wg.Go(func() {
				st := []*Store{s, s2, s3}[i%3]
				for n := range 15 {
					writes := []Write{write(j, "", sample("A")), write(j, "", sample("B"))}
					if n%5 == 4 { // one that is rolled back must leave no gap
						writes[1].ArticleID = "none"
						failed.Add(1)
					}
					_, err := st.ApplyArticles(ctx, writes)
					if err != nil && n%5 != 4 {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		end := last(t, s)
		if want := int64(1 + 1 + 2*(9*15-int(failed.Load()))); end != want {
			t.Errorf("the last change is %d, want %d", end, want)
		}
		for i, f := range followers {
			f.reaches(t, end, 10*time.Second)
			f.end()
			if err := <-f.done; !errors.Is(err, context.Canceled) {
				t.Errorf("follower %d ended with %v", i, err)
			}
			for n, c := range f.got {
				if c.Seq != int64(n+1) {
					t.Fatalf("follower %d was told of %d after %d", i, c.Seq, n)
				}
			}
		}
		sound(t, s)
	})
}

func TestOtherHandleSeesPublicationsWithinTwoSeconds(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, s2 := p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		here, there := follow(s, 0), follow(s2, 0)
		defer here.end()
		defer there.end()
		here.reaches(t, 1, 2*time.Second)
		there.reaches(t, 1, 2*time.Second)
		var longestHere, longestThere time.Duration
		shortestHere := time.Hour
		for range 5 {
			apply(t, s, write(j, "", sample("A")))
			committed, seq := time.Now(), last(t, s)
			there.reaches(t, seq, 2*time.Second)
			here.reaches(t, seq, 2*time.Second)
			there.mu.Lock()
			longestThere = max(longestThere, there.when[seq].Sub(committed))
			there.mu.Unlock()
			here.mu.Lock()
			took := here.when[seq].Sub(committed)
			longestHere, shortestHere = max(longestHere, took), min(shortestHere, took)
			here.mu.Unlock()
		}
		// A busy machine delays some of them; polling would delay every one.
		if shortestHere > 100*time.Millisecond {
			t.Errorf("this handle was never told in less than %v: it polls", shortestHere)
		}
		t.Logf("seen at the latest after %v by this handle, %v by the other", longestHere, longestThere)
	})
}

func TestFollowerEndsWithItsErrorAndWithTheStore(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		addJournal(t, s, "rjr")
		stop := errors.New("stop")
		if err := s.Follow(context.Background(), 0, func([]Change) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("ended with %v", err)
		}
		f := follow(s, 0)
		f.reaches(t, 1, time.Second)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-f.done:
			if !errors.Is(err, errs.Unavailable) {
				t.Errorf("ended with %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Error("Follow goes on after Close")
		}
		if err := s.Follow(context.Background(), 0, func([]Change) error { return nil }); !errors.Is(err, errs.Unavailable) {
			t.Errorf("following a closed store: %v", err)
		}
	})
}

func TestFollowerReadsALongFeedInOrder(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j := addJournal(t, s, "rjr")
		var writes []Write
		for range followBatch + 100 {
			rec := sample("A")
			rec.Issue = nil
			writes = append(writes, write(j, "", rec))
		}
		apply(t, s, writes...)
		f := follow(s, 10)
		defer f.end()
		f.reaches(t, last(t, s), 5*time.Second)
		if first := f.got[0].Seq; first != 11 || len(f.got) != followBatch+91 {
			t.Errorf("told %d changes from %d", len(f.got), first)
		}
		if part, err := s.Changes(context.Background(), 3, 2); err != nil || len(part) != 2 || part[0].Seq != 4 {
			t.Errorf("changes %+v, %v", part, err)
		}
	})
}

func TestPostgresFollowerSurvivesLostConnections(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		if p.cfg.URL == "" {
			return // SQLite has no connections to lose
		}
		s, s2 := p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		f := follow(s2, 0)
		defer f.end()
		f.reaches(t, 1, 2*time.Second)
		for range 3 {
			// The LISTEN connection and idle ones of the pool die.
			if err := raw(t, s, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
				t.Fatal(err)
			}
			for try := 0; ; try++ {
				_, err := s.ApplyArticles(context.Background(), []Write{write(j, "", sample("A"))})
				if err == nil {
					break
				}
				if !errors.Is(err, errs.Unavailable) || try > 20 {
					t.Fatal(err)
				}
			}
			f.reaches(t, last(t, s), 2*time.Second)
		}
		time.Sleep(1200 * time.Millisecond) // until it listens again
		apply(t, s, write(j, "", sample("A")))
		committed := time.Now()
		f.reaches(t, last(t, s), 2*time.Second)
		t.Logf("seen after %v once it listens again", time.Since(committed))
	})
}

func TestReadersSeeOneStateDuringWrites(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		w := write(j, "a", sample("0"))
		w.Counts = []journal.Count{{Metric: "views", Value: 0, Source: "x"}}
		done := apply(t, s, w)[0]
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					got, err := s.PublishedArticle(ctx, j.ID, "a")
					if err != nil {
						t.Error(err)
						return
					}
					if title := got.Record.Titles[0].Plain; title != fmt.Sprint(got.Counts[0].Value) || got.Version != int(got.Counts[0].Value)+1 {
						t.Errorf("version %d, title %s, count %d", got.Version, title, got.Counts[0].Value)
						return
					}
				}
			})
		}
		for i := 1; i <= 30; i++ {
			next := write(j, "", sample(fmt.Sprint(i)))
			next.ArticleID, next.Base = done.ArticleID, i
			next.Counts = []journal.Count{{Metric: "views", Value: int64(i), Source: "x"}}
			apply(t, s, next)
		}
		close(stop)
		wg.Wait()
	})
}
