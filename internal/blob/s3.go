package blob

import (
	"context"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"offprint/internal/errs"
)

const (
	// attempts is how often a request is made before it has failed.
	attempts = 4
	// probeWithin bounds the first question to the server.
	probeWithin = 15 * time.Second
)

// bucket is a Store in an S3 bucket. The keys of the objects are the paths of
// a folder store behind a prefix, so that one can be copied into the other
// with any tool.
type bucket struct {
	api    minio.Core
	name   string
	prefix string // "" or "journals/"
	where  string // for people: the bucket and the endpoint
}

func openS3(ctx context.Context, address string) (*bucket, error) {
	cfg, err := parseS3(address)
	if err != nil {
		return nil, err
	}
	id, secret := os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY")
	if id == "" || secret == "" {
		return nil, errs.Newf(errs.Invalid, "the keys of bucket %q are missing: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", cfg.bucket)
	}
	b := &bucket{name: cfg.bucket, prefix: cfg.prefix, where: "bucket " + cfg.bucket + " at " + cfg.host}
	opts := minio.Options{
		Creds:        credentials.NewStaticV4(id, secret, os.Getenv("AWS_SESSION_TOKEN")),
		Secure:       cfg.secure,
		Region:       cfg.region,
		BucketLookup: cfg.lookup,
		Transport:    newTransport(),
		MaxRetries:   attempts,
	}
	client, err := minio.New(cfg.host, &opts)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "the endpoint %q cannot be used (%v): give it as https://host or https://host:port", cfg.host, err)
	}
	b.api = minio.Core{Client: client}
	return b, b.probe(ctx, cfg.host, opts)
}

// probe asks for the bucket once, so that a wrong setting is told at the start
// and not by the first reader.
func (b *bucket) probe(ctx context.Context, host string, opts minio.Options) error {
	opts.MaxRetries = 1
	client, err := minio.New(host, &opts)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	// Listing, unlike HEAD, gets an answer with the reason of a refusal.
	core := minio.Core{Client: client}
	for o := range core.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true, MaxKeys: 1}) {
		return b.problem("", o.Err)
	}
	return nil
}

// s3Config is what an s3:// address says.
type s3Config struct {
	bucket, prefix, host, region string
	secure                       bool
	lookup                       minio.BucketLookupType
}

const s3Form = "s3://bucket/prefix?endpoint=https://host&region=name"

func parseS3(address string) (s3Config, error) {
	fail := func(format string, args ...any) (s3Config, error) {
		p := errs.Newf(errs.Invalid, format, args...)
		p.Text = "the address of the files " + p.Text + "; its form is " + s3Form
		return s3Config{}, p
	}
	u, err := url.Parse(address)
	if err != nil {
		return fail("cannot be read")
	}
	if u.User != nil {
		return fail("must not carry the keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	c := s3Config{bucket: u.Host, secure: true, host: "s3.amazonaws.com"}
	if c.bucket == "" {
		return fail("names no bucket")
	}
	if p := strings.Trim(path.Clean("/"+u.Path), "/"); p != "" {
		c.prefix = p + "/"
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil || u.Fragment != "" {
		return fail("cannot be read behind the question mark")
	}
	for key, values := range q {
		if len(values) > 1 {
			return fail("says %s twice", key)
		}
		switch key {
		case "region":
			c.region = values[0]
		case "endpoint":
			scheme, host, found := strings.Cut(values[0], "://")
			if !found {
				scheme, host = "https", values[0]
			}
			host = strings.TrimSuffix(host, "/")
			if (scheme != "https" && scheme != "http") || host == "" || strings.ContainsAny(host, "/?#@") {
				return fail("has %q as its endpoint, which is no address of a server", values[0])
			}
			c.host, c.secure = host, scheme == "https"
			// Servers other than Amazon's seldom have a host name for every bucket.
			if !strings.HasSuffix(host, ".amazonaws.com") {
				c.lookup = minio.BucketLookupPath
			}
		default:
			return fail("has the unknown setting %q", key)
		}
	}
	return c, nil
}

func (b *bucket) key(sha string) string {
	return b.prefix + sha[:2] + "/" + sha
}

// Open implements Store. Nothing is fetched before the first Read, and then
// only what is read.
func (b *bucket) Open(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
	size, err := b.Stat(ctx, sha)
	if err != nil {
		return nil, err
	}
	return newObject(ctx, b, sha, size), nil
}

// Stat implements Store.
func (b *bucket) Stat(ctx context.Context, sha string) (int64, error) {
	if err := checkName(sha); err != nil {
		return 0, err
	}
	info, err := b.api.StatObject(ctx, b.name, b.key(sha), minio.StatObjectOptions{})
	if err != nil {
		return 0, b.problem(sha, err)
	}
	return info.Size, nil
}

// Walk implements Store.
func (b *bucket) Walk(ctx context.Context, visit func(string, int64) error) error {
	listing, cancel := context.WithCancel(ctx)
	defer cancel()
	for o := range b.api.ListObjectsIter(listing, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if o.Err != nil {
			return b.problem("", o.Err)
		}
		sha := path.Base(o.Key)
		if !isName(sha) || o.Key != b.key(sha) {
			continue
		}
		if err := visit(sha, o.Size); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Delete implements Store.
func (b *bucket) Delete(ctx context.Context, sha string) error {
	if err := checkName(sha); err != nil {
		return err
	}
	err := b.api.RemoveObject(ctx, b.name, b.key(sha), minio.RemoveObjectOptions{})
	if err != nil && minio.ToErrorResponse(err).Code != minio.NoSuchKey {
		return b.problem(sha, err)
	}
	return nil
}
