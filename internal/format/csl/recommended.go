package csl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// listed is how many authors a recommended citation names before it says "et
// al." (ICMJE, Recommendations: the first six).
const listed = 6

// Recommended composes the citation that a page recommends where the source
// prints none, in the manner of the "Vancouver" style as journals of two
// languages use it:
//
//	Panov A.N. The Soviet-Japanese Joint Declaration of 1956. Russian Japanology Review. 2020;3(2):5-51.
//
// Title, names and journal are in lang where the record has them so. A DOI is
// given as an address without a full stop behind it. It is empty for a record
// without a title.
func Recommended(p *journal.Publication, lang string) string {
	rec := &p.Record
	title := p.HeadingIn(lang)
	if title.Plain == "" {
		return ""
	}
	parts := []string{
		people(rec.By("author"), title.Lang),
		script.Line(title.Plain),
		script.Line(p.Journal.Title(title.Lang).Plain),
		numbers(p),
	}
	var b strings.Builder
	for _, part := range parts {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		if !ended(part) {
			b.WriteByte('.')
		}
	}
	if rec.DOI != "" {
		b.WriteString(" https://doi.org/" + rec.DOI)
	}
	return b.String()
}

// ended: a full stop after it would be one mark too many.
func ended(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".?!…。？！", r)
}

func people(authors []journal.Contributor, lang string) string {
	var out []string
	for i := range authors {
		if i == listed {
			out = append(out, others(lang))
			break
		}
		out = append(out, person(&authors[i], lang))
	}
	return strings.Join(out, ", ")
}

func others(lang string) string {
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "ru":
		return "и др."
	case "uk":
		return "та ін."
	case "ja":
		return "ほか"
	case "zh":
		return "等"
	}
	return "et al."
}

// person is family name and initials without a blank between them. A name in a
// script without capitals (Han, kana, Hangul, Arabic …) has no initials and
// stays whole, and so does one that the record does not divide.
func person(c *journal.Contributor, lang string) string {
	n := c.NameIn(lang)
	if c.Collective || n.Family == "" || caseless(n.Family) {
		return script.Line(n.Literal)
	}
	out := n.Family
	if i := initials(n.Given); i != "" {
		out += " " + i
	}
	if n.Suffix != "" {
		out += " " + n.Suffix
	}
	return script.Line(out)
}

func caseless(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) {
			return false
		}
	}
	return true
}

// initials of given names: "Alexander N." is "A.N.", "Jean-Paul" is "J.-P.".
// What is printed as an initial stays as it is printed ("Yu." is two letters,
// "AN" has no full stops), and so does a particle.
func initials(given string) string {
	var b strings.Builder
	for _, word := range strings.Fields(strings.ReplaceAll(given, ".", ". ")) {
		for i, part := range strings.Split(word, "-") {
			if part == "" {
				continue
			}
			if i > 0 {
				b.WriteByte('-')
			}
			first, size := utf8.DecodeRuneInString(part)
			switch {
			case strings.HasSuffix(part, "."):
				b.WriteString(part)
			case !unicode.IsUpper(first):
				b.WriteString(" " + part + " ")
			case size < len(part) && utf8.RuneCountInString(part) <= 3 && strings.ToUpper(part) == part:
				b.WriteString(part)
			default:
				b.WriteString(string(first) + ".")
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// numbers is "2020;3(2):5-51", with what of it is known.
func numbers(p *journal.Publication) string {
	var b strings.Builder
	if year := p.Issued().Year(); year > 0 {
		b.WriteString(string(journal.YearDate(year)))
	}
	in := p.Place()
	if in == nil {
		in = &journal.Issue{}
	}
	if in.Volume != "" || in.Number != "" {
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteString(in.Volume)
		if in.Number != "" {
			b.WriteString("(" + in.Number + ")")
		}
	}
	where := pages(p.Record.Pages)
	if where == "" {
		where = p.Record.Pages.Article
	}
	if where != "" {
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(where)
	}
	return script.Line(b.String())
}
