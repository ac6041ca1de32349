package usage

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/tally/tallytest"
	"offprint/internal/testpg"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

func newStore(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// newBook is a book on a store whose clock stands still at a time.
func newBook(t testing.TB, st *store.Store, now time.Time) *Book {
	t.Helper()
	rules, err := RulesOf("")
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewBook(Config{Store: st, Dir: filepath.Join(t.TempDir(), "usage"), Rules: rules, Keep: 90 * 24 * time.Hour, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func clientOf(remote string, _ []string) netip.Addr {
	a, _ := netip.ParseAddrPort(remote)
	return a.Addr()
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func request(change func(*http.Request)) *http.Request {
	r := httptest.NewRequest("GET", "/rjr/articles/a", nil)
	r.RemoteAddr = "203.0.113.77:4711"
	r.Header.Set("User-Agent", firefox)
	if change != nil {
		change(r)
	}
	return r
}

// sum adds the months of an item.
func sum(t *testing.T, st *store.Store, item string) (c tally.Counts, byMethod map[tally.Method]int64) {
	t.Helper()
	list, err := st.UsageOf(context.Background(), tally.OfArticle, item)
	if err != nil {
		t.Fatal(err)
	}
	byMethod = map[tally.Method]int64{}
	for _, m := range list {
		c = c.Plus(m.Counts)
		byMethod[m.Method] += m.Investigations
	}
	return c, byMethod
}

func fold(t testing.TB, b *Book) {
	t.Helper()
	if _, err := b.Take(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Count(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatCounts(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		name   string
		status int
		change func(*http.Request)
		want   int64
	}{
		{"a page", 200, nil, 1},
		{"the copy that a reader has", 304, nil, 1},
		{"not found", 404, nil, 0},
		{"only the headers", 200, func(r *http.Request) { r.Method = "HEAD" }, 0},
		{"Do Not Track", 200, header("DNT", "1"), 0},
		{"Do Not Track is off", 200, header("DNT", "0"), 1},
		{"Global Privacy Control", 200, header("Sec-GPC", "1"), 0},
		{"fetched in advance", 200, header("Sec-Purpose", "prefetch;prerender"), 0},
		{"fetched in advance, older", 200, header("Purpose", "prefetch"), 0},
		{"fetched in advance, Firefox", 200, header("X-Moz", "prefetch"), 0},
		{"a preview", 200, header("X-Purpose", "preview"), 0},
		{"the first part of a file", 206, header("Range", "bytes=0-65535"), 1},
		{"a later part", 206, header("Range", "bytes=65536-"), 0},
		{"the end of a file", 206, header("Range", "bytes=-500"), 0},
		{"a robot", 200, header("User-Agent", "Googlebot/2.1"), 0},
		{"a link preview", 200, header("User-Agent", "WhatsApp/2.23"), 0},
		{"no agent", 200, func(r *http.Request) { r.Header.Del("User-Agent") }, 0},
		{"a forged agent", 200, header("User-Agent", string(bytes.Repeat([]byte("Mozilla/5.0 \xff\x00"), 8000))), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := newStore(t, store.Config{DataDir: t.TempDir()})
			b := newBook(t, st, noon)
			rec := NewRecorder(b, clientOf, nil)
			rec.Note(noon, request(c.change), c.status, &Subject{Item: "A", Journal: "J", What: tally.Request, Link: 1})
			rec.Flush()
			fold(t, b)
			if got, _ := sum(t, st, "A"); got.Requests != c.want {
				t.Errorf("counted %+v, want %d", got, c.want)
			}
		})
	}
}

func TestProgramsThatReadFormsForProgramsAreMiners(t *testing.T) {
	st := newStore(t, store.Config{DataDir: t.TempDir()})
	b := newBook(t, st, noon)
	rec := NewRecorder(b, clientOf, nil)
	for i, agent := range []string{firefox, "CorpusBuilder/1.0"} {
		for j, machine := range []bool{false, true} {
			rec.Note(noon, request(func(r *http.Request) { r.Header.Set("User-Agent", agent) }), 200, &Subject{Item: "A", Journal: "J", What: tally.Request, Link: uint32(2*i + j), Machine: machine})
		}
	}
	rec.Flush()
	fold(t, b)
	if _, by := sum(t, st, "A"); by[tally.TDM] != 1 || by[tally.Regular] != 3 {
		t.Errorf("%v", by)
	}
}

func TestNothingSaysWhoAReaderIs(t *testing.T) {
	dir := t.TempDir()
	st := newStore(t, store.Config{DataDir: dir})
	b := newBook(t, st, noon)
	rec := NewRecorder(b, clientOf, nil)
	rec.Note(noon, request(nil), 200, &Subject{Item: "A", Journal: "J", Link: 1})
	rec.Flush()
	spools := spoolFiles(b.Dir)
	if len(spools) != 1 {
		t.Fatalf("%d spools", len(spools))
	}
	kept, err := os.ReadFile(filepath.Join(b.Dir, spools[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	fold(t, b)
	address := netip.MustParseAddr("203.0.113.77").As4()
	for _, form := range [][]byte{[]byte("203.0.113.77"), address[:], []byte("4711")} {
		if bytes.Contains(kept, form) {
			t.Errorf("the spool holds %q", form)
		}
	}
	other := NewRecorder(newBook(t, st, noon), clientOf, nil)
	ctx := context.Background()
	number := func(r *Recorder, at time.Time, journal string) uint64 {
		e := tally.Event{At: at.UnixMilli(), Agent: firefox, Journal: journal}
		r.visitors.set(ctx, &e, netip.MustParseAddr("203.0.113.77"))
		return e.Visitor
	}
	today := number(rec, noon, "J")
	if number(other, noon, "J") != today {
		t.Error("two nodes take one reader for two")
	}
	if number(rec, noon, "K") == today || number(rec, noon.AddDate(0, 0, 1), "J") == today {
		t.Error("a reader is known again in another journal or on another day")
	}
	rec.book.Now = func() time.Time { return noon.AddDate(0, 0, 1) }
	if err := rec.visitors.forget(ctx); err != nil {
		t.Fatal(err)
	}
	if number(rec, noon, "J") == today {
		t.Error("the key of yesterday is still known")
	}
}

// A database that does not answer holds no reader back, also not the first ones of
// a day.
func TestKeysAreThereBeforeTheyAreNeeded(t *testing.T) {
	st := newStore(t, store.Config{DataDir: t.TempDir()})
	late := time.Date(2026, 3, 1, 23, 55, 0, 0, time.UTC)
	numbers := func(r *Recorder) (list []uint64) {
		for _, at := range []time.Time{late, late.Add(5 * time.Minute)} {
			e := tally.Event{At: at.UnixMilli(), Agent: firefox, Journal: "J"}
			r.visitors.set(context.Background(), &e, netip.MustParseAddr("203.0.113.77"))
			list = append(list, e.Visitor, e.Before)
		}
		return list
	}
	a, b := NewRecorder(newBook(t, st, late), clientOf, nil), NewRecorder(newBook(t, st, late), clientOf, nil)
	a.Ready(context.Background())
	b.Ready(context.Background())
	st.Close()
	if one, two := numbers(a), numbers(b); !slices.Equal(one, two) || one[3] != one[0] {
		t.Errorf("two nodes take one reader for two: %x and %x", one, two)
	}
}

func TestSpoolIsReadUpToWhereItIsDamaged(t *testing.T) {
	st := newStore(t, store.Config{DataDir: t.TempDir()})
	b := newBook(t, st, noon)
	s := NewSpool(b.Dir)
	for i := range 3 {
		if err := s.Write([]tally.Event{{At: noon.UnixMilli(), Visitor: uint64(i + 1), Item: "A", Journal: "J", Agent: firefox}}, noon); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(b.Dir, s.name)
	s.Close()
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, whole[:len(whole)-5], 0o600); err != nil {
		t.Fatal(err)
	}
	fold(t, b)
	fold(t, b)
	if got, _ := sum(t, st, "A"); got.Investigations != 2 {
		t.Errorf("%+v of a log cut in the middle of its third record", got)
	}
	// The rest comes: it was only not written yet.
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	fold(t, b)
	if got, _ := sum(t, st, "A"); got.Investigations != 3 {
		t.Errorf("%+v when it is whole", got)
	}
	// When nobody writes it any more it is removed.
	b.Now = func() time.Time { return time.Now().Add(time.Hour) }
	fold(t, b)
	if list := spoolFiles(b.Dir); len(list) != 0 {
		t.Errorf("%d spools are left", len(list))
	}
	if got, _ := sum(t, st, "A"); got.Investigations != 3 {
		t.Errorf("%+v in the end", got)
	}
}

func TestClocksThatJumpDoNotHarm(t *testing.T) {
	st := newStore(t, store.Config{DataDir: t.TempDir()})
	b := newBook(t, st, noon)
	s := NewSpool(b.Dir)
	var events []tally.Event
	for i, at := range []time.Time{noon, time.Unix(0, 0), noon.AddDate(10, 0, 0), noon.Add(-time.Hour), noon} {
		events = append(events, tally.Event{At: at.UnixMilli(), Visitor: uint64(i + 1), Item: "A", Journal: "J", Agent: firefox})
	}
	if err := s.Write(events, noon); err != nil {
		t.Fatal(err)
	}
	taken, err := b.Take(context.Background())
	if err != nil || taken.Events != 3 || taken.Clock != 2 {
		t.Errorf("%+v, %v", taken, err)
	}
	fold(t, b)
	if got, _ := sum(t, st, "A"); got.Investigations != 3 {
		t.Errorf("%+v", got)
	}
}

func TestSeveralNodesCountTogetherToTheLastUnit(t *testing.T) {
	engines := map[string]store.Config{"sqlite": {DataDir: t.TempDir()}, "postgresql": {URL: testpg.Database(t), DataDir: t.TempDir()}}
	for name, cfg := range engines {
		t.Run(name, func(t *testing.T) {
			st := newStore(t, cfg)
			log := tallytest.Log{Seed: 5, Days: 3, Items: 40, Nodes: 3}
			var books []*Book
			var spools []*Spool
			for range log.Nodes {
				b := newBook(t, st, noon.AddDate(0, 0, 3))
				books, spools = append(books, b), append(spools, NewSpool(b.Dir))
			}
			pending := make([][]tally.Event, log.Nodes)
			flush := func(node int) {
				if err := spools[node].Write(pending[node], noon); err != nil {
					t.Fatal(err)
				}
				pending[node] = pending[node][:0]
			}
			truth := log.Generate(20_000, func(node int, e *tally.Event) {
				if pending[node] = append(pending[node], *e); len(pending[node]) == 1000 {
					flush(node)
				}
				if len(pending[0]) == 500 && node == 0 { // nodes count while others still write
					fold(t, books[0])
				}
			})
			for node := range pending {
				flush(node)
			}
			var wg sync.WaitGroup
			for _, b := range books {
				wg.Go(func() { // all at once, each twice
					for range 2 {
						if _, err := b.Take(context.Background()); err != nil {
							t.Error(err)
						}
						if _, err := b.Count(context.Background()); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			fold(t, books[0])
			same(t, st, truth)
			if n, err := books[1].Recount(context.Background(), "2026-03-01", "2026-03-31"); err != nil || n < 3 {
				t.Errorf("%d days counted again, %v", n, err)
			}
			same(t, st, truth)
		})
	}
}

// same compares the months of a store with the truth.
func same(t *testing.T, st *store.Store, truth *tallytest.Truth) {
	t.Helper()
	want := map[string]tally.Counts{}
	for day, places := range truth.Days {
		for p, c := range places {
			k := fmt.Sprint(p.Class, p.Item, day[:7], p.Method)
			want[k] = want[k].Plus(c)
		}
	}
	got := map[string]tally.Counts{}
	for day := range truth.Days {
		err := st.ReadSince(context.Background(), day, func(class tally.Class, item string) {
			list, err := st.UsageOf(context.Background(), class, item)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range list {
				got[fmt.Sprint(class, item, m.Month, m.Method)] = m.Counts
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for k, c := range want {
		if got[k] != c {
			t.Errorf("%s: %+v, want %+v", k, got[k], c)
		}
		delete(got, k)
	}
	for k, c := range got {
		t.Errorf("%s: %+v, want nothing", k, c)
	}
}
