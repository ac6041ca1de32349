package counter

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Platform is where the usage was.
type Platform struct {
	Name string // of the platform, at least two characters
	// ID stands before identifiers that the platform gives itself (section 11.1):
	// letters, digits, "_", "." and "/", at most 17 of them, the first a letter.
	ID       string
	Registry string // the address of its record in the COUNTER Registry, or empty
}

// Span is the months of which usage is known.
type Span struct {
	First string // month, 2026-03
	Last  string // before First: none is known
	// Since is the day from which on readers are counted, where that is not the
	// first of the first month; else empty.
	Since string
	// Current is the month that is not over yet.
	Current string
}

// Ask is what is asked for.
type Ask struct {
	Report *Report
	// Begin and End are the months of the report; None says that of none of those
	// that were asked usage is known.
	Begin, End string
	None       bool
	// Exceptions are the ways in which the report differs from what was asked.
	Exceptions []*Exception
	// Monthly: a table has a column for each month.
	Monthly bool

	platform                                 string
	metrics, dataTypes, accessTypes, methods []string // nil: all
	years                                    []string // 2024, 2020-2022
	items                                    []string // as asked
	authors                                  []string // ORCID iDs
	shown                                    []string // attributes, in the order of the Code
	parents                                  bool
	months                                   []string
}

// Parse reads the parameters of a request for a report (section 3.3.8 and the
// COUNTER API). A fault is why there can be none; what can be passed over is in
// Ask.Exceptions. Tables have exclude_monthly_details where JSON has granularity.
// What says who asks (customer_id, requestor_id, api_key) is not looked at.
func Parse(r *Report, values url.Values, p Platform, s Span, table bool) (*Ask, *Exception) {
	a := &Ask{Report: r, Monthly: true}
	if fault := a.period(values, s); fault != nil {
		return nil, fault
	}
	q := &parser{ask: a, values: values, table: table}
	q.platform(p)
	if r.View {
		a.metrics, a.dataTypes, a.accessTypes, a.methods, a.shown = r.metrics, r.dataTypes, r.accessTypes, r.methods, r.attributes
		a.parents = r.Level == OfItem
	} else {
		q.filters()
		q.attributes()
	}
	q.strangers()
	return a, nil
}

// period reads begin_date and end_date and cuts them to what is known.
func (a *Ask) period(values url.Values, s Span) *Exception {
	var missing []string
	for _, name := range []string{"begin_date", "end_date"} {
		switch v := values[name]; {
		case len(v) == 0 || v[0] == "":
			missing = append(missing, name)
		case len(v) > 1:
			return Except(InvalidDates, "%s is given %d times", name, len(v))
		}
	}
	if missing != nil {
		return Except(Insufficient, "missing: %s", strings.Join(missing, ", "))
	}
	begin, bad := month(values.Get("begin_date"), false)
	if bad != "" {
		return Except(InvalidDates, "begin_date %s", bad)
	}
	end, bad := month(values.Get("end_date"), true)
	if bad != "" {
		return Except(InvalidDates, "end_date %s", bad)
	}
	if end < begin {
		return Except(InvalidDates, "end_date %s is before begin_date %s", end, begin)
	}
	if begin >= s.Current {
		return Except(InvalidDates, "begin_date %s is not over: the current month is %s", begin, s.Current)
	}
	a.Begin, a.End = max(begin, s.First), min(end, s.Last)
	if begin < s.First {
		a.except(NoLonger, "asked for %s to %s; usage is available from %s", begin, end, s.First)
	}
	if end > s.Last && end >= s.First {
		a.except(NotReady, "asked for %s to %s; not yet processed: %s", begin, end, through(max(begin, next(s.Last), s.First), end))
	}
	if a.Begin > a.End {
		a.None = true
		a.Begin, a.End = begin, max(begin, min(end, before(s.Current)))
		return nil
	}
	if s.Since != "" && a.Begin == s.First {
		a.except(PartialData, "readers are counted since %s", s.Since)
	}
	for m := a.Begin; m <= a.End; m = next(m) {
		a.months = append(a.months, m)
	}
	return nil
}

func (a *Ask) except(code int, format string, args ...any) {
	a.Exceptions = append(a.Exceptions, Except(code, format, args...))
}

// Warn says something of the provider's own, with a code from 1 to 999.
func (a *Ask) Warn(code int, message, data string) {
	a.Exceptions = append([]*Exception{{Code: code, Message: message, Data: data}}, a.Exceptions...)
}

// month reads 2026-03 or the first, or last, day of a month, 2026-03-31.
func month(s string, last bool) (m, bad string) {
	if t, err := time.Parse("2006-01", s); err == nil && t.Year() > 0 {
		return s, ""
	}
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil || t.Year() == 0:
		return "", strconv.Quote(short(s)) + " is not a date: write 2026-03 or 2026-03-31"
	case last && t.AddDate(0, 0, 1).Day() != 1:
		return "", s + " is not the last day of a month"
	case !last && t.Day() != 1:
		return "", s + " is not the first day of a month"
	}
	return s[:len("2006-01")], ""
}

// short is a value as it is repeated to who gave it.
func short(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// moved is a month some months later.
func moved(m string, by int) string {
	t, err := time.Parse("2006-01", m)
	if err != nil {
		return m
	}
	return t.AddDate(0, by, 0).Format("2006-01")
}

func next(m string) string   { return moved(m, 1) }
func before(m string) string { return moved(m, -1) }

func through(from, to string) string {
	if from == to {
		return from
	}
	return from + " to " + to
}

// firstDay and lastDay are the days of a period of months.
func firstDay(m string) string { return m + "-01" }

func lastDay(m string) string {
	t, err := time.Parse("2006-01", m)
	if err != nil {
		return m
	}
	return t.AddDate(0, 1, -1).Format(time.DateOnly)
}
