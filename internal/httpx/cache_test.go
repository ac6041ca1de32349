package httpx

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/klauspost/compress/zstd"
	"github.com/prometheus/client_golang/prometheus"

	"offprint/internal/errs"
)

// onePage makes the same page each time.
func onePage(body string) func(context.Context) (*Page, error) {
	return func(context.Context) (*Page, error) {
		return &Page{Type: "text/html; charset=utf-8", Body: []byte(body), Tags: []string{"a"}, Vary: []string{"Cookie"}, Language: "ru", Link: "</x>; rel=cite-as"}, nil
	}
}

func newTestCache(t *testing.T, bytes int64) *Cache {
	t.Helper()
	c, err := NewCache(bytes, NewMetrics(prometheus.NewRegistry()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// ask serves a page to a request with these headers.
func (c *Cache) ask(t *testing.T, method, address string, make func(context.Context) (*Page, error), header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if err := c.Serve(w, r, Key{Address: address}, make); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return w
}

// decoded is the body of an answer without its coding.
func decoded(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var b []byte
	var err error
	switch coding := w.Header().Get("Content-Encoding"); coding {
	case "":
		return w.Body.String()
	case "gzip":
		var r *gzip.Reader
		if r, err = gzip.NewReader(w.Body); err == nil {
			b, err = io.ReadAll(r)
		}
	case "zstd":
		var r *zstd.Decoder
		if r, err = zstd.NewReader(w.Body); err == nil {
			defer r.Close()
			b, err = io.ReadAll(r)
		}
	default:
		t.Fatalf("the coding is %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sizes of pages: below the size that is compressed, kept also plain, kept
// compressed only, and compressed less.
var bodies = map[string]string{
	"small": "<p>small</p>",
	"usual": strings.Repeat("<p>Договор и архив</p>\n", 200),
	"large": strings.Repeat("<p>Treaty and archive, 1956</p>\n", 4000),
	"huge":  strings.Repeat("<p>Treaty and archive, 1956</p>\n", 60_000),
}

func TestPageIsTheSameInEveryCoding(t *testing.T) {
	for name, body := range bodies {
		c := newTestCache(t, 8<<20)
		tags := map[string]string{}
		for _, accept := range []string{"", "gzip", "zstd", "identity", "br"} {
			for _, method := range []string{"GET", "HEAD", "GET"} {
				w := c.ask(t, method, "/"+name, onePage(body), "Accept-Encoding", accept)
				h := w.Header()
				wantCoding := ""
				if len(body) >= compressFrom && (accept == "gzip" || accept == "zstd") {
					wantCoding = accept
				}
				if w.Code != 200 || h.Get("Content-Encoding") != wantCoding {
					t.Errorf("%s %s as %q: %d in coding %q", method, name, accept, w.Code, h.Get("Content-Encoding"))
				}
				for key, want := range map[string]string{"Content-Type": "text/html; charset=utf-8", "Content-Language": "ru", "Vary": "Accept-Encoding, Cookie",
					"Cache-Control": "public, max-age=0, must-revalidate", "Link": "</x>; rel=cite-as", "Access-Control-Allow-Origin": ""} {
					if got := h.Get(key); got != want {
						t.Errorf("%s %s: %s is %q, want %q", method, name, key, got, want)
					}
				}
				if method == "HEAD" {
					if w.Body.Len() != 0 {
						t.Errorf("HEAD %s has a body", name)
					}
					continue
				}
				if got := h.Get("Content-Length"); got != fmt.Sprint(w.Body.Len()) {
					t.Errorf("%s as %q: Content-Length %s of %d bytes", name, accept, got, w.Body.Len())
				}
				if got := decoded(t, w); got != body {
					t.Errorf("%s as %q: another body of %d bytes", name, accept, len(got))
				}
				tag := h.Get("ETag")
				if before, ok := tags[tag]; ok && before != wantCoding {
					t.Errorf("%s: %q and %q have one strong tag %s", name, before, wantCoding, tag)
				}
				tags[tag] = wantCoding
			}
		}
	}
}

func TestHeadHasTheLengthOfGet(t *testing.T) {
	for name, body := range bodies {
		c := newTestCache(t, 8<<20)
		for _, accept := range []string{"", "gzip", "zstd"} {
			get, head := c.ask(t, "GET", "/"+name, onePage(body), "Accept-Encoding", accept), c.ask(t, "HEAD", "/"+name, onePage(body), "Accept-Encoding", accept)
			for _, key := range []string{"Content-Length", "ETag", "Content-Encoding", "Content-Type", "Vary"} {
				if g, h := get.Header().Get(key), head.Header().Get(key); g != h {
					t.Errorf("%s as %q: %s of GET is %q, of HEAD %q", name, accept, key, g, h)
				}
			}
		}
	}
}

func TestReaderWhoHasThePageGets304(t *testing.T) {
	c := newTestCache(t, 8<<20)
	tag := c.ask(t, "GET", "/p", onePage(bodies["usual"]), "Accept-Encoding", "gzip").Header().Get("ETag")
	plain := strings.Replace(tag, "-gzip", "", 1)
	for _, have := range [][]string{{tag}, {"W/" + tag}, {plain}, {`"other", ` + tag}, {`"other",W/` + plain + `, "more"`}, {"*"}, {`"other"`, tag}, {" " + tag + " "}} {
		var header []string
		for _, v := range have {
			header = append(header, "If-None-Match", v)
		}
		for _, method := range []string{"GET", "HEAD"} {
			w := c.ask(t, method, "/p", onePage(bodies["usual"]), append(header, "Accept-Encoding", "gzip")...)
			if w.Code != 304 || w.Body.Len() != 0 {
				t.Errorf("%s with %q: %d and %d bytes", method, have, w.Code, w.Body.Len())
			}
			for key, want := range map[string]string{"ETag": tag, "Vary": "Accept-Encoding, Cookie", "Cache-Control": "public, max-age=0, must-revalidate", "Content-Length": "", "Content-Encoding": ""} {
				if got := w.Header().Get(key); got != want {
					t.Errorf("%q: %s of the 304 is %q, want %q", have, key, got, want)
				}
			}
		}
	}
	for _, have := range []string{`"other"`, strings.Trim(tag, `"`), tag[:len(tag)-2] + `"`, "", `W/"other"`} {
		if w := c.ask(t, "GET", "/p", onePage(bodies["usual"]), "If-None-Match", have); w.Code != 200 {
			t.Errorf("with %q: %d", have, w.Code)
		}
	}
}

func TestTagFollowsWhatThePageSays(t *testing.T) {
	c := newTestCache(t, 1<<20)
	page := Page{Type: "text/html", Body: []byte("x"), Link: "<a>; rel=a", Language: "en"}
	tagOf := func(p Page) string {
		w := httptest.NewRecorder()
		c.Send(w, httptest.NewRequest("GET", "/", nil), &p)
		return w.Header().Get("ETag")
	}
	first, seen := tagOf(page), map[string]bool{}
	if first != tagOf(page) {
		t.Error("the same page has two tags")
	}
	seen[first] = true
	for _, change := range []func(*Page){func(p *Page) { p.Body = []byte("y") }, func(p *Page) { p.Type = "text/plain" }, func(p *Page) { p.Link = "" }, func(p *Page) { p.Language = "ru" }} {
		p := page
		change(&p)
		if tag := tagOf(p); seen[tag] {
			t.Errorf("%+v has the tag of another page", p)
		} else {
			seen[tag] = true
		}
	}
}

func TestOpenPageMayBeReadByScriptsOfOtherSites(t *testing.T) {
	c := newTestCache(t, 1<<20)
	w := httptest.NewRecorder()
	c.Send(w, httptest.NewRequest("GET", "/", nil), &Page{Type: "application/json", Body: []byte("{}"), Open: true})
	if got := w.Header().Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("Access-Control-Allow-Origin is %q", got)
	}
}

func TestSentPageIsCompressedAndNotKept(t *testing.T) {
	c := newTestCache(t, 8<<20)
	for name, body := range bodies {
		for _, accept := range []string{"", "gzip", "zstd"} {
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Accept-Encoding", accept)
			w := httptest.NewRecorder()
			c.Send(w, r, &Page{Type: "text/html", Body: []byte(body)})
			if got := decoded(t, w); got != body || w.Header().Get("Content-Length") == "" {
				t.Errorf("%s as %q: another body", name, accept)
			}
			if compressed := w.Header().Get("Content-Encoding") == accept; compressed != (accept == "" || len(body) >= compressFrom) {
				t.Errorf("%s as %q came as %q", name, accept, w.Header().Get("Content-Encoding"))
			}
		}
	}
	if c.Bytes() != 0 {
		t.Errorf("%d bytes were kept", c.Bytes())
	}
}

// counting makes pages that say how many were made.
type counting struct{ n atomic.Int64 }

func (m *counting) page(tags ...string) func(context.Context) (*Page, error) {
	return func(context.Context) (*Page, error) {
		return &Page{Type: "text/plain", Body: fmt.Appendf(nil, "made %d", m.n.Add(1)), Tags: tags}, nil
	}
}

func TestPageIsMadeAnewWhenWhatItShowsHasChanged(t *testing.T) {
	c, m := newTestCache(t, 1<<20), &counting{}
	expect := func(want, why string) {
		t.Helper()
		if got := c.ask(t, "GET", "/p", m.page("article:1", "journal:1")).Body.String(); got != want {
			t.Errorf("%s: %q, want %q", why, got, want)
		}
	}
	expect("made 1", "first")
	expect("made 1", "nothing changed")
	c.Touch("article:2", "journal:2")
	expect("made 1", "others changed")
	expect("made 1", "and again")
	c.Touch("journal:1")
	expect("made 2", "its journal changed")
	c.Touch("article:2", "article:1")
	expect("made 3", "it changed")
	expect("made 3", "nothing changed since")
	c.TouchAll()
	expect("made 4", "anything may have changed")
	for i := range mostTags + 1 {
		c.Touch(fmt.Sprintf("article:x%d", i))
	}
	expect("made 5", "more things changed than are told apart")
	if n := len(c.tags.last); n > mostTags {
		t.Errorf("%d changed things are remembered", n)
	}
}

func TestChangeWhileAPageIsMadeIsNotLost(t *testing.T) {
	c := newTestCache(t, 1<<20)
	row, made := "old", 0
	make := func(context.Context) (*Page, error) {
		made++
		read := row
		if made == 1 { // another writes after the row was read
			row = "new"
			c.Touch("article:1")
		}
		return &Page{Type: "text/plain", Body: []byte(read), Tags: []string{"article:1"}}, nil
	}
	if got := c.ask(t, "GET", "/p", make).Body.String(); got != "old" {
		t.Errorf("who asked before the change got %q", got)
	}
	if got := c.ask(t, "GET", "/p", make).Body.String(); got != "new" {
		t.Errorf("who asked after the change got %q", got)
	}
	if c.ask(t, "GET", "/p", make); made != 2 {
		t.Errorf("made %d times, want 2", made)
	}
}

// TestReaderAfterAChangeSeesIt joins a reader to a page that somebody began to
// make before the change.
func TestReaderAfterAChangeSeesIt(t *testing.T) {
	for name, before := range map[string]func() (*Page, error){
		"a page":    func() (*Page, error) { return &Page{Body: []byte("old"), Tags: []string{"article:1"}}, nil },
		"a failure": func() (*Page, error) { return nil, errs.NotFound },
	} {
		t.Run(name, func(t *testing.T) {
			c := newTestCache(t, 1<<20)
			synctest.Test(t, func(t *testing.T) {
				release := make(chan struct{})
				var calls atomic.Int64
				render := func(context.Context) (*Page, error) {
					if calls.Add(1) == 1 {
						<-release
						return before()
					}
					return &Page{Body: []byte("new"), Tags: []string{"article:1"}}, nil
				}
				var late httptest.ResponseRecorder
				late.Body = &bytes.Buffer{}
				var lateErr error
				go func() {
					_ = c.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), Key{}, render)
				}()
				synctest.Wait() // the first reads what is old
				c.Touch("article:1")
				go func() { lateErr = c.Serve(&late, httptest.NewRequest("GET", "/", nil), Key{}, render) }()
				synctest.Wait() // the second waits for the first
				close(release)
				synctest.Wait()
				if lateErr != nil || late.Body.String() != "new" {
					t.Errorf("who came after the change got %q, %v", late.Body, lateErr)
				}
			})
		})
	}
}

func TestManyReadersMakeAPageOnce(t *testing.T) {
	c := newTestCache(t, 1<<20)
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var calls atomic.Int64
		render := func(ctx context.Context) (*Page, error) {
			calls.Add(1)
			<-release
			return &Page{Body: []byte("x")}, ctx.Err()
		}
		gone, leave := context.WithCancel(t.Context())
		var got [20]*httptest.ResponseRecorder
		for i := range got {
			got[i] = httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/", nil)
			if i == 0 {
				r = r.WithContext(gone)
			}
			go func() {
				if err := c.Serve(got[i], r, Key{}, render); err != nil {
					t.Errorf("reader %d: %v", i, err)
				}
			}()
			synctest.Wait() // the first is the one who leaves
		}
		leave()
		close(release)
		synctest.Wait()
		for i, w := range got {
			if w.Body.String() != "x" {
				t.Errorf("reader %d got %q", i, w.Body)
			}
		}
		if n := calls.Load(); n != 1 {
			t.Errorf("made %d times", n)
		}
	})
}

func TestFailureIsNotKept(t *testing.T) {
	c := newTestCache(t, 1<<20)
	fail := errors.New("disk")
	r := httptest.NewRequest("GET", "/p", nil)
	w := httptest.NewRecorder()
	if err := c.Serve(w, r, Key{Address: "/p"}, func(context.Context) (*Page, error) { return nil, fail }); !errors.Is(err, fail) {
		t.Errorf("the failure is %v", err)
	}
	if w.Body.Len() != 0 || len(w.Header()) != 0 {
		t.Errorf("something was written: %v %q", w.Header(), w.Body)
	}
	if got := c.ask(t, "GET", "/p", onePage("x")).Body.String(); got != "x" {
		t.Errorf("after the failure: %q", got)
	}
}

func TestPanicWhileAPageIsMadeReachesEveryReader(t *testing.T) {
	c := newTestCache(t, 1<<20)
	for range 2 {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is lost")
				}
			}()
			_ = c.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/p", nil), Key{Address: "/p"}, func(context.Context) (*Page, error) { panic("x") })
		}()
	}
	if got := c.ask(t, "GET", "/p", onePage("x")).Body.String(); got != "x" {
		t.Errorf("after the panic: %q", got)
	}
}

