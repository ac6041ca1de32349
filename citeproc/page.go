package citeproc

import (
	"regexp"
	"strings"
)

// pages writes page ranges in the format of the style, with its range
// delimiter; without a format the hyphen becomes the delimiter.
func (r *renderer) pages(s string) string {
	delimiter := "–"
	if t, ok := r.words.term("page-range-delimiter", "", false); ok && t != "" {
		delimiter = t
	}
	s = strings.ReplaceAll(s, `\-`, "\x00")
	form := r.p.style.pageRange
	s = rangeForm.ReplaceAllStringFunc(s, func(m string) string {
		p := rangeForm.FindStringSubmatch(m)
		if p[1] != p[4] {
			if form != "" {
				return p[1] + p[2] + "-" + p[4] + p[5] // no range that can be understood
			}
			return p[1] + p[2] + delimiter + p[4] + p[5]
		}
		return p[1] + p[2] + delimiter + pageEnd(form, p[1], p[2], p[5])
	})
	s = romanRange.ReplaceAllString(s, "$1"+delimiter+"$2")
	if and, ok := r.words.term("and", "symbol", false); ok && and != "" {
		s = strings.ReplaceAll(s, "&", and)
	}
	return strings.ReplaceAll(s, "\x00", "-")
}

// rangeForm is a range: letters and digits on both sides of a dash.
var rangeForm = regexp.MustCompile(`([0-9A-Za-z]*[A-Za-z]|)([0-9]+)(\s*[-–]\s*)([0-9A-Za-z]*[A-Za-z]|)([0-9]+)\b`)

var romanRange = regexp.MustCompile(`\b([ivxlcdmIVXLCDM]+)\s*[-–]\s*([ivxlcdmIVXLCDM]+)\b`)

// pageEnd is the second number of a range (specification, appendix V).
func pageEnd(form, letters, first, last string) string {
	full := last
	if len(last) < len(first) {
		full = first[:len(first)-len(last)] + last
	}
	if len(full) < len(first) || len(full) == len(first) && full < first {
		return letters + last
	}
	switch form {
	case "expanded":
		return letters + full
	case "minimal":
		return minimal(first, full, 1)
	case "minimal-two":
		return minimal(first, full, 2)
	case "chicago", "chicago-15":
		return chicago(first, full, false)
	case "chicago-16":
		return chicago(first, full, true)
	}
	return letters + last
}

// minimal leaves out the digits that both numbers share, but keeps some.
func minimal(first, last string, keep int) string {
	if len(first) != len(last) {
		return last
	}
	k := 0
	for k < len(last)-keep && first[k] == last[k] {
		k++
	}
	return last[k:]
}

// chicago shortens as the Chicago Manual of Style, 15th edition 9.64 and 16th
// edition 9.60, do.
func chicago(first, last string, sixteenth bool) string {
	if len(first) != len(last) || len(first) < 3 || strings.HasSuffix(first, "00") {
		return last
	}
	if len(first) == 4 && !sixteenth {
		changed := 0
		for k := range first {
			if first[k] != last[k] {
				changed = len(first) - k
				break
			}
		}
		if changed >= 3 {
			return last
		}
	}
	if first[len(first)-2] == '0' {
		return minimal(first, last, 1)
	}
	return minimal(first, last, 2)
}

// firstPage is the first page of a range.
func firstPage(pages string) string {
	if m := firstForm.FindString(pages); m != "" {
		return m
	}
	return pages
}

var firstForm = regexp.MustCompile(`^\s*[^\s,;&–-]+`)
