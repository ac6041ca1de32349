package script

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text and where it stands in it, in bytes.
type Token struct {
	Text       string
	Start, End int
	Part       bool // of a hyphenated word, which came before as a whole
}

// Tokens are the words of a text in its order, as an index takes them: runs of
// letters and figures, with the apostrophes between letters that romanised
// Russian and Japanese have (Yel’tsin, Jun'ichirō). A hyphenated word comes as
// a whole, for San-Frantsisko, and then in its parts. Han and kana are parted
// from other letters that touch them, but not from each other, as nothing in
// the text does that.
func Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		for at := 0; at < len(text); {
			end, hyphens := wordAt(text, at)
			if end == at {
				_, size := utf8.DecodeRuneInString(text[at:])
				at += size
				continue
			}
			if !yield(Token{Text: text[at:end], Start: at, End: end}) {
				return
			}
			if hyphens > 0 && !yieldParts(text, at, end, yield) {
				return
			}
			at = end
		}
	}
}

// yieldParts yields what lies between the hyphens of a word.
func yieldParts(text string, start, end int, yield func(Token) bool) bool {
	from := start
	for i, r := range text[start:end] {
		if isHyphen(r) {
			if !yield(Token{Text: text[from : start+i], Start: from, End: start + i, Part: true}) {
				return false
			}
			from = start + i + utf8.RuneLen(r)
		}
	}
	return yield(Token{Text: text[from:end], Start: from, End: end, Part: true})
}

// wordAt is where the word ends that begins at a place, and how many hyphens it
// has; that place itself where none begins.
func wordAt(text string, at int) (end, hyphens int) {
	var first, last rune // last is the letter before, first tells the writing
	var joiner rune      // after last, when its other side is not seen yet
	end = at
	for i, r := range text[at:] {
		switch {
		case unicode.IsLetter(r) && !isApostrophe(r) || unicode.IsNumber(r) || unicode.IsMark(r) && last != 0:
			if first == 0 {
				first = r
			}
			if isEastern(r) != isEastern(first) && !unicode.IsMark(r) && !(isEastern(first) && unicode.IsNumber(r)) {
				return end, hyphens
			}
			if isHyphen(joiner) {
				if !unicode.IsLetter(r) && !unicode.IsLetter(last) {
					return end, hyphens // a range of numbers
				}
				hyphens++
			}
			last, joiner = r, 0
			end = at + i + utf8.RuneLen(r)
		case last != 0 && (r == primeLetter || r == doublePrimeLetter):
			end = at + i + utf8.RuneLen(r) // ends a word, too
		case last != 0 && joiner == 0 && (isApostrophe(r) || isHyphen(r)):
			joiner = r
		case last != 0 && isInvisible(r):
		default:
			return end, hyphens
		}
	}
	return end, hyphens
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// isInvisible: what a word may hold without being seen, the soft hyphen first.
func isInvisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
		return true
	}
	return false
}

func isEastern(r rune) bool {
	return isHan(r) || r >= 0x3040 && r < 0x3100 || r >= 0xff66 && r < 0xffa0
}
