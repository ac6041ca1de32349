package usage

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"sync"
	"time"

	"offprint/internal/tally"
)

const (
	// keyBytes is the length of a day's key.
	keyBytes = 32
	// keyPatience is how long the database may take to give a key; the events of
	// that time wait in memory.
	keyPatience = 3 * time.Second
	// keyStays is how long after midnight the key of the day before is kept, to
	// know a double click over midnight.
	keyStays = 2 * tally.DoubleClick
	// keyAhead is how long before midnight the key of the next day is asked for.
	keyAhead = 10 * time.Minute
	// mostKnown bounds the visitors whose numbers are remembered.
	mostKnown = 10_000
)

// visitors gives readers their numbers.
type visitors struct {
	book  *Book
	mu    sync.Mutex
	keys  map[string][]byte // by day
	known map[who]uint64    // of the last moment, so that a reader's number is made once for many pages
}

func newVisitors(b *Book) visitors {
	return visitors{book: b, keys: map[string][]byte{}, known: map[who]uint64{}}
}

// who is a reader as he is known while he is answered. It is never written.
type who struct {
	day     string
	client  netip.Addr
	agent   string
	journal string
}

// ready asks for the keys that are needed now or soon, so that no event has to
// wait for one in memory.
func (v *visitors) ready(ctx context.Context) {
	now := v.book.Now().UTC()
	for _, at := range []time.Time{now.Add(-tally.DoubleClick), now, now.Add(keyAhead)} {
		day := at.Format(time.DateOnly)
		v.mu.Lock()
		known := v.keys[day] != nil
		v.mu.Unlock()
		if known {
			continue
		}
		k, err := v.ask(ctx, day, newKey()) // readers go on meanwhile
		if err != nil {
			return // asked again in a minute, or when it is needed
		}
		v.mu.Lock()
		if v.keys[day] == nil {
			v.keys[day] = k
		}
		v.mu.Unlock()
	}
}

func newKey() []byte {
	k := make([]byte, keyBytes)
	_, _ = rand.Read(k) // never fails
	return k
}

func (v *visitors) ask(ctx context.Context, day string, fresh []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keyPatience)
	defer cancel()
	return v.book.Store.UsageKey(ctx, day, fresh)
}

// first is the first day whose key is still kept.
func (v *visitors) first() string { return v.book.Now().UTC().Add(-keyStays).Format(time.DateOnly) }

// key is the key of a day, the same on every node; of a day that is over, one that
// nobody else knows.
func (v *visitors) key(ctx context.Context, day string) []byte {
	if k := v.keys[day]; k != nil {
		return k
	}
	fresh := newKey()
	if day < v.first() {
		v.keys[day] = fresh
		return fresh
	}
	k, err := v.ask(ctx, day, fresh)
	if err != nil {
		v.book.Log.Warn("the database gives no key for the readers of today; this node tells them apart by itself", "error", err)
		k = fresh
	}
	v.keys[day] = k
	return k
}

// number is the number of a reader on a day, never 0.
func (v *visitors) number(ctx context.Context, w who) uint64 {
	if n, ok := v.known[w]; ok {
		return n
	}
	mac := hmac.New(sha256.New, v.key(ctx, w.day))
	address := w.client.As16()
	mac.Write(address[:])
	mac.Write([]byte(w.journal))
	mac.Write([]byte{0})
	mac.Write([]byte(w.agent))
	n := max(binary.LittleEndian.Uint64(mac.Sum(nil)), 1)
	if len(v.known) >= mostKnown {
		clear(v.known)
	}
	v.known[w] = n
	return n
}

// set gives an event its visitor.
func (v *visitors) set(ctx context.Context, e *tally.Event, client netip.Addr) {
	at := time.UnixMilli(e.At).UTC()
	v.mu.Lock()
	defer v.mu.Unlock()
	w := who{day: at.Format(time.DateOnly), client: client, agent: e.Agent, journal: e.Journal}
	e.Visitor = v.number(ctx, w)
	if at.Sub(at.Truncate(24*time.Hour)) <= tally.DoubleClick {
		w.day = at.AddDate(0, 0, -1).Format(time.DateOnly)
		e.Before = v.number(ctx, w)
	}
}

// forget destroys the keys of days that are over, here and in the database.
func (v *visitors) forget(ctx context.Context) error {
	first := v.first()
	v.mu.Lock()
	clear(v.known)
	for day, k := range v.keys {
		if day < first {
			clear(k)
			delete(v.keys, day)
		}
	}
	v.mu.Unlock()
	return v.book.Store.DestroyUsageKeys(ctx, first)
}
