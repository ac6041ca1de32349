package store

import (
	"context"
	"database/sql"
)

// engine is what SQLite and PostgreSQL do each in their own way. Everything
// that differs between them is a method here, in sqlite.go and postgres.go.
type engine interface {
	name() string
	// bind turns the ?1 placeholders of the shared text into the engine's own.
	bind(text string) string
	// place is the placeholder number n, from 1, of a statement whose arguments
	// stand in it in their order, as bind takes it.
	place(n int) string
	// snapshotLevel is the isolation under which all queries of one reading
	// transaction see one state.
	snapshotLevel() sql.IsolationLevel
	// prepares reports whether it pays to prepare an INSERT of many rows by hand
	// within a transaction.
	prepares() bool
	// explain turns the errors of the driver into the kinds of package errs.
	explain(err error) error

	// lockSchema keeps other processes from migrating until t ends.
	lockSchema(t *tx) error
	// snapshot copies the database before migration number next is applied.
	snapshot(ctx context.Context, next int) error
	// guards is DDL that makes versions and changes immutable; run after migrations.
	guards() string

	// announce tells other processes, at the commit of t, that there are changes.
	announce(t *tx) error
	// watch rings until ctx ends whenever another process may have committed.
	watch(ctx context.Context, ring func())

	// roomy gives the writer so many bytes for pages of the database, 0 for the usual
	// number; it does nothing where the database has its own.
	roomy(ctx context.Context, writing *sql.DB, bytes int64) error

	// backup writes a consistent copy of the database to path.
	backup(ctx context.Context, path string) error
	// integrity runs the engine's own verification.
	integrity(t *tx, report func(Finding)) error
}
