package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"

	"offprint/internal/app"
)

type checkCmd struct {
	For     string `help:"Tell instead what the records lack for a registry: ${registries}." placeholder:"REGISTRY"`
	Journal string `help:"With --for, only this journal." placeholder:"PATH"`
	BaseURL string `help:"With --for, the site's public address." name:"base-url" env:"OFFPRINT_BASE_URL" placeholder:"URL"`
}

func (c *checkCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	if c.For != "" {
		return c.registry(e, a)
	}
	wrong := 0
	sum, err := a.Check(e.ctx, func(f app.Finding) {
		wrong++
		if e.json {
			_ = json.NewEncoder(e.stdout).Encode(f)
		}
		fmt.Fprintf(e.stderr, "%s: %s: %s\n", f.Where, f.What, f.Do)
	})
	if err != nil {
		return err
	}
	if !e.json {
		fmt.Fprintf(e.stdout, "%d journals, %d articles and %d files checked, %d wrong\n", sum.Journals, sum.Articles, sum.Files, wrong)
		if sum.Spare > 0 {
			fmt.Fprintf(e.stdout, "%d files belong to no article (left by an interrupted import; harmless)\n", sum.Spare)
		}
		if sum.Dead > 0 {
			fmt.Fprintf(e.stdout, "%d addresses of references did not answer: «offprint refs health --report» lists them\n", sum.Dead)
		}
	}
	if wrong > 0 {
		return errReported
	}
	return nil
}

// registry prints what records lack, by article; the status is 1 when a registry would
// not take some of them.
func (c *checkCmd) registry(e *env, a *app.App) error {
	all, lacking, err := a.CheckFor(e.ctx, c.For, c.Journal, c.BaseURL, func(m app.Missing) {
		if e.json {
			_ = json.NewEncoder(e.stdout).Encode(m)
			return
		}
		fmt.Fprintf(e.stdout, "%s  %s\n", m.Path, m.Title)
		for _, what := range m.Must {
			fmt.Fprintf(e.stdout, "  must    %s\n", what)
		}
		for _, what := range m.May {
			fmt.Fprintf(e.stdout, "  should  %s\n", what)
		}
	})
	if err != nil {
		return err
	}
	if !e.json {
		fmt.Fprintf(e.stdout, "%d articles checked for %s, %d would not be taken\n", all, c.For, lacking)
	}
	if lacking > 0 {
		return errReported
	}
	return nil
}

type backupCmd struct {
	File string `arg:"" help:"The backup to write, a tar file."`
}

func (c *backupCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	var n int
	if err := writeWhole(c.File, func(w io.Writer) (err error) { n, err = a.Backup(e.ctx, w); return err }); err != nil {
		return err
	}
	if !e.json {
		fmt.Fprintf(e.stdout, "the database and %d files are in %s\n", n, c.File)
	}
	return nil
}

type restoreCmd struct {
	File string `arg:"" help:"A backup." type:"existingfile"`
}

func (c *restoreCmd) Run(e *env) error {
	n, err := app.Restore(e.ctx, c.File, e.place)
	if err != nil {
		return err
	}
	if !e.json {
		fmt.Fprintf(e.stdout, "restored the database and %d files into %s; run offprint check\n", n, e.place.Data)
	}
	return nil
}

type versionCmd struct{}

func (c *versionCmd) Run(e *env) error {
	version, revision := "development", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" && info.Main.Version != "(devel)" {
			version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	fmt.Fprintf(e.stdout, "offprint %s%s\n", version, revision)
	return nil
}
