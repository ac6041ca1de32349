//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// How many documents there are while articles are applied.
const loadDocuments = 100_000

// searching fills an index with generated documents and measures it, beside the
// full text search of SQLite and of PostgreSQL on the same documents.
func (b *bench) searching(ctx context.Context) error {
	c := newCorpus(b.documents, b.fulltexts)
	dir := b.searchFolder(c)
	section(fmt.Sprintf("search: %s documents, %s of them with full text, in three languages and scripts", thousands(float64(c.documents)), thousands(float64(c.fulltexts))))
	w, err := b.filled(ctx, dir, c)
	if err != nil {
		return err
	}
	classes := c.classes(b.searches)
	answers, err := b.ask(w, classes)
	if err = errors.Join(err, w.close()); err != nil {
		return err
	}
	var compared []measured
	if b.sql {
		if compared, err = b.rivals(ctx, dir, c, classes); err != nil {
			return err
		}
	}
	report(classes, answers, compared)
	return b.searchLoad(ctx, dir, c, classes)
}

// searchFolder is where the indexes are; that of an earlier run if it was kept.
func (b *bench) searchFolder(c *corpus) string {
	parent := b.dir
	if b.kept != "" {
		parent = b.kept
	}
	return filepath.Join(parent, fmt.Sprintf("search-%d-%d", c.documents, c.fulltexts))
}

// passable lets another user reach what is in a folder, not see it.
func passable(dir string) error { return os.Chmod(dir, 0o711) }

// noted is what was measured when something was filled, kept beside it, so that a
// later run can say it again. The file says too that it was filled to the end.
func noted[T any](path string, fill func() (T, error)) (v T, again bool, err error) {
	if text, err := os.ReadFile(path); err == nil {
		return v, true, json.Unmarshal(text, &v)
	}
	if v, err = fill(); err != nil {
		return v, false, err
	}
	text, err := json.Marshal(v)
	if err != nil {
		return v, false, err
	}
	return v, false, os.WriteFile(path, text, 0o644)
}

// filled opens the index of the corpus, fills it if that was not done, and prints
// what it took.
func (b *bench) filled(ctx context.Context, dir string, c *corpus) (*worker, error) {
	index, note := filepath.Join(dir, "index"), filepath.Join(dir, "index.json")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	w, err := b.openIndex(ctx, index)
	if err != nil {
		return nil, err
	}
	// An index that was made by another version is empty by now, whatever the note says.
	if have, err := w.do(order{Do: "applied"}); err != nil {
		return nil, err
	} else if have.From < c.documents {
		if err := os.RemoveAll(note); err != nil {
			return nil, err
		}
	}
	r, again, err := noted(note, func() (reply, error) {
		return w.do(order{Do: "fill", Documents: c.documents, Fulltexts: c.fulltexts})
	})
	if err == nil && !again { // a process that fills holds memory that one that serves does not
		if err = w.close(); err == nil {
			w, err = b.openIndex(ctx, index)
		}
	}
	if err == nil && again { // what was just filled is in the memory of the kernel
		err = warmed(filepath.Join(index, "*"))
	}
	if err != nil {
		return nil, err
	}
	size, err := folderSize(index)
	if err != nil {
		return nil, err
	}
	when := ""
	if again {
		when = ", in an earlier run"
	}
	if r.From > 0 {
		when = fmt.Sprintf(", of the last %s", thousands(float64(c.documents-r.From)))
	}
	rate := float64(c.documents-r.From) / r.Seconds
	line("applied, compacted, durable", thousands(rate)+" /s", fmt.Sprintf("%s; %.0f s, %.0f s of processors%s", atLeast(rate, 3000, "/s"), r.Seconds, r.CPU, when))
	line("index", megabytes(size), fmt.Sprintf("%.2f of %s of text; %s", float64(size)/float64(r.Text), megabytes(r.Text), atMost(float64(size)/float64(r.Text), 2.5, "")))
	line("memory while applying, at most", megabytes(r.Peak), "")
	return w, nil
}

