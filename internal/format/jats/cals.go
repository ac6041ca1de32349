package jats

import (
	"strconv"

	"offprint/internal/article"
)

// cals reads a table of the OASIS exchange model (TR 9901:1999), which JATS
// allows beside the XHTML model: groups of columns with rows of entries, whose
// spans name the columns.
func (d *decoder) cals(e *elem) []article.Node {
	e.took = true
	var out, head []article.Node
	for k := range e.each() {
		switch k.name {
		case "title":
			k.took = true
			head = append(head, article.Node{Kind: article.Title, Kids: d.mixed(k)})
		case "tgroup":
			out = append(out, d.tgroup(k))
		default:
			out = append(out, d.node(k)...)
		}
	}
	return append(head, out...)
}

// column is what a colspec says.
type column struct {
	number int
	align  string
}

func (d *decoder) tgroup(e *elem) article.Node {
	e.took = true
	n := article.Node{Kind: article.Table, ID: e.id()}
	names := map[string]column{}
	last := 0
	for k := range e.each("colspec") {
		k.took = true
		last++
		if at, ok := number(k.at("colnum"), 1, maxCols); ok {
			last = at
		}
		names[first(k.at("colname"), strconv.Itoa(last))] = column{last, align(k.at("align"))}
	}
	for k := range e.each("thead", "tbody", "tfoot") {
		k.took = true
		for row := range k.each("row") {
			row.took = true
			r := article.Node{Kind: article.Row, ID: row.id(), Role: k.name[1:]}
			for entry := range row.each("entry") {
				r.Kids = append(r.Kids, d.entry(entry, names, k.name == "thead"))
			}
			n.Kids = append(n.Kids, r)
		}
	}
	return n
}

func (d *decoder) entry(e *elem, names map[string]column, head bool) article.Node {
	e.took = true
	n := article.Node{Kind: article.Cell, ID: e.id(), Role: "data", Lang: d.other(e), Align: align(e.at("align"))}
	if head {
		n.Role = "head"
	}
	from, to := names[first(e.at("namest"), e.at("colname"))], names[e.at("nameend")]
	if n.Align == "" {
		n.Align = from.align
	}
	if from.number > 0 && to.number > from.number {
		n.Cols = to.number - from.number + 1
	}
	if more, ok := number(e.at("morerows"), 1, maxRows); ok {
		n.Rows = more + 1
	}
	n.Kids = d.mixed(e)
	return n
}
