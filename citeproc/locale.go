package citeproc

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Locale holds the terms, the forms of dates and the options of a language, as
// a locale file or a cs:locale of a style gives them. It is not changed after
// ParseLocale.
type Locale struct {
	Lang string // a language tag, or "" for a cs:locale of every language

	terms         map[termKey]*term
	dates         map[string]*dateSpec
	ordinals      bool // it has ordinals of its own, which replace all inherited ones
	punctuation   *bool
	limitOrdinals *bool
}

type termKey struct{ name, form, gender string }

type term struct {
	single, multiple string
	gender           string // of the noun
	match            string // of an ordinal
}

// ParseLocale reads a locale file of CSL 1.0.
func ParseLocale(r io.Reader) (*Locale, error) {
	root, err := readXML(r)
	if err != nil {
		return nil, fmt.Errorf("citeproc: locale: %w", err)
	}
	if root.name != "locale" {
		return nil, fmt.Errorf("citeproc: locale: the root is <%s>, not <locale>", root.name)
	}
	return readLocale(root), nil
}

func readLocale(root *element) *Locale {
	l := &Locale{Lang: root.attr["xml:lang"], terms: map[termKey]*term{}, dates: map[string]*dateSpec{}}
	for _, k := range root.kids {
		switch k.name {
		case "terms":
			for _, t := range k.kids {
				if t.name == "term" {
					l.readTerm(t)
				}
			}
		case "date":
			l.dates[k.attr["form"]] = readDate(k)
		case "style-options":
			l.punctuation = truth(k.attr, "punctuation-in-quote", l.punctuation)
			l.limitOrdinals = truth(k.attr, "limit-day-ordinals-to-day-1", l.limitOrdinals)
		}
	}
	return l
}

func truth(a map[string]string, name string, otherwise *bool) *bool {
	v, ok := a[name]
	if !ok {
		return otherwise
	}
	b := v == "true"
	return &b
}

func (l *Locale) readTerm(e *element) {
	t := &term{gender: e.attr["gender"], match: e.attr["match"]}
	if s := e.child("single"); s != nil {
		t.single = s.text
	}
	if m := e.child("multiple"); m != nil {
		t.multiple = m.text
	}
	if len(e.kids) == 0 {
		t.single, t.multiple = e.text, e.text
	}
	for _, s := range []*string{&t.single, &t.multiple} {
		if strings.Contains(*s, "\n") {
			*s = strings.TrimSpace(*s)
		}
	}
	name, form := e.attr["name"], e.attr["form"]
	if form == "" {
		form = "long"
	}
	if name == "sub verbo" { // the name of CSL 1.0.1
		name = "sub-verbo"
	}
	if isOrdinal(name) {
		l.ordinals = true
	}
	l.terms[termKey{name, form, e.attr["gender-form"]}] = t
}

func isOrdinal(name string) bool {
	rest, ok := strings.CutPrefix(name, "ordinal")
	return ok && (rest == "" || len(rest) == 3 && rest[0] == '-')
}

// words is what a style and its locales say together for one language.
type words struct {
	lang          string
	terms         map[termKey]*term
	dates         map[string]*dateSpec
	punctuation   bool // punctuation-in-quote
	limitOrdinals bool
	quotes        [2][2]string // outer and inner, open and close
}

// merge lays locales over each other, the later over the earlier.
func merge(lang string, list []*Locale) *words {
	w := &words{lang: lang, terms: map[termKey]*term{}, dates: map[string]*dateSpec{}}
	for _, l := range list {
		if l == nil {
			continue
		}
		if l.ordinals {
			for k := range w.terms {
				if isOrdinal(k.name) {
					delete(w.terms, k)
				}
			}
		}
		for k, t := range l.terms {
			w.terms[k] = t
		}
		for form, d := range l.dates {
			w.dates[form] = d
		}
		if l.punctuation != nil {
			w.punctuation = *l.punctuation
		}
		if l.limitOrdinals != nil {
			w.limitOrdinals = *l.limitOrdinals
		}
	}
	for i, names := range [2][2]string{{"open-quote", "close-quote"}, {"open-inner-quote", "close-inner-quote"}} {
		for j, name := range names {
			w.quotes[i][j], _ = w.term(name, "long", false)
		}
	}
	if w.quotes[1] == [2]string{} {
		w.quotes[1] = w.quotes[0]
	}
	return w
}

