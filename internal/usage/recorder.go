package usage

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"offprint/internal/tally"
)

// Subject is what an answer is of. It is made once for a page that is kept.
type Subject struct {
	Item    string // id of the article, issue or journal
	Journal string // id
	What    tally.What
	Form    tally.Form
	Link    uint32 // of the address: see LinkOf
	// Machine: a form that programs read. It is text and data mining when the
	// reader is no browser.
	Machine bool
}

// LinkOf is a number for an address.
func LinkOf(address string) uint32 {
	h := uint32(2166136261) // FNV-1a
	for i := range len(address) {
		h = (h ^ uint32(address[i])) * 16777619
	}
	return h
}

const (
	// drainEvery is how long an event is in memory only.
	drainEvery = 200 * time.Millisecond
	shards     = 8
	mostNotes  = 8192 // in a shard
)

// note is an answer as it is held until it is written.
type note struct {
	at        int64
	subject   *Subject
	remote    string
	agent     string
	forwarded []string
}

type shard struct {
	mu   sync.Mutex
	list []note
	lost int64
	_    [64]byte // so that two shards are not in one line of the processor's cache
}

// Recorder notes what readers are answered. Note may be called by many.
type Recorder struct {
	book     *Book
	client   func(remote string, forwarded []string) netip.Addr
	metrics  *Metrics
	visitors visitors
	spool    *Spool
	shards   [shards]shard
	spare    []note
	events   []tally.Event
}

// NewRecorder makes a Recorder for a book. client tells the address of a reader
// by that of the connection and the headers X-Forwarded-For.
func NewRecorder(b *Book, client func(remote string, forwarded []string) netip.Addr, m *Metrics) *Recorder {
	return &Recorder{book: b, client: client, metrics: m, spool: NewSpool(b.Dir),
		visitors: newVisitors(b)}
}

// Note notes an answer that was sent, unless it is one that does not count: see
// refusal. It does not wait and touches no file.
func (r *Recorder) Note(at time.Time, req *http.Request, status int, s *Subject) {
	if why := refusal(req, status); why != "" {
		r.metrics.note(why)
		return
	}
	n := note{at: at.UnixMilli(), subject: s, remote: req.RemoteAddr, forwarded: req.Header["X-Forwarded-For"]}
	if v := req.Header["User-Agent"]; len(v) > 0 {
		n.agent = v[0]
	}
	sh := &r.shards[rand.Uint32()%shards]
	sh.mu.Lock()
	if len(sh.list) < mostNotes {
		sh.list = append(sh.list, n)
	} else {
		sh.lost++
	}
	sh.mu.Unlock()
}

// Why an answer is not noted.
const (
	notSuccessful = "not successful" // or not a reader's question
	notAsked      = "prefetch"       // by nobody who reads: a browser's guess
	notWhole      = "range"          // a later part of a file
	notTracked    = "opted out"      // the reader asks not to be tracked
)

// refusal says why an answer is not noted, "" when it is. What a browser fetches
// in advance is not what somebody reads; 304 is, as the Code says: the reader
// looks at the copy he has. Of a file that is read in parts, the part counts that
// holds its beginning.
func refusal(r *http.Request, status int) string {
	if r.Method != http.MethodGet || status != http.StatusOK && status != http.StatusNotModified && status != http.StatusPartialContent {
		return notSuccessful
	}
	h := r.Header
	switch {
	case is(h["Dnt"], "1") || is(h["Sec-Gpc"], "1"):
		return notTracked
	case says(h["Sec-Purpose"], "prefetch") || says(h["Purpose"], "prefetch") || says(h["X-Purpose"], "preview") || says(h["X-Moz"], "prefetch"):
		return notAsked
	case status == http.StatusPartialContent && !fromBeginning(h["Range"]):
		return notWhole
	}
	return ""
}

func is(v []string, want string) bool { return len(v) > 0 && v[0] == want }

func says(v []string, word string) bool {
	return len(v) > 0 && strings.Contains(strings.ToLower(v[0][:min(len(v[0]), 100)]), word)
}

// fromBeginning reports whether the first of the ranges asked for begins at the
// first byte (RFC 9110, section 14.1.2).
func fromBeginning(v []string) bool {
	if len(v) == 0 {
		return false
	}
	unit, ranges, _ := strings.Cut(v[0], "=")
	return strings.EqualFold(strings.TrimSpace(unit), "bytes") && strings.HasPrefix(strings.TrimSpace(ranges), "0-")
}

// drain writes what was noted to the spool.
func (r *Recorder) drain(ctx context.Context) {
	r.events = r.events[:0]
	for i := range r.shards {
		sh := &r.shards[i]
		sh.mu.Lock()
		list, lost := sh.list, sh.lost
		sh.list, sh.lost = r.spare[:0], 0
		sh.mu.Unlock()
		for j := range list {
			r.events = append(r.events, r.event(ctx, &list[j]))
		}
		r.metrics.add("lost", lost)
		clear(list) // of what requests said nothing stays
		r.spare = list
	}
	if len(r.events) == 0 {
		return
	}
	if err := r.spool.Write(r.events, r.book.Now()); err != nil {
		r.metrics.add("lost", int64(len(r.events)))
		r.book.Log.Error("readers are not counted: their spool cannot be written", "error", err, "readers", len(r.events))
		return
	}
	r.metrics.add("recorded", int64(len(r.events)))
}

func (r *Recorder) event(ctx context.Context, n *note) tally.Event {
	e := r.book.event(ctx, &r.visitors, n, r.client(n.remote, n.forwarded))
	if r.book.Rules.Robots.Is(e.Agent) {
		r.metrics.note("robot")
	}
	return e
}

// event is what a note becomes: of the reader a number is left.
func (b *Book) event(ctx context.Context, v *visitors, n *note, client netip.Addr) tally.Event {
	s := n.subject
	agent := n.agent[:min(len(n.agent), tally.AgentLength)]
	e := tally.Event{At: n.at, Link: s.Link, Item: s.Item, Journal: s.Journal, What: s.What, Form: s.Form, Agent: strings.ToValidUTF8(agent, "?")}
	if s.Machine && !strings.HasPrefix(agent, "Mozilla/") && !strings.HasPrefix(agent, "Opera/") {
		e.Method = tally.TDM
	}
	e.Origin = b.Networks.Of(client)
	v.set(ctx, &e, client)
	return e
}
