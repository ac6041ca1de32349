package usage

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
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
	// mostKnown bounds the visitors whose numbers are remembered.
	mostKnown = 10_000
)

// visitors gives readers their numbers.
type visitors struct {
	book  *Book
	keys  map[string][]byte // by day
	known map[who]uint64    // of the last moment, so that a reader's number is made once for many pages
}

// who is a reader as he is known while he is answered. It is never written.
type who struct {
	day     string
	client  netip.Addr
	agent   string
	journal string
}

// key is the key of a day, the same on every node.
func (v *visitors) key(ctx context.Context, day string) []byte {
	if k := v.keys[day]; k != nil {
		return k
	}
	fresh := make([]byte, keyBytes)
	_, _ = rand.Read(fresh) // never fails
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keyPatience)
	defer cancel()
	k, err := v.book.Store.UsageKey(ctx, day, fresh)
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
	w := who{day: at.Format(time.DateOnly), client: client, agent: e.Agent, journal: e.Journal}
	e.Visitor = v.number(ctx, w)
	if at.Sub(at.Truncate(24*time.Hour)) <= tally.DoubleClick {
		w.day = at.AddDate(0, 0, -1).Format(time.DateOnly)
		e.Before = v.number(ctx, w)
	}
}

// forget destroys the keys of days that are over, here and in the database.
func (v *visitors) forget(ctx context.Context) error {
	clear(v.known)
	first := v.book.Now().UTC().Add(-keyStays).Format(time.DateOnly)
	for day, k := range v.keys {
		if day < first {
			clear(k)
			delete(v.keys, day)
		}
	}
	return v.book.Store.DestroyUsageKeys(ctx, first)
}
