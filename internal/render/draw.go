package render

import (
	"html/template"
	"strings"

	"offprint/internal/article"
	"offprint/internal/locale"
)

// drawer holds the state of one drawing.
type drawer struct {
	out strings.Builder
	opt Options

	lang   string // language of what is being drawn
	depth  int    // headings above
	inBox  bool   // headings here are not lines of the contents
	bare   bool   // a single line: no ids, no notes, no blocks
	link   bool   // inside a link
	raised bool   // inside a superscript

	sectional bool // outermost sections end with their notes
	within    int  // sections around

	anchors map[string]string        // anchor by the source's id
	targets map[string]*article.Node // node by the source's id
	given   map[*article.Node]string // anchor of a node
	used    map[string]bool
	again   map[string]int    // the next number for an anchor that is wanted twice
	shown   map[string]bool   // anchors that were written
	linked  map[string]string // source id by the anchor that a link leads to
	wanted  map[string]string // the only anchors to write, nil for all
	dead    map[string]bool   // ids of the source that have no place on the page

	waiting  []article.Node // notes outside the text
	outside  map[*article.Node]bool
	notes    []note
	drawn    int                   // notes that have been drawn
	noted    map[*article.Node]int // index of a note in notes
	marks    int
	cites    int
	cited    map[string][]string
	found    map[string]*int // found citations by the entry that they lead to
	places   map[string]*article.Node
	contents []Heading
	hasMath  bool
}

func newDrawer(opt Options, lang string) *drawer {
	if opt.HeadingLevel < 1 {
		opt.HeadingLevel = 2
	}
	return &drawer{opt: opt, lang: lang, anchors: map[string]string{}, targets: map[string]*article.Node{},
		given: map[*article.Node]string{}, used: map[string]bool{}, again: map[string]int{}, shown: map[string]bool{}, linked: map[string]string{},
		noted: map[*article.Node]int{}, cited: map[string][]string{}, found: map[string]*int{}, places: map[string]*article.Node{}}
}

// draw draws blocks and returns them.
func (d *drawer) draw(nodes []article.Node) string {
	d.out.Reset()
	d.blocks(nodes)
	return d.out.String()
}

// aside draws something apart from the output and returns it.
func (d *drawer) aside(f func()) string {
	outer := d.out
	d.out = strings.Builder{}
	f()
	s := d.out.String()
	d.out = outer
	return s
}

func (d *drawer) raw(s ...string) {
	for _, part := range s {
		d.out.WriteString(part)
	}
}

// escape makes text of s, safe in an element and in a quoted attribute.
func escape(s string) string { return template.HTMLEscapeString(strings.ToValidUTF8(s, "\uFFFD")) }

func (d *drawer) text(s string) { d.out.WriteString(escape(s)) }

// open writes a start tag with the id and the language of n. The caller closes
// it with shut, which restores the language.
func (d *drawer) open(tag string, n *article.Node, attributes ...string) (outer string) {
	outer = d.lang
	d.raw("<", tag)
	d.id(n)
	d.rest(n, attributes)
	return outer
}

// reopen is open for a further element of the same node: without the id.
func (d *drawer) reopen(tag string, n *article.Node, attributes ...string) (outer string) {
	outer = d.lang
	d.raw("<", tag)
	d.rest(n, attributes)
	return outer
}

func (d *drawer) rest(n *article.Node, attributes []string) {
	d.language(n)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			d.raw(" ", attributes[i], `="`, escape(attributes[i+1]), `"`)
		}
	}
	d.raw(">")
}

func (d *drawer) shut(tag, outer string) {
	d.raw("</", tag, ">")
	d.lang = outer
}

func (d *drawer) id(n *article.Node) {
	if id := d.given[n]; id != "" && !d.bare && d.wants(id) {
		d.raw(` id="`, id, `"`)
		d.shown[id] = true
	}
}

// wants reports whether an id is written: all are, or those that links lead to.
func (d *drawer) wants(id string) bool {
	if d.wanted == nil {
		return true
	}
	_, linked := d.wanted[id]
	return linked
}

func (d *drawer) language(n *article.Node) {
	dir := ""
	switch n.Dir {
	case "ltr", "rtl", "auto":
		dir = n.Dir
	}
	if n.Lang != "" && !strings.EqualFold(n.Lang, d.lang) {
		d.raw(` lang="`, escape(n.Lang), `"`)
		if now := locale.Direction(n.Lang); dir == "" && now != locale.Direction(d.lang) {
			dir = now
		}
		d.lang = n.Lang
	}
	if dir != "" {
		d.raw(` dir="`, dir, `"`)
	}
}

// blocks draws nodes where blocks may stand. Words among them are drawn as
// they are, so that a cell or a caption may hold a bare line.
func (d *drawer) blocks(nodes []article.Node) {
	for i := range nodes {
		d.block(&nodes[i])
	}
}

func (d *drawer) block(n *article.Node) {
	switch n.Kind {
	case article.Section, article.Appendix, article.Acknowledged, article.Glossary:
		d.section(n)
	case article.NoteList:
		d.noteList(n)
	case article.Title:
		d.paragraph(n, "title")
	case article.Paragraph:
		d.paragraph(n, paragraphClass(n))
	case article.List:
		d.list(n)
	case article.Item:
		d.contained("div", n, "")
	case article.Definitions, article.Term, article.Definition:
		d.definitions(n)
	case article.BlockQuote:
		d.quote(n)
	case article.Attribution:
		d.paragraph(n, attributionClass(n))
	case article.Verse:
		d.verse(n)
	case article.Line:
		d.paragraph(n, "verse")
	case article.Dialogue:
		d.contained("div", n, "dialogue")
	case article.Speech:
		d.contained("div", n, "speech")
	case article.Speaker:
		d.paragraph(n, "speaker")
	case article.Code:
		d.code(n)
	case article.Box:
		d.box(n, "box")
	case article.Statement:
		d.box(n, "statement")
	case article.Figure:
		d.figure(n)
	case article.FigureGroup:
		d.box(n, groupClass(n))
	case article.Caption:
		d.contained("div", n, "caption")
	case article.Image:
		d.image(n)
	case article.TableWrap:
		d.tableWrap(n)
	case article.Table, article.Row, article.Cell:
		d.looseTable(n)
	case article.Math:
		d.equation(n)
	case article.Media:
		d.media(n)
	case article.Supplementary:
		d.supplement(n)
	default:
		d.phrase(n)
	}
}
