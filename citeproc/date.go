package citeproc

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Date is a date or a range of dates, as exact as it is known.
type Date struct {
	Start, End Day
	Range      bool   // End is the end of a range; a zero End is an open end
	Circa      bool   // the date is uncertain
	Literal    string // a date that is no date: "in press"
}

// Day is a day, month, season or year. What is not known is 0; years before
// Christ are negative.
type Day struct {
	Year, Month, Day int
	Season           int // 1 spring to 4 winter
}

// IsZero reports whether there is no date at all.
func (d Date) IsZero() bool { return d.Start.Year == 0 && d.Literal == "" && d.Start.Season == 0 }

type jsonDate struct {
	Parts   [][]json.RawMessage `json:"date-parts"`
	Season  json.RawMessage     `json:"season"`
	Circa   json.RawMessage     `json:"circa"`
	Literal string              `json:"literal"`
	Raw     string              `json:"raw"`
	EDTF    string              `json:"edtf"`
}

// decodeDate reads the forms of a date in CSL-JSON: an object with date-parts,
// raw or literal, and a string.
func decodeDate(value json.RawMessage) (Date, bool) {
	if s := scalar(value); s != "" {
		return ParseDate(s), true
	}
	var j jsonDate
	if json.Unmarshal(value, &j) != nil {
		return Date{}, false
	}
	d := Date{Literal: j.Literal, Circa: isTrue(j.Circa)}
	for i, parts := range j.Parts {
		if i > 1 {
			break
		}
		var day Day
		for k, to := range []*int{&day.Year, &day.Month, &day.Day} {
			if k < len(parts) {
				*to, _ = strconv.Atoi(strings.TrimSpace(scalar(parts[k])))
			}
		}
		day = day.checked()
		if i == 0 {
			d.Start = day
		} else {
			d.End, d.Range = day, true
		}
	}
	if len(j.Parts) == 0 && (j.Raw != "" || j.EDTF != "") {
		raw := ParseDate(j.Raw + j.EDTF)
		raw.Circa = raw.Circa || d.Circa
		if d.Literal != "" {
			raw.Literal = d.Literal
		}
		d = raw
	}
	if s := scalar(j.Season); s != "" && d.Start.Month == 0 {
		d.Start.Season = seasonOf(s)
	}
	return d, !d.IsZero()
}

// checked turns months that stand for seasons (13–16, and 21–24 of EDTF) into
// seasons, and leaves out what no calendar has.
func (d Day) checked() Day {
	switch m := d.Month; {
	case m >= 13 && m <= 20:
		d.Season, d.Month, d.Day = (m-13)%4+1, 0, 0
	case m >= 21 && m <= 24:
		d.Season, d.Month, d.Day = m-20, 0, 0
	case m < 1 || m > 12:
		d.Month, d.Day = 0, 0
	}
	if d.Day < 1 || d.Day > 31 {
		d.Day = 0
	}
	return d
}

func seasonOf(s string) int {
	switch n, err := strconv.Atoi(s); {
	case err == nil && n >= 1 && n <= 4:
		return n
	case err == nil && n >= 13 && n <= 16:
		return n - 12
	case err == nil && n >= 21 && n <= 24:
		return n - 20
	}
	return seasons[strings.ToLower(s)]
}

