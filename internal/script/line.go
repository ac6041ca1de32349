package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is s on one line: every run of line breaks, tabs, control characters,
// noncharacters and plain blanks becomes one blank, at the ends nothing. No-break
// and other spaces stay, for they are typography. Bytes that are not UTF-8 become
// U+FFFD.
func Line(s string) string {
	if isLine(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if r == ' ' || r == '\u2028' || r == '\u2029' || unicode.IsControl(r) || noncharacter(r) {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isLine reports whether there is nothing to mend in s, as in nearly all texts.
func isLine(s string) bool {
	blank := true // none at the beginning, and no two
	for i := 0; i < len(s); {
		if c := s[i]; c > ' ' && c < 0x7F {
			blank = false
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ' && blank, r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029', r == utf8.RuneError, r >= 0xFDD0 && noncharacter(r):
			return false
		}
		blank = r == ' '
		i += size
	}
	return !blank || s == ""
}

// noncharacter: Unicode keeps the code point for programs (section 23.7), and strict
// readers of UTF-8, such as biber, refuse a file that has it.
func noncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// Cut is s with at most max characters: where it is longer, it ends before a word
// and with an ellipsis.
func Cut(s string, max int) string {
	n, blank := 0, -1
	for i, r := range s {
		if n == max-1 && utf8.RuneCountInString(s[i:]) > 1 {
			if blank >= i/2 {
				i = blank
			}
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
		if r == ' ' {
			blank = i
		}
		n++
	}
	return s
}
