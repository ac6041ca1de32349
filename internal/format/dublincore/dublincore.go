// Package dublincore writes articles in the terms of the Dublin Core: as oai_dc, the
// form that every OAI-PMH repository has (Simple Dublin Core 1.1 in the schema of
// OAI-PMH 2.0), as dim, the qualified fields that DSpace exchanges, and as meta
// elements of a page (DCMI, Expressing Dublin Core in HTML).
//
//	e := dublincore.Record(publication, "https://example.org/rjr/articles/panov-2020")
//	// <oai_dc:dc …><dc:title xml:lang="en">…</dc:title> …
//
// A value stands once for each language that the record has it in. What a record does
// not say has no element.
package dublincore

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

// Namespaces of oai_dc.
const (
	Namespace = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	Schema    = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
)

// Encode writes the article as a document.
func Encode(w io.Writer, p *journal.Publication, address string) error {
	return Record(p, address).Write(w)
}

// Record is the article as oai_dc; it is never nil.
func Record(p *journal.Publication, address string) *xmltree.Element {
	e := xmltree.New("oai_dc:dc").Set("xmlns:oai_dc", Namespace).Set("xmlns:dc", "http://purl.org/dc/elements/1.1/").
		Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").Set("xsi:schemaLocation", Namespace+" "+Schema)
	for _, f := range fields(p, address) {
		e.Add(xmltree.Say("dc:"+f.term, f.value).Set("xml:lang", f.lang))
	}
	return e
}

// field is one statement: an element of the Dublin Core, for dim with its qualifier.
type field struct{ term, qualifier, lang, value string }

// list collects statements, each once.
type list struct {
	out  []field
	seen map[field]bool // nil while there are few
	// lang is the language that was asked for last, and tag its usual form.
	lang, tag string
}

func (l *list) add(term, qualifier, lang, value string) {
	f := field{term, qualifier, l.tagOf(lang), script.Line(value)}
	if f.value != "" && !l.has(f) {
		l.out = append(l.out, f)
	}
}

func (l *list) tagOf(lang string) string {
	if lang != "" && lang != l.lang {
		l.lang, l.tag = lang, locale.Tag(lang)
	}
	if lang == "" {
		return ""
	}
	return l.tag
}

// few is how many statements are sooner compared than kept in a map.
const few = 64

// has reports whether a statement was made, and takes it for made.
func (l *list) has(f field) bool {
	if len(l.out) < few {
		return slices.Contains(l.out, f)
	}
	if l.seen == nil {
		l.seen = map[field]bool{}
		for _, one := range l.out {
			l.seen[one] = true
		}
	}
	was := l.seen[f]
	l.seen[f] = true
	return was
}

// fields are the statements on an article, in the order of the elements' definition.
func fields(p *journal.Publication, address string) []field {
	rec := &p.Record
	l := &list{out: make([]field, 0, few)}
	for _, t := range rec.TitleLanguages() {
		l.add("title", "", t, p.HeadingIn(t).Plain)
	}
	for i := range rec.Contributors {
		l.person(&rec.Contributors[i], rec.Language)
	}
	for _, k := range rec.Keywords {
		for _, w := range k.Words {
			l.add("subject", "", k.Lang, w)
		}
	}
	for _, s := range rec.Subjects {
		l.add("subject", strings.ToLower(s.Scheme), "", s.Code)
	}
	for _, a := range rec.Abstracts {
		l.add("description", "abstract", a.Lang, a.Plain)
	}
	for _, t := range rec.FundingStatement {
		l.add("description", "sponsorship", t.Lang, t.Plain)
	}
	for _, t := range p.Journal.Publisher {
		l.add("publisher", "", t.Lang, t.Plain)
	}
	l.add("date", "issued", "", string(p.Issued().Valid()))
	l.types(rec)
	for _, f := range rec.Galleys() {
		l.add("format", "", "", f.Media)
	}
	l.identifiers(p, address)
	l.source(p)
	var codes []string
	for _, lang := range rec.TextLanguages() {
		if code := locale.Alpha3(lang); !slices.Contains(codes, code) {
			l.add("language", "iso", "", code)
			codes = append(codes, code)
		}
	}
	l.relations(p, address)
	l.rights(rec)
	return l.out
}

