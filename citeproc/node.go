package citeproc

import "strings"

// tag says what a node of the output is, for what is done with whole citations
// afterwards: collapsing, year-suffixes, substitution of authors.
type tag uint8

const (
	tagNone   tag = iota
	tagNames      // a whole cs:names
	tagList       // the names of one variable, without label
	tagPerson     // one name
	tagDate       // a part of a date
	tagYear       // the year of issue
	tagSuffix     // a year-suffix
	tagNumber     // the citation number
	tagLocator
	tagLabel
	tagFirst // what a layout renders first
)

// node is a piece of output: a text, or a list of pieces with a delimiter
// between those that are not empty.
type node struct {
	text    string
	kids    []*node
	format  format
	prefix  string
	suffix  string
	delim   string
	display string
	quotes  bool
	single  bool  // the quotation marks of a field are single ones
	inField bool  // markup in the text of a field: turned round inside the same look
	noCase  bool  // no change of capitals
	asIs    bool  // no change of any kind: an address
	origin  *node // the field that it is a piece of
	tag     tag
	number  int // of a citation number or a year-suffix
}

func leaf(text string) *node { return &node{text: text} }

// empty reports whether a node prints nothing. Affixes alone are nothing.
func (n *node) empty() bool {
	if n == nil {
		return true
	}
	if n.text != "" {
		return false
	}
	for _, k := range n.kids {
		if !k.empty() {
			return false
		}
	}
	return true
}

func (n *node) orNil() *node {
	if n.empty() {
		return nil
	}
	return n
}

// walk visits a node and what is below it, as long as visit returns true.
func (n *node) walk(visit func(*node) bool) bool {
	if n == nil {
		return true
	}
	if !visit(n) {
		return false
	}
	for _, k := range n.kids {
		if !k.walk(visit) {
			return false
		}
	}
	return true
}

// first is the first node with a tag, in the order of reading, or nil.
func (n *node) first(t tag) *node {
	var found *node
	n.walk(func(k *node) bool {
		if k.tag == t {
			found = k
		}
		return found == nil
	})
	return found
}

// all are the nodes with a tag.
func (n *node) all(t tag) []*node {
	var out []*node
	n.walk(func(k *node) bool {
		if k.tag == t {
			out = append(out, k)
		}
		return true
	})
	return out
}

// leaves are the texts in the order of reading.
func (n *node) leaves(visit func(*node, bool), noCase bool) {
	if n == nil {
		return
	}
	noCase = noCase || n.noCase || n.asIs
	if n.text != "" {
		visit(n, noCase)
	}
	for _, k := range n.kids {
		k.leaves(visit, noCase)
	}
}

// plainText is the text without affixes of the outermost node, for comparing.
func (n *node) plainText() string {
	var b strings.Builder
	n.plainTo(&b, true)
	return b.String()
}

func (n *node) plainTo(b *strings.Builder, outer bool) {
	if n.empty() {
		return
	}
	if !outer {
		b.WriteString(n.prefix)
	}
	b.WriteString(n.text)
	started := false
	for _, k := range n.kids {
		if k.empty() {
			continue
		}
		if started {
			b.WriteString(n.delim)
		}
		started = true
		k.plainTo(b, false)
	}
	if !outer {
		b.WriteString(n.suffix)
	}
}
