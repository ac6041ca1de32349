package httpx

import (
	"context"
	"math"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"time"

	"offprint/internal/errs"
)

// mostNetworks is how many networks a Limiter remembers, about 100 bytes each.
const mostNetworks = 20_000

// Limiter slows those who ask too much, so that the others are served: each
// network (IPv4 /24, IPv6 /56, which is what one household or office has) has a
// bucket of tokens that refills at a steady rate; a request takes one. The zero
// rate limits nobody, and neither are requests of this machine itself.
type Limiter struct {
	rate, burst float64
	proxies     []netip.Prefix
	now         func() time.Time
	crawlers    *Crawlers

	mu      sync.Mutex
	buckets map[netip.Prefix]bucket
	turns   map[netip.Prefix]*turns
}

// turns are those of one network whose pages are being drawn or wait for that.
type turns struct {
	places chan struct{}
	users  int
}

type bucket struct {
	tokens float64
	at     time.Time
}

// NewLimiter makes a Limiter that lets through burst requests at once and rate a
// second from then on. proxies are addresses or networks of proxies whose header
// X-Forwarded-For is believed.
func NewLimiter(rate float64, burst int, proxies []string) (*Limiter, error) {
	l := &Limiter{rate: rate, burst: max(float64(burst), 1), now: time.Now, buckets: map[netip.Prefix]bucket{}, turns: map[netip.Prefix]*turns{}}
	for _, s := range proxies {
		p, err := netip.ParsePrefix(s)
		if a, aerr := netip.ParseAddr(s); aerr == nil {
			p, err = netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
		}
		if err != nil {
			return nil, errs.Fieldf(errs.Invalid, "trusted-proxies", "%q is neither an address nor a network: write 10.0.0.7 or 10.0.0.0/8", s)
		}
		l.proxies = append(l.proxies, p.Masked())
	}
	return l, nil
}

// Spare lets the robots of search engines through, which are few and polite.
func (l *Limiter) Spare(c *Crawlers) { l.crawlers = c }

// TooFast is the failure of a request from a network that asks too much.
type TooFast struct{ Wait time.Duration }

func (f *TooFast) Error() string { return "too much was asked from this network" }

// Check is Allow as a failure.
func (l *Limiter) Check(r *http.Request) error {
	if wait, ok := l.Allow(r); !ok {
		return &TooFast{wait}
	}
	return nil
}

// Allow takes a token for the network of a request. Where there is none, wait is
// how long it takes until there is.
func (l *Limiter) Allow(r *http.Request) (wait time.Duration, ok bool) {
	of, limited := l.of(r)
	if !limited {
		return 0, true
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.buckets[of]
	if !known {
		l.makeRoom(now)
		b = bucket{tokens: l.burst, at: now}
	}
	b.tokens, b.at = l.level(b, now), now
	if ok = b.tokens >= 1; ok {
		b.tokens--
	} else {
		wait = time.Duration((1 - b.tokens) / l.rate * float64(time.Second))
	}
	l.buckets[of] = b
	return wait, ok
}

// of is the network that a request is from; false where nobody limits it.
func (l *Limiter) of(r *http.Request) (netip.Prefix, bool) {
	if l == nil || l.rate <= 0 {
		return netip.Prefix{}, false
	}
	client := l.Client(r.RemoteAddr, r.Header["X-Forwarded-For"])
	if !client.IsValid() || client.IsLoopback() || l.crawlers.Genuine(r, client) {
		return netip.Prefix{}, false
	}
	return network(client), true
}

// Turn waits until at most half of the processors work for the network of a request,
// so that those of other networks find one free, whatever its bucket holds. done
// ends the work. The error is that of the context.
func (l *Limiter) Turn(ctx context.Context, r *http.Request) (done func(), err error) {
	of, limited := l.of(r)
	if !limited {
		return func() {}, nil
	}
	l.mu.Lock()
	t := l.turns[of]
	if t == nil {
		t = &turns{places: make(chan struct{}, max(runtime.GOMAXPROCS(0)/2, 1))}
		l.turns[of] = t
	}
	t.users++
	l.mu.Unlock()
	leave := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if t.users--; t.users == 0 {
			delete(l.turns, of)
		}
	}
	select {
	case t.places <- struct{}{}:
		return func() { <-t.places; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// level is what a bucket holds now.
func (l *Limiter) level(b bucket, now time.Time) float64 {
	return math.Min(l.burst, b.tokens+math.Max(now.Sub(b.at).Seconds(), 0)*l.rate)
}

// makeRoom forgets the networks whose buckets are full again, which are as good
// as unknown, and some others if that is not enough.
func (l *Limiter) makeRoom(now time.Time) {
	if len(l.buckets) < mostNetworks {
		return
	}
	for of, b := range l.buckets {
		if l.level(b, now) >= l.burst {
			delete(l.buckets, of)
		}
	}
	for of := range l.buckets {
		if len(l.buckets) < mostNetworks*9/10 {
			return
		}
		delete(l.buckets, of)
	}
}

// Client is the address of who asks, by that of the connection and the headers
// X-Forwarded-For: the former or, behind proxies that are believed, the last one
// in the latter that is not theirs. It is not valid where none can be read.
func (l *Limiter) Client(remote string, forwarded []string) netip.Addr {
	at := address(remote)
	if len(forwarded) == 0 {
		return at
	}
	given := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(given) - 1; i >= 0 && l.trusts(at); i-- {
		next := address(strings.TrimSpace(given[i]))
		if !next.IsValid() {
			break
		}
		at = next
	}
	return at
}

func (l *Limiter) trusts(a netip.Addr) bool {
	for _, p := range l.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// address reads an address that may have a port and brackets.
func address(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

// network is what counts as one.
func network(a netip.Addr) netip.Prefix {
	bits := 56
	if a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits) // fails only for more bits than an address has
	return p
}
