// Package deposit talks with registries, and with whoever answers at the addresses of
// references.
//
//	c, err := deposit.NewCrossref(deposit.Settings{Base: "https://api.crossref.org", Mail: "editor@example.org"})
//	works, err := c.Find(ctx, "Panov A. N. The Treaty. 2010", 5)
//
// Terms. A candidate is a work of the registry that may be a printed reference; its
// confidence is this package's own comparison of both and not the registry's rank. An
// update is a notice that something has become of a work: a retraction and the like.
//
// Nothing here is asked of anybody unless a person has said so, and nothing that is
// answered is believed: it is bounded, and a proposal becomes a link only by an
// editor's command. The package writes no SQL and draws nothing.
package deposit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"offprint/internal/errs"
)

// Settings are how a registry is asked.
type Settings struct {
	Base    string  // https://api.crossref.org
	Mail    string  // whom the registry writes to, when something goes wrong
	PerSec  float64 // requests a second, 5 when zero
	Timeout time.Duration
	// Pause waits between attempts; the tests do not.
	Pause func(context.Context, time.Duration) error
}

const (
	attempts     = 4
	mostAnswer   = 4 << 20 // bytes
	longestPause = 2 * time.Minute
	agent        = "Offprint/1 (https://github.com/offprint/offprint; mailto:%s)"
)

// client asks one host, politely: not too often, and not again at once what it has
// refused.
type client struct {
	base *url.URL
	mail string
	http *http.Client
	wait func(context.Context, time.Duration) error
	gap  time.Duration

	mu   sync.Mutex
	next time.Time
}

func newClient(s Settings) (*client, error) {
	base, err := url.Parse(s.Base)
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, errs.Newf(errs.Invalid, "%q is no address of a registry: write https://api.crossref.org", s.Base)
	}
	if s.Mail == "" || !strings.Contains(s.Mail, "@") || strings.ContainsAny(s.Mail, " \r\n") {
		return nil, errs.Newf(errs.Invalid, "registries ask for an e-mail address to write to: give one with --mailto")
	}
	if s.PerSec <= 0 {
		s.PerSec = 5
	}
	if s.Timeout <= 0 {
		s.Timeout = 30 * time.Second
	}
	if s.Pause == nil {
		s.Pause = pause
	}
	c := &client{base: base, mail: s.Mail, wait: s.Pause, gap: time.Duration(float64(time.Second) / s.PerSec)}
	c.http = &http.Client{Timeout: s.Timeout, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 3 || r.URL.Host != base.Host || r.URL.Scheme != base.Scheme {
			return errs.Newf(errs.Unavailable, "%s leads to %s, which is not asked", base.Host, r.URL.Host)
		}
		return nil
	}}
	return c, nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// turn waits until the next request may leave.
func (c *client) turn(ctx context.Context) error {
	c.mu.Lock()
	now := time.Now()
	at := c.next
	if at.Before(now) {
		at = now
	}
	c.next = at.Add(c.gap)
	c.mu.Unlock()
	if d := at.Sub(now); d > 0 {
		return pause(ctx, d)
	}
	return ctx.Err()
}

// get is the body of an answer. errs.NotFound when the registry does not know the
// thing, errs.Invalid when it does not understand the question, errs.Unavailable when it does not answer in
// several attempts.
func (c *client) get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	query.Set("mailto", c.mail)
	u := *c.base
	u.Path = strings.TrimSuffix(u.Path, "/") + path
	u.RawPath = strings.TrimSuffix(c.base.EscapedPath(), "/") + (&url.URL{Path: path}).EscapedPath()
	u.RawQuery = query.Encode()
	var last error
	for n := range attempts {
		if err := c.turn(ctx); err != nil {
			return nil, err
		}
		body, after, err := c.once(ctx, u.String())
		if err == nil || ctx.Err() != nil || after < 0 {
			return body, err
		}
		last = err
		if after == 0 {
			after = time.Second << n
		}
		if after > longestPause {
			break // it would rather not be asked for long
		}
		if n+1 < attempts {
			if err := c.wait(ctx, after); err != nil {
				return nil, err
			}
		}
	}
	return nil, last
}

// once asks once. after is how long to wait before the next attempt: 0 when nothing
// is said of it, below when there is to be none.
func (c *client) once(ctx context.Context, address string) (body []byte, after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, -1, err
	}
	req.Header.Set("User-Agent", fmt.Sprintf(agent, c.mail))
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		var problem *errs.Problem
		if errors.As(err, &problem) {
			return nil, -1, problem
		}
		return nil, 0, errs.Newf(errs.Unavailable, "%s does not answer: %v", c.base.Host, short(err))
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		body, err = io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
		if err != nil {
			return nil, 0, errs.Newf(errs.Unavailable, "%s broke off its answer: %v", c.base.Host, short(err))
		}
		if len(body) > mostAnswer {
			return nil, -1, errs.Newf(errs.Unavailable, "%s answers with more than %d MB", c.base.Host, mostAnswer>>20)
		}
		return body, 0, nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return nil, -1, errs.Newf(errs.NotFound, "%s does not know it", c.base.Host)
	case code == http.StatusTooManyRequests || code >= 500:
		return nil, retryAfter(resp.Header.Get("Retry-After"), time.Now()), errs.Newf(errs.Unavailable, "%s answers %d: try again later", c.base.Host, code)
	default:
		return nil, -1, errs.Newf(errs.Invalid, "%s answers %d to the question", c.base.Host, code)
	}
}

// short is an error of the network without the address, which people have seen.
func short(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// retryAfter is how long an answer asks to wait, in seconds or until a date (RFC 9110,
// section 10.2.3); 0 when it does not say.
func retryAfter(value string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 {
		return time.Duration(min(n, 1<<20)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
