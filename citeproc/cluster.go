package citeproc

import (
	"slices"
	"strings"
)

// printed is a reference inside of a citation, before the citation is put
// together.
type printed struct {
	cite   *Cite
	entry  *entry
	node   *node
	names  string // of the first cs:names, by which references are grouped
	years  string
	suffix int
	number int
	joined bool   // its names, or all but its number, were left out
	before string // the delimiter before it
}

// cluster prints a citation.
func (p *Processor) cluster(cites []*Cite) string {
	list := p.print(p.sorted(cites))
	if p.grouping {
		list = grouped(list)
	}
	p.collapse(list)
	body := &node{}
	var last *Cite
	for k := range list {
		c := &list[k]
		if c.node.empty() {
			continue
		}
		if len(body.kids) > 0 && !beginsWithMark(c.cite) && !endsInComma(last) {
			body.kids = append(body.kids, leaf(c.before))
		} else if len(body.kids) > 0 && endsInComma(last) {
			body.kids = append(body.kids, leaf(" "))
		}
		last = c.cite
		body.kids = append(body.kids, c.node)
	}
	if body.empty() {
		return noForm
	}
	l := p.style.citation.layout
	if len(cites) == 1 && cites[0].AuthorOnly {
		return p.words.write(body, p.format)
	}
	whole := &node{format: l.format, kids: []*node{{prefix: l.prefix, suffix: l.suffix, kids: body.kids}}}
	return p.words.write(whole, p.format)
}

// beginsWithMark reports whether the text before a cite makes the delimiter.
func beginsWithMark(c *Cite) bool {
	return strings.HasPrefix(c.Prefix, ",") || strings.HasPrefix(c.Prefix, ".") || strings.HasPrefix(c.Prefix, ";")
}

// endsInComma reports whether the text after a cite makes the delimiter.
func endsInComma(c *Cite) bool { return c != nil && strings.HasSuffix(c.Suffix, ",") }

// noForm stands where a style prints nothing for what is cited.
const noForm = "[CSL STYLE ERROR: reference with no printed form.]"

// sorted puts the cites in the order that the style wants, and those by the
// same people together where the style collapses them.
func (p *Processor) sorted(cites []*Cite) []*Cite {
	c := p.style.citation
	if len(cites) < 2 || len(c.sort) == 0 {
		return cites
	}
	s := p.sorter(c, inCitation)
	type row struct {
		cite   *Cite
		values []sortValue
	}
	rows := make([]row, len(cites))
	for k, cite := range cites {
		rows[k] = row{cite, s.values(p.entries[cite.ID], cite)}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return s.compare(a.values, b.values) })
	out := make([]*Cite, len(cites))
	for k := range rows {
		out[k] = rows[k].cite
	}
	return out
}

func (p *Processor) print(cites []*Cite) []printed {
	out := make([]printed, 0, len(cites))
	for k, c := range cites {
		e := p.entries[c.ID]
		r := p.renderer(e, inCitation, c)
		r.later = k > 0
		n := r.layout()
		if s := e.settings.suffix; s > 0 && !p.style.usesSuffix {
			addSuffix(n, s)
		}
		q := printed{cite: c, entry: e, node: n}
		names := n.first(tagNames)
		if names != nil {
			q.names = names.plainText()
		}
		if c.SuppressAuthor && names != nil {
			names.clear()
		}
		if c.AuthorOnly && names != nil {
			q.node = names
		}
		for _, y := range n.all(tagYear) {
			q.years += y.plainText() + "\x00"
		}
		if s := n.first(tagSuffix); s != nil {
			q.suffix = s.number
		}
		if k := n.first(tagNumber); k != nil {
			q.number = k.number
		}
		q.affixes(p)
		out = append(out, q)
	}
	return out
}

// grouped puts cites with the same names behind the first of them.
func grouped(list []printed) []printed {
	out := make([]printed, 0, len(list))
	done := make([]bool, len(list))
	for k := range list {
		for j := k; j < len(list); j++ {
			if !done[j] && (j == k || list[j].names != "" && list[j].names == list[k].names) {
				out = append(out, list[j])
				done[j] = true
			}
			if list[k].names == "" {
				break
			}
		}
	}
	return out
}

func (n *node) clear() { n.text, n.kids = "", nil }

// noDate marks a year that is the term "no date".
const noDate = -1

// addSuffix sets a year-suffix behind the first year where the style has no
// place for it.
func addSuffix(n *node, suffix int) {
	year := n.first(tagYear)
	if year == nil {
		return
	}
	inner := *year
	inner.prefix, inner.suffix, inner.display, inner.format = "", "", "", format{}
	s := leaf(suffixLetters(suffix))
	if year.number == noDate {
		s.prefix = "-"
	}
	s.tag, s.number = tagSuffix, suffix
	year.tag, year.text, year.kids, year.delim = tagNone, "", []*node{&inner, s}, ""
}