// fallbackForm is where a term is looked up when it has no such form
// (specification, "Terms").
var fallbackForm = map[string]string{"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}

// find is a term in a form, or in what stands for that form.
func (w *words) find(name, form string) *term {
	if name == "sub verbo" {
		name = "sub-verbo"
	}
	if form == "" {
		form = "long"
	}
	for form != "" {
		if t, ok := w.terms[termKey{name, form, ""}]; ok {
			return t
		}
		form = fallbackForm[form]
	}
	return nil
}

// term is the text of a term; it is not there when no locale defines it.
func (w *words) term(name, form string, plural bool) (string, bool) {
	t := w.find(name, form)
	switch {
	case t == nil:
		return "", false
	case plural:
		return t.multiple, true
	}
	return t.single, true
}

// genderOf is the gender of a noun, by which ordinals are chosen.
func (w *words) genderOf(name string) string {
	if t := w.find(name, "long"); t != nil {
		return t.gender
	}
	return ""
}

// ordinal is a number with its ending: "1st".
func (w *words) ordinal(n int, gender string) string {
	return strconv.Itoa(n) + w.ordinalSuffix(n, gender)
}

func (w *words) ordinalSuffix(n int, gender string) string {
	for _, try := range [3]struct {
		digits int
		match  string
	}{{n, "whole-number"}, {n % 100, "last-two-digits"}, {n % 10, "last-digit"}} {
		if try.digits > 99 {
			continue
		}
		name := fmt.Sprintf("ordinal-%02d", try.digits)
		t := w.terms[termKey{name, "long", gender}]
		if t == nil {
			t = w.terms[termKey{name, "long", ""}]
		}
		if t == nil {
			continue
		}
		match := t.match
		if match == "" {
			match = "last-digit"
			if try.digits >= 10 {
				match = "last-two-digits"
			}
		}
		if match == try.match || try.match == "last-two-digits" && match == "last-digit" && try.digits < 10 && n < 10 {
			return t.single
		}
	}
	if t := w.terms[termKey{"ordinal", "long", gender}]; t != nil {
		return t.single
	}
	s, _ := w.term("ordinal", "long", false)
	return s
}

// longOrdinal is "first" to "tenth"; other numbers have the short form.
func (w *words) longOrdinal(n int, gender string) string {
	if n >= 1 && n <= 10 {
		name := fmt.Sprintf("long-ordinal-%02d", n)
		for _, g := range [2]string{gender, ""} {
			if t := w.terms[termKey{name, "long", g}]; t != nil {
				return t.single
			}
		}
	}
	return w.ordinal(n, gender)
}

// roman is a number from 1 to 3999 in small roman numerals.
func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		n int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= r.n {
			b.WriteString(r.s)
			n -= r.n
		}
	}
	return b.String()
}

// dialect is the dialect that stands for a language alone, and whose terms fill
// what another dialect leaves out.
var dialect = map[string]string{
	"af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
	"el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
	"gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID",
	"is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "lt": "lt-LT", "lv": "lv-LV",
	"mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pl": "pl-PL",
	"pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
	"th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}

func base(lang string) string {
	b, _, _ := strings.Cut(lang, "-")
	return strings.ToLower(b)
}

// wordsFor gathers the terms for a language: the locale files from the most
// general to the most special one, then those of the style.
func (s *Style) wordsFor(lang string, load func(string) *Locale) *words {
	var list []*Locale
	seen := map[string]bool{}
	add := func(tag string) {
		if tag != "" && !seen[tag] {
			seen[tag] = true
			if l := load(tag); l != nil {
				list = append(list, l)
			}
		}
	}
	add("en-US")
	add(dialect[base(lang)])
	add(lang)
	wanted := []string{"", base(lang)}
	if lang != base(lang) {
		wanted = append(wanted, lang)
	}
	for _, want := range wanted {
		for _, l := range s.locales {
			if l.Lang == want {
				list = append(list, l)
			}
		}
	}
	return merge(lang, list)
}
