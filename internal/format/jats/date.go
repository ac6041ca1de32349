package jats

import (
	"strconv"
	"strings"

	"offprint/internal/journal"
)

// date reads a date from the ISO form that an attribute gives, else from its
// year, month and day. A season is printed with the issue and is no date. What
// is not a date is not taken.
func date(e *elem) journal.Date {
	if e == nil {
		return ""
	}
	if iso := isoDate(e.at("iso-8601-date")); iso != "" {
		e.takeAll()
		return iso
	}
	e.took = true
	if s := e.child("string-date"); s != nil && e.child("year") == nil {
		e = s.take()
	}
	year := e.child("year")
	if iso := isoDate(year.iso()); iso != "" {
		for _, name := range []string{"year", "month", "day"} {
			e.child(name).takeAll()
		}
		return iso
	}
	y, ok := number(year.peek(), 1000, 2999)
	if !ok {
		return ""
	}
	year.takeAll()
	out := strconv.Itoa(y)
	m, ok := month(e.child("month").peek())
	if !ok {
		return journal.Date(out)
	}
	e.child("month").takeAll()
	out += "-" + two(m)
	if day, ok := number(e.child("day").peek(), 1, 31); ok {
		e.child("day").takeAll()
		out += "-" + two(day)
	}
	return journal.Date(out)
}

func (e *elem) iso() string {
	if e == nil {
		return ""
	}
	return e.at("iso-8601-date")
}

// isoDate is s where it is a whole date, a month or a year of ISO 8601, without
// a time.
func isoDate(s string) journal.Date {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "T")
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return ""
	}
	bounds := [3][3]int{{4, 1000, 2999}, {2, 1, 12}, {2, 1, 31}}
	for i, p := range parts {
		if _, ok := number(p, bounds[i][1], bounds[i][2]); !ok || len(p) != bounds[i][0] {
			return ""
		}
	}
	return journal.Date(s)
}

func number(s string, least, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil && n >= least && n <= most
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

const months = "january february march april may june july august september october november december "

// month knows numbers and the English names with their abbreviations.
func month(s string) (int, bool) {
	if n, ok := number(s, 1, 12); ok {
		return n, true
	}
	s = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), "."))
	if len(s) < 3 {
		return 0, false
	}
	for i, name := range strings.Fields(months) {
		if name == s || s == name[:3] || s == "sept" && i == 8 {
			return i + 1, true
		}
	}
	return 0, false
}

// publication reads the dates of publication: the date of the article itself
// is Published, those of other forms (print, the issue) are steps of the
// history where they say something else.
func (d *decoder) publication(meta *elem) {
	a := &d.out.Article
	type dated struct {
		event string
		date  journal.Date
		rank  int
	}
	var all []dated
	for e := range meta.each("pub-date") {
		if when := date(e); when != "" {
			event, rank := dateKind(e)
			all = append(all, dated{event, when, rank})
		}
	}
	best := -1
	for i, c := range all {
		if c.rank > 0 && (best < 0 || c.rank > all[best].rank || c.rank == all[best].rank && len(c.date) > len(all[best].date)) {
			best = i
		}
	}
	if best < 0 {
		for i := range all {
			if best < 0 && all[i].event == "collection" {
				best = i
			}
		}
	}
	if best >= 0 {
		a.Published = all[best].date
	}
	for i, c := range all {
		if i != best && (best < 0 || !strings.HasPrefix(string(a.Published), string(c.date))) {
			a.History = append(a.History, journal.When{Event: c.event, Date: c.date})
		}
	}
}

// dateKind names a date of publication and ranks it among the others: online
// before print, since that is when an article can be read; 0 for what is not
// the publication of this article.
func dateKind(e *elem) (event string, rank int) {
	kind := strings.ToLower(first(e.at("date-type"), e.at("pub-type")))
	print := e.at("publication-format") == "print"
	switch kind {
	case "epub", "epub-ppub", "epreprint", "pub", "publication", "version-of-record", "":
		switch {
		case kind == "epreprint":
			return "preprint", 0
		case print:
			return "published-print", 2
		case kind == "":
			return "published", 3
		}
		return "published-online", 4
	case "ppub":
		return "published-print", 2
	case "collection", "issue-pub":
		return "collection", 0
	}
	return kind, 0
}

// history reads the dated steps of an article.
func (d *decoder) history(e *elem) {
	a := &d.out.Article
	e.took = true
	for k := range e.each() {
		switch k.name {
		case "date":
			if when := date(k); when != "" {
				a.History = append(a.History, journal.When{Event: first(k.at("date-type"), k.at("event-type"), "date"), Date: when})
			}
		case "event":
			d.event(k)
		case "fn":
			d.extra = append(d.extra, d.note(k))
		}
	}
}

// event reads one step of the publication history. An address that it gives,
// of a preprint for instance, is a related work.
func (d *decoder) event(e *elem) {
	a := &d.out.Article
	e.took = true
	kind := e.at("event-type")
	for k := range e.each("date", "pub-date") {
		if when := date(k); when != "" {
			kind = first(kind, k.at("date-type"))
			a.History = append(a.History, journal.When{Event: first(kind, "date"), Date: when})
		}
	}
	for k := range e.each("self-uri", "article-id", "event-desc") {
		switch k.name {
		case "event-desc":
			for _, link := range []*elem{k.find("ext-link"), k.find("related-article")} {
				if link != nil {
					d.related(link, first(kind, "event"))
					k.took = link.took
				}
			}
		case "article-id":
			if k.at("pub-id-type") == "doi" {
				d.relate(k, journal.Related{Relation: first(kind, "event")}, k.peek())
			}
		default:
			d.related(k, first(kind, k.at("content-type"), "event"))
		}
	}
}
