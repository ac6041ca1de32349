package httpx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"offprint/internal/errs"
)

// site is a front with a mux behind it, its log and its metrics.
type site struct {
	*Front
	mux      *http.ServeMux
	log      *bytes.Buffer
	registry *prometheus.Registry
	metrics  *Metrics
}

// newSite makes a site that logs from a level on. Its error page says the
// status, the request id and the kind of failure.
func newSite(level slog.Level) *site {
	s := &site{mux: http.NewServeMux(), log: &bytes.Buffer{}, registry: prometheus.NewRegistry()}
	s.metrics = NewMetrics(s.registry)
	s.Front = NewFront(FrontConfig{
		Log:     slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: level})),
		Metrics: s.metrics,
		ErrorPage: func(w http.ResponseWriter, r *http.Request, status int, err error) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(status)
			fmt.Fprintf(w, "%d %s %v", status, Info(r.Context()).ID, err)
		},
	}, s.mux)
	return s
}

// handle answers a pattern with a function that may fail.
func (s *site) handle(pattern string, h func(http.ResponseWriter, *http.Request) error) {
	_, route, _ := strings.Cut(pattern, "/")
	s.mux.Handle(pattern, s.Handle(route, h))
}

// get asks the site in process.
func (s *site) get(t *testing.T, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return s.ask(t, http.MethodGet, path, nil, header...)
}

func (s *site) ask(t *testing.T, method, path string, body io.Reader, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, body)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// lines are the lines of the log that contain a text.
func (s *site) lines(text string) (found []string) {
	for l := range strings.Lines(s.log.String()) {
		if strings.Contains(l, text) {
			found = append(found, l)
		}
	}
	return found
}

// counted is a counter, or the number of what a histogram has seen, by the
// values of its labels.
func counted(t *testing.T, from prometheus.Gatherer, name string) map[string]float64 {
	t.Helper()
	families, err := from.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, l.GetValue())
			}
			out[strings.Join(labels, " ")] = m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount()) + m.GetGauge().GetValue()
		}
	}
	return out
}

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	s := newSite(slog.LevelInfo)
	c, err := NewCache(1<<20, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s.handle("GET /page", func(w http.ResponseWriter, r *http.Request) error {
		return c.Serve(w, r, Key{Address: "/page"}, onePage("text"))
	})
	s.handle("GET /file", func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Content-Security-Policy", Sandbox)
		w.Header().Set("Content-Range", "bytes 0-1/2")
		return errs.Newf(errs.NotFound, "no such file")
	})
	s.handle("GET /panic", func(http.ResponseWriter, *http.Request) error { panic("x") })
	s.handle("POST /form", func(http.ResponseWriter, *http.Request) error { return nil })
	tag := s.get(t, "/page").Header().Get("ETag")
	for name, w := range map[string]*httptest.ResponseRecorder{
		"200": s.get(t, "/page"),
		"304": s.get(t, "/page", "If-None-Match", tag),
		"404": s.get(t, "/file"),
		"414": s.get(t, "/page?"+strings.Repeat("q", MaxURL)),
		"500": s.get(t, "/panic"),
		"403": s.ask(t, http.MethodPost, "/form", nil, "Origin", "https://elsewhere.example"),
		"405": s.ask(t, http.MethodPut, "/page", nil),
	} {
		if fmt.Sprint(w.Code) != name {
			t.Errorf("the answer that should be %s is %d", name, w.Code)
		}
		h := w.Header()
		csp := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy %q lacks %s", name, csp, part)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the policy %q lets inline code run", name, csp)
		}
		for key, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "cross-origin"} {
			if key == "Cross-Origin-Resource-Policy" && (name == "200" || name == "304") {
				want = "" // a page is no part of another
			}
			if got := h.Get(key); got != want {
				t.Errorf("%s: %s is %q", name, key, got)
			}
		}
		if h.Get("X-Request-Id") == "" || h.Get("Permissions-Policy") == "" {
			t.Errorf("%s: no request id or no permissions: %v", name, h)
		}
	}
}

