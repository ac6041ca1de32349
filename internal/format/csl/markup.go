package csl

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// tags are the rich text tags that citation processors know
// (https://citeproc-js.readthedocs.io, "HTML-like formatting tags").
var tags = map[article.Kind][2]string{
	article.Italic:    {"<i>", "</i>"},
	article.Bold:      {"<b>", "</b>"},
	article.Sup:       {"<sup>", "</sup>"},
	article.Sub:       {"<sub>", "</sub>"},
	article.SmallCaps: {`<span style="font-variant:small-caps;">`, "</span>"},
}

// markup is a text with those tags, on one line.
func markup(t journal.Text) string {
	if len(t.Rich) == 0 {
		return script.Line(t.Plain)
	}
	var b strings.Builder
	write(&b, t.Rich)
	return script.Line(b.String())
}

func write(b *strings.Builder, nodes []article.Node) {
	for i := range nodes {
		n := &nodes[i]
		switch n.Kind {
		case article.Footnote:
		case article.Text:
			b.WriteString(n.Text)
		case article.LineBreak:
			b.WriteByte(' ')
		case article.InlineMath, article.Math:
			b.WriteString(article.Plain(nodes[i : i+1]))
		default:
			tag := tags[n.Kind]
			b.WriteString(tag[0])
			write(b, n.Kids)
			b.WriteString(tag[1])
			if n.Kind.IsBlock() {
				b.WriteByte(' ')
			}
		}
	}
}
