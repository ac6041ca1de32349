package httpx

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are pipes in memory, so that a test in
// a bubble of synctest waits for minutes in no time.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

// serving runs a server around a handler until the test ends.
func serving(t *testing.T, h http.Handler) (*http.Server, *pipes) {
	p, srv := newPipes(), NewServer(h, slog.New(slog.DiscardHandler))
	done := make(chan error, 1)
	go func() { done <- srv.Serve(p) }()
	t.Cleanup(func() {
		_ = srv.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return srv, p
}

// endOf tells how long after its begin a connection was ended by the server,
// which is what it answers with until then.
func endOf(c net.Conn) (answer string, after time.Duration) {
	begun := time.Now()
	b, _ := io.ReadAll(c)
	return string(b), time.Since(begun)
}

// trickle sends a text byte by byte, one a second, until the end of the
// connection.
func trickle(c net.Conn, text string) {
	for i := range len(text) {
		if _, err := c.Write([]byte{text[i]}); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func TestHeaderThatTricklesIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		_, p := serving(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
		c := p.dial()
		var sender sync.WaitGroup
		defer sender.Wait()
		sender.Go(func() { trickle(c, "GET / HTTP/1.1\r\nHost: example.org\r\nX-Padding: "+strings.Repeat("a", 600)) })
		if _, after := endOf(c); after > 6*time.Second {
			t.Errorf("the connection lived for %v", after)
		}
		if asked.Load() != 0 {
			t.Error("a handler was called")
		}
	})
}

func TestConnectionThatSaysNothingIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, p := serving(t, http.NotFoundHandler())
		if _, after := endOf(p.dial()); after > 31*time.Second {
			t.Errorf("a new connection lived for %v", after)
		}
		c := p.dial()
		fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
		answer, after := endOf(c)
		if !strings.HasPrefix(answer, "HTTP/1.1 404") || after < time.Minute || after > 3*time.Minute {
			t.Errorf("a kept connection lived for %v and got %q", after, answer)
		}
	})
}

func TestBodyThatTricklesIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var read atomic.Value
		_, p := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			read.Store(fmt.Sprint(err))
		}))
		c := p.dial()
		var sender sync.WaitGroup
		defer sender.Wait()
		sender.Go(func() {
			fmt.Fprint(c, "POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1000\r\n\r\n")
			trickle(c, strings.Repeat("a", 1000))
		})
		if _, after := endOf(c); after > 35*time.Second {
			t.Errorf("the connection lived for %v", after)
		}
		if err, _ := read.Load().(string); !strings.Contains(err, "timeout") {
			t.Errorf("the handler saw %q", err)
		}
	})
}

func TestReaderWhoReadsNothingIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan time.Duration, 2)
		send := func(w http.ResponseWriter) {
			begun, chunk := time.Now(), make([]byte, 64<<10)
			for range 100 {
				if _, err := w.Write(chunk); err != nil {
					break
				}
			}
			ended <- time.Since(begun)
		}
		_, p := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/file" {
				w = Patient(w)
			}
			send(w)
		}))
		for _, path := range []string{"/page", "/file"} {
			c := p.dial()
			fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: example.org\r\n\r\n", path)
			if after := <-ended; after > 65*time.Second {
				t.Errorf("%s: the handler was held for %v", path, after)
			}
			_ = c.Close()
		}
	})
}

// TestSlowReaderGetsALargeFile reads for ten minutes: no page may take so long,
// a file may.
func TestSlowReaderGetsALargeFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size = 600 * 1024
		_, p := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(size))
			if r.URL.Path == "/file" {
				w = Patient(w)
			}
			_, _ = io.Copy(w, io.LimitReader(zeros{}, size))
		}))
		for path, whole := range map[string]bool{"/file": true, "/page": false} {
			c := p.dial()
			fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: example.org\r\n\r\n", path)
			resp, err := http.ReadResponse(bufio.NewReaderSize(c, 1024), nil)
			if err != nil {
				t.Fatal(err)
			}
			n, buf := 0, make([]byte, 1024)
			for err == nil {
				var k int
				k, err = resp.Body.Read(buf)
				n += k
				time.Sleep(time.Second)
			}
			if (n == size) != whole {
				t.Errorf("%s: %d of %d bytes, %v", path, n, size, err)
			}
			_ = c.Close()
		}
	})
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

func TestHeaderIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, p := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }))
		for size, want := range map[int]string{MaxHeader / 2: "HTTP/1.1 204", 2 * MaxHeader: "HTTP/1.1 431", 100 * MaxHeader: "HTTP/1.1 431"} {
			c := p.dial()
			go func() {
				fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\nX-Padding: %s\r\n\r\n", strings.Repeat("a", size))
			}()
			answer, _ := endOf(c)
			if !strings.HasPrefix(answer, want) {
				t.Errorf("%d bytes of header: %.40q, want %s", size, answer, want)
			}
			_ = c.Close()
		}
	})
}

func TestHandlerThatWaitsTooLongIs503(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(slog.LevelError)
		s.handle("GET /slow", func(w http.ResponseWriter, r *http.Request) error {
			<-r.Context().Done() // as a query does
			return fmt.Errorf("rows: %w", r.Context().Err())
		})
		begun := time.Now()
		w := s.get(t, "/slow")
		if took := time.Since(begun); w.Code != 503 || took != Patience {
			t.Errorf("%d after %v, want 503 after %v", w.Code, took, Patience)
		}
	})
}

func TestLastingAnswerEndsWhenTheClientLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(slog.LevelError)
		client, leave := context.WithCancel(t.Context())
		var took time.Duration
		s.handle("GET /long", func(w http.ResponseWriter, r *http.Request) error {
			begun := time.Now()
			<-Lasting(r.Context()).Done()
			took = time.Since(begun)
			return Lasting(r.Context()).Err()
		})
		time.AfterFunc(3*Patience, leave)
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/long", nil).WithContext(client))
		if took != 3*Patience {
			t.Errorf("it ended after %v, want %v", took, 3*Patience)
		}
	})
}

func TestPageThatTakesTooLongIsGivenUp(t *testing.T) {
	c := newTestCache(t, 1<<20)
	synctest.Test(t, func(t *testing.T) {
		s := newSite(slog.LevelError)
		s.handle("GET /slow", func(w http.ResponseWriter, r *http.Request) error {
			return c.Serve(w, r, Key{}, func(ctx context.Context) (*Page, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			})
		})
		if w := s.get(t, "/slow"); w.Code != 503 || w.Header().Get("Retry-After") == "" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
	})
}

func TestGracefulStopFinishesARunningRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(slog.LevelError)
		s.handle("GET /slow", func(w http.ResponseWriter, r *http.Request) error {
			time.Sleep(5 * time.Second)
			_, err := io.WriteString(w, "finished")
			return err
		})
		srv, p := serving(t, s)
		running, idle := p.dial(), p.dial()
		fmt.Fprint(running, "GET /slow HTTP/1.1\r\nHost: example.org\r\n\r\n")
		fmt.Fprint(idle, "GET /none HTTP/1.1\r\nHost: example.org\r\n\r\n")
		idleEnded := make(chan struct{})
		go func() { _, _ = endOf(idle); close(idleEnded) }()
		time.Sleep(time.Second) // both requests have arrived
		stopped := make(chan error, 1)
		go func() {
			within, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			stopped <- srv.Shutdown(within)
		}()
		synctest.Wait()
		<-idleEnded
		select {
		case p.conns <- nil:
			t.Error("a connection is taken after the stop")
		case <-p.closed:
		}
		answer, after := endOf(running)
		if !strings.HasPrefix(answer, "HTTP/1.1 200") || !strings.HasSuffix(answer, "finished") || !strings.Contains(answer, "Connection: close") {
			t.Errorf("after %v the running request got %q", after, answer)
		}
		if err := <-stopped; err != nil {
			t.Errorf("the stop failed: %v", err)
		}
	})
}
