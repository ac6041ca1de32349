package citeproc

import (
	"fmt"
	"strconv"
	"strings"
)

// dateSpec is cs:date of a style or of a locale.
type dateSpec struct {
	form      string // text, numeric, or "" for one with parts of its own
	parts     string // date-parts
	delimiter string
	list      []datePart
}

type datePart struct {
	name, form     string
	format         format
	prefix, suffix string
	textCase       textCase
	stripPeriods   bool
	rangeDelimiter *string
}

func readDate(e *element) *dateSpec {
	d := &dateSpec{form: e.attr["form"], parts: e.attr["date-parts"], delimiter: e.attr["delimiter"]}
	for _, k := range e.kids {
		if k.name != "date-part" {
			continue
		}
		a := k.attr
		d.list = append(d.list, datePart{
			name: a["name"], form: a["form"], format: readFormat(a), prefix: a["prefix"], suffix: a["suffix"],
			textCase: readCase(a["text-case"]), stripPeriods: a["strip-periods"] == "true",
			rangeDelimiter: optional(a, "range-delimiter"),
		})
	}
	return d
}

// resolve lays a style's cs:date over the form of the locale that it names.
func (w *words) resolve(d *dateSpec) (parts []datePart, delimiter string) {
	if d.form == "" {
		return d.list, d.delimiter
	}
	local := w.dates[d.form]
	if local == nil {
		return nil, ""
	}
	for _, p := range local.list {
		if d.parts == "year" && p.name != "year" || d.parts == "year-month" && p.name == "day" {
			continue
		}
		for _, own := range d.list {
			if own.name != p.name {
				continue
			}
			if own.form != "" {
				p.form = own.form
			}
			p.format = own.format.over(p.format)
			if own.textCase != caseNone {
				p.textCase = own.textCase
			}
			p.stripPeriods = p.stripPeriods || own.stripPeriods
			if own.rangeDelimiter != nil {
				p.rangeDelimiter = own.rangeDelimiter
			}
		}
		parts = append(parts, p)
	}
	return parts, local.delimiter
}

// date prints a date variable.
func (r *renderer) date(i *instruction) *node {
	d, ok := r.item.Dates[i.variable]
	if i.variable == "locator-date" {
		d, ok = r.cite.date()
	}
	r.called(i.variable, ok)
	if !ok || r.taken[i.variable] || r.comparing && i.variable == "accessed" {
		return nil
	}
	r.use(i.variable)
	if r.sortKey != nil {
		r.filled()
		return r.apply(i, leaf(r.dateKey(d, i.date)))
	}
	if d.Literal != "" && d.Start.Year == 0 {
		r.filled()
		n := r.field(d.Literal)
		n.tag = r.yearTag(i)
		return r.apply(i, &node{kids: []*node{n}})
	}
	parts, delimiter := r.words.resolve(i.date)
	n := r.dateRange(d, parts, delimiter, i)
	if n == nil {
		return nil
	}
	r.filled()
	return r.apply(i, n)
}

func (r *renderer) yearTag(i *instruction) tag {
	if i.variable == "issued" {
		return tagYear
	}
	return tagDate
}

// has reports whether a day can print a part. A season stands where a month does.
func (d Day) has(part string) bool {
	switch part {
	case "year":
		return d.Year != 0
	case "month":
		return d.Month != 0 || d.Season != 0
	case "day":
		return d.Day != 0
	}
	return false
}

func (d Day) value(part string) int {
	switch part {
	case "year":
		return d.Year
	case "month":
		if d.Season != 0 {
			return 20 + d.Season
		}
		return d.Month
	case "day":
		return d.Day
	}
	return 0
}

