package render

import (
	"strconv"
	"strings"

	"offprint/internal/article"
)

// tableWrap draws a table with its number, title and notes.
func (d *drawer) tableWrap(n *article.Node) {
	inside := d.inBox
	d.inBox = true
	outer := d.open("figure", n, "class", "table")
	d.caption(n)
	var notes []*article.Node
	tables := 0
	for i := range n.Kids {
		if n.Kids[i].Kind == article.Table {
			tables++
		}
	}
	for i := range n.Kids {
		switch k := &n.Kids[i]; {
		case k.Kind == article.Footnote:
			notes = append(notes, k)
		case k.Kind == article.NoteList:
			d.block(k)
		case k.Kind == article.Table:
			d.table(k, name(n))
		case k.Kind == article.Image && tables > 0:
			// the same table as a picture
		case k.Kind == article.Image:
			d.picture(k, n)
		case !captioned(k):
			d.block(k)
		}
	}
	d.noteItems(notes, "notes table-notes")
	if tables > 0 {
		d.partLinks(n, true)
	}
	d.shut("figure", outer)
	d.inBox = inside
}

// table draws the grid in a region that scrolls and can be reached by keyboard.
// Only one with a name of its own is a landmark: several called "Table" lead
// nowhere.
func (d *drawer) table(n *article.Node, heard string) {
	role, heard := "region", first(heard, n.Alt)
	if heard == "" {
		role, heard = "group", d.word("table")
	}
	d.raw(`<div class="scroll" role="`, role, `" tabindex="0" aria-label="`, escape(heard), `">`)
	outer := d.open("table", n)
	head := 0
	for head < len(n.Kids) && n.Kids[head].Kind == article.Row && n.Kids[head].Role == "head" {
		head++
	}
	d.rows(n.Kids[:head], "thead", func(k *article.Node) bool { return true })
	rest := n.Kids[head:]
	d.rows(rest, "tbody", func(k *article.Node) bool { return k.Role != "foot" })
	d.rows(rest, "tfoot", func(k *article.Node) bool { return k.Role == "foot" })
	d.shut("table", outer)
	d.raw("</div>")
	for i := range rest {
		if rest[i].Kind != article.Row {
			d.block(&rest[i])
		}
	}
}

func (d *drawer) rows(nodes []article.Node, tag string, belongs func(*article.Node) bool) {
	opened := false
	for i := range nodes {
		row := &nodes[i]
		if row.Kind != article.Row || !belongs(row) {
			continue
		}
		if !opened {
			d.raw("<", tag, ">")
			opened = true
		}
		outer := d.open("tr", row)
		for j := range row.Kids {
			d.cell(&row.Kids[j], row.Role == "head")
		}
		d.shut("tr", outer)
	}
	if opened {
		d.raw("</", tag, ">")
	}
}

// cell draws a cell. The cells of the table's head are headers whatever the
// source calls them; an empty one heads nothing.
func (d *drawer) cell(n *article.Node, head bool) {
	if n.Kind != article.Cell {
		d.raw("<td>")
		d.block(n)
		d.raw("</td>")
		return
	}
	tag, scope := "td", ""
	if (n.Role == "head" || head) && !blank(n.Kids) {
		tag, scope = "th", n.Scope
		if scope == "" || scope == "colgroup" || scope == "rowgroup" {
			scope = "row"
			if head {
				scope = "col"
			}
		}
	}
	outer := d.open(tag, n, "scope", scope, "class", alignment(n.Align), "colspan", many(n.Cols), "rowspan", many(n.Rows))
	d.paragraphs(n.Kids)
	d.shut(tag, outer)
}

// blank reports whether nothing is seen or heard of nodes.
func blank(nodes []article.Node) bool {
	for i := range nodes {
		n := &nodes[i]
		if strings.TrimSpace(n.Text) != "" || n.Target != "" || n.Markup != "" || n.Source != "" || n.Alt != "" || !blank(n.Kids) {
			return false
		}
	}
	return true
}

func many(n int) string {
	if n < 2 {
		return ""
	}
	return strconv.Itoa(n)
}

func alignment(s string) string {
	switch s {
	case "start", "center", "end", "char":
		return s
	}
	return ""
}

// looseTable draws a table, a row or a cell that stands without what should
// be around it.
func (d *drawer) looseTable(n *article.Node) {
	switch n.Kind {
	case article.Table:
		d.table(n, "")
	case article.Row:
		d.table(&article.Node{Kind: article.Table, Kids: []article.Node{*n}}, "")
	default:
		d.contained("div", n, "")
	}
}
