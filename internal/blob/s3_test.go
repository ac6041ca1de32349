package blob_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint/internal/blob"
	"offprint/internal/blob/blobtest"
	"offprint/internal/errs"
)

const testBucket = "journals"

// serve starts a server with a bucket and sets the keys.
func serve(t *testing.T) *blobtest.Server {
	t.Helper()
	s := blobtest.Start(t)
	s.Bucket(t, testBucket)
	t.Setenv("AWS_ACCESS_KEY_ID", s.Access)
	t.Setenv("AWS_SECRET_ACCESS_KEY", s.Secret)
	t.Setenv("AWS_SESSION_TOKEN", "")
	return s
}

func openBucket(t *testing.T, endpoint, prefix string) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), "s3://"+testBucket+"/"+prefix+"?region=us-east-1&endpoint="+endpoint, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestS3(t *testing.T) {
	server := serve(t)
	var prefix string
	damage := func(t *testing.T, _ blob.Store, sha string, content []byte) {
		overwrite(t, shardPath(filepath.Join(server.Folder, testBucket, prefix), sha), content)
	}
	blobtest.Run(t, func(t *testing.T) blob.Store {
		prefix = "a/" + strings.ToLower(rand.Text())
		return openBucket(t, server.Endpoint, prefix)
	}, damage)
}

func TestPrefixesOfOneBucketAreSeparate(t *testing.T) {
	server := serve(t)
	all, one, other := openBucket(t, server.Endpoint, ""), openBucket(t, server.Endpoint, "one"), openBucket(t, server.Endpoint, "one-more/")
	it := blobtest.Item([]byte("in one only"))
	if err := one.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]blob.Store{"the whole bucket": all, "another prefix": other} {
		if _, err := s.Stat(t.Context(), it.SHA256); !errors.Is(err, errs.NotFound) {
			t.Errorf("%s has the blob (%v)", name, err)
		}
		if err := s.Walk(t.Context(), func(sha string, _ int64) error { return errors.New("tells " + sha) }); err != nil {
			t.Errorf("%s %v", name, err)
		}
	}
}

// relay carries bytes to a server, counts those that come back, and can cut
// connections.
type relay struct {
	listener net.Listener
	to       string
	back     atomic.Int64 // bytes from the server
	cutAfter atomic.Int64 // the next connection that brings as many bytes breaks

	mu    sync.Mutex
	conns []net.Conn
}

// stop ends all connections and takes no more.
func (r *relay) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listener.Close()
	for _, c := range r.conns {
		c.Close()
	}
}

func startRelay(t *testing.T, endpoint string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, to: strings.TrimPrefix(endpoint, "http://")}
	t.Cleanup(r.stop)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r.mu.Lock()
			r.conns = append(r.conns, c)
			r.mu.Unlock()
			go r.carry(c)
		}
	}()
	return r
}

func (r *relay) endpoint() string { return "http://" + r.listener.Addr().String() }

func (r *relay) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", r.to)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client) // ends with either connection
		server.Close()
	}()
	var brought int64
	buf := make([]byte, 16<<10)
	for {
		n, err := server.Read(buf)
		if _, werr := client.Write(buf[:n]); err != nil || werr != nil {
			return
		}
		r.back.Add(int64(n))
		brought += int64(n)
		if limit := r.cutAfter.Load(); limit > 0 && brought >= limit && r.cutAfter.CompareAndSwap(limit, 0) {
			return
		}
	}
}

