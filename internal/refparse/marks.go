package refparse

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// maxAddress bounds an address in bytes.
const maxAddress = 2048

// Address finds the first address in a text that is none of a DOI.
func Address(s string) string {
	for rest := s; ; {
		i := strings.Index(rest, "http")
		if i < 0 {
			return ""
		}
		u := rest[i:]
		if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			rest = u[4:]
			continue
		}
		end := strings.IndexFunc(u, func(r rune) bool {
			return r <= ' ' || r == 0xa0 || r == '<' || r == '>' || r == '"' || r == '«' || r == '»' || r == '“' || r == '”' || r == 0x3000
		})
		if end < 0 {
			end = len(u)
		}
		rest = u[end:]
		if end > maxAddress {
			continue
		}
		u = cutAddressTail(u[:end])
		if _, isDOI := pid.DOI(u); isDOI {
			continue
		}
		if IsAddress(u) {
			return u
		}
	}
}

// cutAddressTail removes punctuation that closes the sentence, and a closing bracket that was opened
// before the address.
func cutAddressTail(u string) string {
	for u != "" {
		r, size := utf8.DecodeLastRuneInString(u)
		switch {
		case strings.ContainsRune(".,;:'’*", r):
		case r == ')' && strings.Count(u, "(") < strings.Count(u, ")"):
		case r == ']' && strings.Count(u, "[") < strings.Count(u, "]"):
		default:
			return u
		}
		u = u[:len(u)-size]
	}
	return u
}

// IsAddress: the address has a host with a full stop in it.
func IsAddress(u string) bool {
	rest, found := strings.CutPrefix(u, "https://")
	if !found {
		if rest, found = strings.CutPrefix(u, "http://"); !found {
			return false
		}
	}
	host, _, _ := strings.Cut(rest, "/")
	dot := strings.IndexByte(host, '.')
	return dot > 0 && dot < len(host)-1 && host != "www." && len(u) <= maxAddress && !strings.ContainsAny(u, " \t\n")
}

// Remnant finds a path whose host was lost: a word that begins with a slash
// and has another in it, of the letters that paths have.
func Remnant(s string) string {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], '/') // rarer than the space before it
		if i < 0 {
			return ""
		}
		at += i
		if at == 0 || s[at-1] != ' ' {
			continue
		}
		word := s[at:]
		if end := strings.IndexByte(word, ' '); end >= 0 {
			word = word[:end]
		}
		if len(word) > maxAddress {
			continue
		}
		word = cutAddressTail(word)
		if len(word) >= 8 && strings.Count(word, "/") >= 2 && !strings.Contains(word, "//") && isPath(word) {
			return word
		}
	}
}

func isPath(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && !strings.ContainsRune("/-_.~%?=&+#:@", rune(c)) {
			return false
		}
	}
	return true
}

// accessWords announce the date on which somebody looked at an address. Their
// first letter is left out, for it may be a capital.
var accessWords = newFinder("ccessed", "ата обращения", "ата звернення", "cesso em", "cessado em", "cceso", "onsultado", "onsulté le", "ate of access", "ата доступа",
	"etrieved", "ugriff", "bgerufen", "アクセス", "閲覧", "cited", "ccess date", "росмотрено", "бращение")

// Accessed reads the date after the words for access, to the end of their
// brackets or the line. Of two dates the one of the earlier word in the list
// counts, and of one word the last.
func Accessed(s string) journal.Date {
	for _, after := range accessWords.last(s) {
		after = strings.TrimLeft(after, " :\u00a0")
		for _, on := range []string{"on ", "em ", "el ", "le ", "am ", "en ", "日", "："} {
			after = strings.TrimPrefix(after, on)
		}
		after = strings.TrimLeft(after, " :")
		end := strings.IndexAny(after, ")];")
		if end < 0 {
			end = min(len(after), 60)
		}
		if d := leadingDate(after[:runeStart(after, end)]); d != "" && len(d) > 4 {
			return d
		}
	}
	return ""
}

// runeStart is the largest offset up to at where a character begins.
func runeStart(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// leadingDate reads the longest date at the start of s.
func leadingDate(s string) journal.Date {
	words := strings.Fields(strings.ReplaceAll(s, ",", " "))
	for n := min(len(words), 6); n > 0; n-- {
		if d, ok := ParseDate(strings.TrimRight(strings.Join(words[:n], " "), ".")); ok {
			return d
		}
	}
	return ""
}

// findDOI is pid.FindDOI with a quick look first.
func findDOI(s string) (string, bool) {
	if !strings.Contains(s, "10.") {
		return "", false
	}
	return pid.FindDOI(s)
}
