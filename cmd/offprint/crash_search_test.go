package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/testkill"
)

// TestKilledServerFindsEverythingAgain kills a server at several moments while
// articles are being published. The index is then neither behind the database
// for longer than a start takes, nor ahead of it.
func TestKilledServerFindsEverythingAgain(t *testing.T) {
	const pages = 600
	dir := t.TempDir()
	src := filepath.Join(dir, "pages")
	writePages(t, src, pages)
	if out, err := self(t.Context(), dir, "journal", "add", "tides", "--title", "Annals of Tidal Studies").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	importing := self(t.Context(), dir, "import", "--journal", "tides", src)
	ended := make(chan error, 1)
	server, _ := startServer(t, dir)
	go func() { ended <- importing.Run() }()
	for i := range 4 {
		time.Sleep(time.Duration(150+170*i) * time.Millisecond)
		server.Kill()
		server, _ = startServer(t, dir)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	server.Kill()
	server, address := startServer(t, dir)
	awaitTotal(t, address, pages)
	if out, err := self(t.Context(), dir, "check").CombinedOutput(); err != nil || !strings.Contains(string(out), " 0 wrong") {
		t.Errorf("check: %v: %s", err, out)
	}
	server.Kill()
	if out, err := self(t.Context(), dir, "check").CombinedOutput(); err != nil || !strings.Contains(string(out), " 0 wrong") {
		t.Errorf("check after the last kill: %v: %s", err, out)
	}
}

// startServer starts a server and waits until it says where it is.
func startServer(t *testing.T, dir string, args ...string) (server *testkill.Process, address string) {
	t.Helper()
	server = testkill.Start(t, self(t.Context(), dir, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...))
	for {
		if line := server.Line(); strings.Contains(line, "http://") {
			return server, strings.TrimSuffix(strings.Fields(line[strings.Index(line, "http://"):])[0], "/")
		}
	}
}

// awaitTotal waits until a search for what is in every article finds all.
func awaitTotal(t *testing.T, address string, want int) {
	t.Helper()
	u := origin(address)
	var last string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		res, err := http.Get(u + "/search.json?q=harbours")
		if err != nil {
			continue
		}
		var found struct{ Total int }
		err = json.NewDecoder(res.Body).Decode(&found)
		res.Body.Close()
		if last = fmt.Sprintf("%d found, %v", found.Total, err); err == nil && found.Total == want {
			return
		}
	}
	t.Fatalf("%s within a minute, want %d", last, want)
}
