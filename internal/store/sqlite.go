package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"offprint/internal/errs"
)

// dataVersionEvery is how often SQLite is asked whether another process has
// committed. The question is answered from shared memory.
const dataVersionEvery = 500 * time.Millisecond

type sqliteEngine struct {
	path    string
	reading *sql.DB
}

// Every connection gets its pragmas from its address. A commit is on the disk
// when it returns (synchronous FULL).
const (
	sqlitePage     = 16384 // bytes
	sqliteWriterKB = "16000"
	sqliteWriter   = "_busy_timeout=10000&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_txlock=immediate" +
		"&_pragma=cache_size(-" + sqliteWriterKB + ")&_pragma=wal_autocheckpoint(1000)&_pragma=journal_size_limit(67108864)&_pragma=temp_store(memory)"
	sqliteReader = "_busy_timeout=10000&_query_only=1&_pragma=cache_size(-4000)&_pragma=temp_store(memory)"
	sqliteCopier = "_busy_timeout=10000"
)

func (s *Store) openSQLite(dir string) error {
	if dir == "" {
		return errs.Newf(errs.Invalid, "no data folder is named")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return errs.Newf(errs.Unavailable, "the data folder %s cannot be made: %v", dir, errors.Unwrap(err))
	}
	e := &sqliteEngine{path: filepath.Join(dir, "offprint.db")}
	s.engine = e
	if err := patiently(e.create); err != nil {
		return e.explain(err)
	}
	if s.writing, err = sql.Open("sqlite", e.address(sqliteWriter)); err != nil {
		return err
	}
	s.writing.SetMaxOpenConns(1)
	// The writer makes the file and its WAL before a reader that may not.
	if err := patiently(s.writing.Ping); err != nil {
		return e.explain(err)
	}
	if s.reading, err = sql.Open("sqlite", e.address(sqliteReader)); err != nil {
		return err
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	s.reading.SetMaxOpenConns(readers + 1) // one more for watch
	s.reading.SetMaxIdleConns(readers + 1)
	e.reading = s.reading
	return nil
}

// patiently tries again for as long as another process makes the same file. While a
// database changes to its WAL, SQLite asks no busy handler whether to wait
// (https://www.sqlite.org/wal.html, section 11).
func patiently(open func() error) (err error) {
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		err = open()
		var busy *sqlite.Error
		if !errors.As(err, &busy) || busy.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(end) {
			return err
		}
	}
}

func (e *sqliteEngine) address(params string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(e.path), RawQuery: params}
	return u.String()
}

// create makes the file of a new installation. Its pages are larger than the
// usual ones: a record with its references is some 20 kB, and every page costs a
// call into the system on its way to the log and on its way to the file. The
// size has to be set before anything else is.
func (e *sqliteEngine) create() error {
	if _, err := os.Stat(e.path); err == nil {
		return nil
	}
	db, err := sql.Open("sqlite", e.address("_busy_timeout=10000&_pragma=page_size("+strconv.Itoa(sqlitePage)+")"))
	if err != nil {
		return err
	}
	_, err = db.Exec(`VACUUM`) // writes the header
	return errors.Join(err, db.Close())
}

func (e *sqliteEngine) name() string { return "sqlite" }

// SQLite knows ?1, ?2 itself. ($1 would be a name, numbered by appearance.)
func (e *sqliteEngine) bind(text string) string { return text }

// A placeholder without a number is not looked up in a list of all of them.
func (e *sqliteEngine) place(int) string { return "?" }

func (e *sqliteEngine) snapshotLevel() sql.IsolationLevel { return sql.LevelDefault }

func (e *sqliteEngine) prepares() bool { return true }

// BEGIN IMMEDIATE is the lock.
func (e *sqliteEngine) lockSchema(*tx) error { return nil }

// snapshot reads the last committed state while the caller holds the write
// lock, so nothing can come between the copy and the migration.
func (e *sqliteEngine) snapshot(ctx context.Context, next int) error {
	name := fmt.Sprintf("offprint-before-%04d-%s.db", next, time.Now().UTC().Format("20060102T150405.000Z"))
	return e.backup(ctx, filepath.Join(filepath.Dir(e.path), name))
}

