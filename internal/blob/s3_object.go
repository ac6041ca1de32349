package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/minio/minio-go/v7"

	"offprint/internal/errs"
)

// skip is the gap that is read and dropped rather than asked for anew.
const skip = 64 << 10

// object reads one blob of a bucket. It asks for the range from where it
// stands and drops the connection when it is sent elsewhere, so a seek costs
// one request and not the bytes in between. Content that was read from the
// first byte to the last is compared with its name; where it differs, its last
// bytes are not handed out.
type object struct {
	ctx  context.Context
	b    *bucket
	sha  string
	size int64

	off    int64         // where the next Read begins
	body   io.ReadCloser // nil, or delivers the bytes from bodyAt on
	bodyAt int64
	h      hash.Hash
	hashed int64 // bytes from the start that went into h
	closed bool
}

func newObject(ctx context.Context, b *bucket, sha string, size int64) *object {
	return &object{ctx: ctx, b: b, sha: sha, size: size, h: sha256.New()}
}

// Read implements io.Reader. A connection that breaks is made again from where
// it broke.
func (o *object) Read(p []byte) (int, error) {
	if o.closed {
		return 0, errClosed
	}
	if len(p) == 0 {
		return 0, nil
	}
	if o.off >= o.size {
		return 0, o.atEnd()
	}
	p = p[:min(int64(len(p)), o.size-o.off)]
	for attempt := 1; ; attempt++ {
		if err := o.connect(); err != nil {
			return 0, err
		}
		n, err := o.body.Read(p)
		if err != nil {
			o.hangUp() // where the content goes on, it is asked for again
		}
		if n > 0 || err == nil {
			return o.took(p[:n])
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if attempt >= attempts || o.ctx.Err() != nil {
			return 0, o.b.problem(o.sha, err)
		}
		if err := pause(o.ctx, attempt); err != nil {
			return 0, err
		}
	}
}

// connect makes the body deliver from off on.
func (o *object) connect() error {
	if gap := o.off - o.bodyAt; o.body != nil && gap > 0 && gap <= skip {
		n, err := io.CopyN(io.Discard, o.body, gap)
		o.bodyAt += n
		if err != nil {
			o.hangUp()
		}
	}
	if o.body != nil && o.bodyAt == o.off {
		return nil
	}
	o.hangUp()
	var opts minio.GetObjectOptions
	if o.off > 0 {
		opts.Set("Range", fmt.Sprintf("bytes=%d-", o.off)) // RFC 9110, 14.1.2
	}
	body, info, header, err := o.b.api.GetObject(o.ctx, o.b.name, o.b.key(o.sha), opts)
	if err != nil {
		return o.b.problem(o.sha, err)
	}
	if o.off > 0 && header.Get("Content-Range") == "" {
		body.Close()
		return errs.Newf(errs.Unavailable, "%s does not answer requests for a range of a file: use a server that does", o.b.where)
	}
	if o.off == 0 && info.Size != o.size {
		body.Close()
		return errs.Newf(errs.Invalid, "file %s is damaged: it has %d bytes where it had %d", o.sha, info.Size, o.size)
	}
	o.body, o.bodyAt = body, o.off
	return nil
}

// took accounts for bytes that arrived at off.
func (o *object) took(p []byte) (int, error) {
	from, to := o.off, o.off+int64(len(p))
	if o.hashed >= from && o.hashed < to {
		o.h.Write(p[o.hashed-from:])
		o.hashed = to
	}
	if to == o.size {
		if err := o.atEnd(); !errors.Is(err, io.EOF) {
			o.hangUp()
			return 0, err
		}
	}
	o.off, o.bodyAt = to, to
	return len(p), nil
}

// atEnd is io.EOF, or tells that what was read is not what the name says.
func (o *object) atEnd() error {
	if o.hashed == o.size {
		if err := checkSum(o.sha, o.h); err != nil {
			return err
		}
	}
	return io.EOF
}

func (o *object) hangUp() {
	if o.body != nil {
		o.body.Close()
		o.body = nil
	}
}

// Seek implements io.Seeker. It makes no request.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += o.off
	case io.SeekEnd:
		offset += o.size
	default:
		return 0, fmt.Errorf("blob: seek from %d is not defined", whence)
	}
	if offset < 0 {
		return 0, errors.New("blob: seek before the start of the file")
	}
	o.off = offset
	return offset, nil
}

// Close implements io.Closer.
func (o *object) Close() error {
	o.closed = true
	o.hangUp()
	return nil
}
