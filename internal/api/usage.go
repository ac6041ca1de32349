package api

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/format/counter"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/report"
	"offprint/internal/site"
)

// usageRoutes are the reports of usage: the COUNTER API 5.1, and tables for people.
func (f *Face) usageRoutes() []site.Route {
	return []site.Route{
		{Method: "GET", Pattern: "/r51/status", Name: "counter status", In: site.Everywhere, Answer: f.counterStatus},
		{Method: "GET", Pattern: "/r51/members", Name: "counter members", In: site.Everywhere, Answer: f.counterMembers},
		{Method: "GET", Pattern: "/r51/reports", Name: "counter reports", In: site.Everywhere, Answer: f.counterReports},
		{Method: "GET", Pattern: "/r51/reports/{report}", Name: "counter report", In: site.Everywhere, Answer: f.counterReport},
		{Method: "GET", Pattern: "/counter/{file}", Name: "counter table", In: site.Everywhere, Answer: f.counterTable},
	}
}

// answer sends one value as JSON.
func answer(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header()["Content-Type"], w.Header()["Cache-Control"] = []string{counter.Media}, []string{"no-store"}
	w.WriteHeader(status)
	_, err = w.Write(b)
	return err
}

// except answers with an exception, as the Code has its faults.
func except(w http.ResponseWriter, e *counter.Exception) error { return answer(w, e.Status(), e) }

// unable tells of a failure of our own, and logs it.
func (f *Face) unable(w http.ResponseWriter, r *http.Request, err error) error {
	f.Log.Error("usage cannot be reported", "path", r.URL.Path, "error", err)
	return except(w, counter.Except(counter.NotAvailable, "try again later"))
}

// asker checks who asks, and takes a place for the answer.
func (f *Face) asker(a *site.Ask, w http.ResponseWriter, r *http.Request, values url.Values) (release func(), fault *counter.Exception) {
	release, wait, tooMuch := f.seat(r)
	if release == nil {
		seconds := max(int(math.Ceil(wait.Seconds())), 1)
		w.Header()["Retry-After"] = []string{strconv.Itoa(seconds)}
		if tooMuch {
			return nil, counter.Except(counter.TooManyRequests, "too much was asked from this network: come again in %d seconds", seconds)
		}
		return nil, counter.Except(counter.Busy, "come again in %d seconds", seconds)
	}
	if fault := report.Check(f.Keys, values, a.Scope()); fault != nil {
		release()
		return nil, fault
	}
	return release, nil
}

// source is where reports come from; the platform is the installation, also for
// those of one of its journals (Table 3.h).
func (f *Face) source() *report.Source {
	return &report.Source{Store: f.Store, Platform: f.Platform, BaseURL: f.BaseURL}
}

type counterStatus struct {
	Description string `json:"Description"`
	Active      bool   `json:"Service_Active"`
	Registry    string `json:"Registry_Record,omitempty"`
}

// counterStatus says that the API answers. It is public.
func (f *Face) counterStatus(_ *site.Ask, w http.ResponseWriter, _ *http.Request) error {
	return answer(w, http.StatusOK, []counterStatus{{"COUNTER usage reports of " + f.Platform.Name, true, f.Platform.Registry}})
}

type counterMember struct {
	Name string              `json:"Institution_Name"`
	ID   map[string][]string `json:"Institution_ID"`
	Is   string              `json:"Customer_ID"`
}

// counterMembers lists the only customer there is.
func (f *Face) counterMembers(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	release, fault := f.asker(a, w, r, r.URL.Query())
	if fault != nil {
		return except(w, fault)
	}
	defer release()
	return answer(w, http.StatusOK, []counterMember{{counter.TheWorldName, f.Platform.Institution(), counter.TheWorld}})
}

type counterReport struct {
	Name        string `json:"Report_Name"`
	ID          string `json:"Report_ID"`
	Release     string `json:"Release"`
	Description string `json:"Report_Description"`
	Path        string `json:"Path"`
	First       string `json:"First_Month_Available"`
	Last        string `json:"Last_Month_Available"`
}

// counterReports lists the reports. Where no month is available yet, the first is
// the one after the last.
func (f *Face) counterReports(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	release, fault := f.asker(a, w, r, r.URL.Query())
	if fault != nil {
		return except(w, fault)
	}
	defer release()
	span, err := f.source().Span(r.Context(), f.Now())
	if err != nil {
		return f.unable(w, r, err)
	}
	var list []counterReport
	for _, x := range counter.Reports() {
		list = append(list, counterReport{x.Name, x.ID, counter.Release, x.Description, "/r51/reports/" + x.Path(), span.First, span.Last})
	}
	return answer(w, http.StatusOK, list)
}

