package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/config"
	"offprint/internal/journal"
	"offprint/internal/tally"
)

// TestStopLosesNoReader: who is still sent a file while the site stops is counted.
func TestStopLosesNoReader(t *testing.T) {
	cfg := config.Config{Place: config.Place{Data: filepath.Join(t.TempDir(), "data")}, Serve: config.Serve{Listen: free(t), CacheMB: 8, StopWithin: 30 * time.Second, Usage: true}}
	a, err := Open(t.Context(), cfg.Place)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.AddJournal(t.Context(), &journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}}); err != nil {
		t.Fatal(err)
	}
	files := withFiles()
	files["Лампа № 1.pdf"] = &fstest.MapFile{Data: append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("lamp "), 6<<20)...)} // more than the system holds for a reader
	path := takeInto(t, a, "lamps", files)[0].Path
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, cfg, Start{Log: slog.New(slog.DiscardHandler), Ready: func(a string) { ready <- a }})
	}()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+cfg.Listen+path+"/files/"+url.PathEscape("Лампа № 1.pdf"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", browserAgent)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	stop()
	time.Sleep(time.Second) // what was noted before is written by now
	if n, err := io.Copy(io.Discard, w.Body); err != nil || n < 30<<20 {
		t.Fatalf("%d bytes, %v", n, err)
	}
	w.Body.Close()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if a, err = Open(t.Context(), cfg.Place); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.CountUsage(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	j, err := a.Store.Journal(t.Context(), "lamps")
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.Store.UsageTotals(t.Context(), tally.OfArticle, j.ID)
	if err != nil || len(list) == 0 || list[len(list)-1].Requests != 1 {
		t.Errorf("counted %+v, %v", list, err)
	}
}
