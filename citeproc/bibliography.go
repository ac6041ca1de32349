package citeproc

import "strings"

// Bibliography is a list of references.
type Bibliography struct {
	Entries []Entry
	// How it wants to be set.
	HangingIndent    bool
	SecondFieldAlign string // "", "flush" or "margin"
	EntrySpacing     int    // lines between entries
	LineSpacing      int
}

// Entry is one reference of the list.
type Entry struct {
	ID   string
	Text string // in the format of the processor
}

// Bibliography prints the references of all items. A style without a list of
// references gives an empty one.
func (p *Processor) Bibliography() (*Bibliography, error) {
	s := p.style.bibliography
	if s == nil {
		return &Bibliography{}, nil
	}
	b := &Bibliography{HangingIndent: s.hangingIndent, SecondFieldAlign: s.secondFieldAlign, EntrySpacing: s.entrySpacing, LineSpacing: s.lineSpacing}
	var previous *node
	for _, e := range p.ranked {
		r := p.renderer(e, inBibliography, nil)
		n := r.layout()
		if suffix := e.settings.suffix; suffix > 0 && !p.style.usesSuffix {
			addSuffix(n, suffix)
		}
		names := n.first(tagNames)
		if s.substitute != nil {
			kept := copyNode(names)
			p.substituteAuthors(names, previous)
			previous = kept
		}
		if s.secondFieldAlign != "" && !p.alone {
			align(n)
		}
		l := s.layout
		if n.empty() {
			if !p.style.usesNumber {
				continue
			}
			n = leaf(itoa(e.number) + ". " + noForm) // a list with numbers leaves none out
		}
		whole := &node{format: l.format, kids: []*node{enclose(n, l.prefix, l.suffix)}}
		text := p.words.write(whole, p.format)
		if p.format == Text {
			text = strings.TrimSpace(text)
		}
		b.Entries = append(b.Entries, Entry{ID: e.item.ID, Text: text})
	}
	return b, p.err()
}

// align sets the first field apart from the rest.
func align(n *node) {
	if len(n.kids) < 2 {
		return
	}
	first := &node{display: "left-margin", kids: n.kids[:1:1]}
	rest := &node{display: "right-inline", kids: n.kids[1:]}
	n.kids = []*node{first, rest}
}

// enclose sets the affixes of the layout: where the last field is a block of its
// own, the suffix stands in it.
func enclose(n *node, prefix, suffix string) *node {
	if last := len(n.kids) - 1; last >= 0 && n.kids[last].display != "" && suffix != "" {
		block := *n.kids[last]
		display := block.display
		block.display = ""
		n.kids[last] = &node{display: display, kids: []*node{&block, leaf(suffix)}}
		suffix = ""
	}
	return &node{prefix: prefix, suffix: suffix, kids: n.kids, text: n.text}
}

func copyNode(n *node) *node {
	if n == nil {
		return nil
	}
	c := *n
	c.kids = make([]*node, len(n.kids))
	for k := range n.kids {
		c.kids[k] = copyNode(n.kids[k])
	}
	return &c
}

// substituteAuthors puts the style's mark for names that are those of the entry
// before.
func (p *Processor) substituteAuthors(names, previous *node) {
	if names == nil || previous == nil {
		return
	}
	s := p.style.bibliography
	a, b := names.all(tagPerson), previous.all(tagPerson)
	same := namesText(names) == namesText(previous)
	switch s.substituteRule {
	case "complete-all":
		if same {
			replaceNames(names, *s.substitute)
		}
	case "complete-each":
		if same {
			for _, n := range a {
				n.replace(*s.substitute)
			}
		}
	case "partial-each", "partial-first":
		if len(a) == 0 && same {
			names.replace(*s.substitute)
		}
		for k := range a {
			if k >= len(b) || a[k].plainText() != b[k].plainText() || k > 0 && s.substituteRule == "partial-first" {
				return
			}
			a[k].replace(*s.substitute)
		}
	}
}

// namesText is the names alone, without labels, or what stands for them.
func namesText(n *node) string {
	lists := n.all(tagList)
	if len(lists) == 0 {
		return n.plainText()
	}
	var b strings.Builder
	for _, l := range lists {
		b.WriteString(l.plainText() + "\x00")
	}
	return b.String()
}

func (n *node) replace(text string) {
	n.clear()
	n.text, n.prefix, n.suffix, n.format = text, "", "", format{}
}

// replaceNames puts the mark in the place of all names; the labels stay.
func replaceNames(names *node, mark string) {
	lists := names.all(tagList)
	if len(lists) == 0 {
		names.replace(mark)
		return
	}
	for k, l := range lists {
		if k == 0 {
			l.replace(mark)
		} else {
			l.clear()
		}
	}
}

// String is the whole list as HTML, as reference implementations print it.
func (b *Bibliography) String() string {
	var s strings.Builder
	s.WriteString("<div class=\"csl-bib-body\">\n")
	for _, e := range b.Entries {
		s.WriteString("  <div class=\"csl-entry\">" + e.Text + "</div>\n")
	}
	s.WriteString("</div>")
	return s.String()
}
