package counter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"offprint/internal/pid"
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

// parser reads a request.
type parser struct {
	ask      *Ask
	values   url.Values
	table    bool
	unknown  []string // names of parameters
	badValue []string // of filters, name=value
	badShow  []string // of attributes
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

// list are the values of a parameter, which stand between vertical lines.
func (q *parser) list(name string) (out []string) {
	for _, v := range q.values[name] {
		for s := range strings.SplitSeq(v, "|") {
			if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) && len(out) < mostValues {
				out = append(out, s)
			}
		}
	}
	return out
}

// mostValues bounds how many values of one filter are looked at.
const mostValues = 1000

func (q *parser) platform(p Platform) {
	for _, v := range q.list("platform") {
		if v == p.Name || v == p.ID {
			q.ask.platform = p.Name
		} else {
			q.badValue = append(q.badValue, "platform="+short(v))
		}
	}
}

// among reads a filter whose values are known; all of them are the same as none.
func (q *parser) among(name string, known []string) []string {
	var out []string
	given := q.list(name)
	for _, v := range given {
		if !slices.Contains(known, v) {
			q.badValue = append(q.badValue, name+"="+short(v))
		}
	}
	for _, v := range known { // in the order of the Code
		if slices.Contains(given, v) {
			out = append(out, v)
		}
	}
	if len(out) == len(known) {
		return nil
	}
	return out
}

func (q *parser) filters() {
	a, r := q.ask, q.ask.Report
	a.metrics = q.among("metric_type", r.metrics)
	a.dataTypes = q.among("data_type", r.dataTypes)
	a.methods = q.among("access_method", allMethods)
	if r.Level > OfPlatform {
		a.accessTypes = q.among("access_type", allAccessTypes)
		for _, v := range q.list("yop") {
			if validYears(v) {
				a.years = append(a.years, v)
			} else {
				q.badValue = append(q.badValue, "yop="+short(v))
			}
		}
		q.items()
	}
	if r.Level == OfItem {
		for _, v := range q.list("author") {
			if id, ok := pid.ORCID(strings.TrimPrefix(v, "ORCID:")); ok {
				a.authors = append(a.authors, id)
			} else {
				q.badValue = append(q.badValue, "author="+short(v))
			}
		}
	}
	for _, name := range []string{"attributed", "country_code", "subdivision_code"} { // extensions that are not supported
		for _, v := range q.list(name) {
			q.badValue = append(q.badValue, name+"="+short(v))
		}
	}
}

// validYears reports whether a value is a year or a range of years.
func validYears(v string) bool {
	from, to, isRange := strings.Cut(v, "-")
	return year(from) && (!isRange || year(to) && from <= to)
}

func year(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// items reads item_id: identifiers of articles, or of journals, but not of both.
func (q *parser) items() {
	scopes := map[Level]bool{}
	for _, v := range q.list("item_id") {
		q.ask.items = append(q.ask.items, v)
		if _, ok := pid.ISSN(issnOf(v)); ok {
			scopes[OfTitle] = true
		} else {
			scopes[OfItem] = true
		}
	}
	if len(scopes) > 1 {
		q.ask.except(MixedFilter, "item_id has identifiers of journals and of articles")
		q.ask.items = nil
	}
}

// issnOf is an ISSN that may have its name before it.
func issnOf(v string) string {
	for _, name := range []string{"ISSN:", "Online_ISSN:", "Print_ISSN:"} {
		v = strings.TrimPrefix(v, name)
	}
	return v
}

func (q *parser) attributes() {
	a, r := q.ask, q.ask.Report
	given := q.list("attributes_to_show")
	for _, v := range r.attributes {
		if slices.Contains(given, v) {
			a.shown = append(a.shown, v)
		}
	}
	for _, v := range given {
		if !slices.Contains(r.attributes, v) {
			q.badShow = append(q.badShow, "attributes_to_show="+short(v))
		}
	}
	if q.table {
		a.Monthly = !q.flag("exclude_monthly_details")
	} else {
		for _, v := range q.list("granularity") { // Total is optional, and has no form that is agreed on
			if v != "Month" {
				q.badShow = append(q.badShow, "granularity="+short(v))
			}
		}
	}
	if r.Level == OfItem {
		a.parents = q.flag("include_parent_details")
		if q.flag("include_component_details") {
			a.except(NoComponents, "files and figures are counted as parts of their article")
		}
	}
}

// flag reads True or False.
func (q *parser) flag(name string) bool {
	on := false
	for _, v := range q.list(name) {
		switch v {
		case "True":
			on = true
		case "False":
		default:
			q.badShow = append(q.badShow, name+"="+short(v))
		}
	}
	return on
}

// parameters are those that a report knows, beside the ones of all.
func (q *parser) parameters() []string {
	out := []string{"customer_id", "requestor_id", "api_key", "platform", "begin_date", "end_date"}
	if q.ask.Report.View {
		return out
	}
	out = append(out, "metric_type", "data_type", "access_method", "attributes_to_show", "attributed", "country_code", "subdivision_code")
	if q.table {
		out = append(out, "exclude_monthly_details")
	} else {
		out = append(out, "granularity")
	}
	if q.ask.Report.Level > OfPlatform {
		out = append(out, "access_type", "yop", "item_id")
	}
	if q.ask.Report.Level == OfItem {
		out = append(out, "author", "include_parent_details", "include_component_details")
	}
	return out
}

// mostSaid bounds how much of a wrong request is repeated.
const mostSaid = 10

// strangers says what was passed over.
func (q *parser) strangers() {
	known := q.parameters()
	for name := range q.values {
		if !slices.Contains(known, name) {
			q.unknown = append(q.unknown, short(name))
		}
	}
	slices.Sort(q.unknown)
	say := func(code int, list []string) {
		if len(list) > mostSaid {
			list = append(list[:mostSaid:mostSaid], "…")
		}
		if len(list) > 0 {
			q.ask.except(code, "%s", strings.Join(list, ", "))
		}
	}
	say(UnknownParameter, q.unknown)
	say(InvalidFilter, q.badValue)
	say(InvalidAttribute, q.badShow)
	slices.SortStableFunc(q.ask.Exceptions, func(a, b *Exception) int { return a.Code - b.Code })
}
