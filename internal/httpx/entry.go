package httpx

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// entry is a page ready to be sent: every value of every header is made.
type entry struct {
	route   string
	at      uint64        // of tags.now, before anything was read for it
	checked atomic.Uint64 // of tags.now, when it was last found current
	tags    []string
	plain   int // bytes without a coding
	body    [codings][]byte
	head    [codings][]byte // see direct
	etag    [codings][]string
	length  [codings][]string
	kind    []string
	vary    []string
	link    []string
	lang    []string
	open    []string
	subject any
}

// prepare makes the entry of a page without a body.
func prepare(p *Page, at uint64) *entry {
	e := &entry{route: "page", at: at, tags: p.Tags, plain: len(p.Body), kind: []string{p.Type}, subject: p.Subject}
	e.checked.Store(at)
	e.vary = []string{strings.Join(append([]string{acceptEncoding}, p.Vary...), ", ")}
	if p.Link != "" {
		e.link = []string{p.Link}
	}
	if p.Language != "" {
		e.lang = []string{p.Language}
	}
	if p.Open {
		e.open = anybody
	}
	// The headers that say something of the page are part of its tag.
	sum := sha256.New()
	sum.Write(p.Body)
	sum.Write([]byte("\x00" + p.Type + "\x00" + p.Link + "\x00" + p.Language))
	tag := hex.EncodeToString(sum.Sum(nil)[:12])
	for k := range codings {
		e.etag[k] = []string{`"` + tag + codingSuffix[k] + `"`}
	}
	e.length[identity] = []string{strconv.Itoa(len(p.Body))}
	return e
}

// hold sets the body in one coding.
func (e *entry) hold(k coding, b []byte) {
	e.body[k] = b
	e.length[k] = []string{strconv.Itoa(len(b))}
	h := http.Header{}
	secure(h)
	e.describe(h, k)
	e.found(h, k)
	e.head[k] = headOf(h)
}

// overhead is about what an entry weighs besides its bodies.
const overhead = 1200

func (e *entry) size() uint32 {
	n := overhead
	for k := range codings {
		n += cap(e.body[k]) + cap(e.head[k])
	}
	for _, t := range e.tags {
		n += len(t) + 16
	}
	return uint32(n)
}

const acceptEncoding = "Accept-Encoding"

var (
	codingValue = [codings][]string{gzipped: {"gzip"}, zstandard: {"zstd"}}
	anybody     = []string{"*"}
)

// wanted is the coding that the reader prefers.
func wanted(r *http.Request) coding {
	switch v := r.Header[acceptEncoding]; len(v) {
	case 0:
		return identity
	case 1:
		return chooseCoding(v[0], true, true)
	default:
		return chooseCoding(strings.Join(v, ","), true, true)
	}
}

// send writes the page in the coding the reader prefers, or 304 when he has it
// (RFC 9110, section 13.1.2; RFC 9111 for the caches between).
func (e *entry) send(c *codec, w http.ResponseWriter, r *http.Request) {
	k := wanted(r)
	if e.body[k] == nil {
		k = identity
	}
	if e.subject != nil {
		exchangeOf(w).Subject = e.subject
	}
	inm := r.Header["If-None-Match"]
	if x, ok := w.(*exchange); ok && len(inm) == 0 && e.body[k] != nil && direct(x, r, e.head[k], e.body[k]) {
		return
	}
	h := w.Header()
	e.describe(h, k)
	if len(inm) > 0 && e.matches(inm) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	e.found(h, k)
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return
	}
	if e.body[k] == nil && e.plain > 0 { // identity of a large page: see codec.entry
		c.writePlain(w, e)
		return
	}
	_, _ = w.Write(e.body[k]) // a reader who left is no failure
}

// describe sets the headers that an answer has also when the reader has the page.
func (e *entry) describe(h http.Header, k coding) {
	// No site can show a page as a part of its own (frame-ancestors), so nothing is
	// lost without this one.
	delete(h, "Cross-Origin-Resource-Policy")
	h["Etag"] = e.etag[k]
	h["Vary"] = e.vary
	h["Cache-Control"] = revalidate
	if e.link != nil {
		h["Link"] = e.link
	}
	if e.lang != nil {
		h["Content-Language"] = e.lang
	}
	if e.open != nil {
		h["Access-Control-Allow-Origin"] = e.open
	}
}

// found sets the headers of a body in one coding.
func (e *entry) found(h http.Header, k coding) {
	h["Content-Type"] = e.kind
	h["Content-Length"] = e.length[k]
	if k != identity {
		h["Content-Encoding"] = codingValue[k]
	}
}

// matches compares weakly (RFC 9110, section 8.8.3.2): any coding of this page
// is this page, also when a proxy has weakened its tag.
func (e *entry) matches(ifNoneMatch []string) bool {
	for _, line := range ifNoneMatch {
		for part := range strings.SplitSeq(line, ",") {
			tag := strings.TrimPrefix(strings.TrimSpace(part), "W/")
			if tag == "*" {
				return true
			}
			for k := range codings {
				if e.etag[k][0] == tag {
					return true
				}
			}
		}
	}
	return false
}