// headersOfAPage say something of a page that an error page is not.
var headersOfAPage = []string{"ETag", "Content-Length", "Content-Encoding", "Content-Disposition", "Content-Language", "Content-Range",
	"Accept-Ranges", "Link", "Last-Modified", "Location", "Vary", "Access-Control-Allow-Origin"}

func TestFailureHasItsStatusAndNothingOfThePage(t *testing.T) {
	s := newSite(slog.LevelInfo)
	for path, c := range map[string]struct {
		err    error
		status int
		logged int
	}{
		"/notfound":    {errs.Newf(errs.NotFound, "x"), 404, 0},
		"/invalid":     {fmt.Errorf("deep: %w", errs.Invalid), 400, 0},
		"/forbidden":   {errs.Forbidden, 403, 0},
		"/conflict":    {errs.Conflict, 409, 0},
		"/toolarge":    {errs.TooLarge, 413, 0},
		"/unavailable": {errs.Unavailable, 503, 1},
		"/late":        {fmt.Errorf("rows: %w", context.DeadlineExceeded), 503, 1},
		"/other":       {errors.New("disk"), 500, 1},
	} {
		s.handle("GET "+path, func(w http.ResponseWriter, r *http.Request) error {
			for _, name := range headersOfAPage {
				w.Header().Set(name, "of the page")
			}
			w.Header().Set("Cache-Control", "public, max-age=3600")
			return c.err
		})
		w := s.get(t, path)
		if w.Code != c.status || !strings.HasPrefix(w.Body.String(), fmt.Sprint(c.status)) {
			t.Errorf("%s: status %d, %q; want %d", path, w.Code, w.Body, c.status)
		}
		for _, name := range headersOfAPage {
			if v := w.Header().Get(name); v != "" {
				t.Errorf("%s: the error page has %s: %s", path, name, v)
			}
		}
		if v := w.Header().Get("Cache-Control"); v != "no-store" {
			t.Errorf("%s: a failure may be kept by caches: %q", path, v)
		}
		if has := w.Header().Get("Retry-After") != ""; has != (c.status == 503) {
			t.Errorf("%s: Retry-After is %q", path, w.Header().Get("Retry-After"))
		}
		if l := s.lines("path=" + path); len(l) != c.logged {
			t.Errorf("%s: logged %d times, want %d: %s", path, len(l), c.logged, l)
		} else if c.logged == 1 && !strings.Contains(l[0], w.Header().Get("X-Request-Id")) {
			t.Errorf("%s: the log line does not name the request: %s", path, l[0])
		}
	}
}

func TestPanicIs500AndOneLogLine(t *testing.T) {
	s := newSite(slog.LevelInfo)
	s.handle("GET /panic", func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("ETag", `"x"`)
		panic("the shelf fell down")
	})
	w := s.get(t, "/panic")
	if w.Code != 500 || w.Header().Get("ETag") != "" || strings.Contains(w.Body.String(), "shelf") {
		t.Errorf("the reader got %d %v %q", w.Code, w.Header(), w.Body)
	}
	if id := w.Header().Get("X-Request-Id"); !strings.Contains(w.Body.String(), id) {
		t.Errorf("the error page %q does not know the request id %s", w.Body, id)
	}
	if l := s.lines(""); len(l) != 1 || !strings.Contains(l[0], "the shelf fell down") || !strings.Contains(l[0], "front_test.go") {
		t.Errorf("want one line with the stack, got %q", l)
	}
	if w := s.get(t, "/panic"); w.Code != 500 {
		t.Errorf("the second panic is %d", w.Code)
	}
}

