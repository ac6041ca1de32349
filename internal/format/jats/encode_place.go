package jats

import (
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
)

func itoa(n int) string { return strconv.Itoa(n) }

// text is a run of characters, none for an empty string.
func text(s string) []*elem {
	if s == "" {
		return nil
	}
	return []*elem{run(s)}
}

// dated writes a date: in parts for people, in ISO 8601 for machines.
func dated(e *elem, d journal.Date) *elem {
	y, m, day := d.Parts()
	e.set("iso-8601-date", string(d))
	if day > 0 {
		e.add(say("day", two(day)))
	}
	if m > 0 {
		e.add(say("month", two(m)))
	}
	return e.add(say("year", itoa(y)))
}

// printed are the events of a history that are the publication of a form.
func isForm(event string) bool {
	return event == "collection" || event == "published-print" || event == "published-online" || event == "published"
}

// forms are the steps at the beginning of the history that are dates of
// publication of other forms of the article.
func (w *encoder) forms() int {
	n := 0
	for n < len(w.a.History) && isForm(w.a.History[n].Event) {
		n++
	}
	return n
}

// pubDates writes the date of publication, those of other forms and the year
// of the issue where nothing else says it.
func (w *encoder) pubDates() []*elem {
	a := w.a
	var out []*elem
	year := 0
	if a.Published.Year() > 0 {
		year = a.Published.Year()
		e := tag("pub-date").set("date-type", "pub")
		if w.besidePrint() {
			e.set("publication-format", "electronic")
		}
		out = append(out, dated(e, a.Published))
	}
	for _, when := range a.History[:w.forms()] {
		e := tag("pub-date").set("date-type", "pub")
		switch when.Event {
		case "published-print":
			e.set("publication-format", "print")
		case "published-online":
			e.set("publication-format", "electronic")
		case "collection":
			e = tag("pub-date").set("date-type", "collection")
		}
		if when.Event != "published-online" && when.Event != "published" && when.Date.Year() > 0 {
			year = when.Date.Year()
		}
		out = append(out, dated(e, when.Date))
	}
	if issue := w.pub.Place(); issue != nil && issue.Year > 0 && issue.Year != year {
		out = append(out, dated(tag("pub-date").set("date-type", "collection"), journal.YearDate(issue.Year)))
	}
	return out
}

// besidePrint reports whether the date of publication stands beside another one in
// print, and so is that of the online edition.
func (w *encoder) besidePrint() bool {
	print := false
	for _, when := range w.a.History[:w.forms()] {
		if when.Event == "published-online" {
			return false
		}
		print = print || when.Event == "published-print" && when.Date != w.a.Published
	}
	return print
}

// place writes volume, issue and pages.
func (w *encoder) place() []*elem {
	var out []*elem
	add := func(e *elem) {
		if e != nil {
			out = append(out, e)
		}
	}
	if issue := w.pub.Place(); issue != nil {
		add(say("volume", issue.Volume))
		add(say("issue", issue.Number))
		for _, t := range issue.Titles {
			add(say("issue-title", t.Plain).set("xml:lang", w.differs(t.Lang)))
		}
	}
	pages := w.a.Pages
	switch {
	case pages.First == "" && pages.Last == "":
		add(say("elocation-id", pages.Article))
	default:
		add(tag("fpage", text(pages.First)...))
		add(say("lpage", pages.Last))
	}
	return out
}

