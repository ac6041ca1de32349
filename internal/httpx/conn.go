package httpx

import (
	"io"
	"net"
	"sync"
	"time"
)

// netBuffer is how much of an answer net/http collects before it writes. Of a
// longer one it writes exactly so much first, the headers and the beginning of
// the body, and the rest at once after it.
const netBuffer = 4 << 10

// Join makes the connections of a listener send an answer in one call to the
// system where net/http makes two: the first is kept back until the second
// comes, and both leave together (writev). A page from memory costs little
// else, so that call is a large part of it.
//
// Nothing is kept back for longer than net/http writes on: it ends a request,
// and waits for the next, by setting a deadline, and what is still kept leaves
// then.
func Join(l net.Listener) net.Listener { return joining{l} }

type joining struct{ net.Listener }

func (l joining) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return &joined{TCPConn: tcp}, err
	}
	return c, err
}

// joined is a connection that keeps back one full buffer of net/http's.
type joined struct {
	*net.TCPConn

	mu    sync.Mutex // whoever closes may be another goroutine
	kept  *[netBuffer]byte
	three [3][]byte
	all   net.Buffers

	answered bool // see answer
}

// keeping has the buffers for what is kept: connections that wait hold none.
var keeping = sync.Pool{New: func() any { return new([netBuffer]byte) }}

func (c *joined) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answered {
		return len(b), nil
	}
	if c.kept != nil {
		return c.join(b)
	}
	if len(b) == netBuffer {
		c.kept = keeping.Get().(*[netBuffer]byte)
		return copy(c.kept[:], b), nil
	}
	return c.TCPConn.Write(b)
}

// join writes what is kept and b. The count it returns is of b alone.
func (c *joined) join(b []byte) (int, error) {
	c.three = [3][]byte{c.kept[:], b}
	c.all = c.three[:2]
	written, err := c.all.WriteTo(c.TCPConn)
	c.three = [3][]byte{}
	keeping.Put(c.kept)
	c.kept = nil
	return int(max(written-netBuffer, 0)), err
}

// Read lets the others go first. When a reader's next request is there before the
// last is quite finished, its goroutine would go on with it at once, and keep its
// processor until the runtime takes it away, which is after 10 ms; everybody else
// would wait. The shortest sleep puts it at the end of its processor's queue, where
// runtime.Gosched would put it into the one of all processors, which is looked into
// last: the slowest of a hundred readers waited 12 ms with that, and 8 ms with this.
// net/http reads one byte while a request runs, to see its reader leave, and more
// when it waits for the next one.
func (c *joined) Read(b []byte) (int, error) {
	if len(b) > 1 {
		time.Sleep(time.Nanosecond)
	}
	return c.TCPConn.Read(b)
}

// flush writes what is kept: an answer has ended.
func (c *joined) flush() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answered = false
	return c.release()
}

func (c *joined) release() error {
	if c.kept == nil {
		return nil
	}
	_, err := c.TCPConn.Write(c.kept[:])
	keeping.Put(c.kept)
	c.kept = nil
	return err
}

// ReadFrom sends a file by the system's own means.
func (c *joined) ReadFrom(r io.Reader) (int64, error) {
	if err := c.flush(); err != nil {
		return 0, err
	}
	return c.TCPConn.ReadFrom(r)
}

// SetReadDeadline is what net/http calls after every answer.
func (c *joined) SetReadDeadline(t time.Time) error {
	if err := c.flush(); err != nil {
		return err
	}
	return c.TCPConn.SetReadDeadline(t)
}

// SetDeadline is for whoever takes the connection over.
func (c *joined) SetDeadline(t time.Time) error {
	if err := c.flush(); err != nil {
		return err
	}
	return c.TCPConn.SetDeadline(t)
}

func (c *joined) CloseWrite() error {
	if err := c.flush(); err != nil {
		return err
	}
	return c.TCPConn.CloseWrite()
}

// Close does not wait for a Write that a slow reader holds up: it ends it.
func (c *joined) Close() error {
	if c.mu.TryLock() {
		_ = c.release() // whoever closes no longer asks what became of it
		c.mu.Unlock()
	}
	return c.TCPConn.Close()
}
