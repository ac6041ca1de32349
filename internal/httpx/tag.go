package httpx

import (
	"sync"
	"sync/atomic"
)

// tags knows when each of the things that pages show was last changed, by a
// clock that goes on with every change. Its memory is bounded: when too many
// things have changed, everything older counts as changed.
type tags struct {
	now atomic.Uint64 // written under mu, after last

	mu    sync.RWMutex
	floor uint64 // everything made before it counts as changed
	last  map[string]uint64
	most  int
}

func newTags(most int) *tags { return &tags{last: map[string]uint64{}, most: most} }

// touch says that these things have changed.
func (t *tags) touch(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now.Load() + 1
	if len(t.last)+len(names) > t.most {
		clear(t.last)
		t.floor = now
	} else {
		for _, n := range names {
			t.last[n] = now
		}
	}
	t.now.Store(now)
}

// touchAll says that everything may have changed.
func (t *tags) touchAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now.Load() + 1
	clear(t.last)
	t.floor = now
	t.now.Store(now)
}

// fresh reports whether none of the things has changed since the moment at,
// and up to which moment that is known.
func (t *tags) fresh(at uint64, names []string) (upTo uint64, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if at < t.floor {
		return 0, false
	}
	for _, n := range names {
		if t.last[n] > at {
			return 0, false
		}
	}
	return t.now.Load(), true
}
