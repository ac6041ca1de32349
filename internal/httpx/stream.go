package httpx

import (
	"io"
	"net/http"

	"github.com/klauspost/compress/gzip"
)

// Stream is the body of an answer that is of any length and is made while it is
// sent: compressed where the client reads gzip. Close ends the body.
func Stream(w http.ResponseWriter, r *http.Request, media string) io.WriteCloser {
	h := w.Header()
	h["Content-Type"] = []string{media}
	h.Add("Vary", acceptEncoding)
	if chooseCoding(r.Header.Get(acceptEncoding), true, false) != gzipped {
		return plainStream{w}
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return plainStream{w} // only a level that does not exist fails
	}
	h["Content-Encoding"] = []string{"gzip"}
	return z
}

type plainStream struct{ io.Writer }

func (plainStream) Close() error { return nil }
