package finding_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/finding"
	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/search"
	"offprint/internal/store"
)

// place is a store with one journal and a Finder that follows it.
type place struct {
	t       *testing.T
	st      *store.Store
	dir     string
	journal journal.Journal
	finder  *finding.Finder
}

func newPlace(t *testing.T) *place {
	t.Helper()
	data := t.TempDir()
	st, err := store.Open(t.Context(), store.Config{DataDir: data})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	p := &place{t: t, st: st, dir: filepath.Join(data, "search"), journal: journal.Journal{Path: "ice", Titles: []journal.Text{journal.T("en", "Ice Review")}, Languages: []string{"en"}, ISSNOnline: "9999-9994"}}
	if err := st.AddJournal(t.Context(), &p.journal); err != nil {
		t.Fatal(err)
	}
	return p
}

// run makes the Finder follow until stop is called.
func (p *place) run() (stop func()) {
	p.t.Helper()
	p.finder = finding.New(finding.Deps{Store: p.st, Dir: p.dir, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(p.t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); p.finder.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	p.t.Cleanup(stop)
	return stop
}

// publish writes articles of which the title is given; a title that is there
// already is not written again.
func (p *place) publish(titles ...string) (ids []string) {
	p.t.Helper()
	var writes []store.Write
	for _, title := range titles {
		writes = append(writes, store.Write{
			JournalID: p.journal.ID, Actor: "test", Reason: "test", SlugBase: title,
			Record: journal.Article{Titles: []journal.Text{journal.T("en", title)}, Contributors: []journal.Contributor{{Names: []journal.Name{{Family: "Ozerova", Given: "Vera"}}}}},
		})
	}
	done, err := p.st.ApplyArticles(p.t.Context(), writes)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, d := range done {
		ids = append(ids, d.ArticleID)
	}
	return ids
}

// titles are those of what is found, sorted.
func (p *place) titles(text string) []string {
	p.t.Helper()
	found, err := p.finder.Search(p.t.Context(), search.Request{Query: query.Parse(text), Limit: 20})
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, a := range found.Articles {
		out = append(out, a.Record.Titles[0].Plain)
	}
	slices.Sort(out)
	return out
}

// await waits until exactly these titles are found, within the time that is
// promised.
func (p *place) await(within time.Duration, text string, want ...string) {
	p.t.Helper()
	var got []string
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got = p.titles(text); slices.Equal(got, want) {
			return
		}
	}
	p.t.Fatalf("%s: found %q within %v, want %q", text, got, within, want)
}

// busy is how much longer than promised a loaded machine may take.
const busy = 10

func TestPublishedIsFoundAndWithdrawnDisappears(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice before")
	p.run()
	p.await(busy*time.Second, "ice", "Ice before")
	ids := p.publish("Ice after", "Snow")
	p.await(busy*time.Second, "ice", "Ice after", "Ice before")
	p.await(busy*time.Second, "author:ozerova -before", "Ice after", "Snow")
	if err := p.st.Withdraw(t.Context(), ids[0], "test", "test"); err != nil {
		t.Fatal(err)
	}
	p.await(busy*time.Second, "ice", "Ice before")
}

func TestFinderGoesOnWhereItWas(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice one")
	stop := p.run()
	p.await(busy*time.Second, "ice", "Ice one")
	stop()
	p.publish("Ice two")
	p.run()
	p.await(busy*time.Second, "ice", "Ice one", "Ice two")
}

func TestIndexThatIsDeletedOrDamagedIsMadeAgain(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, dir string){
		"deleted": func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		},
		"emptied": func(t *testing.T, dir string) {
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) == 0 {
				t.Fatalf("no files of the index: %v", err)
			}
			for _, f := range files {
				if err := os.Remove(f); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.publish("Ice one", "Ice two")
			p.run()
			p.await(busy*time.Second, "ice", "Ice one", "Ice two")
			harm(t, p.dir)
			p.publish("Ice three")
			p.await(6*busy*time.Second, "ice", "Ice one", "Ice three", "Ice two")
			if files, err := os.ReadDir(p.dir); err != nil || len(files) == 0 {
				t.Errorf("there is no new index: %v", err)
			}
		})
	}
}

// TestStoreThatWasRestoredIsIndexedAgain: the index knows of changes that the
// store does not have.
func TestStoreThatWasRestoredIsIndexedAgain(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice one")
	stop := p.run()
	p.await(busy*time.Second, "ice", "Ice one")
	p.publish("Ice two", "Ice three")
	p.await(busy*time.Second, "ice", "Ice one", "Ice three", "Ice two")
	stop()
	older := newPlace(t)
	older.publish("Ice one")
	older.dir = p.dir
	older.run()
	older.await(busy*time.Second, "ice", "Ice one")
}

