package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/config"
	"offprint/internal/journal"
	"offprint/internal/testkill"
	"offprint/internal/testpage"
	"offprint/internal/testpg"
)

// nodeOf makes the test binary a node of an installation: data folder, files
// and database, one a line.
const nodeOf = "OFFPRINT_TEST_NODE"

func TestMain(m *testing.M) {
	if place := os.Getenv(nodeOf); place != "" {
		if err := runNode(strings.Split(place, "\n")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func runNode(place []string) error {
	cfg := config.Config{Place: config.Place{Data: place[0], Files: place[1], Database: place[2]}, Serve: config.Serve{Listen: "127.0.0.1:0", CacheMB: 8, StopWithin: time.Second}}
	return Serve(context.Background(), cfg, Start{Log: slog.New(slog.NewTextHandler(os.Stderr, nil)), Ready: func(at string) { fmt.Println(at) }})
}

// startNode starts another process of the installation and returns its address.
func startNode(t *testing.T, place config.Place) (address string, process *testkill.Process) {
	t.Helper()
	node := testkill.Start(t, testkill.Self(nodeOf+"="+strings.Join([]string{t.TempDir(), place.Files, place.Database}, "\n")))
	scheme, rest, _ := strings.Cut(strings.TrimSpace(node.Line()), "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host, node
}

// within two seconds a node shows what another one has published.
func shownWithin(t *testing.T, limit time.Duration, address, text string) {
	t.Helper()
	start := time.Now()
	for {
		if g := testpage.Get(t, http.DefaultClient, address); strings.Contains(g.Body, text) {
			return
		}
		if time.Since(start) > limit {
			t.Errorf("%s does not show %q after %s", address, text, limit)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// TestNodesSeeEachOthersPublications: two processes on one PostgreSQL, then one
// of them is killed.
func TestNodesSeeEachOthersPublications(t *testing.T) {
	place := config.Place{Data: t.TempDir(), Files: t.TempDir(), Database: testpg.Database(t)}
	a, err := Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	first, _ := startNode(t, place)
	place.Data = t.TempDir() // each has its own index
	second, doomed := startNode(t, place)
	j := journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}}
	if err := a.AddJournal(t.Context(), &j); err != nil {
		t.Fatal(err)
	}
	for _, node := range []string{first, second} {
		shownWithin(t, 2*time.Second, node+"/lamps/", "Nothing has been published here yet")
	}
	takeInto(t, a, "lamps", fstest.MapFS{"a.md": {Data: article(1, "Lamp of the harbour")}})
	for _, node := range []string{first, second} {
		shownWithin(t, 2*time.Second, node+"/lamps/", "Lamp of the harbour")
		shownWithin(t, 3*time.Second, node+"/lamps/search?q=harbours", "Lamp of the <mark>harbour</mark>")
	}
	doomed.Kill()
	takeInto(t, a, "lamps", fstest.MapFS{"b.md": {Data: article(2, "Lamp of the tower")}})
	shownWithin(t, 2*time.Second, first+"/lamps/", "Lamp of the tower")
	third, _ := startNode(t, place)
	shownWithin(t, 2*time.Second, third+"/lamps/", "Lamp of the tower")
	if _, err := a.SetJournal(t.Context(), "lamps", "title", "Lanterns"); err != nil {
		t.Fatal(err)
	}
	for _, node := range []string{first, third} {
		shownWithin(t, 2*time.Second, node+"/lamps/", "Lanterns")
	}
}
