// Package testpg gives tests a PostgreSQL server of their own.
//
// The first test of a binary that asks for a database starts a private server
// from Debian's binaries, without durability, on a Unix socket in a temporary
// folder. A small shell that holds the other end of a pipe stops the server and
// removes the folder when the test binary ends, however it ends.
//
//	st, err := store.Open(ctx, store.Config{URL: testpg.Database(t), DataDir: t.TempDir()})
//
// OFFPRINT_TEST_POSTGRES=postgres://… uses that server instead, and =off skips
// the tests that ask. Without the binaries such tests fail and say what to
// install. Only tests import this package.
package testpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/oklog/ulid/v2"
)

// Variable is the environment variable that chooses the server.
const Variable = "OFFPRINT_TEST_POSTGRES"

// oldest is the first major version that Offprint works with.
const oldest = 15

// Off reports whether tests on PostgreSQL were turned off explicitly.
func Off() bool { return os.Getenv(Variable) == "off" }

// Database makes an empty database for the test and returns its address. It is
// dropped when the test ends.
func Database(t testing.TB) string {
	t.Helper()
	if Off() {
		t.Skip(Variable + "=off: not tested on PostgreSQL")
	}
	server, err := address()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	name := "offprint_test_" + strings.ToLower(ulid.Make().String())
	if err := execute(server, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("PostgreSQL for tests: %v", err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", Variable, err)
	}
	u.Path = "/" + name
	return u.String()
}

func address() (string, error) {
	if given := os.Getenv(Variable); given != "" {
		return given, nil
	}
	own, err := private()
	return own.address, err
}

func execute(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// own is this binary's own server. It runs for as long as the pipe is open.
type own struct {
	address string
	pipe    io.Closer
}

// private is started at the first call.
var private = sync.OnceValues(start)

func start() (own, error) {
	bin, err := binaries()
	if err != nil {
		return own{}, err
	}
	owner, err := serverUser()
	if err != nil {
		return own{}, err
	}
	// The path of a Unix socket has about 100 bytes, so not under a long TMPDIR.
	dir, err := os.MkdirTemp("/tmp", "offprint-pg-")
	if err != nil {
		return own{}, err
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return own{}, err
		}
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--pgdata="+data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.Dir = dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	if out, err := initdb.CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		return own{}, fmt.Errorf("initdb: %v\n%s", err, out)
	}
	pipe, err := serve(bin, dir, data, owner)
	if err != nil {
		return own{}, err
	}
	server := "postgres:///postgres?" + url.Values{"host": {dir}, "user": {"postgres"}, "sslmode": {"disable"}}.Encode()
	return own{server, pipe}, answers(server, dir)
}

// serve starts the server under a shell that reads from a pipe. The pipe breaks
// when this process ends, and the shell cleans up.
func serve(bin, dir, data string, owner *syscall.Credential) (io.Closer, error) {
	script := `"$0" -D "$1" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT $server
wait $server
cd /
rm -rf "$2"`
	sh := exec.Command("/bin/sh", "-c", script, filepath.Join(bin, "postgres"), data, dir)
	sh.Dir = dir
	sh.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setpgid: true} // no interrupt from the terminal
	pipe, err := sh.StdinPipe()
	if err != nil {
		return nil, err
	}
	return pipe, sh.Start()
}

func answers(server, dir string) error {
	var err error
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if err = execute(server, "SELECT 1"); err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("the server did not start: %v\n%s", err, log)
}

// binaries is the folder of the newest server that is installed.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	major := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	sort.Slice(found, func(a, b int) bool { return major(found[a]) > major(found[b]) })
	if len(found) == 0 || major(found[0]) < oldest {
		return "", fmt.Errorf("PostgreSQL %d or later is not installed: install the Debian package postgresql, or set %s to a server's address or to off", oldest, Variable)
	}
	return filepath.Dir(found[0]), nil
}

// serverUser is who runs the server: this user, or postgres when this is root,
// as whom the server refuses to run.
func serverUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, errors.New("the tests run as root, as whom PostgreSQL refuses to run, and there is no user postgres: install the Debian package postgresql")
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
