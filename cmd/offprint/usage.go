package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"offprint/internal/app"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

type usageCmd struct {
	Count   usageCountCmd   `cmd:"" help:"Count what was noted until now, as the running site does every few minutes."`
	Recount usageRecountCmd `cmd:"" help:"Count a month again from its log, for example with a newer list of robots."`
	Report  usageReportCmd  `cmd:"" help:"Write a report for libraries, by the COUNTER Code of Practice, Release 5.1."`
	Carry   usageCarryCmd   `cmd:"" help:"Keep the counts that an earlier site had made, from a list as CSV."`
	CDN     usageCDNCmd     `cmd:"" name:"cdn" help:"Count what a content delivery network answered by itself, from its access log."`
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

type usageCarryCmd struct {
	Journal string `arg:"" help:"Path of the journal."`
	List    string `arg:"" help:"The list: CSV whose first line names the columns article (DOI, address or id), views, downloads, since, until, source." type:"existingfile"`
	Source  string `help:"What the earlier site is called, where the list does not say it."`
	Since   string `help:"Since when it counted: 2014, 2014-03 or 2014-03-01." placeholder:"DATE"`
	Until   string `help:"Until when it counted." placeholder:"DATE"`
	Address string `help:"How the earlier site addressed an article, with {} for the id in the list: https://old.example.org/article/view/{}" placeholder:"URL"`
}

func (c *usageCarryCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	given := journal.Count{Source: c.Source, Since: journal.Date(c.Since), Until: journal.Date(c.Until)}
	for name, d := range map[string]journal.Date{"since": given.Since, "until": given.Until} {
		if d.Valid() != d {
			return errs.Fieldf(errs.Invalid, name, "%q is not a date: write 2014, 2014-03 or 2014-03-01", d)
		}
	}
	list, err := os.Open(c.List)
	if err != nil {
		return err
	}
	defer list.Close()
	done, err := a.CarryUsage(e.ctx, app.Carry{Journal: c.Journal, List: list, Given: given, Address: c.Address}, func(l app.Carrying) {
		fmt.Fprintf(e.stderr, "line %d: %s\n", l.Line, errs.Message(l.Err))
	})
	if e.json {
		err = errors.Join(err, json.NewEncoder(e.stdout).Encode(map[string]any{"changed": done.Changed, "unchanged": done.Unchanged, "failed": done.Failed, "columns_not_read": done.Passed}))
	} else {
		if len(done.Passed) > 0 {
			fmt.Fprintf(e.stderr, "columns that were not read: %s\n", strings.Join(done.Passed, ", "))
		}
		fmt.Fprintf(e.stdout, "articles whose carried-over counts are new: %d, as before: %d; lines not taken: %d\n", done.Changed, done.Unchanged, done.Failed)
	}
	if err == nil && done.Failed > 0 {
		return errs.Newf(errs.Invalid, "%d lines were not taken", done.Failed)
	}
	return err
}

type usageCDNCmd struct {
	Log      []string `arg:"" help:"The log, also compressed with gzip: W3C extended (CloudFront), JSON (Cloudflare, Fastly) or combined with the state of the cache behind it. Each once, when nothing more is written to it." type:"existingfile"`
	AllHits  bool     `help:"The log has only what the network answered by itself." name:"all-hits"`
	BaseURL  string   `help:"The site's public address, where the log has other sites, too." env:"OFFPRINT_BASE_URL" placeholder:"URL" name:"base-url"`
	Networks string   `help:"File with networks and the country and institution of each." env:"OFFPRINT_NETWORKS" placeholder:"FILE" type:"path"`
	usageRules
}

func (c *usageCDNCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, name := range c.Log {
		done, err := a.CountCacheLog(e.ctx, app.CacheLog{File: name, AllHits: c.AllHits, BaseURL: c.BaseURL, Robots: c.Robots, Networks: c.Networks, Days: c.Days})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if e.json {
			err = json.NewEncoder(e.stdout).Encode(map[string]any{"log": name, "taken": done.Events, "of_other_times": done.Clock, "site_was_asked": done.Asked, "origin_not_said": done.Unsaid,
				"not_counted": done.Failed, "nothing_that_counts": done.Other, "not_readable": done.Bad, "lines_taken_before": done.Before})
		} else {
			_, err = fmt.Fprintf(e.stdout, "%s: taken: %d; left out: %d of other times, %d for which the site was asked, %d that do not say it, %d failures and parts, %d of nothing that counts, %d that cannot be read; lines taken before: %d\n",
				name, done.Events, done.Clock, done.Asked, done.Unsaid, done.Failed, done.Other, done.Bad, done.Before)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
