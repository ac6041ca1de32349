package httpx

import (
	"errors"
	"io"
	"net/http"

	"github.com/klauspost/compress/gzip"
)

// Body is an answer that is of any length and is made while it is sent.
type Body struct {
	io.Writer
	of *http.ResponseController
	z  *gzip.Writer // nil where it is sent as it is
}

// Stream begins an answer that is made while it is sent: compressed where the client
// reads gzip. Close ends it; an answer that is not whole is left without.
func Stream(w http.ResponseWriter, r *http.Request, media string) *Body {
	b := &Body{Writer: w, of: http.NewResponseController(w)}
	h := w.Header()
	h["Content-Type"] = []string{media}
	h.Add("Vary", acceptEncoding)
	if chooseCoding(r.Header.Get(acceptEncoding), true, false) != gzipped {
		return b
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return b // only a level that does not exist fails
	}
	h["Content-Encoding"] = []string{"gzip"}
	b.Writer, b.z = z, z
	return b
}

// Flush sends what was written so far.
func (b *Body) Flush() error {
	if b.z != nil {
		if err := b.z.Flush(); err != nil {
			return err
		}
	}
	if err := b.of.Flush(); !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}

// Close ends the answer.
func (b *Body) Close() error {
	if b.z == nil {
		return nil
	}
	return b.z.Close()
}
