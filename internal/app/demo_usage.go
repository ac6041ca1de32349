package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/klauspost/compress/zstd"

	"offprint/internal/demo"
	"offprint/internal/errs"
	"offprint/internal/store"
	"offprint/internal/tally"
)

const (
	// demoMonths is how far back the demonstration's readers go, and
	// demoDaysOfMonth how many days of a month have them.
	demoMonths      = 14
	demoDaysOfMonth = 3
)

// FillDemoReaders gives the demonstration journal readers who never were, once,
// and counts them by the same rules as others. Its pages say that they are made up.
func (a *App) FillDemoReaders(ctx context.Context, now time.Time) error {
	j, err := a.Store.Journal(ctx, demo.Path)
	if errors.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	spool := store.GeneratedSpool(j.ID)
	if at, err := a.Store.UsagePosition(ctx, spool); err != nil || at > 0 {
		return err
	}
	lines, err := a.Store.Recent(ctx, j.ID, 100)
	if err != nil {
		return err
	}
	pack, err := zstd.NewWriter(nil)
	if err != nil {
		return err
	}
	defer pack.Close()
	r := rand.New(rand.NewPCG(1, 2))
	var blocks []store.UsageBlock
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -demoMonths, 0)
	for n := 0; !month.After(now); n++ {
		for day := range demoDaysOfMonth {
			at := month.AddDate(0, 0, 3+8*day)
			if at.AddDate(0, 0, 1).After(now) {
				break
			}
			for hour, events := range demoReaders(r, j.ID, lines, at, n) {
				blocks = append(blocks, store.UsageBlock{Day: at.Format(time.DateOnly), Hour: hour, Bytes: pack.EncodeAll(tally.Encode(nil, events), nil)})
			}
		}
		month = month.AddDate(0, 1, 0)
	}
	if _, err := a.Store.TakeUsage(ctx, spool, 0, 1, blocks, nil); err != nil {
		if errors.Is(err, errs.Conflict) {
			return nil // another process has done it
		}
		return err
	}
	book, err := a.book("", 0, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	_, err = book.Count(ctx)
	return err
}

// demoReaders are the events of a day by the hour: each article has some readers
// of its own, more of them from year to year, fewer in summer, and more soon
// after it was published.
func demoReaders(r *rand.Rand, journalID string, lines []store.Line, day time.Time, age int) map[int][]tally.Event {
	out := map[int][]tally.Event{}
	season := 1.0
	if m := day.Month(); m == time.July || m == time.August {
		season = 0.6
	}
	for i, l := range lines {
		mean := season * float64(8+age) * (0.5 + float64((i*7)%10)/8)
		for range int(mean * (0.7 + 0.6*r.Float64())) {
			hour := 7 + r.IntN(15)
			e := tally.Event{At: day.Add(time.Duration(hour)*time.Hour + time.Duration(r.IntN(3600))*time.Second).UnixMilli(), Visitor: r.Uint64() | 1, Link: uint32(i),
				Item: l.ID, Journal: journalID, Agent: fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/%[1]d.0", 128+r.IntN(12))}
			if r.IntN(10) < 7 {
				e.What = tally.Request
			}
			if r.IntN(10) < 3 {
				e.What, e.Form, e.Link = tally.Request, tally.File, uint32(i)|1<<31
			}
			out[hour] = append(out[hour], e)
		}
	}
	return out
}