var seasons = map[string]int{"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// ParseDate reads a date as people and EDTF write it: "2003-04-05", "2003-04~",
// "2001/2003", "1999/..", "5 April 2003", "April 5, 2003", "4/5/2003" (month
// first), "Spring 1999 - Summer 2001", "circa 1880", "44 BC". What is no date
// becomes a literal.
func ParseDate(s string) Date {
	trimmed := strings.TrimSpace(s)
	if len(trimmed) > 200 {
		return Date{Literal: trimmed}
	}
	first, second, isRange := cutRange(trimmed)
	start, circa, ok := parseDay(first)
	if !ok {
		return Date{Literal: trimmed}
	}
	d := Date{Start: start, Circa: circa}
	if !isRange {
		return d
	}
	d.Range = true
	if second == "" || second == ".." || second == "open" {
		return d
	}
	end, circa, ok := parseDay(second)
	if !ok {
		return Date{Literal: trimmed}
	}
	d.End, d.Circa = end, d.Circa || circa
	return d
}

// cutRange divides a range at "/", "--" or a spaced or long dash.
func cutRange(s string) (first, second string, ok bool) {
	for _, mark := range []string{" - ", " – ", "–", "—", "--", "_"} {
		if first, second, ok = strings.Cut(s, mark); ok {
			return strings.TrimSpace(first), strings.TrimSpace(second), true
		}
	}
	if strings.Count(s, "/") == 1 {
		first, second, _ = strings.Cut(s, "/")
		_, _, a := parseDay(first)
		_, _, b := parseDay(second)
		if a && (b || second == "" || second == "..") && len(first) >= 4 {
			return first, second, true
		}
	}
	return s, "", false
}

func parseDay(s string) (day Day, circa, ok bool) {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "?~%") {
		circa = true
		s = strings.NewReplacer("?", "", "~", "", "%", "").Replace(s)
	}
	lower := strings.ToLower(s)
	for _, word := range []string{"circa ", "ca. ", "ca ", "c. ", "about "} {
		if rest, found := strings.CutPrefix(lower, word); found {
			circa, lower = true, rest
		}
	}
	if day, ok = isoDay(lower); ok {
		return day, circa, true
	}
	day, ok = wordDay(lower)
	return day, circa, ok
}

// isoDay reads year, year-month and year-month-day with hyphens.
func isoDay(s string) (Day, bool) {
	sign := 1
	if rest, found := strings.CutPrefix(s, "-"); found {
		sign, s = -1, rest
	}
	s = strings.TrimPrefix(s, "y")
	if date, _, found := strings.Cut(s, "t"); found && len(date) == 10 {
		s = date
	}
	fields := strings.Split(s, "-")
	if len(fields) > 3 {
		return Day{}, false
	}
	var n [3]int
	for i, f := range fields {
		if f != "" && strings.Trim(f, "xu") == "" && i > 0 {
			continue // an unspecified month or day
		}
		v, err := strconv.Atoi(f)
		if err != nil || v < 0 {
			return Day{}, false
		}
		n[i] = v
	}
	if len(fields) > 1 && len(fields[0]) < 3 || n[0] == 0 {
		return Day{}, false
	}
	return Day{Year: sign * n[0], Month: n[1], Day: n[2]}.checked(), true
}

// wordDay reads dates with names of months, and those with slashes.
func wordDay(s string) (Day, bool) {
	var day Day
	before := false
	var numbers []int
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '\u00a0' }) {
		w = strings.TrimSuffix(w, ".")
		if n, err := strconv.Atoi(strings.TrimRight(w, "stndrh")); err == nil && n > 0 {
			numbers = append(numbers, n)
			continue
		}
		switch w {
		case "bc", "bce":
			before = true
			continue
		case "ad", "ce", "of":
			continue
		}
		if season := seasons[w]; season > 0 {
			day.Season = season
			continue
		}
		m := monthOf(w)
		if m == 0 || day.Month > 0 {
			return Day{}, false
		}
		day.Month = m
	}
	switch {
	case len(numbers) == 1:
		day.Year = numbers[0]
	case len(numbers) == 2 && day.Month > 0 && numbers[1] > 31:
		day.Day, day.Year = numbers[0], numbers[1]
	case len(numbers) == 2 && day.Month > 0 && numbers[0] > 31:
		day.Year, day.Day = numbers[0], numbers[1]
	case len(numbers) == 2 && numbers[1] > 31:
		day.Month, day.Year = numbers[0], numbers[1]
	case len(numbers) == 3 && numbers[2] > 31:
		day.Month, day.Day, day.Year = numbers[0], numbers[1], numbers[2]
		if day.Month > 12 {
			day.Month, day.Day = day.Day, day.Month
		}
	case len(numbers) == 3 && numbers[0] > 31:
		day.Year, day.Month, day.Day = numbers[0], numbers[1], numbers[2]
	default:
		return Day{}, false
	}
	if before {
		day.Year = -day.Year
	}
	if season := day.Season; season > 0 {
		return Day{Year: day.Year, Season: season}, true
	}
	return day.checked(), true
}

func monthOf(w string) int {
	if len(w) < 3 {
		return 0
	}
	for i, m := range months {
		if strings.HasPrefix(w, m) {
			return i + 1
		}
	}
	return 0
}
