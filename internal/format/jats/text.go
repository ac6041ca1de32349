package jats

import (
	"maps"
	"slices"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// text reads the words of an element, a title for instance, with their markup.
func (d *decoder) text(e *elem) journal.Text {
	e.took = true
	outer := d.here
	if lang := langTag(e.at("lang")); lang != "" {
		d.here = lang
	}
	t := prose(d.here, d.mixed(e))
	d.here = outer
	return t
}

// title is text without footnotes and the marks that lead to them; the notes
// themselves are kept with those on the authors.
func (d *decoder) title(e *elem) journal.Text {
	t := d.text(e)
	if len(t.Rich) == 0 {
		return t
	}
	var strip func(nodes []article.Node) []article.Node
	strip = func(nodes []article.Node) []article.Node {
		var out []article.Node
		for _, n := range nodes {
			switch {
			case n.Kind == article.Footnote:
				d.extra = append(d.extra, n)
				continue
			case n.Kind == article.Cross && (n.Role == "fn" || n.Role == "author-notes" || n.Role == "corresp"):
				continue
			}
			n.Kids = strip(n.Kids)
			out = append(out, n)
		}
		return out
	}
	return prose(t.Lang, tidy(strip(t.Rich)))
}

// prose makes a text of nodes: with its tree only where that says more than
// the characters. A single paragraph is a bare line.
func prose(lang string, nodes []article.Node) journal.Text {
	if len(nodes) == 1 && nodes[0].Kind == article.Paragraph && nodes[0].Lang == "" && nodes[0].Role == "" {
		nodes = nodes[0].Kids
	}
	t := journal.Text{Lang: lang, Plain: article.Printed(nodes)}
	if marked(nodes) {
		t.Rich = nodes
	}
	return t
}

// marked reports whether there is more in the nodes than paragraphs of
// characters.
func marked(nodes []article.Node) bool {
	for i := range nodes {
		n := &nodes[i]
		switch {
		case n.Kind == article.Text:
			continue
		case n.Kind == article.Paragraph && n.Lang == "" && !marked(n.Kids):
			continue
		}
		return true
	}
	return false
}

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
