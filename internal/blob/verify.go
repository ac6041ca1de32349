package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"

	"offprint/internal/errs"
)

// Verify reads the whole blob and compares it with its name: nil when it is
// sound, errs.NotFound when it is not there, errs.Invalid when its content has
// another SHA-256.
func Verify(ctx context.Context, s Store, sha string) error {
	r, err := s.Open(ctx, sha)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		h.Write(buf[:n])
		switch {
		case errors.Is(err, io.EOF):
			return checkSum(sha, h)
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errs.Invalid), errors.Is(err, errs.Unavailable):
			return err
		case err != nil:
			return errs.Newf(errs.Unavailable, "file %s cannot be read to its end (%v): check the disk", sha, err)
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
}

func checkSum(sha string, h hash.Hash) error {
	if got := hex.EncodeToString(h.Sum(nil)); got != sha {
		return errs.Newf(errs.Invalid, "file %s is damaged: its content has the SHA-256 %s", sha, got)
	}
	return nil
}

// content reads an item and checks it on the way. The last bytes are handed
// out only after the whole was found to have the size and the SHA-256 that the
// item states, so that whoever waits for that many bytes never has wrong ones
// complete. Close may be called while another goroutine reads: an HTTP
// transport can be late in letting go of a body.
type content struct {
	ctx  context.Context
	item Item

	mu   sync.Mutex
	r    io.ReadCloser
	h    hash.Hash
	n    int64
	fail error // what ended the reading, io.EOF at a good end
}

func openContent(ctx context.Context, item Item) (*content, error) {
	r, err := item.Open()
	if err != nil {
		return nil, err
	}
	return &content{ctx: ctx, item: item, r: r, h: sha256.New()}, nil
}

// Read implements io.Reader.
func (c *content) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fail == nil {
		c.fail = c.ctx.Err()
	}
	if c.fail != nil || len(p) == 0 {
		return 0, c.fail
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.h.Write(p[:n])
	if c.n >= c.item.Size && (err == nil || errors.Is(err, io.EOF)) {
		if err = c.end(); err != nil && !errors.Is(err, io.EOF) {
			n = 0
		}
	} else if errors.Is(err, io.EOF) {
		err = errs.Newf(errs.Invalid, "file %s ends after %d bytes but should have %d: give it again whole", c.item.SHA256, c.n, c.item.Size)
	}
	c.fail = err
	return n, err
}

// end is io.EOF when all that there is was read and is what it should be.
func (c *content) end() error {
	if c.n == c.item.Size {
		var more [1]byte
		switch n, err := io.ReadFull(c.r, more[:]); {
		case n > 0:
			c.n++
		case !errors.Is(err, io.EOF):
			return err
		}
	}
	if c.n > c.item.Size {
		return errs.Newf(errs.Invalid, "file %s is longer than the %d bytes it should have", c.item.SHA256, c.item.Size)
	}
	if got := hex.EncodeToString(c.h.Sum(nil)); got != c.item.SHA256 {
		return errs.Newf(errs.Invalid, "what was given as file %s has the SHA-256 %s: it changed while it was read, or was damaged on the way", c.item.SHA256, got)
	}
	return io.EOF
}

// failure is what ended the reading early, nil when nothing did.
func (c *content) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if errors.Is(c.fail, io.EOF) || errors.Is(c.fail, errClosed) {
		return nil
	}
	return c.fail
}

var errClosed = errors.New("blob: read after close")

// Close implements io.Closer.
func (c *content) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.r == nil {
		return nil
	}
	if c.fail == nil {
		c.fail = errClosed
	}
	err := c.r.Close()
	c.r = nil
	return err
}
