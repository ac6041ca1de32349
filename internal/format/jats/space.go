package jats

import (
	"strings"

	"offprint/internal/article"
)

// tidy settles the white space of mixed content on the tree: inside a block,
// runs of blanks count as one, wherever the borders of inline elements fall,
// and there is none at the edges of the block, beside a line break, or beside
// a block that stands among the words. A blank that only the border of an
// element can have brought in, after an opening bracket or before a closing
// one, goes too. Empty runs go and neighbours are joined. Blocks inside have
// been settled by their own reader.
func tidy(nodes []article.Node) []article.Node {
	t := tidier{gap: true}
	nodes = t.nodes(nodes)
	t.edge()
	return dialogues(prune(nodes))
}

type tidier struct {
	gap  bool          // a blank would be superfluous here
	last *article.Node // the text node that ends in the last blank, if any
	word bool          // there are words before, in this block
	open bool          // the words before end in an opening bracket
}

func (t *tidier) nodes(nodes []article.Node) []article.Node {
	for i := range nodes {
		n := &nodes[i]
		switch {
		case n.Kind == article.Text:
			t.text(n)
		case n.Kind == article.LineBreak || n.Kind.IsBlock():
			t.edge()
		case n.Kind == article.Footnote || n.Kind == article.InlineMath || n.Kind == article.InlineImage:
			t.opening()
			t.gap, t.last, t.word, t.open = false, nil, true, false
		default:
			n.Kids = t.nodes(n.Kids)
		}
	}
	return nodes
}

// edge ends a run of words: the blank before it goes, and one after it.
func (t *tidier) edge() {
	if t.last != nil {
		t.last.Text = strings.TrimSuffix(t.last.Text, " ")
	}
	t.gap, t.last, t.word, t.open = true, nil, false, false
}

// opening removes a blank between an opening bracket or quotation mark and the
// element that follows it.
func (t *tidier) opening() {
	if t.last == nil {
		return
	}
	if words := strings.TrimSuffix(t.last.Text, " "); opens(words) {
		t.last.Text = words
	}
}

// opens reports whether s ends in an opening bracket or quotation mark.
func opens(s string) bool {
	return strings.HasSuffix(s, "(") || strings.HasSuffix(s, "[") || strings.HasSuffix(s, "“") || strings.HasSuffix(s, "‘")
}

// closing removes a blank between an element and the mark that ends what it
// stands in, on whichever side of the border it is. Before a semicolon it goes
// only where the source breaks the line: in French it belongs there.
func (t *tidier) closing(s string, broken bool) string {
	rest := strings.TrimPrefix(s, " ")
	if !closes(rest) && !(broken && ends(rest, ';')) {
		return s
	}
	if t.last != nil {
		t.last.Text = strings.TrimSuffix(t.last.Text, " ")
		t.last = nil
	}
	return rest
}

func closes(s string) bool {
	for _, mark := range [...]string{")", "]", "”", "’"} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return ends(s, ',') || ends(s, '.')
}

// ends reports whether s begins with a mark that a blank or nothing follows.
func ends(s string, mark byte) bool {
	return s != "" && s[0] == mark && (len(s) == 1 || isSpace(s[1]))
}

// onNewLine reports whether s begins with white space that holds a line break.
func onNewLine(s string) bool {
	for i := 0; i < len(s) && isSpace(s[i]); i++ {
		if s[i] == '\n' {
			return true
		}
	}
	return false
}

func (t *tidier) text(n *article.Node) {
	s := n.Text
	if s == "" {
		return
	}
	if squeezed(s) {
		if t.gap && s[0] == ' ' {
			s = s[1:]
		}
	} else {
		s = squeezeFrom(s, t.gap)
	}
	if t.open {
		s = strings.TrimPrefix(s, " ") // "(<xref> Fig. 2</xref>)"
	}
	if t.word {
		s = t.closing(s, onNewLine(n.Text))
	}
	n.Text = s
	if s == "" {
		return
	}
	t.opening()
	t.word, t.open = true, opens(s)
	if t.gap = s[len(s)-1] == ' '; t.gap {
		t.last = n
	} else {
		t.last = nil
	}
}

