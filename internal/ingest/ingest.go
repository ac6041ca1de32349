// Package ingest turns packages into articles: it finds the sources, has a
// format read each of them, plans what each one means for the installation
// (create, update, unchanged, failed, with the reason) and applies the plan.
//
//	run := ingest.Run{Store: st, Blobs: blobs, Journal: "rjr"}
//	err := run.Import(ctx, []string{"page.txt"}, func(r ingest.Result) { … })
//
// Sources are decoded side by side and applied in their order, many in one
// transaction: an article is there whole or not at all, and an import that was
// interrupted is completed by running it again. One bad source never stops the
// others. The package parses nothing itself.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"runtime"
	"runtime/debug"

	"offprint/internal/blob"
	"offprint/internal/errs"
	"offprint/internal/figure"
	"offprint/internal/format/pdf"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// Result is what became of one source.
type Result struct {
	Source string         `json:"source"`
	Action string         `json:"action"`
	ID     string         `json:"id,omitempty"`
	Path   string         `json:"path,omitempty"`
	Why    string         `json:"why,omitempty"`
	Losses []journal.Loss `json:"losses"`
	Error  string         `json:"error,omitempty"`
}

// Run is one import.
type Run struct {
	Store   *store.Store
	Blobs   blob.Store
	Journal string // path; empty: the journal that each source names
	Format  string // auto, landing, jats
	DryRun  bool   // plan only
	Actor   string // for the event log
	// Figures makes the renditions of pictures and PDFs reads the texts of
	// PDFs; without them pictures are shown as they are, and PDFs are not read.
	Figures *figure.Maker
	PDFs    *pdf.Reader
	Limits  Limits
	Log     *slog.Logger
}

// A batch is applied in one transaction. Larger ones gain nothing and would
// keep a waiting writer longer, and more in memory.
const (
	batchSize  = 200
	batchBytes = 32 << 20
	// inFlight bounds the bytes of sources that were read and not yet written.
	inFlight = 64 << 20
)

// task is a source on its way. ready is closed when it was decoded.
type task struct {
	found   Found
	ready   chan struct{}
	reading *journal.Reading
	format  string
	version int
	source  blob.Item
	files   []attachment
	ids     []store.Identity
	err     error
	weight  int64
}

// Import reads every source that the arguments name and reports each in order.
// The error is about the import as a whole, not about single sources.
func (r *Run) Import(ctx context.Context, args []string, report func(Result)) error {
	return r.importAll(ctx, func(ctx context.Context, yield func(Found) bool) { find(ctx, args, r.limits(), yield) }, report)
}

// ImportFS reads every source in a folder that is not on the disk.
func (r *Run) ImportFS(ctx context.Context, dir fs.FS, name string, report func(Result)) error {
	return r.importAll(ctx, func(_ context.Context, yield func(Found) bool) {
		findIn(dir, name, r.limits(), func(p string) string { return name + "/" + p }, yield)
	}, report)
}

func (r *Run) limits() Limits {
	if r.Limits == (Limits{}) {
		return DefaultLimits
	}
	return r.Limits
}

// finder sends sources to yield until it returns false.
type finder func(ctx context.Context, yield func(Found) bool)

func (r *Run) importAll(ctx context.Context, sources finder, report func(Result)) (err error) {
	defer errs.Wrap(&err, "import")
	r.Limits = r.limits()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	home, err := r.home(ctx)
	if err != nil {
		return err
	}
	room := newAhead(ctx, inFlight)
	queue := r.decodeAll(ctx, sources, room)
	defer func() {
		cancel()
		for t := range queue { // what was unpacked is removed also after a failure
			if t.found.done != nil {
				t.found.done()
			}
		}
	}()

	b := &batch{run: r, home: home, report: report}
	defer b.settle() // after a failure, too, nobody writes any more
	for t := range queue {
		<-t.ready
		room.add(-t.weight)
		if t.found.done != nil {
			if err := b.drain(ctx); err != nil {
				return err
			}
			t.found.done()
			continue
		}
		if err := b.add(ctx, t); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return errs.Newf(errs.Unavailable, "interrupted; what was reported is kept, run the same import again for the rest")
	}
	return b.drain(ctx)
}

// decodeAll decodes on every processor and keeps the order: the queue holds
// the tasks as they were found, each with a channel that says when it is read.
// It is as long as a batch, so that one can be read while another is written.
func (r *Run) decodeAll(ctx context.Context, sources finder, room *ahead) <-chan *task {
	queue := make(chan *task, batchSize)
	workers := make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		defer close(queue)
		sources(ctx, func(f Found) bool {
			if f.named && r.Format != "landing" { // it is kept with the article, see attach
				return true
			}
			t := &task{found: f, ready: make(chan struct{}), err: f.Err}
			if f.Source == nil {
				close(t.ready)
				return send(ctx, queue, t)
			}
			room.wait()
			select {
			case workers <- struct{}{}:
			case <-ctx.Done():
				return false
			}
			if !send(ctx, queue, t) {
				<-workers
				close(t.ready)
				return false
			}
			go func() {
				defer func() { close(t.ready); <-workers }()
				r.decode(ctx, t)
				room.add(t.weight)
			}()
			return true
		})
	}()
	return queue
}

func send(ctx context.Context, queue chan<- *task, t *task) bool {
	select {
	case queue <- t:
		return true
	case <-ctx.Done():
		if t.found.done != nil {
			t.found.done()
		}
		return false
	}
}

// decode reads one source. A reader that fails in a way nobody foresaw fails
// this source alone.
func (r *Run) decode(ctx context.Context, t *task) {
	defer func() {
		if p := recover(); p != nil {
			r.log().Error("a reader failed", "source", t.found.Name, "panic", p, "stack", string(debug.Stack()))
			t.err = errs.Newf(errs.Invalid, "this file could not be read because of a mistake in Offprint; please report it with the file")
		}
	}()
	data, err := t.found.Source.Bytes(r.Limits.File)
	if err != nil {
		t.err = err
		return
	}
	t.source = blob.ItemOf(data)
	t.weight = t.source.Size
	t.reading, t.format, t.version, t.err = read(r.Format, t.found.Source, data)
	if t.err == nil {
		t.files = attach(t.found.Source, t.reading, r.Limits)
		for _, f := range t.files {
			t.weight += int64(len(f.data))
		}
		r.readPDFs(ctx, t)
		t.ids = identities(&t.reading.Article, t.whole(), t.version)
	}
}

// whole is the hash of the source together with the files beside it: when one
// of them changes, it is another source.
func (t *task) whole() string {
	if len(t.files) == 0 {
		return t.source.SHA256
	}
	h := sha256.New()
	io.WriteString(h, t.source.SHA256)
	for _, f := range t.files {
		io.WriteString(h, " "+f.name+" "+f.item.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r *Run) log() *slog.Logger {
	if r.Log != nil {
		return r.Log
	}
	return slog.New(slog.NewTextHandler(io.Discard, nil))
}

// home is the journal that was named, nil when each source names its own.
func (r *Run) home(ctx context.Context) (*journal.Journal, error) {
	if r.Journal == "" {
		return nil, nil
	}
	j, err := r.Store.Journal(ctx, r.Journal)
	if errors.Is(err, errs.NotFound) {
		return nil, errs.Newf(errs.NotFound, "there is no journal %q here: add it first, offprint journal add %s --title …", r.Journal, r.Journal)
	}
	return j, err
}
