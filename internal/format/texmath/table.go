package texmath

import (
	"html"
	"strings"
)

// fenced reads what stands between \left and \right.
func (p *parser) fenced() string {
	p.depth++
	p.bound()
	var b strings.Builder
	b.WriteString("<mrow>" + fence(p.delimiter()))
	for {
		rows := p.row("")
		inner := joined(rows)
		if p.peek() == `\\` {
			fail("there is no place for a line break between delimiters:", `\\`)
		}
		b.WriteString(inner)
		switch token := p.next(); token {
		case `\middle`:
			b.WriteString(fence(p.delimiter()))
			continue
		case `\right`:
			b.WriteString(fence(p.delimiter()) + "</mrow>")
			p.depth--
			return b.String()
		default:
			fail(`instead of \right there is`, token)
		}
	}
}

func fence(s string) string {
	if s == "" {
		return ""
	}
	return `<mo fence="true" stretchy="true">` + html.EscapeString(s) + "</mo>"
}

// delimiter reads a bracket of any kind; a dot is none.
func (p *parser) delimiter() string {
	token := p.next()
	if token == "." {
		return ""
	}
	if s, ok := operators[strings.TrimPrefix(token, `\`)]; ok && token[0] == '\\' && fences[s] {
		return s
	}
	switch token {
	case "<":
		return "⟨"
	case ">":
		return "⟩"
	}
	if !fences[token] {
		fail("this is no delimiter:", token)
	}
	return token
}

func sized(s, size string) string {
	if s == "" {
		return ""
	}
	return `<mo stretchy="true" symmetric="true" minsize="` + size + `" maxsize="` + size + `">` + html.EscapeString(s) + "</mo>"
}

// brackets are the delimiters of the environments that are matrices.
var brackets = map[string][2]string{
	"matrix": {}, "smallmatrix": {}, "pmatrix": {"(", ")"}, "bmatrix": {"[", "]"}, "Bmatrix": {"{", "}"}, "vmatrix": {"|", "|"},
	"Vmatrix": {"‖", "‖"}, "cases": {"{", ""}, "rcases": {"", "}"}, "dcases": {"{", ""},
}

// environment reads up to its end.
func (p *parser) environment(name string) string {
	p.depth++
	p.bound()
	plain := strings.TrimSuffix(name, "*")
	align := ""
	pair, matrix := brackets[plain]
	switch plain {
	case "array":
		p.option()
		align = columns(p.raw())
	case "tabular":
		fail("the environment is not known:", name)
	case "cases", "dcases", "rcases":
		align = "left"
	case "aligned", "align", "split", "eqnarray", "flalign", "alignat", "alignedat":
		if strings.HasPrefix(plain, "aligned") {
			p.option()
		}
		if strings.HasSuffix(plain, "at") {
			p.raw()
		}
		align = "right left"
		if plain == "eqnarray" {
			align = "right center left"
		}
	case "gathered", "gather", "multline", "equation", "displaymath", "math":
	default:
		if !matrix {
			fail("the environment is not known:", name)
		}
	}
	rows, width := p.cells(name)
	p.depth--
	return assemble(rows, width, align, pair, !matrix && plain != "array")
}

// cells reads the rows of an environment up to its end.
func (p *parser) cells(name string) (rows [][]string, width int) {
	cells := []string{}
	for {
		cells = append(cells, joined(p.row("")))
		width = max(width, len(cells))
		switch token := p.next(); token {
		case "&":
		case `\\`, `\cr`:
			if p.at < len(p.in) && p.in[p.at] == '[' {
				p.option()
			}
			rows = append(rows, cells)
			cells = []string{}
		case `\end`:
			if got := p.raw(); got != name {
				fail("another environment ends:", got)
			}
			if len(cells) > 1 || cells[0] != "" {
				rows = append(rows, cells)
			}
			return rows, width
		case "":
			fail("the environment is not closed:", name)
		default:
			fail("there is no place for", token)
		}
	}
}

func assemble(rows [][]string, width int, align string, pair [2]string, display bool) string {
	if len(rows) == 1 && width == 1 && pair == [2]string{} {
		return element("mrow", rows[0][0])
	}
	var b strings.Builder
	b.WriteString("<mtable")
	if align != "" {
		b.WriteString(` columnalign="` + repeat(align, width) + `"`)
	}
	if display {
		b.WriteString(` displaystyle="true"`)
	}
	b.WriteByte('>')
	for _, cells := range rows {
		b.WriteString("<mtr>")
		for _, c := range cells {
			b.WriteString("<mtd>" + c + "</mtd>")
		}
		b.WriteString("</mtr>")
	}
	b.WriteString("</mtable>")
	if pair == [2]string{} {
		return b.String()
	}
	return element("mrow", fence(pair[0])+b.String()+fence(pair[1]))
}

// repeat is an alignment for as many columns; more than ten repeat the last.
func repeat(align string, width int) string {
	list := strings.Fields(align)
	var out []string
	for i := range min(width, 10) {
		out = append(out, list[i%len(list)])
	}
	return strings.Join(out, " ")
}

// columns are the alignments in the argument of an array.
func columns(s string) string {
	var out []string
	for _, r := range s {
		switch r {
		case 'l':
			out = append(out, "left")
		case 'c':
			out = append(out, "center")
		case 'r':
			out = append(out, "right")
		case '|', ' ':
		default:
			fail("the columns are not understood:", s)
		}
	}
	if len(out) == 0 {
		return "center"
	}
	return strings.Join(out, " ")
}