// counterReport is a report as JSON.
func (f *Face) counterReport(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	of := counter.ReportOf(a.Params["report"])
	if of == nil {
		return errs.Newf(errs.NotFound, "there is no such report")
	}
	values := r.URL.Query()
	release, fault := f.asker(a, w, r, values)
	if fault != nil {
		return except(w, fault)
	}
	defer release()
	now := f.Now()
	span, err := f.source().Span(r.Context(), now)
	if err != nil {
		return f.unable(w, r, err)
	}
	ask, fault := counter.Parse(of, values, f.Platform, span, false)
	if fault != nil {
		return except(w, fault)
	}
	w.Header()["Cache-Control"] = []string{"no-store"}
	out := &late{open: func() io.WriteCloser { return httpx.Stream(w, r, counter.Media) }}
	if err := f.source().Write(r.Context(), ask, a.Journal, counter.NewJSON(out, ask, f.Platform, now)); err != nil {
		if out.to == nil && r.Context().Err() == nil { // nothing was sent yet
			return f.unable(w, r, err)
		}
		return err
	}
	return out.Close()
}

// tables are the forms of tables by the endings of their names.
var tables = map[string]struct {
	media string
	begin func(w *late, a *counter.Ask, p counter.Platform, created time.Time) report.Writer
}{
	".tsv": {counter.MediaTSV, func(w *late, a *counter.Ask, p counter.Platform, at time.Time) report.Writer {
		return counter.NewTSV(w, a, p, at)
	}},
	".csv": {counter.MediaCSV, func(w *late, a *counter.Ask, p counter.Platform, at time.Time) report.Writer {
		return counter.NewCSV(w, a, p, at)
	}},
}

// counterTable is a report as a table. Without dates it is the newest month of
// which usage is known (section 5.2).
func (f *Face) counterTable(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	name, ending := a.Params["file"], ""
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name, ending = name[:i], name[i:]
	}
	of := counter.ReportOf(name)
	form, ok := tables[ending]
	if of == nil || !ok {
		return errs.Newf(errs.NotFound, "there is no such report: write tr.tsv or tr.csv")
	}
	values := r.URL.Query()
	if values.Get("customer_id") == "" {
		values.Set("customer_id", counter.TheWorld)
	}
	release, fault := f.asker(a, w, r, values)
	if fault != nil {
		return refused(fault)
	}
	defer release()
	now := f.Now()
	span, err := f.source().Span(r.Context(), now)
	if err != nil {
		return err
	}
	if values.Get("begin_date") == "" && values.Get("end_date") == "" {
		values.Set("begin_date", span.Last)
		values.Set("end_date", span.Last)
	}
	ask, fault := counter.Parse(of, values, f.Platform, span, true)
	if fault != nil {
		return refused(fault)
	}
	w.Header()["Cache-Control"] = []string{"no-store"}
	out := &late{open: func() io.WriteCloser {
		w.Header().Set("Content-Disposition", `attachment; filename="`+tableName(a.Journal, ask)+ending+`"`)
		return httpx.Stream(w, r, form.media)
	}}
	if err := f.source().Write(r.Context(), ask, a.Journal, form.begin(out, ask, f.Platform, now)); err != nil {
		return err
	}
	return out.Close()
}

// tableName is the name of the file that a reader keeps.
func tableName(j *journal.Journal, a *counter.Ask) string {
	name := "counter-" + a.Report.Path() + "-" + a.Begin
	if j != nil {
		name = j.Path + "-" + name
	}
	if a.End != a.Begin {
		name += "-" + a.End
	}
	return name
}

// refused is a fault of the Code for people.
func refused(e *counter.Exception) error {
	kind := errs.Invalid
	switch e.Status() {
	case http.StatusUnauthorized, http.StatusForbidden:
		kind = errs.Forbidden
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		kind = errs.Unavailable
	}
	return errs.Newf(kind, "%s: %s", e.Message, e.Data)
}

// late is a body that begins with its first bytes, so that a failure before them
// can still be told.
type late struct {
	open func() io.WriteCloser
	to   io.WriteCloser
}

func (l *late) Write(b []byte) (int, error) {
	if l.to == nil {
		l.to = l.open()
	}
	return l.to.Write(b)
}

func (l *late) Close() error {
	if l.to == nil {
		return nil
	}
	return l.to.Close()
}
