//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is a server of its own, whose table has a tsvector with a GIN index.
type postgres struct {
	*pgx.Conn
	server *process
	socket string
}

func (*postgres) name() string { return "PostgreSQL" }

// openPostgres makes a cluster in a folder if there is none and starts a server
// on a socket. As root it runs as the user postgres, since it refuses to be root.
func (b *bench) openPostgres(ctx context.Context, data string) (engine, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		return nil, errors.New("PostgreSQL is missing: apt-get install postgresql, or leave the SQL engines out with -sql=false")
	}
	bin := filepath.Dir(slices.Max(found))
	owner, err := serverOwner()
	if err != nil {
		return nil, err
	}
	// The path of a socket has about 100 bytes, so it is not in the folder of the run.
	socket, err := os.MkdirTemp("/tmp", "offprint-bench-pg-")
	if err != nil {
		return nil, err
	}
	e := &postgres{socket: socket}
	for _, dir := range []string{socket, data} {
		err = os.MkdirAll(dir, 0o700)
		if err == nil && owner != nil {
			err = os.Chown(dir, int(owner.Uid), int(owner.Gid))
		}
		if err != nil {
			return nil, errors.Join(err, e.close())
		}
	}
	if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); err != nil {
		initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata="+data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
		initdb.Dir, initdb.SysProcAttr = socket, &syscall.SysProcAttr{Credential: owner}
		if out, err := initdb.CombinedOutput(); err != nil {
			return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), e.close())
		}
	}
	if err := e.serve(ctx, b.dir, filepath.Join(bin, "postgres"), data, owner); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// serve starts the server with memory for a corpus of this size and without
// waiting for the disk, and connects.
func (e *postgres) serve(ctx context.Context, logs, program, data string, owner *syscall.Credential) error {
	log, err := os.CreateTemp(logs, "postgres-*.log")
	if err != nil {
		return err
	}
	defer log.Close()
	p := &process{cmd: exec.CommandContext(ctx, program, "-D", data, "-k", e.socket), log: log.Name(), ended: make(chan error, 1)}
	for _, setting := range []string{"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=1GB", "work_mem=128MB",
		"maintenance_work_mem=1GB", "max_wal_size=8GB", "max_parallel_workers_per_gather=2", "jit=off"} {
		p.cmd.Args = append(p.cmd.Args, "-c", setting)
	}
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = e.socket, log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGINT}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	go func() { p.ended <- p.cmd.Wait() }()
	e.server = p
	address := "postgres:///postgres?" + url.Values{"host": {e.socket}, "user": {"postgres"}, "sslmode": {"disable"}}.Encode()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if e.Conn, err = pgx.Connect(ctx, address); err == nil {
			return nil
		}
	}
	return fmt.Errorf("PostgreSQL did not start: %w\n%s", err, p.tail())
}

// serverOwner is the user postgres when this is root.
func serverOwner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, errors.New("PostgreSQL refuses to run as root, and there is no user postgres: apt-get install postgresql, or leave the SQL engines out with -sql=false")
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

func (e *postgres) fill(ctx context.Context, c *corpus, progress *meter) error {
	if _, err := e.Exec(ctx, `CREATE UNLOGGED TABLE r(id int, journal text, year text, title text, authors text, keywords text, abstract text, fulltext text);
		CREATE UNLOGGED TABLE d(id int, journal text NOT NULL, year text NOT NULL, v tsvector NOT NULL)`); err != nil {
		return err
	}
	for n := 0; n < c.documents; n += bulk {
		from := pgx.CopyFromSlice(min(bulk, c.documents-n), func(i int) ([]any, error) {
			p := c.paper(n + i)
			title, authors, keywords, abstract, full := p.row()
			return []any{n + i, journalName(p.journal), fmt.Sprint(p.year), title, authors, keywords, abstract, full}, nil
		})
		columns := []string{"id", "journal", "year", "title", "authors", "keywords", "abstract", "fulltext"}
		if _, err := e.CopyFrom(ctx, pgx.Identifier{"r"}, columns, from); err != nil {
			return err
		}
		if _, err := e.Exec(ctx, `INSERT INTO d SELECT id, journal, year, setweight(to_tsvector('simple', title || ' ' || authors), 'A') || setweight(to_tsvector('simple', keywords), 'B')
			|| setweight(to_tsvector('simple', abstract), 'C') || setweight(to_tsvector('simple', fulltext), 'D') FROM r; TRUNCATE r`); err != nil {
			return err
		}
		progress.tell(n + bulk)
	}
	for _, s := range []string{"DROP TABLE r", "ALTER TABLE d ADD PRIMARY KEY (id)", "CREATE INDEX d_v ON d USING gin(v) WITH (fastupdate=off)", "VACUUM ANALYZE d"} {
		if _, err := e.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (e *postgres) ask(ctx context.Context, q *question) (total int, err error) {
	where, args := " FROM d WHERE v @@ to_tsquery('simple', $1)", []any{q.tsquery()}
	if q.Journal != "" {
		where += " AND journal = $2 AND year = ANY($3)"
		args = append(args, q.Journal, q.Years)
	}
	rows, err := e.Query(ctx, "SELECT id"+where+" ORDER BY ts_rank_cd(v, to_tsquery('simple', $1)) DESC LIMIT 20", args...)
	if err != nil {
		return 0, err
	}
	if rows.Close(); rows.Err() != nil {
		return 0, rows.Err()
	}
	if rows, err = e.Query(ctx, "SELECT journal, year, count(*)"+where+" GROUP BY 1, 2", args...); err != nil {
		return 0, err
	}
	var journal, year string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&journal, &year, &n}, func() error { total += n; return nil })
	return total, err
}

func (e *postgres) bytes(ctx context.Context) (n int64, err error) {
	err = e.QueryRow(ctx, "SELECT pg_total_relation_size('d')").Scan(&n)
	return n, err
}

func (e *postgres) close() error {
	var err error
	if e.Conn != nil {
		err = e.Conn.Close(context.Background())
	}
	if e.server != nil {
		_ = e.server.cmd.Process.Signal(syscall.SIGINT) // fast shutdown; an error says that it has ended
		<-e.server.ended
	}
	return errors.Join(err, os.RemoveAll(e.socket))
}
