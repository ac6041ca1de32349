package browser

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/app"
	"offprint/internal/config"
	"offprint/internal/testpage"
)

// demonstration is the demonstration journal being served, with its pages.
type demonstration struct {
	*httptest.Server
	pages []*testpage.Got
	slow  *slowFonts
	stop  func() // ends what follows the changes
	dir   string
	app   *app.Server
}

// shared is started by the first test that asks for it and stopped by TestMain.
var shared = sync.OnceValues(serve)

func TestMain(m *testing.M) {
	code := m.Run()
	if !testing.Short() {
		if d, err := shared(); err == nil {
			d.Close()
			d.stop()
			d.app.Close()
			os.RemoveAll(d.dir)
		}
	}
	os.Exit(code)
}

// site is the demonstration. Without -short the tests need it and a browser.
func site(t *testing.T) *demonstration {
	t.Helper()
	if testing.Short() {
		t.Skip("left out by -short: tests in a browser")
	}
	d, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	if d.pages == nil {
		d.awaitIndex(t)
		d.pages = testpage.Crawl(t, d.Client(), d.URL+"/", d.URL+"/demo/no-such-page", d.URL+"/demo/search?q=type",
			d.URL+"/demo/search?q=%D0%B0%D1%80%D1%85%D0%B8%D0%B2", d.URL+"/demo/search?q=nothinglikethis", d.URL+"/demo/search?form=1&all=type", d.URL+"/demo/preferences").Pages()
	}
	return d
}

// awaitIndex waits until the search knows the demonstration.
func (d *demonstration) awaitIndex(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if g := testpage.Get(t, d.Client(), d.URL+"/demo/search.json?q=type"); strings.Contains(g.Body, `"path"`) && !strings.Contains(g.Body, `"incomplete"`) {
			return
		}
	}
	t.Fatal("the search does not know the demonstration within 30 seconds")
}

func serve() (*demonstration, error) {
	dir, err := os.MkdirTemp("", "offprint-browser-")
	if err != nil {
		return nil, err
	}
	d := &demonstration{dir: dir, slow: &slowFonts{}}
	d.Server = httptest.NewUnstartedServer(d.slow)
	keys := filepath.Join(dir, "keys")
	if err := os.WriteFile(keys, []byte(deskKey+"\n"), 0o600); err != nil {
		return nil, err
	}
	cfg := config.Config{Place: config.Place{Data: filepath.Join(dir, "data")}, Serve: config.Serve{BaseURL: "http://" + d.Listener.Addr().String(), CacheMB: 64, DeskKeys: keys}}
	ctx := context.Background()
	if d.app, err = app.New(ctx, cfg, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))); err != nil {
		return nil, err
	}
	if err := d.app.FillDemo(ctx); err != nil {
		return nil, err
	}
	if err := d.app.Site.Reload(ctx); err != nil {
		return nil, err
	}
	run, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); _ = d.app.FollowSearch(run) }()
	d.stop = func() { stop(); <-ended }
	d.slow.next = d.app.Handler()
	d.Start()
	return d, nil
}

// slowFonts lets fonts come late where a test asks for it.
type slowFonts struct {
	next http.Handler
	mu   sync.Mutex
	late time.Duration
}

func (s *slowFonts) set(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late = d
}

func (s *slowFonts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, ".woff2") {
		s.mu.Lock()
		late := s.late
		s.mu.Unlock()
		time.Sleep(late)
	}
	s.next.ServeHTTP(w, r)
}

// kind is which template a page is made from, as far as its address says.
func kind(address string) string {
	path, _, query := strings.Cut(address, "?")
	parts := slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return s == "" || len(s) == 2 || s == "demo" })
	switch {
	case query && strings.HasSuffix(path, "/search"):
		return "search"
	case query:
		return "text in another language"
	case len(parts) > 2: // articles/slug/…
		return parts[0] + "/" + parts[2][:1]
	case len(parts) > 1:
		return parts[0] + "/"
	case len(parts) == 1:
		return parts[0]
	}
	return fmt.Sprint("home ", strings.Contains(path, "demo"))
}

// inLanguage reports whether a page is in a language of the interface.
func inLanguage(g *testpage.Got, lang string) bool {
	return g.Doc.Find("html").AttrOr("lang", "") == lang
}

// some are the pages in English and Russian, which the demonstration is about,
// and one of each kind in every other language of the interface.
func (d *demonstration) some() []*testpage.Got {
	return d.most(func(g *testpage.Got, article bool) int {
		if inLanguage(g, "en") || inLanguage(g, "ru") {
			return ofAKind(article)
		}
		return 1
	})
}

// in are the pages in a language of the interface.
func (d *demonstration) in(lang string) []*testpage.Got {
	return d.most(func(g *testpage.Got, article bool) int {
		if !inLanguage(g, lang) {
			return 0
		}
		return ofAKind(article)
	})
}

// kinds are one page of each kind in one language.
func (d *demonstration) kinds(lang string) []*testpage.Got {
	return d.most(func(g *testpage.Got, _ bool) int {
		if !inLanguage(g, lang) {
			return 0
		}
		return 1
	})
}

// ofAKind: every article differs from the others; the pages of a hundred
// keywords do not.
func ofAKind(article bool) int {
	if article {
		return 1000
	}
	return 3
}

// most are the pages with no more of a kind in a language than limit says.
func (d *demonstration) most(limit func(g *testpage.Got, article bool) int) []*testpage.Got {
	seen := map[string]int{}
	var out []*testpage.Got
	for _, g := range d.pages {
		k := kind(g.Address)
		key := k + " " + g.Doc.Find("html").AttrOr("lang", "")
		if seen[key] < limit(g, k == "articles/") {
			seen[key]++
			out = append(out, g)
		}
	}
	return out
}