func TestCommandSearchesWhileTheServerHasTheIndex(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice one")
	p.run()
	p.await(busy*time.Second, "ice", "Ice one")
	server := p.finder
	p.publish("Ice two")
	p.finder = finding.New(finding.Deps{Store: p.st, Dir: p.dir, Log: slog.New(slog.DiscardHandler)})
	if err := p.finder.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := p.titles("ice"); len(got) != 2 {
		all, err := p.finder.Search(t.Context(), search.Request{Limit: 20})
		t.Errorf("the command finds %q; without a query %+v, %v", got, all, err)
	}
	if err := p.finder.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(p.dir + "-copy-*"); len(left) > 0 {
		t.Errorf("the copies %q are left", left)
	}
	p.finder = server
	p.await(busy*time.Second, "ice", "Ice one", "Ice two")
}

// TestSecondServerOfAFolderHasAnIndexOfItsOwn: it waits a while, for the first may
// be about to end, and does not search in nothing for ever.
func TestSecondServerOfAFolderHasAnIndexOfItsOwn(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice one")
	p.run()
	p.await(busy*time.Second, "ice", "Ice one")
	p.finder = finding.New(finding.Deps{Store: p.st, Dir: p.dir, Log: slog.New(slog.DiscardHandler)})
	p.finder.SetPatience(0)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); p.finder.Run(ctx) }()
	defer func() { stop(); <-ended }()
	p.publish("Ice two")
	p.await(2*busy*time.Second, "ice", "Ice one", "Ice two")
}

func TestJournalIsAskedForByPathNumberOrTitle(t *testing.T) {
	p := newPlace(t)
	p.publish("Ice one")
	p.run()
	p.await(busy*time.Second, "ice", "Ice one")
	for _, q := range []string{"journal:ice", `journal:"Ice Review"`, "journal:review", "journal:9999-9994", "issn:9999-9994"} {
		if got := p.titles(q); len(got) != 1 {
			t.Errorf("%s finds %q", q, got)
		}
	}
	if got := p.titles("journal:snow"); len(got) != 0 {
		t.Errorf("journal:snow finds %q", got)
	}
}

func TestManyArticlesAreAllFound(t *testing.T) {
	p := newPlace(t)
	var titles []string
	for i := range 1200 {
		titles = append(titles, fmt.Sprintf("Ice number %d", i))
	}
	for part := range slices.Chunk(titles, 200) {
		p.publish(part...)
	}
	p.run()
	deadline := time.Now().Add(6 * busy * time.Second)
	for {
		found, err := p.finder.Search(t.Context(), search.Request{Query: query.Parse("ice"), Limit: 1})
		if err == nil && found.Total == len(titles) && !found.Making {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v %v, want %d", found, err, len(titles))
		}
		time.Sleep(20 * time.Millisecond)
	}
	if got := p.titles(`"number 1199"`); strings.Join(got, "") != "Ice number 1199" {
		t.Errorf("found %q", got)
	}
}

func TestCheckSeesWhatTheIndexLacks(t *testing.T) {
	p := newPlace(t)
	ids := p.publish("Ice one", "Ice two")
	check := func() (found []string) {
		f := finding.New(finding.Deps{Store: p.st, Dir: p.dir, Log: slog.New(slog.DiscardHandler)})
		if err := f.Check(t.Context(), func(w store.Finding) { found = append(found, w.What) }); err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := check(); len(got) != 0 {
		t.Errorf("without an index: %q", got)
	}
	stop := p.run()
	p.await(busy*time.Second, "ice", "Ice one", "Ice two")
	if got := check(); len(got) != 0 {
		t.Errorf("while it is followed: %q", got)
	}
	stop()
	p.publish("Ice three")
	if got := check(); len(got) != 0 {
		t.Errorf("an index that is behind: %q", got)
	}
	x, err := search.Open(p.dir, search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// One document goes and another comes behind the back of the store.
	err = x.Apply(t.Context(), search.Batch{Put: []search.Document{{ID: "other"}}, Remove: ids[:1], Seq: x.Seq(), Mark: x.Mark(), Durable: true})
	if err := errors.Join(err, x.Close()); err != nil {
		t.Fatal(err)
	}
	if got := check(); len(got) != 2 || !strings.Contains(got[0], ids[0]) || !strings.Contains(got[1], "1 articles that are not published") {
		t.Errorf("an index that lacks one and has one too many: %q", got)
	}
}
