package store

import (
	"context"
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/testpg"
)

// place is an empty database of one engine; several stores can be opened on it.
type place struct {
	cfg Config
}

// open opens a store that is closed at the end of the test.
func (p place) open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), p.cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// forEachEngine runs a test on SQLite and on PostgreSQL.
func forEachEngine(t *testing.T, f func(t *testing.T, p place)) {
	t.Run("sqlite", func(t *testing.T) { f(t, place{Config{DataDir: t.TempDir()}}) })
	t.Run("postgresql", func(t *testing.T) { f(t, place{Config{URL: testpg.Database(t), DataDir: t.TempDir()}}) })
}

func addJournal(t testing.TB, s *Store, path string) *journal.Journal {
	t.Helper()
	j := &journal.Journal{Path: path, Titles: []journal.Text{journal.T("en", "Journal "+path)}, Languages: []string{"en", "ru"}}
	if err := s.AddJournal(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	return j
}

// sample is a record with something in every part that the store looks at.
func sample(title string) journal.Article {
	return journal.Article{
		Type: "research-article", Language: "ru",
		Titles: []journal.Text{journal.T("ru", title), {Lang: "en", Plain: "On " + title, Rich: []article.Node{article.Str("On " + title)}}},
		Contributors: []journal.Contributor{
			{Role: "author", Names: []journal.Name{{Lang: "ru", Literal: "Пётр Ёлкин", Family: "Ёлкин", Given: "Пётр"}, {Lang: "en", Literal: "Pyotr Yolkin"}}},
			{Role: "editor", Names: []journal.Name{{Literal: "Ed Itor"}}},
		},
		Issue:      &journal.Issue{Year: 2020, Volume: "5", Number: "2"},
		Pages:      journal.Pages{First: "10", Last: "20"},
		Published:  "2020-07",
		References: []journal.Reference{{Number: 1, Key: "A 1951a", Printed: journal.T("en", "An entry. <b>1951</b> & more.")}},
	}
}

func write(j *journal.Journal, slug string, rec journal.Article) Write {
	return Write{JournalID: j.ID, SlugBase: slug, Record: rec, Reason: "imported", Actor: "tester",
		Provenance: Provenance{Source: slug + ".txt", Format: "landing", ReaderVersion: 1}}
}

func apply(t testing.TB, s *Store, writes ...Write) []Written {
	t.Helper()
	done, err := s.ApplyArticles(context.Background(), writes)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func sound(t testing.TB, s *Store) {
	t.Helper()
	for _, f := range findings(t, s) {
		t.Errorf("check: %s: %s", f.Where, f.What)
	}
}

func findings(t testing.TB, s *Store) (list []Finding) {
	t.Helper()
	if err := s.Check(context.Background(), func(f Finding) { list = append(list, f) }); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckDerived(context.Background(), func(f Finding) { list = append(list, f) }); err != nil {
		t.Fatal(err)
	}
	return list
}

// raw runs a statement behind the back of the store.
func raw(t testing.TB, s *Store, text string, args ...any) error {
	t.Helper()
	_, err := s.writing.Exec(s.engine.bind(text), args...)
	return err
}

func allChanges(t testing.TB, s *Store) []Change {
	t.Helper()
	list, err := s.Changes(context.Background(), 0, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func titles(lines []Line) (list []string) {
	for _, l := range lines {
		list = append(list, l.Titles[0].Plain)
	}
	return list
}

func TestEngineNamesItself(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		want := map[bool]string{true: "sqlite", false: "postgresql"}[p.cfg.URL == ""]
		if s.Engine() != want {
			t.Errorf("engine %q, want %q", s.Engine(), want)
		}
		if err := s.Ping(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestPlaceholdersAreBoundByNumberOnBothEngines(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		var a, b, c string
		err := s.read(context.Background(), func(tx *tx) error {
			return tx.row(`SELECT CAST(?2 AS TEXT), CAST(?1 AS TEXT), 'is it?1'`, []any{"one", "two"}, &a, &b, &c)
		})
		if err != nil || a != "two" || b != "one" || c != "is it?1" {
			t.Errorf("bound as %q, %q, %q, %v", a, b, c, err)
		}
	})
}