func (r *renderer) dateRange(d Date, parts []datePart, delimiter string, i *instruction) *node {
	out := &node{delim: delimiter}
	if !d.Range || d.End == d.Start {
		out.kids = r.dayParts(d.Start, parts, i)
		return out.orNil()
	}
	if d.End.Year == 0 && d.End.Month == 0 { // open
		out.kids = r.dayParts(d.Start, parts, i)
		if len(out.kids) == 0 {
			return nil
		}
		last := out.kids[len(out.kids)-1]
		last.suffix = ""
		dash := "–"
		if p := partOf(parts, "year"); p != nil && p.rangeDelimiter != nil {
			dash = *p.rangeDelimiter
		}
		return &node{kids: []*node{out, leaf(dash)}}
	}
	first, last, largest := -1, -1, ""
	for _, name := range []string{"year", "month", "day"} {
		if partOf(parts, name) != nil && d.Start.value(name) != d.End.value(name) {
			largest = name
			break
		}
	}
	if largest == "" {
		out.kids = r.dayParts(d.Start, parts, i)
		return out.orNil()
	}
	for k, p := range parts {
		if rank(p.name) >= rank(largest) {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	dash := "–"
	if p := partOf(parts, largest); p.rangeDelimiter != nil {
		dash = *p.rangeDelimiter
	}
	before := r.dayParts(d.Start, parts[:first], i)
	from := r.dayParts(d.Start, parts[first:last+1], i)
	to := r.dayParts(d.End, parts[first:last+1], i)
	after := r.dayParts(d.End, parts[last+1:], i)
	if len(from) == 0 || len(to) == 0 {
		out.kids = append(append(append(before, from...), to...), after...)
		return out.orNil()
	}
	from[len(from)-1].suffix = ""
	to[0].prefix = ""
	middle := &node{kids: []*node{{kids: from, delim: delimiter}, leaf(dash), {kids: to, delim: delimiter}}}
	out.kids = append(append(before, middle), after...)
	return out
}

// rank orders the parts of a date from the largest.
func rank(part string) int {
	switch part {
	case "year":
		return 0
	case "month":
		return 1
	}
	return 2
}

func partOf(parts []datePart, name string) *datePart {
	for k := range parts {
		if parts[k].name == name {
			return &parts[k]
		}
	}
	return nil
}

func (r *renderer) dayParts(d Day, parts []datePart, i *instruction) []*node {
	var out []*node
	for k := range parts {
		p := &parts[k]
		if !d.has(p.name) {
			continue
		}
		text := r.part(d, p)
		if text == "" {
			continue
		}
		if p.stripPeriods {
			text = strings.ReplaceAll(text, ".", "")
		}
		n := leaf(text)
		if p.textCase != caseNone {
			applyCase(n, p.textCase, r.caseLang())
		}
		n.format, n.prefix, n.suffix = p.format, p.prefix, p.suffix
		if p.name == "year" {
			n.tag = r.yearTag(i)
		} else {
			n.tag = tagDate
		}
		out = append(out, n)
	}
	return out
}

func (r *renderer) part(d Day, p *datePart) string {
	switch p.name {
	case "year":
		return r.year(d.Year, p.form)
	case "month":
		return r.month(d, p.form)
	}
	switch {
	case p.form == "numeric-leading-zeros":
		return fmt.Sprintf("%02d", d.Day)
	case p.form == "ordinal" && (!r.words.limitOrdinals || d.Day == 1):
		return r.words.ordinal(d.Day, r.words.genderOf(fmt.Sprintf("month-%02d", d.Month)))
	}
	return strconv.Itoa(d.Day)
}

func (r *renderer) year(year int, form string) string {
	switch {
	case year < 0:
		bc, _ := r.words.term("bc", "", false)
		return strconv.Itoa(-year) + bc
	case form == "short" && year >= 100:
		return fmt.Sprintf("%02d", year%100)
	case year < 500:
		ad, _ := r.words.term("ad", "", false)
		return strconv.Itoa(year) + ad
	}
	return strconv.Itoa(year)
}

func (r *renderer) month(d Day, form string) string {
	if d.Season != 0 {
		s, _ := r.words.term(fmt.Sprintf("season-%02d", d.Season), "", false)
		return s
	}
	switch form {
	case "numeric":
		return strconv.Itoa(d.Month)
	case "numeric-leading-zeros":
		return fmt.Sprintf("%02d", d.Month)
	case "":
		form = "long"
	}
	s, _ := r.words.term(fmt.Sprintf("month-%02d", d.Month), form, false)
	return s
}

// dateKey is a date by which sorting puts it in order: 8 digits for each end.
// Years before Christ count down.
func (r *renderer) dateKey(d Date, spec *dateSpec) string {
	if d.Start.Year == 0 {
		return d.Literal
	}
	parts := map[string]bool{"year": true, "month": true, "day": true}
	if spec != nil {
		list, _ := r.words.resolve(spec)
		parts = map[string]bool{}
		for _, p := range list {
			parts[p.name] = true
		}
	}
	s := dayKey(d.Start, parts)
	if d.Range && d.End.Year != 0 {
		s += dayKey(d.End, parts)
	}
	return s
}

// yearZero keeps all years positive.
const yearZero = 100_000

func dayKey(d Day, parts map[string]bool) string {
	var year, month, day int
	if parts["year"] {
		year = d.Year + yearZero
	}
	if parts["month"] {
		month = d.Month
		if d.Season != 0 {
			month = 20 + d.Season
		}
	}
	if parts["day"] {
		day = d.Day
	}
	return fmt.Sprintf("%06d%02d%02d", year, month, day)
}