func TestMemoryIsBoundedInBytes(t *testing.T) {
	const most = 2 << 20
	c := newTestCache(t, most)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 300 { // of noise, which no coding makes smaller
		body := make([]byte, 30_000)
		for j := range body {
			body[j] = byte(rng.Uint32())
		}
		c.ask(t, "GET", fmt.Sprintf("/p%d", i), onePage(string(body)))
		if i%50 == 0 {
			c.pages.CleanUp()
			if n := c.Bytes(); n > most {
				t.Fatalf("after %d pages %d bytes are kept of %d", i+1, n, most)
			}
		}
	}
	c.pages.CleanUp()
	var held uint64
	for _, e := range c.pages.All() {
		for _, b := range e.body {
			held += uint64(cap(b))
		}
	}
	if held > most || held < most/2 {
		t.Errorf("%d bytes of bodies are held of %d", held, most)
	}
}

func TestPageLargerThanTheMemoryIsStillServed(t *testing.T) {
	c := newTestCache(t, 1<<20)
	body := make([]byte, 3<<20)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range body {
		body[i] = byte(rng.Uint32())
	}
	for range 2 {
		if w := c.ask(t, "GET", "/p", onePage(string(body)), "Accept-Encoding", "zstd"); decoded(t, w) != string(body) {
			t.Error("another body")
		}
	}
	c.pages.CleanUp()
	if n := c.Bytes(); n > 1<<20 {
		t.Errorf("%d bytes are kept", n)
	}
}

