//go:build linux

package main

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"offprint/internal/store"
	counts "offprint/internal/tally"
	"offprint/internal/tally/tallytest"
	"offprint/internal/usage"
)

// usageDays is over how many days the events are spread.
const usageDays = 30

// usage measures how long reports take, what counting costs a page from memory, and
// how fast a log is counted, and compares the counts with what is known of the log.
func (b *bench) usage(ctx context.Context) error {
	section(fmt.Sprintf("usage: %s events over %d days in one spool", thousands(float64(b.events)), usageDays))
	if err := b.reports(ctx); err != nil {
		return err
	}
	if err := b.fold(ctx); err != nil {
		return err
	}
	return b.counting(ctx)
}

func (b *bench) fold(ctx context.Context) error {
	data := filepath.Join(b.dir, "usage")
	spool, truth, err := b.spool(filepath.Join(data, "usage"))
	if err != nil {
		return err
	}
	spool.Close()
	took, most, err := b.count(ctx, data)
	if err != nil {
		return err
	}
	wrong, err := b.compareUsage(ctx, data, truth)
	if err != nil {
		return err
	}
	line("counts that are not what they must be", fmt.Sprint(wrong), atMost(float64(wrong), 0, ""))
	line("taken into the log and counted in", fmt.Sprintf("%.1f s", took.Seconds()), atMost(took.Seconds(), 60, "s")+", for 10,000,000")
	line("memory at most", megabytes(most), atMost(float64(most)/1e6, 200, "MB"))
	return nil
}

// count takes and counts what is in the spools, in a process of its own.
func (b *bench) count(ctx context.Context, data string) (took time.Duration, most int64, err error) {
	return watched(exec.CommandContext(ctx, b.binary, "--data", data, "usage", "count"))
}

// spool writes the events of some past days in the order of time.
func (b *bench) spool(dir string) (*usage.Spool, []*tallytest.Truth, error) {
	spool, now := usage.NewSpool(dir), time.Now().UTC()
	first := now.Truncate(24*time.Hour).AddDate(0, 0, -usageDays-1)
	var truths []*tallytest.Truth
	for day := range usageDays {
		var events []counts.Event
		log := tallytest.Log{Seed: uint64(day), Begin: first.AddDate(0, 0, day), Days: 1, Items: 10_000}
		truths = append(truths, log.Generate(b.events/usageDays, func(_ int, e *counts.Event) { events = append(events, *e) }))
		slices.SortFunc(events, func(a, b counts.Event) int { return cmp.Compare(a.At, b.At) })
		for part := range slices.Chunk(events, 5000) {
			if err := spool.Write(part, now); err != nil {
				return nil, nil, err
			}
		}
	}
	return spool, truths, nil
}

// compareUsage is how many counts by place and month differ from the truth.
func (b *bench) compareUsage(ctx context.Context, data string, truths []*tallytest.Truth) (wrong int, err error) {
	type place struct {
		class  counts.Class
		item   string
		month  string
		method counts.Method
	}
	want := map[place]counts.Counts{}
	for _, truth := range truths {
		for day, places := range truth.Days {
			for p, c := range places {
				k := place{p.Class, p.Item, day[:7], p.Method}
				want[k] = want[k].Plus(c)
			}
		}
	}
	st, err := store.Open(ctx, store.Config{DataDir: data})
	if err != nil {
		return 0, err
	}
	defer st.Close()
	items := map[[2]string]bool{}
	for k := range want {
		items[[2]string{string(k.class), k.item}] = true
	}
	for item := range items {
		list, err := st.UsageOf(ctx, counts.Class(item[0]), item[1])
		if err != nil {
			return 0, err
		}
		for _, m := range list {
			k := place{counts.Class(item[0]), item[1], m.Month, m.Method}
			if want[k] != m.Counts {
				wrong++
			}
			delete(want, k)
		}
	}
	return wrong + len(want), nil
}

// counting compares a site that counts with one that does not.
func (b *bench) counting(ctx context.Context) error {
	wrk, err := need("wrk", "wrk")
	if err != nil {
		return err
	}
	var pages [2]string
	for i, args := range [][]string{{"--demo"}, {"--demo", "--no-usage"}} {
		site, base, _, err := b.serve(ctx, filepath.Join(b.dir, fmt.Sprint("counting-", i)), args...)
		if err != nil {
			return err
		}
		defer site.stop()
		if pages[i], err = largestArticle(ctx, base); err != nil {
			return err
		}
		if _, err := b.load(ctx, wrk, pages[i], 1); err != nil {
			return err
		}
	}
	var rates [2][]float64
	for round := range b.rounds {
		for turn := range 2 {
			i := (round + turn) % 2 // who goes first changes
			m, err := b.load(ctx, wrk, pages[i], b.seconds)
			if err != nil {
				return err
			}
			rates[i] = append(rates[i], m.rate)
		}
	}
	line("a page from memory, counted", thousands(median(rates[0]))+" req/s", spread(rates[0], "%.0f"))
	line("the same, not counted", thousands(median(rates[1]))+" req/s", spread(rates[1], "%.0f"))
	more := 100 * (median(rates[1])/median(rates[0]) - 1)
	line("counting adds to its time", fmt.Sprintf("%.1f %%", more), atMost(more, 5, "%"))
	return nil
}
