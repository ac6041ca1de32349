package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// divided reports whether a word of letters is divided at the end of a line.
func divided(text string) bool {
	head, ok := cutHyphen(text)
	if !ok {
		return false
	}
	word := head[strings.LastIndexByte(head, ' ')+1:]
	letters := 0
	for i := len(word); i > 0; {
		r, n := utf8.DecodeLastRuneInString(word[:i])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		letters++
		i -= n
	}
	return letters >= 2
}

// cutHyphen takes the hyphen off the end of a line.
func cutHyphen(text string) (string, bool) {
	for _, h := range []string{"-", "\u2010", "\u00ad"} {
		if head, ok := strings.CutSuffix(text, h); ok {
			return head, true
		}
	}
	return text, false
}

// joined is line without the hyphen at its end when the hyphen was put there
// to divide a word, and otherwise line as it is; next is the line that follows.
//
// The rule: a hyphen after two letters or more goes when the next line goes on
// with a small letter, except where the document writes the word with its
// hyphen elsewhere within a line and nowhere without it (well-known). Before
// anything else than a small letter it stays, and so does the gap: there the
// hyphen belongs to the text (Jean-Paul, COVID-19).
func joined(line, next string, words map[string]bool) string {
	head, ok := cutHyphen(line)
	r, _ := utf8.DecodeRuneInString(next)
	if !ok || !unicode.IsLower(r) {
		return line
	}
	first := head[strings.LastIndexByte(head, ' ')+1:]
	second, _, _ := strings.Cut(next, " ")
	a, b := folded(first), folded(second)
	if words[a+"-"+b] && !words[a+b] {
		return line
	}
	return head
}

// vocabulary are the words that the document writes within lines: those with a
// hyphen, and, to be held against them, those without.
func vocabulary(f *File) map[string]bool {
	words := map[string]bool{}
	hyphened := map[string]bool{}
	each := func(do func(string)) {
		for i := range f.Pages {
			for k := range f.Pages[i].Lines {
				l := &f.Pages[i].Lines[k]
				fields := strings.Fields(l.Text)
				if l.Broken {
					fields = fields[:len(fields)-1]
				}
				for _, w := range fields {
					do(folded(w))
				}
			}
		}
	}
	each(func(w string) {
		if strings.Contains(w, "-") && len(w) <= 80 {
			words[w] = true
			hyphened[strings.ReplaceAll(w, "-", "")] = true
		}
	})
	each(func(w string) {
		if hyphened[w] {
			words[w] = true
		}
	})
	return words
}

// folded is a word in small letters without the punctuation around it.
func folded(w string) string {
	w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return strings.ToLower(strings.ReplaceAll(w, "\u2010", "-"))
}
