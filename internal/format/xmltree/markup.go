package xmltree

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// Marks are the elements that a format has for parts of a line, by the kinds of the
// tree: article.Italic is "i".
type Marks map[article.Kind]string

// Line makes an element of a text on one line with its markup, nil for an empty one.
// Parts that the format has no element for lose their marks and keep their words;
// notes are left out, formulas are plain, and what divides lines becomes a blank.
func (m Marks) Line(name string, t journal.Text) *Element {
	if len(t.Rich) == 0 {
		return Say(name, script.Line(t.Plain))
	}
	b := liner{marks: m}
	b.nodes(t.Rich)
	if !b.words {
		return Say(name, script.Line(t.Plain))
	}
	return Mixed(name, b.out...)
}

// Run are the nodes on one line with their markup, without an element around them.
func (m Marks) Run(nodes []article.Node) []*Element {
	b := liner{marks: m}
	b.nodes(nodes)
	if !b.words {
		return nil
	}
	return b.out
}

// liner puts runs of characters on one line: a blank stands between words only.
type liner struct {
	marks  Marks
	out    []*Element
	blank  bool // the next word has a blank before it
	before bool // there was a blank before the first word
	words  bool // there were words
}

func (b *liner) nodes(list []article.Node) {
	for i := range list {
		n := &list[i]
		switch n.Kind {
		case article.Footnote:
		case article.Text:
			b.text(n.Text)
		case article.LineBreak:
			b.blank = true
		case article.InlineMath, article.Math:
			b.text(article.Plain(list[i : i+1]))
		default:
			b.node(n)
		}
	}
}

func (b *liner) node(n *article.Node) {
	if n.Kind.IsBlock() {
		b.blank = true
	}
	if name := b.marks[n.Kind]; name == "" {
		b.nodes(n.Kids)
	} else {
		in := liner{marks: b.marks}
		in.nodes(n.Kids)
		b.blank = b.blank || in.before
		if in.words {
			if b.blank && b.words {
				b.out = append(b.out, Text(" "))
			}
			b.before = b.before || b.blank && !b.words
			b.out, b.words, b.blank = append(b.out, Mixed(name, in.out...)), true, false
		}
		b.blank = b.blank || in.blank
	}
	if n.Kind.IsBlock() {
		b.blank = true
	}
}

func (b *liner) text(s string) {
	line := script.Line(s)
	if s != "" && (line == "" || starts(s)) {
		b.blank = true
	}
	if line == "" {
		return
	}
	if b.blank && b.words {
		line = " " + line
	}
	b.before = b.before || b.blank && !b.words
	b.blank, b.words = ends(s), true
	b.out = append(b.out, Text(line))
}

func starts(s string) bool { return strings.IndexByte(" \t\r\n", s[0]) >= 0 }
func ends(s string) bool   { return strings.IndexByte(" \t\r\n", s[len(s)-1]) >= 0 }

// Paragraphs are the texts of an abstract in its paragraphs: each is made by
// paragraph, and a heading of a section becomes one by title.
func (m Marks) Paragraphs(t journal.Text, title, paragraph string) []*Element {
	var out []*Element
	if len(t.Rich) == 0 {
		for _, p := range strings.Split(t.Plain, "\n\n") {
			if e := Say(paragraph, script.Line(p)); e != nil {
				out = append(out, e)
			}
		}
		return out
	}
	var run []article.Node
	flush := func(name string) {
		if e := m.Run(run); e != nil {
			out = append(out, Mixed(name, e...))
		}
		run = nil
	}
	var walk func(nodes []article.Node)
	walk = func(nodes []article.Node) {
		for i := range nodes {
			n := &nodes[i]
			switch {
			case !n.Kind.IsBlock() || n.Kind == article.Math:
				run = append(run, *n)
			case n.Kind == article.Title:
				flush(paragraph)
				run = n.Kids
				flush(title)
			default:
				flush(paragraph)
				walk(n.Kids)
				flush(paragraph)
			}
		}
	}
	walk(t.Rich)
	flush(paragraph)
	if len(out) == 0 {
		return m.Paragraphs(journal.T(t.Lang, t.Plain), title, paragraph)
	}
	return out
}
