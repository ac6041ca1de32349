package jats

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// name reads one form of a name, of a person or a body, and takes it.
func (d *decoder) name(e *elem) journal.Name {
	e.took = true
	n := journal.Name{Lang: langTag(e.at("lang"))}
	switch e.name {
	case "collab", "institution", "institution-wrap":
		var b strings.Builder
		for _, k := range e.kids {
			switch k.name {
			case "contrib-group", "email", "xref", "aff", "ext-link", "uri", "address", "fn", "institution-id", "contrib-id":
				continue
			}
			k.takeAll()
			k.write(&b)
		}
		n.Literal = squeeze(b.String())
		return n
	case "anonymous":
		n.Literal = first(e.line(), "Anonymous")
		return n
	case "etal":
		e.takeAll()
		return n
	}
	n.Family, n.Given, n.Suffix = e.child("surname").line(), e.child("given-names").line(), e.child("suffix").line()
	if e.name == "string-name" || n.Family == "" && n.Given == "" {
		literal := e.peek()
		if e.name == "string-name" && !e.hasText() {
			literal = ""
		} else if e.name == "string-name" {
			e.takeAll()
		}
		if n.Literal = literal; literal != "" {
			return n
		}
	}
	n.Literal = inOrder(n, e.at("name-style"), first(n.Lang, d.here))
	return n
}

// inOrder writes a name in the order of its style: eastern names begin with
// the family, Icelandic and western ones with the given name. Chinese and
// Korean names are written without a blank.
func inOrder(n journal.Name, style, lang string) string {
	words := []string{n.Given, n.Family, n.Suffix}
	if style == "eastern" {
		words = []string{n.Family, n.Given, n.Suffix}
	}
	out := ""
	for _, w := range words {
		divider := " "
		if base, _, _ := strings.Cut(lang, "-"); base != "ja" && ideographic(out, w) {
			divider = ""
		}
		out = join(out, w, divider)
	}
	return out
}

// ideographic reports whether the end of one run and the beginning of the next
// are letters of scripts that write no blanks between words.
func ideographic(before, next string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(next)
	return unicode.In(a, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) &&
		unicode.In(b, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// names reads the forms of one person's name: in several languages or scripts
// within name-alternatives.
func (d *decoder) names(e *elem) []journal.Name {
	var out []journal.Name
	for k := range e.each() {
		switch k.name {
		case "name", "string-name", "collab", "anonymous":
			if n := d.name(k); n.Literal != "" {
				out = append(out, n)
			}
		case "name-alternatives", "collab-alternatives":
			k.took = true
			out = append(out, d.names(k)...)
		}
	}
	return out
}
