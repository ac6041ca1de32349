// Package usage counts readers by the COUNTER Code of Practice, Release 5.1, and
// keeps what is needed for that, and no more.
//
//	book := usage.NewBook(usage.Config{Store: st, Dir: "offprint-data/usage", Rules: rules, Log: log})
//	rec := usage.NewRecorder(book, client, metrics)
//	go rec.Run(ctx)
//	rec.Note(at, request, 200, &usage.Subject{Item: id, Journal: jid, What: tally.Request})
//
// The way of an event: Note puts it into memory, without a lock that others wait
// for and without the database. Five times a second all of them are written to
// the node's spool, a file. Every few minutes what is in the spools is taken into
// the log, which is in the database and common to all nodes; then the days that
// have changed are counted, from their blocks as a whole.
//
// Who a reader is, is never written anywhere: of address, agent and journal only
// a number is kept, made with a key that is destroyed when the day is over.
//
// The package decides what an event is and when it is counted; how, is package
// tally's. It answers no requests and shows nothing.
package usage

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"offprint/internal/errs"
	"offprint/internal/store"
	"offprint/internal/tally"
)

// Config is what a Book is made from.
type Config struct {
	Store *store.Store
	Dir   string // of the spools; made when it is needed
	Rules *tally.Rules
	// Networks say where readers are; nil: it is not counted.
	Networks *tally.Networks
	// Keep is how long the log is kept, so that days can be counted again.
	Keep time.Duration
	Log  *slog.Logger
	Now  func() time.Time // nil: the machine's clock
}

// Book takes spools into the log and counts it. Several on one database, also in
// several processes, count together.
type Book struct {
	Config
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

// NewBook makes a Book; it reads nothing.
func NewBook(c Config) (*Book, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, err
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(tally.MostBytes))
	return &Book{Config: c, pack: pack, unpack: unpack}, err
}

// RulesOf are the rules with the list of robots in a file, or with the one that
// came with the program where the file's name is empty.
func RulesOf(robots string) (*tally.Rules, error) {
	if robots == "" {
		return tally.NewRules(tally.OfficialRobots()), nil
	}
	b, err := os.ReadFile(robots)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "the list of robots %s cannot be read: %v", robots, errors.Unwrap(err))
	}
	l, err := tally.ParseRobots(b)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "%s: %s", robots, errs.Message(err))
	}
	return tally.NewRules(l), nil
}

// LeastCell is the fewest sessions of an origin that an operator may have told.
const LeastCell = 5

// NetworksOf is the list of networks in a file, nil where the file's name is empty.
func NetworksOf(file string) (*tally.Networks, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "the list of networks %s cannot be read: %v", file, errors.Unwrap(err))
	}
	defer f.Close()
	n, err := tally.ParseNetworks(f)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "%s: %s", file, errs.Message(err))
	}
	return n, nil
}

// Counted says what Count did.
type Counted struct {
	Days   int
	Events int64
	Last   *tally.Day // the newest of them
}

// Count counts the days that have changed. A day that another node counts at the
// same time is counted once.
func (b *Book) Count(ctx context.Context) (done Counted, err error) {
	defer errs.Wrap(&err, "usage.Count")
	stale, err := b.Store.StaleUsage(ctx)
	if err != nil {
		return done, err
	}
	saving, ctx := errgroup.WithContext(ctx)
	saving.SetLimit(1) // while the next day is counted
	for _, d := range stale {
		day, err := b.Rules.CountDay(d.Day, b.blocks(ctx, d.Day))
		if err != nil {
			return done, errors.Join(saving.Wait(), err)
		}
		saving.Go(func() error {
			saved, err := b.Store.SaveUsage(ctx, d.Day, d.Marked, b.Rules.Version(), day)
			if saved {
				done.Days++
				done.Events += day.Events
				done.Last = day
			}
			return err
		})
	}
	err = saving.Wait()
	return done, err
}

// blocks reads the log of a day.
func (b *Book) blocks(ctx context.Context, day string) tally.Blocks {
	begin, _ := time.Parse(time.DateOnly, day) // the store holds nothing else
	var plain []byte
	return func(hour int, f func([]byte) error) error {
		at := begin.Add(time.Duration(hour) * time.Hour)
		return b.Store.UsageBlocks(ctx, at.Format(time.DateOnly), at.Hour(), func(packed []byte) (err error) {
			if plain, err = b.unpack.DecodeAll(packed, plain[:0]); err != nil {
				return err
			}
			return f(plain)
		})
	}
}

// Recount counts the days from one to another again, by the rules as they are
// now, and returns how many days that was. Days whose log is no longer kept stay
// as they are.
func (b *Book) Recount(ctx context.Context, from, to string) (int64, error) {
	n, err := b.Store.MarkUsage(ctx, from, to)
	if err != nil {
		return 0, err
	}
	_, err = b.Count(ctx)
	return n, err
}

// Forget removes the log of the days that need not be kept. Their counts stay.
func (b *Book) Forget(ctx context.Context) (days int64, err error) {
	return b.Store.ForgetUsage(ctx, b.Now().UTC().Add(-b.Keep).Format(time.DateOnly))
}
