package httpx

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// benchPage is a landing page of a usual size: 60 kB of prose with markup.
func benchPage() []byte {
	var b strings.Builder
	for i := 0; b.Len() < 60<<10; i++ {
		fmt.Fprintf(&b, `<li id="ref-%d"><cite>Foreign Relations of the United States, %d. Vol. %x</cite>, pp. %d–%d.</li>`+"\n", i, 1900+i%97, i*2654435761, i, i+17)
	}
	return []byte(b.String())
}

// benchFront is a front with one page in memory.
func benchFront(b *testing.B) *Front {
	m := NewMetrics(prometheus.NewRegistry())
	cache, err := NewCache(32<<20, m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(cache.Close)
	page := &Page{Type: "text/html; charset=utf-8", Body: benchPage(), Tags: []string{"article:1", "journal:1", "list:1"}, Vary: []string{"Cookie", "Accept"}, Language: "en"}
	quick := func(w http.ResponseWriter, r *http.Request) string { return cache.Hit(w, r, Key{Address: r.URL.Path}) }
	return NewFront(FrontConfig{Log: slog.New(slog.DiscardHandler), Metrics: m, Quick: quick}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := cache.Serve(w, r, Key{Address: r.URL.Path}, func(context.Context) (*Page, error) { return page, nil }); err != nil {
			b.Error(err)
		}
	}))
}

type nowhere struct{ h http.Header }

func (n *nowhere) Header() http.Header         { return n.h }
func (n *nowhere) WriteHeader(int)             {}
func (n *nowhere) Write(b []byte) (int, error) { return len(b), nil }

// BenchmarkHit is what a page in memory costs apart from net/http.
func BenchmarkHit(b *testing.B) {
	f := benchFront(b)
	r := httptest.NewRequest(http.MethodGet, "/rjr/articles/panov-2020", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	w := &nowhere{h: http.Header{}}
	f.ServeHTTP(w, r)
	b.ReportAllocs()
	for b.Loop() {
		clear(w.h)
		f.ServeHTTP(w, r)
	}
}

// BenchmarkServer is the same through a connection.
func BenchmarkServer(b *testing.B) {
	srv := httptest.NewServer(benchFront(b))
	defer srv.Close()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			req, _ := http.NewRequest(http.MethodGet, srv.URL+"/p", nil)
			req.Header.Set("Accept-Encoding", "zstd")
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, res.Body)
			res.Body.Close()
		}
	})
}

// BenchmarkCompress is what keeping a page costs, by coding.
func BenchmarkCompress(b *testing.B) {
	c, err := newCodec()
	if err != nil {
		b.Fatal(err)
	}
	body := benchPage()
	b.Run("gzip", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(float64(len(zip(&c.bestGzip, body))), "bytes")
		}
	})
	b.Run("gzip-quick", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(float64(len(zip(&c.quickGzip, body))), "bytes")
		}
	})
	b.Run("zstd", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(float64(len(c.best.EncodeAll(body, nil))), "bytes")
		}
	})
	b.Run("back", func(b *testing.B) {
		e := c.entry(&Page{Body: body}, 0)
		for b.Loop() {
			c.writePlain(io.Discard, e)
		}
	})
}
