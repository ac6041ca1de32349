// Package marcxml writes articles as MARC 21 bibliographic records in MARCXML
// (https://www.loc.gov/standards/marcxml/, schema MARC21slim 1.1), as component parts of
// a serial, with RDA's types of content, media and carrier.
//
//	e := marcxml.Record(publication, "https://example.org/rjr/articles/panov-2020")
//
// Terms: a control field has a number and characters; a data field has a number, two
// indicators and subfields with a code each. Any record can be written.
package marcxml

import (
	"io"
	"slices"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Namespace and Schema of MARCXML.
const (
	Namespace = "http://www.loc.gov/MARC21/slim"
	Schema    = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
)

func named(e *xmltree.Element) *xmltree.Element {
	return e.Set("xmlns", Namespace).Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").Set("xsi:schemaLocation", Namespace+" "+Schema)
}

// NewCollection begins a collection.
func NewCollection(w io.Writer) *xmltree.Collection {
	return xmltree.NewCollection(w, inner, named(xmltree.New("collection")))
}

// Record is the article as an element that declares its own namespaces.
func Record(p *journal.Publication, address string) *xmltree.Element {
	return named(inner(p, address))
}

// record collects the fields of one article.
type record struct{ e *xmltree.Element }

func (r record) control(tag, value string) {
	r.e.Add(xmltree.Say("controlfield", value).Set("tag", tag))
}

// field adds a data field of the subfields that have a value: codes and values in turn.
// The two indicators are one string. It is left out where there is none.
func (r record) field(tag, indicators string, subfields ...string) {
	e := xmltree.New("datafield").Set("tag", tag).Set("ind1", indicators[:1]).Set("ind2", indicators[1:])
	for i := 0; i+1 < len(subfields); i += 2 {
		e.Add(xmltree.Say("subfield", script.Line(subfields[i+1])).Set("code", subfields[i]))
	}
	if !e.Empty() {
		r.e.Add(e)
	}
}

// leader: a new record of language material, a component part of a serial, in Unicode,
// without the punctuation of ISBD between its subfields.
const leader = "00000nab a2200000 c 4500"

// inner is the article as an element of a collection; it is never nil.
func inner(p *journal.Publication, address string) *xmltree.Element {
	r := record{xmltree.New("record", xmltree.Say("leader", leader))}
	rec := &p.Record
	r.control("001", p.ID)
	r.control("005", changed(p.Created))
	r.control("007", "cr |||||||||||")
	r.control("008", fixed(p))
	if doi, ok := pid.DOI(rec.DOI); ok {
		r.field("024", "7 ", "a", doi, "2", "doi")
	}
	r.languages(rec)
	r.classes(rec)
	main := r.mainEntry(rec)
	r.titles(p, main >= 0)
	r.published(p)
	r.field("336", "  ", "a", "text", "b", "txt", "2", "rdacontent")
	r.field("337", "  ", "a", "computer", "b", "c", "2", "rdamedia")
	r.field("338", "  ", "a", "online resource", "b", "cr", "2", "rdacarrier")
	r.notes(rec)
	for i := range rec.Contributors {
		if i != main {
			r.person(rec, &rec.Contributors[i], false)
		}
	}
	r.host(p)
	r.related(rec)
	r.addresses(p, address)
	return r.e
}

// classes are the numbers of classifications. Those of Dewey, of the Library of Congress
// and of the UDC have fields of their own.
func (r record) classes(rec *journal.Article) {
	for _, s := range rec.Subjects {
		switch code := s.Classification(); code {
		case "": // a heading, see headings
		case "ddc":
			r.field("082", "04", "a", s.Code)
		case "lcc":
			r.field("050", " 4", "a", s.Code)
		case "udc":
			r.field("080", "  ", "a", s.Code)
		default:
			r.field("084", "  ", "a", s.Code, "2", code)
		}
	}
}

// headings are the keywords and the subjects by no known scheme, as uncontrolled terms:
// JATS has headings of journals and of publishers under any name.
func (r record) headings(rec *journal.Article) {
	seen := map[string]bool{}
	add := func(term string) {
		if term = script.Line(term); !seen[term] {
			seen[term] = true
			r.field("653", "0 ", "a", term)
		}
	}
	for _, k := range rec.Keywords {
		for _, w := range k.Words {
			add(w)
		}
	}
	for _, s := range rec.Subjects {
		if s.Classification() == "" {
			add(s.Code)
		}
	}
}

// languages are those in which the text is: with codes of MARC in one field, any other
// in one of its own.
func (r record) languages(rec *journal.Article) {
	var codes []string
	for _, lang := range rec.TextLanguages() {
		if code := locale.Bibliographic(lang); locale.Alpha2(lang) != "" && !slices.Contains(codes, code) {
			codes = append(codes, "a", code)
		}
	}
	r.field("041", "0 ", codes...)
	for _, lang := range rec.TextLanguages() {
		if locale.Alpha2(lang) == "" {
			r.field("041", "07", "a", locale.Alpha3(lang), "2", iso3(lang))
		}
	}
}

func iso3(tag string) string {
	if locale.Alpha3(tag) == "" {
		return ""
	}
	return "iso639-3"
}

// changed is a time as field 005 has it: "20240502100000.0".
func changed(created string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, created)
	if len(digits) < 14 {
		return ""
	}
	return digits[:14] + ".0"
}

