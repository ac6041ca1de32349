package locale

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Pseudo is the tag of a language that nobody speaks, written from right to
// left (the bidirectional pseudo-locale of Unicode TR 35, section 3.2). Its
// catalogue is made from the English one: longer, in other letters, with marks
// above them. A page drawn in it shows at once which words come from no
// catalogue and what has no room or no direction. It is for tests: Supported
// does not list it and no address leads to it.
const Pseudo = "ar-XB"

// pseudo is the locale of Pseudo.
var pseudo = sync.OnceValue(func() *Locale {
	en := all().locales[0]
	tag := language.MustParse(Pseudo)
	l := &Locale{tag: tag, name: Pseudo, messages: map[string]message{}, fallback: en, languages: display.Languages(language.Arabic), regions: display.Regions(language.Arabic)}
	for key, m := range en.messages {
		out := message{}
		for form, text := range m {
			out[form] = disguise(text)
		}
		l.messages[key] = out
	}
	return l
})

// disguise writes every Latin letter outside of {0} as an Arabic one, every
// fourth with a mark, and makes the text two fifths longer.
func disguise(text string) string {
	const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
	runes := []rune(letters)
	var b strings.Builder
	n, inside := 0, false
	for _, c := range text {
		switch {
		case c == '{':
			inside = true
		case c == '}':
			inside = false
		case !inside && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'):
			b.WriteRune(runes[int(c|0x20-'a')%len(runes)])
			if n++; n%4 == 0 {
				b.WriteRune('\u064e') // fatha
			}
			continue
		}
		b.WriteRune(c)
	}
	if n == 0 {
		return text // a mark, or a number
	}
	return b.String() + strings.Repeat("ـ", utf8.RuneCountInString(text)*2/5)
}
