package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"offprint/internal/errs"
)

func TestBackupWhileWritingIsWhole(t *testing.T) {
	ctx, p := context.Background(), place{Config{DataDir: t.TempDir()}}
	s := p.open(t)
	j := addJournal(t, s, "rjr")
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := s.ApplyArticles(ctx, []Write{write(j, "", sample("A")), write(j, "", sample("B"))}); err != nil {
					t.Error(err)
					return
				}
			}
		}
	}()
	for range 5 {
		dir := t.TempDir()
		path := filepath.Join(dir, "offprint.db")
		if err := s.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
			t.Errorf("beside the copy: %v", names)
		}
		refused(t, s.Backup(ctx, path), errs.Conflict, "exists")
		back := place{Config{DataDir: dir}}.open(t)
		if n, err := back.ArticleCount(ctx); n%2 != 0 || err != nil {
			t.Errorf("%d articles, %v", n, err)
		}
		sound(t, back)
	}
	close(stop)
	<-stopped
	sound(t, s)
}

func TestBackupThatCannotBeWrittenLeavesNothing(t *testing.T) {
	s := place{Config{DataDir: t.TempDir()}}.open(t)
	dir := t.TempDir()
	refused(t, s.Backup(context.Background(), filepath.Join(dir, "none", "b.db")), errs.Unavailable, "none")
	if names, _ := os.ReadDir(dir); len(names) != 0 {
		t.Errorf("left %v", names)
	}
}

func TestBackupOfPostgresNamesItsTool(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		if p.cfg.URL == "" {
			return
		}
		refused(t, p.open(t).Backup(context.Background(), filepath.Join(t.TempDir(), "b")), errs.Invalid, "pg_dump")
	})
}
