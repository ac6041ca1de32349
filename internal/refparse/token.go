package refparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	mark   kind = iota // one character that is neither letter nor digit
	word               // letters, with the apostrophes and soft signs inside and after them
	number             // digits
)

// token is a piece of the body. White space is in none.
type token struct {
	from, to int
	kind     kind
	gap      bool   // white space before it
	r        rune   // its first character
	n        int    // the value of a number, -1 above nine digits
	low      string // a word in small letters
}

// digits is how long a number is.
func (t *token) digits() int { return t.to - t.from }

// upper: the word begins with a capital.
func (t *token) upper() bool { return t.kind == word && (unicode.IsUpper(t.r) || unicode.IsTitle(t.r)) }

// lower: the word begins with a small letter.
func (t *token) lower() bool { return t.kind == word && unicode.IsLower(t.r) }

func (t *token) is(r rune) bool { return t.kind == mark && t.r == r }

// isDash: a hyphen or a dash of any length.
func (t *token) isDash() bool { return t.kind == mark && isDash(t.r) }

func isDash(r rune) bool {
	return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == '~' || r == '～' || r == '〜'
}

// tokens cuts a text. Its length is bounded by the caller.
func tokens(s string, buf []token) []token {
	out, gap, quoted := buf[:0], false, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isSpace(r):
			gap = true
			i += size
			continue
		case r >= '0' && r <= '9':
			t := token{from: i, kind: number, gap: gap, r: r}
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				if i-t.from < 9 {
					t.n = t.n*10 + int(s[i]-'0')
				} else {
					t.n = -1
				}
				i++
			}
			t.to = i
			out = append(out, t)
		case isLetter(r):
			end := wordEnd(s, i, quoted)
			out = append(out, token{from: i, to: end, kind: word, gap: gap, r: r, low: lowerOf(s[i:end])})
			i = end
		default:
			if r == '\'' || r == '‘' || r == '’' {
				next, _ := utf8.DecodeRuneInString(s[i+size:])
				quoted = !quoted && (isLetter(next) || next >= '0' && next <= '9')
			}
			out = append(out, token{from: i, to: i + size, kind: mark, gap: gap, r: r})
			i += size
		}
		gap = false
	}
	return out
}

func isSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r == 0xa0 || r == 0x3000 || r >= 0x2000 && r <= 0x200b || r == 0x202f || r == 0xfeff || r == 0x85 || r == 0xad
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) && r != 'º' && r != 'ª'
}

// isHan: a character of Chinese or Japanese writing.
func isHan(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r == '々' || r == '〆' || r >= 0x20000 && r < 0x30000
}

// wordEnd is where the word that begins at i ends. An apostrophe belongs to it
// between letters, and after its last letter, where it is a soft sign (Kazan'),
// unless a quotation was opened by one.
func wordEnd(s string, i int, quoted bool) int {
	first, size := utf8.DecodeRuneInString(s[i:])
	end := i + size
	han := isHan(first)
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		switch {
		case isLetter(r) && isHan(r) == han, r >= 0x80 && unicode.Is(unicode.M, r):
			end += size
		case isApostrophe(r):
			next, _ := utf8.DecodeRuneInString(s[end+size:])
			if !isLetter(next) && (quoted || han) {
				return end
			}
			end += size
		default:
			return end
		}
	}
	return end
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', 'ʹ', 'ʺ', '`', '′', '″', '´', '‘':
		return true
	}
	return false
}

func lowerOf(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}
