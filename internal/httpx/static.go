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

// Send writes the file in the best coding that it has and the reader takes.
func (s *Static) Send(w http.ResponseWriter, r *http.Request) {
	k, body := s.choose(strings.Join(r.Header[acceptEncoding], ","))
	h := w.Header()
	h["Cache-Control"] = immutable
	h["Etag"] = []string{s.tag(k)}
	h["Vary"] = varyCoding
	if s.matches(r.Header["If-None-Match"]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if k != identity {
		h["Content-Encoding"] = codingValue[k]
	}
	h["Content-Type"] = []string{s.Type}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// choose picks the coding among those that the file is there in.
func (s *Static) choose(acceptEncoding string) (coding, []byte) {
	k := chooseCoding(acceptEncoding, s.Gzip != nil, s.Zstd != nil)
	switch k {
	case gzipped:
		return k, s.Gzip
	case zstandard:
		return k, s.Zstd
	}
	return identity, s.Body
}

// tag is the entity tag of the file in a coding.
func (s *Static) tag(k coding) string {
	return strings.TrimSuffix(s.ETag, `"`) + codingSuffix[k] + `"`
}

func (s *Static) matches(ifNoneMatch []string) bool {
	for _, line := range ifNoneMatch {
		for part := range strings.SplitSeq(line, ",") {
			tag := strings.TrimPrefix(strings.TrimSpace(part), "W/")
			if tag == "*" || tag == s.tag(identity) || tag == s.tag(gzipped) || tag == s.tag(zstandard) {
				return true
			}
		}
	}
	return false
}
