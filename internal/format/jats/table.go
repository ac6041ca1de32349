package jats

import (
	"strconv"
	"strings"

	"offprint/internal/article"
)

// Bounds of a span, as HTML has them.
const (
	maxCols = 1000
	maxRows = 65534
)

// table reads a table of the XHTML model. An array without rows is whatever it
// holds.
func (d *decoder) table(e *elem) []article.Node {
	if e.child("tgroup") != nil {
		return d.cals(e)
	}
	if e.child("tr") == nil && e.child("tbody") == nil && e.child("thead") == nil && e.child("tfoot") == nil {
		e.took = true
		return d.flow(e)
	}
	e.took = true
	n := article.Node{Kind: article.Table, ID: e.id()}
	n.Alt = e.at("summary")
	var foot []article.Node
	t := tabular{d: d, aligns: columns(e)}
	for k := range e.each() {
		switch k.name {
		case "thead":
			n.Kids = append(n.Kids, t.group(k, "head")...)
		case "tbody":
			n.Kids = append(n.Kids, t.group(k, bodyRole(k))...)
		case "tfoot":
			foot = append(foot, t.group(k, "foot")...) // HTML 4 puts it before the body
		case "tr":
			n.Kids = append(n.Kids, t.row(k, "body"))
		case "alt-text":
			n.Alt = join(n.Alt, k.line(), " ")
		case "attrib":
			n.Kids = append(n.Kids, d.node(k)...)
		}
	}
	n.Kids = append(n.Kids, foot...)
	return []article.Node{n}
}

// bodyRole is the part of the table that a group of rows is: JATS has heads
// and feet at the ends of a table only.
func bodyRole(e *elem) string {
	if role := e.at("content-type"); role == "head" || role == "foot" {
		return role
	}
	return "body"
}

// columns are the alignments that the columns give to their cells. Widths are
// left to the page.
func columns(e *elem) []string {
	var out []string
	add := func(c *elem, inherited string) {
		c.took = true
		a := align(first(c.at("align"), inherited))
		for range span(c.at("span"), maxCols) {
			if len(out) < maxCols {
				out = append(out, a)
			}
		}
	}
	for k := range e.each("col", "colgroup") {
		if k.name == "col" {
			add(k, "")
			continue
		}
		k.took = true
		if k.child("col") == nil {
			add(k, "")
		}
		for c := range k.each("col") {
			add(c, k.at("align"))
		}
	}
	for _, a := range out {
		if a != "" {
			return out
		}
	}
	return nil
}

// tabular follows the grid of a table, so that cells get their column's
// alignment.
type tabular struct {
	d      *decoder
	aligns []string
	above  []int // rows that cells from above still cover, by column
}

func (t *tabular) group(e *elem, role string) []article.Node {
	e.took = true
	t.above = nil
	var out []article.Node
	for k := range e.each("tr") {
		out = append(out, t.row(k, role))
	}
	return out
}

func (t *tabular) row(e *elem, role string) article.Node {
	e.took = true
	n := article.Node{Kind: article.Row, ID: e.id(), Role: role, Align: align(e.at("align"))}
	at := 0
	for k := range e.each("td", "th") {
		if len(k.kids) == 0 && k.at("content-type") == wrapping {
			continue // a row must not be empty
		}
		c := t.d.cell(k)
		if len(t.aligns) > 0 {
			at = t.place(&c, at)
		}
		if c.Align == "" {
			c.Align = n.Align
		}
		n.Kids = append(n.Kids, c)
	}
	for i := at; i < len(t.above); i++ {
		t.above[i] = max(0, t.above[i]-1)
	}
	n.Align = ""
	return n
}

// place puts a cell on the grid from column at on and returns the column after
// it.
func (t *tabular) place(c *article.Node, at int) int {
	for at < len(t.above) && t.above[at] > 0 {
		t.above[at]--
		at++
	}
	if c.Align == "" && at < len(t.aligns) {
		c.Align = t.aligns[at]
	}
	for range max(1, c.Cols) {
		for len(t.above) <= at && len(t.above) < maxCols {
			t.above = append(t.above, 0)
		}
		if at < len(t.above) {
			t.above[at] = max(0, c.Rows-1)
		}
		at++
	}
	return at
}

func (d *decoder) cell(e *elem) article.Node {
	e.took = true
	n := article.Node{Kind: article.Cell, ID: e.id(), Role: "data", Lang: d.other(e), Align: align(e.at("align"))}
	if e.name == "th" {
		n.Role = "head"
		switch scope := e.at("scope"); scope {
		case "col", "row", "colgroup", "rowgroup":
			n.Scope = scope
		}
	}
	if c := span(e.at("colspan"), maxCols); c > 1 {
		n.Cols = c
	}
	if r := span(e.at("rowspan"), maxRows); r > 1 {
		n.Rows = r
	}
	n.Kids = d.mixed(e)
	return n
}

func span(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func align(s string) string {
	switch strings.ToLower(s) {
	case "left":
		return "start"
	case "right":
		return "end"
	case "center", "char":
		return strings.ToLower(s)
	}
	return ""
}
