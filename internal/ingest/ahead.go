package ingest

import (
	"context"
	"sync"
)

// ahead bounds how much is decoded ahead of what is being written: while one
// batch waits for the disk, the next is read. Only what would begin is held up,
// never what has begun, so that nothing can wait for itself.
type ahead struct {
	mu    sync.Mutex
	moved sync.Cond
	bytes int64
	most  int64
	ended bool
}

func newAhead(ctx context.Context, most int64) *ahead {
	a := &ahead{most: most}
	a.moved.L = &a.mu
	context.AfterFunc(ctx, func() {
		a.mu.Lock()
		a.ended = true
		a.mu.Unlock()
		a.moved.Broadcast()
	})
	return a
}

// wait returns when there is room for one more source, or ctx has ended.
func (a *ahead) wait() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.bytes > a.most && !a.ended {
		a.moved.Wait()
	}
}

// add counts bytes that are held, or with a minus those that are let go.
func (a *ahead) add(bytes int64) {
	a.mu.Lock()
	a.bytes += bytes
	a.mu.Unlock()
	a.moved.Broadcast()
}
