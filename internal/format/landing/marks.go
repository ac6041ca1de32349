package landing

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// readMarks sets the fields of a reference that explicit marks make certain: a
// DOI, an address, what is left of one, a date of access, a note on the
// language. Everything else in the printed text is left alone.
func (p *page) readMarks(r *journal.Reference, e entry) {
	body := r.Printed.Plain
	r.DOI = p.referenceDOI(body, e)
	r.URL = addressIn(body)
	if doi, ok := pid.DOI(e.address); ok && r.DOI == "" {
		r.DOI = doi
	} else if !ok && r.URL == "" && absolute(e.address) && !searchLink(e.address) {
		r.URL = e.address
	}
	if r.URL == "" {
		r.URLRemnant = remnantIn(body)
	}
	r.Accessed = accessDate(body)
	if strings.ContainsAny(body, "([") {
		if lang, printed := languageNote(body); lang != "" {
			r.LanguageNote = strings.TrimSpace(printed[1 : len(printed)-1])
		}
	}
}

// referenceDOI finds a DOI; what is marked as one and is none is a loss.
func (p *page) referenceDOI(body string, e entry) string {
	if !strings.Contains(body, "10.") {
		return ""
	}
	if doi, ok := pid.FindDOI(body); ok {
		return doi
	}
	lower := strings.ToLower(body)
	if i := strings.Index(lower, "doi.org/10."); i >= 0 || strings.Contains(lower, "doi:10.") || strings.Contains(lower, "doi: 10.") {
		p.loss(lineNo(e.no), body[max(0, strings.Index(lower, "doi")):], "the reference marks a DOI whose form is wrong")
	}
	return ""
}

// maxAddress bounds an address in bytes.
const maxAddress = 2048

// addressIn finds the first address in a text that is none of a DOI.
func addressIn(s string) string {
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
		if absolute(u) {
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

// absolute: the address has a host with a full stop in it.
func absolute(u string) bool {
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

// searchLink: a link that platforms add to look a reference up.
func searchLink(u string) bool {
	return strings.Contains(u, "scholar.google") || strings.Contains(u, "/scholar?") || strings.Contains(u, "crossref.org") || strings.Contains(u, "gateway.isiknowledge")
}

// remnantIn finds a path whose host was lost: a word that begins with a slash
// and has another in it, of the letters that paths have.
func remnantIn(s string) string {
	for rest := s; ; {
		i := strings.Index(rest, " /")
		if i < 0 {
			return ""
		}
		word := rest[i+1:]
		if end := strings.IndexByte(word, ' '); end >= 0 {
			word = word[:end]
		}
		rest = rest[i+2:]
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

// accessDate reads the date after the words for access, to the end of their
// brackets or the line. Of two dates the one of the earlier word in the list
// counts, and of one word the last.
func accessDate(s string) journal.Date {
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
		if d, ok := parseDate(strings.TrimRight(strings.Join(words[:n], " "), ".")); ok {
			return d
		}
	}
	return ""
}
