package usage

import (
	"context"
	"net/http"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/format/weblog"
	"offprint/internal/tally"
)

// CacheLog is the access log of a cache before the site, a content delivery network
// for example: readers whom it answers by itself are never seen here (the Code of
// Practice, section 7, wants them counted where the cache reports them).
type CacheLog struct {
	// Name tells this log from all others, such as by its hash: one that was taken is
	// not taken again.
	Name string
	// Each calls f at every answer of the log and bad at every line that is none,
	// with the number of the line.
	Each func(f func(n int, a *weblog.Answer) error, bad func(n int)) error
	// AllHits: the log has nothing but what the cache answered by itself. Else only
	// the answers count that say so.
	AllHits bool
	// Subject is what an answer is of, nil where it is of nothing that counts.
	Subject func(ctx context.Context, a *weblog.Answer) *Subject
}

// CacheLogTaken says what became of the lines of a log.
type CacheLogTaken struct {
	Taken
	Before int // lines that were taken by an earlier run
	Bad    int // lines that cannot be read
	Asked  int // answers for which the site was asked: it has noted them itself
	Unsaid int // answers of which the log does not say who gave them
	Failed int // answers that do not count: failures, later parts of files
	Other  int // answers of nothing that counts, or of another site
}

const (
	// cacheLogEvents is how many events are taken in one transaction.
	cacheLogEvents = 1 << 16
	// mostSubjects bounds the addresses whose subjects are remembered.
	mostSubjects = 1 << 17
)

// TakeCacheLog takes what a cache answered by itself into the log of readers, as if
// the site had answered it. Readers of today are the same readers as those of the
// site, so that double clicks and sessions are found across both; the key of a day
// that is over is destroyed, and readers of that day are others than the site's.
// What was interrupted goes on where it was. Errors: errs.Invalid when the log does
// not say what came from the cache.
func (b *Book) TakeCacheLog(ctx context.Context, l CacheLog) (done CacheLogTaken, err error) {
	defer errs.Wrap(&err, "usage.TakeCacheLog(%q)", l.Name)
	from, err := b.Store.UsagePosition(ctx, l.Name)
	if err != nil {
		return done, err
	}
	t := &cacheTaking{CacheLog: l, book: b, visitors: newVisitors(b), subjects: map[subjectKey]*Subject{}, from: from, done: &done}
	done.Before = int(from)
	err = l.Each(func(n int, a *weblog.Answer) error {
		if int64(n) <= from {
			return nil
		}
		t.last = int64(n)
		t.take(ctx, a)
		if len(t.events) < cacheLogEvents {
			return ctx.Err()
		}
		return t.flush(ctx)
	}, func(n int) {
		if int64(n) > from {
			done.Bad++
			t.last = max(t.last, int64(n))
		}
	})
	if err != nil {
		return done, err
	}
	if done.Unsaid > 0 && t.hits == 0 && from == 0 {
		return done, errs.Newf(errs.Invalid, "the log does not say which answers came from the cache: have the cache log its state, too, or say that all of them did (--all-hits)")
	}
	return done, t.flush(ctx)
}

type subjectKey struct{ host, address string }

// cacheTaking is a log that is being taken.
type cacheTaking struct {
	CacheLog
	book     *Book
	visitors visitors
	subjects map[subjectKey]*Subject
	from     int64 // line up to which it was taken
	last     int64 // line that was read last
	hits     int
	events   []tally.Event
	done     *CacheLogTaken
}

func (t *cacheTaking) take(ctx context.Context, a *weblog.Answer) {
	switch {
	case !t.AllHits && a.Cache == weblog.Unknown:
		t.done.Unsaid++
		return
	case !t.AllHits && a.Cache != weblog.Hit:
		t.done.Asked++
		return
	}
	t.hits++
	r := &http.Request{Method: a.Method, Header: http.Header{}}
	if a.Range != "" {
		r.Header["Range"] = []string{a.Range}
	}
	if refusal(r, a.Status) != "" {
		t.done.Failed++
		return
	}
	s := t.subject(ctx, a)
	if s == nil {
		t.done.Other++
		return
	}
	t.events = append(t.events, t.book.event(ctx, &t.visitors, &note{at: a.At.UnixMilli(), subject: s, agent: a.Agent}, a.Client))
}

func (t *cacheTaking) subject(ctx context.Context, a *weblog.Answer) *Subject {
	k := subjectKey{a.Host, a.Address}
	s, known := t.subjects[k]
	if !known {
		if len(t.subjects) >= mostSubjects {
			clear(t.subjects)
		}
		s = t.Subject(ctx, a)
		t.subjects[k] = s
	}
	return s
}

// flush takes the events up to the last line.
func (t *cacheTaking) flush(ctx context.Context) error {
	if t.last <= t.from {
		return nil
	}
	if err := t.book.takeEvents(ctx, t.Name, t.from, t.last, slices.Values(t.events), &t.done.Taken); err != nil {
		return err
	}
	t.from, t.events = t.last, t.events[:0]
	return nil
}
