package app

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/format/weblog"
	"offprint/internal/usage"
)

// CacheLog is the access log of a content delivery network that is to be counted.
type CacheLog struct {
	File    string
	AllHits bool   // everything in it was answered from the cache
	BaseURL string // of the site
	Robots  string // file, or empty
	// Networks is the file of networks, or empty.
	Networks string
	Days     int // for which the log of readers is kept
}

// logPatience bounds how long an address of a log may take to be looked up.
const logPatience = 20 * time.Second

// CountCacheLog counts what a cache before the site answered by itself, from its
// access log: each answer as the site would have counted it, once. The file may be
// compressed with gzip.
func (a *App) CountCacheLog(ctx context.Context, c CacheLog) (done usage.CacheLogTaken, err error) {
	book, err := a.book(c.Robots, c.Days, nil)
	if err != nil {
		return done, err
	}
	if book.Networks, err = usage.NetworksOf(c.Networks); err != nil {
		return done, err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return done, err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return done, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return done, err
	}
	log, err := plainLog(f)
	if err != nil {
		return done, errs.Newf(errs.Invalid, "%s cannot be read: %v", c.File, err)
	}
	look, err := a.lookup(ctx, c.BaseURL)
	if err != nil {
		return done, err
	}
	done, err = book.TakeCacheLog(ctx, usage.CacheLog{Name: "cdn/" + hex.EncodeToString(sum.Sum(nil)), AllHits: c.AllHits, Subject: look.subject,
		Each: func(f func(int, *weblog.Answer) error, bad func(int)) error { return weblog.Read(log, f, bad) }})
	if err != nil {
		return done, err
	}
	_, err = book.Count(ctx)
	return done, err
}

// plainLog is a log without its compression.
func plainLog(f io.Reader) (io.Reader, error) {
	in := bufio.NewReader(f)
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		return gzip.NewReader(in)
	}
	return in, nil
}

// lookup tells what an address of the site is of: the site itself is asked, and
// what it would note is kept instead.
type lookup struct {
	site  http.Handler
	hosts map[string]bool // of the site and its journals; nil: every host is taken for it
	seen  *usage.Subject
}

func (a *App) lookup(ctx context.Context, baseURL string) (*lookup, error) {
	cfg := config.Config{Place: a.place, Serve: config.Serve{BaseURL: cmp.Or(baseURL, "http://localhost"), CacheMB: 16}}
	s, err := build(a, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	l := &lookup{site: s.Handler()}
	s.Site.Usage = l
	if baseURL == "" {
		return l, nil
	}
	base, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	journals, err := a.Store.Journals(ctx)
	l.hosts = map[string]bool{strings.ToLower(base.Hostname()): true}
	for i := range journals {
		l.hosts[strings.ToLower(journals[i].Host)] = true
	}
	return l, err
}

// Note implements web.Noter.
func (l *lookup) Note(_ time.Time, _ *http.Request, status int, s *usage.Subject) {
	if status == http.StatusOK {
		l.seen = s
	}
}

func (l *lookup) subject(ctx context.Context, a *weblog.Answer) *usage.Subject {
	u, err := url.ParseRequestURI(a.Address)
	if err != nil {
		return nil
	}
	host, _, _ := strings.Cut(strings.ToLower(a.Host), ":")
	if host != "" && l.hosts != nil && !l.hosts[host] {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, logPatience)
	defer cancel()
	r := &http.Request{Method: http.MethodHead, URL: u, RequestURI: a.Address, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: http.NoBody, Host: cmp.Or(host, "localhost"), RemoteAddr: "127.0.0.1:1"}
	l.seen = nil
	l.site.ServeHTTP(&nowhere{header: http.Header{}}, r.WithContext(ctx))
	return l.seen
}

// nowhere takes an answer that nobody reads.
type nowhere struct{ header http.Header }

func (n *nowhere) Header() http.Header         { return n.header }
func (n *nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (n *nowhere) WriteHeader(int)             {}
