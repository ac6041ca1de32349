package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"offprint/internal/errs"
)

// further is the schema of this program with one more step, as a newer one has.
func further(t *testing.T, text string) []migration {
	t.Helper()
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	return append(all, migration{number: len(all) + 1, name: "next", text: text})
}

func TestDatabaseOfANewerProgramIsRefused(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		newer := further(t, `CREATE TABLE later (id TEXT PRIMARY KEY)`)
		if err := s.migrateTo(ctx, newer); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := Open(ctx, p.cfg)
		refused(t, err, errs.Invalid, "newer", fmt.Sprintf("schema %d", len(newer)), fmt.Sprintf("knows %d", len(newer)-1))
	})
}

func TestMigrationKeepsTheRowsAndFailsWhole(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		apply(t, s, write(j, "a", sample("A")))
		broken := further(t, `ALTER TABLE article ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'; UPDATE article SET extra = 'y'; SELECT nonsense FROM nowhere;`)
		if err := s.migrateTo(ctx, broken); err == nil || !strings.Contains(err.Error(), "migration next") {
			t.Errorf("a broken migration: %v", err)
		}
		if err := raw(t, s, `SELECT extra FROM article`); err == nil {
			t.Error("a broken migration was applied in part")
		}
		good := further(t, `ALTER TABLE article ADD COLUMN extra TEXT NOT NULL DEFAULT 'x';`)
		for range 2 {
			if err := s.migrateTo(ctx, good); err != nil {
				t.Fatal(err)
			}
		}
		if err := raw(t, s, `SELECT extra FROM article`); err != nil {
			t.Error(err)
		}
		if got, err := s.PublishedArticle(ctx, j.ID, "a"); err != nil || got.Record.Titles[0].Plain != "A" {
			t.Errorf("%+v, %v", got, err)
		}
		sound(t, s)
	})
}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				s, err := Open(context.Background(), p.cfg)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if _, err := s.Journals(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		sound(t, p.open(t))
	})
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	all, err := migrations()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d migrations, %v", len(all), err)
	}
	for _, m := range all {
		for _, word := range []string{"AUTOINCREMENT", "SERIAL", "JSONB", "TIMESTAMP", "DATETIME", "INTEGER", "VARCHAR", "BLOB"} {
			if strings.Contains(strings.ToUpper(m.text), word) {
				t.Errorf("migration %s has %s, which is not common to both engines", m.name, word)
			}
		}
	}
}

func TestSQLiteIsCopiedBeforeItsSchemaChanges(t *testing.T) {
	ctx, p := context.Background(), place{Config{DataDir: t.TempDir()}}
	s := p.open(t)
	copies := func() []string {
		names, err := filepath.Glob(filepath.Join(p.cfg.DataDir, "offprint-before-*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if names := copies(); len(names) != 0 {
		t.Errorf("a new database was copied: %v", names)
	}
	j := addJournal(t, s, "rjr")
	apply(t, s, write(j, "a", sample("A")))
	next := further(t, `DELETE FROM carried_count; DROP TABLE carried_count;`)
	if err := s.migrateTo(ctx, next); err != nil {
		t.Fatal(err)
	}
	names := copies()
	if len(names) != 1 || !strings.Contains(names[0], fmt.Sprintf("offprint-before-%04d-", len(next))) {
		t.Fatalf("copies %v", names)
	}
	old := t.TempDir()
	if err := os.Rename(names[0], filepath.Join(old, "offprint.db")); err != nil {
		t.Fatal(err)
	}
	back := place{Config{DataDir: old}}.open(t)
	if _, err := back.PublishedArticle(ctx, j.ID, "a"); err != nil {
		t.Errorf("the copy: %v", err)
	}
	sound(t, back)
}

func TestOpeningAnUpToDateDatabaseWritesNothing(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		addJournal(t, s, "rjr")
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		hold, err := s.writing.BeginTx(ctx, &sql.TxOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer hold.Rollback()
		if _, err := hold.Exec(`UPDATE feed SET last = last`); err != nil { // holds the write lock
			t.Fatal(err)
		}
		if again := p.open(t); again.Ping(ctx) != nil {
			t.Error("the database does not open while it is written to")
		}
	})
}
