package landing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line of what a reader sees.
type line struct {
	no         int    // in the source, from 1
	text       string // without white space at its ends
	marked     string // the same with its inline elements, where it has any (HTML)
	start, end int    // bytes of page.src, where the section is kept to the letter; end 0 if there is none
	gap        bool   // stands apart from the line before it
	indent     bool   // begins with white space
	link       bool   // is nothing but the text of links (HTML)
	heading    int    // level of the heading that it is (HTML, Markdown), else 0
	outside    bool   // stands in a menu, header or footer of the site (HTML)
	main       bool   // stands in the main part of the page (HTML)
	href       string // address of the first link in it (HTML)
}

// splitLines takes a plain text apart. Empty lines are only seen as gaps. It
// ends at maxLines; its callers refuse such a page.
func splitLines(text string, firstNo int) []line {
	lines := make([]line, 0, min(strings.Count(text, "\n")+1, maxLines))
	no, gap := firstNo, true
	for start := 0; start <= len(text) && len(lines) < maxLines; no++ {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		raw := text[start:end]
		if s := strings.TrimFunc(raw, blank); s == "" {
			gap = true
		} else {
			at := start + strings.Index(raw, s)
			lines = append(lines, line{no: no, text: s, start: at, end: at + len(s), gap: gap, indent: at > start})
			gap = false
		}
		start = end + 1
	}
	return lines
}

// blank: white space, or a character without width that pages are filled with.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

// span is the text of lines that follow each other: to the letter where the
// source is plain text, with its inline elements where it is HTML.
func (p *page) span(lines []line) string {
	if len(lines) == 0 {
		return ""
	}
	if first, last := lines[0], lines[len(lines)-1]; last.end > 0 && p.src != "" {
		return p.src[first.start:last.end]
	}
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i > 0 && l.gap:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteByte('\n')
		}
		b.WriteString(l.best())
	}
	return b.String()
}

// joined is the text of lines as one line.
func joined(lines []line) string {
	if len(lines) == 1 {
		return clean(lines[0].text)
	}
	parts := make([]string, len(lines))
	for i, l := range lines {
		parts[i] = l.text
	}
	return clean(strings.Join(parts, " "))
}

// groups divides lines at their gaps.
func groups(lines []line) [][]line {
	var out [][]line
	start := 0
	for i := 1; i <= len(lines); i++ {
		if i == len(lines) || lines[i].gap {
			if i > start {
				out = append(out, lines[start:i])
			}
			start = i
		}
	}
	return out
}

// startsUpper: the first letter or digit of s is a capital letter.
func startsUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// hasDigit reports whether s has an ASCII digit.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// number reads a whole number with spaces, no-break spaces, commas, full stops or apostrophes
// between its thousands.
func number(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	var n int64
	digits, since := 0, 0
	grouped := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int64(r-'0')
			digits++
			since++
			if digits > 15 {
				return 0, false
			}
		case digits > 0 && (r == ' ' || r == 0xa0 || r == 0x202f || r == 0x2009 || r == ',' || r == '.' || r == '\''):
			if grouped && since != 3 || !grouped && since > 3 {
				return 0, false
			}
			grouped, since = true, 0
		default:
			return 0, false
		}
	}
	return n, digits > 0 && (!grouped || since == 3)
}

// splitBars takes a row of a table apart.
func splitBars(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// runeStart is the largest offset up to at where a character begins.
func runeStart(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}
