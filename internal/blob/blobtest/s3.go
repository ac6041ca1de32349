package blobtest

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Server is an S3 server in a process of its own: versitygw, which keeps the
// objects as files.
type Server struct {
	Endpoint       string // http://127.0.0.1:port
	Access, Secret string
	Folder         string // the buckets are its folders, the objects are files in them
	binary         string
}

// S3 starts a server with one empty bucket, sets the keys in the environment
// for the duration of the test, and gives the address for blob.Open. The server
// is built from the tools module when it is used for the first time, which
// takes about a minute; go keeps it in its build cache.
//
// OFFPRINT_TEST_S3=off skips the test; anything else that keeps the server from
// running fails it.
func S3(t testing.TB) string {
	t.Helper()
	s := Start(t)
	s.Bucket(t, "offprint-test")
	if tt, ok := t.(interface{ Setenv(k, v string) }); ok {
		tt.Setenv("AWS_ACCESS_KEY_ID", s.Access)
		tt.Setenv("AWS_SECRET_ACCESS_KEY", s.Secret)
		tt.Setenv("AWS_SESSION_TOKEN", "")
	}
	return s.Address("offprint-test")
}

// Address is the address of a bucket for blob.Open.
func (s *Server) Address(bucket string) string {
	return "s3://" + bucket + "/journals/files?region=us-east-1&endpoint=" + s.Endpoint
}

// Start starts a server without buckets, and stops it when the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	if os.Getenv("OFFPRINT_TEST_S3") == "off" {
		t.Skip("OFFPRINT_TEST_S3=off: tests with an S3 server are not run")
	}
	binary, err := gateway()
	if err != nil {
		t.Fatalf("the S3 server of the tests is missing: %v. It is built by 'go -C tools tool -n versitygw' with the Go module proxy; OFFPRINT_TEST_S3=off leaves these tests out", err)
	}
	s := &Server{Access: "test" + rand.Text(), Secret: rand.Text(), Folder: t.TempDir(), binary: binary}
	for range 5 {
		addr := freeAddress(t)
		s.Endpoint = "http://" + addr
		if err = s.run(t, addr); err == nil {
			return s
		}
	}
	t.Fatalf("the S3 server of the tests does not start: %v", err)
	return nil
}

// gateway builds the server once per process and tells where it is.
var gateway = sync.OnceValues(func() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	cmd := exec.Command("go", "tool", "-n", "versitygw")
	cmd.Dir = filepath.Join(root, "tools")
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", errors.New(strings.TrimSpace(err.Error() + ": " + stderr.String()))
	}
	return strings.TrimSpace(string(out)), nil
})

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "tools", "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no folder above the test has a tools/go.mod")
		}
		dir = up
	}
}

func freeAddress(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// run starts the process and waits until it answers.
func (s *Server) run(t testing.TB, addr string) error {
	sidecar := t.TempDir() // attributes as files: not every file system has extended ones
	cmd := exec.Command(s.binary, "--quiet", "--keep-alive", "--port", addr, "--iam-dir", t.TempDir(),
		"posix", "--sidecar", sidecar, s.Folder)
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+s.Access, "ROOT_SECRET_KEY="+s.Secret)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	diesWithTest(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop := func() {
		_ = cmd.Process.Kill() // an error says that it has ended already
		<-ended
	}
	client := http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-ended:
			return errors.Join(err, errors.New(said.String()))
		default:
		}
		if resp, err := client.Get(s.Endpoint + "/"); err == nil {
			resp.Body.Close()
			t.Cleanup(stop)
			return nil
		}
	}
	stop()
	return errors.New("it does not answer: " + said.String())
}

// User makes an account that has no rights to anybody's bucket.
func (s *Server) User(t testing.TB) (access, secret string) {
	t.Helper()
	access, secret = "user"+rand.Text(), rand.Text()
	cmd := exec.Command(s.binary, "admin", "--endpoint-url", s.Endpoint,
		"create-user", "--access", access, "--secret", secret, "--role", "user")
	cmd.Env = append(os.Environ(), "ADMIN_ACCESS_KEY="+s.Access, "ADMIN_SECRET_KEY="+s.Secret)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("making a user: %v: %s", err, out)
	}
	return access, secret
}

// Bucket makes a bucket.
func (s *Server) Bucket(t testing.TB, name string) {
	t.Helper()
	client, err := minio.New(strings.TrimPrefix(s.Endpoint, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4(s.Access, s.Secret, ""), Region: "us-east-1", BucketLookup: minio.BucketLookupPath,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := client.MakeBucket(ctx, name, minio.MakeBucketOptions{Region: "us-east-1"}); err != nil {
		t.Fatalf("making the bucket %s: %v", name, err)
	}
}
