package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"offprint": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestCommands runs the command as its users do; every file of
// testdata/script is one story.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("OFFPRINT_DATA", e.WorkDir+"/data")
			return nil
		},
		Cmds:          makeCommands(),
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}
