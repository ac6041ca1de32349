package citeproc

import (
	"slices"
	"strings"
)

// area is where something is printed; names have other options in each.
type area uint8

const (
	inCitation area = iota
	inBibliography
)

// Position is where a reference stands among those that were cited before it.
type Position uint8

const (
	First Position = iota
	Subsequent
	Ibid
	IbidWithLocator
)

// maxSteps bounds the work for one reference: macros that call macros can
// multiply without end.
const maxSteps = 200_000

// renderer prints one reference in one place.
type renderer struct {
	p        *Processor
	entry    *entry
	item     *Item
	cite     *Cite
	words    *words
	area     area
	position Position
	near     bool
	sortKey  *sortKey // set while a sort key is made
	settings *settings
	steps    int

	state        group
	taken        map[string]bool // variables that a substitution used up
	used         []string
	inSubstitute int
	sets         int // variables of names so far
	seen         []seenNames
	conditions   int  // tests of disambiguate so far
	conditionsOn int  // those that were true
	comparing    bool // it is printed to be compared with others
	later        bool // not the first cite of a citation
	printed      bool // something stands before in the same citation
}

// group is what cs:group has to know of its content: a group that calls
// variables prints nothing when all of them are empty.
type group struct{ called, filled bool }

func (r *renderer) called(_ string, _ bool) { r.state.called = true }
func (r *renderer) filled()                 { r.state.filled = true }

// use notes that a variable was printed. While a substitution is made, it is
// not printed a second time.
func (r *renderer) use(variable string) {
	r.used = append(r.used, variable)
	if r.inSubstitute > 0 {
		r.taken[variable] = true
	}
}

func (r *renderer) section() *section {
	if r.area == inBibliography && r.p.style.bibliography != nil {
		return r.p.style.bibliography
	}
	return r.p.style.citation
}

// layout prints the layout of the section, without its affixes and delimiter.
func (r *renderer) layout() *node {
	return &node{kids: r.list(r.section().layout.kids)}
}

func (r *renderer) list(of []*instruction) []*node {
	var out []*node
	for _, i := range of {
		if i.kind == kChoose { // what is chosen stands in the list like any other
			out = append(out, r.chosen(i)...)
		} else if n := r.instruction(i); !n.empty() {
			out = append(out, n)
		}
	}
	return out
}

func (r *renderer) instruction(i *instruction) *node {
	if r.steps++; r.steps > maxSteps {
		r.p.exhausted = true
		return nil
	}
	switch i.kind {
	case kGroup:
		return r.group(i, i.kids)
	case kChoose:
		if kids := r.chosen(i); len(kids) > 0 {
			return &node{kids: kids}
		}
		return nil
	case kVariable:
		return r.variable(i)
	case kMacro:
		return r.group(i, i.macro.body.kids)
	case kTerm:
		return r.term(i)
	case kValue:
		if i.value == "" {
			return nil
		}
		return r.apply(i, r.field(i.value))
	case kNumber:
		return r.number(i)
	case kLabel:
		return r.label(i)
	case kDate:
		return r.date(i)
	}
	return r.names(i)
}

// group prints what stands in a group or in a macro. One that prints anything is
// to the group around it like a variable that has a value.
func (r *renderer) group(i *instruction, content []*instruction) *node {
	outer, printed := r.state, r.printed
	r.state = group{}
	kids := r.list(content)
	inner := r.state
	shown := len(kids) > 0 && (!inner.called || inner.filled)
	r.state = group{outer.called || inner.called, outer.filled || inner.filled || shown}
	if !shown {
		r.printed = printed
		return nil
	}
	return r.apply(i, &node{kids: kids, delim: i.delimiter})
}

// chosen prints the branch of cs:choose that is taken.
func (r *renderer) chosen(i *instruction) []*node {
	if r.steps++; r.steps > maxSteps {
		r.p.exhausted = true
		return nil
	}
	if b := r.branch(i); b != nil {
		return r.list(b.body)
	}
	return nil
}

// branch is the branch of cs:choose that is taken, or nil.
func (r *renderer) branch(i *instruction) *branch {
	for k := range i.branches {
		if b := &i.branches[k]; r.holds(b) {
			return b
		}
	}
	return nil
}

// apply lays the attributes of an element over what it prints.
func (r *renderer) apply(i *instruction, n *node) *node {
	if n.empty() {
		return nil
	}
	r.printed = true
	if i.stripPeriods {
		stripPeriods(n)
	}
	if i.textCase != caseNone {
		applyCase(n, i.textCase, r.caseLang())
	}
	if i.format == (format{}) && !i.quotes && i.prefix == "" && i.suffix == "" && i.display == "" {
		return n
	}
	if n.format != (format{}) || n.quotes || n.prefix != "" || n.suffix != "" || n.display != "" || n.inField {
		n = &node{kids: []*node{n}}
	}
	n.format, n.quotes, n.prefix, n.suffix = i.format, i.quotes, i.prefix, i.suffix
	if r.area == inBibliography {
		n.display = i.display
	}
	return n
}

