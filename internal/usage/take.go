package usage

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"offprint/internal/errs"
	"offprint/internal/store"
	"offprint/internal/tally"
)

const (
	// takenBytes is how much of a spool is taken in one transaction.
	takenBytes = 4 << 20
	// mostAhead is how far an event may be in the future: clocks differ.
	mostAhead = time.Hour
)

// Taken says what Take did.
type Taken struct {
	Events  int64
	Clock   int64 // events of impossible times, left out
	Refused int   // blocks of days whose log is no longer kept
	Lost    int64 // bytes at the end of spools that were not whole
}

// Take takes what is in the spools of the data folder into the log. A spool
// that nobody writes any more is removed when all of it was taken.
func (b *Book) Take(ctx context.Context) (done Taken, err error) {
	defer errs.Wrap(&err, "usage.Take")
	for _, info := range spoolFiles(b.Dir) {
		finished, err := b.takeSpool(ctx, info, &done)
		if errors.Is(err, errs.Conflict) {
			continue // another process takes it
		}
		if err != nil {
			return done, err
		}
		name := info.Name()
		if b.Now().Sub(info.ModTime()) <= spoolDead {
			continue
		}
		if !finished {
			at, err := b.Store.UsagePosition(ctx, name)
			if err != nil {
				return done, err
			}
			done.Lost += info.Size() - at
			b.Log.Warn("a spool of readers is damaged and was counted up to there", "file", filepath.Join(b.Dir, name), "byte", at, "of", info.Size())
		}
		if err := os.Remove(filepath.Join(b.Dir, name)); err != nil {
			return done, err
		}
	}
	return done, nil
}

// takeSpool takes what is whole and new; finished is false when something is
// left that is not.
func (b *Book) takeSpool(ctx context.Context, info fs.FileInfo, done *Taken) (finished bool, err error) {
	name := info.Name()
	from, err := b.Store.UsagePosition(ctx, name)
	if err != nil || from >= info.Size() {
		return err == nil, err
	}
	f, err := os.Open(filepath.Join(b.Dir, name))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) { // another process was faster
			return false, errs.Conflict
		}
		return false, err
	}
	defer f.Close()
	for {
		blocks, next, whole, err := frames(f, from, info.Size(), takenBytes)
		if err != nil {
			return false, err
		}
		if next == from {
			return whole, nil
		}
		if err := b.takeEvents(ctx, name, from, next, eventsOf(blocks), done); err != nil {
			return false, err
		}
		from = next
	}
}

// eventsOf are the events of blocks.
func eventsOf(blocks []*tally.Block) iter.Seq[tally.Event] {
	return func(yield func(tally.Event) bool) {
		for _, block := range blocks {
			for _, e := range block.Events() {
				if !yield(e) {
					return
				}
			}
		}
	}
}

func (b *Book) takeEvents(ctx context.Context, spool string, from, to int64, events iter.Seq[tally.Event], done *Taken) error {
	hours := map[int64][]tally.Event{}
	now := b.Now().UnixMilli()
	oldest, newest := now-b.Keep.Milliseconds(), now+mostAhead.Milliseconds()
	kept := int64(0)
	clock := int64(0)
	touched := map[string]bool{}
	for e := range events {
		if e.At < oldest || e.At > newest {
			clock++
			continue
		}
		if e.Before != 0 {
			touched[time.UnixMilli(e.At).UTC().AddDate(0, 0, -1).Format(time.DateOnly)] = true
		}
		h := e.At / time.Hour.Milliseconds()
		hours[h] = append(hours[h], e)
		kept++
	}
	var rows []store.UsageBlock
	for h, events := range hours {
		slices.SortStableFunc(events, func(a, b tally.Event) int { return cmp.Compare(a.At, b.At) })
		at := time.UnixMilli(h * time.Hour.Milliseconds()).UTC()
		for part := range slices.Chunk(events, tally.MostEvents) {
			rows = append(rows, store.UsageBlock{Day: at.Format(time.DateOnly), Hour: at.Hour(), Bytes: b.pack.EncodeAll(tally.Encode(nil, part), nil)})
		}
	}
	slices.SortFunc(rows, func(a, b store.UsageBlock) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Hour, b.Hour))
	})
	var days []string
	for d := range touched {
		days = append(days, d)
	}
	slices.Sort(days)
	refused, err := b.Store.TakeUsage(ctx, spool, from, to, rows, days)
	if err != nil {
		return err
	}
	done.Events += kept
	done.Clock += clock
	done.Refused += refused
	return nil
}
