// Package locale is the interface's words in each of its languages: messages
// with plural forms, dates, numbers, and the names of languages and countries.
//
// The words stand in catalog/xx.toml, one file per language, named by its
// BCP 47 tag. A new language is a new file: nothing else changes. Messages are
// addressed by "section.key" and hold their arguments as {0}, {1}, …:
//
//	l := locale.For("ru-RU")
//	l.T("issue.articles", 3)   // "3 статьи"
//	l.Date("2020-03-14")       // "14 марта 2020 г."
//
// Terms. A catalogue is one language's file. A family is a set of keys with
// the same first part whose second part comes from a record or a standard, such
// as "type.review-article"; Word looks such a key up without falling back to
// the key itself.
//
// The package knows the words of the interface, not the words of articles: it
// does not translate what a record says, and it does not import the record.
package locale

import (
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Locale speaks one language of the interface. It is immutable and safe for
// use by several goroutines.
type Locale struct {
	tag       language.Tag
	name      string
	messages  map[string]message
	fallback  *Locale // English; nil for English itself
	languages display.Namer
	regions   display.Namer
}

// all holds every catalogue, read once at first use. The catalogues are part
// of the binary and a test reads each of them, so reading cannot fail here.
var all = sync.OnceValue(func() *shelf {
	s, err := readShelf(catalogFiles, "catalog")
	if err != nil {
		panic(err)
	}
	return s
})

// Supported lists the tags of the interface's languages, English first, the
// others in alphabetical order.
func Supported() []string {
	return append([]string(nil), all().tags...)
}

// Supports reports whether a tag, written as in the name of its catalogue, is
// that of a language of the interface.
func Supports(tag string) bool {
	_, ok := all().byTag[tag]
	return ok
}

// For returns the locale whose language is nearest to the BCP 47 tag, English
// when there is none or the tag cannot be read.
func For(tag string) *Locale {
	s := all()
	if l, ok := s.byTag[tag]; ok {
		return l
	}
	if tag == Pseudo {
		return pseudo()
	}
	want, err := language.Parse(tag)
	if err != nil {
		return s.locales[0]
	}
	_, i, confidence := s.matcher.Match(want)
	if confidence < language.High {
		return s.locales[0]
	}
	return s.locales[i]
}

// Speaks reports whether the interface has the language of the tag itself, so
// that For does not fall back to another one.
func Speaks(tag string) bool {
	want, err := language.Parse(tag)
	if err != nil {
		return false
	}
	a, confidence := want.Base()
	b, _ := For(tag).tag.Base()
	return a == b && confidence == language.Exact // for "und" it is a guess
}

// Tag is the BCP 47 tag of the locale, as in the name of its catalogue.
func (l *Locale) Tag() string { return l.name }

// Dir is the direction of the locale's script, "ltr" or "rtl".
func (l *Locale) Dir() string { return Direction(l.name) }

// Direction is the direction in which the language of a BCP 47 tag is written,
// "ltr" or "rtl"; "ltr" when the tag cannot be read.
func Direction(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand":
		return "rtl"
	}
	return "ltr"
}

// T is the message of the key with its arguments put in. The plural form is
// chosen by the first integer argument; integers are printed with Number, so
// that a year is passed as a string. A key that the catalogue lacks gives the
// English message, and one that nobody has gives the key.
func (l *Locale) T(key string, args ...any) string {
	if text, ok := l.lookup(key, args); ok {
		return text
	}
	return key
}

// Word is the message of family and name ("type", "review-article"), and
// whether there is one.
func (l *Locale) Word(family, name string) (string, bool) {
	return l.lookup(family+"."+name, nil)
}

func (l *Locale) lookup(key string, args []any) (string, bool) {
	m, ok := l.messages[key]
	if !ok {
		if l.fallback == nil {
			return "", false
		}
		return l.fallback.lookup(key, args)
	}
	return l.fill(m.form(l.tag, args), args), true
}

// form picks the plural form for the first integer among the arguments
// (CLDR plural rules, Unicode TR 35, part 3, section 5).
func (m message) form(tag language.Tag, args []any) string {
	for _, arg := range args {
		n, ok := integer(arg)
		if !ok {
			continue
		}
		u := uint64(n)
		if n < 0 {
			u = -u
		}
		// The tables take an int and look at its last digits, and at all of it
		// when it is small: 10,000,001 must not become 1.
		if u >= 10_000_000 {
			u = 10_000_000 + u%10_000_000
		}
		text := m[plural.Cardinal.MatchPlural(tag, int(u), 0, 0, 0, 0)]
		if text != "" {
			return text
		}
		break
	}
	return m[plural.Other]
}

// fill replaces {0}, {1}, … by the arguments.
func (l *Locale) fill(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, arg := range args {
		pairs = append(pairs, placeholder(i), l.print(arg))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
