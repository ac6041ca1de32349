package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "write docs/commands.md")

// TestReferenceIsCurrent: docs/commands.md is made from the flags themselves;
// run with -update after a change.
func TestReferenceIsCurrent(t *testing.T) {
	var c cli
	parser, err := newParser(&c, io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	got := reference(parser.Model)
	name := filepath.Join("..", "..", "docs", "commands.md")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("docs/commands.md is not what the command line says: go test ./cmd/offprint -run Reference -update")
	}
}

func reference(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("# Commands and settings\n\nMade from the command line's own flags; every flag with a variable can also be set in the environment.\n" +
		"Exit status: 0 done, 1 something failed (said on standard error), 2 wrong usage.\n\n## For every command\n\n")
	flags(&b, app.Flags)
	for _, cmd := range app.Leaves(true) {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", strings.TrimPrefix(cmd.FullPath(), app.Name+" "), cmd.Help)
		for _, arg := range cmd.Positional {
			fmt.Fprintf(&b, "- `%s`: %s\n", arg.Summary(), arg.Help)
		}
		flags(&b, cmd.Flags)
	}
	return b.String()
}

func flags(b *strings.Builder, list []*kong.Flag) {
	for _, f := range list {
		if f.Hidden || f.Name == "help" {
			continue
		}
		fmt.Fprintf(b, "- `--%s", f.Name)
		if !f.IsBool() {
			fmt.Fprintf(b, " %s", strings.Trim(f.FormatPlaceHolder(), `"`))
		}
		fmt.Fprintf(b, "`: %s", f.Help)
		if f.HasDefault && !f.IsBool() {
			fmt.Fprintf(b, " Default: `%s`.", f.Default)
		}
		if len(f.Envs) > 0 {
			fmt.Fprintf(b, " Variable: `%s`.", strings.Join(f.Envs, "`, `"))
		}
		b.WriteString("\n")
	}
}
