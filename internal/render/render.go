// Package render draws a document tree: article nodes to semantic HTML and to
// plain text. The output is a pure function of the nodes and the options, so
// that the same record always gives the same bytes.
//
// Everything is escaped and nothing of a source passes through, with the one
// exception of MathML, which package mathml writes anew through a list of
// allowed elements. Links lead to http, https, ftp and mailto addresses only;
// any other target is shown as text. There is no style and no script in the
// output.
//
//	page, err := render.Document(&doc, render.Options{Lang: "en", HeadingLevel: 2})
//	// page.Body is <section id="s-methods"><h2>Methods</h2><p>…
//
// # Anchors
//
// Every id begins with what it is, so that it cannot clash with the page's
// own: s- section, fig- figure, table- table, eq- formula, box- box, fn- note,
// file- supplement, media- media, st- statement, p- a paragraph or anything else
// with an id in the source. They follow the source's ids (else the words of a
// heading, else the printed number), so that they stay when the article changes.
// That of a paragraph is made of its words: it is the same in every version in
// which the paragraph is. c1, c2 …
// are the places that cite references, c-panov-2010-1 … those that a derived tree
// has found (article.Unmarked), n1, n2 … those that refer to notes.
//
// # Classes
//
// label: a printed number · title: the title of a figure, table or box · head:
// the line that holds both · scroll: a focusable region that scrolls sideways ·
// figures, table, quote, media: kinds of figure elements · box, statement,
// equation, verse, dialogue, speech, speaker, attribution, permissions, file,
// missing, code, tex · notes, table-notes: lists of notes · cite, note, back:
// links to a reference, to a note, back from it · stacked: figures below each
// other · dashed: an attribution that has its dash · start, center, end, char:
// alignments of cells · plain, labelled: lists without marks of their own · sc,
// overline, roman, sans-serif: styles of a run.
//
// The tree comes from package article, which says what each kind holds. This
// package asks no store and knows no addresses: files, references and words
// are given to it by the caller. It must not repair a tree or add words of its
// own beyond Options.Words.
package render

import (
	"html/template"
	"io"
	"strings"

	"offprint/internal/article"
)

// Version is raised when the output for the same input changes; what was
// rendered by an earlier version is rendered again.
const Version = 2

// Image is a picture as browsers should load it.
type Image struct {
	URL           string // of the file itself, or of a rendition that browsers show
	Width, Height int    // in pixels, 0 when not known
	Sources       []Source
}

// Source is the same picture in another width.
type Source struct {
	URL   string
	Width int // in pixels
}

// Options are what the tree does not say itself. The zero value works.
type Options struct {
	// Lang is the language of the surroundings, a BCP 47 tag: what differs
	// from it carries a lang attribute. For Document it is the language of
	// the words of Words; the text is in the document's own.
	Lang string
	// HeadingLevel is the level of the outermost headings, 2 when 0; deeper
	// ones follow down to h6.
	HeadingLevel int
	// FileURL gives the address of a file that the text names, "" when there
	// is none: then its alternative text or name is shown.
	FileURL func(name string) string
	// Image gives the renditions of a picture by the name of its file, without
	// a URL where it cannot be shown; false where nothing is known of it: then
	// a picture is the file itself.
	Image func(name string) (Image, bool)
	// PartURL gives the address of a page that shows a figure or table alone,
	// by its anchor; CSV says that it is that of the table's values. Without
	// it there are no such links.
	PartURL func(anchor string, csv bool) string
	// RefURL gives the address of an entry of the reference list by its ID and
	// what a reader hears instead of a bare number: "#ref-6",
	// "Reference 6: FRUS 1951a". An empty address means that it is not known.
	RefURL func(id string) (href, label string)
	// Words replace the English words by key; see English for the keys.
	Words map[string]string
	// Prefix is set before every id, for a second text on one page: "ru-".
	Prefix string
	// NoLinks leaves out every link, for what will stand inside one.
	NoLinks bool
}

