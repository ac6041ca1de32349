package jats

import (
	"fmt"
	"strconv"
	"strings"
)

// An identifier of the record can be any string, one of XML is a name without
// a colon (XML 1.0, section 3.3.1; Namespaces in XML, section 3). What does not
// fit is written as SQL/XML (ISO/IEC 9075-14, section 9.1) maps identifiers to
// names: a character is _xHHHH_, its code in hexadecimal. The reader turns it
// back, so that an identifier survives any number of exports.

// madeUp begins the identifiers that the writer needs where the record has
// none; the reader takes them for what they are.
const madeUp = "_x_"

// id is the identifier of an element as the record has it.
func (e *elem) id() string { return fromName(e.at("id")) }

func toName(id string) string {
	if plainName(id) {
		return id
	}
	var b strings.Builder
	for i, r := range id {
		switch {
		case r == '_' && strings.HasPrefix(id[i:], "_x"):
			b.WriteString("_x005F_")
		case nameRune(r, i == 0):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "_x%04X_", r)
		}
	}
	return b.String()
}

func plainName(id string) bool {
	for i, r := range id {
		if !nameRune(r, i == 0) || r == '_' && strings.HasPrefix(id[i:], "_x") {
			return false
		}
	}
	return id != ""
}

// nameRune knows NameStartChar and NameChar of XML 1.0, section 2.3, within
// the basic plane, without the colon.
func nameRune(r rune, start bool) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_':
		return true
	case r >= '0' && r <= '9', r == '-', r == '.', r == 0xB7, r >= 0x300 && r <= 0x36F, r == 0x203F, r == 0x2040:
		return !start
	case r < 0xC0, r == 0xD7, r == 0xF7, r == 0x37E, r > 0x1FFF:
		return r >= 0x3001 && r <= 0xD7FF
	}
	return true
}

func fromName(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	if strings.HasPrefix(s, madeUp) {
		return ""
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "_x")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		code, after, closed := strings.Cut(rest, "_")
		n, err := strconv.ParseUint(code, 16, 32)
		if !closed || len(code) < 4 || len(code) > 6 || err != nil || n > 0x10FFFF {
			b.WriteString("_x")
			s = rest
			continue
		}
		b.WriteRune(rune(n))
		s = after
	}
}
