package render

import (
	"bytes"
	"strings"

	"offprint/internal/article"
)

// Text is the nodes as plain text: paragraphs are separated by an empty line,
// list items, lines of verse and rows of a table by a line break, cells by a
// tab. Notes that stand inside the text follow their paragraph; images are
// left out.
func Text(nodes []article.Node) string {
	t := texter{}
	t.nodes(nodes)
	t.flush()
	return strings.TrimSpace(string(t.b))
}

type texter struct {
	b     []byte
	notes [][]article.Node
}

func (t *texter) add(s string) { t.b = append(t.b, s...) }

// end closes a block with exactly so many line breaks.
func (t *texter) end(breaks int) {
	t.b = bytes.TrimRight(t.b, "\n\t ")
	if len(t.b) == 0 {
		return
	}
	for range breaks {
		t.b = append(t.b, '\n')
	}
}

func (t *texter) flush() {
	for len(t.notes) > 0 {
		next := t.notes[0]
		t.notes = t.notes[1:]
		t.end(2)
		t.nodes(next)
	}
}

func (t *texter) nodes(nodes []article.Node) {
	for i := range nodes {
		if i > 0 && nodes[i].Kind.IsBlock() && !nodes[i-1].Kind.IsBlock() {
			t.end(2)
		}
		t.node(&nodes[i])
	}
}

func (t *texter) node(n *article.Node) {
	switch n.Kind {
	case article.Text:
		t.add(n.Text)
	case article.LineBreak:
		t.add("\n")
	case article.Footnote:
		t.notes = append(t.notes, n.Kids)
	case article.InlineMath:
		t.add(formula(n))
	case article.InlineImage, article.Image:
	case article.Ruby:
		t.nodes(n.Kids)
		if n.Source != "" {
			t.add("(" + n.Source + ")")
		}
	default:
		if n.Kind.IsBlock() {
			t.block(n)
		} else {
			t.nodes(n.Kids)
		}
	}
}

func (t *texter) block(n *article.Node) {
	start := len(t.b)
	if n.Label != "" {
		t.add(n.Label + " ")
	}
	switch n.Kind {
	case article.Code:
		t.add(n.Text)
	case article.Math:
		t.add(formula(n))
	default:
		t.nodes(n.Kids)
	}
	switch n.Kind {
	case article.Cell:
		words := strings.Join(strings.Fields(string(t.b[min(start, len(t.b)):])), " ")
		t.b = append(append(t.b[:min(start, len(t.b))], words...), '\t')
	case article.Item, article.Line, article.Term, article.Speaker, article.Row:
		t.end(1)
	default:
		t.end(2)
	}
	switch n.Kind {
	case article.Paragraph, article.Caption, article.TableWrap, article.Title:
		t.flush()
	}
}

// formula is a formula in characters: its description, its TeX, or the
// characters of its markup.
func formula(n *article.Node) string {
	if n.Alt != "" {
		return n.Alt
	}
	return article.Plain([]article.Node{*n})
}
