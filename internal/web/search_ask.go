package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"offprint/internal/query"
	"offprint/internal/search"
)

const (
	hitsOnPage = 20
	// deepestPage is the last page of a result: search.MaxDepth hits.
	deepestPage = search.MaxDepth / hitsOnPage
	// Of a facet so many values of so many bytes can be chosen.
	mostChosen    = 20
	longestChosen = 500
)

// facetFields are the facets by the names that addresses have for them. The
// values of f-journal are the paths of journals.
var facetFields = []struct {
	facet       search.Facet
	field, name string
}{
	{search.FacetJournal, "f-journal", "journal"},
	{search.FacetSection, "f-section", "section"},
	{search.FacetType, "f-type", "type"},
	{search.FacetLanguage, "f-lang", "lang"},
	{search.FacetAuthor, "f-author", "author"},
	{search.FacetKeyword, "f-keyword", "keyword"},
}

// sorts are the orders of hits with their names in addresses.
var sorts = []struct {
	name string
	by   search.Sort
}{
	{"relevance", search.ByRelevance}, {"newest", search.ByNewest}, {"oldest", search.ByOldest}, {"title", search.ByTitle}, {"views", search.ByViews},
}

// asked is what is asked of the search. An address says all of it, so that a
// result can be kept, sent and subscribed to.
type asked struct {
	text     string      // as it stands in the box
	query    query.Query // the text, understood
	from, to string      // time of publication, beside the text
	chosen   map[search.Facet][]string
	sort     search.Sort
	page     int  // from 1
	form     bool // the advanced form was used
	alone    bool // nothing but the text was asked
	unread   bool // something was typed of which nothing can be read
}

// ask reads an address. The boxes of the advanced form become words of the
// text; nothing that is sent is an error.
func ask(r *http.Request) *asked {
	q := r.URL.Query()
	a := &asked{page: 1, chosen: map[search.Facet][]string{}, form: q.Get("form") != ""}
	a.text = strings.TrimSpace(q.Get("q"))
	form := formOf(q)
	if more := form.Query(); more != "" {
		a.text, a.form = strings.TrimSpace(a.text+" "+more), true
	}
	a.query = query.Parse(a.text)
	typed := a.text != ""
	a.text = printable(a.text)
	a.unread = typed && a.text == ""
	a.from, a.to = span(q.Get("from"), q.Get("to"))
	for _, f := range facetFields {
		for _, v := range q[f.field] {
			if v != "" && len(v) <= longestChosen && len(a.chosen[f.facet]) < mostChosen && !slices.Contains(a.chosen[f.facet], v) {
				a.chosen[f.facet] = append(a.chosen[f.facet], v)
			}
		}
	}
	for _, s := range sorts {
		if q.Get("sort") == s.name {
			a.sort = s.by
		}
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n <= deepestPage {
		a.page = n
	}
	a.alone = !a.form && len(a.chosen) == 0 && a.from == "" && a.to == ""
	return a
}

// boxes are the boxes of the advanced form that hold words, by their names.
func boxes(f *query.Form) []struct {
	name string
	text *string
} {
	return []struct {
		name string
		text *string
	}{
		{"all", &f.All}, {"any", &f.Any}, {"none", &f.None}, {"author", &f.Author}, {"title", &f.Title}, {"abstract", &f.Abstract},
		{"fulltext", &f.FullText}, {"ref", &f.References}, {"keyword", &f.Keywords}, {"issue", &f.Issue},
	}
}

// formOf reads the advanced form, but for the time, which stands beside the text.
func formOf(q url.Values) query.Form {
	var f query.Form
	for _, b := range boxes(&f) {
		*b.text = q.Get(b.name)
	}
	f.Section, f.Type, f.Language, f.HasPDF = q.Get("section"), q.Get("type"), q.Get("lang"), q.Get("pdf") != ""
	return f
}

// span reads two times, as they are printed; empty where there is none.
func span(from, to string) (string, string) {
	n := query.Parse(query.Form{From: from, To: to}.Query()).Root
	if n == nil || n.Op != query.Range {
		return "", ""
	}
	return n.From, n.To
}

// printable is as much of a text as is read, without control characters.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	n := 0
	for i := range s {
		if n++; n > query.MaxRunes {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// anything reports whether something is asked.
func (a *asked) anything() bool {
	return a.text != "" || a.unread || a.from != "" || a.to != "" || len(a.chosen) > 0
}

// words reports whether the text, if there is one, holds something to look for.
func (a *asked) words() bool { return !a.unread && (a.text == "" || a.query.Root != nil) }

// values are what an address says, without the page.
func (a *asked) values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("q", a.text)
	set("from", a.from)
	set("to", a.to)
	for _, f := range facetFields {
		if v := a.chosen[f.facet]; len(v) > 0 {
			q[f.field] = v
		}
	}
	set("sort", a.order())
	if a.form {
		q.Set("form", "1")
	}
	return q
}

// order is the name of the order, empty for the usual one.
func (a *asked) order() string {
	for _, s := range sorts[1:] {
		if s.by == a.sort {
			return s.name
		}
	}
	return ""
}

// at is the address of a page of the result.
func (a *asked) at(address string, page int) string {
	q := a.values()
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return address
	}
	return address + "?" + q.Encode()
}

// with is the same question, changed.
func (a *asked) with(change func(*asked)) *asked {
	b := *a
	b.chosen = make(map[search.Facet][]string, len(a.chosen))
	for f, v := range a.chosen {
		b.chosen[f] = slices.Clone(v)
	}
	b.page = 1
	change(&b)
	return &b
}

// instead is the same question with another text.
func (a *asked) instead(text string) *asked {
	return a.with(func(b *asked) { b.text, b.query = text, query.Parse(text) })
}

// request is what the engine is asked, for hits from an offset on. Where nothing has
// all of the words it finds what has most of them.
func (a *asked) request(v *visit, limit, offset int) search.Request {
	r := search.Request{Query: a.query, Sort: a.sort, Limit: limit, Offset: offset, Filters: map[search.Facet][]string{}, Loosen: true}
	if a.from != "" || a.to != "" {
		r.During = query.Parse(query.Form{From: a.from, To: a.to}.Query()).Root
	}
	if v.journal != nil {
		r.Journals = []string{v.journal.ID}
	}
	for facet, values := range a.chosen {
		if facet == search.FacetJournal {
			values = v.site.journalIDs(values)
		}
		r.Filters[facet] = values
	}
	return r
}

// journalIDs are the journals with these paths; a path that nobody has stays, as
// it finds nothing.
func (s *Site) journalIDs(paths []string) []string {
	out := slices.Clone(paths)
	for i, p := range out {
		if j := s.directory.Load().byPath[p]; j != nil {
			out[i] = j.ID
		}
	}
	return out
}
