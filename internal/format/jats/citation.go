package jats

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// cslTypes are the CSL types of JATS' publication types; one that is missing
// says nothing certain.
var cslTypes = map[string]string{
	"journal": "article-journal", "article-journal": "article-journal", "article": "article-journal", "book": "book", "chapter": "chapter", "book-chapter": "chapter",
	"confproc": "paper-conference", "conference": "paper-conference", "conf-proc": "paper-conference", "thesis": "thesis",
	"web": "webpage", "webpage": "webpage", "website": "webpage", "report": "report", "newspaper": "article-newspaper", "magazine": "article-magazine",
	"patent": "patent", "data": "dataset", "database": "dataset", "software": "software", "program": "software", "preprint": "article",
	"legal-doc": "legislation", "standard": "standard", "letter": "personal_communication", "speech": "speech",
}

// fields sets the fields of a reference from what the source marks.
func (d *decoder) fields(c *elem, r *journal.Reference) {
	kind := first(c.at("publication-type"), c.at("citation-type"))
	r.Type = cslTypes[strings.ToLower(kind)]
	f := citation{d: d, r: r}
	f.walk(c, "author")
	chapter := c.find("chapter-title") != nil
	switch {
	case r.Title == "" && r.Type != "article-journal":
		r.Title, f.source = f.source, ""
	case chapter && r.Type == "book":
		r.Type = "chapter"
	}
	r.Container = f.source
	if r.Pages.First == "" && f.pages != "" {
		r.Pages.First, r.Pages.Last, _ = strings.Cut(strings.NewReplacer("–", "-", "—", "-", " ", "").Replace(f.pages), "-")
	}
}

// citation collects the fields of one reference.
type citation struct {
	d             *decoder
	r             *journal.Reference
	source, pages string
}

// walk reads the fields below e. role says whose names they are.
func (f *citation) walk(e *elem, role string) {
	for k := range e.each() {
		f.field(k, role)
	}
}

func (f *citation) field(k *elem, role string) {
	r := f.r
	set := func(to *string) {
		if *to == "" {
			*to = k.peek()
		}
	}
	switch k.name {
	case "person-group":
		f.walk(k, first(k.at("person-group-type"), role))
	case "name", "string-name", "collab", "anonymous":
		f.person(k, role)
	case "name-alternatives", "collab-alternatives":
		for form := range k.each() {
			f.person(form, role)
			break
		}
	case "article-title", "chapter-title", "data-title", "part-title":
		set(&r.Title)
		f.links(k)
	case "trans-title":
		set(&r.TitleTranslated)
	case "source":
		set(&f.source)
	case "volume":
		set(&r.Volume)
	case "issue":
		set(&r.Issue)
	case "fpage":
		set(&r.Pages.First)
	case "lpage":
		set(&r.Pages.Last)
	case "elocation-id":
		set(&r.Pages.Article)
	case "page-range":
		set(&f.pages)
	case "publisher-name":
		set(&r.Publisher)
	case "publisher-loc":
		set(&r.Place)
	case "year":
		f.year(k, k)
	case "date":
		f.year(k.child("year"), k)
	case "month", "day":
		f.refine(k)
	case "date-in-citation", "access-date":
		f.accessed(k)
	case "pub-id", "object-id", "article-id", "isbn", "issn":
		f.identifier(k)
	case "ext-link", "uri":
		f.link(k)
	case "comment":
		f.comment(k)
	default:
		f.walk(k, role)
	}
}

func (f *citation) person(e *elem, role string) {
	took := e.took
	n := f.d.name(e)
	e.took = took
	if n.Literal == "" {
		return
	}
	switch role {
	case "author", "authors", "allauthors", "inventor", "assignee":
		f.r.Authors = append(f.r.Authors, n)
	case "editor", "editors":
		f.r.Editors = append(f.r.Editors, n)
	}
}

// year reads the year of issue: "1951" or "1951a", whose letter belongs to the
// key.
func (f *citation) year(e, whole *elem) {
	if e == nil || f.r.Issued != "" {
		return
	}
	if iso := isoDate(first(e.iso(), whole.iso())); iso != "" {
		f.r.Issued = iso
		return
	}
	s := strings.TrimRight(strings.Trim(e.peek(), "()[]., "), "abcdefghijk")
	if _, ok := number(s, 1000, 2999); ok && len(s) == 4 {
		f.r.Issued = journal.Date(s)
		if whole != e {
			for k := range whole.each("month") {
				f.refine(k)
			}
			for k := range whole.each("day") {
				f.refine(k)
			}
		}
	}
}

// refine makes the date of issue more exact by a month or a day.
func (f *citation) refine(e *elem) {
	y, m, day := f.r.Issued.Parts()
	if y == 0 || e.iso() != "" {
		return
	}
	if e.name == "month" && m == 0 {
		if n, ok := month(e.peek()); ok {
			f.r.Issued += journal.Date("-" + two(n))
		}
	}
	if e.name == "day" && m > 0 && day == 0 {
		if n, ok := number(e.peek(), 1, 31); ok {
			f.r.Issued += journal.Date("-" + two(n))
		}
	}
}

func (f *citation) accessed(e *elem) {
	if iso := isoDate(first(e.iso(), e.child("year").iso(), e.peek())); iso != "" && f.r.Accessed == "" {
		f.r.Accessed = iso
	}
}

func (f *citation) identifier(e *elem) {
	s := e.peek()
	kind := first(e.typed("pub-id-type"), e.name)
	if doi, ok := pid.DOI(s); ok && (kind == "doi" || strings.Contains(s, "doi.org/")) {
		f.r.DOI = first(f.r.DOI, doi)
		return
	}
	if s == "" {
		e.took = true
		return
	}
	e.takeAll()
	f.r.IDs = append(f.r.IDs, journal.ID{Kind: kind, Value: s})
}

// link reads an address: of a DOI or of the work itself.
func (f *citation) link(e *elem) {
	address := f.d.address(e)
	if address == "" {
		address = e.peek()
	}
	switch doi, ok := pid.DOI(address); {
	case ok && (strings.Contains(address, "doi.org/") || e.at("ext-link-type") == "doi"):
		f.r.DOI = first(f.r.DOI, doi)
	case strings.HasPrefix(address, "http://"), strings.HasPrefix(address, "https://"), strings.HasPrefix(address, "ftp://"):
		f.r.URL = first(f.r.URL, address)
	}
}

func (f *citation) links(e *elem) {
	for k := range e.each() {
		if k.name == "ext-link" || k.name == "uri" {
			f.link(k)
		} else {
			f.links(k)
		}
	}
}

func (f *citation) comment(e *elem) {
	switch e.at("content-type") {
	case "language-note":
		f.r.LanguageNote = strings.Trim(e.peek(), "()[]. ")
	case "url-remnant":
		f.r.URLRemnant = e.peek()
	default:
		f.walk(e, "")
	}
}
