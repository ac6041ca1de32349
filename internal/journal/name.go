package journal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Same is the form in which two printings are compared that may differ in case,
// in the Unicode form of a character and in white space, and in nothing else.
func Same(s string) string {
	if same, ok := plainSame(s); ok {
		return same
	}
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
}

// plainSame is the short way, in one pass, where all characters are such that
// folding is lower case and the Unicode form does not matter: nearly all English
// and Russian texts.
func plainSame(s string) (same string, ok bool) {
	out, gap := make([]byte, 0, len(s)), false
	for _, r := range s {
		switch {
		case r == ' ' || r >= '\t' && r <= '\r':
			gap = len(out) > 0
			continue
		case r >= 'A' && r <= 'Z', r >= 'А' && r <= 'Я':
			r += 0x20
		case r >= 'Ѐ' && r <= 'Џ':
			r += 0x50
		case r < utf8.RuneSelf, r >= 'а' && r <= 'џ', r == '–', r == '—', r == '«', r == '»':
		default:
			return "", false
		}
		if gap {
			out, gap = append(out, ' '), false
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}

// Shown is the name in the order in which it is printed.
func (n Name) Shown() string {
	if n.Literal != "" {
		return n.Literal
	}
	return strings.TrimSpace(n.Given + " " + n.Family)
}

// Sorted is the name as an index has it, the family name first and what stands behind
// a name last: "Ramos, Alberto Novaes, Júnior".
func (n Name) Sorted() string {
	switch {
	case n.Family == "":
		return n.Shown()
	case n.Given == "":
		return n.Family
	case caseless(n.Family):
		return n.Family + " " + n.Given
	case n.Suffix != "":
		return n.Family + ", " + n.Given + ", " + n.Suffix
	}
	return n.Family + ", " + n.Given
}

// Full: a given name is written out, so that the name can be told from others.
// "A. Panov", "Panov AN" and "Panov" are not full; "Panov Alexander" is.
func (n Name) Full() bool {
	if n.Family != "" {
		return n.Given != "" && writtenOut(n.Given) > 0
	}
	shown := n.Shown()
	if caseless(shown) {
		return len([]rune(strings.ReplaceAll(shown, " ", ""))) > 1
	}
	// Without parts, "García Márquez G." looks like two names written out: an
	// initial at either end may be the whole given name.
	words := strings.Fields(shown)
	if len(words) < 2 || writtenOut(words[0]) == 0 || writtenOut(words[len(words)-1]) == 0 {
		return false
	}
	return writtenOut(shown) > 1
}

// writtenOut is how many words of a name are neither initials nor punctuation.
func writtenOut(s string) int {
	words := 0
	for _, w := range strings.Fields(s) {
		first, _ := utf8.DecodeRuneInString(w)
		if strings.HasSuffix(strings.TrimRight(w, ","), ".") || unicode.IsLower(first) { // initials; particles
			continue
		}
		letters, upper := 0, 0
		for _, r := range w {
			if unicode.IsLetter(r) {
				letters++
			}
			if unicode.IsUpper(r) {
				upper++
			}
		}
		if caseless(w) && letters > 0 || letters > 1 && (upper < letters || letters > 3) {
			words++
		}
	}
	return words
}

// caseless: the script knows no capitals, as in 明 or 박, so that no word of it
// is an initial.
func caseless(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return !unicode.IsUpper(r) && !unicode.IsLower(r) && !unicode.IsTitle(r)
		}
	}
	return false
}
