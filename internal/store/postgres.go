package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"offprint/internal/errs"
)

const (
	// channel is what nodes LISTEN on.
	channel = "offprint_change"
	// schemaLock is the key of the advisory lock under which one node migrates.
	schemaLock = 0x4f667072696e74 // "Offprint"
	// oldestPostgres is the first major version that is tested.
	oldestPostgres = 15
)

type postgresEngine struct {
	config *pgx.ConnConfig
	where  string   // host and database, for messages
	bound  sync.Map // shared text → text with $1, $2 …
}

func (s *Store) openPostgres(ctx context.Context, address string) error {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		// The message of the driver repeats the address, which holds a password.
		return errs.Fieldf(errs.Invalid, "database", "the address is not of the form postgres://user@host:5432/name")
	}
	cfg.RuntimeParams["application_name"] = "offprint"
	cfg.RuntimeParams["jit"] = "off" // its compiling costs more than these queries
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 10 * time.Second
	}
	e := &postgresEngine{config: cfg, where: fmt.Sprintf("%s on %s", cfg.Database, cfg.Host)}
	s.engine = e
	db := stdlib.OpenDB(*cfg)
	conns := max(8, 4*runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns / 2)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.reading, s.writing = db, db
	return e.suits(ctx, db)
}

// suits looks at what the server must have.
func (e *postgresEngine) suits(ctx context.Context, db *sql.DB) error {
	var number, encoding string
	err := db.QueryRowContext(ctx, `SELECT current_setting('server_version_num'), current_setting('server_encoding')`).Scan(&number, &encoding)
	if err != nil {
		return e.explain(err)
	}
	if n, _ := strconv.Atoi(number); n < oldestPostgres*10000 {
		return errs.Newf(errs.Invalid, "the database server is PostgreSQL %d; Offprint needs %d or later", n/10000, oldestPostgres)
	}
	if encoding != "UTF8" {
		return errs.Newf(errs.Invalid, "the database %s has the encoding %s: make it with ENCODING 'UTF8'", e.where, encoding)
	}
	return nil
}

func (e *postgresEngine) name() string { return "postgresql" }

// bind writes ?1 as $1, outside of quotes, once for every text.
func (e *postgresEngine) bind(text string) string {
	if b, ok := e.bound.Load(text); ok {
		return b.(string)
	}
	b := []byte(text)
	quoted := false
	for i, c := range b {
		switch {
		case c == '\'':
			quoted = !quoted
		case c == '?' && !quoted && i+1 < len(b) && b[i+1] >= '1' && b[i+1] <= '9':
			b[i] = '$'
		}
	}
	e.bound.Store(text, string(b))
	return string(b)
}

func (e *postgresEngine) place(n int) string { return "?" + strconv.Itoa(n) }

func (e *postgresEngine) snapshotLevel() sql.IsolationLevel { return sql.LevelRepeatableRead }

// pgx keeps prepared statements itself.
func (e *postgresEngine) prepares() bool { return false }

func (e *postgresEngine) lockSchema(t *tx) error {
	_, err := t.exec(`SELECT pg_advisory_xact_lock(?1)`, int64(schemaLock))
	return err
}

// snapshot does nothing: DDL is part of the transaction, and a server has
// backups of its own.
func (e *postgresEngine) snapshot(context.Context, int) error { return nil }

func (e *postgresEngine) guards() string {
	var b strings.Builder
	b.WriteString(`CREATE OR REPLACE FUNCTION offprint_immutable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % are immutable', TG_TABLE_NAME; END $$;
`)
	for _, table := range []string{"version", "change"} {
		fmt.Fprintf(&b, "CREATE OR REPLACE TRIGGER %[1]s_immutable BEFORE UPDATE OR DELETE ON %[1]s FOR EACH ROW EXECUTE FUNCTION offprint_immutable();\n", table)
	}
	return b.String()
}

func (e *postgresEngine) announce(t *tx) error {
	_, err := t.exec(`SELECT pg_notify(?1, '')`, channel)
	return err
}

// watch listens for the commits of other nodes, and connects again for as long
// as it takes. What is missed meanwhile is found by the polling of Follow.
func (e *postgresEngine) watch(ctx context.Context, ring func()) {
	down := false
	for {
		started := time.Now()
		err := e.listen(ctx, func() {
			if down {
				down = false
				slog.InfoContext(ctx, "database listens again", "database", e.where)
			}
			ring()
		})
		if ctx.Err() != nil {
			return
		}
		if !down {
			down = true
			slog.WarnContext(ctx, "database does not notify; changes are found by polling", "database", e.where, "error", err)
		}
		if time.Since(started) < time.Second {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
		}
	}
}

// listen rings once when it is connected and then at every notification.
func (e *postgresEngine) listen(ctx context.Context, ring func()) error {
	conn, err := pgx.ConnectConfig(ctx, e.config)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	for {
		ring()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

// explain gives the errors of PostgreSQL their kind. The codes are those of its
// manual, appendix A.
func (e *postgresEngine) explain(err error) error {
	if err == nil {
		return nil
	}
	problem := func(kind error, format string, args ...any) error {
		return fmt.Errorf("%w (%w)", errs.Newf(kind, format, args...), err)
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		switch pe.Code {
		case "23505", "40001", "40P01": // unique_violation, serialization_failure, deadlock_detected
			return fmt.Errorf("%w: %w", errs.Conflict, err)
		case "25006":
			return problem(errs.Unavailable, "the database %s only reads now (a standby, or made read-only): connect to the primary server", e.where)
		case "28000", "28P01":
			return problem(errs.Unavailable, "the database %s refuses the user or the password", e.where)
		case "3D000":
			return problem(errs.Unavailable, "the database %s does not exist: make it with createdb, or correct its name", e.where)
		case "42501":
			return problem(errs.Unavailable, "the database user may not do this in %s: make it the owner of the database", e.where)
		case "53100":
			return problem(errs.Unavailable, "the disk of the database %s is full: nothing was written; make room and try again", e.where)
		}
		switch pe.Code[:2] {
		case "53", "57", "58", "08": // resources, operator intervention, system, connection
			if pe.Code != "57014" { // query_canceled
				return problem(errs.Unavailable, "the database %s does not answer now: %s", e.where, pe.Message)
			}
		}
		return err
	}
	var ce *pgconn.ConnectError
	var ne *net.OpError
	if errors.As(err, &ce) || errors.As(err, &ne) || pgconn.SafeToRetry(err) {
		return problem(errs.Unavailable, "the database %s does not answer: look whether the server runs and the address is right", e.where)
	}
	return err
}

func (e *postgresEngine) backup(context.Context, string) error {
	return errs.Newf(errs.Invalid, "a PostgreSQL database is copied with its own tool: pg_dump --format=custom --file=FILE %s", e.config.Database)
}

func (e *postgresEngine) integrity(*tx, func(Finding)) error { return nil }

func (e *postgresEngine) roomy(context.Context, *sql.DB, int64) error { return nil }
