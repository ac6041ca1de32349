package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"offprint/internal/errs"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema. Steps only go forward.
type migration struct {
	number int
	name   string
	text   string
}

// migrations are in order; their numbers are 1, 2, 3 ….
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for i, name := range names {
		base := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql")
		digits, _, _ := strings.Cut(base, "_")
		n, err := strconv.Atoi(digits)
		if err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s: its number should be %d", name, i+1)
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{number: n, name: base, text: string(text)})
	}
	return all, nil
}

func (s *Store) migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	return s.migrateTo(ctx, all)
}

// migrateTo brings the schema to the last of the migrations. When it is there
// already, nothing is locked or written.
func (s *Store) migrateTo(ctx context.Context, all []migration) error {
	have := 0
	// An error here may only mean that the table does not exist yet; any other
	// comes again below.
	err := s.read(ctx, func(t *tx) (err error) {
		have, err = t.schemaNumber()
		return err
	})
	if err == nil && have == len(all) {
		return nil
	}
	return s.write(ctx, func(t *tx) error { return t.migrate(all) })
}

func (t *tx) migrate(all []migration) error {
	if err := t.engine.lockSchema(t); err != nil {
		return err
	}
	if _, err := t.exec(`CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)`); err != nil {
		return err
	}
	have, err := t.schemaNumber()
	if err != nil {
		return err
	}
	if have > len(all) {
		return errs.Newf(errs.Invalid, "the database was made by a newer Offprint (schema %d, this program knows %d): use the newer program, or restore the backup from before the upgrade", have, len(all))
	}
	if have == len(all) {
		return nil
	}
	if have > 0 {
		if err := t.engine.snapshot(t.ctx, have+1); err != nil {
			return fmt.Errorf("copying the database before its schema changes: %w", err)
		}
	}
	for _, m := range all[have:] {
		if _, err := t.exec(m.text); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
		if _, err := t.exec(`INSERT INTO migration (number, name, applied) VALUES (?1, ?2, ?3)`, m.number, m.name, now()); err != nil {
			return err
		}
	}
	_, err = t.exec(t.engine.guards())
	return err
}

func (t *tx) schemaNumber() (n int, err error) {
	err = t.row(`SELECT coalesce(max(number), 0) FROM migration`, nil, &n)
	return n, err
}
