// Package markdown reads the pages that a journal writes about itself: Markdown
// (CommonMark 0.31 with the tables and strikethrough of GitHub Flavored
// Markdown, and footnotes) into HTML that can stand on a page of the site.
//
//	d, err := markdown.Read("# Aims\n\nWe publish …", markdown.Options{Lang: "en"})
//	// d.Title is "Aims", d.HTML the rest, d.Problems is empty
//
// A title is the heading of the first level that a text begins with; it is the
// page's own h1, so that the headings of the text begin at h2. A problem is
// something that a writer should know of before the page is published: HTML,
// which is shown as text, or a link that leads to nowhere a reader could go.
//
// The HTML holds no element, attribute or address but those that this package
// writes. The package does no I/O and knows neither journals nor pages.
package markdown

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"offprint/internal/errs"
)

// Most is how many bytes a text has at most.
const Most = 128 << 10

const (
	// deepest bounds how far blocks and emphasis stand in each other.
	deepest = 100
	// mostBrackets bounds the opening brackets of a text: the time for those
	// that are never closed grows with their square.
	mostBrackets = 4000
)

// Options say where the HTML will stand.
type Options struct {
	// Lang is the language of the text, BCP 47. Paragraphs that are written in
	// the other direction than it say so.
	Lang string
	// Prefix stands before every id, so that two texts can stand on one page.
	Prefix string
	// Back is what the links from a footnote back into the text are called.
	Back string
	// Table is what the region of a table that is too wide is called.
	Table string
}

// Document is a text that was read.
type Document struct {
	Title    string // plain text, may be empty
	HTML     template.HTML
	Contents []Heading
	Problems []Problem
}

// Heading is a section of the text.
type Heading struct {
	ID    string
	Text  string
	Level int // 2 to 6
}

// Problem is what a writer should mend, in a sentence.
type Problem struct {
	Line int // from 1
	What string
}

// String is the problem with its line.
func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.What) }

// Read makes HTML of a text. errs.TooLarge above Most bytes and where blocks
// stand in each other without end; errs.Invalid when it is not UTF-8.
func Read(source string, o Options) (d *Document, err error) {
	defer errs.Wrap(&err, "markdown.Read")
	switch {
	case len(source) > Most:
		return nil, errs.Newf(errs.TooLarge, "the text has %d kB; a page takes %d kB: divide it into several pages", len(source)>>10, Most>>10)
	case strings.Count(source, "[") > mostBrackets:
		return nil, errs.Newf(errs.TooLarge, "the text has more than %d opening brackets: divide it into several pages", mostBrackets)
	case quotedDeep(source):
		return nil, tooDeep()
	case !utf8.ValidString(source) || strings.IndexByte(source, 0) >= 0:
		return nil, errs.Newf(errs.Invalid, "the text is not UTF-8: save it as UTF-8 (without NUL characters) and try again")
	}
	source = strings.TrimPrefix(strings.ReplaceAll(source, "\r\n", "\n"), "\ufeff")
	r := &reader{source: []byte(source), options: o, doc: &Document{}, ids: map[string]int{}}
	m := goldmark.New(
		goldmark.WithExtensions(extension.Strikethrough,
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.NewFootnote(extension.WithFootnoteIDPrefix(o.Prefix), extension.WithFootnoteBacklinkTitle(o.Back))),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(r, 10_000))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(&drawer{table: o.Table}, 100))),
	)
	tree := m.Parser().Parse(text.NewReader(r.source))
	if r.failed != nil {
		return nil, r.failed
	}
	var b bytes.Buffer
	if err := m.Renderer().Render(&b, r.source, tree); err != nil {
		return nil, err
	}
	r.doc.HTML = template.HTML(strings.TrimSpace(b.String()))
	return r.doc, nil
}

func tooDeep() error {
	return errs.Newf(errs.TooLarge, "blocks or emphasis stand in each other more than %d times: make the text plainer", deepest)
}

// quotedDeep reports whether a line begins with more quotation marks than
// there may be; a parser goes through all of them for every line.
func quotedDeep(source string) bool {
	for line := range strings.SplitSeq(source, "\n") {
		n := 0
		for _, c := range line {
			if c == '>' {
				n++
			} else if c != ' ' && c != '\t' {
				break
			}
		}
		if n > deepest {
			return true
		}
	}
	return false
}

// drawer draws what this package draws differently from goldmark.
type drawer struct{ table string }

// RegisterFuncs implements renderer.NodeRenderer.
func (d *drawer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(tableKind, d.wide)
	reg.Register(ast.KindHTMLBlock, d.htmlBlock)
	reg.Register(ast.KindRawHTML, d.rawHTML)
}

// wide draws a table in a box of its own that scrolls, by the keyboard too.
func (d *drawer) wide(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		label := ""
		if d.table != "" {
			label = ` role="group" aria-label="` + template.HTMLEscapeString(d.table) + `"`
		}
		_, err := w.WriteString(`<div class="scroll" tabindex="0"` + label + "><table>\n")
		return ast.WalkContinue, err
	}
	_, err := w.WriteString("</table></div>\n")
	return ast.WalkContinue, err
}

// htmlBlock shows HTML as the text that it is: nothing is lost in silence.
func (d *drawer) htmlBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.HTMLBlock)
	var b bytes.Buffer
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		b.Write(line.Value(source))
	}
	if block.HasClosure() {
		b.Write(block.ClosureLine.Value(source))
	}
	_, err := w.WriteString("<p>" + template.HTMLEscapeString(strings.TrimSpace(b.String())) + "</p>\n")
	return ast.WalkSkipChildren, err
}

func (d *drawer) rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	raw := n.(*ast.RawHTML)
	for i := range raw.Segments.Len() {
		s := raw.Segments.At(i)
		if _, err := w.WriteString(template.HTMLEscapeString(string(s.Value(source)))); err != nil {
			return ast.WalkStop, err
		}
	}
	return ast.WalkSkipChildren, nil
}