func stripPeriods(n *node) {
	n.leaves(func(k *node, _ bool) {
		if !k.asIs {
			k.text = strings.ReplaceAll(k.text, ".", "")
		}
	}, false)
}

// caseLang is the language by whose rules capitals are set: that of the item,
// if it says one, and otherwise that of the style.
func (r *renderer) caseLang() string {
	lang := strings.ToLower(r.item.Text["language"])
	switch lang {
	case "":
		return r.p.lang
	case "eng", "english":
		return "en"
	}
	return lang
}

func (r *renderer) term(i *instruction) *node {
	s, _ := r.words.term(i.value, i.form, i.plural == "true")
	if s == "" {
		return nil
	}
	n := r.field(s)
	if !r.printed && r.capitals() {
		capitalizeFirst(n)
	}
	if i.value == "no date" {
		n.tag, n.number = tagYear, noDate
		return r.apply(i, &node{kids: []*node{n}})
	}
	return r.apply(i, n)
}

// capitals reports whether a term at the beginning has a capital: in notes and
// in the bibliography, where a sentence begins. Text before a cite ends one only
// when it is more than a word.
func (r *renderer) capitals() bool {
	if r.area == inCitation && !r.p.style.InNotes || r.sortKey != nil {
		return false
	}
	prefix := strings.TrimSpace(r.cite.Prefix)
	if prefix == "" {
		return !r.later
	}
	prefix = strings.TrimRight(prefix, "\"'”’»")
	return prefix != "" && strings.ContainsRune(".!?", lastRune(prefix)) && strings.Contains(strings.TrimLeft(prefix, ". "), " ")
}

// holds reports whether a branch of cs:choose is taken.
func (r *renderer) holds(b *branch) bool {
	if len(b.tests) == 0 {
		return true
	}
	any, all := false, true
	for _, t := range b.tests {
		if r.test(t) {
			any = true
		} else {
			all = false
		}
	}
	switch b.match {
	case "any":
		return any
	case "none":
		return !any
	}
	return all
}

func (r *renderer) test(t test) bool {
	switch t.what {
	case "type":
		return slices.Contains(t.values, r.item.Type)
	case "variable":
		return r.has(t.value())
	case "is-numeric":
		return isNumeric(r.value(t.value()))
	case "is-uncertain-date":
		return r.item.Dates[t.value()].Circa
	case "locator":
		label := r.cite.label()
		return r.cite.Locator != "" && (slices.Contains(t.values, label) || label == "sub-verbo" && slices.Contains(t.values, "sub"))
	case "position":
		return r.at(t.value())
	case "disambiguate":
		return t.value() == "true" && r.condition()
	}
	return false
}

// at tests a position (specification, "Choose"). A later position implies the
// earlier ones; in the bibliography there is none.
func (r *renderer) at(position string) bool {
	if r.area == inBibliography {
		return false
	}
	switch position {
	case "first":
		return r.position == First
	case "subsequent":
		return r.position >= Subsequent
	case "ibid":
		return r.position >= Ibid
	case "ibid-with-locator":
		return r.position == IbidWithLocator
	case "near-note":
		return r.near
	}
	return false
}

// condition is the test disambiguate="true".
func (r *renderer) condition() bool {
	r.conditions++
	if r.conditionsOn < r.settings.condition {
		r.conditionsOn++
		return true
	}
	return false
}

// has reports whether a variable has a value.
func (r *renderer) has(name string) bool {
	if isDate[name] {
		d, ok := r.item.Dates[name]
		return ok && !d.IsZero()
	}
	if len(r.entry.people[name]) > 0 {
		return true
	}
	return r.value(name) != ""
}

// value is a variable that is neither names nor a date.
func (r *renderer) value(name string) string {
	switch name {
	case "locator":
		return r.cite.Locator
	case "citation-number":
		return itoa(r.entry.number)
	case "first-reference-note-number":
		if r.entry.firstNote > 0 && r.position != First {
			return itoa(r.entry.firstNote)
		}
		return r.cite.FirstNote
	case "year-suffix":
		if r.settings.suffix > 0 {
			return suffixLetters(r.settings.suffix)
		}
		return r.item.Text[name]
	case "citation-label":
		return r.citationLabel()
	case "title-short", "container-title-short":
		return r.item.Text[name]
	}
	return r.item.text(name, "")
}
