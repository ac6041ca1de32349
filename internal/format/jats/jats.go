// Package jats reads articles in JATS XML (ANSI/NISO Z39.96, versions 1.0 to
// 1.4, and the NLM DTDs before it) into the record and the text of an article,
// and writes both as JATS Journal Publishing 1.3.
//
// A reading has three parts: the record from the front matter and the
// reference lists, the full texts as trees of package article (one per
// language), and the losses: every element that neither of them holds, by its
// path and with the number of its occurrences.
//
//	reading, err := jats.Decode(b)
//	// reading.Article.Titles[0].Plain, reading.Documents[0].Body, reading.Losses
//
// The reader first builds the tree of the XML, within bounds and without
// following any declaration or address in it; the functions that fill the
// record then take what they hold, element by element. What nobody took is
// what is reported, so that nothing can be forgotten in silence. Names are
// compared without their prefixes. Values are kept as printed; the reader
// fills nothing in and contradicts nothing.
package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// Version is raised when the reading of the same bytes changes; what an
// earlier version read can then be read again.
const Version = 2

// Decode reads one article. The caller bounds the size of b, at 64 MB or less.
// The error is an errs.Problem: Invalid with line and column for what is not
// well-formed, Invalid for another kind of XML, TooLarge for what exceeds the
// bounds of nesting and number of elements.
func Decode(b []byte) (*journal.Reading, error) {
	reading, _, err := decode(b)
	return reading, err
}

// decoder holds what the parts of one reading share.
type decoder struct {
	out      *journal.Reading
	main     journal.Document
	here     string           // language of what is being read
	ids      map[string]*elem // elements by their id
	cited    map[string]bool  // ids that the text refers to
	seen     map[string]bool  // what the record holds once
	groups   bool             // the references are divided into lists
	affs     map[*elem]int    // index of an affiliation in the record
	affElems []*elem          // the affiliations in their order
	places   int              // characters of institutions written into annexes
	ledger   ledger
	extra    []article.Node // footnotes found in titles and contributors
}

func newDecoder() *decoder {
	return &decoder{out: &journal.Reading{}, ids: map[string]*elem{}, cited: map[string]bool{}, seen: map[string]bool{}, affs: map[*elem]int{}}
}

func decode(b []byte) (*journal.Reading, tally, error) {
	b, err := toUTF8(b)
	if err != nil {
		return nil, tally{}, err
	}
	root, entities, err := parse(b)
	if err != nil {
		return nil, tally{}, err
	}
	if err := isArticle(root); err != nil {
		return nil, tally{}, err
	}
	d := newDecoder()
	d.collect(root, false)
	d.article(root)
	d.ledger.losses(root)
	d.out.Losses = d.ledger.report()
	for _, name := range sorted(entities) {
		d.out.Losses = append(d.out.Losses, journal.Loss{Where: "entity", What: "&" + name + ";", Why: whyEntity})
	}
	return d.out, d.ledger.tally, nil
}

// collect notes the elements by id and what the text refers to.
func (d *decoder) collect(e *elem, inContributor bool) {
	if id := e.at("id"); id != "" && d.ids[id] == nil {
		d.ids[id] = e
	}
	if e.name == "xref" && !inContributor {
		for _, rid := range strings.Fields(e.at("rid")) {
			d.cited[fromName(rid)] = true
		}
	}
	inContributor = inContributor || e.name == "contrib"
	for _, k := range e.kids {
		if k.name != "" {
			d.collect(k, inContributor)
		}
	}
}

func (d *decoder) article(root *elem) {
	root.took = true
	d.here = d.language(root)
	a := &d.out.Article
	a.Type, a.Language, d.main.Lang = root.at("article-type"), d.here, d.here
	back := root.child("back")
	d.groups = lists(back) > 1
	var behind []article.Node
	for front := range root.each("front", "front-stub") {
		behind = append(behind, d.front(front)...)
	}
	d.main.Body = d.body(root)
	if back != nil {
		back.took = true
		d.main.Back, d.main.Notes = d.notes(d.flow(back))
	}
	for group := range root.each("floats-group", "floats-wrap") {
		group.took = true
		d.main.Body = append(d.main.Body, d.flow(group)...)
	}
	d.main.Back = append(d.main.Back, behind...)
	d.main.Back = append(d.main.Back, d.extraNotes()...)
	d.nameNotes(d.main.Back)
	var others []journal.Document
	for sub := range root.each("sub-article", "response") {
		others = append(others, d.subArticle(sub)...)
	}
	d.settleReferences()
	if len(d.main.Body)+len(d.main.Back)+len(d.main.Notes) > 0 {
		d.out.Documents = append(d.out.Documents, d.main)
	}
	d.out.Documents = append(d.out.Documents, others...)
}

