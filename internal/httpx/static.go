package httpx

import (
	"net/http"
	"strconv"
	"strings"
)

// Static is a file whose address holds a hash of its content, so that nobody
// ever has to ask for it twice.
type Static struct {
	Type string
	Body []byte
	Gzip []byte // may be nil
	Zstd []byte // may be nil
	ETag string // with its quotes
}

var (
	immutable  = []string{"public, max-age=31536000, immutable"}
	varyCoding = []string{acceptEncoding}
)

// Send writes the file.
func (s *Static) Send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h["Cache-Control"] = immutable
	h["Etag"] = []string{s.ETag}
	h["Vary"] = varyCoding
	if strings.Contains(r.Header.Get("If-None-Match"), s.ETag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := s.Body
	switch k := chooseCoding(r.Header.Get(acceptEncoding)); {
	case k == zstandard && s.Zstd != nil:
		body, h["Content-Encoding"] = s.Zstd, codingValue[zstandard]
	case k != identity && s.Gzip != nil:
		body, h["Content-Encoding"] = s.Gzip, codingValue[gzipped]
	}
	h["Content-Type"] = []string{s.Type}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
