//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// importing imports generated pages on one core.
func (b *bench) importing(ctx context.Context) error {
	src := filepath.Join(b.dir, "pages")
	size, err := writePages(src, 0, b.pages)
	if err != nil {
		return err
	}
	defer os.RemoveAll(src)
	return b.compareImport(ctx, src, sources{"import", "landing pages", "pages/s", "in two languages", b.pages, 1000}, size)
}

// sources are files to import, and how many of them a second are aimed at.
type sources struct {
	suite, what, unit, note string
	n                       int
	target                  float64
}

// compareImport imports files on one core and copies the same files on the same
// core, in turns. Both begin with nothing and are timed from the start of their
// process to its end, when everything is on the disk.
func (b *bench) compareImport(ctx context.Context, src string, of sources, size int64) error {
	var ours, theirs []float64
	for round := range b.rounds {
		for turn := range 2 {
			run, rates := b.importOnce, &ours
			if (round+turn)%2 == 1 { // who goes first changes
				run, rates = b.copyOnce, &theirs
			}
			took, err := run(ctx, src, of.n)
			if err != nil {
				return err
			}
			*rates = append(*rates, float64(of.n)/took.Seconds())
		}
	}
	section(fmt.Sprintf("%s: %s %s of %s on one core, %s, %d rounds", of.suite, thousands(float64(of.n)), of.what, kilobytes(size/int64(of.n)), of.note, b.rounds))
	rate := median(ours)
	line("offprint import", thousands(rate)+" "+of.unit, atLeast(rate, of.target, of.unit)+"; "+spread(ours, "%.0f"))
	line("read and write to synced files", thousands(median(theirs))+" "+of.unit, spread(theirs, "%.0f"))
	line("ratio", fmt.Sprintf("%.2f", rate/median(theirs)), "")
	return nil
}

// importOnce imports into a new installation, and looks afterwards whether
// every one of n files has become an article that is whole. The data stays until
// the whole run ends: a file system may be slow to give out again what was freed
// a moment ago (ext4 looks at each such inode), and the next run would pay for it.
func (b *bench) importOnce(ctx context.Context, src string, n int) (time.Duration, error) {
	data, err := os.MkdirTemp(b.dir, "import-")
	if err != nil {
		return 0, err
	}
	if err := b.addJournal(ctx, data, 0); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, b.binary, "import", "--data", data, "--journal", journalPath(0), "--json", src)
	if err := onOneCore(cmd); err != nil {
		return 0, err
	}
	out, took, err := timed(cmd)
	if err != nil {
		return 0, err
	}
	created, err := countCreated(out)
	if err != nil {
		return 0, err
	}
	if created != n {
		return 0, fmt.Errorf("%d files became %d articles", n, created)
	}
	return took, b.offprint(ctx, "check", "--data", data)
}

func (b *bench) copyOnce(ctx context.Context, src string, _ int) (time.Duration, error) {
	to, err := os.MkdirTemp(b.dir, "copy-")
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, copyWorker, src, to)
	if err := onOneCore(cmd); err != nil {
		return 0, err
	}
	_, took, err := timed(cmd)
	return took, err
}

// timed runs a command to its end.
func timed(cmd *exec.Cmd) (stdout []byte, took time.Duration, err error) {
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	begun := time.Now()
	err = cmd.Run()
	took = time.Since(begun)
	if err != nil {
		text := errOut.Bytes()
		err = fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Args[len(cmd.Args)-1]), err, text[max(0, len(text)-2000):])
	}
	return out.Bytes(), took, err
}

// countCreated counts the new articles in what offprint import --json printed;
// any page that became something else is an error.
func countCreated(out []byte) (n int, err error) {
	for l := range bytes.Lines(out) {
		var r struct{ Source, Action, Error string }
		if err := json.Unmarshal(l, &r); err != nil {
			return 0, fmt.Errorf("a result of import is no JSON: %w: %.200s", err, l)
		}
		if r.Action != "created" {
			return 0, fmt.Errorf("%s was %s %s", r.Source, r.Action, r.Error)
		}
		n++
	}
	if n == 0 {
		return 0, errors.New("import printed no result")
	}
	return n, nil
}

// journalPath is the first part of the addresses of a generated journal.
func journalPath(n int) string { return fmt.Sprintf("lakes-%d", n+1) }

func (b *bench) addJournal(ctx context.Context, data string, n int) error {
	return b.offprint(ctx, "journal", "add", journalPath(n), "--data", data, "--title", tongues[0].journal,
		"--title", "ru="+tongues[1].journal, "--language", "en", "--language", "ru")
}
