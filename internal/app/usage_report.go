package app

import (
	"context"
	"io"
	"net/url"
	"time"

	"offprint/internal/errs"
	"offprint/internal/format/counter"
	"offprint/internal/journal"
	"offprint/internal/report"
)

// UsageReport says which report of usage to write.
type UsageReport struct {
	Report  string // "tr_j3"
	Format  string // json, tsv or csv
	Journal string // path; empty: all
	// Values are the parameters of the COUNTER API: begin_date, metric_type …
	// Without dates it is the newest month of which usage is known.
	Values url.Values
	// BaseURL is the address of the site, for the addresses in the report; Name, ID
	// and Registry are what PlatformOf takes.
	BaseURL, Name, ID, Registry string
	// At is when it is made; zero: now.
	At time.Time
}

// UsageReport writes a report of usage by the COUNTER Code of Practice, article by
// article, and returns how it differs from what was asked, as the report says it.
func (a *App) UsageReport(ctx context.Context, x UsageReport, w io.Writer) (differs []string, err error) {
	of := counter.ReportOf(x.Report)
	if of == nil {
		return nil, errs.Fieldf(errs.Invalid, "report", "there is no %q: choose one of %s", x.Report, ReportNames())
	}
	platform, err := report.PlatformOf(x.BaseURL, x.Name, x.ID, x.Registry)
	if err != nil {
		return nil, err
	}
	if x.At.IsZero() {
		x.At = time.Now()
	}
	var j *journal.Journal
	if x.Journal != "" {
		if j, err = a.Store.Journal(ctx, x.Journal); err != nil {
			return nil, err
		}
	}
	source := &report.Source{Store: a.Store, Platform: platform, BaseURL: x.BaseURL}
	span, err := source.Span(ctx, x.At)
	if err != nil {
		return nil, err
	}
	if x.Values.Get("begin_date") == "" && x.Values.Get("end_date") == "" {
		x.Values.Set("begin_date", span.Last)
		x.Values.Set("end_date", span.Last)
	}
	ask, fault := counter.Parse(of, x.Values, platform, span, x.Format != "json")
	if fault != nil {
		return nil, errs.Newf(errs.Invalid, "%s", fault)
	}
	var out report.Writer
	switch x.Format {
	case "json":
		out = counter.NewJSON(w, ask, platform, x.At)
	case "tsv":
		out = counter.NewTSV(w, ask, platform, x.At)
	case "csv":
		out = counter.NewCSV(w, ask, platform, x.At)
	default:
		return nil, errs.Fieldf(errs.Invalid, "format", "there is no %q: choose json, tsv or csv", x.Format)
	}
	err = source.Write(ctx, ask, j, out)
	for _, e := range ask.Exceptions {
		differs = append(differs, e.String())
	}
	return differs, err
}

// ReportNames are the reports of usage as a list for people.
func ReportNames() string {
	names := ""
	for i, r := range counter.Reports() {
		if i > 0 {
			names += ", "
		}
		names += r.Path()
	}
	return names
}
