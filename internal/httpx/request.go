package httpx

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// Request is what is known of a request beside the request itself.
type Request struct {
	ID    string
	Route string // name of the page, for log and metrics; a handler sets it
	Cache string // "hit", "miss" or empty
	// Subject is what the answer is of, see FrontConfig.Answered; a page has its
	// own, other handlers set it.
	Subject any

	client context.Context // ends when the client leaves
}

type requestKey struct{}

// Info is the Request of a context; outside a Front it is one that nobody
// reads.
func Info(ctx context.Context) *Request {
	if info, ok := ctx.Value(requestKey{}).(*Request); ok {
		return info
	}
	return &Request{}
}

// Lasting is the context of a request without the limit of Patience, for an answer that
// takes as long as its reader does: it ends when the client leaves.
func Lasting(ctx context.Context) context.Context {
	if client := Info(ctx).client; client != nil {
		return client
	}
	return ctx
}

// exchange is a request together with the writer of its response, which notes
// what was written. One allocation holds all of it.
type exchange struct {
	http.ResponseWriter
	Request
	start  time.Time
	status int
	bytes  int64
	id     [1]string // the value of the header X-Request-Id
	headed bool      // the headers that every answer has are set
}

// exchangeOf finds the exchange below the writers that a handler laid over it.
func exchangeOf(w http.ResponseWriter) *exchange {
	for {
		switch v := w.(type) {
		case *exchange:
			return v
		case interface{ Unwrap() http.ResponseWriter }:
			w = v.Unwrap()
		default:
			return &exchange{ResponseWriter: w, start: time.Now()}
		}
	}
}

// Header has the headers that every answer has.
func (x *exchange) Header() http.Header {
	h := x.ResponseWriter.Header()
	if !x.headed {
		x.headed = true
		secure(h)
		h["X-Request-Id"] = x.id[:]
	}
	return h
}

func (x *exchange) WriteHeader(status int) {
	if x.status == 0 && status >= 200 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

func (x *exchange) Write(b []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(b)
	x.bytes += int64(n)
	return n, err
}

// ReadFrom leaves the copying to the connection, which can send a file without
// reading it.
func (x *exchange) ReadFrom(r io.Reader) (int64, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := io.Copy(x.ResponseWriter, r)
	x.bytes += n
	return n, err
}

// Unwrap serves http.ResponseController.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// ids makes request ids: a part of this process and a running number.
type ids struct {
	process string
	n       *atomic.Uint64
}

func newIDs() ids {
	return ids{process: strconv.FormatInt(time.Now().UnixMilli(), 36) + "-", n: new(atomic.Uint64)}
}

// of keeps the id that a proxy gave, if it is a short plain word, so that both
// logs speak of the same request.
func (m ids) of(r *http.Request) string {
	if given := r.Header["X-Request-Id"]; len(given) == 1 && plainWord(given[0]) {
		return given[0]
	}
	var b [32]byte
	return string(strconv.AppendUint(append(b[:0], m.process...), m.n.Add(1), 36))
}

func plainWord(s string) bool {
	if len(s) == 0 || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}
