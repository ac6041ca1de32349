package app

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/internal/ingest"
	"offprint/internal/journal"
	"offprint/internal/testpage"
)

// installation is an installation that answers, as in the field.
type installation struct {
	*Server
	t      *testing.T
	server *httptest.Server
	client *http.Client // follows no redirect
}

// serve makes an installation in an empty folder and runs its site.
func serve(t *testing.T, change ...func(*config.Config)) *installation {
	t.Helper()
	in := &installation{t: t}
	in.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { in.Handler().ServeHTTP(w, r) }))
	cfg := config.Config{Place: config.Place{Data: filepath.Join(t.TempDir(), "data")}, Serve: config.Serve{BaseURL: "http://" + in.server.Listener.Addr().String(), CacheMB: 16}}
	for _, f := range change {
		f(&cfg)
	}
	var err error
	if in.Server, err = New(t.Context(), cfg, slog.New(slog.NewTextHandler(io.Discard, nil))); err != nil {
		t.Fatal(err)
	}
	run, stop := context.WithCancel(t.Context())
	ended := make(chan error, 3)
	go func() { ended <- in.Site.Run(run) }()
	go func() { ended <- in.finder.Run(run) }()
	go func() { ended <- in.FollowReferences(run) }()
	in.server.Start()
	in.client = &http.Client{Transport: &http.Transport{DisableCompression: true}, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(func() {
		in.client.CloseIdleConnections()
		in.server.Close()
		stop()
		for range cap(ended) {
			if err := <-ended; err != nil && run.Err() == nil {
				t.Errorf("following the changes ended: %v", err)
			}
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	})
	return in
}

// demoSite is an installation with the demonstration journal.
func demoSite(t *testing.T, change ...func(*config.Config)) *installation {
	t.Helper()
	in := serve(t, change...)
	if err := in.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	// As Serve does; otherwise a part of it is seen a moment later.
	if err := in.Site.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	return in
}

// await waits until a page says something: what another goroutine or process
// has written is seen a moment later.
func (in *installation) await(path, text string) *testpage.Got {
	in.t.Helper()
	return awaitAt(in.t, in.client, in.server.URL, path, text)
}

func awaitAt(t *testing.T, client *http.Client, base, path, text string) *testpage.Got {
	t.Helper()
	var g *testpage.Got
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if g = testpage.Get(t, client, base+path); strings.Contains(g.Body, text) {
			return g
		}
	}
	t.Fatalf("%s does not say %q within ten seconds: %d %.300s", path, text, g.Status, g.Body)
	return nil
}

// get asks for a path with headers, "Accept", "text/html" …
func (in *installation) get(path string, header ...string) *testpage.Got {
	in.t.Helper()
	return in.ask(http.MethodGet, path, nil, header...)
}

func (in *installation) ask(method, path string, body io.Reader, header ...string) *testpage.Got {
	in.t.Helper()
	req, err := http.NewRequestWithContext(in.t.Context(), method, in.server.URL+path, body)
	if err != nil {
		in.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	return testpage.Do(in.t, in.client, req)
}

// page is a page that has to be there.
func (in *installation) page(path string) *testpage.Got {
	in.t.Helper()
	g := in.get(path)
	if g.Status != http.StatusOK || !g.HTML() {
		in.t.Fatalf("%s: %d %s", path, g.Status, g.Header.Get("Content-Type"))
	}
	return g
}

// add adds a journal.
func (in *installation) add(j journal.Journal) {
	in.t.Helper()
	if err := in.AddJournal(in.t.Context(), &j); err != nil {
		in.t.Fatal(err)
	}
}

// take imports files into a journal and returns what became of each.
func (in *installation) take(path string, files fs.FS) []ingest.Result {
	in.t.Helper()
	return takeInto(in.t, in.App, path, files)
}

func takeInto(t *testing.T, a *App, path string, files fs.FS) []ingest.Result {
	t.Helper()
	var out []ingest.Result
	run := ingest.Run{Store: a.Store, Blobs: a.Blobs, Journal: path, Format: "auto", Actor: "test"}
	if err := run.ImportFS(t.Context(), files, "test", func(r ingest.Result) { out = append(out, r) }); err != nil {
		t.Fatal(err)
	}
	for _, r := range out {
		if r.Error != "" {
			t.Fatalf("%s: %s", r.Source, r.Error)
		}
	}
	return out
}

// sample is a page of our own of which landing reads an article.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "format", "landing", "testdata", "pages", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
