package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"offprint/internal/errs"
)

// Limits bound the reading of one document. A zero means the default.
type Limits struct {
	// Bytes of the file, 96 MiB.
	Bytes int
	// Pages that are read, 2000; the others are counted.
	Pages int
	// Text in bytes of UTF-8, all pages together, 32 MiB.
	Text int
	// Time for one document, 2 minutes. Starting the sandbox is not counted.
	Time time.Duration
	// Memory of one sandbox, 384 MiB. The file is inside it.
	Memory int
	// Parallel documents at a time, 2. Further ones wait.
	Parallel int
	// Idle is how long the compiled program is kept in memory after the last
	// document, 1 minute.
	Idle time.Duration
}

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.Bytes, 96<<20)
	set(&l.Pages, 2000)
	set(&l.Text, 32<<20)
	set(&l.Memory, 384<<20)
	set(&l.Parallel, 2)
	if l.Time <= 0 {
		l.Time = 2 * time.Minute
	}
	if l.Idle <= 0 {
		l.Idle = time.Minute
	}
	return l
}

// Reader reads PDFs. Its methods may be called by many goroutines. It costs
// nothing until the first Read, which compiles PDFium; every document then has
// a sandbox of its own that is thrown away after it, whatever happened in it.
type Reader struct {
	cacheDir string
	limits   Limits

	lock   chan struct{} // of what follows; a channel, so that a wait can end
	pool   pdfium.Pool
	users  int
	idle   *time.Timer
	closed bool
	uses   int // counts starts of the timer, so that a late one is known

	reading sync.WaitGroup
	life    context.Context // ends with Close
	end     context.CancelFunc
}

// New makes a Reader with the default limits. cacheDir is a folder of its own
// for the compiled program (22 MB), made when it is needed; what is in it is
// run, so nobody else may write to it. Without one, or when it cannot be used,
// each first Read compiles anew, which takes some seconds.
func New(cacheDir string) *Reader { return NewLimited(cacheDir, Limits{}) }

// NewLimited makes a Reader with other limits.
func NewLimited(cacheDir string, limits Limits) *Reader {
	r := &Reader{cacheDir: cacheDir, limits: limits.orDefault(), lock: make(chan struct{}, 1)}
	r.life, r.end = context.WithCancel(context.Background())
	r.lock <- struct{}{}
	return r
}

// Close ends the sandboxes that are running; their Read fails. Closing twice
// is no error.
func (r *Reader) Close() error {
	<-r.lock
	r.closed = true
	if r.idle != nil {
		r.idle.Stop()
	}
	r.lock <- struct{}{}
	r.end()
	r.reading.Wait()
	<-r.lock
	defer func() { r.lock <- struct{}{} }()
	return r.stop()
}

// stop puts the compiled program away. The lock is held.
func (r *Reader) stop() error {
	pool := r.pool
	r.pool = nil
	if pool == nil {
		return nil
	}
	return pool.Close()
}

// run calls f with a sandbox of its own. When ctx ends the sandbox is killed,
// f comes back with an error, and run reports ctx's. A failure inside the
// sandbox, even of its program, is an error of f and of nobody else.
func (r *Reader) run(ctx context.Context, limit time.Duration, f func(pdfium.Pdfium) error) error {
	pool, err := r.acquire(ctx)
	if err != nil {
		return err
	}
	defer r.release()
	in, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errs.Newf(errs.Unavailable, "The reader of PDFs could not be started: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer context.AfterFunc(r.life, cancel)()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("%w: %v", errCrash, p)
			}
		}()
		done <- f(in)
	}()
	select {
	case err := <-done:
		_ = in.Close() // whatever it says, the sandbox is gone
		return err
	case <-ctx.Done():
		_ = in.Kill()
		<-done
		return ctx.Err()
	}
}

// errCrash is a failure of the program in the sandbox.
var errCrash = errors.New("the sandbox failed")

func (r *Reader) acquire(ctx context.Context) (pdfium.Pool, error) {
	select {
	case <-r.lock:
		defer func() { r.lock <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if r.closed {
		return nil, errs.Newf(errs.Unavailable, "The reader of PDFs is closed.")
	}
	if r.pool == nil {
		pool, err := r.start()
		if err != nil {
			return nil, errs.Newf(errs.Unavailable, "The reader of PDFs could not be started: %v", err)
		}
		r.pool = pool
	}
	r.users++
	r.reading.Add(1)
	return r.pool, nil
}

// release starts the clock when nobody reads any more.
func (r *Reader) release() {
	defer r.reading.Done()
	<-r.lock
	defer func() { r.lock <- struct{}{} }()
	r.uses++
	if r.users--; r.users > 0 || r.closed {
		return
	}
	uses := r.uses
	r.idle = time.AfterFunc(r.limits.Idle, func() {
		<-r.lock
		defer func() { r.lock <- struct{}{} }()
		if r.users == 0 && r.uses == uses && !r.closed {
			_ = r.stop()
			debug.FreeOSMemory()
		}
	})
}

// start compiles PDFium, or loads it compiled from the cache. A cache that
// cannot be used costs time and is no failure.
func (r *Reader) start() (pdfium.Pool, error) {
	var pool pdfium.Pool
	err := errors.New("no cache")
	if r.cacheDir != "" && os.MkdirAll(r.cacheDir, 0o700) == nil {
		var cache wazero.CompilationCache
		if cache, err = wazero.NewCompilationCacheWithDir(r.cacheDir); err == nil {
			pool, err = r.open(r.config().WithCompilationCache(cache))
		}
	}
	if err != nil {
		pool, err = r.open(r.config())
	}
	// A compilation leaves 250 MB of garbage, which the runtime would return
	// to the system only little by little.
	debug.FreeOSMemory()
	return pool, err
}

func (r *Reader) config() wazero.RuntimeConfig {
	const wasmPage = 64 << 10
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true).
		WithMemoryLimitPages(uint32(max(r.limits.Memory/wasmPage, 512)))
}

// open gives the program no files: an empty configuration of the file system
// stands for none, whereas nil would stand for all of the machine's.
func (r *Reader) open(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		MaxTotal:      r.limits.Parallel,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}