// affixes sets the text before and after a cite.
func (q *printed) affixes(p *Processor) {
	if q.cite.Prefix == "" && q.cite.Suffix == "" || q.node.empty() {
		return
	}
	n := &node{kids: []*node{q.node}}
	if s := q.cite.Prefix; s != "" {
		if !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "’") && !strings.HasSuffix(s, "'") {
			s += " "
		}
		n.kids = []*node{parseField(s), q.node}
	}
	if s := q.cite.Suffix; s != "" {
		first := firstRune(s)
		if first != ' ' && !strings.ContainsRune(".,;:!?", first) {
			s = " " + s
		}
		n.kids = append(n.kids, parseField(s))
	}
	q.node = n
}

// collapse joins neighbouring cites as the style wants and sets the delimiters.
func (p *Processor) collapse(list []printed) {
	c := p.style.citation
	delimiter := c.layout.delimiter
	for k := range list {
		list[k].before = delimiter
	}
	switch c.collapse {
	case "citation-number":
		p.collapseNumbers(list)
	case "year", "year-suffix", "year-suffix-ranged":
		p.collapseNames(list)
	default:
		if c.groupDelimiter != nil {
			for k := 1; k < len(list); k++ {
				if list[k].names != "" && list[k].names == list[k-1].names {
					list[k].before = *c.groupDelimiter
				}
			}
		}
	}
}

// bare reports whether a cite is its number and nothing else.
func (q *printed) bare() bool {
	return q.number > 0 && q.cite.Locator == "" && q.cite.Prefix == "" && q.cite.Suffix == ""
}

// collapseNumbers makes ranges of three or more numbers that follow each other.
func (p *Processor) collapseNumbers(list []printed) {
	after := p.style.citation.afterCollapseDelimiter
	for k := 0; k < len(list); {
		end := k
		for end+1 < len(list) && list[end].bare() && list[end+1].bare() && list[end+1].number == list[end].number+1 {
			end++
		}
		if end-k >= 2 {
			for j := k + 1; j < end; j++ {
				list[j].node = nil
			}
			list[end].before = "–"
			if after != nil && end+1 < len(list) {
				list[end+1].before = *after
			}
		}
		k = end + 1
	}
}

// collapseNames leaves out names that are those of the cite before, and years
// that are, too.
func (p *Processor) collapseNames(list []printed) {
	c := p.style.citation
	inGroup, inYear := c.layout.delimiter, c.layout.delimiter
	if !p.style.InNotes {
		inGroup = ", "
	}
	if c.groupDelimiter != nil {
		inGroup, inYear = *c.groupDelimiter, *c.groupDelimiter
	}
	if c.suffixDelimiter != nil {
		inYear = *c.suffixDelimiter
	}
	after := c.afterCollapseDelimiter
	suffixes := c.collapse != "year"
	for k := 1; k < len(list); k++ {
		q, before := &list[k], &list[k-1]
		if q.names != before.names {
			if after != nil && (before.joined || c.collapse != "year-suffix" || before.cite.Locator != "") {
				q.before = *after
			}
			continue
		}
		if names := q.node.first(tagNames); names != nil {
			q.joined = true
			names.clear()
			q.before = inGroup
			if before.cite.Locator != "" && after != nil {
				q.before = *after
			}
		}
		if suffixes && q.suffix > 0 && before.suffix > 0 && q.years == before.years && q.years != "" {
			q.joined = true
			for _, y := range q.node.all(tagYear) {
				y.clear()
			}
			q.before = inYear
		}
	}
	if c.collapse == "year-suffix-ranged" {
		rangeSuffixes(list)
	}
}

// rangeSuffixes makes ranges of year-suffixes: "1999a–c".
func rangeSuffixes(list []printed) {
	follows := func(k int) bool {
		a, b := &list[k-1], &list[k]
		return b.joined && b.suffix == a.suffix+1 && a.years == b.years && a.cite.Locator == "" && b.cite.Locator == "" &&
			a.cite.Suffix == "" && b.cite.Prefix == ""
	}
	for k := 1; k < len(list); k++ {
		end := k
		for end < len(list) && follows(end) {
			end++
		}
		if end-k >= 2 {
			for j := k; j < end-1; j++ {
				list[j].node = nil
			}
			list[end-1].before = "–"
		}
		if end > k {
			k = end - 1
		}
	}
}
