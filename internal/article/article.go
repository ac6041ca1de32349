// Package article is the document tree of a text: of a whole article's body,
// and of the small marked-up runs inside titles and abstracts.
//
// A tree is made of Node values. The kinds are few, typed and documented, and
// follow what JATS (ANSI/NISO Z39.96) distinguishes; a reader of another
// format maps to them and reports as a loss what has no kind here. The tree
// knows nothing of HTML, XML or storage: package render draws it, package
// format/jats reads and writes it.
//
//	p := article.Node{Kind: article.Paragraph, Kids: []article.Node{
//		{Kind: article.Text, Text: "The "},
//		{Kind: article.Italic, Kids: []article.Node{{Kind: article.Text, Text: "Declaration"}}},
//	}}
package article

import (
	"html"
	"strings"
)

// Kind says what a node is.
type Kind string

// Inline kinds.
const (
	Text        Kind = "text"   // characters; the only kind with Node.Text and no kids
	Italic      Kind = "italic" //
	Bold        Kind = "bold"
	Underline   Kind = "underline"
	Strike      Kind = "strike"
	SmallCaps   Kind = "smallcaps"
	Monospace   Kind = "mono"
	Sub         Kind = "sub"
	Sup         Kind = "sup"
	Link        Kind = "link"   // Target is an absolute address
	Cross       Kind = "xref"   // Target is the ID of a node or reference, or several with blanks between; Role is JATS ref-type
	LineBreak   Kind = "break"  // Role "rule": a horizontal rule
	Quote       Kind = "quote"  // inline quotation
	Foreign     Kind = "span"   // a run with its own Lang, Dir, ID or Role (overline, roman, sans-serif, a content-type)
	InlineMath  Kind = "imath"  // Markup is MathML, Source is TeX
	InlineImage Kind = "iimage" // Target, Alt; kids: the same in other renditions
	Footnote    Kind = "fn"     // the note itself, in Document.Notes or in place
	Ruby        Kind = "ruby"   // Kids are the base, Source is the reading
	Found       Kind = "found"  // what a search found in it; pages set it, no document has it
)

// Block kinds.
const (
	Section       Kind = "section" // kids: Title first, then blocks
	Title         Kind = "title"   // the heading of its parent
	Paragraph     Kind = "p"       //
	List          Kind = "list"    // Role: order, bullet, simple, alpha-lower, …; kids: Item
	Item          Kind = "item"    // Label as printed
	Definitions   Kind = "deflist" // kids: Term, Definition in turn
	Term          Kind = "term"    // Role "head": the heading of its column
	Definition    Kind = "def"     // Role "head" likewise
	BlockQuote    Kind = "blockquote"
	Attribution   Kind = "attrib"
	Verse         Kind = "verse"     // kids: Line
	Line          Kind = "line"      //
	Dialogue      Kind = "dialogue"  // kids: Speech
	Speech        Kind = "speech"    // kids: Speaker, then blocks
	Speaker       Kind = "speaker"   //
	Code          Kind = "code"      // Text kept with its white space; Role is the language
	Box           Kind = "box"       // boxed text; Title first where it has one
	Figure        Kind = "figure"    // Label, kids: Title, Caption, Image …
	FigureGroup   Kind = "figgroup"  //
	Caption       Kind = "caption"   // kids: blocks
	Image         Kind = "image"     // Target is a file's name; Alt; kids: the same in other renditions, a Paragraph with Role "long-desc"
	TableWrap     Kind = "tablewrap" // Label, kids: Title, Caption, Table | Image, Footnote…
	Table         Kind = "table"     // kids: Row; Role of a Row: head, body, foot
	Row           Kind = "row"       //
	Cell          Kind = "cell"      // Role head|data, Cols, Rows, Scope, Align
	Math          Kind = "math"      // display formula; Label, Markup, Source, or kids: Image, runs of text
	Media         Kind = "media"     // Target, Role is the media type
	Supplementary Kind = "suppl"     // Label, Target
	Statement     Kind = "statement" // theorem, proof, …; Label
	Appendix      Kind = "appendix"
	Acknowledged  Kind = "ack"
	Glossary      Kind = "glossary"
	NoteList      Kind = "notes"
)

// Unmarked is the Role of a Cross that stands only in a derived tree: the source
// has words there and no cross-reference.
const Unmarked = "unmarked"

