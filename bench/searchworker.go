//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"offprint/internal/query"
	"offprint/internal/search"
)

// searchWorker is the first argument of the child process that has the index
// open, so that its memory is that of an engine and of nothing else.
const searchWorker = "search-index"

// order is a line that the child process reads; the answer is a reply.
type order struct {
	Do                   string // fill, ask, load
	Documents, Fulltexts int
	Questions            []question
	Seconds              int
}

// reply is what the child process did.
type reply struct {
	Error string
	// Done is how many documents are applied; a reply that has it is not the last.
	Done int     `json:",omitempty"`
	CPU  float64 // seconds of processors
	Peak int64   // bytes of memory, the most so far
	// of fill
	From    int     // documents that were there already
	Seconds float64 // of applying and compacting
	Text    int64   // bytes
	// of ask and load
	Took    []float64 // milliseconds
	Total   int       // documents found, on the average
	Cut     int       // searches that reached their deadline
	Applied int       // batches, while others searched
}

// searchIndex is the child process: it reads orders until its input ends.
func searchIndex(dir string, in io.Reader, out io.Writer) error {
	x, err := search.Open(dir, search.Options{})
	if errors.Is(err, search.ErrDamaged) { // of another version: made anew
		if err = errors.Join(os.RemoveAll(dir), os.RemoveAll(dir+".json")); err == nil {
			x, err = search.Open(dir, search.Options{})
		}
	}
	if err != nil {
		return err
	}
	defer x.Close()
	lines := bufio.NewReader(in)
	answers := json.NewEncoder(out)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		var o order
		if err == nil {
			err = json.Unmarshal(line, &o)
		}
		if err != nil {
			return err
		}
		var r reply
		switch o.Do {
		case "applied":
			r.From = int(x.Seq())
		case "fill":
			r, err = fillIndex(x, newCorpus(o.Documents, o.Fulltexts), func(done int) error { return answers.Encode(reply{Done: done}) })
		case "ask":
			r, err = askIndex(x, o.Questions)
		case "load":
			r, err = loadIndex(x, newCorpus(o.Documents, o.Fulltexts), o)
		}
		if err != nil {
			r.Error = err.Error()
		}
		if err := answers.Encode(r); err != nil {
			return err
		}
	}
}

// bulk is how many documents are applied at a time.
const bulk = 16_000

// fillIndex applies all documents, and tells how many are. Making them is not counted.
// It goes on where an earlier run was interrupted.
func fillIndex(x *search.Index, c *corpus, tell func(done int) error) (reply, error) {
	ctx := context.Background()
	var r reply
	var took, used time.Duration
	r.From = int(x.Seq())
	for n := 0; n < c.documents; n += bulk {
		docs, size := c.some(n, min(n+bulk, c.documents))
		r.Text += size
		if n+len(docs) <= r.From {
			continue
		}
		begun, cpu := time.Now(), processTime()
		if err := x.Apply(ctx, search.Batch{Put: docs, Seq: int64(n + len(docs))}); err != nil {
			return r, err
		}
		took += time.Since(begun)
		used += processTime() - cpu
		if err := tell(n + len(docs)); err != nil {
			return r, err
		}
	}
	begun, cpu := time.Now(), processTime()
	if err := x.Compact(ctx); err != nil {
		return r, err
	}
	if err := x.Apply(ctx, search.Batch{Seq: int64(c.documents), Durable: true}); err != nil {
		return r, err
	}
	r.Seconds = (took + time.Since(begun)).Seconds()
	r.CPU = (used + processTime() - cpu).Seconds()
	r.Peak = peakMemory()
	return r, nil
}

// some makes the documents from one number up to another with all processors.
func (c *corpus) some(from, to int) (docs []search.Document, size int64) {
	docs = make([]search.Document, to-from)
	sizes := make([]int64, to-from)
	var g errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		g.Go(func() error {
			for i := w; i < len(docs); i += workers {
				p := c.paper(from + i)
				docs[i], sizes[i] = p.document(c.languages[p.tongue].tag), p.size()
			}
			return nil
		})
	}
	_ = g.Wait() // none returns an error
	for _, n := range sizes {
		size += n
	}
	return docs, size
}

// request is a page of a result as the site shows it.
func (q *question) request() search.Request {
	r := search.Request{Query: query.Parse(q.Typed), Limit: 20, Facets: []search.Facet{search.FacetJournal, search.FacetYear}}
	if q.Journal != "" {
		r.Filters = map[search.Facet][]string{search.FacetJournal: {q.Journal}, search.FacetYear: q.Years}
	}
	return r
}

