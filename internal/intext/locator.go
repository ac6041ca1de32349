package intext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	// longestLocator is how many letters a locator has at most.
	longestLocator = 60
	// inPlace is a character of a locator in brackets.
	inPlace = `[^;；()\[\]（）［］〔〕。]`
	roman   = `[ivxlcIVXLC]+\b`
)

var (
	afterForm = regexp.MustCompile(`^\s*(?:[:,.：，、]\s*((?:` + pageWord + `\s*)?` + inPlace + `*\d` + inPlace + `*|passim)|[:,.：，、]?\s*(` + pageWord + `\s*(?:\d|` + roman + `)` + inPlace + `*))`)
	pagesForm = regexp.MustCompile(`(?:^|[\s.,:–—])(` + pageWord + `\s*(?:\d+(?:[\s,.–—-]+\d+)*|` + roman + `)(?:\s*` + onwards + `)?)`)
	// bareForm is a page without a word for it at the end of a note: "Salt roads, 115."
	bareForm     = regexp.MustCompile(`(?:^[,:.]?|[^\d\s][,:])\s+(\d+(?:\s?[-–—]\s?\d+)?(?:,\s\d+(?:\s?[-–—]\s?\d+)?)*)\.?\s*$`)
	numberBegins = regexp.MustCompile(`^(?:` + pageWord + `\s*)?\d+(?:\s?[-–—]\s?\d+)?(?:\s?` + onwards + `)?`)
	// anotherForm begins what is said of another source.
	anotherForm = regexp.MustCompile(`(?:^|[\s,.])(?i:see|cf\.|compare|vgl\.|siehe|voir|cfr\.|véase|см\.|ср\.|див\.)[\s:]`)
	stopForm    = regexp.MustCompile(`(?:^|[\s\d])` + onwards + `$`)
)

// onwards are the words behind a page for those that follow, or for its other side, whose stop belongs to them.
const onwards = `(?:об\.|ff?\.|и\s(?:сл|след)\.|sqq?\.)`

// locatorOf reads the locator behind a citation, after being what stands up to the
// next one. In brackets it is what follows up to their end or a semicolon; in a
// note the pages that are named as such, or a number at its end.
func locatorOf(after string, bracketed, note bool) string {
	if m := anotherForm.FindStringIndex(after); m != nil {
		after = after[:m[0]]
	}
	found := ""
	switch m := afterForm.FindStringSubmatch(after); {
	case raisedPages.MatchString(after):
		found = pagesOf(after)
	case note && !bracketed:
		after, _, _ = strings.Cut(after, ";")
		if all := pagesForm.FindAllStringSubmatch(after, -1); len(all) > 0 {
			found = all[len(all)-1][1]
		} else if m := bareForm.FindStringSubmatch(after); m != nil {
			found = m[1]
		}
	case m == nil:
	case bracketed:
		found = m[1] + m[2]
	case colonBegins(after) || wordForm.MatchString(m[1]):
		found = numberBegins.FindString(m[1])
	}
	if found = strings.TrimRight(strings.TrimSpace(found), " ,;:–—-"); !stopForm.MatchString(found) {
		found = strings.TrimRight(found, ".")
	}
	if _, _, year := yearOf(found); year && !colonBegins(after) {
		return "" // of another work, as likely
	}
	if utf8.RuneCountInString(found) > longestLocator {
		return ""
	}
	return strings.Join(strings.Fields(found), " ")
}

func colonBegins(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, ":") || strings.HasPrefix(s, "：")
}

// pagesOf are the pages behind a raised number that a text begins with.
func pagesOf(s string) string { return strings.Trim(raisedPages.FindString(s), "()") }