// Node is one element of the tree. Which of the fields a kind uses is said at
// the kind; unused fields are empty.
type Node struct {
	Kind   Kind   `json:"k"`
	Text   string `json:"t,omitempty"`
	ID     string `json:"id,omitempty"`     // the source's own identifier, unique in the document
	Lang   string `json:"lang,omitempty"`   // BCP 47, where it differs from the parent's
	Dir    string `json:"dir,omitempty"`    // ltr or rtl, where the source says so
	Role   string `json:"role,omitempty"`   // subtype, in JATS' words
	Label  string `json:"label,omitempty"`  // printed number: "Figure 3", "(2)"
	Target string `json:"target,omitempty"` // where a link, image or cross-reference leads
	Alt    string `json:"alt,omitempty"`    // alternative text
	Markup string `json:"markup,omitempty"` // MathML, sanitised by its reader
	Source string `json:"src,omitempty"`    // TeX, or the reading of a ruby
	DOI    string `json:"doi,omitempty"`    // of a figure, table, box or supplement that has its own
	Cols   int    `json:"cols,omitempty"`   // columns a cell spans, 0 is 1
	Rows   int    `json:"rows,omitempty"`   // rows a cell spans, 0 is 1
	Scope  string `json:"scope,omitempty"`  // of a header cell: col, row, colgroup, rowgroup
	Align  string `json:"align,omitempty"`  // of a cell: start, center, end, char
	Kids   []Node `json:"kids,omitempty"`
}

// Document is the full text of an article in one language.
type Document struct {
	Lang  string `json:"lang"`
	Body  []Node `json:"body,omitempty"`  // sections and blocks in reading order
	Back  []Node `json:"back,omitempty"`  // acknowledgements, appendices, glossaries, notes
	Notes []Node `json:"notes,omitempty"` // footnotes that stand outside the running text
	// Extracted: the text was taken out of a PDF, so its structure is a guess
	// and its characters may be wrong.
	Extracted bool `json:"extracted,omitempty"`
}

// Str makes a Text node.
func Str(s string) Node { return Node{Kind: Text, Text: s} }

// block kinds end a run of words: their text is set apart from what follows.
func (k Kind) block() bool {
	switch k {
	case Text, Italic, Bold, Underline, Strike, SmallCaps, Monospace, Sub, Sup, Link, Cross, LineBreak,
		Quote, Foreign, InlineMath, InlineImage, Footnote, Ruby, Found:
		return false
	}
	return true
}

// IsBlock reports whether the kind is a block and not a run inside a line.
func (k Kind) IsBlock() bool { return k.block() }

// Plain is the text of the nodes without markup. Blocks are separated by an
// empty line, line breaks become a newline, notes and images are left out.
func Plain(nodes []Node) string {
	var b strings.Builder
	plain(&b, nodes, false)
	return strings.TrimSpace(b.String())
}

func plain(b *strings.Builder, nodes []Node, printed bool) {
	for i := range nodes {
		n := &nodes[i]
		if i > 0 && n.Kind.block() && !nodes[i-1].Kind.block() {
			apart(b)
		}
		switch {
		case n.Kind == Text || n.Kind == Code:
			b.WriteString(n.Text)
		case n.Kind == Footnote:
			continue
		case n.Kind == InlineMath || n.Kind == Math:
			if n.Source != "" {
				b.WriteString(n.Source)
			} else {
				b.WriteString(characters(n.Markup))
			}
		case n.Kind == LineBreak:
			b.WriteByte('\n')
			continue
		case n.Kind == Sup && printed:
			b.WriteString(Raise(Plain(n.Kids)))
			continue
		case n.Kind == Sub && printed:
			b.WriteString(Lower(Plain(n.Kids)))
			continue
		}
		plain(b, n.Kids, printed)
		if n.Kind.block() {
			apart(b)
		}
	}
}

// apart ends a block.
func apart(b *strings.Builder) {
	if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n\n") {
		b.WriteString("\n\n")
	}
}

// characters are the characters of a formula's markup, with its invisible
// operators and the white space between its elements left out.
func characters(markup string) string {
	var b strings.Builder
	for markup != "" {
		text, rest, _ := strings.Cut(markup, "<")
		text = strings.TrimSpace(text)
		if strings.Contains(text, "&") {
			text = html.UnescapeString(text)
		}
		for _, r := range text {
			if r < 0x2061 || r > 0x2064 {
				b.WriteRune(r)
			}
		}
		_, markup, _ = strings.Cut(rest, ">")
	}
	return b.String()
}

// Walk calls f for every node, parents first, until f returns false, which
// leaves out the kids of that node.
func Walk(nodes []Node, f func(*Node) bool) {
	for i := range nodes {
		if f(&nodes[i]) {
			Walk(nodes[i].Kids, f)
		}
	}
}
