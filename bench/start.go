//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// settle is how long a server is left alone before its memory is read.
const settle = 2 * time.Second

// started is what was seen of a server that started.
type started struct {
	ready  []float64 // milliseconds to the first answer, by round
	page   []float64 // and to the first page
	memory []float64 // resident bytes when idle
}

// start starts Offprint on a new data folder and on a full one, and nginx, in
// turns.
func (b *bench) start(ctx context.Context) error {
	full, how, err := b.full(ctx)
	if err != nil {
		return err
	}
	var empty, filled, beside started
	for range b.rounds {
		for _, s := range []struct {
			run  func(context.Context, string, *started) error
			data string
			into *started
		}{{b.startNginx, "", &beside}, {b.startNew, "", &empty}, {b.startOn, full, &filled}} {
			if err := s.run(ctx, s.data, s.into); err != nil {
				return err
			}
		}
	}
	nginx, err := need("nginx", "nginx-light")
	if err != nil {
		return err
	}
	ourSize, theirSize, err := sizes(b.binary, nginx)
	if err != nil {
		return err
	}
	section(fmt.Sprintf("start: from the start of the process to its first answer, %d rounds, files in memory", b.rounds))
	count := thousands(float64(b.articles))
	fmt.Printf("  the full data folder has %s articles; it was %s\n", count, how)
	first := func(name string, ms []float64, target float64) {
		note := spread(ms, "%.0f") + " ms; " + ratio(median(ms), median(beside.ready)) + " times nginx"
		if target > 0 {
			note = atMost(median(ms), target, "ms") + "; " + note
		}
		line(name, fmt.Sprintf("%.0f ms", median(ms)), note)
	}
	first("new data folder: ready", empty.ready, 300)
	first("new data folder: first page", empty.page, 0)
	first(count+" articles: ready", filled.ready, 1000)
	first(count+" articles: first page", filled.page, 0)
	line("nginx: first page", fmt.Sprintf("%.0f ms", median(beside.ready)), spread(beside.ready, "%.0f")+" ms")
	memory := func(name string, bytes []float64, target float64) {
		note := ratio(median(bytes), median(beside.memory)) + " times nginx"
		if target > 0 {
			note = atMost(median(bytes)/1e6, target, "MB") + "; " + note
		}
		line(name, megabytes(int64(median(bytes))), note)
	}
	memory("idle memory, new data folder", empty.memory, 0)
	memory("idle memory, "+count+" articles", filled.memory, 100)
	line("idle memory, nginx", megabytes(int64(median(beside.memory))), "")
	line("binary", megabytes(ourSize), atMost(float64(ourSize)/1e6, 60, "MB")+"; "+ratio(float64(ourSize), float64(theirSize))+" times nginx's "+megabytes(theirSize))
	return nil
}

func ratio(a, b float64) string { return fmt.Sprintf("%.1f", a/b) }

// startNew starts on a data folder that does not exist.
func (b *bench) startNew(ctx context.Context, _ string, s *started) error {
	data, err := os.MkdirTemp(b.dir, "empty-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	return b.startOn(ctx, filepath.Join(data, "data"), s)
}

func (b *bench) startOn(ctx context.Context, data string, s *started) error {
	p, base, ready, err := b.serve(ctx, data)
	if err != nil {
		return err
	}
	defer p.stop()
	page, err := p.answers(base+"/", 60*time.Second)
	if err != nil {
		return err
	}
	s.ready, s.page = append(s.ready, milliseconds(ready)), append(s.page, milliseconds(page))
	return s.idle(ctx, p)
}

func (b *bench) startNginx(ctx context.Context, _ string, s *started) error {
	p, _, first, err := b.nginx(ctx, []byte("<!doctype html><title>.</title>"), nil)
	if err != nil {
		return err
	}
	defer p.stop()
	s.ready = append(s.ready, milliseconds(first))
	return s.idle(ctx, p)
}

// idle notes the memory of a server that was left alone for a while.
func (s *started) idle(ctx context.Context, p *process) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(settle):
	}
	bytes, err := p.resident()
	s.memory = append(s.memory, float64(bytes))
	return err
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func sizes(a, b string) (int64, int64, error) {
	one, err := os.Stat(a)
	if err != nil {
		return 0, 0, err
	}
	two, err := os.Stat(b) // follows a link, as to an alternative
	if err != nil {
		return 0, 0, err
	}
	return one.Size(), two.Size(), nil
}

// chunk is how many generated pages lie on the disk at a time.
const chunk = pagesOf

// full gives a data folder with b.articles articles, each imported by the
// binary. With -keep and -dir it stands beside the folder of the run, where the
// next run finds it.
func (b *bench) full(ctx context.Context) (data, how string, err error) {
	data = filepath.Join(b.dir, "full")
	if b.kept != "" {
		data = filepath.Join(b.kept, fmt.Sprintf("offprint-bench-full-%d", b.articles))
	}
	whole := data + ".whole" // is written when everything is there
	if _, err := os.Stat(whole); err == nil {
		return data, "kept from an earlier run", nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", "", err
	}
	if err := os.RemoveAll(data); err != nil { // of a run that was interrupted
		return "", "", err
	}
	var took time.Duration
	for from := 0; from < b.articles; from += chunk {
		t, err := b.importChunk(ctx, data, from, min(from+chunk, b.articles))
		if err != nil {
			return "", "", err
		}
		took += t
	}
	// A server would derive lists and index from them behind its readers' backs.
	begun := time.Now()
	if err := b.offprint(ctx, "reindex", "--data", data); err != nil {
		return "", "", err
	}
	how = fmt.Sprintf("imported in %v, %s pages/s on all cores, and indexed in %v", took.Round(time.Second), thousands(float64(b.articles)/took.Seconds()), time.Since(begun).Round(time.Second))
	return data, how, os.WriteFile(whole, nil, 0o640)
}

// warmed reads files once, so that what is measured is not the disk: nginx, beside it,
// has its file in memory, too.
func warmed(pattern string) error {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// importChunk generates a journal and imports it.
func (b *bench) importChunk(ctx context.Context, data string, from, to int) (time.Duration, error) {
	src := filepath.Join(b.dir, "chunk")
	if _, err := writePages(src, from, to); err != nil {
		return 0, err
	}
	defer os.RemoveAll(src)
	if err := b.addJournal(ctx, data, from/chunk); err != nil {
		return 0, err
	}
	begun := time.Now()
	err := b.offprint(ctx, "import", "--data", data, "--journal", journalPath(from/chunk), src)
	return time.Since(begun), err
}
