package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form of a text for plain matching: lower case, compatibility
// decomposed (full-width letters become plain, ligatures come apart), marks
// removed, ё as е, letters with strokes and the Latin ligatures as plain
// letters, quotation marks and apostrophes straight, dashes as hyphens, every
// space U+0020, invisible characters gone. The letter й and the voiced kana are
// letters of their own and keep their marks.
func Fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	if folded, ok := foldRussian(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	compose := false
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			switch {
			case r == 0x306 && before == 'и', r == 0x3099, r == 0x309a:
				compose = true
				b.WriteRune(r)
			}
			continue
		}
		r = unicode.ToLower(r)
		before = r
		if r >= 0x1100 && r < 0x1200 {
			compose = true // Hangul syllables were taken apart
		}
		foldInto(&b, r)
	}
	if compose {
		return norm.NFC.String(b.String())
	}
	return b.String()
}

// foldRussian is Fold of a text of nothing but ASCII, the letters of Russian and
// its usual punctuation, none of which has to be taken apart.
func foldRussian(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '`':
			r = '\''
		case r >= ' ' && r < utf8.RuneSelf, r >= 'а' && r <= 'я':
		case r >= 'А' && r <= 'Я':
			r += 'а' - 'А'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case r == '«' || r == '»' || r == '“' || r == '”' || r == '„':
			r = '"'
		case r == '–' || r == '—':
			r = '-'
		default:
			return "", false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b), true
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' {
			return false
		}
	}
	return true
}

func foldInto(b *strings.Builder, r rune) {
	switch r {
	case '‘', '’', 'ʼ', 'ʹ', '′', '‛', '`', '´':
		b.WriteByte('\'')
	case '“', '”', '„', '«', '»', 'ʺ', '″', '‟':
		b.WriteByte('"')
	case '‐', '‑', '‒', '–', '—', '―', '−':
		b.WriteByte('-')
	case 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
	default:
		if plain := plainLetter(r); plain != "" {
			b.WriteString(plain)
			return
		}
		if unicode.IsSpace(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
}

// plainLetter is the plain form of a small Latin letter that is no plain letter
// with a mark, "" for any other.
func plainLetter(r rune) string {
	if r < 0xdf {
		return ""
	}
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return ""
}