func folderSize(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

// ask asks all questions, after a few of each class that are not counted, and
// prints the memory that serving took.
func (b *bench) ask(w *worker, classes []class) ([]reply, error) {
	for _, k := range classes {
		if _, err := w.do(order{Do: "ask", Questions: k.questions[:min(3, len(k.questions))]}); err != nil {
			return nil, err
		}
	}
	var out []reply
	for _, k := range classes {
		r, err := w.do(order{Do: "ask", Questions: k.questions})
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	memory, err := w.resident()
	if err != nil {
		return nil, err
	}
	line("memory after these searches", megabytes(memory), atMost(float64(memory)/1e6, 600, "MB"))
	return out, nil
}

// measured is what an SQL engine took, by class.
type measured struct {
	name string
	took [][]float64
}

// rivals fills both SQL engines at the same time, and asks one after the other.
func (b *bench) rivals(ctx context.Context, dir string, c *corpus, classes []class) (out []measured, err error) {
	if err := passable(b.dir); err != nil {
		return nil, err
	}
	list := []rival{
		{"FTS5", filepath.Join(dir, "fts5.db"), func(path string) (engine, error) { return openFTS5(path) }},
		{"PostgreSQL", filepath.Join(dir, "postgres"), func(path string) (engine, error) { return b.openPostgres(ctx, path) }},
	}
	engines := make([]engine, len(list))
	defer func() {
		for _, e := range engines {
			if e != nil {
				err = errors.Join(err, e.close())
			}
		}
	}()
	g, filling := errgroup.WithContext(ctx)
	took := make([]float64, len(list))
	again := make([]bool, len(list))
	for i, r := range list {
		if engines[i], err = r.begin(); err != nil {
			return nil, err
		}
		g.Go(func() (err error) {
			took[i], again[i], err = noted(r.note(), func() (float64, error) {
				begun := time.Now()
				err := engines[i].fill(filling, c, newMeter(r.name, c.documents))
				return time.Since(begun).Seconds(), err
			})
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for i, e := range engines {
		size, err := e.bytes(ctx)
		if err != nil {
			return nil, err
		}
		when := ""
		if again[i] {
			when = " in an earlier run"
		}
		if size < leastFilled { // a server that was killed forgets tables that it does not log
			return nil, errors.Join(os.Remove(list[i].note()), fmt.Errorf("%s has lost what it was filled with: the next run fills it again", list[i].name))
		}
		line(list[i].name+", filled", megabytes(size), fmt.Sprintf("%s /s, making the documents included, both engines at once%s", thousands(float64(c.documents)/took[i]), when))
		m, err := measureEngine(ctx, e, classes)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// leastFilled is how many bytes an engine has at least that was filled.
const leastFilled = 200_000

// rival is an SQL engine and where it keeps the documents.
type rival struct {
	name, path string
	open       func(path string) (engine, error)
}

func (r *rival) note() string { return r.path + ".json" }

// begin opens the engine. What an earlier run did not fill to its end is removed.
func (r *rival) begin() (engine, error) {
	if _, err := os.Stat(r.note()); err != nil {
		for _, ending := range []string{"", "-wal", "-shm"} {
			if err := os.RemoveAll(r.path + ending); err != nil {
				return nil, err
			}
		}
	}
	return r.open(r.path)
}

// measureEngine asks an SQL engine.
func measureEngine(ctx context.Context, e engine, classes []class) (m measured, err error) {
	m.name = e.name()
	progress := newMeter(m.name+", kinds of searches", len(classes))
	for i, k := range classes {
		progress.tell(i)
		if !k.inSQL {
			m.took = append(m.took, nil)
			continue
		}
		took, err := askEngine(ctx, e, k.questions)
		if err != nil {
			return m, err
		}
		m.took = append(m.took, took)
	}
	return m, nil
}

// report prints the times of each class: half of the searches took less, 95 and
// 99 of a hundred; and the medians of the SQL engines.
func report(classes []class, answers []reply, compared []measured) {
	section("search: milliseconds for the first 20, the total, and counts by journal and year")
	line("", "p50 / p95 / p99", "")
	for i, k := range classes {
		r := answers[i]
		p50, p95, p99 := median(r.Took), percentile(r.Took, 0.95), percentile(r.Took, 0.99)
		note := verdict(p95 < 30 && p99 < 60, "below", 30, "and 60") + fmt.Sprintf("; finds %s", thousands(float64(r.Total)))
		note += fmt.Sprintf("; %.1f ms of processors each", r.CPU*1000/float64(len(r.Took)))
		if r.Cut > 0 {
			note += fmt.Sprintf("; %d of %d reached their deadline", r.Cut, len(r.Took))
		}
		line(k.name, fmt.Sprintf("%.1f / %.1f / %.1f", p50, p95, p99), note)
		best := 0.0
		for _, m := range compared {
			if took := m.took[i]; took != nil {
				theirs := median(took)
				line("    "+m.name, fmt.Sprintf("%.1f", theirs), fmt.Sprintf("%.1f times ours; %d runs", theirs/p50, len(took)))
				if best == 0 || theirs < best {
					best = theirs
				}
			}
		}
		if best > 0 {
			target := 1 / 1.5
			if strings.HasPrefix(k.name, "word in") {
				target = 5
			}
			line("    the faster of these ÷ ours", fmt.Sprintf("%.2f", best/p50), atLeast(best/p50, float64(int(target*100))/100, ""))
		}
	}
}

// searchLoad measures searching while articles are applied.
func (b *bench) searchLoad(ctx context.Context, dir string, c *corpus, classes []class) (err error) {
	var w *worker
	if c.documents > loadDocuments {
		c = newCorpus(loadDocuments, 0)
		section(fmt.Sprintf("search: %s documents, without full texts", thousands(float64(c.documents))))
		classes = c.classes(b.searches)
		w, err = b.filled(ctx, b.searchFolder(c), c)
	} else {
		w, err = b.openIndex(ctx, filepath.Join(dir, "index"))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	var all []question
	for _, k := range classes {
		all = append(all, k.questions...)
	}
	if _, err := w.do(order{Do: "ask", Questions: all[:min(len(all), 50)]}); err != nil {
		return err
	}
	r, err := w.do(order{Do: "load", Documents: c.documents, Questions: all, Seconds: b.loadSeconds})
	if err != nil {
		return err
	}
	rate := float64(len(r.Took)) / float64(b.loadSeconds)
	section(fmt.Sprintf("search: %d clients for %d s on %s documents, all kinds of searches, %d articles applied every %v", clients, b.loadSeconds, thousands(float64(c.documents)), freshBatch, freshEvery))
	line("searches", thousands(rate)+" /s", atLeast(rate, 200, "/s")+fmt.Sprintf("; %.1f of %d processors were had", r.CPU/float64(b.loadSeconds), runtime.NumCPU()))
	line("99 of a hundred within", fmt.Sprintf("%.1f ms", percentile(r.Took, 0.99)), atMost(percentile(r.Took, 0.99), 100, "ms")+fmt.Sprintf("; half within %.1f ms", median(r.Took)))
	line("batches applied", thousands(float64(r.Applied)), fmt.Sprintf("of %d; %d searches reached their deadline", int(float64(b.loadSeconds)/freshEvery.Seconds()), r.Cut))
	return nil
}
