// Command offprint publishes scholarly journals: it imports articles, keeps
// them, serves them to readers and gives them to machines.
//
//	offprint serve --demo
//	offprint journal add rjr --title "Russian Japanology Review"
//	offprint import --journal rjr page.txt
//
// It holds flags and printing only; what the commands do is in the packages
// below internal. Exit status: 0 done, 1 something failed, 2 wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"offprint/internal/app"
	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/ingest"
	"offprint/internal/journal"
)

// cli is the whole command line.
type cli struct {
	config.Place
	JSON bool `help:"Print one JSON object a line on standard output and nothing else there." name:"json"`

	Serve   serveCmd   `cmd:"" help:"Run the site."`
	Journal journalCmd `cmd:"" help:"Journals of this installation."`
	Page    pageCmd    `cmd:"" help:"Pages that a journal writes about itself."`
	News    newsCmd    `cmd:"" help:"Announcements of a journal."`
	Import  importCmd  `cmd:"" help:"Read articles from files, folders, archives or addresses."`
	Export  exportCmd  `cmd:"" help:"Write articles in a standard form."`
	Cite    citeCmd    `cmd:"" help:"Print references in a citation style."`
	DOI     doiCmd     `cmd:"" name:"doi" help:"DOIs that a journal makes by its own pattern."`
	Search  searchCmd  `cmd:"" help:"Find articles, as the search page does."`
	Refs    refsCmd    `cmd:"" help:"Reading and checking of reference lists."`
	Author  authorCmd  `cmd:"" help:"Who is one person among a journal's authors."`
	Usage   usageCmd   `cmd:"" help:"Counts of readers."`
	Sources sourcesCmd `cmd:"" help:"Which references are one work."`
	Reindex reindexCmd `cmd:"" help:"Make again what is derived from the records: lists, indexes, related articles, what is cited."`
	Check   checkCmd   `cmd:"" help:"Verify all rows and files."`
	Backup  backupCmd  `cmd:"" help:"Write a consistent copy of the installation to one file, while serving."`
	Restore restoreCmd `cmd:"" help:"Fill an empty data folder from a backup."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// env is what a command runs in.
type env struct {
	ctx    context.Context
	place  config.Place
	json   bool
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// errReported ends a command whose failures were printed already.
var errReported = errors.New("failures were reported")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exit carries a status out of kong, which ends the process by a function.
type exit int

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil {
			c, ok := p.(exit)
			if !ok {
				panic(p)
			}
			code = int(c)
		}
	}()
	var c cli
	parser, err := newParser(&c, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "offprint:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "offprint: %v; see offprint --help\n", err)
		return 2
	}
	e := &env{ctx: ctx, place: c.Place, json: c.JSON, stdin: os.Stdin, stdout: stdout, stderr: stderr}
	switch err := k.Run(e); {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return 1
	default:
		fmt.Fprintln(stderr, "offprint:", errs.Message(err))
		return 1
	}
}

func newParser(c *cli, stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("offprint"),
		kong.Description("Offprint publishes scholarly journals: one binary, one data folder."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{
			"import_formats": strings.Join(ingest.Formats, ", "),
			"export_formats": strings.Join(app.ExportFormats, ", "),
			"usage_reports":  app.ReportNames(),
			"registries":     strings.Join(app.Registries, ", "),
			"journal_keys":   strings.Join(app.JournalKeys, ", "),
			"pages":          strings.Join(pageNames(), ", "),
			"styles":         strings.Join(app.CitationStyles(), ", "),
			"families":       strings.Join(app.FontFamilies(), ", "),
		},
	)
}

// pageNames are the pages that most journals have.
func pageNames() (names []string) {
	for _, k := range journal.WebpageKinds() {
		if k.Name != journal.Accessibility {
			names = append(names, k.Name)
		}
	}
	return names
}
