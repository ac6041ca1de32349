//go:build linux

// Command bench measures Offprint on this machine and prints every number
// beside one of something real, taken in the same run:
//
//	go run ./bench                    all suites, a few minutes
//	go run ./bench -suite landing     only one of them
//
// Suites:
//
//	landing  requests a second for an article page at 32 connections, beside
//	         nginx serving the same bytes as a precompressed file
//	import   pages a second on one core, beside a loop that reads the same
//	         files and writes each to a synced file
//	jats     JATS articles a second on one core, and the time to draw the page
//	         of a long and of a very large one, beside the page from memory
//	start    time to the first answer and idle memory, empty and with 100,000
//	         articles, beside nginx; the size of the binary
//	page     what a browser transfers for an article page, beside the same
//	         uncompressed
//	search   an index of 1,000,000 generated documents: how fast it is made and
//	         answers, its size and memory, beside SQLite FTS5 and PostgreSQL
//	harvest  OAI-PMH records a second of 100,000 articles, the server on one core,
//	         beside nginx sending the bytes of a response
//	flood    how long a reader waits while one address asks for 2,000 pages a second,
//	         beside the same reader alone
//	refs     which fields of reference strings come out as annotated by hand, and
//	         how many are read a second
//	cite     lists of references in styles that come along, on one core, beside
//	         reading and writing the same items as JSON
//	citing   articles a second whose references become sources, and the time of
//	         one more that cites what 10,000 cite
//	quality  how often names are found across scripts, and what comes first for
//	         judged queries, on the documents of ../shared/data
//
// It builds ./cmd/offprint, works in a temporary folder and talks to loopback
// addresses only. nginx, wrk and chromium are Debian packages of these names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// bench is one run: its settings and where it works.
type bench struct {
	seconds     int // of each load
	rounds      int // of each comparison
	connections int
	pages       int // that are imported
	articles    int // of the full installation
	events      int // of usage
	documents   int // of search
	fulltexts   int // of these with full text
	searches    int // of each class
	loadSeconds int // of searching while articles are applied
	sql         bool
	gold        string
	dir         string
	kept        string // folder for what a later run can use again, or ""
	root        string // of the repository
	binary      string
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == copyWorker {
		fatal(copyPages(os.Args[2], os.Args[3]))
		return
	}
	if len(os.Args) == 3 && os.Args[1] == searchWorker {
		fatal(searchIndex(os.Args[2], os.Stdin, os.Stdout))
		return
	}
	b := bench{searches: 200, loadSeconds: 10}
	suites := flag.String("suite", "page,landing,import,jats,start,harvest,flood,quality,refs,cite,citing,usage,search", "suites to run, in this order")
	flag.IntVar(&b.seconds, "seconds", 3, "`seconds` of each load of landing")
	flag.IntVar(&b.rounds, "rounds", 5, "`rounds` of each comparison; the median counts")
	flag.IntVar(&b.connections, "connections", 32, "`connections` of landing")
	flag.IntVar(&b.pages, "pages", 5000, "`pages` of import")
	flag.IntVar(&b.articles, "articles", 100_000, "`articles` of start, harvest and flood")
	flag.IntVar(&b.events, "events", 10_000_000, "`events` of usage")
	flag.IntVar(&b.documents, "documents", 1_000_000, "`documents` of search")
	flag.IntVar(&b.fulltexts, "fulltexts", 10_000, "`documents` of search that have a full text")
	flag.BoolVar(&b.sql, "sql", true, "compare search with SQLite FTS5 and PostgreSQL")
	flag.StringVar(&b.gold, "gold", "", "`file` of annotated references of your own, one JSON object a line, that refs measures instead, with every difference")
	work := flag.String("dir", "", "`folder` to work in, on the disk to measure (default: a new one in $TMPDIR)")
	keep := flag.Bool("keep", false, "leave the folder of the run in place; with -dir the articles of start are used again by the next run")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fatal(b.run(ctx, strings.Split(*suites, ","), *work, *keep))
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context, suites []string, parent string, keep bool) (err error) {
	if b.rounds < 1 || b.seconds < 1 || b.pages < 1 || b.articles < 1 || b.documents < 1000 || b.fulltexts < 0 || b.connections < 1 {
		return errors.New("every number must be at least 1, and documents at least 1000")
	}
	known := map[string]func(context.Context) error{
		"landing": b.landing, "import": b.importing, "start": b.start, "page": b.page, "jats": b.jats,
		"search": b.searching, "quality": b.quality, "refs": b.refs, "cite": b.cite, "usage": b.usage, "harvest": b.harvest, "citing": b.citing, "flood": b.flood,
	}
	for _, s := range suites {
		if known[s] == nil {
			return fmt.Errorf("there is no suite %q: choose from landing, import, jats, start, harvest, page, search, quality, refs, cite, citing, usage, flood", s)
		}
	}
	if parent != "" { // the build runs in another folder than this process
		if parent, err = filepath.Abs(parent); err != nil {
			return err
		}
	}
	if b.dir, err = os.MkdirTemp(parent, "offprint-bench-"); err != nil {
		return err
	}
	if keep {
		b.kept = parent
	} else {
		defer os.RemoveAll(b.dir)
	}
	begun := time.Now()
	if slices.ContainsFunc(suites, func(s string) bool { return s != "search" && s != "quality" && s != "cite" }) { // these need no binary
		if err := b.build(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("%s, %d cores, %s, load average %s, in %s\n", runtime.Version(), runtime.NumCPU(), processor(), otherWork(), b.dir)
	var failed []error
	for _, s := range suites {
		if err := known[s](ctx); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", s, err))
			fmt.Printf("\n%s: %v\n", s, err)
		}
	}
	fmt.Printf("\nAll took %v.\n", time.Since(begun).Round(time.Second))
	return errors.Join(failed...)
}

// build makes the binary as it is released.
func (b *bench) build(ctx context.Context) (err error) {
	if b.root, err = moduleRoot(); err != nil {
		return err
	}
	b.binary = filepath.Join(b.dir, "offprint")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w -funcalign=16", "-o", b.binary, "./cmd/offprint")
	cmd.Dir, cmd.Env = b.root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("cmd/offprint does not build: %w\n%s", err, out)
	}
	return nil
}

func moduleRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	path := strings.TrimSpace(string(out))
	if err != nil || path == "" || path == os.DevNull {
		return "", errors.New("run it inside the repository: go run ./bench")
	}
	return filepath.Dir(path), nil
}

// processor is the name of the processor as the kernel tells it.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo") // absent: the name is unknown
	for line := range strings.Lines(string(info)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}

// otherWork is the load average of the last minute (proc_loadavg(5)). After a
// build it is not zero, but several times the number of cores spoils a run.
func otherWork() string {
	text, err := os.ReadFile("/proc/loadavg")
	if first, _, ok := strings.Cut(string(text), " "); ok && err == nil {
		return first
	}
	return "unknown"
}
