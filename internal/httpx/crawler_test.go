package httpx

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
)

// names is the domain name system of a test.
type names struct {
	of  map[string][]string     // address to names
	has map[string][]netip.Addr // name to addresses
}

func (n names) LookupAddr(_ context.Context, addr string) ([]string, error) {
	if list, ok := n.of[addr]; ok {
		return list, nil
	}
	return nil, errors.New("no such address")
}

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if list, ok := n.has[host]; ok {
		return list, nil
	}
	return nil, errors.New("no such host")
}

func TestRobotOfASearchEngineIsKnownByItsNameAndAddress(t *testing.T) {
	at := netip.MustParseAddr
	c := NewCrawlers(names{
		of: map[string][]string{"192.0.2.1": {"crawl-1.googlebot.com."}, "192.0.2.2": {"crawl-1.googlebot.com."}, "192.0.2.3": {"pc.googlebot.com.example.org."},
			"192.0.2.4": {"googlebot.com."}},
		has: map[string][]netip.Addr{"crawl-1.googlebot.com": {at("192.0.2.1")}, "pc.googlebot.com.example.org": {at("192.0.2.3")}, "googlebot.com": {at("192.0.2.4")}},
	})
	google := "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
	for _, x := range []struct {
		from, agent string
		want        bool
	}{
		{"192.0.2.1", google, true},
		{"192.0.2.1", "Mozilla/5.0 (X11; Linux)", false},             // a person there
		{"192.0.2.2", google, false},                                 // a name that it has given itself
		{"192.0.2.3", google, false},                                 // a name that only looks alike
		{"192.0.2.4", google, false},                                 // the domain itself is no robot
		{"192.0.2.9", google, false},                                 // without a name
		{"192.0.2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", true}, // known by now, whatever it says
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("User-Agent", x.agent)
		var got bool
		for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if got = c.Genuine(r, at(x.from)); got == x.want && (got || known(c, at(x.from))) {
				break
			}
		}
		if got != x.want {
			t.Errorf("%s as %q: %v, want %v", x.from, x.agent, got, x.want)
		}
	}
}

func known(c *Crawlers, a netip.Addr) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.verdicts[a]
	return ok
}

func TestNetworkThatMakesTooMuchDrawnIsToldToWait(t *testing.T) {
	cache, err := NewCache(1<<20, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer cache.Close()
	limiter, err := NewLimiter(1, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	cache.Limit(limiter)
	drawn := 0
	ask := func(path, from string) error {
		r := httptest.NewRequest("GET", path, nil)
		r.RemoteAddr = from + ":1000"
		return cache.Serve(httptest.NewRecorder(), r, Key{Address: path}, func(context.Context) (*Page, error) {
			drawn++
			return &Page{Type: "text/html", Body: []byte(path)}, nil
		})
	}
	slowed := 0
	for i := range 10 {
		err := ask("/"+string(rune('a'+i)), "192.0.2.7")
		var fast *TooFast
		if errors.As(err, &fast) {
			slowed++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if drawn != 3 || slowed != 7 {
		t.Errorf("%d drawn, %d slowed; want 3 and 7", drawn, slowed)
	}
	if err := ask("/a", "192.0.2.7"); err != nil {
		t.Errorf("a page that is in memory: %v", err)
	}
	if err := ask("/z", "198.51.100.1"); err != nil {
		t.Errorf("another network: %v", err)
	}
}
