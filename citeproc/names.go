package citeproc

import (
	"strings"
	"unicode"
)

// namesSpec is cs:names with what stands in it.
type namesSpec struct {
	variables  []string
	own        nameOptions
	name       namePart
	family     *namePart
	given      *namePart
	etAl       namePart
	etAlTerm   string
	label      *instruction
	labelFirst bool
	substitute []*instruction
	delimiter  *string
	styles     [2]nameStyle // in citations, in the bibliography
}

// namePart is the look of a name, of a part of it, or of "et al.".
type namePart struct {
	format         format
	prefix, suffix string
	textCase       textCase
	stripPeriods   bool
}

func readPart(e *element) namePart {
	return namePart{format: readFormat(e.attr), prefix: e.attr["prefix"], suffix: e.attr["suffix"],
		textCase: readCase(e.attr["text-case"]), stripPeriods: e.attr["strip-periods"] == "true"}
}

// inherit takes over what a cs:names inside of cs:substitute leaves out: all
// children of the one around it when it has none (specification, "Substitute"),
// and otherwise cs:name and cs:et-al.
func (n *namesSpec) inherit(around *namesSpec, e *element) {
	if n.delimiter == nil {
		n.delimiter = around.delimiter
	}
	if e.child("name") == nil {
		n.own, n.name, n.family, n.given = around.own, around.name, around.family, around.given
	}
	if e.child("et-al") == nil {
		n.etAl, n.etAlTerm = around.etAl, around.etAlTerm
	}
	if len(e.kids) == 0 {
		n.label, n.labelFirst = around.label, around.labelFirst
	}
}

// names compiles cs:names.
func (c *compiler) names(e *element, around *namesSpec) *instruction {
	i := common(e)
	i.kind = kNames
	n := &namesSpec{variables: strings.Fields(i.variable), etAlTerm: "et-al", delimiter: optional(e.attr, "delimiter")}
	i.names = n
	if around != nil {
		n.inherit(around, e)
	}
	for k, kid := range e.kids {
		switch kid.name {
		case "name":
			n.own = readNameOptions(kid.attr, false)
			n.name = readPart(kid)
			for _, p := range kid.kids {
				if p.name != "name-part" {
					continue
				}
				part := readPart(p)
				switch p.attr["name"] {
				case "family":
					n.family = &part
				case "given":
					n.given = &part
				}
			}
		case "et-al":
			n.etAl = readPart(kid)
			if t := kid.attr["term"]; t != "" {
				n.etAlTerm = t
			}
		case "label":
			n.label = common(kid)
			n.label.kind = kLabel
			n.labelFirst = false // unless cs:name follows
			for _, later := range e.kids[k+1:] {
				if later.name == "name" {
					n.labelFirst = true
				}
			}
		}
	}
	if around == nil || len(e.kids) > 0 {
		around = n
	}
	if s := e.child("substitute"); s != nil {
		outer := c.around
		c.around = around
		n.substitute = c.children(s)
		c.around = outer
	}
	c.allNames = append(c.allNames, n)
	return i
}

// settleNames works out the name options of every cs:names in both areas.
func (c *compiler) settleNames() {
	s := c.style
	for _, n := range c.allNames {
		for area, sec := range [2]*section{s.citation, s.bibliography} {
			var options nameOptions
			if sec != nil {
				options = sec.names
			}
			n.styles[area] = resolveNames(s.names, options, n.own)
		}
	}
}

// names prints cs:names: the names of each variable with its label, and what is
// to be substituted when there are none.
func (r *renderer) names(i *instruction) *node {
	spec := i.names
	style := &spec.styles[r.area]
	if r.sortKey != nil {
		s := resolveNames(r.p.style.names, r.section().names, spec.own, r.sortKey.names)
		s.order = "all"
		style = &s
	}
	var out node
	out.tag = tagNames
	out.delim = style.namesDelimiter
	if spec.delimiter != nil {
		out.delim = *spec.delimiter
	}
	count, any := 0, false
	for _, set := range r.nameSets(spec) {
		r.called(set.variable, len(set.names) > 0)
		if len(set.names) == 0 {
			continue
		}
		any = true
		r.use(set.variable)
		n, shown := r.nameSet(spec, style, set)
		count += shown
		if n != nil {
			out.kids = append(out.kids, n)
		}
	}
	if any {
		r.filled()
		if style.form == "count" {
			if count == 0 {
				return nil
			}
			return r.apply(i, leaf(itoa(count)))
		}
		if out.empty() {
			return nil
		}
		return r.apply(i, &out)
	}
	return r.substitute(i, spec)
}

