package httpx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serveJoined serves a handler over connections that join their writes.
func serveJoined(t *testing.T, h http.Handler) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := NewServer(h, slog.New(slog.DiscardHandler))
	go srv.Serve(Join(l))
	t.Cleanup(func() { srv.Close() })
	return l.Addr().String()
}

// TestAnswersOfEverySizeArriveWhole: around the sizes at which net/http changes
// its way of writing, in one write of the handler and in many, one request
// after the other on the same connection.
func TestAnswersOfEverySizeArriveWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	body := bytes.Repeat([]byte("0123456789abcdef"), 16<<10/16)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	address := serveJoined(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/file" {
			http.ServeFile(w, r, file)
			return
		}
		var size, step int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d/%d", &size, &step); err != nil {
			t.Error(err)
		}
		w.Header()["Date"] = nil
		w.Header().Set("Content-Length", fmt.Sprint(size))
		for at := 0; at < size; at += step {
			if _, err := w.Write(body[at:min(at+step, size)]); err != nil {
				t.Error(err)
			}
		}
	}))
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	paths := []string{"/file"}
	for size := 3900; size <= 4200; size++ { // with the headers, one of these is a full buffer
		paths = append(paths, fmt.Sprintf("/%d/%d", size, size))
	}
	for _, size := range []int{1, 2048, 8191, 8192, 8193, 16 << 10} {
		paths = append(paths, fmt.Sprintf("/%d/%d", size, size), fmt.Sprintf("/%d/1000", size), fmt.Sprintf("/%d/4096", size))
	}
	for _, path := range paths {
		res, err := client.Get("http://" + address + path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		got, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || int64(len(got)) != res.ContentLength || !bytes.Equal(got, body[:len(got)]) {
			t.Errorf("%s: %d of %d bytes, %v", path, len(got), res.ContentLength, err)
		}
	}
}

// TestStreamedAnswerArrivesAsItIsFlushed: a handler that says "now" is not kept
// waiting for the rest.
func TestStreamedAnswerArrivesAsItIsFlushed(t *testing.T) {
	next := make(chan struct{})
	address := serveJoined(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			io.WriteString(w, strings.Repeat("x", 5000))
			http.NewResponseController(w).Flush()
			<-next
		}
	}))
	res, err := http.Get("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for range 3 {
		if _, err := io.ReadFull(res.Body, make([]byte, 5000)); err != nil {
			t.Fatal(err)
		}
		next <- struct{}{}
	}
}

// TestClosingDoesNotWaitForAReaderWhoReadsNothing: a server that has to end
// ends, whatever its readers do.
func TestClosingDoesNotWaitForAReaderWhoReadsNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	writing := make(chan struct{})
	srv := NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(writing)
		w.Write(make([]byte, 64<<20))
	}), slog.New(slog.DiscardHandler))
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(Join(l)) }()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	<-writing
	time.Sleep(50 * time.Millisecond) // until the buffers of the system are full
	closed := make(chan error, 1)
	go func() { closed <- srv.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for range 2 {
		select {
		case <-closed:
		case <-ended:
		case <-ctx.Done():
			t.Fatal("the server did not end within five seconds")
		}
	}
}
