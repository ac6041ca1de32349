package store

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/testkill"
)

func TestFullDiskIsToldAndNothingIsWritten(t *testing.T) {
	ctx, p := context.Background(), place{Config{DataDir: t.TempDir()}}
	s := p.open(t)
	j := addJournal(t, s, "rjr")
	apply(t, s, write(j, "a", sample("A")))
	if err := raw(t, s, `PRAGMA max_page_count = 60`); err != nil { // the file may not grow: SQLITE_FULL
		t.Fatal(err)
	}
	before := last(t, s)
	rec := sample(strings.Repeat("Long ", 200_000))
	_, err := s.ApplyArticles(ctx, []Write{write(j, "b", rec)})
	refused(t, err, errs.Unavailable, "full", "offprint.db", "nothing was written")
	if last(t, s) != before {
		t.Error("something was written")
	}
	apply(t, s, write(j, "c", sample("C")))
	sound(t, s)
}

func TestFileLockedByAnotherProgramIsTold(t *testing.T) {
	p := place{Config{DataDir: t.TempDir()}}
	s, other := p.open(t), p.open(t)
	j := addJournal(t, s, "rjr")
	hold, err := other.writing.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Rollback()
	if err := raw(t, s, `PRAGMA busy_timeout = 50`); err != nil { // not the ten seconds of every day
		t.Fatal(err)
	}
	_, err = s.ApplyArticles(context.Background(), []Write{write(j, "a", sample("A"))})
	refused(t, err, errs.Unavailable, "locked")
	if _, err := s.Journal(context.Background(), "rjr"); err != nil {
		t.Errorf("reading beside a writer: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := other.ApplyArticles(ctx, []Write{write(j, "a", sample("A"))}); err == nil {
		t.Error("two write at once")
	}
}

func TestWhatIsNotADatabaseIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "offprint.db"), []byte(strings.Repeat("This is a letter.\n", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), Config{DataDir: dir})
	refused(t, err, errs.Invalid, "offprint.db", "not a database")

	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), Config{DataDir: filepath.Join(file, "data")})
	refused(t, err, errs.Unavailable, "file", "cannot be made")
	_, err = Open(context.Background(), Config{})
	refused(t, err, errs.Invalid, "data folder")
	_, err = Open(context.Background(), Config{URL: "mysql://x"})
	refused(t, err, errs.Invalid, "postgres://")
}

func TestDatabaseThatCannotBeWrittenIsTold(t *testing.T) {
	s := place{Config{DataDir: t.TempDir()}}.open(t)
	j := addJournal(t, s, "rjr")
	// The error of a file without the right to write, also for root.
	if err := raw(t, s, `PRAGMA query_only = 1`); err != nil {
		t.Fatal(err)
	}
	_, err := s.ApplyArticles(context.Background(), []Write{write(j, "a", sample("A"))})
	refused(t, err, errs.Unavailable, "offprint.db", "cannot be written")
	if _, err := s.Journal(context.Background(), "rjr"); err != nil {
		t.Errorf("reading: %v", err)
	}
}

func TestDataFolderMayHaveAnyName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?c#d%41é")
	s := place{Config{DataDir: dir}}.open(t)
	addJournal(t, s, "rjr")
	if _, err := os.Stat(filepath.Join(dir, "offprint.db")); err != nil {
		t.Error(err)
	}
	if err := s.Backup(context.Background(), filepath.Join(dir, "copy?x.db")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "copy?x.db")); err != nil {
		t.Error(err)
	}
}

// TestKilledWriterLeavesWholeBatches is also the program that is killed.
func TestKilledWriterLeavesWholeBatches(t *testing.T) {
	const variable = "OFFPRINT_STORE_WRITER"
	if dir := os.Getenv(variable); dir != "" {
		ctx, s := context.Background(), place{Config{DataDir: dir}}.open(t)
		j, err := s.Journal(ctx, "rjr")
		if err != nil {
			t.Fatal(err)
		}
		for {
			apply(t, s, write(j, "", sample("A")), write(j, "", sample("B")), write(j, "", sample("C")))
		}
	}
	p := place{Config{DataDir: t.TempDir()}}
	addJournal(t, p.open(t), "rjr")
	before := 0
	for range 4 {
		cmd := testkill.Self(variable + "=" + p.cfg.DataDir)
		cmd.Args = append(cmd.Args, "-test.run=^TestKilledWriterLeavesWholeBatches$")
		writer := testkill.Start(t, cmd)
		s := p.open(t)
		for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
			if n, err := s.ArticleCount(context.Background()); err == nil && n > before {
				break // it is at work; the kill comes somewhere in it
			}
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		writer.Kill()
		n, err := s.ArticleCount(context.Background())
		if err != nil || n%3 != 0 {
			t.Errorf("%d articles, %v", n, err)
		}
		if n == before {
			t.Error("nothing was written before the kill")
		}
		before = n
		sound(t, s)
	}
}
