package citeproc

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Format is the kind of text that citations are written in.
type Format uint8

const (
	HTML Format = iota // a fragment of HTML; every character of the data is escaped
	Text               // plain text, without any markup
)

// look is the markup for one value of a formatting attribute.
func (f Format) look(attribute int, value uint8) (open, end string) {
	if f == Text {
		return "", ""
	}
	switch [2]uint8{uint8(attribute), value} {
	case [2]uint8{fStyle, italic}:
		return "<i>", "</i>"
	case [2]uint8{fStyle, oblique}:
		return "<em>", "</em>"
	case [2]uint8{fWeight, bold}:
		return "<b>", "</b>"
	case [2]uint8{fAlign, sup}:
		return "<sup>", "</sup>"
	case [2]uint8{fAlign, sub}:
		return "<sub>", "</sub>"
	case [2]uint8{fAlign, plain}:
		return `<span style="baseline">`, "</span>"
	case [2]uint8{fVariant, smallCaps}:
		return `<span style="font-variant:small-caps;">`, "</span>"
	case [2]uint8{fDecoration, underline}:
		return `<span style="text-decoration:underline;">`, "</span>"
	case [2]uint8{fDecoration, plain}:
		return `<span style="text-decoration:none;">`, "</span>"
	case [2]uint8{fWeight, light}:
		return `<span style="font-weight:lighter;">`, "</span>"
	}
	return `<span style="` + formatNames[attribute] + `:normal;">`, "</span>"
}

func (f Format) openDisplay(kind string) string {
	if f == Text {
		switch kind {
		case "block", "indent":
			return "\n"
		}
		return ""
	}
	open := `<div class="csl-` + kind + `">`
	switch kind {
	case "block":
		return "\n\n    " + open
	case "left-margin":
		return "\n    " + open
	}
	return open
}

func (f Format) closeDisplay(kind string) string {
	if f == Text {
		return ""
	}
	switch kind {
	case "left-margin":
		return "</div>"
	case "block":
		return "</div>\n"
	}
	return "</div>\n  "
}

// text writes characters of the data.
func (f Format) text(b *strings.Builder, s string) {
	if f == Text {
		b.WriteString(s)
		return
	}
	start := 0
	for k, r := range s {
		var with string
		switch {
		case r == '&':
			with = "&#38;"
		case r == '<':
			with = "&#60;"
		case r == '>':
			with = "&#62;"
		case r < 0xAA:
			continue
		case isSuperscript(r):
			with = "<sup>" + lowered(r) + "</sup>"
		default:
			continue
		}
		b.WriteString(s[start:k])
		b.WriteString(with)
		start = k + len(string(r))
	}
	b.WriteString(s[start:])
}

// lowered is the plain form of a raised character.
func lowered(r rune) string {
	switch r { // those that Unicode does not decompose
	case 0x2C0:
		return "ʔ"
	case 0x2C1:
		return "ʕ"
	case 0x6E5:
		return "و"
	case 0x6E6:
		return "ي"
	}
	return norm.NFKD.String(string(r))
}

// isSuperscript reports whether a character is a raised form of others, which
// is written with markup so that it looks like other raised text.
func isSuperscript(r rune) bool {
	switch {
	case r == 'ª', r == '²', r == '³', r == '¹', r == 'º':
		return true
	case r < 0x2B0:
		return false
	case r <= 0x2B8, r >= 0x2E0 && r <= 0x2E4, r == 0x2C0, r == 0x2C1, r == 0x6E5, r == 0x6E6:
		return true
	case r >= 0x1D2C && r <= 0x1D61:
		return r != 0x1D2F && r != 0x1D3B && r != 0x1D4E
	case r >= 0x2070 && r <= 0x207F, r == 0x2120, r == 0x2122, r >= 0x3192 && r <= 0x319F:
		return true
	}
	return false
}