func (e *sqliteEngine) guards() string {
	var b strings.Builder
	for _, table := range []string{"version", "change"} {
		for _, op := range []string{"UPDATE", "DELETE"} {
			fmt.Fprintf(&b, "CREATE TRIGGER IF NOT EXISTS %[1]s_no_%[3]s BEFORE %[2]s ON %[1]s BEGIN SELECT RAISE(ABORT, 'rows of %[1]s are immutable'); END;\n",
				table, op, strings.ToLower(op))
		}
	}
	return b.String()
}

func (e *sqliteEngine) announce(*tx) error { return nil }

func (e *sqliteEngine) roomy(ctx context.Context, writing *sql.DB, bytes int64) error {
	kilobytes := sqliteWriterKB
	if bytes > 0 {
		kilobytes = strconv.FormatInt(bytes/1000, 10)
	}
	_, err := writing.ExecContext(ctx, "PRAGMA cache_size = -"+kilobytes)
	return err
}

// watch compares PRAGMA data_version, which differs on one connection whenever
// another has committed.
func (e *sqliteEngine) watch(ctx context.Context, ring func()) {
	tick := time.NewTicker(dataVersionEvery)
	defer tick.Stop()
	var conn *sql.Conn
	defer func() {
		if conn != nil {
			conn.Close()
		}
	}()
	last := int64(-1)
	for {
		var now int64
		var err error
		if conn == nil {
			conn, err = e.reading.Conn(ctx)
		}
		if err == nil {
			if err = conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now); err != nil {
				conn.Close()
				conn, now = nil, -1
			}
		}
		if now != last {
			last = now
			ring()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// explain gives the errors of SQLite their kind.
func (e *sqliteEngine) explain(err error) error {
	var se *sqlite.Error
	if err == nil || !errors.As(err, &se) {
		return err
	}
	switch se.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w: %w", errs.Conflict, err)
	}
	problem := func(kind error, text string) error {
		return fmt.Errorf("%w (%w)", errs.Newf(kind, text, e.path), err)
	}
	switch se.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return problem(errs.Unavailable, "the database %s is locked by another program: close what has it open for writing, or try again")
	case sqlite3.SQLITE_FULL:
		return problem(errs.Unavailable, "the disk that holds the database %s is full: nothing was written; make room and try again")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return problem(errs.Unavailable, "the database %s cannot be written: give this user the right to write the file and its folder")
	case sqlite3.SQLITE_CANTOPEN:
		return problem(errs.Unavailable, "the database %s cannot be opened: look at the rights of the file and its folder, and at the space on the disk")
	case sqlite3.SQLITE_IOERR:
		return problem(errs.Unavailable, "the disk that holds the database %s failed to read or write: look at the disk and its free space")
	case sqlite3.SQLITE_NOTADB:
		return problem(errs.Invalid, "%s is not a database: move it away, or restore a backup")
	case sqlite3.SQLITE_CORRUPT:
		return problem(errs.Unavailable, "the database %s is damaged: restore a backup")
	}
	return err
}

// backup writes to a name beside path and renames it when all of it is on the
// disk, so that path is a whole copy or nothing.
func (e *sqliteEngine) backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return errs.Newf(errs.Conflict, "%s exists: name a file that does not", path)
	}
	db, err := sql.Open("sqlite", e.address(sqliteCopier))
	if err != nil {
		return err
	}
	defer db.Close()
	part := path + ".part-" + newID()
	defer os.Remove(part)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?1", part); err != nil {
		return fmt.Errorf("%w (%w)", errs.Newf(errs.Unavailable, "the copy %s could not be written: look at the rights of its folder and the space on the disk", path), err)
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func (e *sqliteEngine) integrity(t *tx, report func(Finding)) error {
	for _, check := range []string{"PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"} {
		rows, err := t.sql.QueryContext(t.ctx, check)
		if err != nil {
			return err
		}
		cols, err := rows.Columns()
		if err != nil {
			rows.Close()
			return err
		}
		err = each(rows, func(scan func(...any) error) error {
			vals := make([]any, len(cols))
			for i := range vals {
				vals[i] = new(any)
			}
			if err := scan(vals...); err != nil {
				return err
			}
			var words []string
			for _, v := range vals {
				words = append(words, fmt.Sprint(*v.(*any)))
			}
			if what := strings.Join(words, " "); what != "ok" {
				report(Finding{Where: e.path, What: check + ": " + what, Do: "restore a backup"})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
