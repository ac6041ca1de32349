package xmltree

import (
	"strings"
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
)

func kids(kind article.Kind, nodes ...article.Node) article.Node {
	return article.Node{Kind: kind, Kids: nodes}
}

func TestMarkupOnALineKeepsItsWordsApart(t *testing.T) {
	marks := Marks{article.Italic: "i", article.Sub: "sub"}
	s := article.Str
	for _, c := range []struct {
		nodes []article.Node
		want  string
	}{
		{[]article.Node{s("The lamp of "), kids(article.Italic, s("Patience")), s(" & H"), kids(article.Sub, s("2")), s("O\n ")}, "<t>The lamp of <i>Patience</i> &amp; H<sub>2</sub>O</t>"},
		{[]article.Node{s("a"), {Kind: article.LineBreak}, kids(article.Italic, s(" b ")), s("c"), kids(article.Footnote, s("no"))}, "<t>a <i>b</i> c</t>"},
		{[]article.Node{kids(article.Italic, s(" ")), s("a"), kids(article.Bold, s("b"), kids(article.Italic))}, "<t>ab</t>"},
		{[]article.Node{kids(article.Paragraph, s("a")), kids(article.Paragraph, kids(article.Italic, s("b")))}, "<t>a <i>b</i></t>"},
	} {
		var b strings.Builder
		e := marks.Line("t", journal.Text{Plain: "x", Rich: c.nodes})
		p := NewPrinter(&b)
		p.element(e, 0)
		_ = p.Flush()
		if b.String() != c.want {
			t.Errorf("got %s, want %s", b.String(), c.want)
		}
	}
}
