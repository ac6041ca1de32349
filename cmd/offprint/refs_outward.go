package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"offprint/internal/app"
	"offprint/internal/config"
	"offprint/internal/errs"
)

// crossrefFlags are how Crossref is asked.
type crossrefFlags struct {
	config.Outward
	Crossref string `help:"Address of Crossref's REST API." default:"https://api.crossref.org" env:"OFFPRINT_CROSSREF" placeholder:"URL"`
}

func (f *crossrefFlags) registry() app.Registry {
	return app.Registry{Outward: f.Outward, Address: f.Crossref}
}

type refsMatchCmd struct {
	crossrefFlags
	Journal     string  `required:"" help:"The journal whose references are matched." placeholder:"PATH"`
	AcceptAbove float64 `help:"Accept at once what is at least this sure, between 0 and 1; 0.95 is sure. Default: accept nothing." name:"accept-above" placeholder:"X"`
	Limit       int     `help:"Ask for this many references at most. Default: all." placeholder:"N"`
	Again       bool    `help:"Ask also for those that were asked before and are not decided."`
}

func (c *refsMatchCmd) Run(e *env) error {
	if c.AcceptAbove < 0 || c.AcceptAbove > 1 {
		return errs.Newf(errs.Invalid, "--accept-above is between 0 and 1, such as 0.95")
	}
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	asked, found := 0, 0
	err = a.MatchReferences(e.ctx, c.registry(), app.Matching{Journal: c.Journal, Above: c.AcceptAbove, Limit: c.Limit, Again: c.Again}, func(p app.Proposal) error {
		if asked++; p.DOI != "" {
			found++
		}
		return e.proposal(p)
	})
	if err == nil && !e.json {
		_, err = fmt.Fprintf(e.stdout, "%d references asked for, a DOI proposed for %d\n", asked, found)
	}
	return err
}

// proposal prints a proposal: what is printed above what the registry has.
func (e *env) proposal(p app.Proposal) error {
	if e.json {
		return writeLine(e.stdout, p)
	}
	if p.DOI == "" {
		_, err := fmt.Fprintf(e.stdout, "%s  %s\n  printed   %s\n", p.State, p.Path, p.Printed)
		return err
	}
	w := p.Work
	parts := []string{strings.Join(w.Authors, ", ")}
	if len(w.Titles) > 0 {
		parts = append(parts, w.Titles[0])
	}
	if len(w.Container) > 0 {
		parts = append(parts, w.Container[0])
	}
	if w.Year > 0 {
		parts = append(parts, strconv.Itoa(w.Year))
	}
	_, err := fmt.Fprintf(e.stdout, "%s  %.2f  %s  %s\n  printed   %s\n  proposed  %s. https://doi.org/%s\n", p.ID, p.Confidence, p.State, p.Path, p.Printed, strings.Join(parts, ". "), p.DOI)
	return err
}

type refsProposalsCmd struct {
	Journal string `help:"Only those of this journal." placeholder:"PATH"`
	All     bool   `help:"Also what was accepted and rejected, and what nothing was found for."`
}

func (c *refsProposalsCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Proposals(e.ctx, c.Journal, c.All, e.proposal)
}

type refsAcceptCmd struct {
	IDs     []string `arg:"" optional:"" name:"id" help:"Proposals, by what they begin with in the list."`
	Above   float64  `help:"All that are at least this sure, between 0 and 1." placeholder:"X"`
	Journal string   `help:"With --above, only those of this journal." placeholder:"PATH"`
}

func (c *refsAcceptCmd) Run(e *env) error {
	return e.decide(c.IDs, c.Journal, c.Above, true)
}

type refsRejectCmd struct {
	IDs []string `arg:"" name:"id" help:"Proposals, by what they begin with in the list; also one that was accepted."`
}

func (c *refsRejectCmd) Run(e *env) error { return e.decide(c.IDs, "", 0, false) }

func (e *env) decide(ids []string, journal string, above float64, accept bool) error {
	if above < 0 || above > 1 || len(ids) == 0 && above == 0 {
		return errs.Newf(errs.Invalid, "name the proposals by their ids, or accept those above a confidence between 0 and 1 with --above")
	}
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	n, err := a.Decide(e.ctx, ids, journal, above, accept)
	if err != nil {
		return err
	}
	word := "rejected"
	if accept {
		word = "accepted"
	}
	if e.json {
		return writeLine(e.stdout, map[string]int{word: n})
	}
	_, err = fmt.Fprintf(e.stdout, "%d %s\n", n, word)
	return err
}

type refsRetractionsCmd struct {
	crossrefFlags
	Journal string `help:"Only works that this journal cites." placeholder:"PATH"`
	Days    int    `help:"Ask again for what was asked this many days ago." default:"30" placeholder:"N"`
}

func (c *refsRetractionsCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	asked, grave := 0, 0
	err = a.CheckRetractions(e.ctx, c.registry(), c.Journal, days(c.Days), func(f app.Fate) error {
		asked++
		if len(f.Updates) > 0 {
			grave++
		}
		switch {
		case e.json:
			return writeLine(e.stdout, f)
		case len(f.Updates) > 0:
			u := f.Updates[0]
			_, err := fmt.Fprintf(e.stdout, "%s  %s  https://doi.org/%s, cited by %s\n", strings.ReplaceAll(u.Kind, "_", " "), u.Date, f.DOI, f.Path)
			return err
		}
		return nil
	})
	if err == nil && !e.json {
		_, err = fmt.Fprintf(e.stdout, "%d works asked for, %d retracted or in doubt\n", asked, grave)
	}
	return err
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

type refsHealthCmd struct {
	config.Outward
	Journal string `help:"Only addresses that this journal cites." placeholder:"PATH"`
	Days    int    `help:"Ask again for what was asked this many days ago." default:"7" placeholder:"N"`
	Report  bool   `help:"Ask nobody: list the references whose addresses did not answer, as CSV, or as JSON with --json."`
	All     bool   `help:"With --report, also those that did."`
}

func (c *refsHealthCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	if c.Report {
		return c.report(e, a)
	}
	links, err := (app.Registry{Outward: c.Outward}).NewLinks()
	if err != nil {
		return err
	}
	asked, bad := 0, 0
	err = a.CheckLinks(e.ctx, links, c.Journal, days(c.Days), func(l app.LinkAnswer) error {
		if asked++; !l.Well() {
			bad++
		}
		switch {
		case e.json:
			return writeLine(e.stdout, l)
		case !l.Well():
			_, err := fmt.Fprintf(e.stdout, "%-11s  %3d  %s  %s  %s\n", l.State, l.Status, l.URL, l.Path, l.Note)
			return err
		}
		return nil
	})
	if err == nil && !e.json {
		_, err = fmt.Fprintf(e.stdout, "%d addresses asked, %d not well\n", asked, bad)
	}
	return err
}

func (c *refsHealthCmd) report(e *env, a *app.App) error {
	if e.json {
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		return a.LinkReport(e.ctx, c.Journal, c.All, func(l app.LinkAnswer) error { return enc.Encode(l) })
	}
	out := csv.NewWriter(e.stdout)
	if err := out.Write([]string{"reference", "address", "state", "status", "since", "checked", "note"}); err != nil {
		return err
	}
	err := a.LinkReport(e.ctx, c.Journal, c.All, func(l app.LinkAnswer) error {
		return out.Write([]string{l.Path, safeCell(l.URL), l.State, strconv.Itoa(l.Status), l.Since, l.Checked, safeCell(l.Note)})
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// safeCell keeps a spreadsheet from taking a text for a formula.
func safeCell(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}
