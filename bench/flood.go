//go:build linux

package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

const (
	// floodRate is how many pages a second one address asks for, and readerRate how
	// many another reader does.
	floodRate  = 2000
	readerRate = 20
	// floodFor is how long each measurement takes.
	floodFor = 15 * time.Second
	// floodPages is how many articles are asked for in turns: more than the site
	// keeps in memory.
	floodPages = 20_000
)

var location = regexp.MustCompile(`<loc>([^<]+)</loc>`)

// flood has one address ask for pages that are not in memory, far faster than it
// may, while another reader asks for such pages, too; and the reader alone.
func (b *bench) flood(ctx context.Context) error {
	full, how, err := b.full(ctx)
	if err != nil {
		return err
	}
	if err := warmed(filepath.Join(full, "offprint.db")); err != nil {
		return err
	}
	p, base, _, err := b.serve(ctx, full)
	if err != nil {
		return err
	}
	defer p.stop()
	pages, err := articleAddresses(ctx, base, floodPages)
	if err != nil {
		return err
	}
	section(fmt.Sprintf("flood: one address asks for %s pages a second that are not in memory, of %s articles (%s), files in memory", thousands(floodRate), thousands(float64(b.articles)), how))
	alone := askSteadily(ctx, pages, "198.51.100.7", readerRate, floodFor)
	var others *answers
	var wait sync.WaitGroup
	wait.Go(func() { others = askSteadily(ctx, pages, "203.0.113.9", floodRate, floodFor+time.Second) })
	time.Sleep(time.Second)
	reader := askSteadily(ctx, pages, "198.51.100.7", readerRate, floodFor)
	wait.Wait()
	if err := errors.Join(ctx.Err(), alone.failed(), reader.failed()); err != nil {
		return err
	}
	line("the flood: asked", thousands(float64(others.all)/(floodFor+time.Second).Seconds())+" pages/s", fmt.Sprintf("%.1f %% answered, others told to wait (429)", 100*float64(others.status[http.StatusOK])/float64(max(others.all, 1))))
	line("another reader, 95 of a hundred", fmt.Sprintf("%.1f ms", percentile(reader.ms, 0.95)), atMost(percentile(reader.ms, 0.95), 100, "ms"))
	line("the same without the flood", fmt.Sprintf("%.1f ms", percentile(alone.ms, 0.95)), fmt.Sprintf("half within %.1f ms, with the flood within %.1f ms", median(alone.ms), median(reader.ms)))
	return nil
}

// articleAddresses are addresses of articles as the site map has them.
func articleAddresses(ctx context.Context, base string, most int) (pages []string, err error) {
	parts := []string{base + "/sitemap.xml"}
	seen := map[string]bool{}
	for len(parts) > 0 && len(pages) < most {
		body, _, err := fetch(ctx, parts[0], "identity")
		if err != nil {
			return nil, err
		}
		parts = parts[1:]
		for _, m := range location.FindAllSubmatch(body, -1) {
			switch at := string(m[1]); {
			case seen[at]:
			case strings.Contains(at, "sitemap"):
				seen[at] = true
				parts = append(parts, at)
			case strings.Contains(at, "/articles/") && strings.Count(strings.TrimPrefix(at, base), "/") == 3:
				seen[at] = true
				pages = append(pages, at)
			}
		}
	}
	if len(pages) < 1000 {
		return nil, fmt.Errorf("the site map has only %d articles", len(pages))
	}
	return pages[:min(len(pages), most)], nil
}

// answers are what somebody was answered.
type answers struct {
	mu     sync.Mutex
	all    int
	status map[int]int
	ms     []float64 // of those that were answered with a page
	err    error
}

func (a *answers) failed() error {
	if a.err != nil {
		return a.err
	}
	if n := a.status[http.StatusOK]; n < a.all*9/10 || n == 0 {
		return fmt.Errorf("the reader was refused: %v", a.status)
	}
	return nil
}

// askSteadily asks for pages at random, so many a second whatever the answers take,
// as somebody whose address a proxy tells.
func askSteadily(ctx context.Context, pages []string, client string, rate int, lasting time.Duration) *answers {
	out := &answers{status: map[int]int{}}
	transport := &http.Transport{MaxIdleConnsPerHost: 256, MaxConnsPerHost: 256, DisableCompression: true}
	defer transport.CloseIdleConnections()
	ctx, stop := context.WithTimeout(ctx, lasting+10*time.Second)
	defer stop()
	var wait sync.WaitGroup
	begun := time.Now()
	for n := 0; time.Since(begun) < lasting; {
		for ; n < int(time.Since(begun).Seconds()*float64(rate)); n++ {
			wait.Go(func() { out.ask(ctx, transport, pages[rand.IntN(len(pages))], client) })
		}
		time.Sleep(2 * time.Millisecond)
	}
	wait.Wait()
	return out
}

func (a *answers) ask(ctx context.Context, transport *http.Transport, address, client string) {
	begun := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err == nil {
		req.Header.Set("X-Forwarded-For", client)
		req.Header.Set("Accept-Encoding", "gzip")
		req.Header.Set("Accept", "text/html")
	}
	var res *http.Response
	if err == nil {
		res, err = transport.RoundTrip(req)
	}
	status := 0
	if err == nil {
		status = res.StatusCode
		var body io.Reader = res.Body
		if z, zerr := gzip.NewReader(res.Body); zerr == nil {
			body = z
		}
		_, err = io.Copy(io.Discard, body)
		res.Body.Close()
	}
	took := milliseconds(time.Since(begun))
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all++
	a.status[status]++
	if err != nil && a.err == nil {
		a.err = err
	}
	if status == http.StatusOK {
		a.ms = append(a.ms, took)
	}
}
