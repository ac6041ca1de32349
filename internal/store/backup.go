package store

import (
	"context"

	"offprint/internal/errs"
)

// Backup writes a consistent copy of the database to path while it serves and
// is written to. The file must not exist; it appears when it is complete and on
// the disk. On PostgreSQL the error is errs.Invalid and names pg_dump.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	defer errs.Wrap(&err, "store.Backup")
	return s.engine.backup(ctx, path)
}