func TestBrokenAnswerIsBrokenOff(t *testing.T) {
	s := newSite(slog.LevelInfo)
	half := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("half of it"))
		_ = http.NewResponseController(w).Flush()
	}
	s.handle("GET /fail", func(w http.ResponseWriter, r *http.Request) error { half(w); return errors.New("disk") })
	s.handle("GET /panic", func(w http.ResponseWriter, r *http.Request) error { half(w); panic("x") })
	srv := httptest.NewUnstartedServer(s)
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	srv.Start()
	defer srv.Close()
	for _, path := range []string{"/fail", "/panic"} {
		resp, err := http.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err == nil {
			t.Errorf("%s: a part, %q, looks like the whole", path, b)
		}
	}
	srv.Close() // all requests have ended
	if got := counted(t, s.registry, "offprint_http_requests_total"); got["fail 200"] != 1 || got["panic 200"] != 1 {
		t.Errorf("broken answers are counted as %v", got)
	}
	if l := s.lines("level=ERROR"); len(l) != 2 {
		t.Errorf("want a log line for each, got %q", l)
	}
}

func TestReaderWhoLeftIsNoFailureOfOurs(t *testing.T) {
	s := newSite(slog.LevelInfo)
	s.handle("GET /slow", func(w http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return fmt.Errorf("rows: %w", r.Context().Err())
	})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/slow", nil).WithContext(ctx))
	if w.Body.Len() != 0 || s.log.Len() != 0 {
		t.Errorf("sent %q, logged %q", w.Body, s.log)
	}
	if got := counted(t, s.registry, "offprint_http_requests_total"); len(got) != 1 || got["slow 499"] != 1 {
		t.Errorf("counted as %v", got)
	}
}

func TestRequestIDOfAProxyIsKeptIfItIsAWord(t *testing.T) {
	s := newSite(slog.LevelInfo)
	var seen string
	s.handle("GET /", func(w http.ResponseWriter, r *http.Request) error { seen = Info(r.Context()).ID; return nil })
	for given, kept := range map[string]bool{"ab-12_C.d": true, strings.Repeat("a", 64): true, "": false, strings.Repeat("a", 65): false,
		"a b": false, "x\"y": false, "<script>": false, "é": false} {
		id := s.get(t, "/", "X-Request-Id", given).Header().Get("X-Request-Id")
		if (id == given) != kept || id != seen || !plainWord(id) {
			t.Errorf("given %q: the answer has %q, the handler saw %q", given, id, seen)
		}
	}
	if a, b := s.get(t, "/").Header().Get("X-Request-Id"), s.get(t, "/").Header().Get("X-Request-Id"); a == b {
		t.Errorf("two requests have the id %s", a)
	}
	if id := s.get(t, "/", "X-Request-Id", "one", "X-Request-Id", "two").Header().Get("X-Request-Id"); id == "one" || id == "two" {
		t.Errorf("of two ids one was taken: %s", id)
	}
}

func TestBodyIsBounded(t *testing.T) {
	s := newSite(slog.LevelInfo)
	s.handle("POST /form", func(w http.ResponseWriter, r *http.Request) error {
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(w, n)
		return err
	})
	if w := s.ask(t, http.MethodPost, "/form", bytes.NewReader(make([]byte, MaxBody))); w.Code != 200 || w.Body.String() != fmt.Sprint(MaxBody) {
		t.Errorf("the largest form: %d %s", w.Code, w.Body)
	}
	if w := s.ask(t, http.MethodPost, "/form", bytes.NewReader(make([]byte, MaxBody+1))); w.Code != 413 {
		t.Errorf("a byte more: %d %s", w.Code, w.Body)
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	resp, err := http.Post(srv.URL+"/form", "text/plain", bytes.NewReader(make([]byte, 8*MaxBody)))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 413 || !resp.Close {
		t.Errorf("%s, closing %v: want 413 and the end of the connection", resp.Status, resp.Close)
	}
}

func TestFormOfAnotherSiteIsRefused(t *testing.T) {
	s := newSite(slog.LevelInfo)
	done := 0
	s.handle("POST /form", func(http.ResponseWriter, *http.Request) error { done++; return nil })
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}, {"Origin", "null"}} {
		if w := s.ask(t, http.MethodPost, "/form", nil, h...); w.Code != 403 || done != 0 {
			t.Errorf("%v: %d, done %d times", h, w.Code, done)
		}
	}
	for _, h := range [][]string{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://example.com"}, nil} {
		done = 0
		if w := s.ask(t, http.MethodPost, "/form", nil, h...); w.Code != 200 || done != 1 {
			t.Errorf("%v: %d, done %d times", h, w.Code, done)
		}
	}
}