// substitute prints the first of the alternatives that prints anything. The
// variables of it are not printed again in the same citation.
func (r *renderer) substitute(i *instruction, spec *namesSpec) *node {
	n, _ := r.alternative(spec.substitute)
	if n.empty() {
		return nil
	}
	out := &node{kids: []*node{n}, tag: tagNames}
	if n.tag == tagNames {
		out.tag = tagNone
	}
	return r.apply(i, out)
}

// alternative is the first of a list that prints anything; those in the branch
// of a cs:choose are tried one by one. It says whether the search is over.
func (r *renderer) alternative(list []*instruction) (n *node, done bool) {
	for _, s := range list {
		if s.kind == kChoose {
			if b := r.branch(s); b != nil {
				if n, done = r.alternative(b.body); done {
					return n, true
				}
			}
			continue
		}
		before := r.used
		r.used = nil
		r.inSubstitute++
		n = r.instruction(s)
		r.inSubstitute--
		used := r.used
		r.used = append(before, used...)
		if n.empty() {
			if s.kind == kTerm {
				if _, ok := r.words.term(s.value, s.form, false); ok {
					return nil, true // a term that is empty on purpose
				}
			}
			continue
		}
		for _, v := range used {
			r.taken[v] = true
		}
		return n, true
	}
	return nil, false
}

// nameSet is the names of one variable, or of two that are the same.
type nameSet struct {
	variable string
	term     string
	names    []*person
}

func (r *renderer) nameSets(spec *namesSpec) []nameSet {
	out := make([]nameSet, 0, 2)
	for _, v := range spec.variables {
		s := nameSet{variable: v, term: v}
		if !r.taken[v] {
			s.names = r.entry.people[v]
		}
		out = append(out, s)
	}
	if len(out) == 2 && samePeople(out[0].names, out[1].names) {
		a, b := out[0].variable, out[1].variable
		for _, both := range [2]string{a + b, b + a} {
			if (both == "editortranslator" || both == "translatoreditor") && spec.label != nil {
				if s, ok := r.words.term("editortranslator", spec.label.form, len(out[0].names) > 1); ok && s != "" {
					r.called(b, true)
					r.use(b)
					out[0].term = "editortranslator"
					return out[:1]
				}
				break
			}
		}
	}
	return out
}

func samePeople(a, b []*person) bool {
	if len(a) == 0 || len(a) != len(b) {
		return false
	}
	for k := range a {
		if a[k].Name != b[k].Name {
			return false
		}
	}
	return true
}

// nameSet prints the names of one variable with their label and says how many
// were shown.
func (r *renderer) nameSet(spec *namesSpec, style *nameStyle, set nameSet) (*node, int) {
	list, shown, plural := r.nameList(spec, style, set)
	if style.form == "count" {
		return nil, shown
	}
	if list.empty() {
		return nil, 0
	}
	list.tag = tagList
	if spec.label == nil || r.sortKey != nil {
		return list, shown
	}
	label := r.nameLabel(spec.label, set.term, plural)
	if label == nil {
		return list, shown
	}
	if spec.labelFirst {
		return &node{kids: []*node{label, list}}, shown
	}
	return &node{kids: []*node{list, label}}, shown
}

func (r *renderer) nameLabel(i *instruction, name string, plural bool) *node {
	switch i.plural {
	case "always":
		plural = true
	case "never":
		plural = false
	}
	s, ok := r.words.term(name, i.form, plural)
	if !ok || s == "" {
		return nil
	}
	n := r.apply(i, leaf(s))
	n.tag = tagLabel
	return n
}