func TestSeekingFetchesOnlyWhatIsRead(t *testing.T) {
	server := serve(t)
	r := startRelay(t, server.Endpoint)
	s := openBucket(t, r.endpoint(), "")
	content := blobtest.Bytes(16<<20, 1)
	it := blobtest.Item(content)
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	r.back.Store(0)
	o, err := s.Open(t.Context(), it.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	// The order in which http.ServeContent asks for the last kilobyte.
	for _, at := range []struct {
		off    int64
		whence int
	}{{0, io.SeekEnd}, {0, io.SeekStart}, {-1024, io.SeekEnd}} {
		if _, err := o.Seek(at.off, at.whence); err != nil {
			t.Fatal(err)
		}
	}
	got, err := io.ReadAll(o)
	if err != nil || !bytes.Equal(got, content[len(content)-1024:]) {
		t.Fatalf("the last kilobyte came back as %d bytes, %v", len(got), err)
	}
	if n := r.back.Load(); n > 64<<10 {
		t.Errorf("%d bytes were fetched for 1024", n)
	}
}

func TestReadingGoesOnWhereAConnectionBroke(t *testing.T) {
	server := serve(t)
	r := startRelay(t, server.Endpoint)
	s := openBucket(t, r.endpoint(), "")
	content := blobtest.Bytes(8<<20, 2)
	it := blobtest.Item(content)
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	r.cutAfter.Store(3 << 20)
	r.back.Store(0)
	o, err := s.Open(t.Context(), it.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	got, err := io.ReadAll(o)
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("read %d bytes, %v; want all %d", len(got), err, len(content))
	}
	if r.cutAfter.Load() != 0 {
		t.Error("the connection was never cut, so nothing was tested")
	}
	if n := r.back.Load(); n > 12<<20 {
		t.Errorf("%d bytes were fetched for %d", n, len(content))
	}
}

func TestDamagedContentIsNeverHandedOutComplete(t *testing.T) {
	server := serve(t)
	s := openBucket(t, server.Endpoint, "")
	content := blobtest.Bytes(200<<10, 3)
	it := blobtest.Item(content)
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	rotten := bytes.Clone(content)
	rotten[10] ^= 0x80
	overwrite(t, shardPath(filepath.Join(server.Folder, testBucket), it.SHA256), rotten)
	o, err := s.Open(t.Context(), it.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	// As an HTTP answer is written: exactly so many bytes, with no read after them.
	n, err := io.CopyN(io.Discard, o, it.Size)
	if n >= it.Size || !errors.Is(err, errs.Invalid) {
		t.Errorf("%d of %d damaged bytes were handed out, %v", n, it.Size, err)
	}
}

func TestWhatIsWrongWithABucketIsSaid(t *testing.T) {
	server := serve(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	stranger, strangersSecret := server.User(t)
	at := "?region=us-east-1&endpoint=" + server.Endpoint
	for _, c := range []struct {
		name, address, access, secret string
		kind                          error
		says                          []string
	}{
		{"nothing listens", "s3://journals?endpoint=http://" + closed.Addr().String(), server.Access, server.Secret,
			errs.Unavailable, []string{"bucket journals at " + closed.Addr().String(), "refused", "endpoint"}},
		{"https to an http server", "s3://journals" + strings.Replace(at, "http://", "https://", 1), server.Access, server.Secret,
			errs.Unavailable, []string{"not reachable", "endpoint"}},
		{"no such bucket", "s3://journal-that-is-not" + at, server.Access, server.Secret,
			errs.Unavailable, []string{"bucket journal-that-is-not", "does not exist", "create it"}},
		{"unknown key", "s3://journals" + at, "unknown", server.Secret,
			errs.Unavailable, []string{"bucket journals", "AWS_ACCESS_KEY_ID"}},
		{"wrong secret", "s3://journals" + at, server.Access, "wrong",
			errs.Unavailable, []string{"bucket journals", "AWS_SECRET_ACCESS_KEY"}},
		{"a key without rights", "s3://journals" + at, stranger, strangersSecret,
			errs.Unavailable, []string{"bucket journals", "denies access", "AWS_ACCESS_KEY_ID", "rights"}},
		{"no keys", "s3://journals" + at, "", "",
			errs.Invalid, []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}},
		{"no such name of a bucket", "s3://J" + at, server.Access, server.Secret,
			errs.Unavailable, []string{"bucket J", "name"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("AWS_ACCESS_KEY_ID", c.access)
			t.Setenv("AWS_SECRET_ACCESS_KEY", c.secret)
			start := time.Now()
			_, err := blob.Open(t.Context(), c.address, "")
			if !errors.Is(err, c.kind) {
				t.Fatalf("Open gave %v, want an error of the kind %q", err, c.kind)
			}
			for _, part := range c.says {
				if !strings.Contains(errs.Message(err), part) {
					t.Errorf("%q does not say %q", errs.Message(err), part)
				}
			}
			if secret := c.secret; len(secret) > 10 && strings.Contains(err.Error(), secret) {
				t.Error("the message tells the secret")
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %v to say so", took)
			}
		})
	}
}

func TestAServerThatIsGoneIsSaid(t *testing.T) {
	server := serve(t)
	r := startRelay(t, server.Endpoint)
	s := openBucket(t, r.endpoint(), "")
	it := blobtest.Item([]byte("a"))
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	r.stop()
	var wg sync.WaitGroup
	for name, call := range map[string]func() error{
		"PutAll": func() error { return s.PutAll(t.Context(), []blob.Item{blobtest.Item([]byte("b"))}) },
		"Stat":   func() error { _, err := s.Stat(t.Context(), it.SHA256); return err },
		"Walk":   func() error { return s.Walk(t.Context(), func(string, int64) error { return nil }) },
		"Delete": func() error { return s.Delete(t.Context(), it.SHA256) },
	} {
		wg.Go(func() {
			if err := call(); !errors.Is(err, errs.Unavailable) {
				t.Errorf("%s gave %v, want errs.Unavailable", name, err)
			}
		})
	}
	wg.Wait()
}

func TestAServerThatDoesNotAnswerEndsWithTheContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = blob.Open(ctx, "s3://journals?endpoint=http://"+l.Addr().String(), "")
	if !errors.Is(err, errs.Unavailable) || !strings.Contains(errs.Message(err), "no answer in time") {
		t.Errorf("Open gave %v", err)
	}
}

func TestS3Addresses(t *testing.T) {
	type parsed struct {
		bucket, prefix, host, region string
		secure                       bool
	}
	for address, want := range map[string]parsed{
		"s3://b":                                 {"b", "", "s3.amazonaws.com", "", true},
		"s3://b/":                                {"b", "", "s3.amazonaws.com", "", true},
		"s3://b/p":                               {"b", "p/", "s3.amazonaws.com", "", true},
		"s3://b/p/q/?region=eu-north-1":          {"b", "p/q/", "s3.amazonaws.com", "eu-north-1", true},
		"s3://b/../x//y?endpoint=s3.example.org": {"b", "x/y/", "s3.example.org", "", true},
		"s3://b?endpoint=https://s3.example.org/":    {"b", "", "s3.example.org", "", true},
		"s3://b?endpoint=http://127.0.0.1:7070":      {"b", "", "127.0.0.1:7070", "", false},
		"s3://b?endpoint=http%3A%2F%2F[::1]:7070":    {"b", "", "[::1]:7070", "", false},
		"s3://my.bucket?endpoint=http://a&region=eu": {"my.bucket", "", "a", "eu", false},
	} {
		var got parsed
		var err error
		got.bucket, got.prefix, got.host, got.region, got.secure, err = blob.ParseS3(address)
		if err != nil || got != want {
			t.Errorf("%s is %+v, %v; want %+v", address, got, err, want)
		}
	}
	for address, says := range map[string]string{
		"s3://":                          "names no bucket",
		"s3:///p":                        "names no bucket",
		"s3://key:secret@b/p":            "must not carry the keys",
		"s3://b?endpoint=ftp://a":        "no address of a server",
		"s3://b?endpoint=https://":       "no address of a server",
		"s3://b?endpoint=https://a/path": "no address of a server",
		"s3://b?endpiont=https://a":      `unknown setting "endpiont"`,
		"s3://b?region=a&region=b":       "says region twice",
		"s3://b#x":                       "cannot be read",
		"s3://%zz":                       "cannot be read",
	} {
		_, _, _, _, _, err := blob.ParseS3(address)
		if !errors.Is(err, errs.Invalid) || !strings.Contains(errs.Message(err), says) {
			t.Errorf("%s gave %v, want a message with %q", address, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the message for %s tells the secret", address)
		}
	}
}

func FuzzS3Address(f *testing.F) {
	for _, s := range []string{"s3://b/p?endpoint=https://h&region=r", "s3://b/../../x", "s3://u:p@b", "s3://b?endpoint=%2f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		bucket, prefix, host, _, _, err := blob.ParseS3(address)
		if err != nil {
			if !errors.Is(err, errs.Invalid) {
				t.Errorf("%q gave an error of another kind: %v", address, err)
			}
			return
		}
		if bucket == "" || host == "" {
			t.Errorf("%q was taken without a bucket or a host", address)
		}
		if strings.HasPrefix(prefix, "/") || (prefix != "" && !strings.HasSuffix(prefix, "/")) || strings.Contains("/"+prefix, "/../") {
			t.Errorf("%q has the prefix %q", address, prefix)
		}
	})
}
