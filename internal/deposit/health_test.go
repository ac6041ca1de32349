package deposit

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAddressesAreAskedPolitely(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	running, together := 0, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("Range"))
		running++
		together = max(together, running)
		mu.Unlock()
		defer func() { mu.Lock(); running--; mu.Unlock() }()
		if !strings.Contains(r.Header.Get("User-Agent"), "editor@example.org") {
			t.Errorf("asked as %q", r.Header.Get("User-Agent"))
		}
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private\nAllow: /private/page\nDisallow: /*.pdf$\n")
		case "/head":
			if r.Method == http.MethodHead {
				w.WriteHeader(http.StatusMethodNotAllowed)
			}
		case "/moved":
			http.Redirect(w, r, "/fine", http.StatusMovedPermanently)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/sign-in":
			w.WriteHeader(http.StatusForbidden)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	defer server.Close()
	l := NewLinks("editor@example.org", time.Millisecond)
	l.may = func(netip.Addr) bool { return true }
	want := map[string]string{"/fine": LinkOK, "/head": LinkOK, "/moved": LinkOK, "/gone": LinkGone, "/sign-in": LinkRefused, "/broken": LinkFailing, "/private": LinkRefused, "/private/page": LinkOK, "/a.pdf": LinkOK}
	var addresses []string
	for path := range want {
		addresses = append(addresses, server.URL+path)
	}
	got := map[string]Health{}
	if err := l.CheckAll(context.Background(), addresses, func(a string, h Health) error { got[a] = h; return nil }); err != nil {
		t.Fatal(err)
	}
	for path, state := range want {
		if h := got[server.URL+path]; h.State != state {
			t.Errorf("%s: %+v, want %s", path, h, state)
		}
	}
	if h := got[server.URL+"/moved"]; !strings.HasSuffix(h.Note, "/fine") {
		t.Errorf("where it leads is not told: %+v", h)
	}
	all := strings.Join(asked, "\n")
	if strings.Contains(all, "/private \n") || !strings.Contains(all, "GET /head bytes=0-1023") || strings.Contains(all, "GET /fine") {
		t.Errorf("asked:\n%s", all)
	}
	if together > 1 {
		t.Errorf("one host was asked %d things at once", together)
	}
}

func TestPrivateAddressesAreNotAsked(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	l := NewLinks("editor@example.org", time.Millisecond)
	for _, a := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "localhost", 1), strings.Replace(server.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1), "http://0x7f000001" + server.URL[strings.LastIndex(server.URL, ":"):], "file:///etc/passwd", "http://", "gopher://x/"} {
		if h := l.Check(context.Background(), a); h.State == LinkOK || asked {
			t.Errorf("%s was asked: %+v", a, h)
		}
	}
	// Neither does another site lead there.
	away := httptest.NewServer(http.RedirectHandler(server.URL, http.StatusFound))
	defer away.Close()
	first := true
	l.may = func(a netip.Addr) bool { ok := first; first = false; return ok }
	l.robots[away.URL] = nil
	if h := l.Check(context.Background(), away.URL); h.State != LinkRefused || asked {
		t.Errorf("it was led to a private address: %+v", h)
	}
}

func TestPublicAddresses(t *testing.T) {
	for a, want := range map[string]bool{"93.184.216.34": true, "2606:2800:220:1:248:1893:25c8:1946": true, "10.0.0.1": false, "172.16.3.4": false, "192.168.1.1": false, "127.0.0.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "fe80::1": false, "fd00::1": false, "::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false} {
		if got := Public(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s: public is %v", a, got)
		}
	}
}

func TestRobotsRules(t *testing.T) {
	for _, c := range []struct {
		text, path string
		refused    bool
	}{
		{"", "/", false},
		{"User-agent: *\nDisallow: /", "/x", true},
		{"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow:", "/x", false},
		{"User-agent: a\nUser-agent: Offprint\nDisallow: /x # here\n\nUser-agent: *\nDisallow: /", "/y", false},
		{"User-agent: a\nUser-agent: Offprint\nDisallow: /x # here", "/xy", true},
		{"User-agent: *\nDisallow: /a\nAllow: /a", "/a", false},
		{"User-agent: *\nDisallow: /a$", "/ab", false},
		{"Disallow: /", "/", false},
	} {
		if got := disallowed(robotsRules(strings.NewReader(c.text)), c.path); got != c.refused {
			t.Errorf("%q %s: %v", c.text, c.path, got)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*\n", "/a")
	f.Fuzz(func(_ *testing.T, text, path string) { disallowed(robotsRules(strings.NewReader(text)), path) })
}
