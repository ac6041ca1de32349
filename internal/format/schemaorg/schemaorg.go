// Package schemaorg writes articles as JSON-LD in the vocabulary of schema.org: a
// ScholarlyArticle in its issue, volume and periodical, with people and institutions by
// their ORCID iDs and ROR ids, licence, funding, translations, corrections, files and
// what its text offers to those who do not read by eye.
//
//	b, err := schemaorg.Encode(publication, documents, "https://example.org/rjr/articles/panov-2020")
//	// {"@context":"https://schema.org","@type":"ScholarlyArticle", …}
//
// Brief is the same without the list of references, for the head of a page. A text that
// the record has in several languages is a list of texts with their languages. The
// package guesses nothing: an article is said to be free to read only where its licence
// says so.
package schemaorg

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "application/ld+json"

// object is a node of JSON-LD; encoding/json writes its keys in alphabetical order, so
// that the same record gives the same bytes.
type object map[string]any

// put sets a property unless the value is empty.
func (o object) put(name string, value any) object {
	switch v := value.(type) {
	case nil:
		return o
	case string:
		if v = script.Line(v); v == "" {
			return o
		}
		value = v
	case object:
		if len(v) == 0 {
			return o
		}
	case []any:
		switch len(v) {
		case 0:
			return o
		case 1:
			value = v[0]
		}
	}
	o[name] = value
	return o
}

// typed is an object of a class.
func typed(class string) object { return object{"@type": class} }

// Encode writes the article with its references, indented. The documents are its full
// texts, which may be nil where they are not at hand.
func Encode(p *journal.Publication, documents []journal.Document, address string) ([]byte, error) {
	o := work(p, documents, address)
	o.put("citation", citations(p.Record.References))
	return encoded(o, "  ")
}

// Brief writes the article without its references, on one line; every < is escaped, so
// that it can stand in a page.
func Brief(p *journal.Publication, documents []journal.Document, address string) ([]byte, error) {
	return encoded(work(p, documents, address), "")
}

func encoded(o object, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(indent == "")
	e.SetIndent("", indent)
	err := e.Encode(o)
	return b.Bytes(), err
}

func work(p *journal.Publication, documents []journal.Document, address string) object {
	rec := &p.Record
	o := typed(class(rec.Type))
	o["@context"] = "https://schema.org"
	o.put("@id", address).put("url", address).put("mainEntityOfPage", address)
	if doi, ok := pid.DOI(rec.DOI); ok {
		o.put("@id", "https://doi.org/"+doi)
		o.put("sameAs", "https://doi.org/"+doi)
	}
	o.put("identifier", identifiers(rec))
	names(o, p)
	people(o, rec)
	var abstracts []journal.Text
	for _, a := range rec.Abstracts {
		if a.Role == "" {
			abstracts = append(abstracts, a.Text)
		}
	}
	o.put("abstract", texts(abstracts, rec.Language))
	o.put("keywords", keywords(rec)).put("about", subjects(rec)).put("articleSection", texts(rec.Section, rec.Language)).put("inLanguage", languages(rec))
	dates(o, p)
	o.put("isPartOf", place(p, address))
	o.put("pageStart", rec.Pages.First).put("pageEnd", rec.Pages.Last).put("pagination", pagination(rec.Pages))
	o.put("publisher", publisher(&p.Journal, rec.Language))
	rights(o, rec)
	o.put("funding", grants(rec))
	related(o, p)
	o.put("encoding", encodings(p, address))
	access(o, documents)
	return o
}

// class is the class of the article: a review of a book is a review besides.
func class(kind string) string {
	switch kind {
	case "news", "announcement", "calendar":
		return "Article"
	}
	return "ScholarlyArticle"
}

func identifiers(rec *journal.Article) []any {
	var out []any
	value := func(kind, v string) {
		if v = script.Line(v); v != "" {
			out = append(out, object{"@type": "PropertyValue", "propertyID": kind, "value": v})
		}
	}
	if doi, ok := pid.DOI(rec.DOI); ok {
		value("https://registry.identifiers.org/registry/doi", "doi:"+doi)
	}
	for _, id := range rec.IDs {
		if id.Kind != "article-version" && script.Line(id.Kind) != "" {
			value(script.Line(id.Kind), id.Value)
		}
	}
	return out
}

// names are the titles: the original is the headline, all of them are names.
func names(o object, p *journal.Publication) {
	var all []journal.Text
	for i := range p.Record.Titles {
		all = append(all, p.Titled(p.Record.HeadingOf(i)))
	}
	o.put("name", texts(all, p.Record.Language))
	o.put("headline", p.Heading().Plain)
}

