package jats

import (
	"strconv"
	"strings"

	"offprint/internal/journal"
)

// maxLosses bounds the report of one article; what is beyond it is counted in
// its last line.
const maxLosses = 300

// tally is how much of a document is held.
type tally struct {
	elements, lost int
}

// ledger collects what was not taken, equal paths together.
type ledger struct {
	tally
	path  []string // to the element at hand
	order []string
	sums  map[string]*entry
	// reasons are why elements are lost whose words were kept.
	reasons map[*elem]string
}

type entry struct {
	count     int
	what, why string
}

const (
	whyElement = "the record has no place for this element"
	whyWrapper = "the element is not known; its content was kept"
	whyText    = "there is no place for text here"
	whyEntity  = "no standard character has this name and declarations in the file are not followed; it is shown as it stands"
)

// losses walks the tree and reports every element and every run of text that
// nothing took, by its path and in the order of the document.
func (l *ledger) losses(root *elem) {
	l.path = append(l.path, root.name)
	l.walk(root, false)
}

func (l *ledger) walk(e *elem, inLost bool) {
	l.elements++
	if !e.took {
		l.lost++
		if why := l.reasons[e]; why != "" {
			l.add("", excerpt(e.peek()), why)
		} else if !inLost && !e.holds() {
			l.add("", excerpt(e.peek()), whyElement)
			inLost = true
		} else if !inLost {
			l.add("", "<"+e.name+">", whyWrapper)
		}
	}
	for _, k := range e.kids {
		switch {
		case k.name == "" && !k.took && !inLost && !blank(k.text):
			l.add("/text()", excerpt(squeeze(k.text)), whyText)
		case k.name == "":
		case k.name == e.name:
			l.walk(k, inLost && !k.took) // sections in sections are one step
		default:
			l.path = append(l.path, k.name)
			l.walk(k, inLost && !k.took)
			l.path = l.path[:len(l.path)-1]
		}
	}
}

// holds reports whether anything inside an element was taken, though it was
// not itself.
func (e *elem) holds() bool {
	for _, k := range e.kids {
		if k.took && (k.name != "" || !blank(k.text)) || k.name != "" && k.holds() {
			return true
		}
	}
	return false
}

func (l *ledger) add(tail, what, why string) {
	if l.sums == nil {
		l.sums = map[string]*entry{}
	}
	var b strings.Builder
	for i, name := range l.path {
		if i > 1 {
			b.WriteByte('/')
		}
		if i > 0 || len(l.path) == 1 {
			b.WriteString(name[:min(len(name), 60)])
		}
	}
	path := b.String() + tail
	if have := l.sums[path]; have != nil {
		have.count++
		return
	}
	l.sums[path] = &entry{count: 1, what: what, why: why}
	l.order = append(l.order, path)
}

// report is the ledger as losses: "body/sec/p/x ×14".
func (l *ledger) report() []journal.Loss {
	var out []journal.Loss
	rest := 0
	for i, path := range l.order {
		e := l.sums[path]
		if i >= maxLosses {
			rest += e.count
			continue
		}
		where := path
		if e.count > 1 {
			where += " ×" + strconv.Itoa(e.count)
		}
		out = append(out, journal.Loss{Where: where, What: e.what, Why: e.why})
	}
	if rest > 0 {
		out = append(out, journal.Loss{Where: "article", What: strconv.Itoa(rest) + " elements under other paths", Why: whyElement})
	}
	return out
}

// excerpt shortens what is shown of a loss to 200 characters.
func excerpt(s string) string {
	n := 0
	for i := range s {
		if n++; n > 199 {
			return s[:i] + "…"
		}
	}
	return s
}
