// Package mods writes articles by the Metadata Object Description Schema 3.8 of the
// Library of Congress (https://www.loc.gov/standards/mods/), with roles by MARC's list of
// relators and the journal as the host of the article.
//
//	e := mods.Record(publication, "https://example.org/rjr/articles/panov-2020")
//
// Any record can be written; one without a title has the title element that the
// guidelines demand only if its journal has one.
package mods

import (
	"io"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Namespace and Schema of MODS.
const (
	Namespace = "http://www.loc.gov/mods/v3"
	Schema    = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
)

func named(e *xmltree.Element) *xmltree.Element {
	return e.Set("xmlns", Namespace).Set("xmlns:xlink", "http://www.w3.org/1999/xlink").Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").
		Set("xsi:schemaLocation", Namespace+" "+Schema)
}

// NewCollection begins a collection.
func NewCollection(w io.Writer) *xmltree.Collection {
	return xmltree.NewCollection(w, inner, named(xmltree.New("modsCollection")))
}

func say(name, value string) *xmltree.Element { return xmltree.Say(name, script.Line(value)) }

// Record is the article as an element that declares its own namespaces.
func Record(p *journal.Publication, address string) *xmltree.Element {
	return named(inner(p, address))
}

// inner is the article as an element of a collection; it is never nil.
func inner(p *journal.Publication, address string) *xmltree.Element {
	rec := &p.Record
	e := xmltree.New("mods").Set("version", "3.8")
	for i, t := range rec.Titles {
		kind := "translated"
		if i == 0 {
			kind = ""
		}
		e.Add(xmltree.Group("titleInfo", say("title", p.Titled(t).Plain), say("subTitle", rec.SubtitleIn(t.Lang).Plain)).Set("type", kind).Set("xml:lang", locale.Tag(t.Lang)))
	}
	for i := range rec.Contributors {
		e.Add(name(rec, &rec.Contributors[i]))
	}
	e.Add(say("typeOfResource", "text"), say("genre", "article").Set("authority", "marcgt"), say("genre", rec.Type))
	e.Add(origin(p)).Add(languages(rec)...).Add(physical(rec))
	for _, a := range rec.Abstracts {
		e.Add(say("abstract", a.Plain).Set("type", script.Line(a.Role)).Set("xml:lang", locale.Tag(a.Lang)))
	}
	e.Add(notes(rec)...).Add(subjects(rec)...)
	e.Add(host(p, address))
	e.Add(related(rec)...).Add(identifiers(rec)...)
	e.Add(xmltree.Group("location", say("url", address).Set("usage", "primary display").Set("access", "object in context"), files(rec, address)))
	return e.Add(access(rec), recordInfo(p))
}

func files(rec *journal.Article, address string) *xmltree.Element {
	for _, f := range rec.Galleys() {
		if f.Media == "application/pdf" {
			return say("url", xmltree.Address(journal.Address(address).File(f))).Set("access", "raw object")
		}
	}
	return nil
}

// relators are MARC's codes by the roles of the record.
var relators = map[string]string{"": "aut", "author": "aut", "editor": "edt", "guest-editor": "edt", "translator": "trl", "compiler": "com", "illustrator": "ill", "reviewer": "rev",
	"interviewer": "ivr", "interviewee": "ive", "photographer": "pht", "data-curator": "dtm", "supervisor": "ths", "collab-member": "ctb"}

func name(rec *journal.Article, c *journal.Contributor) *xmltree.Element {
	if len(c.Names) == 0 || script.Line(c.NameIn(rec.Language).Shown()) == "" {
		return nil
	}
	n := c.NameIn(rec.Language)
	kind := "personal"
	var parts []*xmltree.Element
	switch {
	case c.Collective:
		kind = "corporate"
		parts = []*xmltree.Element{say("namePart", n.Shown())}
	case script.Line(n.Family) == "":
		parts = []*xmltree.Element{say("namePart", n.Shown())}
	default:
		parts = []*xmltree.Element{say("namePart", n.Family).Set("type", "family"), say("namePart", n.Given).Set("type", "given"), say("namePart", n.Suffix).Set("type", "termsOfAddress")}
	}
	e := xmltree.New("name", parts...).Set("type", kind)
	for _, other := range c.Names {
		if s := script.Line(other.Shown()); s != "" && s != script.Line(n.Shown()) {
			e.Add(xmltree.New("alternativeName", say("namePart", s)).Set("altType", "script"))
		}
	}
	code := relators[c.Role]
	if code == "" {
		code = "ctb"
	}
	e.Add(xmltree.New("role", say("roleTerm", code).Set("type", "code").Set("authority", "marcrelator")))
	for _, s := range rec.AffiliationsPrinted(c, rec.Language) {
		e.Add(say("affiliation", s))
	}
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		e.Add(say("nameIdentifier", "https://orcid.org/"+orcid).Set("type", "orcid").Set("typeURI", "https://orcid.org/"))
	}
	return e
}