// squeezed reports whether there are only single blanks in s.
func squeezed(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '\n' || c == '\t' || c == '\r' || c == ' ' && i+1 < len(s) && isSpace(s[i+1]) {
			return false
		}
	}
	return true
}

// squeezeFrom writes runs of white space as one blank; gap says that one
// stands before s already.
func squeezeFrom(s string, gap bool) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) {
			if !gap {
				b.WriteByte(' ')
			}
			gap = true
			continue
		}
		gap = false
		b.WriteByte(s[i])
	}
	return b.String()
}

// prune drops runs without characters, inline elements that hold nothing, and
// joins neighbouring runs.
func prune(nodes []article.Node) []article.Node {
	out := nodes[:0]
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		switch {
		case n.Kind == article.Text:
			end := i + 1
			for end < len(nodes) && nodes[end].Kind == article.Text {
				end++
			}
			if end > i+1 {
				n.Text = joined(nodes[i:end])
				i = end - 1
			}
			if n.Text == "" {
				continue
			}
		case !n.Kind.IsBlock() && n.Kind != article.Footnote && len(n.Kids) > 0:
			n.Kids = prune(n.Kids)
			if len(n.Kids) == 0 && hollow(&n) {
				continue
			}
		case !n.Kind.IsBlock() && hollow(&n):
			continue
		}
		out = append(out, n)
	}
	return mended(out)
}

func joined(runs []article.Node) string {
	var b strings.Builder
	for i := range runs {
		b.WriteString(runs[i].Text)
	}
	return b.String()
}

// mended joins the runs that became neighbours when what stood between them
// went.
func mended(nodes []article.Node) []article.Node {
	for i := 1; i < len(nodes); i++ {
		if nodes[i].Kind == article.Text && nodes[i-1].Kind == article.Text {
			return prune(nodes)
		}
	}
	return nodes
}

// hollow reports whether an inline node without kids says nothing at all.
func hollow(n *article.Node) bool {
	switch n.Kind {
	case article.Italic, article.Bold, article.Underline, article.Strike, article.SmallCaps, article.Monospace,
		article.Sub, article.Sup, article.Quote, article.Foreign, article.Ruby:
		return n.ID == ""
	case article.Link, article.Cross:
		return n.Target == ""
	}
	return false
}

// inline reports whether all of the nodes are runs within a line.
func inline(nodes []article.Node) bool {
	for i := range nodes {
		if nodes[i].Kind.IsBlock() {
			return false
		}
	}
	return true
}

// wrap puts the runs of words that stand between blocks into paragraphs.
// Footnotes that stand alone stay as they are.
func wrap(nodes []article.Node) []article.Node {
	if len(nodes) == 0 {
		return nil
	}
	out := make([]article.Node, 0, len(nodes))
	for i := 0; i < len(nodes); {
		end := i
		words := false
		for end < len(nodes) && !nodes[end].Kind.IsBlock() {
			words = words || nodes[end].Kind != article.Footnote && !(nodes[end].Kind == article.Text && blank(nodes[end].Text))
			end++
		}
		switch {
		case end == i:
			out = append(out, nodes[i])
			end++
		case words:
			out = append(out, article.Node{Kind: article.Paragraph, Kids: nodes[i:end:end]})
		default:
			for _, n := range nodes[i:end] {
				if n.Kind == article.Footnote {
					out = append(out, n)
				}
			}
		}
		i = end
	}
	return out
}

// dialogues joins speeches that follow each other into a dialogue.
func dialogues(nodes []article.Node) []article.Node {
	var out []article.Node
	for i := 0; i < len(nodes); i++ {
		if nodes[i].Kind != article.Speech {
			if out != nil {
				out = append(out, nodes[i])
			}
			continue
		}
		if out == nil {
			out = append(make([]article.Node, 0, len(nodes)), nodes[:i]...)
		}
		if n := len(out); n > 0 && out[n-1].Kind == article.Dialogue {
			out[n-1].Kids = append(out[n-1].Kids, nodes[i])
			continue
		}
		out = append(out, article.Node{Kind: article.Dialogue, Kids: []article.Node{nodes[i]}})
	}
	if out == nil {
		return nodes
	}
	return out
}
