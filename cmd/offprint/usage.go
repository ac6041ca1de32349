package main

import (
	"cmp"
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type usageCmd struct {
	Count   usageCountCmd   `cmd:"" help:"Count what was noted until now, as the running site does every few minutes."`
	Recount usageRecountCmd `cmd:"" help:"Count a month again from its log, for example with a newer list of robots."`
	Report  usageReportCmd  `cmd:"" help:"Write a report for libraries, by the COUNTER Code of Practice, Release 5.1."`
	Origins usageOriginsCmd `cmd:"" help:"Where a journal's readers were in some months, as far as the list of networks says so."`
}

// usageRules are common to what counts.
type usageRules struct {
	Robots string `help:"File with a newer list of robots that are not counted. Default: the list that came with the program." env:"OFFPRINT_ROBOTS" placeholder:"FILE" type:"path"`
	Days   int    `help:"Days for which the log of readers is kept." default:"90" env:"OFFPRINT_USAGE_DAYS" placeholder:"N" name:"usage-days"`
}

type usageCountCmd struct{ usageRules }

func (c *usageCountCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	done, err := a.CountUsage(e.ctx, c.Robots, c.Days)
	if err != nil {
		return err
	}
	if e.json {
		return json.NewEncoder(e.stdout).Encode(map[string]any{"days": done.Days, "events": done.Events})
	}
	_, err = fmt.Fprintf(e.stdout, "days counted: %d, events in their log: %d\n", done.Days, done.Events)
	return err
}

type usageRecountCmd struct {
	Month string `arg:"" help:"The month, 2026-03."`
	usageRules
}

func (c *usageRecountCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	n, err := a.RecountUsage(e.ctx, c.Month, c.Robots, c.Days)
	if err != nil {
		return err
	}
	if e.json {
		return json.NewEncoder(e.stdout).Encode(map[string]any{"month": c.Month, "days": n})
	}
	_, err = fmt.Fprintf(e.stdout, "%s: days counted again: %d; days whose log is no longer kept stay as they are\n", c.Month, n)
	return err
}

type usageOriginsCmd struct {
	Journal string `arg:"" help:"Path of the journal."`
	From    string `arg:"" help:"First month, 2026-01."`
	To      string `arg:"" help:"Last month, 2026-12."`
	Cell    int    `help:"Sessions that a country or an institution must have in a month to be named, at least 5." default:"10" env:"OFFPRINT_USAGE_CELL" placeholder:"N" name:"usage-cell"`
}

func (c *usageOriginsCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	list, err := a.UsageOrigins(e.ctx, c.Journal, c.From, c.To, c.Cell)
	if err != nil {
		return err
	}
	out := json.NewEncoder(e.stdout)
	for _, o := range list {
		if e.json {
			err = out.Encode(map[string]any{"kind": o.Kind, "name": o.Name, "investigations": o.Investigations, "requests": o.Requests, "sessions": o.Sessions})
		} else {
			_, err = fmt.Fprintf(e.stdout, "%-12s %-40s %10d %10d %10d\n", o.Kind, cmp.Or(o.Name, "others and not known"), o.Investigations, o.Requests, o.Sessions)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
