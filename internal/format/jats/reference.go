package jats

import (
	"cmp"
	"slices"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// lists counts the reference lists below e that hold references themselves.
func lists(e *elem) int {
	n := 0
	for k := range e.each() {
		switch k.name {
		case "ref-list":
			if k.child("ref") != nil {
				n++
			}
			n += lists(k)
		case "sec", "app", "app-group", "back", "notes":
			n += lists(k)
		}
	}
	return n
}

// grouped is the specific-use of a list whose heading is that of a group, even
// if it is the only one.
const grouped = "group"

// references reads a reference list into the record. The heading of the only
// list is furniture; the headings of several are the groups of their entries.
func (d *decoder) references(e *elem) {
	e.took = true
	group := ""
	if title := e.child("title"); title != nil {
		title.takeAll()
		if (d.groups || e.at("specific-use") == grouped) && e.child("ref") != nil {
			group = title.peek()
		}
	}
	e.child("label").takeAll()
	for k := range e.each() {
		switch k.name {
		case "ref":
			d.reference(k, group)
		case "ref-list":
			d.references(k)
		}
	}
}

// reference reads one entry. Its printed text is that of the mixed citation
// where there is one; its fields are those of the element citation beside it,
// else what is marked in the printed text.
func (d *decoder) reference(e *elem, group string) {
	a := &d.out.Article
	e.took = true
	r := journal.Reference{ID: e.id(), Number: len(a.References) + 1, Group: group}
	if label := e.child("label"); label != nil {
		r.Label = label.line()
		r.Key = key(r.Label)
	}
	var printed, marked []*elem
	var notes []article.Node
	sortCitation := func(k *elem) {
		if k.name == "mixed-citation" || k.name != "element-citation" && k.hasText() {
			printed = append(printed, k)
		} else {
			marked = append(marked, k)
		}
	}
	for _, k := range e.kids {
		switch k.name {
		case "mixed-citation", "element-citation", "nlm-citation", "citation":
			sortCitation(k)
		case "citation-alternatives":
			k.took = true
			for c := range k.each("mixed-citation", "element-citation", "nlm-citation", "citation") {
				sortCitation(c)
			}
		case "note", "p":
			k.took = true
			notes = append(notes, article.Str(" "))
			notes = append(notes, flat(d.flow(k))...)
		case "x":
			k.takeAll()
		}
	}
	r.ID = first(r.ID, citationID(printed), citationID(marked))
	r.Printed = d.printed(printed, marked, notes, r.Label)
	switch {
	case len(marked) > 0:
		d.fields(marked[0], &r)
	case len(printed) > 0:
		d.fields(printed[0], &r)
	}
	if len(printed) > 0 {
		for _, k := range marked {
			k.takeAll() // its words are those of the printed text
		}
	}
	a.References = append(a.References, r)
}

func citationID(list []*elem) string {
	for _, e := range list {
		if id := e.id(); id != "" {
			return id
		}
	}
	return ""
}

// key is a label that is not a number: "FRUS 1951a".
func key(label string) string {
	label = strings.TrimRight(strings.TrimSpace(label), " .:-–—")
	for _, pair := range [...]string{"[]", "()"} {
		if inside := strings.Trim(label, pair); !strings.ContainsAny(inside, pair) {
			label = strings.TrimSpace(inside) // "Brown (2015)" keeps its bracket
		}
	}
	label = strings.TrimRight(label, " .:-–—")
	letters := false
	for _, r := range label {
		letters = letters || r > 0x2BF || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	if !letters {
		return ""
	}
	return label
}

// printed is the entry as printed, without its label. Several citations under
// one label follow each other.
func (d *decoder) printed(printed, marked []*elem, notes []article.Node, label string) journal.Text {
	list := printed
	if len(list) == 0 {
		list = marked
	}
	var nodes []article.Node
	lang := ""
	for i, c := range list {
		c.took = true
		if i > 0 {
			nodes = append(nodes, article.Str(" "))
		}
		lang = first(lang, langTag(c.at("lang")))
		outer := d.here
		d.here = first(langTag(c.at("lang")), d.here)
		if len(printed) > 0 {
			nodes = append(nodes, d.kids(c)...)
		} else {
			nodes = append(nodes, d.composed(c)...)
		}
		d.here = outer
	}
	nodes = tidy(append(nodes, notes...))
	if len(nodes) > 0 && nodes[0].Kind == article.Text {
		nodes[0].Text = unlabelled(nodes[0].Text, label)
	}
	return prose(lang, nodes)
}

// unlabelled removes the label that some publishers repeat in front of the
// entry: "12. Panov…".
func unlabelled(s, label string) string {
	core := strings.Trim(label, "[](). ")
	rest, ok := strings.CutPrefix(s, label)
	if core == "" || !ok {
		if rest, ok = strings.CutPrefix(s, core); !ok || core == "" {
			return s
		}
	}
	after := strings.TrimLeft(rest, ".)] –-")
	if len(after) == len(rest) || after == "" {
		return s // "2020 was…" under the label "2"
	}
	return after
}

// inlineCitation is a citation that stands in running text.
func (d *decoder) inlineCitation(e *elem) article.Node {
	e.took = true
	n := article.Node{Kind: article.Foreign, Role: "citation", ID: e.id()}
	if e.name == "mixed-citation" || e.hasText() {
		n.Kids = d.kids(e)
	} else {
		n.Kids = d.composed(e)
	}
	return n
}

// asPrinted are the fields of a citation in the order in which it is printed:
// that of the source, unless the source begins with what no citation begins
// with, or has an identifier before the pages. Such a source lists fields as a
// database does, and a reader would meet "2017. 10.1101/102392 …" or
// "1141–1144. 202 …"; then people come first, titles, where it appeared and
// when, and identifiers are last.
func asPrinted(e *elem) []*elem {
	list := slices.Collect(e.each())
	if len(list) == 0 {
		return nil
	}
	listed, identified := rank(list[0].name) > rankSource, false
	for _, k := range list {
		r := rank(k.name)
		identified = identified || r == rankIdentifier
		listed = listed || identified && (r == rankVolume || r == rankPage)
	}
	if !listed {
		return list
	}
	slices.SortStableFunc(list, func(a, b *elem) int { return cmp.Compare(rank(a.name), rank(b.name)) })
	return list
}

// The places of fields in a citation that has to be put in order.
const (
	rankPeople = iota
	rankTitle
	rankSource
	rankVolume
	rankPage
	rankDate
	rankOther
	rankIdentifier
)

func rank(name string) int {
	switch name {
	case "person-group", "name", "string-name", "collab", "name-alternatives", "collab-alternatives", "anonymous", "etal":
		return rankPeople
	case "article-title", "chapter-title", "data-title", "part-title", "trans-title":
		return rankTitle
	case "source", "trans-source", "conf-name", "series", "edition":
		return rankSource
	case "volume", "issue", "supplement", "publisher-loc", "publisher-name", "institution", "version", "patent", "gov", "std", "conf-loc", "conf-date":
		return rankVolume
	case "fpage", "lpage", "page-range", "elocation-id", "size":
		return rankPage
	case "year", "month", "day", "season", "date", "string-date":
		return rankDate
	case "pub-id", "object-id", "issn", "isbn", "article-id", "ext-link", "uri", "date-in-citation", "access-date", "comment", "annotation":
		return rankIdentifier
	}
	return rankOther
}

// composed prints a citation that the source gives in fields only: a plain
// join. Identifiers other than the DOI are left to the record's own field.
func (d *decoder) composed(e *elem) []article.Node {
	var nodes []article.Node
	before, so := "", ""
	for _, k := range asPrinted(e) {
		words := d.word(k)
		plain := article.Plain(words)
		if plain == "" {
			continue
		}
		if before != "" {
			nodes = append(nodes, article.Str(divider(before, k.name, so)))
		}
		if k.name == "issue" && before == "volume" {
			words = append(append([]article.Node{article.Str("(")}, words...), article.Str(")"))
		}
		nodes = append(nodes, words...)
		before, so = k.name, plain
	}
	if so != "" && !strings.HasSuffix(so, ".") && before != "pub-id" && before != "ext-link" && before != "uri" {
		nodes = append(nodes, article.Str("."))
	}
	return nodes
}

// word is one field as it is printed.
func (d *decoder) word(e *elem) []article.Node {
	switch e.name {
	case "pub-id", "object-id", "issn", "isbn", "article-id":
		doi, ok := pid.DOI(e.peek())
		if !ok || e.at("pub-id-type") != "doi" {
			return nil // fields takes it
		}
		e.takeAll()
		address := "https://doi.org/" + doi
		return []article.Node{{Kind: article.Link, Target: address, Kids: []article.Node{article.Str(address)}}}
	case "ext-link", "uri":
		return []article.Node{d.link(e)}
	}
	return tidy(d.node(e))
}

func divider(before, next, so string) string {
	switch {
	case next == "lpage" && before == "fpage":
		return "–"
	case next == "issue" && before == "volume":
		return ""
	case before == "volume" || before == "issue":
		switch next {
		case "fpage", "elocation-id", "page-range":
			return ":"
		}
	case next == "month" || next == "day":
		return " "
	}
	switch {
	case strings.HasSuffix(so, ".") || strings.HasSuffix(so, "?") || strings.HasSuffix(so, "!"):
		return " "
	case among(before, []string{"person-group", "collab", "article-title", "chapter-title", "data-title", "year", "lpage", "elocation-id", "fpage"}):
		return ". "
	}
	return ", "
}
