package app

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/internal/testpage"
)

func TestOperatorsAddressesAnswer(t *testing.T) {
	in := demoSite(t)
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		g := in.get(path)
		if g.Status != http.StatusOK || g.Body != want || g.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q %s", path, g.Status, g.Body, g.Header.Get("Cache-Control"))
		}
	}
	if g := in.get("/metrics"); g.Status != http.StatusNotFound {
		t.Errorf("readers see metrics: %d", g.Status)
	}
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestMetricsHaveAListenerOfTheirOwn(t *testing.T) {
	cfg := config.Config{Place: config.Place{Data: filepath.Join(t.TempDir(), "data")}, Serve: config.Serve{Listen: free(t), Metrics: free(t), CacheMB: 8, StopWithin: 5 * time.Second}}
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, cfg, Start{Demo: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Ready: func(a string) { ready <- a }})
	}()
	var at string
	select {
	case at = <-ready:
	case err := <-ended:
		t.Fatal(err)
	case <-time.After(60 * time.Second):
		t.Fatal("the site was not ready within a minute")
	}
	if at != "http://"+cfg.Listen+"/demo/" {
		t.Errorf("the site opens at %q", at)
	}
	if g := testpage.Get(t, http.DefaultClient, at); g.Status != http.StatusOK || !strings.Contains(g.Body, "Colophon") {
		t.Errorf("%s: %d", at, g.Status)
	}
	m := testpage.Get(t, http.DefaultClient, "http://"+cfg.Metrics+"/metrics")
	if m.Status != http.StatusOK || !strings.Contains(m.Body, "go_goroutines") || !strings.Contains(m.Body, `route="home"`) {
		t.Errorf("/metrics: %d %.300s", m.Status, m.Body)
	}
	if g := testpage.Get(t, http.DefaultClient, "http://"+cfg.Metrics+"/demo/"); g.Status != http.StatusNotFound {
		t.Errorf("the listener of the metrics shows pages: %d", g.Status)
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the stop: %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the site did not stop within 20 seconds")
	}
}