func (d *decoder) body(e *elem) []article.Node {
	var out []article.Node
	for body := range e.each("body") {
		body.took = true
		out = append(out, d.flow(body)...)
	}
	return out
}

// language is the language of the article: as declared, else that of its
// words. The DTDs' default, English, holds for words in Latin letters only.
func (d *decoder) language(root *elem) string {
	if lang := langTag(root.at("lang")); lang != "" {
		return lang
	}
	front := root.child("front")
	title := front.find("article-title")
	if title != nil && langTag(title.at("lang")) != "" {
		return langTag(title.at("lang"))
	}
	words := title.peek() + " " + front.find("abstract").peek()
	if lang := script.Language(words); lang != "" {
		return lang
	}
	body := root.child("body").peek()
	words += " " + body[:min(len(body), 4000)]
	if lang := script.Language(words); lang != "" {
		return lang
	}
	if script.Of(words) == "Latn" {
		return "en"
	}
	return ""
}

// langTag is a BCP 47 tag in its usual letter case: "pt-BR", "sr-Latn".
func langTag(s string) string {
	if s = strings.TrimSpace(s); s == "" || len(s) > 35 {
		return ""
	}
	parts := strings.Split(strings.ReplaceAll(strings.ToLower(s), "_", "-"), "-")
	for i, p := range parts {
		switch {
		case !alphanumeric(p):
			return ""
		case i > 0 && len(p) == 2 && len(parts[i-1]) > 1:
			parts[i] = strings.ToUpper(p)
		case i == 1 && len(p) == 4 && p[0] > '9':
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

func alphanumeric(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 8
}

// dialects are roots of XML that people hand in instead of JATS.
var dialects = map[string]string{
	"html": "a web page", "TEI": "TEI", "teiCorpus": "TEI", "doi_batch": "a Crossref deposit", "OAI-PMH": "an OAI-PMH response",
	"rss": "an RSS feed", "feed": "an Atom feed", "svg": "an SVG drawing", "pmc-articleset": "a set of PMC articles",
	"PubmedArticleSet": "PubMed records", "PubmedArticle": "a PubMed record", "book": "a book (BITS or DocBook)", "book-part-wrapper": "a book part (BITS)",
	"journal": "a journal issue (RSCI or another)", "articles": "a set of articles (OJS or another)", "issues": "a set of OJS issues", "issue": "an issue (OJS or another)",
	"records": "a set of records (DOAJ or another)", "modsCollection": "MODS", "mods": "MODS", "collection": "MARCXML", "RDF": "RDF", "package": "an EPUB package",
	"resource": "a DataCite record", "standard": "a standard (STS)", "office:document": "an office document", "document": "an office document", "rfc": "an RFC",
}

// isArticle tells JATS from other XML, also from OJS and DocBook, whose root
// has the same name.
func isArticle(root *elem) error {
	namespace := root.at("xmlns")
	switch {
	case strings.Contains(namespace, "pkp.sfu.ca"):
		return other("an article exported by OJS")
	case strings.Contains(namespace, "docbook"):
		return other("DocBook")
	case root.name != "article":
		if what := dialects[root.name]; what != "" {
			return other(what)
		}
		return errs.Newf(errs.Invalid, "the root element is <%s>, so this is not a JATS article: JATS begins with <article>", root.name)
	}
	for _, name := range []string{"front", "front-stub", "body", "back"} {
		if root.child(name) != nil {
			return nil
		}
	}
	if root.child("title") != nil || root.child("articleinfo") != nil || root.child("info") != nil {
		return other("DocBook")
	}
	return errs.Newf(errs.Invalid, "the <article> has neither <front> nor <body>, so there is nothing of JATS in it")
}

func other(what string) error {
	return errs.Newf(errs.Invalid, "this is XML of another kind (%s), not JATS: give the article itself as JATS", what)
}
