package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/testkill"
	"offprint/internal/testpg"
)

// reading is what readers of one article were answered: when, in order.
type reading struct {
	mu       sync.Mutex
	asked    int
	answered []time.Time
}

// read asks for a page again and again, each time as another person, until ctx
// ends or nobody answers.
func (r *reading) read(ctx context.Context, address string) {
	for ctx.Err() == nil {
		r.mu.Lock()
		r.asked++
		n := r.asked
		r.mu.Unlock()
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		req.Header.Set("User-Agent", fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/140.0", n))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			return
		}
		r.mu.Lock()
		r.answered = append(r.answered, time.Now())
		r.mu.Unlock()
	}
}

// within is how many were answered in a second before one of these moments.
func (r *reading) within(moments []time.Time) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, at := range r.answered {
		for _, m := range moments {
			if d := m.Sub(at); d < time.Second && d > -time.Second {
				n++
				break
			}
		}
	}
	return n
}

// published is an installation with one article; it returns its id and the end
// of its address.
func published(t *testing.T, dir string, args ...string) (id, path string) {
	t.Helper()
	src := filepath.Join(dir, "pages")
	writePages(t, src, 1)
	if out, err := self(t.Context(), dir, append([]string{"journal", "add", "tides", "--title", "Annals of Tidal Studies"}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := self(t.Context(), dir, append([]string{"import", "--journal", "tides", "--json", src}, args...)...).Output()
	var made struct{ ID, Path string }
	if err != nil || json.Unmarshal([]byte(strings.SplitN(string(out), "\n", 2)[0]), &made) != nil || made.ID == "" {
		t.Fatalf("%v: %s", err, out)
	}
	return made.ID, made.Path
}

// countedOf runs the counting and returns what an article has then.
func countedOf(t *testing.T, cfg store.Config, id string, counting ...*exec.Cmd) tally.Counts {
	t.Helper()
	for _, cmd := range counting {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	st, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	list, err := st.UsageOf(t.Context(), tally.OfArticle, id)
	if err != nil {
		t.Fatal(err)
	}
	var sum tally.Counts
	for _, m := range list {
		sum = sum.Plus(m.Counts)
	}
	return sum
}

// TestKilledServerLosesASecondOfReadersAndCountsNoneTwice kills a server while it
// is asked, and what counts its readers meanwhile.
func TestKilledServerLosesASecondOfReadersAndCountsNoneTwice(t *testing.T) {
	dir := t.TempDir()
	id, path := published(t, dir)
	var r reading
	var kills []time.Time
	for round := range 4 {
		server, address := startServer(t, dir)
		ctx, stop := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() { r.read(ctx, origin(address)+path) })
		}
		time.Sleep(time.Duration(2500+130*round) * time.Millisecond)
		counting := testkill.Start(t, self(t.Context(), dir, "usage", "count"))
		if round%2 == 0 {
			time.Sleep(time.Duration(20+40*round) * time.Millisecond)
			counting.Stop() // wherever it is, or done
		}
		kills = append(kills, time.Now())
		server.Kill()
		stop()
		readers.Wait()
		counting.Stop()
	}
	cfg := store.Config{DataDir: filepath.Join(dir, "data")}
	count := func() tally.Counts {
		return countedOf(t, cfg, id, self(t.Context(), dir, "usage", "count"))
	}
	got := count()
	lost := r.within(kills)
	if n := int(got.Investigations); n > r.asked || n < len(r.answered)-lost || n == 0 {
		t.Errorf("%d counted; %d were answered, %d of them within a second of a kill, and %d asked", n, len(r.answered), lost, r.asked)
	}
	if len(r.answered)-lost < 100 {
		t.Errorf("only %d of %d were answered before the last second: the test shows little", len(r.answered)-lost, len(r.answered))
	}
	if again := count(); again != got {
		t.Errorf("counted again: %+v, before %+v", again, got)
	}
}

func origin(address string) string {
	if i := strings.Index(address[len("http://"):], "/"); i >= 0 {
		return address[:len("http://")+i]
	}
	return address
}

// TestTwoServersOnOnePostgreSQLCountTogether: the same person on both is one, and
// two processes that count at once count nothing twice.
func TestTwoServersOnOnePostgreSQLCountTogether(t *testing.T) {
	url, files := testpg.Database(t), t.TempDir()
	var dirs, addresses [2]string
	args := []string{"--database", url, "--files", files}
	dirs[0], dirs[1] = t.TempDir(), t.TempDir()
	id, path := published(t, dirs[0], args...)
	var servers [2]*testkill.Process
	for i := range servers {
		servers[i], addresses[i] = startServer(t, dirs[i], args...)
	}
	var r [2]reading
	var readers sync.WaitGroup
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	for i := range servers {
		readers.Go(func() { r[i].read(ctx, origin(addresses[i])+path) }) // both begin with the same person
	}
	count := func(i int) *exec.Cmd {
		return self(t.Context(), dirs[i], append([]string{"usage", "count"}, args...)...)
	}
	var counting sync.WaitGroup
	for i := range servers {
		counting.Go(func() {
			for range 3 { // while both are asked
				if out, err := count(i).CombinedOutput(); err != nil {
					t.Errorf("%v: %s", err, out)
				}
			}
		})
	}
	counting.Wait()
	readers.Wait()
	time.Sleep(time.Second) // what was answered is written
	for i := range servers {
		servers[i].Kill()
	}
	most, least := max(r[0].asked, r[1].asked), max(len(r[0].answered), len(r[1].answered))
	got := countedOf(t, store.Config{URL: url, DataDir: t.TempDir()}, id, count(0), count(1), count(0))
	// Whoever was at both was there within half a minute, at one address: a double click.
	if n := int(got.Investigations); n < least || n > most || min(len(r[0].answered), len(r[1].answered)) == 0 {
		t.Errorf("%d counted; the servers were asked by %d and %d persons, the same ones, and answered %d and %d", n, r[0].asked, r[1].asked, len(r[0].answered), len(r[1].answered))
	}
}
