package httpx

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// direct is an answer from memory that goes past net/http: its status line and
// headers are bytes that were made once, where net/http would copy, sort and check
// every header of every answer, which costs more than all the rest. net/http still
// reads the request, and afterwards writes an empty answer of its own, which the
// connection drops.
//
// Only a joined connection takes one, for a request of HTTP/1.1 without a body that
// lets the connection stay open; everything else is answered by net/http.
func direct(x *exchange, r *http.Request, head, body []byte) bool {
	if x.headed || r.Method != http.MethodGet || !r.ProtoAtLeast(1, 1) || r.ProtoMajor != 1 || r.Close || r.Body != nil && r.Body != http.NoBody {
		return false
	}
	c, ok := r.Context().Value(connKey{}).(*joined)
	if !ok {
		return false
	}
	x.status = http.StatusOK
	x.bytes += c.answer(head, lastHeaders(x.ID), body)
	return true
}

// headOf are the status line and the headers of a page in one coding, without those
// that are other each time.
func headOf(h http.Header) []byte {
	b := bytes.NewBufferString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(b) // to memory
	return b.Bytes()
}

// lastHeaders ends a head.
func lastHeaders(requestID string) []byte {
	b := make([]byte, 0, 128)
	b = append(b, "Date: "...)
	b = append(b, httpDate(time.Now())...)
	b = append(b, "\r\nX-Request-Id: "...)
	b = append(b, requestID...)
	return append(b, "\r\n\r\n"...)
}

// dated is the text of a second.
type dated struct {
	second int64
	text   string
}

var lastDate atomic.Pointer[dated]

// httpDate is a time as HTTP says it (RFC 9110, section 5.6.7), made once a second.
func httpDate(t time.Time) string {
	d := lastDate.Load()
	if d == nil || d.second != t.Unix() {
		d = &dated{t.Unix(), t.UTC().Format(http.TimeFormat)}
		lastDate.Store(d)
	}
	return d.text
}

type connKey struct{}

// nameConnections makes requests know the joined connection they came by.
func nameConnections(ctx context.Context, c net.Conn) context.Context {
	if j, ok := c.(*joined); ok {
		return context.WithValue(ctx, connKey{}, j)
	}
	return ctx
}

// answer writes an answer and drops what net/http writes until the request has
// ended. It returns how much of the body was written; when that is not all, the
// connection is closed, as nobody else would.
func (c *joined) answer(head, last, body []byte) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answered = true
	c.three = [3][]byte{head, last, body}
	c.all = c.three[:]
	n, err := c.all.WriteTo(c.TCPConn)
	c.three = [3][]byte{}
	if err != nil {
		_ = c.TCPConn.Close()
	}
	return max(n-int64(len(head)+len(last)), 0)
}
