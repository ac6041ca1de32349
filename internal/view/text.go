package view

import (
	"html/template"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"offprint/internal/locale"
)

// attributes are the lang and dir attributes of the run, with a space before
// them: ` lang="ru"`. A run without a language has none. The direction is said
// where it is not that of the page, and where the source says it.
func (r Run) attributes(page string) template.HTMLAttr {
	var b strings.Builder
	if r.Lang != "" {
		b.WriteString(` lang="` + template.HTMLEscapeString(r.Lang) + `"`)
	}
	dir := r.Dir
	if dir == "" && r.Lang != "" {
		if dir = locale.Direction(r.Lang); dir == page {
			dir = ""
		}
	}
	if dir == "rtl" || dir == "ltr" {
		b.WriteString(` dir="` + dir + `"`)
	}
	return template.HTMLAttr(b.String())
}

// within are the attributes of an element that holds a whole text; a text whose
// language is not known says so, and finds its direction by its letters.
func within(lang, page string) template.HTMLAttr {
	if lang == "" {
		return ` lang="" dir="auto"`
	}
	return Run{Lang: lang}.attributes(page)
}

// Text is the run without markup, for places that hold no markup, such as the
// title of a window.
func (r Run) Text() string {
	if !strings.ContainsAny(string(r.HTML), "<&") {
		return string(r.HTML)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(string(r.HTML)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// address finds what Linked makes a link of: an address with its scheme, or a
// DOI after "doi" (ISO 26324, section 4.2: prefix 10., suffix of any printing
// characters).
var address = regexp.MustCompile(`(?i)https?://[^\s<>"«»“”]+|\bdoi[:\s]\s?10\.\d{4,9}/[^\s<>"«»“”]+`)

// Linked makes a Run of plain text in which addresses and DOIs are links. The
// text itself stays as it is, letter for letter.
func Linked(lang, text string) Run {
	var b strings.Builder
	rest := text
	for {
		at := address.FindStringIndex(rest)
		if at == nil {
			break
		}
		found := trimAddress(rest[at[0]:at[1]])
		b.WriteString(template.HTMLEscapeString(rest[:at[0]]))
		writeLink(&b, found)
		rest = rest[at[0]+len(found):]
	}
	b.WriteString(template.HTMLEscapeString(rest))
	return Run{Lang: lang, HTML: template.HTML(b.String())}
}

// trimAddress leaves out the punctuation of the sentence around an address: a
// full stop, comma or the like at its end, and a closing bracket that nothing
// in it opens.
func trimAddress(s string) string {
	for {
		t := strings.TrimRight(s, ".,;:!?'’")
		for _, pair := range []string{"()", "[]"} {
			if strings.HasSuffix(t, pair[1:]) && strings.Count(t, pair[1:]) > strings.Count(t, pair[:1]) {
				t = t[:len(t)-1]
			}
		}
		if t == s {
			return s
		}
		s = t
	}
}

func writeLink(b *strings.Builder, found string) {
	target, shown, before := found, found, ""
	if i := strings.Index(found, "10."); len(found) > 3 && strings.EqualFold(found[:3], "doi") && i > 0 {
		before, shown = found[:i], found[i:]
		target = DOILink(shown)
	}
	b.WriteString(template.HTMLEscapeString(before))
	b.WriteString(`<a href="` + template.HTMLEscapeString(target) + `">`)
	b.WriteString(template.HTMLEscapeString(shown))
	b.WriteString(`</a>`)
}

// DOILink is the address that resolves a DOI, with the characters escaped that
// an address cannot hold.
func DOILink(doi string) string {
	return "https://doi.org/" + strings.NewReplacer(
		"%", "%25", " ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", "#", "%23", "?", "%3F",
		"[", "%5B", "]", "%5D", "\\", "%5C", "^", "%5E", "`", "%60", "{", "%7B", "}", "%7D", "|", "%7C",
	).Replace(doi)
}

// named: the number of an issue is a word, or begins with one.
func named(number string) bool {
	first, _, _ := strings.Cut(number, " ")
	letters := 0
	for _, r := range first {
		if unicode.IsLetter(r) && unicode.ToUpper(r) != unicode.ToLower(r) {
			letters++
		}
	}
	return letters > 3 && !strings.ContainsAny(first, "0123456789")
}

// IssueTitle is the title of an issue in the language of the interface:
// "Vol. 3, No. 2 (2020)". Parts that are empty are left out.
func IssueTitle(lang, volume, number, year string) string {
	l := locale.For(lang)
	var parts []string
	if volume != "" {
		parts = append(parts, l.T("issue.volume", volume))
	}
	switch {
	case number == "":
	case named(number): // "Suppl. 1", "Special issue"
		parts = append(parts, number)
	default:
		parts = append(parts, l.T("issue.number", number))
	}
	var title string
	switch len(parts) {
	case 0:
		if year != "" {
			return year
		}
		return l.T("issue.untitled")
	case 1:
		title = parts[0]
	default:
		title = l.T("issue.both", parts[0], parts[1])
	}
	if year != "" {
		title = l.T("issue.dated", title, year)
	}
	return locale.Capital(title)
}
