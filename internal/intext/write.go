package intext

import (
	"cmp"
	"slices"
	"strings"

	"offprint/internal/article"
)

// write puts the cross-references of all lines into the tree. What lies deeper
// comes first, and what stands behind comes before what stands in front of it, so
// that no place moves before it is written.
func (f *finder) write() {
	var lines []*line
	for i := range f.lines {
		if len(f.lines[i].found) > 0 {
			lines = append(lines, &f.lines[i])
		}
	}
	slices.SortStableFunc(lines, func(a, b *line) int {
		return cmp.Or(cmp.Compare(b.depth, a.depth), cmp.Compare(b.from, a.from))
	})
	for _, l := range lines {
		w := writer{line: l, ids: f.list.ids}
		nodes := *l.holder
		run := nodes[l.from:l.to]
		for i := range l.found {
			l.found[i] = w.fit(run, l.found[i])
		}
		slices.SortFunc(l.found, func(a, b match) int { return cmp.Compare(a.start, b.start) })
		*l.holder = slices.Concat(nodes[:l.from:l.from], w.nodes(run, l.found), nodes[l.to:])
	}
}

// writer makes the nodes of a line anew.
type writer struct {
	*line
	ids []string
}

// fit is the part of a match that a cross-reference can hold: all of it where its
// ends lie between the nodes or inside texts that are neighbours, else its end.
func (w *writer) fit(nodes []article.Node, m match) match {
	first, last := -1, -1
	for i := range nodes {
		if e := w.extent[&nodes[i]]; e.start < m.end && m.start < e.end {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return m
	}
	cuts := func(i int) bool { // one of the ends lies inside an element
		e := w.extent[&nodes[i]]
		return nodes[i].Kind != article.Text && (e.start < m.start || m.end < e.end)
	}
	end := w.extent[&nodes[last]]
	switch {
	case first == last && cuts(first):
		return w.fit(nodes[first].Kids, m)
	case first < last && (cuts(first) || cuts(last)):
		m.start = max(m.start, end.start)
		return w.fit(nodes[last:last+1], m)
	}
	return m
}

// nodes are these nodes with cross-references around what was found in them.
func (w *writer) nodes(nodes []article.Node, found []match) []article.Node {
	out := make([]article.Node, 0, len(nodes)+2*len(found))
	at := 0 // of the text: what is before is written
	if len(nodes) > 0 {
		at = w.extent[&nodes[0]].start
	}
	for i := 0; i < len(nodes); {
		n, e := &nodes[i], w.extent[&nodes[i]]
		if e.start == e.end || len(found) == 0 || found[0].start >= e.end {
			out = append(out, part(n, e, at, e.end))
			at = max(at, e.end)
			i++
			continue
		}
		m := found[0]
		if n.Kind != article.Text && (m.start > e.start || m.end < e.end) {
			inside := 0
			for inside < len(found) && found[inside].start < e.end {
				inside++
			}
			whole := *n
			whole.Kids = w.nodes(n.Kids, found[:inside])
			out, found, at = append(out, whole), found[inside:], e.end
			i++
			continue
		}
		if m.start > at {
			out = append(out, part(n, e, at, m.start))
			at = m.start
		}
		cross := article.Node{Kind: article.Cross, Role: article.Unmarked, Target: w.target(m.refs)}
		for at < m.end && i < len(nodes) {
			n, e = &nodes[i], w.extent[&nodes[i]]
			end := min(m.end, e.end)
			cross.Kids = append(cross.Kids, part(n, e, at, end))
			if at = max(at, end); at >= e.end {
				i++
			}
		}
		out, found = append(out, cross), found[1:]
	}
	return out
}

// part is a node, or of a text what stands between two places.
func part(n *article.Node, e span, from, to int) article.Node {
	if n.Kind != article.Text || e.start == e.end {
		return *n
	}
	p := *n
	p.Text = n.Text[max(from, e.start)-e.start : to-e.start]
	return p
}

func (w *writer) target(refs []int) string {
	ids := make([]string, len(refs))
	for i, r := range refs {
		ids[i] = w.ids[r]
	}
	return strings.Join(ids, " ")
}