func TestKeysAreToldApart(t *testing.T) {
	c := newTestCache(t, 1<<20)
	for _, k := range []Key{{}, {Host: "a"}, {Address: "a"}, {Variant: "a"}, {Host: "a", Address: "b"}, {Address: "b", Variant: "a"}} {
		w := httptest.NewRecorder()
		if err := c.Serve(w, httptest.NewRequest("GET", "/", nil), k, onePage(fmt.Sprintf("%+v", k))); err != nil || w.Body.String() != fmt.Sprintf("%+v", k) {
			t.Errorf("%+v got %q, %v", k, w.Body, err)
		}
	}
}

func TestReadersAndChangesAtOnce(t *testing.T) {
	c := newTestCache(t, 1<<20)
	var row atomic.Int64
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 300 {
			row.Add(1)
			c.Touch("article:1")
		}
	})
	for range 4 {
		wg.Go(func() {
			for range 300 {
				least := row.Load() - 1 // the last change may not have been told yet
				w := httptest.NewRecorder()
				err := c.Serve(w, httptest.NewRequest("GET", "/", nil), Key{}, func(context.Context) (*Page, error) {
					return &Page{Body: fmt.Append(nil, row.Load()), Tags: []string{"article:1"}}, nil
				})
				var got int64
				if _, scan := fmt.Sscan(w.Body.String(), &got); err != nil || scan != nil || got < least {
					t.Errorf("got %q after change %d: %v", w.Body, least, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestHitsAndMissesAreCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	c, err := NewCache(1<<20, NewMetrics(registry))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 3 {
		c.ask(t, http.MethodGet, "/p", onePage("x"))
	}
	if got := counted(t, registry, "offprint_page_cache_lookups_total"); got["hit"] != 2 || got["miss"] != 1 {
		t.Errorf("counted %v, want 2 hits and a miss", got)
	}
	if got := counted(t, registry, "offprint_page_make_seconds"); len(got) != 1 || got["page"] != 1 {
		t.Errorf("pages made: %v", got)
	}
	if got := counted(t, registry, "offprint_page_cache_bytes"); got[""] != float64(c.Bytes()) || got[""] == 0 {
		t.Errorf("the size of the cache is told as %v, it is %d", got, c.Bytes())
	}
}
