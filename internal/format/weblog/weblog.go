// Package weblog reads the access logs of content delivery networks and web
// servers, one answer a line:
//
//   - the W3C Extended Log File Format (working draft WD-logfile-960323), whose lines
//     "#Fields:" name the columns, as CloudFront and IIS write it;
//   - JSON, an object a line, with the names of fields that Cloudflare and Fastly use;
//   - the combined format of Apache and nginx, to which the state of the cache may be
//     appended ("… $upstream_cache_status").
//
// It says what a line says, and nothing of what that means.
package weblog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Cache is what the cache that wrote a line did.
type Cache uint8

const (
	// Unknown: the line does not say it.
	Unknown Cache = iota
	// Hit: it answered by itself.
	Hit
	// Asked: the server behind it was asked, for the page or whether it has changed.
	Asked
)

// Answer is a line of a log.
type Answer struct {
	At      time.Time
	Client  netip.Addr
	Method  string
	Host    string // empty where the log does not say it
	Address string // path and query
	Status  int
	Agent   string
	Range   string // of a request for a part of a file
	Cache   Cache
}

// MostLine is how many bytes a line may have.
const MostLine = 128 << 10

// errLine is a line that is no answer.
var errLine = errors.New("not a line of an access log")

// Read calls f at every answer of a log, with the number of its line, and bad at
// every line that cannot be read. It returns what f returns, else what the reader
// returns. A line that is too long is bad.
func Read(r io.Reader, f func(n int, a *Answer) error, bad func(n int)) error {
	in := bufio.NewReaderSize(r, MostLine)
	var form formats
	for n := 1; ; n++ {
		line, err := in.ReadSlice('\n')
		long := false
		for errors.Is(err, bufio.ErrBufferFull) {
			long = true
			_, err = in.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) > 0 || long {
			a, ok, lineErr := form.answer(line)
			switch {
			case long || lineErr != nil:
				bad(n)
			case ok:
				if err := f(n, &a); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return nil
		}
	}
}

// formats is what is known of a log so far.
type formats struct {
	columns []string // of #Fields
}

// answer reads a line; ok is false for one that says something of the log.
func (f *formats) answer(line []byte) (a Answer, ok bool, err error) {
	switch {
	case line[0] == '#':
		if rest, is := bytes.CutPrefix(line, []byte("#Fields:")); is {
			f.columns = strings.Fields(string(rest))
		}
		return a, false, nil
	case line[0] == '{':
		a, err = jsonAnswer(line)
	case f.columns != nil:
		a, err = extendedAnswer(f.columns, string(line))
	default:
		a, err = combinedAnswer(string(line))
	}
	if err != nil {
		return a, false, err
	}
	if a.At.IsZero() || !a.Client.IsValid() || a.Method == "" || !strings.HasPrefix(a.Address, "/") || a.Status < 100 || a.Status > 599 {
		return a, false, errLine
	}
	return a, true, nil
}

// setAddress takes an address as a log has it: with or without scheme and host.
func (a *Answer) setAddress(s string) {
	if strings.HasPrefix(s, "/") {
		a.Address = s
		return
	}
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		a.Host = u.Host
		if a.Address = u.EscapedPath(); a.Address == "" {
			a.Address = "/"
		}
		if u.RawQuery != "" {
			a.Address += "?" + u.RawQuery
		}
	}
}

func (a *Answer) setClient(s string) {
	if c, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		a.Client = c.Unmap()
	} else if c, err := netip.ParseAddrPort(s); err == nil {
		a.Client = c.Addr().Unmap()
	}
}

// CacheOf is what a word for the state of a cache means: those of nginx, Varnish,
// Fastly, Cloudflare and CloudFront. RefreshHit and REVALIDATED have asked the server
// behind them.
func CacheOf(word string) Cache {
	switch strings.ToLower(strings.Trim(word, `"`)) {
	case "hit", "stale", "updating", "hit-stale", "hit-wait", "hit-cluster", "hit-synth", "tcp_hit", "tcp_mem_hit", "originshieldhit":
		return Hit
	case "miss", "refreshhit", "revalidated", "expired", "bypass", "pass", "dynamic", "error", "none", "miss-cluster", "tcp_miss", "redirect", "limitexceeded", "capacityexceeded":
		return Asked
	}
	return Unknown
}
