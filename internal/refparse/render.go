package refparse

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// The labelled sets know few styles. Render writes their works in others, so that
// the tagger learns how those divide and how far the rules are right there.

// work is a labelled work with its parts.
type work struct {
	authors                                            []journal.Name
	title, container, year, volume, issue, first, last string
	publisher, place                                   string
}

// newWork takes the parts of a sample that styles print; ok is false where
// authors, title or year are missing or have no clear form.
func newWork(s Sample) (w work, ok bool) {
	for _, f := range s.Fields {
		value := strings.Trim(strings.Join(strings.Fields(f[1]), " "), " .,;:\"“”()")
		switch sampleTag(f[0]) {
		case tagAuthor:
			x := newReader(value)
			w.authors, _ = x.namesIn(0, len(x.t))
		case tagTitle:
			w.title = value
		case tagContainer:
			if f[0] == "title:m" && w.title == "" {
				w.title = value
			} else if w.container == "" {
				w.container = value
			}
		case tagDate:
			x := newReader(value)
			for i := range x.t {
				if x.yearAt(i) {
					w.year = x.word(i)
				}
			}
		case tagVolume:
			w.volume = digitsOf(value)
		case tagIssue:
			w.issue = digitsOf(value)
		case tagPages:
			x := newReader(value)
			for i := range x.t {
				if x.t[i].kind == number && w.first == "" && x.isRange(i) {
					w.first, w.last = x.word(i), x.word(i+2)
				}
			}
		case tagPublisher:
			w.publisher = value
		case tagPlace:
			w.place = value
		}
	}
	if len(w.authors) == 0 || len(w.authors) > 8 || w.title == "" || w.year == "" || strings.ContainsAny(w.title+w.container, "[]") {
		return w, false
	}
	for _, a := range w.authors {
		if a.Family == "" || a.Given == "" {
			return w, false
		}
	}
	return w, utf8.RuneCountInString(w.title) > 8
}

func digitsOf(s string) string {
	start := strings.IndexFunc(s, unicode.IsDigit)
	if start < 0 {
		return ""
	}
	end := start
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return s[start:end]
}

// writer puts a reference together with the names of its fields.
type writer struct {
	b strings.Builder
	s Sample
}

// text writes what belongs to no field.
func (p *writer) text(s string) *writer { p.b.WriteString(s); return p }

// field writes a field, before and after it what styles print there; an empty
// one writes nothing.
func (p *writer) field(name, before, value, after string) *writer {
	if value == "" {
		return p
	}
	p.b.WriteString(before)
	p.b.WriteString(value)
	p.b.WriteString(after)
	p.s.Fields = append(p.s.Fields, [2]string{name, value})
	return p
}

func (p *writer) sample() Sample {
	p.s.Raw = strings.TrimSpace(p.b.String())
	return p.s
}

// initialsOf are the initials of given names: with full stops and between, as in
// "A. N.", "A.N." and "AN".
func initialsOf(given, stop, between string) string {
	var out []string
	for _, w := range strings.FieldsFunc(given, func(r rune) bool { return r == ' ' || r == '.' || r == '-' }) {
		r, size := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			continue
		}
		if size < len(w) && strings.ToUpper(w) == w && len(w) <= 3 { // "GF"
			for _, r := range w {
				out = append(out, string(r)+stop)
			}
			continue
		}
		out = append(out, string(r)+stop)
	}
	return strings.Join(out, between)
}

// list joins names as a style has them.
func (w *work) list(one func(n journal.Name, i int) string, between, last string) string {
	var b strings.Builder
	for i, n := range w.authors {
		switch {
		case i == 0:
		case i == len(w.authors)-1:
			b.WriteString(last)
		default:
			b.WriteString(between)
		}
		b.WriteString(one(n, i))
	}
	return b.String()
}

func inverted(comma, stop, between string) func(journal.Name, int) string {
	return func(n journal.Name, _ int) string {
		return n.Family + comma + " " + initialsOf(n.Given, stop, between)
	}
}

func capitals(n journal.Name, _ int) string {
	return strings.ToUpper(n.Family) + ", " + initialsOf(n.Given, ".", " ")
}

func direct(n journal.Name, _ int) string {
	return initialsOf(n.Given, ".", " ") + " " + n.Family
}

func firstInverted(n journal.Name, i int) string {
	if i == 0 {
		return n.Family + ", " + n.Given
	}
	return n.Given + " " + n.Family
}

