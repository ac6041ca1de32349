package article

import "strings"

// Marked writes a run of text, such as a title, in a format that knows a few marks
// for parts of a line: marks are what stands before and behind a node of each kind,
// and escape makes characters those of the format. Parts of other kinds lose their
// marks and keep their text; footnotes are left out, formulas are plain, and what
// divides lines becomes a blank.
func Marked(b *strings.Builder, nodes []Node, marks map[Kind][2]string, escape func(string) string) {
	for i := range nodes {
		n := &nodes[i]
		switch n.Kind {
		case Footnote:
		case Text:
			b.WriteString(escape(n.Text))
		case LineBreak:
			b.WriteByte(' ')
		case InlineMath, Math:
			b.WriteString(escape(Plain(nodes[i : i+1])))
		default:
			mark := marks[n.Kind]
			b.WriteString(mark[0])
			Marked(b, n.Kids, marks, escape)
			b.WriteString(mark[1])
			if n.Kind.IsBlock() {
				b.WriteByte(' ')
			}
		}
	}
}