func (w *encoder) history() *elem {
	e := tag("history")
	for _, when := range w.a.History[w.forms():] {
		if when.Date.Year() > 0 {
			e.add(dated(tag("date").set("date-type", when.Event), when.Date))
		}
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}

// versions says which version this is, where there are several.
func (w *encoder) versions() *elem {
	p := w.pub
	created := isoDate(p.Created)
	if p.Version <= 1 && p.Latest <= 1 || created == "" {
		return nil
	}
	event := tag("event").set("event-type", "version-"+itoa(max(1, p.Version)))
	return tag("pub-history", event.add(say("event-desc", p.Reason), dated(tag("date").set("date-type", "version-"+itoa(max(1, p.Version))), created)))
}

func (w *encoder) permissions() *elem {
	e := tag("permissions", say("copyright-statement", w.a.Copyright))
	if l := w.a.Licence; l != nil {
		licence := tag("license").set("xlink:href", l.URL)
		licence.add(say("license_ref", l.URL))
		for _, p := range strings.Split(l.Text, "\n\n") {
			licence.add(say("license-p", p))
		}
		if len(licence.kids) > 0 {
			e.add(licence)
		}
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}

// selfURIs writes the addresses of the article: its page, what it was before,
// and files that are kept elsewhere.
func (w *encoder) selfURIs() []*elem {
	var out []*elem
	if w.address != "" {
		out = append(out, tag("self-uri").set("content-type", "text/html").set("xlink:href", w.address))
	}
	for _, old := range w.a.OldAddresses {
		if old != w.address {
			out = append(out, tag("self-uri").set("xlink:href", old))
		}
	}
	for _, f := range w.a.Files {
		if f.SHA256 == "" && f.Role == "galley" && f.Address != "" {
			out = append(out, tag("self-uri").set("content-type", f.Media).set("xlink:href", f.Address).set("xml:lang", f.Lang))
		}
	}
	return out
}

func product(r *journal.Related) *elem {
	return linked(tag("product", text(r.Title)...), r)
}

func (w *encoder) relatedArticle(r *journal.Related) *elem {
	kind := first(r.Relation, "related")
	if kind == general && !isPreprint(w.a) {
		kind = reference
	}
	return linked(tag("related-article", text(r.Title)...).set("related-article-type", kind), r)
}

func linked(e *elem, r *journal.Related) *elem {
	plain := e.name == "product"
	switch {
	case r.DOI != "" && plain:
		return e.set("xlink:href", "https://doi.org/"+r.DOI)
	case r.DOI != "":
		return e.set("ext-link-type", "doi").set("xlink:href", r.DOI)
	case r.URL != "" && plain:
		return e.set("xlink:href", r.URL)
	case r.URL != "":
		return e.set("ext-link-type", "uri").set("xlink:href", r.URL)
	}
	return e
}

// funding writes who paid for the work.
func (w *encoder) funding() *elem {
	e := tag("funding-group")
	for _, f := range w.a.Funding {
		e.add(award(&f))
	}
	for _, t := range w.a.FundingStatement {
		e.add(tag("funding-statement", w.prose(t)...).set("xml:lang", w.differs(t.Lang)))
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}

func award(f *journal.Fund) *elem {
	e := tag("award-group")
	if f.Funder != "" || f.ID != "" {
		id := say("institution-id", f.ID)
		switch {
		case strings.HasPrefix(f.ID, "10.13039/"):
			id = say("institution-id", "https://doi.org/"+f.ID).set("institution-id-type", "open-funder-registry")
		case len(f.ID) == 9 && f.ID[0] == '0':
			id = say("institution-id", "https://ror.org/"+f.ID).set("institution-id-type", "ror")
		}
		e.add(tag("funding-source", tag("institution-wrap", say("institution", f.Funder), id)))
	}
	for _, s := range f.Awards {
		e.add(say("award-id", s))
	}
	for _, s := range f.Recipients {
		e.add(tag("principal-award-recipient", say("string-name", s)))
	}
	return e
}

// Names of pairs in custom-meta that the record has a place for.
const (
	metaCitation  = "citation"     // the recommended citation, as PLOS gives it
	metaElocation = "elocation-id" // beside pages, which JATS does not allow
)

func (w *encoder) customMeta() *elem {
	e := tag("custom-meta-group")
	pair := func(name, value string) {
		if value != "" {
			e.add(tag("custom-meta", say("meta-name", name), say("meta-value", value)))
		}
	}
	pair(metaCitation, w.a.Citation)
	if w.a.Pages.First != "" || w.a.Pages.Last != "" {
		pair(metaElocation, w.a.Pages.Article)
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}

// carry gives an element what every node may have.
func (w *encoder) carry(e *elem, n *article.Node) *elem {
	w.id(e, n.ID)
	if n.Lang != "" && !speechless[e.name] {
		e.set("xml:lang", n.Lang)
	}
	return e
}