// askIndex asks one question after the other.
func askIndex(x *search.Index, questions []question) (reply, error) {
	var r reply
	cpu := processTime()
	for i := range questions {
		begun := time.Now()
		res, err := x.Search(context.Background(), questions[i].request())
		if err != nil {
			return r, err
		}
		r.Took = append(r.Took, milliseconds(time.Since(begun)))
		r.Total += res.Total
		if res.Cut {
			r.Cut++
		}
	}
	r.CPU = (processTime() - cpu).Seconds()
	r.Total /= max(1, len(questions))
	r.Peak = peakMemory()
	return r, nil
}

// The load of loadIndex.
const (
	clients    = 16
	freshBatch = 20
	freshEvery = 100 * time.Millisecond
)

// loadIndex asks as 16 readers do, each without a pause, while articles change: a
// batch of 20 every 100 ms.
func loadIndex(x *search.Index, c *corpus, o order) (reply, error) {
	var r reply
	ctx, stop := context.WithTimeout(context.Background(), time.Duration(o.Seconds)*time.Second)
	defer stop()
	cpu := processTime()
	g := new(errgroup.Group)
	var mu sync.Mutex
	for client := range clients {
		g.Go(func() error {
			pick := rand.New(rand.NewPCG(9, uint64(client)))
			for ctx.Err() == nil {
				begun := time.Now()
				res, err := x.Search(context.Background(), o.Questions[pick.IntN(len(o.Questions))].request())
				if err != nil {
					return err
				}
				took := milliseconds(time.Since(begun))
				mu.Lock()
				r.Took = append(r.Took, took)
				if res.Cut {
					r.Cut++
				}
				mu.Unlock()
			}
			return nil
		})
	}
	g.Go(func() error {
		tick := time.NewTicker(freshEvery)
		defer tick.Stop()
		seq := x.Seq()
		for ; ; seq++ {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
			docs := make([]search.Document, freshBatch)
			for i := range docs {
				docs[i] = c.document((r.Applied*freshBatch + i) % c.documents)
			}
			if err := x.Apply(context.Background(), search.Batch{Put: docs, Seq: seq + 1}); err != nil {
				return err
			}
			r.Applied++
		}
	})
	err := g.Wait()
	r.CPU = (processTime() - cpu).Seconds()
	r.Peak = peakMemory()
	return r, err
}

func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most memory that the process has had: ru_maxrss of getrusage(2).
func peakMemory() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss << 10
}

// worker is the child process from the side of the suite.
type worker struct {
	*process
	in  io.WriteCloser
	out *bufio.Reader
}

// do sends an order and waits for the reply.
func (w *worker) do(o order) (r reply, err error) {
	line, err := json.Marshal(o)
	if err != nil {
		return r, err
	}
	m := newMeter("index", o.Documents)
	_, err = w.in.Write(append(line, '\n'))
	for again := true; again && err == nil; again = r.Done > 0 {
		if line, err = w.out.ReadBytes('\n'); err == nil {
			r = reply{}
			err = json.Unmarshal(line, &r)
		}
		m.tell(r.Done)
	}
	if err != nil {
		return r, fmt.Errorf("the process of the index: %w\n%s", err, w.tail())
	}
	if r.Error != "" {
		return r, errors.New(r.Error)
	}
	return r, nil
}

// openIndex starts a child process with the index in a folder.
func (b *bench) openIndex(ctx context.Context, dir string) (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	log, err := os.CreateTemp(b.dir, "search-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	w := &worker{process: &process{cmd: exec.CommandContext(ctx, self, searchWorker, dir), log: log.Name(), ended: make(chan error, 1)}}
	w.cmd.Stderr = log
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.out = bufio.NewReader(out)
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	return w, nil
}

// close lets the child process end by itself, so that the index is closed.
func (w *worker) close() error {
	if err := w.in.Close(); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, w.out); err != nil {
		return err
	}
	if err := w.cmd.Wait(); err != nil {
		return fmt.Errorf("the process of the index: %w\n%s", err, w.tail())
	}
	return nil
}

// percentile of at least one value, by the nearest rank.
func percentile(values []float64, share float64) float64 {
	s := slices.Sorted(slices.Values(values))
	return s[max(0, int(math.Ceil(share*float64(len(s))))-1)]
}
