package blob

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"offprint/internal/errs"
)

const (
	dialWithin   = 5 * time.Second
	answerWithin = 60 * time.Second // from the end of a request to the head of its answer
	// stalled is how long a connection may carry nothing in either direction. A
	// transfer as a whole has no limit: it takes as long as its size needs.
	stalled = 60 * time.Second
	// idle must be well below stalled, or a connection that waits in the pool
	// would be found stalled when it is used again.
	idle = 20 * time.Second
)

func newTransport() *http.Transport {
	dialer := net.Dialer{Timeout: dialWithin, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return watched{c}, nil
		},
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: answerWithin,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       idle,
		MaxIdleConnsPerHost:   2 * uploads,
		DisableCompression:    true, // bytes as they are stored
	}
}

// watched ends a connection that carries nothing for too long. Each direction
// extends both, since an upload waits for its answer while it sends.
type watched struct{ net.Conn }

func (c watched) Read(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(stalled)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c watched) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(stalled)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func isNetwork(err error) bool {
	var u *url.Error
	var n net.Error
	return errors.As(err, &u) || errors.As(err, &n) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// problem tells people what an S3 server or the way to it did; sha is empty
// where it concerns the bucket as a whole.
func (b *bucket) problem(sha string, err error) error {
	var told *errs.Problem
	var source sourceError
	switch {
	case err == nil || errors.As(err, &told) || errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &source):
		return source.error
	}
	var r minio.ErrorResponse
	if errors.As(err, &r) {
		return b.answer(sha, r)
	}
	return errs.Newf(errs.Unavailable, "%s is not reachable (%s): check that the server runs and that the endpoint is right", b.where, reason(err))
}

// answer tells what the server said: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func (b *bucket) answer(sha string, r minio.ErrorResponse) error {
	switch r.Code {
	case minio.NoSuchKey, "NotFound":
		if sha != "" {
			return errs.Newf(errs.NotFound, "file %s is not in %s", sha, b.where)
		}
	case minio.NoSuchBucket:
		return errs.Newf(errs.Unavailable, "%s does not exist: create it, or correct its name", b.where)
	case minio.AccessDenied, "AllAccessDisabled":
		return errs.Newf(errs.Unavailable, "%s denies access: give the key in AWS_ACCESS_KEY_ID the rights to list the bucket and to get, put and delete its objects", b.where)
	case minio.InvalidAccessKeyID, "InvalidToken", "ExpiredToken", "XAdminUserNotFound": // the last is versitygw's
		return errs.Newf(errs.Unavailable, "%s does not know the key in AWS_ACCESS_KEY_ID: correct it", b.where)
	case "SignatureDoesNotMatch":
		return errs.Newf(errs.Unavailable, "%s does not accept the signature: correct AWS_SECRET_ACCESS_KEY", b.where)
	case "RequestTimeTooSkewed":
		return errs.Newf(errs.Unavailable, "%s finds the clock of this machine wrong: set it", b.where)
	case "AuthorizationHeaderMalformed", minio.InvalidRegion, "PermanentRedirect":
		return errs.Newf(errs.Unavailable, "%s is in another region: name it with &region= in the address of the files", b.where)
	case "XAmzContentSHA256Mismatch", minio.BadDigest:
		return errs.Newf(errs.Invalid, "file %s was damaged on the way to %s", sha, b.where)
	}
	what := strings.TrimSuffix(r.Message, ".")
	if what == "" {
		what = http.StatusText(r.StatusCode)
	}
	return errs.Newf(errs.Unavailable, "%s answered %d %s (%s): try again later, or ask who runs it", b.where, r.StatusCode, r.Code, what)
}

// reason is the part of a network error that says why.
func reason(err error) string {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		return "no such host " + dns.Name
	case errors.As(err, &unknown):
		return "its certificate is signed by an unknown authority"
	case errors.As(err, &host):
		return "its certificate is for another host"
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &op) && op.Timeout():
		return "no answer in time"
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err.Error()
	}
	return err.Error()
}
