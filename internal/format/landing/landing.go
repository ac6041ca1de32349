// Package landing reads article pages: what a reader of a journal's site sees
// of one article, as bytes. It makes of them the record of the article as far as the
// page tells it, and a list of everything that it did not understand.
//
// Kinds of page, recognised by their content:
//
//   - text as copied from a browser, with labels in English, Russian,
//     Ukrainian, Portuguese, Spanish, French, German or Japanese;
//   - HTML, with or without meta elements (Highwire citation_*, Dublin Core,
//     PRISM, Open Graph) and schema.org JSON-LD, and its visible text;
//   - text in <title>, <author>, <abstract> … tags, as text corpora have it;
//   - Markdown with TOML or YAML front matter;
//   - RDF/XML records of Dublin Core and PRISM terms.
//
// Terms: a label is a heading or the word before a colon that says what follows
// ("Для цитирования:"); a section is a label with its lines; the head is what
// stands before the first section, where journal, title and people have no
// labels; furniture is text of the site that is the same on every page.
//
//	r, err := landing.Read("page.txt", b)
//	r.Article.Titles[0].Plain, r.Article.References[5].Key, r.Losses
//
// The reader guesses nothing. A field is set where a label, a tag or a form
// says it, text is kept as it is printed, contradictions become disputes, and
// what has no place becomes a loss. It fetches nothing and follows no link, and
// it has no rules for single sites.
package landing

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// Version of the reader. It changes whenever the same bytes give another
// record, so that an importer knows to read them again.
const Version = 3

// Read reads one page. The name is only for messages. The caller bounds the
// size of b.
//
// Errors are errs.Problem of kind errs.Invalid: an empty file, bytes that are
// no text, a page that is no article, a title beyond 4,000 characters.
func Read(name string, b []byte) (*journal.Reading, error) {
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, errs.Newf(errs.Invalid, "%s is empty; save the page again and give that file", name)
	}
	text, charset, err := script.Decode(b, script.Declared(b))
	if text == "" && err != nil {
		return nil, err
	}
	p := &page{name: name}
	if err != nil {
		p.damage(text)
		err = nil
	}
	if charset != "utf-8" && charset != "" {
		p.charset = charset
	}
	if strings.ContainsRune(text, '\r') {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	switch kindOf(text) {
	case kindJATS:
		return nil, errs.Newf(errs.Invalid, "%s is a JATS article, not a page; import it with --format jats", name)
	case kindRDF:
		err = p.readRDF(text)
	case kindHTML:
		p.readHTML(text)
	case kindFrontMatter:
		err = p.readFrontMatter(text)
	case kindTagged:
		p.readTagged(text)
	default:
		p.readText(text)
	}
	if err != nil {
		return nil, err
	}
	return p.finish()
}

// kind of a page.
type kind int

const (
	kindText kind = iota
	kindHTML
	kindRDF
	kindJATS
	kindFrontMatter
	kindTagged
)

// kindOf looks at the beginning of a text.
func kindOf(text string) kind {
	head := strings.TrimLeft(text[:min(len(text), 8192)], " \t\n\ufeff")
	switch {
	case isFence(head, "+++"), isFence(head, "---"):
		return kindFrontMatter
	case !strings.Contains(head, "<"):
		return kindText
	}
	lower := strings.ToLower(head)
	switch {
	case strings.Contains(lower, "<rdf:rdf") || strings.Contains(lower, "http://www.w3.org/1999/02/22-rdf-syntax-ns#") && strings.HasPrefix(lower, "<"):
		return kindRDF
	case isElement(lower, "article") && (strings.HasPrefix(lower, "<?xml") || strings.Contains(lower, "<front>")):
		return kindJATS
	case isElement(lower, "html"), isElement(lower, "head"), isElement(lower, "body"), isElement(lower, "meta"), strings.Contains(lower, "<!doctype html"):
		return kindHTML
	case strings.HasPrefix(lower, "<") && taggedLike(lower):
		return kindTagged
	case isElement(lower, "div"), isElement(lower, "p"), isElement(lower, "h1"), isElement(lower, "table"):
		return kindHTML
	}
	return kindText
}

// isFence: the first line is the one that opens front matter.
func isFence(head, fence string) bool {
	first, _, _ := strings.Cut(head, "\n")
	return strings.TrimSpace(first) == fence
}

// isElement: the text has a start tag of that name.
func isElement(lower, name string) bool {
	for rest := lower; ; {
		i := strings.Index(rest, "<"+name)
		if i < 0 {
			return false
		}
		rest = rest[i+1+len(name):]
		if rest == "" || strings.ContainsRune("> \t\n/", rune(rest[0])) {
			return true
		}
	}
}

// damage reports every line of a damaged text that holds a replacement mark.
func (p *page) damage(text string) {
	no := 1
	for line := range strings.Lines(text) {
		if strings.ContainsRune(line, utf8.RuneError) {
			p.loss(lineNo(no), strings.TrimSpace(line), "the bytes are damaged here; what could not be read is shown as "+string(utf8.RuneError))
		}
		no++
	}
}
