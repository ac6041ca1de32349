package httpx

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// compressFrom is the size below which a coding gains nothing: the
	// answer fits one packet anyway.
	compressFrom = 600
	// plainUpTo is the size up to which a page is also kept without a coding.
	// Nearly every reader takes one, and a large page weighs little with it.
	plainUpTo = 16 << 10
	// window bounds the memory of the encoder; RFC 8878, section 3.1.1.1.2
	// and RFC 9659 let a reader refuse more than 8 MiB.
	window = 512 << 10
)

// codec compresses pages.
type codec struct {
	best  *zstd.Encoder
	quick *zstd.Encoder
	back  *zstd.Decoder

	bestGzip, quickGzip sync.Pool // of *gzip.Writer
}

func newCodec() (*codec, error) {
	c := &codec{bestGzip: gzipPool(gzip.BestCompression), quickGzip: gzipPool(gzip.BestSpeed)}
	var err error
	if c.best, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window)); err != nil {
		return nil, err
	}
	if c.quick, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window)); err != nil {
		return nil, err
	}
	c.back, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	return c, err
}

func gzipPool(level int) sync.Pool {
	return sync.Pool{New: func() any {
		w, err := gzip.NewWriterLevel(nil, level)
		if err != nil {
			panic(err) // the level is a constant that exists
		}
		return w
	}}
}

// entry makes the entry of a page that is kept, in every coding.
func (c *codec) entry(p *Page, at uint64) *entry {
	e := prepare(p, at)
	if len(p.Body) < compressFrom {
		e.hold(identity, p.Body)
		return e
	}
	e.hold(gzipped, zip(&c.bestGzip, p.Body))
	e.hold(zstandard, bytes.Clone(c.best.EncodeAll(p.Body, nil)))
	if len(p.Body) <= plainUpTo {
		e.hold(identity, p.Body)
	}
	return e
}

// once makes the entry of a page that is sent in one coding.
func (c *codec) once(p *Page, k coding) *entry {
	e := prepare(p, 0)
	switch {
	case len(p.Body) < compressFrom || k == identity:
		e.hold(identity, p.Body)
	case k == gzipped:
		e.hold(k, zip(&c.quickGzip, p.Body))
	default:
		e.hold(k, c.quick.EncodeAll(p.Body, nil))
	}
	return e
}

// plain is the body of an entry that is kept compressed only.
func (c *codec) plain(e *entry) []byte {
	b, err := c.back.DecodeAll(e.body[zstandard], make([]byte, 0, e.plain))
	if err != nil {
		panic(err) // we wrote it ourselves a moment ago
	}
	return b
}

// zip is the bytes in gzip (RFC 1952), without a name and a time, so that the
// same bytes give the same result.
func zip(pool *sync.Pool, b []byte) []byte {
	var out bytes.Buffer
	w := pool.Get().(*gzip.Writer)
	defer pool.Put(w)
	w.Reset(&out)
	_, _ = w.Write(b) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(out.Bytes())
}