// pages is the range with a dash.
func (w *work) pages(dash string) string {
	if w.first == "" || w.last == "" {
		return w.first
	}
	return w.first + dash + w.last
}

// article writes an article in one of the styles.
func (w *work) article(style int) Sample {
	p := &writer{}
	switch style {
	case 0: // APA
		p.field("author", "", w.list(inverted(",", ".", " "), ", ", ", & "), " ").field("date", "(", w.year, "). ").field("title", "", w.title, ". ").
			field("journal", "", w.container, "").field("biblScope:vol", ", ", w.volume, "").field("biblScope:issue", "(", w.issue, ")").field("pages", ", ", w.pages("-"), "").text(".")
	case 1: // ABNT
		p.field("author", "", w.list(capitals, "; ", "; "), " ").field("title", "", w.title, ". ").field("journal", "", w.container, "").field("location", ", ", w.place, "").
			field("biblScope:vol", ", v. ", w.volume, "").field("biblScope:issue", ", n. ", w.issue, "").field("pages", ", p. ", w.pages("-"), "").field("date", ", ", w.year, ".")
	case 2: // Vancouver
		p.field("author", "", w.list(inverted("", "", ""), ", ", ", "), ". ").field("title", "", w.title, ". ").field("journal", "", w.container, ". ").
			field("date", "", w.year, ";").field("biblScope:vol", "", w.volume, "").field("biblScope:issue", "(", w.issue, ")").field("pages", ":", w.pages("-"), ".")
	case 3: // Harvard
		p.field("author", "", w.list(capitals, ", ", " and "), ", ").field("date", "", w.year, ". ").field("title", "", w.title, ". ").field("journal", "", w.container, "").
			field("biblScope:vol", ", vol. ", w.volume, "").field("biblScope:issue", ", no. ", w.issue, "").field("pages", ", pp. ", w.pages("-"), "").text(".")
	case 4: // romanised lists
		p.field("author", "", w.list(inverted("", ".", ""), ", ", ", "), " ").field("title", "", w.title, ". ").field("journal", "", w.container, ". ").
			field("date", "", w.year, "").field("biblScope:vol", ", vol. ", w.volume, "").field("biblScope:issue", ", no. ", w.issue, "").field("pages", ", pp. ", w.pages("–"), "").text(".")
	case 5: // Springer
		p.field("author", "", w.list(inverted("", "", ""), ", ", ", "), " ").field("date", "(", w.year, ") ").field("title", "", w.title, ". ").field("journal", "", w.container, "").
			field("biblScope:vol", " ", w.volume, "").field("biblScope:issue", "(", w.issue, ")").field("pages", ":", w.pages("–"), "")
	case 6: // Chicago, author and date
		p.field("author", "", w.list(firstInverted, ", ", ", and "), ". ").field("date", "", w.year, ". ").field("title", "“", w.title, ".” ").field("journal", "", w.container, "").
			field("biblScope:vol", " ", w.volume, "").field("biblScope:issue", " (", w.issue, ")").field("pages", ": ", w.pages("–"), ".")
	case 7: // MLA
		p.field("author", "", w.list(firstInverted, ", ", ", and "), ". ").field("title", "“", w.title, ".” ").field("journal", "", w.container, "").
			field("biblScope:vol", ", vol. ", w.volume, "").field("biblScope:issue", ", no. ", w.issue, "").field("date", ", ", w.year, "").field("pages", ", pp. ", w.pages("-"), ".")
	case 8: // Balkan lists
		p.field("author", "", w.list(firstInverted, ", ", ", "), ". ").field("date", "", w.year, ". ").field("title", "", w.title, ". ").field("journal", "", w.container, "").
			field("biblScope:vol", " ", w.volume, "").field("biblScope:issue", " (", w.issue, ")").field("pages", ". ", w.pages("–"), ".")
	case 9: // GOST, without " // "
		p.field("author", "", w.list(inverted("", ".", " "), ", ", ", "), " ").field("title", "", w.title, ". ").field("journal", "", w.container, ". – ").
			field("date", "", w.year, ". – ").field("biblScope:vol", "Т. ", w.volume, "").field("biblScope:issue", ", № ", w.issue, "").field("pages", ". – С. ", w.pages("–"), ".")
	default: // IEEE
		p.field("author", "", w.list(direct, ", ", " and "), ", ").field("title", "“", w.title, ",” ").field("journal", "", w.container, "").
			field("biblScope:vol", ", vol. ", w.volume, "").field("biblScope:issue", ", no. ", w.issue, "").field("pages", ", pp. ", w.pages("–"), "").field("date", ", ", w.year, ".")
	}
	return p.sample()
}

