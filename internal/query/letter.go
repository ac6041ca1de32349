package query

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// clean is the text as it is read: at most MaxRunes runes of it, NFC, letters and
// signs in their usual width, every space and mark of the CJK sentence a blank,
// control characters and marks of direction gone. The joiners stay, for Persian
// and the languages of India are spelt with them.
func clean(text string) (out []rune, cut bool) {
	n := 0
	for i := range text {
		if n++; n > MaxRunes {
			text, cut = text[:i], true
			break
		}
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == 0x200c, r == 0x200d:
			return r
		case unicode.IsSpace(r), r == unicode.ReplacementChar, r == '、', r == '。':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, width.Fold.String(text))
	return []rune(norm.NFC.String(text)), cut
}

// inWord reports whether a rune makes what it stands in a word.
func inWord(r rune) bool { return begins(r) || unicode.IsMark(r) }

// begins reports whether a word can begin with the rune.
func begins(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// ends reports whether a rune ends a word wherever it stands.
func ends(r rune) bool {
	return r == ' ' || r == '(' || r == ')' || r == '|' || isQuote(r)
}

func isMinus(r rune) bool { return r == '-' || r == '−' }

func isQuote(r rune) bool { return strings.ContainsRune(`"“”„‟«»「」『』〝〞〟`, r) }

// closing are the marks that close what a quotation mark opens; "" for one that
// opens nothing. Word processors turn straight marks, so that they mix.
func closing(open rune) string {
	switch open {
	case '"', '“', '”', '„', '‟':
		return `"“”`
	case '«':
		return "»"
	case '»': // »so« and »so»
		return "«»"
	case '「':
		return "」"
	case '『':
		return "』"
	case '〝':
		return "〞〟"
	}
	return ""
}

// operators are the words that join, in the languages that catalogues taught
// people to write them in. Only capitals count: "or" is a word.
var operators = map[string]Op{"AND": And, "OR": Or, "NOT": Not, "И": And, "ИЛИ": Or, "НЕ": Not}

// longestOperator is the length of the longest operator, in runes.
const longestOperator = 3

// capitals reports whether a text is written in capitals throughout and is not a
// few abbreviations (DNA OR RNA): a title that was pasted, whose OR is a word.
// What stands in quotation marks does not count.
func capitals(text []rune) bool {
	words, longest, run, closed := 0, 0, 0, ""
	for _, r := range text {
		switch {
		case closed != "":
			if strings.ContainsRune(closed, r) {
				closed = ""
			}
		case isQuote(r):
			closed, run = closing(r), 0
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			run++
			longest = max(longest, run)
			if run == longestOperator+1 {
				words++
			}
		default:
			run = 0
		}
	}
	return longest > longestAbbreviation || words > fewAbbreviations
}

const (
	longestAbbreviation = 6 // UNESCO
	fewAbbreviations    = 2 // of four letters or more
)
