package web

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/render"
	"offprint/internal/search"
	"offprint/internal/view"
)

// markedTitle is a title with what was found in it marked, its own markup kept.
func markedTitle(m *search.Marker, t journal.Text) view.Run {
	if len(t.Rich) == 0 {
		return view.Marked(t.Lang, pieces(m.Mark(t.Plain)), false, false)
	}
	var text strings.Builder
	gather(&text, t.Rich)
	c := marking{runs: m.Mark(text.String())}
	return view.Run{Lang: t.Lang, HTML: render.Inline(c.nodes(t.Rich), render.Options{Lang: t.Lang})}
}

// gather writes the characters of the text nodes one after the other, so that a word
// is whole whose letters are set differently: H₂O. What divides words stays apart.
func gather(b *strings.Builder, nodes []article.Node) {
	for i := range nodes {
		switch n := &nodes[i]; n.Kind {
		case article.Text:
			b.WriteString(n.Text)
		case article.LineBreak, article.InlineMath, article.Math, article.InlineImage, article.Footnote:
			b.WriteByte('\n')
		default:
			gather(b, n.Kids)
			if n.Kind.IsBlock() {
				b.WriteByte('\n')
			}
		}
	}
}

// marking goes through nodes as gather does, with the marks of the text.
type marking struct {
	runs []search.Run
	used int // bytes of the first run
}

// take is the next run of the text, at most n bytes of it.
func (c *marking) take(n int) (length int, marked bool) {
	for len(c.runs) > 0 && c.used == len(c.runs[0].Text) {
		c.runs, c.used = c.runs[1:], 0
	}
	if len(c.runs) == 0 {
		return n, false
	}
	length = min(n, len(c.runs[0].Text)-c.used)
	c.used += length
	return length, c.runs[0].Marked
}

func (c *marking) nodes(nodes []article.Node) (out []article.Node) {
	for i := range nodes {
		n := nodes[i]
		switch n.Kind {
		case article.Text:
			for text := n.Text; text != ""; {
				length, marked := c.take(len(text))
				piece := article.Str(text[:length])
				if marked {
					piece = article.Node{Kind: article.Found, Kids: []article.Node{piece}}
				}
				out, text = append(out, piece), text[length:]
			}
			continue
		case article.LineBreak, article.InlineMath, article.Math, article.InlineImage, article.Footnote:
			c.take(1)
		default:
			n.Kids = c.nodes(n.Kids)
			if n.Kind.IsBlock() {
				c.take(1)
			}
		}
		out = append(out, n)
	}
	return out
}