// nameList joins the names, cut short to "et al." where there are many.
func (r *renderer) nameList(spec *namesSpec, style *nameStyle, set nameSet) (list *node, shown int, plural bool) {
	at := r.sets
	if r.sortKey == nil {
		r.sets++
	}
	minimum, first := style.min, style.first
	if r.area == inCitation && r.position != First && r.sortKey == nil {
		minimum, first = style.laterMin, style.laterFirst
	}
	total := len(set.names)
	shown = total
	if minimum > 0 && total >= minimum && first >= 0 && first < total {
		shown = first
	}
	defaultShown := shown
	if r.sortKey == nil {
		shown = r.disambiguatedCount(at, shown, total)
	}
	r.record(at, spec, style, set.names, defaultShown, shown)
	if style.form == "count" {
		return nil, shown, false
	}
	list = &node{}
	inverted := false
	var people []*node
	for k := 0; k < shown; k++ {
		var n *node
		n, inverted = r.styled(spec, style, set.names[k], at, k)
		people = append(people, n)
	}
	plural = total > 1
	if shown == 0 {
		return list, 0, plural
	}
	cut := shown < total
	for k, n := range people {
		if k > 0 {
			isLast := k == len(people)-1 && !cut
			list.kids = append(list.kids, leaf(r.between(style, k, isLast, len(people), people[k-1].number == 1)))
		}
		list.kids = append(list.kids, n)
	}
	if cut {
		r.others(list, spec, style, set.names, at, shown, inverted)
	}
	return list, shown, plural
}

// styled is a name with the look and the affixes of cs:name, which belong to
// each name and not to what is between them.
func (r *renderer) styled(spec *namesSpec, style *nameStyle, p *person, set, k int) (*node, bool) {
	n, inverted := r.person(spec, style, p, set, k)
	n.tag = tagPerson
	n.format = spec.name.format
	if p.Literal == "" {
		n.prefix, n.suffix = spec.name.prefix, spec.name.suffix
	}
	return n, inverted
}

// between is what stands between two names.
func (r *renderer) between(style *nameStyle, k int, last bool, count int, afterInverted bool) string {
	if !last || style.and == "" || r.sortKey != nil {
		return style.delimiter
	}
	and := "&"
	if style.and == "text" {
		and, _ = r.words.term("and", "", false)
	}
	withDelimiter := false
	switch style.beforeLast {
	case "always":
		withDelimiter = true
	case "never":
	case "after-inverted-name":
		withDelimiter = afterInverted
	default:
		withDelimiter = count > 2
	}
	if joined(and) {
		return and
	}
	if withDelimiter {
		return style.delimiter + and + " "
	}
	return " " + and + " "
}

// beforeOthers is what stands before "et al." and before an ellipsis.
func (r *renderer) beforeOthers(style *nameStyle, shown int, inverted bool) string {
	delimiter := false
	switch style.beforeEtAl {
	case "always":
		delimiter = true
	case "never":
	case "after-inverted-name":
		delimiter = inverted
	default:
		delimiter = shown > 1
	}
	if delimiter {
		return style.delimiter
	}
	return " "
}

// joined reports whether a word for "and" is written without blanks around it.
func joined(and string) bool {
	r := firstRune(and)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Hebrew)
}

// others ends a list that is cut short.
func (r *renderer) others(list *node, spec *namesSpec, style *nameStyle, names []*person, at, shown int, inverted bool) {
	if style.last && shown+1 < len(names) {
		n, _ := r.styled(spec, style, names[len(names)-1], at, len(names)-1)
		list.kids = append(list.kids, leaf(r.beforeOthers(style, shown, inverted)+"… "), n)
		return
	}
	if style.last {
		n, _ := r.styled(spec, style, names[len(names)-1], at, len(names)-1)
		list.kids = append(list.kids, leaf(style.delimiter), n)
		return
	}
	term, _ := r.words.term(spec.etAlTerm, "", false)
	if term == "" || r.sortKey != nil {
		return
	}
	et := leaf(term)
	et.format, et.prefix, et.suffix = spec.etAl.format, spec.etAl.prefix, spec.etAl.suffix
	glue := r.beforeOthers(style, shown, inverted)
	if eastern(term) && glue == " " {
		glue = ""
	}
	if strings.HasPrefix(et.prefix, " ") {
		glue = strings.TrimSuffix(glue, " ")
	}
	list.kids = append(list.kids, leaf(glue), et)
}
