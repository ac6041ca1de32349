package httpx

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"
)

// clock is a clock that a test sets.
type clock struct{ now time.Time }

func newLimiter(t *testing.T, rate float64, burst int, proxies ...string) (*Limiter, *clock) {
	t.Helper()
	l, err := NewLimiter(rate, burst, proxies)
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	l.now = func() time.Time { return c.now }
	return l, c
}

func from(address string, forwarded ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/search", nil)
	r.RemoteAddr = address
	if len(forwarded) > 0 {
		r.Header["X-Forwarded-For"] = forwarded
	}
	return r
}

// passes is how many of n requests are let through.
func passes(l *Limiter, n int, r func(i int) *http.Request) int {
	passed := 0
	for i := range n {
		if _, ok := l.Allow(r(i)); ok {
			passed++
		}
	}
	return passed
}

func TestFloodOfOneNetworkIsSlowedAndOthersAreServed(t *testing.T) {
	l, c := newLimiter(t, 8, 40)
	flood := func(i int) *http.Request { return from(fmt.Sprintf("203.0.113.%d:4000", i%250)) }
	if n := passes(l, 500, flood); n != 40 {
		t.Errorf("%d of 500 requests at once pass, want 40", n)
	}
	if n := passes(l, 5, func(int) *http.Request { return from("198.51.100.7:4000") }); n != 5 {
		t.Errorf("another network: %d of 5 pass", n)
	}
	wait, ok := l.Allow(flood(1))
	if ok || wait <= 0 || wait > time.Second/8 {
		t.Errorf("the next one may come in %v, passes: %v", wait, ok)
	}
	c.now = c.now.Add(wait)
	if n := passes(l, 2, flood); n != 1 {
		t.Errorf("after that time %d of 2 pass, want 1", n)
	}
	c.now = c.now.Add(2 * time.Second)
	if n := passes(l, 100, flood); n != 16 {
		t.Errorf("after two seconds %d pass, want 16", n)
	}
	c.now = c.now.Add(time.Hour)
	if n := passes(l, 100, flood); n != 40 {
		t.Errorf("after an hour %d pass, want 40", n)
	}
}

func TestNetworkOfIPv6IsAPrefixOf56Bits(t *testing.T) {
	l, _ := newLimiter(t, 1, 3)
	same := func(i int) *http.Request { return from(fmt.Sprintf("[2001:db8:1:aa%02x::%x]:443", i, i)) }
	if n := passes(l, 20, same); n != 3 {
		t.Errorf("one network: %d pass, want 3", n)
	}
	other := func(i int) *http.Request { return from(fmt.Sprintf("[2001:db8:2:%x00::1]:443", i)) }
	if n := passes(l, 20, other); n != 20 {
		t.Errorf("twenty networks: %d pass", n)
	}
	if n := passes(l, 4, func(int) *http.Request { return from("[::ffff:192.0.2.1]:443") }); n != 3 {
		t.Errorf("an address of IPv4 in IPv6: %d of 4 pass", n)
	}
}

func TestAddressBehindAProxyIsBelievedOnlyOfTheProxy(t *testing.T) {
	l, _ := newLimiter(t, 1, 2, "10.0.0.0/8", "127.0.0.1", "::1")
	for _, c := range []struct {
		name string
		r    *http.Request
		want string
	}{
		{"direct", from("203.0.113.9:1"), "203.0.113.9"},
		{"a header of a stranger", from("203.0.113.9:1", "198.51.100.1"), "203.0.113.9"},
		{"proxy", from("10.1.2.3:1", "198.51.100.1"), "198.51.100.1"},
		{"two proxies", from("127.0.0.1:1", "198.51.100.1, 10.9.9.9"), "198.51.100.1"},
		{"a client that invents one", from("10.1.2.3:1", "1.1.1.1, 198.51.100.1"), "198.51.100.1"},
		{"two headers", from("10.1.2.3:1", "1.1.1.1", "198.51.100.1"), "198.51.100.1"},
		{"with a port", from("[::1]:1", "[2001:db8::5]:99"), "2001:db8::5"},
		{"nonsense", from("10.1.2.3:1", "unknown"), "10.1.2.3"},
		{"no header", from("10.1.2.3:1"), "10.1.2.3"},
	} {
		if got := l.Client(c.r.RemoteAddr, c.r.Header["X-Forwarded-For"]).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if _, err := NewLimiter(1, 1, []string{"proxy.example.org"}); err == nil {
		t.Error("a name is taken for an address")
	}
}

func TestNobodyIsLimitedWithoutARateOrOnThisMachine(t *testing.T) {
	l, _ := newLimiter(t, 0, 1)
	if n := passes(l, 50, func(int) *http.Request { return from("203.0.113.9:1") }); n != 50 {
		t.Errorf("without a rate %d of 50 pass", n)
	}
	l, _ = newLimiter(t, 1, 1)
	if n := passes(l, 50, func(int) *http.Request { return from("127.0.0.1:1") }); n != 50 {
		t.Errorf("on this machine %d of 50 pass", n)
	}
	var none *Limiter
	if _, ok := none.Allow(from("203.0.113.9:1")); !ok {
		t.Error("no limiter limits")
	}
}

func TestLimiterForgetsNetworks(t *testing.T) {
	l, c := newLimiter(t, 1, 2)
	for i := range 3 * mostNetworks {
		l.Allow(from(fmt.Sprintf("%d.%d.%d.1:1", 1+i>>16, i>>8&255, i&255)))
		if i%1000 == 0 {
			c.now = c.now.Add(time.Millisecond)
		}
	}
	if n := len(l.buckets); n > mostNetworks {
		t.Errorf("%d networks are remembered, more than %d", n, mostNetworks)
	}
}

// TestOneNetworkLeavesProcessorsToOthers: what a network may ask for at once is done
// for it one after the other, and another network does not wait for it.
func TestOneNetworkLeavesProcessorsToOthers(t *testing.T) {
	l, err := NewLimiter(10, 1000, nil)
	if err != nil {
		t.Fatal(err)
	}
	most := max(runtime.GOMAXPROCS(0)/2, 1)
	var held []func()
	for range most {
		done, err := l.Turn(t.Context(), from("203.0.113.7:1"))
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, done)
	}
	brief, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := l.Turn(brief, from("203.0.113.8:1")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("more than %d at once: %v", most, err)
	}
	other, err := l.Turn(t.Context(), from("198.51.100.7:1"))
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan error)
	go func() {
		done, err := l.Turn(t.Context(), from("203.0.113.9:1"))
		if err == nil {
			done()
		}
		got <- err
	}()
	for _, done := range append(held, other) {
		done()
	}
	if err := <-got; err != nil {
		t.Errorf("who waited for a turn: %v", err)
	}
	if len(l.turns) != 0 {
		t.Errorf("%d networks are remembered that ask for nothing", len(l.turns))
	}
	for range 3 * most { // this machine itself waits for nobody
		if _, err := l.Turn(t.Context(), from("127.0.0.1:1")); err != nil {
			t.Fatal(err)
		}
	}
}
