package render

import (
	"html/template"
	"strings"

	"offprint/internal/article"
)

// Part is one figure or table of a document, to be shown alone.
type Part struct {
	HTML    template.HTML
	Name    string // "Figure 3: Two maps"
	HasMath bool
	// Table are the values of a table, row by row, spans filled with empty
	// cells; nil for anything else.
	Table [][]string
}

// One draws the figure, table or box with an anchor alone; ok is false when the
// document has none there. Links inside it lead to the document: its address is
// set before fragments that are not shown.
func One(doc *article.Document, anchor, address string, opt Options) (part Part, ok bool) {
	opt.PartURL = nil
	d := newDrawer(opt, doc.Lang)
	d.await(doc.Notes)
	d.assign(doc.Body)
	d.assign(doc.Back)
	d.assign(doc.Notes)
	var found *article.Node
	for n, a := range d.given {
		switch n.Kind {
		case article.Figure, article.FigureGroup, article.TableWrap, article.Box:
			if a == anchor {
				found = n
			}
		}
	}
	if found == nil {
		return Part{}, false
	}
	d.wanted = map[string]string{} // links of a part lead away, so it cites nothing
	d.block(found)
	body := d.backLinks(d.out.String())
	part = Part{HTML: template.HTML(strings.ReplaceAll(body, `href="#`, `href="`+escape(address)+`#`)), Name: name(found), HasMath: d.hasMath}
	for i := range found.Kids {
		if found.Kids[i].Kind == article.Table {
			part.Table = append(part.Table, grid(&found.Kids[i])...)
		}
	}
	return part, true
}

// inOrder are the rows as they are read: a source may give the foot first.
func inOrder(table *article.Node) []*article.Node {
	var rows, foot []*article.Node
	for i := range table.Kids {
		switch row := &table.Kids[i]; {
		case row.Kind != article.Row:
		case row.Role == "foot":
			foot = append(foot, row)
		default:
			rows = append(rows, row)
		}
	}
	return append(rows, foot...)
}

// widest bounds a grid: spans that a source claims are no reason to fill memory.
const widest = 1000

// grid is the cells of a table as plain text. A cell that spans stands at its
// upper left; the rest of its room is empty.
func grid(table *article.Node) [][]string {
	var rows [][]string
	below := map[int]int{} // by column: rows that a cell above still covers
	for _, row := range inOrder(table) {
		var line []string
		skip := func() {
			for below[len(line)] > 0 && len(line) < widest {
				below[len(line)]--
				line = append(line, "")
			}
		}
		for j := range row.Kids {
			skip()
			cell := &row.Kids[j]
			text := strings.Join(strings.Fields(article.Plain(cell.Kids)), " ")
			for k := 0; k < max(cell.Cols, 1) && len(line) < widest; k++ {
				if cell.Rows > 1 {
					below[len(line)] = min(cell.Rows-1, widest)
				}
				line = append(line, text)
				text = ""
			}
		}
		skip()
		rows = append(rows, line)
	}
	return rows
}