func TestAddressIsBounded(t *testing.T) {
	s := newSite(slog.LevelInfo)
	s.handle("GET /{path...}", func(http.ResponseWriter, *http.Request) error { return nil })
	if w := s.get(t, "/"+strings.Repeat("a", MaxURL-1)); w.Code != 200 {
		t.Errorf("the longest address: %d", w.Code)
	}
	if w := s.get(t, "/"+strings.Repeat("a", MaxURL)); w.Code != 414 {
		t.Errorf("a byte more: %d", w.Code)
	}
}

func TestRequestsAreCountedByRouteAndStatus(t *testing.T) {
	s := newSite(slog.LevelInfo)
	s.handle("GET /page", func(w http.ResponseWriter, r *http.Request) error { return nil })
	s.handle("GET /none", func(w http.ResponseWriter, r *http.Request) error { return errs.NotFound })
	for range 3 {
		s.get(t, "/page")
	}
	s.get(t, "/none")
	for i := range 50 {
		s.get(t, fmt.Sprintf("/made-up-%d", i))
	}
	want := map[string]float64{"none 404": 1, "other 404": 50, "page 200": 3}
	if diff := cmp.Diff(want, counted(t, s.registry, "offprint_http_requests_total")); diff != "" {
		t.Error(diff)
	}
	want = map[string]float64{"none": 1, "other": 50, "page": 3}
	if diff := cmp.Diff(want, counted(t, s.registry, "offprint_http_request_seconds")); diff != "" {
		t.Errorf("times by route:\n%s", diff)
	}
}

func TestRequestsAreLoggedOnlyWhenDebugging(t *testing.T) {
	for level, want := range map[slog.Level]int{slog.LevelInfo: 0, slog.LevelDebug: 1} {
		s := newSite(level)
		s.handle("GET /page", func(w http.ResponseWriter, r *http.Request) error { _, err := w.Write([]byte("12345")); return err })
		w := s.get(t, "/page")
		l := s.lines("msg=request")
		if len(l) != want {
			t.Fatalf("at %v %d lines: %q", level, len(l), l)
		}
		if want == 1 && (!strings.Contains(l[0], "status=200") || !strings.Contains(l[0], "bytes=5") || !strings.Contains(l[0], "request="+w.Header().Get("X-Request-Id"))) {
			t.Errorf("the line lacks something: %s", l[0])
		}
	}
}

func TestQuickAnswerTakesNoHandler(t *testing.T) {
	s := newSite(slog.LevelInfo)
	c, err := NewCache(1<<20, s.metrics)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	handled := 0
	s.handle("/page", func(w http.ResponseWriter, r *http.Request) error {
		handled++
		return c.Serve(w, r, Key{Address: "/page"}, onePage("text"))
	})
	s.cfg.Quick = func(w http.ResponseWriter, r *http.Request) string { return c.Hit(w, r, Key{Address: r.URL.Path}) }
	for range 3 {
		if w := s.get(t, "/page"); w.Code != 200 || w.Body.String() != "text" {
			t.Fatalf("%d %q", w.Code, w.Body)
		}
	}
	if handled != 1 {
		t.Errorf("the handler ran %d times, want once", handled)
	}
	if s.ask(t, http.MethodPost, "/page", nil); handled != 2 {
		t.Error("a POST was answered from memory")
	}
	if got := counted(t, s.registry, "offprint_http_requests_total"); got["page 200"] != 4 {
		t.Errorf("counted as %v, want 4 for the route", got)
	}
}
