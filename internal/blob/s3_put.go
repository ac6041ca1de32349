package blob

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"

	"offprint/internal/errs"
)

const (
	// uploads is how many items of one PutAll travel at the same time.
	uploads = 8
	// askFirst is the size from which it is asked whether the content is there
	// before it is sent; below, sending it costs no more than asking.
	askFirst = 256 << 10
	// maxObject is what S3 takes in one request: 5 GiB (PutObject, Amazon S3 API
	// Reference).
	maxObject = 5 << 30
)

// PutAll implements Store. An S3 server answers a PutObject after the object is
// stored durably, and makes it visible whole.
func (b *bucket) PutAll(ctx context.Context, items []Item) error {
	items, err := distinct(items)
	if err != nil {
		return err
	}
	group, sending := errgroup.WithContext(ctx)
	group.SetLimit(uploads)
	for _, it := range items {
		if sending.Err() != nil {
			break
		}
		group.Go(func() error { return b.put(sending, it) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

func (b *bucket) put(ctx context.Context, it Item) error {
	if it.Size > maxObject {
		return errs.Newf(errs.TooLarge, "file %s has %d bytes: an S3 bucket takes files of at most 5 GiB", it.SHA256, it.Size)
	}
	replace := false
	if it.Size >= askFirst {
		switch size, err := b.Stat(ctx, it.SHA256); {
		case err == nil && size == it.Size:
			return nil
		case err == nil:
			replace = true
		case !errors.Is(err, errs.NotFound):
			return err
		}
	}
	for attempt := 1; ; attempt++ {
		err := b.send(ctx, it, replace)
		switch {
		case err == nil:
			return nil
		case hasCode(err, minio.PreconditionFailed):
			// It is there: nothing is left to do, unless it went away since, or
			// is not visible yet, or has another size, which nobody could have put
			// through this package. The right content may always be written over.
			switch size, err := b.Stat(ctx, it.SHA256); {
			case err == nil && size == it.Size:
				return nil
			case err != nil && !errors.Is(err, errs.NotFound):
				return err
			}
			replace = true
		case hasCode(err, "NotImplemented"):
			replace = true // a server without conditional writes: same name, same content
		case attempt >= attempts || !temporary(err):
			return b.problem(it.SHA256, err)
		default:
			if err := pause(ctx, attempt); err != nil {
				return err
			}
		}
		if attempt > 2*attempts {
			return b.problem(it.SHA256, err)
		}
	}
}

// send uploads the content in one request. The SHA-256 stands in the signed
// header x-amz-content-sha256, so the server itself refuses content that was
// damaged on the way (Signature Version 4).
func (b *bucket) send(ctx context.Context, it Item, replace bool) error {
	c, err := openContent(ctx, it)
	if err != nil {
		return sourceError{err}
	}
	defer c.Close()
	if it.Size == 0 {
		// Without a body nothing would ever read and check the content.
		if _, err := c.Read(make([]byte, 1)); c.failure() != nil {
			return sourceError{err}
		}
	}
	opts := minio.PutObjectOptions{ContentType: "application/octet-stream", DisableContentSha256: true}
	if !replace {
		opts.SetMatchETagExcept("*") // If-None-Match: *
	}
	_, err = b.api.PutObject(ctx, b.name, b.key(it.SHA256), body{c}, it.Size, "", it.SHA256, opts)
	if fail := c.failure(); fail != nil {
		return sourceError{fail} // what the server says of a body cut short does not matter
	}
	return err
}

// body hides Close, so that the client does not take part in it, and has no
// Seek, so that each attempt is made with content of its own.
type body struct{ c *content }

func (b body) Read(p []byte) (int, error) { return b.c.Read(p) }

// sourceError is a failure of what is uploaded, not of the upload.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// hasCode says that the server answered with the S3 error code.
func hasCode(err error, code string) bool {
	var r minio.ErrorResponse
	return errors.As(err, &r) && r.Code == code
}

// temporary says that the same request may succeed a moment later.
func temporary(err error) bool {
	var source sourceError
	if errors.As(err, &source) || errors.Is(err, context.Canceled) {
		return false
	}
	var r minio.ErrorResponse
	if errors.As(err, &r) {
		return r.StatusCode >= 500 || r.StatusCode == http.StatusRequestTimeout || r.StatusCode == http.StatusTooManyRequests ||
			r.StatusCode == http.StatusConflict // two conditional writes at once
	}
	return isNetwork(err)
}

// pause waits longer from attempt to attempt: about 0.2, 0.4, 0.8 seconds.
func pause(ctx context.Context, attempt int) error {
	wait := 100 * time.Millisecond << attempt
	wait = wait/2 + rand.N(wait)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
		return nil
	}
}