// fixed is field 008: forty characters at fixed places. The country is that of the
// publisher where it is known to be one of MARC's two-letter codes by ISO; it is unknown
// otherwise.
func fixed(p *journal.Publication) string {
	entered := "      "
	if len(p.Created) >= 10 && journal.Date(p.Created[:10]).Exact() != "" {
		entered = strings.ReplaceAll(p.Created[2:10], "-", "")
	}
	dates := "nuuuuuuuu" // unknown
	if d := p.Issued().Valid(); d != "" {
		dates = "s" + string(d[:4]) + "    "
	}
	lang := locale.Bibliographic(p.Record.Language)
	if locale.Alpha2(p.Record.Language) == "" {
		lang = "und"
	}
	return entered + dates + "xx " + "|||||o|||||||||||"[:17] + lang + " d"
}

// mainEntry writes the first author and returns which contributor that is, -1 for none.
func (r record) mainEntry(rec *journal.Article) int {
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		if (c.Role == "" || c.Role == "author") && len(c.Names) > 0 && script.Line(c.NameIn(rec.Language).Shown()) != "" {
			r.person(rec, c, true)
			return i
		}
	}
	return -1
}

// relators are MARC's codes by the roles of the record.
var relators = map[string]string{"": "aut", "author": "aut", "editor": "edt", "guest-editor": "edt", "translator": "trl", "compiler": "com", "illustrator": "ill", "reviewer": "rev",
	"interviewer": "ivr", "interviewee": "ive", "photographer": "pht"}

func (r record) person(rec *journal.Article, c *journal.Contributor, main bool) {
	if len(c.Names) == 0 {
		return
	}
	n := c.NameIn(rec.Language)
	unsuffixed := n
	unsuffixed.Suffix = "" // which has a subfield of its own
	tag, indicators, name := "100", "1 ", unsuffixed.Sorted()
	switch {
	case c.Collective:
		tag, indicators, name = "110", "2 ", n.Shown()
	case n.Family == "":
		indicators = "0 "
	}
	if !main {
		tag = "7" + tag[1:]
	}
	if script.Line(name) == "" {
		return
	}
	code := relators[c.Role]
	if code == "" {
		code = "ctb"
	}
	subfields := []string{"a", name, "c", n.Suffix}
	if c.Collective {
		subfields = []string{"a", name}
	}
	for _, s := range rec.AffiliationsPrinted(c, rec.Language) {
		subfields = append(subfields, "u", s)
	}
	subfields = append(subfields, "4", code)
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		subfields = append(subfields, "0", "https://orcid.org/"+orcid, "1", "https://orcid.org/"+orcid)
	}
	r.field(tag, indicators, subfields...)
}

func (r record) titles(p *journal.Publication, entry bool) {
	rec := &p.Record
	ind := "00"
	if entry {
		ind = "10"
	}
	for i, t := range rec.Titles {
		tag, indicators := "246", "31"
		if i == 0 {
			tag, indicators = "245", ind
		}
		r.field(tag, indicators, "a", p.Titled(t).Plain, "b", rec.SubtitleIn(t.Lang).Plain)
	}
}

