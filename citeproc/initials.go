package citeproc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// initials shortens given names: "John Maynard" with ". " is "J. M.". Small
// words stay whole. With only set, nothing is shortened, and initials that are
// there already get the ending.
func initials(given, with string, only, hyphens bool) string {
	if given == "" || eastern(given) || given == "Lord" || given == "Lady" {
		return given
	}
	if !hyphens {
		given = strings.ReplaceAll(given, "-", " ")
	}
	var b []byte
	for _, word := range strings.Fields(divided(given)) {
		for k, part := range strings.Split(word, "-") {
			if part == "" {
				continue
			}
			if k > 0 {
				if unicode.IsLower(firstRune(part)) {
					continue // "Guo-ping" is "G."
				}
				b = append(trimBlank(b), '-')
			}
			b = initial(b, part, with, only)
		}
	}
	return strings.TrimRight(string(b), " \u00a0")
}

// divided sets a blank behind the full stop of an initial: "J.R." is two.
func divided(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for k, r := range runes {
		b.WriteRune(r)
		if r == '.' && k+1 < len(runes) && unicode.IsLetter(runes[k+1]) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func trimBlank(b []byte) []byte {
	return []byte(strings.TrimRight(string(b), " \u00a0"))
}

func initial(b []byte, part, with string, only bool) []byte {
	if opening, inner, closing := tagged(part); inner != "" {
		b = append(b, opening...)
		b = trimBlank(initial(b, inner, with, only))
		b = append(b, closing...)
		if strings.HasSuffix(with, " ") {
			b = append(b, ' ')
		}
		return b
	}
	core := strings.TrimSuffix(part, ".")
	first, size := utf8.DecodeRuneInString(core)
	single := size == len(core)
	dotted := core != part
	small := unicode.IsLower(first)
	switch {
	case small || !unicode.IsLetter(first):
		return word(b, part)
	case only && !single && !dotted:
		return word(b, part)
	case dotted && !single:
		return append(append(b, core...), with...) // "Yu." is an initial of two letters
	}
	b = append(b, string(first)...)
	if second, n := utf8.DecodeRuneInString(core[size:]); unicode.IsUpper(second) {
		if third := firstRune(core[size+n:]); unicode.IsLower(third) && core[size+n:] != "" {
			b = append(b, strings.ToLower(string(second))...) // "TSeren" is "Ts."
		}
	}
	return append(b, with...)
}

// tagged takes the markup off a word; inner is empty when there is none.
func tagged(word string) (opening, inner, closing string) {
	if !strings.HasPrefix(word, "<") {
		return "", "", ""
	}
	start, end := strings.IndexByte(word, '>'), strings.LastIndex(word, "</")
	if start < 0 || end <= start+1 {
		return "", "", ""
	}
	return word[:start+1], word[start+1 : end], word[end:]
}

// word is one that stays whole, between blanks.
func word(b []byte, s string) []byte {
	if len(b) > 0 && b[len(b)-1] != ' ' && b[len(b)-1] != '-' {
		b = append(b, ' ')
	}
	b = append(b, s...)
	return append(b, ' ')
}