// book writes a book in one of the styles.
func (w *work) book(style int) Sample {
	p := &writer{}
	imprint := func(between string) { // place and publisher
		p.field("location", "", w.place, between)
		if w.place == "" {
			p.field("publisher", "", w.publisher, "")
			return
		}
		p.field("publisher", "", w.publisher, "")
	}
	switch style {
	case 0, 3: // APA
		p.field("author", "", w.list(inverted(",", ".", " "), ", ", ", & "), " ").field("date", "(", w.year, "). ").field("title", "", w.title, ". ")
		if style == 3 {
			p.field("publisher", "", w.publisher, "")
		} else {
			imprint(": ")
		}
		p.text(".")
	case 1: // ABNT
		p.field("author", "", w.list(capitals, "; ", "; "), " ").field("title", "", w.title, ". ")
		imprint(": ")
		p.field("date", ", ", w.year, ".")
	case 2, 4: // romanised lists
		p.field("author", "", w.list(inverted("", ".", ""), ", ", ", "), " ").field("title", "", w.title, ". ")
		imprint([]string{", ", ". "}[style/4])
		p.field("date", ", ", w.year, ".").text(" 240 p.")
	case 5: // Springer
		p.field("author", "", w.list(inverted("", "", ""), ", ", ", "), " ").field("date", "(", w.year, ") ").field("title", "", w.title, ". ").
			field("publisher", "", w.publisher, "").field("location", ", ", w.place, "")
	case 6, 7: // Chicago, MLA
		p.field("author", "", w.list(firstInverted, ", ", ", and "), ". ").field("title", "", w.title, ". ")
		if style == 6 {
			imprint(": ")
		} else {
			p.field("publisher", "", w.publisher, "")
		}
		p.field("date", ", ", w.year, ".")
	default: // GOST
		p.field("author", "", w.list(inverted("", ".", " "), ", ", ", "), " ").field("title", "", w.title, []string{". ", ". – ", ". — "}[style%3])
		imprint([]string{": ", " : "}[style%2])
		p.field("date", ", ", w.year, ".").text(" – 240 с.")
	}
	return p.sample()
}

// rendered are samples in other styles, made of those of the labelled sets: so
// many of each that has what the style prints.
func rendered(samples []Sample, random *rand.Rand, each int) []Sample {
	var out []Sample
	for _, s := range samples {
		w, ok := newWork(s)
		if !ok {
			continue
		}
		if random.IntN(4) == 0 { // two sentences
			w.title = strings.Replace(w.title, ": ", ". ", 1)
		}
		for range each {
			v := w
			if random.IntN(3) == 0 {
				v.issue = ""
			}
			style := random.IntN(11)
			switch {
			case v.container != "" && (v.volume != "" || v.first != ""):
				if (style == 4 || style >= 8) && random.IntN(2) == 0 {
					v.inCyrillic()
				}
				out = append(out, v.article(style))
			case v.container == "" && v.publisher != "":
				if style >= 8 || style == 4 {
					v.inCyrillic()
				}
				out = append(out, v.book(style))
			}
		}
	}
	return out
}

// inCyrillic writes the words in Cyrillic letters, so that shapes and marks count
// and not the words of one language.
func (w *work) inCyrillic() {
	for _, s := range []*string{&w.title, &w.container, &w.publisher, &w.place} {
		*s = toCyrillic.Replace(*s)
	}
	names := make([]journal.Name, len(w.authors))
	for i, n := range w.authors {
		names[i] = journal.Name{Family: toCyrillic.Replace(n.Family), Given: toCyrillic.Replace(n.Given)}
	}
	w.authors = names
}

var toCyrillic = func() *strings.Replacer {
	latin, cyrillic := []rune("abcdefghijklmnopqrstuvwxyz"), []rune("абсдефгхийклмнопкрстуввшыз")
	var pairs []string
	for i := range latin {
		pairs = append(pairs, string(latin[i]), string(cyrillic[i]), string(unicode.ToUpper(latin[i])), string(unicode.ToUpper(cyrillic[i])))
	}
	return strings.NewReplacer(pairs...)
}()