func origin(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("originInfo").Set("eventType", "publication")
	for _, t := range p.Journal.Publisher {
		e.Add(say("publisher", t.Plain).Set("xml:lang", locale.Tag(t.Lang)))
	}
	e.Add(say("dateIssued", string(p.Issued().Valid())).Set("encoding", "w3cdtf").Set("keyDate", "yes"))
	for _, event := range [...]string{"received", "accepted"} {
		e.Add(say("dateOther", string(p.Record.On(event))).Set("encoding", "w3cdtf").Set("type", event))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// languages are those in which the text is.
func languages(rec *journal.Article) (out []*xmltree.Element) {
	for _, lang := range rec.TextLanguages() {
		code, authority := locale.Bibliographic(lang), "iso639-2b"
		if locale.Alpha2(lang) == "" {
			code, authority = locale.Alpha3(lang), "iso639-3"
		}
		out = append(out, xmltree.Group("language", say("languageTerm", code).Set("type", "code").Set("authority", authority)))
	}
	return out
}

func physical(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("physicalDescription")
	for _, f := range rec.Galleys() {
		e.Add(say("internetMediaType", f.Media))
	}
	if e.Empty() {
		return nil
	}
	return e
}

func notes(rec *journal.Article) []*xmltree.Element {
	var out []*xmltree.Element
	for _, t := range rec.FundingStatement {
		out = append(out, say("note", t.Plain).Set("type", "funding").Set("xml:lang", locale.Tag(t.Lang)))
	}
	for _, f := range rec.Funding {
		out = append(out, say("note", strings.Join(append([]string{f.Funder}, f.Awards...), ", ")).Set("type", "funding"))
	}
	return append(out, say("note", rec.Citation).Set("type", "preferred citation"))
}

// subjects are the keywords, the headings by no known scheme, which JATS has under any
// name, and the numbers of classifications.
func subjects(rec *journal.Article) []*xmltree.Element {
	var topics, classes []*xmltree.Element
	seen := map[string]bool{}
	add := func(topic, lang string) {
		if topic = script.Line(topic); !seen[lang+" "+topic] {
			seen[lang+" "+topic], seen[" "+topic] = true, true
			topics = append(topics, xmltree.Group("subject", say("topic", topic)).Set("xml:lang", locale.Tag(lang)))
		}
	}
	for _, k := range rec.Keywords {
		for _, w := range k.Words {
			add(w, k.Lang)
		}
	}
	for _, s := range rec.Subjects {
		if code := s.Classification(); code != "" {
			classes = append(classes, say("classification", s.Code).Set("authority", code))
		} else {
			add(s.Code, "")
		}
	}
	return append(topics, classes...)
}

// host is the journal with the place of the article in it.
func host(p *journal.Publication, address string) *xmltree.Element {
	e := xmltree.New("relatedItem").Set("type", "host")
	for i, t := range p.Journal.Titles {
		kind := "translated"
		if i == 0 {
			kind = ""
		}
		e.Add(xmltree.Group("titleInfo", say("title", t.Plain)).Set("type", kind).Set("xml:lang", locale.Tag(t.Lang)))
	}
	e.Add(xmltree.Group("titleInfo", say("title", p.Journal.Abbrev)).Set("type", "abbreviated"))
	e.Add(say("genre", "periodical").Set("authority", "marcgt"))
	for _, s := range []struct{ issn, kind string }{{p.Journal.ISSNOnline, "issn-e"}, {p.Journal.ISSNPrint, "issn-p"}} {
		if issn, ok := pid.ISSN(s.issn); ok {
			e.Add(say("identifier", issn).Set("type", "issn").Set("displayLabel", s.kind))
		}
	}
	part := xmltree.New("part")
	if is := p.Place(); is != nil {
		part.Add(xmltree.Group("detail", say("number", is.Volume)).Set("type", "volume"), xmltree.Group("detail", say("number", is.Number)).Set("type", "issue"))
	}
	pages := p.Record.Pages
	part.Add(xmltree.Group("detail", say("number", pages.Article)).Set("type", "article"))
	part.Add(xmltree.Group("extent", say("start", pages.First), say("end", pages.Last)).Set("unit", "page"))
	if y := p.Issued().Valid(); y != "" {
		part.Add(say("date", string(y[:4])).Set("encoding", "w3cdtf"))
	}
	if !part.Empty() {
		e.Add(part)
	}
	return e.Add(xmltree.Group("location", say("url", journal.Address(address).Journal())))
}

// kinds of related item by the relations of the record.
var kinds = map[string]string{"translation": "otherVersion", "translated-article": "original", "preprint": "otherVersion", "article-reference": "otherVersion", "version": "otherVersion",
	"updated-article": "preceding", "update": "succeeding", "product": "reviewOf", "reviewed-article": "reviewOf", "peer-reviewed-article": "reviewOf",
	"continues": "preceding", "continued-by": "succeeding"}

func related(rec *journal.Article) []*xmltree.Element {
	var out []*xmltree.Element
	for i := range rec.Related {
		r := &rec.Related[i]
		e := xmltree.New("relatedItem", xmltree.Group("titleInfo", say("title", r.Title)))
		if doi, ok := pid.DOI(r.DOI); ok {
			e.Add(say("identifier", doi).Set("type", "doi"))
		} else {
			e.Add(xmltree.Group("location", say("url", xmltree.Address(r.URL))))
		}
		if e.Empty() {
			continue
		}
		if kind := kinds[r.Relation]; kind != "" {
			e.Set("type", kind)
		} else if r.Relation != "related-article" { // which says no more than the element
			e.Set("otherType", script.Line(r.Relation))
		}
		out = append(out, e)
	}
	return out
}

func identifiers(rec *journal.Article) []*xmltree.Element {
	var out []*xmltree.Element
	if doi, ok := pid.DOI(rec.DOI); ok {
		out = append(out, say("identifier", doi).Set("type", "doi"))
	}
	for _, id := range rec.IDs {
		if kind := script.Line(strings.ToLower(id.Kind)); kind != "" {
			out = append(out, say("identifier", id.Value).Set("type", kind))
		}
	}
	return out
}

func access(rec *journal.Article) *xmltree.Element {
	l := rec.Licence
	if l == nil {
		return say("accessCondition", rec.Copyright).Set("type", "use and reproduction")
	}
	text := l.Text
	if script.Line(text) == "" {
		text = l.Name()
	}
	return say("accessCondition", text).Set("type", "use and reproduction").Set("xlink:href", xmltree.Address(script.Line(l.URL)))
}

func recordInfo(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("recordInfo", say("recordContentSource", journal.In(p.Journal.Publisher, "en").Plain))
	if len(p.Created) >= 10 {
		e.Add(say("recordChangeDate", string(journal.Date(p.Created[:10]).Valid())).Set("encoding", "w3cdtf"))
	}
	return e.Add(say("recordIdentifier", p.ID)) // the record stays the same one when it changes
}
