package httpx

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// crawlers are the search engines whose robots can be told from those who only
// use their name: the address of the robot has a name in one of these domains,
// and that name has the address. The engines themselves say so in their pages on
// verifying their robots.
var crawlers = []struct {
	agent   string // part of User-Agent, in lower case
	domains []string
}{
	{"googlebot", []string{"googlebot.com", "google.com"}},
	{"bingbot", []string{"search.msn.com"}},
	{"yandexbot", []string{"yandex.ru", "yandex.net", "yandex.com"}},
	{"baiduspider", []string{"baidu.com", "baidu.jp"}},
	{"applebot", []string{"applebot.apple.com"}},
	{"archive.org_bot", []string{"archive.org"}},
}

// Resolver asks the domain name system; *net.Resolver is one.
type Resolver interface {
	LookupAddr(ctx context.Context, addr string) (names []string, err error)
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Crawlers knows which addresses are those of search engines. It asks in the
// background: the first requests of a robot count like anybody's.
type Crawlers struct {
	resolver Resolver
	now      func() time.Time

	mu       sync.Mutex
	verdicts map[netip.Addr]verdict
	asking   chan struct{} // one place for each question under way
}

type verdict struct {
	genuine bool
	until   time.Time
}

const (
	keepVerdict  = 24 * time.Hour
	mostVerdicts = 10_000
	mostAsking   = 4
	dnsPatience  = 5 * time.Second
)

// NewCrawlers makes a Crawlers that asks a resolver.
func NewCrawlers(r Resolver) *Crawlers {
	return &Crawlers{resolver: r, now: time.Now, verdicts: map[netip.Addr]verdict{}, asking: make(chan struct{}, mostAsking)}
}

// Genuine reports whether a request comes from a search engine, as far as it is
// known by now. A nil *Crawlers knows none.
func (c *Crawlers) Genuine(r *http.Request, from netip.Addr) bool {
	if c == nil {
		return false
	}
	agent := strings.ToLower(r.UserAgent())
	i := slices.IndexFunc(crawlers, func(x struct {
		agent   string
		domains []string
	}) bool {
		return strings.Contains(agent, x.agent)
	})
	if i < 0 {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	v, known := c.verdicts[from]
	if known && c.now().Before(v.until) {
		return v.genuine
	}
	select {
	case c.asking <- struct{}{}:
		go c.ask(from, crawlers[i].domains)
	default: // many claim to be robots at once; this one asks again
	}
	return known && v.genuine
}

// ask finds out whether an address is what it claims to be.
func (c *Crawlers) ask(from netip.Addr, domains []string) {
	defer func() { <-c.asking }()
	ctx, cancel := context.WithTimeout(context.Background(), dnsPatience)
	defer cancel()
	genuine := c.verify(ctx, from, domains)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.verdicts) >= mostVerdicts {
		clear(c.verdicts)
	}
	c.verdicts[from] = verdict{genuine, c.now().Add(keepVerdict)}
}

func (c *Crawlers) verify(ctx context.Context, from netip.Addr, domains []string) bool {
	names, err := c.resolver.LookupAddr(ctx, from.String())
	if err != nil {
		return false
	}
	for _, name := range names {
		name = strings.TrimSuffix(strings.ToLower(name), ".")
		if !slices.ContainsFunc(domains, func(d string) bool { return strings.HasSuffix(name, "."+d) }) {
			continue
		}
		back, err := c.resolver.LookupNetIP(ctx, "ip", name)
		if err == nil && slices.ContainsFunc(back, func(a netip.Addr) bool { return a.Unmap() == from }) {
			return true
		}
	}
	return false
}

var _ Resolver = (*net.Resolver)(nil)
