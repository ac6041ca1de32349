package pid

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDOI bounds the length of a DOI in bytes. The standard has no limit; the
// longest that registries hold are well below it.
const maxDOI = 2048

// DOI returns the DOI in s as printed, case kept, without what surrounds it:
// an address (doi.org, dx.doi.org), "doi:", "info:doi/", percent and HTML
// escapes, invisible characters, closing punctuation and a bracket or
// quotation mark that was opened outside it.
//
// The form is that of ISO 26324: "10.", a registrant code of 4 to 9 digits
// (with subdivisions, "10.1000.10"), a slash, and a suffix without white space. Letters
// that do not occur in registered DOIs, such as Cyrillic look-alikes, make it
// no DOI: they are errors of copying that only its owner can resolve.
func DOI(s string) (string, bool) {
	if len(s) > maxDOI {
		return "", false
	}
	s = visible(s)
	s = cutDOIPrefix(s)
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "%") {
		if u, err := url.PathUnescape(s); err == nil && utf8.ValidString(u) {
			s = u
		}
	}
	s = cutTail(s)
	prefix, suffix, found := strings.Cut(s, "/")
	if !found || suffix == "" || !isPrefix(prefix) {
		return "", false
	}
	for _, r := range suffix {
		if r <= ' ' || r >= 0x7f {
			return "", false
		}
	}
	return s, true
}

// FindDOI returns the first DOI that stands in running text, and whether there
// is one. Only text that begins with "10." and a registrant code counts.
func FindDOI(s string) (string, bool) {
	end := 0 // of the word that was looked at last
	for at := 0; ; at += 3 {
		i := strings.Index(s[at:], "10.")
		if i < 0 {
			return "", false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		if at > 0 && (isDigit(before) || before == '.' || unicode.IsLetter(before)) {
			continue
		}
		if end <= at {
			if end = strings.IndexFunc(s[at:], unicode.IsSpace); end < 0 {
				end = len(s)
			} else {
				end += at
			}
		}
		if doi, ok := DOI(s[at:end]); ok {
			return doi, true
		}
	}
}

// SameDOI reports whether two DOIs name the same thing: they are compared
// without regard to ASCII letter case (DOI Handbook, 2.4).
func SameDOI(a, b string) bool {
	x, ok := DOI(a)
	y, ok2 := DOI(b)
	return ok && ok2 && strings.EqualFold(x, y)
}

// visible trims white space and removes the characters that copying leaves
// invisibly inside a DOI: soft hyphens, zero-width marks, a byte order mark.
func visible(s string) string {
	if strings.ContainsAny(s, "\u00ad\u200b\u200c\u200d\u2060\ufeff") {
		s = strings.Map(func(r rune) rune {
			switch r {
			case 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

func cutDOIPrefix(s string) string {
	for range 4 { // "DOI: https://doi.org/doi:10.…" is met
		before := s
		for _, host := range []string{"doi.org", "dx.doi.org"} {
			if rest, ok := cutAddress(s, host); ok {
				s = rest
			}
		}
		for _, label := range []string{"info:doi/", "urn:doi:", "doi:", "doi "} {
			if rest, ok := cutPrefixFold(s, label); ok {
				s = rest
			}
		}
		s = strings.TrimSpace(s)
		if s == before {
			break
		}
	}
	return s
}

// cutTail removes closing punctuation, and a closing bracket or quotation mark
// that has no partner inside.
func cutTail(s string) string {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		cut := false
		switch r {
		case '.', ',', ';', ':', '"', '\'', '”', '“', '»', '’', '…', '。', '、':
			cut = true
		case ')':
			cut = strings.Count(s, "(") < strings.Count(s, ")")
		case ']':
			cut = strings.Count(s, "[") < strings.Count(s, "]")
		case '>':
			cut = strings.Count(s, "<") < strings.Count(s, ">")
		case '}':
			cut = strings.Count(s, "{") < strings.Count(s, "}")
		}
		if !cut {
			return s
		}
		s = s[:len(s)-size]
	}
	return s
}

// isPrefix: "10." and 4 to 9 digits, with further groups of digits after full
// stops.
func isPrefix(s string) bool {
	rest, ok := strings.CutPrefix(s, "10.")
	if !ok {
		return false
	}
	for i, group := range strings.Split(rest, ".") {
		if group == "" || i == 0 && (len(group) < 4 || len(group) > 9) || strings.IndexFunc(group, func(r rune) bool { return !isDigit(r) }) >= 0 {
			return false
		}
	}
	return true
}

// Prefix reports whether s is a prefix of DOIs alone: "10.31696", with subdivisions.
func Prefix(s string) bool {
	doi, ok := DOI(s + "/x")
	return ok && doi == s+"/x"
}
