//go:build linux

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// landing loads an article page of the demonstration and the same bytes served
// by nginx, in turns.
func (b *bench) landing(ctx context.Context) error {
	wrk, err := need("wrk", "wrk")
	if err != nil {
		return err
	}
	site, base, _, err := b.serve(ctx, filepath.Join(b.dir, "landing"), "--demo")
	if err != nil {
		return err
	}
	defer site.stop()
	article, err := largestArticle(ctx, base)
	if err != nil {
		return err
	}
	gz, encoding, err := fetch(ctx, article, "gzip")
	if err != nil {
		return err
	}
	if encoding != "gzip" {
		return fmt.Errorf("%s was asked for gzip and came as %q", article, encoding)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		return err
	}
	page, err := io.ReadAll(unzip)
	if err != nil {
		return err
	}
	beside, static, _, err := b.nginx(ctx, page, gz)
	if err != nil {
		return err
	}
	defer beside.stop()
	if same, encoding, err := fetch(ctx, static, "gzip"); err != nil || encoding != "gzip" || !bytes.Equal(same, gz) {
		return errors.Join(err, errors.New("nginx does not serve the same bytes"))
	}
	return b.compare(ctx, wrk, article, static, len(gz))
}

func (b *bench) compare(ctx context.Context, wrk, article, static string, size int) error {
	for _, address := range []string{article, static} { // warm up
		if _, err := b.load(ctx, wrk, address, 1); err != nil {
			return err
		}
	}
	var ours, theirs, ourTail, theirTail []float64
	for round := range b.rounds {
		for turn := range 2 {
			address, rate, tail := article, &ours, &ourTail
			if (round+turn)%2 == 1 { // who goes first changes
				address, rate, tail = static, &theirs, &theirTail
			}
			m, err := b.load(ctx, wrk, address, b.seconds)
			if err != nil {
				return err
			}
			*rate, *tail = append(*rate, m.rate), append(*tail, m.p99)
		}
	}
	section(fmt.Sprintf("landing: an article page of %s gzip at %d connections, %d rounds of %d s", kilobytes(int64(size)), b.connections, b.rounds, b.seconds))
	line("offprint", thousands(median(ours))+" req/s", spread(ours, "%.0f"))
	line("nginx, gzip_static", thousands(median(theirs))+" req/s", spread(theirs, "%.0f"))
	ratio := median(ours) / median(theirs)
	line("ratio", fmt.Sprintf("%.2f", ratio), atLeast(ratio, 0.5, ""))
	line("offprint, 99th percentile", fmt.Sprintf("%.2f ms", median(ourTail)), atMost(median(ourTail), 10, "ms"))
	line("nginx, 99th percentile", fmt.Sprintf("%.2f ms", median(theirTail)), "")
	return nil
}

// load is one measurement.
type load struct {
	rate float64 // answers a second
	p99  float64 // milliseconds
}

var (
	wrkRate   = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	wrkP99    = regexp.MustCompile(`99%\s+([0-9.]+)(us|ms|s|m)\b`)
	wrkFailed = regexp.MustCompile(`(Non-2xx or 3xx responses|Socket errors):.*`)
)

// load runs wrk with two threads, which is as many as it can use beside the
// server on two cores.
func (b *bench) load(ctx context.Context, wrk, address string, seconds int) (load, error) {
	cmd := exec.CommandContext(ctx, wrk, "-t2", "-c"+strconv.Itoa(b.connections), "-d"+strconv.Itoa(seconds)+"s",
		"--latency", "-H", "Accept-Encoding: gzip", address)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return load{}, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	return parseWrk(out)
}

func parseWrk(out []byte) (load, error) {
	if bad := wrkFailed.Find(out); bad != nil {
		return load{}, fmt.Errorf("wrk: %s", bad)
	}
	rate, tail := wrkRate.FindSubmatch(out), wrkP99.FindSubmatch(out)
	if rate == nil || tail == nil {
		return load{}, fmt.Errorf("wrk printed no rate or no 99th percentile:\n%s", out)
	}
	var l load
	var err error
	if l.rate, err = strconv.ParseFloat(string(rate[1]), 64); err != nil {
		return load{}, err
	}
	if l.p99, err = strconv.ParseFloat(string(tail[1]), 64); err != nil {
		return load{}, err
	}
	unit := map[string]time.Duration{"us": time.Microsecond, "ms": time.Millisecond, "s": time.Second, "m": time.Minute}[string(tail[2])]
	l.p99 *= float64(unit) / float64(time.Millisecond)
	return l, nil
}
