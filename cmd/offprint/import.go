package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"offprint/internal/app"
	"offprint/internal/ingest"
)

type importCmd struct {
	Journal string   `help:"The journal that the articles go to. Default: the journal that each source names." placeholder:"PATH"`
	Format  string   `help:"Format of the sources: ${import_formats}." default:"auto" placeholder:"FORMAT"`
	DryRun  bool     `help:"Say what would happen and change nothing." name:"dry-run"`
	Losses  bool     `help:"Print what was not understood, a line each."`
	Source  []string `arg:"" help:"Files, folders, archives (zip, tar, tar.gz) or addresses."`
}

// importThreads is how many threads more than processors run Go while the import
// command does: a processor goes on with decoding at once when another thread
// has begun to wait for the disk.
const importThreads = 1

// importGCPercent is GOGC while the import command runs.
const importGCPercent = 400

func (c *importCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	// Sources and records live as long as their batch: a process that does
	// nothing else may let more of them gather before it collects.
	defer debug.SetGCPercent(debug.SetGCPercent(importGCPercent))
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + importThreads)
	run := a.Importer()
	run.Journal, run.Format, run.DryRun, run.Actor = c.Journal, c.Format, c.DryRun, "command line"
	p := &importPrinter{env: e, losses: c.Losses, counts: map[string]int{}, terminal: !e.json && isTerminal(e.stderr), started: time.Now()}
	if err := run.Import(e.ctx, c.Source, p.print); err != nil {
		p.end(c.DryRun)
		return err
	}
	p.end(c.DryRun)
	if p.counts[ingest.Failed] > 0 {
		return errReported
	}
	return nil
}

// importPrinter prints results as they come: failures on standard error, the
// rest on standard output.
type importPrinter struct {
	env      *env
	losses   bool
	terminal bool
	counts   map[string]int
	n        int
	started  time.Time
	shown    time.Time
}

func (p *importPrinter) print(r ingest.Result) {
	p.counts[r.Action]++
	p.n++
	if p.env.json {
		enc := json.NewEncoder(p.env.stdout)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(r)
	}
	p.clear()
	switch {
	case r.Action == ingest.Failed:
		fmt.Fprintf(p.env.stderr, "%s: %s\n", r.Source, r.Error)
	case !p.env.json:
		line := fmt.Sprintf("%-9s %s", r.Action, r.Source)
		if r.Path != "" {
			line += " → " + r.Path
		}
		if n := len(r.Losses); n > 0 {
			line += fmt.Sprintf(" (%d not understood)", n)
		}
		fmt.Fprintln(p.env.stdout, line)
		if p.losses {
			for _, l := range r.Losses {
				fmt.Fprintf(p.env.stdout, "          %s: %q: %s\n", l.Where, l.What, l.Why)
			}
		}
	}
	if p.terminal && time.Since(p.shown) > 200*time.Millisecond {
		p.shown = time.Now()
		fmt.Fprintf(p.env.stderr, "%d read, %d failed", p.n, p.counts[ingest.Failed])
	}
}

func (p *importPrinter) clear() {
	if p.terminal {
		fmt.Fprint(p.env.stderr, "\r\x1b[K")
	}
}

func (p *importPrinter) end(dryRun bool) {
	p.clear()
	if p.env.json {
		return
	}
	did := ""
	if dryRun {
		did = " (nothing was changed)"
	}
	fmt.Fprintf(p.env.stderr, "%d created, %d updated, %d unchanged, %d failed in %s%s\n", p.counts[ingest.Created], p.counts[ingest.Updated],
		p.counts[ingest.Unchanged], p.counts[ingest.Failed], time.Since(p.started).Round(time.Millisecond), did)
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
