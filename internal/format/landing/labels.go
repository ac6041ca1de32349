package landing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// field is what a label announces.
type field int

const (
	none field = iota
	flow       // no label: text between sections
	fAbstract
	fKeywords
	fAuthors
	fReferences
	fCitation
	fLicence
	fViews
	fDownloads
	fThisPage // "this page" under a heading of counts
	fDOI
	fISSN
	fUDC
	fBBK
	fMSC
	fJEL
	fPACS
	fEDN
	fELibrary
	fReceived
	fRevised
	fAccepted
	fPublished
	fTitle
	fJournal
	fYear
	fVolume
	fIssue
	fPages
	fLanguage
	fSection
	fType
	fPublisher
	fCopyright
	fFunding
	fAffiliation
	fEnglishVersion
	fFullText  // the link to a file: what follows is the body of the page
	fBody      // the text of the article itself
	fAddresses // addresses of the page itself
	fForm      // a field of a form of the site
	fIgnored   // a block of the site with no content of its own
	fUnplaced  // content of the article that the record has no place for
	fAMSBIB
)

// extent says how far a section of a field reaches.
type extent int

const (
	oneLine   extent = iota // the rest of the line, or the next line
	paragraph               // to the next gap
	open                    // to the next label
	mark                    // nothing but the label itself
)

func (f field) extent() extent {
	switch f {
	case fAbstract, fAuthors, fReferences, fBody, fAMSBIB:
		return open
	case fKeywords, fCitation, fLicence, fTitle, fEnglishVersion, fPublisher, fCopyright, fFunding, fAffiliation, fIgnored, fUnplaced, fAddresses:
		return paragraph
	case fFullText, fForm:
		return mark
	}
	return oneLine
}

// label is one entry of the table.
type label struct {
	field field
	lang  string // language of the label
	// colon: the words are a label only before a colon or alone on a line that
	// ends with one; without it they may be a title or a name.
	colon bool
	// romanised: a list under this heading is a romanised twin.
	romanised bool
}

// maxLabel bounds a label in bytes.
const maxLabel = 120

// labelOf recognises a label at the start of a line. rest is what follows it on
// the line.
func labelOf(text string) (l label, printed, rest string, ok bool) {
	if first := text[0]; first < 'A' && first != '#' && first != '*' || first > 'z' && first < 0x80 {
		return label{}, "", "", false
	}
	colonAt, colonLen := -1, 1
	if i := strings.IndexByte(text[:min(len(text), maxLabel)], ':'); i > 0 {
		colonAt = i
	}
	if strings.HasPrefix(text, "DOI") || text[0] >= 0xe3 {
		if i := strings.Index(text[:min(len(text), maxLabel)], "："); i > 0 && (colonAt < 0 || i < colonAt) {
			colonAt, colonLen = i, len("：")
		}
	}
	if colonAt > 0 {
		if l, ok := lookup(labels.before, text[:colonAt]); ok {
			rest = strings.TrimSpace(text[colonAt+colonLen:])
			if l.fits(rest) {
				return l, text[:colonAt], rest, true
			}
		}
	}
	if len(text) <= maxLabel {
		if l, ok := lookup(labels.alone, strings.TrimRight(withoutCount(text), " .")); ok {
			return l, text, "", true
		}
	}
	return runIn(text)
}

// withoutCount cuts how many items stand under a heading: "References (24)".
func withoutCount(text string) string {
	i := strings.LastIndexByte(text, '(')
	if i <= 0 || !strings.HasSuffix(text, ")") || i+2 >= len(text) || strings.Trim(text[i+1:len(text)-1], "0123456789") != "" {
		return text
	}
	return text[:i]
}

// fits reports whether what follows a label on its line can be its value, so
// that an ordinary sentence with a colon is not taken for a label.
func (l label) fits(rest string) bool {
	if rest == "" {
		return true
	}
	switch l.field {
	case fReferences, fAuthors, fBody, fFullText, fThisPage:
		// Headings: a title may begin like them ("Sources: a history").
		return l.field == fThisPage && hasDigit(rest) || l.field == fAuthors && l.colon || furniture(rest)
	case fViews, fDownloads:
		return rest[0] >= '0' && rest[0] <= '9'
	case fReceived, fRevised, fAccepted, fPublished, fYear, fUDC, fDOI, fELibrary:
		return hasDigit(rest)
	}
	return true
}

// runIn recognises a label that runs into its text without a colon: "УДК
// 519.21", "DOI 10.…", "Abstract. The …", "КЛЮЧЕВЫЕ СЛОВА леса, вода".
func runIn(text string) (l label, printed, rest string, ok bool) {
	word, after, found := strings.Cut(text, " ")
	if found && len(word) <= 12 {
		if l, ok := lookup(labels.before, word); ok && l.code() {
			after = strings.TrimSpace(after)
			if hasDigit(after[:min(len(after), 24)]) {
				return l, word, after, true
			}
		}
	}
	if i := strings.Index(text[:min(len(text), 64)], ". "); i > 0 {
		if l, ok := lookup(labels.alone, text[:i]); ok && (l.field == fAbstract || l.field == fKeywords) {
			return l, text[:i], strings.TrimSpace(text[i+1:]), true
		}
	}
	if two := secondWord(text); two > 0 && two < len(text) && two <= 40 && text[:two] == strings.ToUpper(text[:two]) {
		if l, ok := lookup(labels.alone, text[:two]); ok && l.field == fKeywords {
			return l, text[:two], strings.TrimSpace(text[two:]), true
		}
	}
	return label{}, "", "", false
}

// code: the label names a code that may follow it without a colon.
func (l label) code() bool {
	switch l.field {
	case fDOI, fUDC, fBBK, fISSN, fMSC, fEDN, fELibrary:
		return true
	}
	return false
}

// secondWord is the offset after the second word of s, 0 if there is none.
func secondWord(s string) int {
	first := strings.IndexByte(s, ' ')
	if first < 0 {
		return 0
	}
	second := strings.IndexByte(s[first+1:], ' ')
	if second < 0 {
		return 0
	}
	return first + 1 + second
}

// lookup finds a label by its words, without regard to case, no-break spaces
// and the marks of a Markdown heading or emphasis.
func lookup(table map[string]label, words string) (label, bool) {
	folded := foldLabel(words)
	if folded == "" {
		return label{}, false
	}
	l, ok := table[folded]
	return l, ok
}

// foldLabel lowers the words and collapses their spaces. It is much cheaper
// than script.Fold, for it runs on every line.
func foldLabel(words string) string {
	words = strings.Trim(words, "#*_ \t")
	if len(words) > maxLabel {
		return ""
	}
	var b [maxLabel + utf8.UTFMax]byte
	n, space, spaces := 0, false, 0
	for _, r := range words {
		switch {
		case r == ' ' || r == 0xa0 || r == '\t' || r == 0x3000:
			space = n > 0
			continue
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case r == '’' || r == '‘':
			r = '\''
		case r == '‑' || r == '–':
			r = '-'
		case r >= 0x80:
			r = unicode.ToLower(r)
		}
		if space {
			if spaces++; spaces > 7 {
				return ""
			}
			b[n] = ' '
			n++
			space = false
		}
		if n+utf8.UTFMax > maxLabel {
			return ""
		}
		n += utf8.EncodeRune(b[n:], r)
	}
	return string(b[:n])
}
