package httpx

import (
	"bytes"
	"io"
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
	// largeFrom is the size from which the last tenth of gzip is not worth the
	// wait of the reader who comes first: the highest level takes eight times
	// as long as the usual one, 160 ms for a page of 3 MB. The codings of such
	// a page are made side by side.
	largeFrom = 256 << 10
	// window bounds the memory of the encoder; RFC 8878, section 3.1.1.1.2
	// and RFC 9659 let a reader refuse more than 8 MiB.
	window = 512 << 10
)

// codec compresses pages.
type codec struct {
	best  *zstd.Encoder
	quick *zstd.Encoder

	bestGzip, usualGzip, quickGzip sync.Pool // of *gzip.Writer
	back                           sync.Pool // of *zstd.Decoder
}

func newCodec() (*codec, error) {
	c := &codec{bestGzip: gzipPool(gzip.BestCompression), usualGzip: gzipPool(6), quickGzip: gzipPool(gzip.BestSpeed)}
	var err error
	if c.best, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window)); err != nil {
		return nil, err
	}
	if c.quick, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window)); err != nil {
		return nil, err
	}
	c.back.New = func() any {
		// One at a time has no goroutine that somebody would have to end.
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(window))
		if err != nil {
			panic(err) // the options are constants
		}
		return d
	}
	return c, nil
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
	if len(p.Body) < largeFrom {
		e.hold(gzipped, zip(&c.bestGzip, p.Body))
		e.hold(zstandard, bytes.Clone(c.best.EncodeAll(p.Body, nil)))
	} else {
		var beside sync.WaitGroup
		beside.Go(func() { e.hold(gzipped, zip(&c.usualGzip, p.Body)) })
		e.hold(zstandard, bytes.Clone(c.best.EncodeAll(p.Body, nil)))
		beside.Wait()
	}
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

// writePlain writes the body of an entry that is kept compressed only, a piece
// at a time: what it takes of memory does not grow with the page.
func (c *codec) writePlain(w io.Writer, e *entry) {
	d := c.back.Get().(*zstd.Decoder)
	defer c.back.Put(d)
	if err := d.Reset(bytes.NewReader(e.body[zstandard])); err != nil {
		panic(err) // a reader of bytes does not fail
	}
	_, _ = d.WriteTo(w) // a reader who left is no failure; the bytes are ours
	_ = d.Reset(nil)    // let go of the page
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
