package counter

import (
	"net/url"
	"slices"
	"strings"

	"offprint/internal/pid"
)

// parser reads a request.
type parser struct {
	ask      *Ask
	values   url.Values
	table    bool
	unknown  []string // names of parameters
	badValue []string // of filters, name=value
	badShow  []string // of attributes
}

// list are the values of a parameter, which stand between vertical lines.
func (q *parser) list(name string) (out []string) {
	for _, v := range q.values[name] {
		for s := range strings.SplitSeq(strings.ToValidUTF8(v, "?"), "|") {
			if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) && len(out) < mostValues {
				out = append(out, s)
			}
		}
	}
	return out
}

const (
	// mostValues bounds how many values of one filter are looked at.
	mostValues = 1000
	// mostID bounds an identifier, which a report repeats; an address may be long.
	mostID = 2000
)

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
		if len(v) < 2 || len(v) > mostID {
			q.badValue = append(q.badValue, "item_id="+short(v))
			continue
		}
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
