package jats

import (
	"iter"
	"strings"
)

// at is an attribute by its local name, "" when it is missing.
func (e *elem) at(name string) string {
	for i := range e.attr {
		if e.attr[i].Name.Local == name {
			return e.attr[i].Value
		}
	}
	return ""
}

// href is the XLink address of the element.
func (e *elem) href() string { return strings.TrimSpace(e.at("href")) }

// child is the first child element of that name, or nil.
func (e *elem) child(name string) *elem {
	if e == nil {
		return nil
	}
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// find is the first descendant of that name, or nil.
func (e *elem) find(name string) *elem {
	if e == nil {
		return nil
	}
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
		if k.name != "" {
			if found := k.find(name); found != nil {
				return found
			}
		}
	}
	return nil
}

// each yields the child elements, those of the names only where any are given.
func (e *elem) each(names ...string) iter.Seq[*elem] {
	return func(yield func(*elem) bool) {
		if e == nil {
			return
		}
		for _, k := range e.kids {
			if k.name == "" || len(names) > 0 && !among(k.name, names) {
				continue
			}
			if !yield(k) {
				return
			}
		}
	}
}

func among(s string, list []string) bool {
	for _, have := range list {
		if s == have {
			return true
		}
	}
	return false
}

// take marks the element as held and returns it.
func (e *elem) take() *elem {
	if e != nil {
		e.took = true
	}
	return e
}

// takeAll marks the element and everything inside it as held.
func (e *elem) takeAll() *elem {
	if e == nil {
		return nil
	}
	e.took = true
	for _, k := range e.kids {
		k.takeAll()
	}
	return e
}

// line is the text of the element on one line, and takes all of it: for values
// that have no markup worth keeping.
func (e *elem) line() string {
	if e == nil {
		return ""
	}
	e.takeAll()
	return e.peek()
}

// peek is the text of the element on one line and takes nothing.
func (e *elem) peek() string {
	if e == nil {
		return ""
	}
	if len(e.kids) == 1 && e.kids[0].name == "" {
		return squeeze(e.kids[0].text)
	}
	var b strings.Builder
	e.write(&b)
	return squeeze(b.String())
}

func (e *elem) write(b *strings.Builder) {
	if e.name == "" {
		b.WriteString(e.text)
		return
	}
	if e.name == "break" {
		b.WriteByte(' ')
	}
	for _, k := range e.kids {
		k.write(b)
	}
}

// raw is the characters of the element as they stand; it takes the runs and
// not the elements inside.
func (e *elem) raw() string {
	var b strings.Builder
	var walk func(*elem)
	walk = func(e *elem) {
		if e.name == "" {
			e.took = true
			b.WriteString(e.text)
			return
		}
		for _, k := range e.kids {
			walk(k)
		}
	}
	walk(e)
	return b.String()
}

// hasText reports whether there are characters other than white space directly
// in the element.
func (e *elem) hasText() bool {
	for _, k := range e.kids {
		if k.name == "" && !blank(k.text) {
			return true
		}
	}
	return false
}

// isSpace knows the white space of XML 1.0, section 2.3. No-break and thin
// spaces are typography and stay.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func blank(s string) bool {
	for i := range len(s) {
		if !isSpace(s[i]) {
			return false
		}
	}
	return true
}

// squeeze writes every run of white space as one blank and none at the ends.
func squeeze(s string) string {
	s = strings.Trim(s, " \n\t\r")
	clean := true
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) && (s[i] != ' ' || isSpace(s[i+1])) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) {
			gap = true
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
