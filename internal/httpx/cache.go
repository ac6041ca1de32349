package httpx

import (
	"context"
	"net/http"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"
)

// Cache holds rendered pages in memory, bounded in bytes, compressed once. A
// page says by its tags what it shows; Touch says that something has changed,
// and what shows it is made anew when it is next asked for. It is safe for use
// by several goroutines.
type Cache struct {
	pages   *otter.Cache[Key, *entry]
	flight  singleflight.Group
	tags    *tags
	codec   *codec
	metrics *Metrics
	limiter *Limiter
}

// Key names a page: whose it is (the host or "" for the installation's own),
// its address with the part of the query that counts, and the variant (theme,
// format). Only what a page is really made for may be a key: whoever sends
// requests must not be able to fill the cache with keys of his invention.
type Key struct{ Host, Address, Variant string }

// Page is what a handler makes. Nobody writes into it after that.
type Page struct {
	Type string // Content-Type
	Body []byte
	// Tags name what the page shows.
	Tags []string
	// Vary names the request headers, besides Accept-Encoding, that decided:
	// "Cookie", "Accept".
	Vary []string
	// Link is the Link header (RFC 8288), may be empty.
	Link string
	// Language is the Content-Language, may be empty.
	Language string
	// Subject is what the page is of, for FrontConfig.Answered; nil where nobody
	// needs to know.
	Subject any
	// Open: scripts of other sites may read it (CORS), as they may read data
	// that is public anyway.
	Open bool
}

// mostTags bounds how many changed things are told apart.
const mostTags = 50_000

// NewCache makes a cache of at most so many bytes.
func NewCache(maxBytes int64, m *Metrics) (*Cache, error) {
	pages, err := otter.New(&otter.Options[Key, *entry]{
		MaximumWeight: uint64(max(maxBytes, 1<<20)),
		Weigher:       func(k Key, e *entry) uint32 { return uint32(len(k.Host)+len(k.Address)+len(k.Variant)) + e.size() },
	})
	if err != nil {
		return nil, err
	}
	codec, err := newCodec()
	if err != nil {
		return nil, err
	}
	c := &Cache{pages: pages, tags: newTags(mostTags), codec: codec, metrics: m}
	m.watch(c)
	return c, nil
}

// Limit bounds how many pages that are not in memory a network may have made; it
// is called before the cache serves. Pages in memory cost next to nothing and are
// given to everybody.
func (c *Cache) Limit(l *Limiter) { c.limiter = l }

// Close ends what the cache does in the background.
func (c *Cache) Close() { c.pages.StopAllGoroutines() }

// Bytes is how much the pages in memory weigh.
func (c *Cache) Bytes() uint64 { return c.pages.WeightedSize() }

// Touch says that what the tags name has changed.
func (c *Cache) Touch(tags ...string) { c.tags.touch(tags) }

// TouchAll says that anything may have changed.
func (c *Cache) TouchAll() { c.tags.touchAll() }

// Hit sends the page, if it is in memory and current, and says the route that
// made it; otherwise it says "".
func (c *Cache) Hit(w http.ResponseWriter, r *http.Request, key Key) (route string) {
	e, ok := c.pages.GetIfPresent(key)
	if !ok || !c.current(e) {
		return ""
	}
	c.metrics.hit()
	e.send(c.codec, w, r)
	return e.route
}

// current reports whether nothing that the entry shows has changed since it
// was made. In a quiet time that is one comparison.
func (c *Cache) current(e *entry) bool {
	if e.checked.Load() == c.tags.now.Load() {
		return true
	}
	upTo, ok := c.tags.fresh(e.at, e.tags)
	if ok {
		e.checked.Store(upTo)
	}
	return ok
}

// made is what one call of make has come to: a page or a failure, each with
// the moment it was begun at.
type made struct {
	entry *entry
	at    uint64
	err   error
}

// Serve sends the page under the key. Unless it is in memory and current, make
// is called, once for all who wait for it; its context does not end when the
// one reader who came first goes away. What is sent, or returned as a failure,
// is never older than the last Touch before the request.
func (c *Cache) Serve(w http.ResponseWriter, r *http.Request, key Key, make func(context.Context) (*Page, error)) error {
	if c.Hit(w, r, key) != "" {
		Info(r.Context()).Cache = "hit"
		return nil
	}
	if err := c.limiter.Check(r); err != nil {
		return err
	}
	c.metrics.miss()
	Info(r.Context()).Cache = "miss"
	came := c.tags.now.Load()
	for {
		v, _, _ := c.flight.Do(key.Host+"\x00"+key.Address+"\x00"+key.Variant, func() (any, error) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), Patience)
			defer cancel()
			done, err := c.limiter.Turn(ctx, r)
			if err != nil {
				return made{at: c.tags.now.Load(), err: err}, nil
			}
			defer done()
			return c.render(ctx, key, make), nil
		})
		// What somebody began to make before this request may be older than a
		// change this reader already knows of: a page, or that there is none.
		switch m := v.(made); {
		case m.err == nil && (m.at >= came || c.current(m.entry)):
			m.entry.send(c.codec, w, r)
			return nil
		case m.err != nil && m.at >= came:
			return m.err
		}
	}
}

func (c *Cache) render(ctx context.Context, key Key, make func(context.Context) (*Page, error)) made {
	at := c.tags.now.Load() // before anything is read for the page
	start := time.Now()
	page, err := make(ctx)
	if err != nil {
		return made{at: at, err: err}
	}
	e := c.codec.entry(page, at)
	if route := Info(ctx).Route; route != "" {
		e.route = route
	}
	if c.current(e) {
		c.pages.Set(key, e)
	}
	c.metrics.made(e.route, time.Since(start))
	return made{entry: e, at: at}
}

// Send sends a page that is not worth keeping: the answer to a search. It is
// compressed quickly, for this reader only.
func (c *Cache) Send(w http.ResponseWriter, r *http.Request, page *Page) {
	c.codec.once(page, wanted(r)).send(c.codec, w, r)
}