// Heading is a line of the contents.
type Heading struct {
	ID    string        // of the section, without "#"
	Level int           // 1 for an outermost section, 2 for one inside it
	Text  string        // plain
	HTML  template.HTML // with its markup, without links and notes
	Lang  string        // of the text
}

// Page is a document ready to be set into a page. Its parts are in the
// language of the document, which the element around them has to state.
type Page struct {
	Body, Back, Notes template.HTML
	// Parts are Body in pieces: its outermost sections, and what stands before,
	// between and after them.
	Parts []template.HTML
	// Contents are the headings of two levels of Body and Back in order.
	Contents []Heading
	// HasMath: there is MathML in it, so that a maths font is worth loading.
	HasMath bool
	// Cited are, for each ID of a reference, the ids of the places that cite
	// it ("c1", "c7"), in order.
	Cited map[string][]string
	// Places are the nodes of these places.
	Places map[string]*article.Node
}

// Document draws a full text. A footnote stands at the end of the outermost
// section that first refers to it; those of the back matter, of a text without
// sections, and those that nothing refers to are collected into Page.Notes. The error is always nil today; it
// stands for limits that a text may pass.
func Document(doc *article.Document, opt Options) (Page, error) {
	var page Page
	resolve(opt, doc.Lang, func(d *drawer) {
		d.await(doc.Notes)
		d.assign(doc.Body)
		d.assign(doc.Back)
		d.assign(doc.Notes)
		d.sectional = true
		var parts []*strings.Builder // sums of strings would copy a long text once for each block
		for i := range doc.Body {
			if i == 0 || doc.Body[i].Kind == article.Section || doc.Body[i-1].Kind == article.Section {
				parts = append(parts, &strings.Builder{})
			}
			parts[len(parts)-1].WriteString(d.draw(doc.Body[i : i+1]))
		}
		d.sectional = false
		back, notes := d.draw(doc.Back), d.drawNotes(true)
		page.Parts = make([]template.HTML, len(parts))
		var body strings.Builder
		for i, part := range parts {
			page.Parts[i] = template.HTML(d.backLinks(part.String()))
			body.WriteString(string(page.Parts[i]))
		}
		page.Body = template.HTML(body.String())
		page.Back, page.Notes = template.HTML(d.backLinks(back)), template.HTML(d.backLinks(notes))
		page.Contents, page.HasMath, page.Cited, page.Places = d.contents, d.hasMath, d.cited, d.places
	})
	return page, nil
}

// HTML writes the nodes: blocks as blocks, a bare line as a line. Notes inside
// them follow at the end. Only what a link inside the nodes leads to has an
// id, so that an abstract can stand beside a Document; several texts with
// notes on one page need a Prefix.
func HTML(w io.Writer, nodes []article.Node, opt Options) error {
	var body, notes string
	draw := func(d *drawer) {
		d.assign(nodes)
		body = d.backLinks(d.draw(nodes))
		notes = d.backLinks(d.drawNotes(true))
	}
	linked := resolve(opt, opt.Lang, draw)
	resolve(opt, opt.Lang, func(d *drawer) {
		d.wanted = linked
		draw(d)
	})
	if _, err := io.WriteString(w, body); err != nil {
		return err
	}
	_, err := io.WriteString(w, notes)
	return err
}

// resolve draws, and draws again without the links to what turned out not to
// be shown: another rendition of an image, for instance. It returns the
// anchors that links lead to.
func resolve(opt Options, lang string, f func(*drawer)) map[string]string {
	dead := map[string]bool{}
	for {
		d := newDrawer(opt, lang)
		d.dead = dead
		f(d)
		again := false
		for anchor, id := range d.linked {
			if !d.shown[anchor] && !dead[id] {
				dead[id], again = true, true
			}
		}
		if !again {
			return d.linked
		}
	}
}

// Inline is the nodes of a title, a reference or another single line as HTML,
// without blocks, notes and ids.
func Inline(nodes []article.Node, opt Options) template.HTML {
	d := newDrawer(opt, opt.Lang)
	d.bare = true
	d.phrases(nodes)
	return template.HTML(strings.TrimSpace(d.out.String()))
}