func (r record) published(p *journal.Publication) {
	lang := p.Record.Language
	year := ""
	if d := p.Issued().Valid(); d != "" {
		year = string(d[:4])
	}
	r.field("264", " 1", "a", p.Journal.Place, "b", journal.In(p.Journal.Publisher, lang).Plain, "c", year)
}

func (r record) notes(rec *journal.Article) {
	l := rec.Licence
	if l != nil && strings.Contains(l.URL, "creativecommons.org/") {
		r.field("506", "0 ", "a", "Open access", "2", "star", "f", "Unrestricted online access")
	}
	for _, a := range rec.Abstracts {
		r.field("520", "3 ", "a", a.Plain)
	}
	r.field("524", "  ", "a", rec.Citation)
	for _, f := range rec.Funding {
		subfields := []string{"a", f.Funder}
		for _, award := range f.Awards {
			subfields = append(subfields, "c", award)
		}
		r.field("536", "  ", subfields...)
	}
	if l != nil {
		text := l.Text
		if script.Line(text) == "" {
			text = l.Name()
		}
		r.field("540", "  ", "a", text, "u", l.URL, "f", l.SPDX)
	}
	r.field("542", "  ", "f", rec.Copyright)
	r.headings(rec)
	r.field("655", " 4", "a", strings.ReplaceAll(rec.Type, "-", " "))
}

// host is the journal with the place of the article in it (field 773).
func (r record) host(p *journal.Publication) {
	rec := &p.Record
	var where, enumeration []string
	if is := p.Place(); is != nil {
		if v := script.Line(is.Volume); v != "" {
			where, enumeration = append(where, "Vol. "+v), append(enumeration, v)
		}
		if n := script.Line(is.Number); n != "" {
			where, enumeration = append(where, "no. "+n), append(enumeration, n)
		}
	}
	if y := p.Issued().Valid(); y != "" {
		where = append(where, "("+string(y[:4])+")")
	}
	if pages := script.Line(rec.Pages.String()); pages != "" {
		where = append(where, "p. "+pages)
	}
	q := strings.Join(enumeration, ":")
	if first := script.Line(rec.Pages.First); first != "" {
		q += "<" + first
	}
	subfields := []string{"t", p.Journal.Title(rec.Language).Plain, "d", journal.In(p.Journal.Publisher, rec.Language).Plain, "g", strings.Join(where, ", "), "q", q}
	for _, issn := range []string{p.Journal.ISSNOnline, p.Journal.ISSNPrint} {
		if issn, ok := pid.ISSN(issn); ok {
			subfields = append(subfields, "x", issn)
			break // $x is not repeatable
		}
	}
	r.field("773", "0 ", subfields...)
}

// tags are the linking fields by the relations of the record: other editions,
// translations, originals. Fields 780 and 785 are for serials that go on under another
// title; an article that is updated is another edition.
var tags = map[string]string{"translation": "767", "translated-article": "765", "preprint": "775", "article-reference": "775", "version": "775", "updated-article": "775", "update": "775"}

func (r record) related(rec *journal.Article) {
	for i := range rec.Related {
		rel := &rec.Related[i]
		tag := tags[rel.Relation]
		if tag == "" {
			tag = "787"
		}
		note := strings.ReplaceAll(script.Line(rel.Relation), "-", " ")
		if doi, ok := pid.DOI(rel.DOI); ok {
			r.field(tag, "08", "i", note+":", "t", rel.Title, "o", "https://doi.org/"+doi)
		} else if rel.Title != "" || rel.URL != "" {
			r.field(tag, "08", "i", note+":", "t", rel.Title, "o", rel.URL)
		}
	}
}

func (r record) addresses(p *journal.Publication, address string) {
	if doi, ok := pid.DOI(p.Record.DOI); ok {
		r.field("856", "40", "u", "https://doi.org/"+doi, "7", "0")
	}
	r.field("856", "40", "u", address, "q", mediaOf(address, "text/html"))
	for _, f := range p.Record.Galleys() {
		to := journal.Address(address).File(f)
		r.field("856", "40", "u", to, "q", mediaOf(to, f.Media))
	}
}

func mediaOf(address, media string) string {
	if address == "" {
		return ""
	}
	return media
}
