package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
		kill(t, server)
		server, _ = startServer(t, dir)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	kill(t, server)
	server, address := startServer(t, dir)
	awaitTotal(t, address, pages)
	if out, err := self(t.Context(), dir, "check").CombinedOutput(); err != nil || !strings.Contains(string(out), " 0 wrong") {
		t.Errorf("check: %v: %s", err, out)
	}
	kill(t, server)
	if out, err := self(t.Context(), dir, "check").CombinedOutput(); err != nil || !strings.Contains(string(out), " 0 wrong") {
		t.Errorf("check after the last kill: %v: %s", err, out)
	}
}

// startServer starts a server and waits until it says where it is.
func startServer(t *testing.T, dir string) (*exec.Cmd, string) {
	t.Helper()
	cmd := self(t.Context(), dir, "serve", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	guard := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer guard.Stop()
	for scan := bufio.NewScanner(out); scan.Scan(); {
		if i := strings.Index(scan.Text(), "http://"); i >= 0 {
			return cmd, strings.TrimSuffix(strings.Fields(scan.Text()[i:])[0], "/")
		}
	}
	t.Fatal("the server did not say where it is")
	return nil, ""
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
}

// awaitTotal waits until a search for what is in every article finds all.
func awaitTotal(t *testing.T, address string, want int) {
	t.Helper()
	u := address
	if i := strings.Index(u[len("http://"):], "/"); i >= 0 {
		u = u[:len("http://")+i]
	}
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