// texts are values with their languages; one that is in the language of the article and
// alone is bare.
func texts(list []journal.Text, lang string) any {
	var out []any
	seen := map[string]bool{}
	for _, t := range list {
		plain := script.Line(t.Plain)
		if plain == "" || seen[t.Lang+"\x00"+plain] {
			continue
		}
		seen[t.Lang+"\x00"+plain] = true
		if tag := locale.Tag(t.Lang); tag != "" {
			out = append(out, object{"@value": plain, "@language": tag})
		} else {
			out = append(out, plain)
		}
	}
	if len(out) == 1 && len(list) == 1 && (list[0].Lang == lang || list[0].Lang == "") {
		return script.Line(list[0].Plain)
	}
	return out
}

func keywords(rec *journal.Article) []any {
	var out []any
	for _, k := range rec.Keywords {
		tag := locale.Tag(k.Lang)
		for _, w := range k.Words {
			switch w = script.Line(w); {
			case w == "":
			case tag == "" || k.Lang == rec.Language:
				out = append(out, w)
			default:
				out = append(out, object{"@value": w, "@language": tag})
			}
		}
	}
	return out
}

func subjects(rec *journal.Article) []any {
	var out []any
	for _, s := range rec.Subjects {
		o := typed("DefinedTerm").put("termCode", s.Code).put("name", s.Code)
		if len(o) == 1 {
			continue
		}
		if script.Line(s.Scheme) != "" {
			o.put("inDefinedTermSet", typed("DefinedTermSet").put("name", s.Scheme))
		}
		out = append(out, o)
	}
	return out
}

func dates(o object, p *journal.Publication) {
	published := p.Record.Published.Valid()
	if published == "" {
		published = p.Issued().Valid()
	}
	o.put("datePublished", string(published))
	if len(p.Created) >= 10 && p.Version > 1 {
		o.put("dateModified", string(journal.Date(p.Created[:10]).Valid()))
	}
	if p.Version > 0 {
		o.put("version", strconv.Itoa(p.Version))
	}
	if p.Standing == journal.Retracted {
		o.put("creativeWorkStatus", "Retracted")
	}
}

// place is the issue in its volume and periodical, as much of them as there is.
func place(p *journal.Publication, address string) object {
	at := journal.Address(address)
	periodical := typed("Periodical").put("name", texts(p.Journal.Titles, p.Record.Language)).put("alternateName", p.Journal.Abbrev).
		put("url", at.Journal()).put("@id", at.Journal()).put("publisher", publisher(&p.Journal, p.Record.Language))
	var issns []any
	for _, issn := range []string{p.Journal.ISSNOnline, p.Journal.ISSNPrint} {
		if issn, ok := pid.ISSN(issn); ok {
			issns = append(issns, issn)
		}
	}
	periodical.put("issn", issns)
	in := periodical
	is := p.Place()
	if is == nil {
		return in
	}
	if script.Line(is.Volume) != "" {
		in = typed("PublicationVolume").put("volumeNumber", is.Volume).put("isPartOf", in)
	}
	if script.Line(is.Number) != "" || len(is.Titles) > 0 {
		in = typed("PublicationIssue").put("issueNumber", is.Number).put("name", texts(is.Titles, p.Record.Language)).put("isPartOf", in).
			put("url", at.Issue(p.Issue)).put("datePublished", string(issued(is)))
	}
	return in
}

func issued(is *journal.Issue) journal.Date {
	if d := is.Published.Valid(); d != "" {
		return d
	}
	return journal.YearDate(is.Year).Valid()
}

func pagination(p journal.Pages) string {
	if script.Line(p.First) == "" {
		return p.Article
	}
	return p.String()
}

func publisher(j *journal.Journal, lang string) object {
	name := texts(j.Publisher, lang)
	if list, ok := name.([]any); ok && len(list) == 0 {
		return nil
	}
	return typed("Organization").put("name", name)
}

func rights(o object, rec *journal.Article) {
	o.put("copyrightNotice", rec.Copyright)
	l := rec.Licence
	if l == nil {
		return
	}
	if l.URL == "" {
		if script.Line(l.Text) != "" {
			o.put("license", typed("CreativeWork").put("name", l.Text))
		}
		return
	}
	o.put("license", l.URL)
	if strings.Contains(l.URL, "creativecommons.org/") {
		o["isAccessibleForFree"] = true
	}
}

// languages are those in which the text is.
func languages(rec *journal.Article) []any {
	var tags []any
	for _, lang := range rec.TextLanguages() {
		if tag := locale.Tag(lang); tag != "" && !slices.Contains(tags, any(tag)) {
			tags = append(tags, tag)
		}
	}
	return tags
}
