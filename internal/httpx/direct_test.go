package httpx

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// serveFront serves handlers behind a front, over joined connections; a path that
// begins with /quick is answered from memory.
func serveFront(t *testing.T, h http.HandlerFunc, mend func(*http.Server)) (address string) {
	t.Helper()
	return serveFrontOn(t, h, mend, Join)
}

func serveFrontOn(t *testing.T, h http.HandlerFunc, mend func(*http.Server), join func(net.Listener) net.Listener) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := NewCache(1<<20, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cache.Close)
	page := &Page{Type: "text/plain", Body: []byte("quick"), Language: "en", Link: `</a>; rel="item"`, Tags: []string{"a"}, Vary: []string{"Cookie"}}
	quick := func(w http.ResponseWriter, r *http.Request) string {
		if !strings.HasPrefix(r.URL.Path, "/quick") {
			return ""
		}
		if err := cache.Serve(w, r, Key{Address: "quick"}, func(context.Context) (*Page, error) { return page, nil }); err != nil {
			t.Error(err)
		}
		return "quick"
	}
	log := slog.New(slog.DiscardHandler)
	srv := NewServer(NewFront(FrontConfig{Log: log, Quick: quick}, h), log)
	if mend != nil {
		mend(srv)
	}
	go srv.Serve(join(l))
	t.Cleanup(func() { srv.Close() })
	return l.Addr().String()
}

func dial(t *testing.T, address string) (net.Conn, *bufio.Reader) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	return c, bufio.NewReader(c)
}

func answer(t *testing.T, in *bufio.Reader) string {
	t.Helper()
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestHandlerLearnsThatItsReaderHasLeft: also on a connection that was answered
// from memory before.
func TestHandlerLearnsThatItsReaderHasLeft(t *testing.T) {
	left, began := make(chan error, 1), make(chan struct{})
	address := serveFront(t, func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
		left <- r.Context().Err()
	}, nil)
	c, in := dial(t, address)
	for range 3 {
		fmt.Fprint(c, "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")
		if got := answer(t, in); got != "quick" {
			t.Fatalf("got %q", got)
		}
	}
	fmt.Fprint(c, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
	<-began
	c.Close()
	select {
	case err := <-left:
		if err.Error() != "context canceled" {
			t.Errorf("it ended with %q", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the handler did not learn of it within five seconds")
	}
}

// TestBodiesAreReadWhole: a body whose pieces end anywhere is read behind the
// front, by whoever wants it or by nobody, and the next request is understood.
func TestBodiesAreReadWhole(t *testing.T) {
	address := serveFront(t, func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%d %v", len(b), err)
	}, nil)
	c, in := dial(t, address)
	for size := 4020; size < 4110; size++ {
		for _, path := range []string{"/read", "/quick"} {
			fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", path, size, strings.Repeat("x", size))
			fmt.Fprint(c, "\r\n")
			fmt.Fprint(c, "2\r\nyy\r\n0\r\n\r\n")
			want := "quick"
			if path == "/read" {
				want = fmt.Sprintf("%d <nil>", size+2)
			}
			if got := answer(t, in); got != want {
				t.Fatalf("%s with %d bytes: got %q", path, size, got)
			}
		}
	}
}

// TestPipelinedRequestsAreAnsweredInTurn: several requests that are there at once.
func TestPipelinedRequestsAreAnsweredInTurn(t *testing.T) {
	address := serveFront(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }, nil)
	c, in := dial(t, address)
	fmt.Fprint(c, strings.Repeat("GET /quick HTTP/1.1\r\nHost: a\r\n\r\nGET /other HTTP/1.1\r\nHost: a\r\n\r\n", 20))
	for range 20 {
		if a, b := answer(t, in), answer(t, in); a != "quick" || b != "/other" {
			t.Fatalf("got %q and %q", a, b)
		}
	}
}

// TestDirectAnswerSaysWhatAnyOtherSays: the same status, headers and body on a joined
// connection as on one that is not.
func TestDirectAnswerSaysWhatAnyOtherSays(t *testing.T) {
	front := func(t *testing.T, join func(net.Listener) net.Listener) string {
		return serveFrontOn(t, http.NotFound, nil, join)
	}
	joined, plain := front(t, Join), front(t, func(l net.Listener) net.Listener { return l })
	tag := ""
	for _, request := range []string{
		"GET /quick HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\n\r\n",
		"HEAD /quick HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-2\r\n\r\n",
		"GET /quick HTTP/1.0\r\nX-Request-Id: r-3\r\n\r\n",
		"GET /quick HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-4\r\nConnection: close\r\n\r\n",
		"GET /quick HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-5\r\nIf-None-Match: TAG\r\n\r\n",
		"GET /quick HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-6\r\nContent-Length: 3\r\n\r\nabc",
	} {
		var got [2]*http.Response
		var body [2]string
		for i, address := range []string{plain, joined} {
			c, in := dial(t, address)
			fmt.Fprint(c, strings.Replace(request, "TAG", tag, 1))
			res, err := http.ReadResponse(in, &http.Request{Method: strings.Fields(request)[0]})
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := http.ParseTime(res.Header.Get("Date")); err != nil {
				t.Errorf("%s: date: %v", request, err)
			}
			res.Header.Del("Date")
			tag = res.Header.Get("Etag")
			got[i], body[i] = res, string(b)
		}
		if diff := cmp.Diff(got[0].Header, got[1].Header); diff != "" || got[0].Status != got[1].Status || got[0].Close != got[1].Close || body[0] != body[1] {
			t.Errorf("%s: %s and %s, %q and %q\n%s", request, got[0].Status, got[1].Status, body[0], body[1], diff)
		}
	}
}

// TestConnectionsThatWaitAreClosed: one that says nothing more after an answer,
// and one that does not end its request.
func TestConnectionsThatWaitAreClosed(t *testing.T) {
	address := serveFront(t, http.NotFound, func(s *http.Server) { s.IdleTimeout, s.ReadHeaderTimeout = 400*time.Millisecond, 300*time.Millisecond })
	for _, begun := range []string{"", "GET /quick HTTP/1.1\r\nHo"} {
		c, in := dial(t, address)
		fmt.Fprint(c, "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")
		if got := answer(t, in); got != "quick" {
			t.Fatalf("got %q", got)
		}
		fmt.Fprint(c, begun)
		start := time.Now()
		if rest, err := io.ReadAll(in); err != nil || strings.Contains(string(rest), "quick") {
			t.Errorf("after %q: %q, %v", begun, rest, err)
		}
		if took := time.Since(start); took < 100*time.Millisecond || took > 5*time.Second {
			t.Errorf("after %q it was closed in %v", begun, took)
		}
	}
}