// person is a creator or a contributor, by the name in the language of the article.
func (l *list) person(c *journal.Contributor, lang string) {
	if len(c.Names) == 0 {
		return
	}
	n := c.NameIn(lang)
	name := n.Sorted()
	if c.Collective {
		name = n.Shown()
	}
	switch c.Role {
	case "", "author":
		l.add("creator", "author", "", name)
	case "collab-member":
		l.add("contributor", "other", "", name)
	default:
		l.add("contributor", c.Role, "", name)
	}
}

// types are the type by OpenAIRE's vocabulary of 2.0 and 3.0, which harvesters of
// oai_dc know, the journal's own heading, and that this is the published version.
func (l *list) types(rec *journal.Article) {
	kind := "article"
	switch rec.Type {
	case "book-review", "product-review":
		kind = "review"
	case "abstract", "meeting-report":
		kind = "other"
	}
	l.add("type", "", "", "info:eu-repo/semantics/"+kind)
	l.add("type", "", "", "info:eu-repo/semantics/publishedVersion")
	for _, t := range rec.Section {
		l.add("type", "", t.Lang, t.Plain)
	}
}

func (l *list) identifiers(p *journal.Publication, address string) {
	l.add("identifier", "uri", "", address)
	if doi, ok := pid.DOI(p.Record.DOI); ok {
		l.add("identifier", "doi", "", "https://doi.org/"+doi)
	}
	for _, id := range p.Record.IDs {
		switch kind := strings.ToLower(id.Kind); kind {
		case "pmid", "edn", "handle":
			l.add("identifier", kind, "", kind+":"+script.Line(id.Value))
		}
	}
	l.add("identifier", "citation", "", p.Record.Citation)
}

// source is where the article stands: the journal with volume, issue and pages, and
// the journal's ISSNs.
func (l *list) source(p *journal.Publication) {
	for _, t := range p.Journal.Titles {
		l.add("source", "", t.Lang, place(p, t.Plain))
	}
	for _, issn := range []string{p.Journal.ISSNOnline, p.Journal.ISSNPrint} {
		if issn, ok := pid.ISSN(issn); ok {
			l.add("source", "issn", "", issn)
		}
	}
}

// place is "Annals of Lamps; 7(2), 2024: 11–19".
func place(p *journal.Publication, title string) string {
	var b strings.Builder
	b.WriteString(title)
	numbers, year := "", ""
	if is := p.Place(); is != nil {
		numbers = is.Volume
		if is.Number != "" {
			numbers += "(" + is.Number + ")"
		}
	}
	if y := p.Issued().Valid(); y != "" {
		year = string(y[:4])
	}
	between := "; "
	for _, s := range []string{numbers, year} {
		if s != "" {
			b.WriteString(between + s)
			between = ", "
		}
	}
	if pages := p.Record.Pages.String(); pages != "" {
		b.WriteString(": " + pages)
	}
	return b.String()
}

func (l *list) relations(p *journal.Publication, address string) {
	at := journal.Address(address)
	for _, f := range p.Record.Galleys() {
		l.add("relation", "hasformat", "", at.File(f))
	}
	l.add("relation", "ispartof", "", at.Issue(p.Issue))
	for i := range p.Record.Related {
		if doi, ok := pid.DOI(p.Record.Related[i].DOI); ok {
			l.add("relation", "", "", "https://doi.org/"+doi)
		} else {
			l.add("relation", "", "", p.Record.Related[i].URL)
		}
	}
}

func (l *list) rights(rec *journal.Article) {
	l.add("rights", "holder", "", rec.Copyright)
	if lic := rec.Licence; lic != nil {
		l.add("rights", "uri", "", lic.URL)
		if lic.URL == "" {
			l.add("rights", "", "", lic.Text)
		}
		if strings.Contains(lic.URL, "creativecommons.org/") {
			l.add("rights", "", "", "info:eu-repo/semantics/openAccess")
		}
	}
}
