package pdf

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxHeading      = 240 // bytes of a heading in larger type or of the outline
	maxHeadingLines = 4
	maxBold         = 120 // bytes of a heading in the size of the text
)

// headings gives the paragraphs that are headings their depth.
func headings(f *File, paragraphs []paragraph, body float64) {
	markTitle(f, paragraphs, body)
	if byOutline(f, paragraphs) {
		return
	}
	ranks := bySize(paragraphs, body)
	byBold(paragraphs, body, ranks)
}

// markTitle finds the title: the largest type of the first page, above most of
// the text of it, larger than any heading that follows.
func markTitle(f *File, paragraphs []paragraph, body float64) {
	best := -1
	for i := range paragraphs {
		p := &paragraphs[i]
		if p.page != 1 {
			break
		}
		if p.size() >= 1.2*body && len(p.text) <= 400 && (best < 0 || p.size() > paragraphs[best].size()) {
			best = i
		}
	}
	if best < 0 || paragraphs[best].lines[0].Base < f.Pages[0].Height/2 {
		return
	}
	for i := range paragraphs {
		if i != best && paragraphs[i].size() >= paragraphs[best].size() {
			return
		}
	}
	paragraphs[best].title = true
}

// byOutline marks the paragraphs that the outline names, on the page that it
// names, with or without their numbers. Of equal ones each is taken once.
func byOutline(f *File, paragraphs []paragraph) bool {
	type key struct {
		page  int
		words string
	}
	named := map[key]int{} // depth
	for i := len(f.Outline) - 1; i >= 0; i-- {
		e := &f.Outline[i]
		if words := unnumbered(letters(e.Title)); e.Page > 0 && words != "" && len(e.Title) <= maxHeading {
			named[key{e.Page, words}] = e.Depth
		}
	}
	found := false
	for i := range paragraphs {
		p := &paragraphs[i]
		if p.title || len(p.text) > maxHeading || len(p.lines) > maxHeadingLines {
			continue
		}
		k := key{p.page, unnumbered(letters(p.text))}
		if depth, ok := named[k]; ok {
			delete(named, k)
			p.depth, found = depth, true
		}
	}
	return found
}

// letters are the letters and digits of a text, in small letters.
func letters(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unnumbered is s without the digits in front of it, where letters follow.
func unnumbered(s string) string {
	if t := strings.TrimLeftFunc(s, unicode.IsNumber); t != "" {
		return t
	}
	return s
}

// bySize marks short paragraphs in type that is at least an eighth larger than
// the text's, and says how many sizes there are.
func bySize(paragraphs []paragraph, body float64) int {
	large := func(p *paragraph) bool {
		return !p.title && p.size() >= 1.12*body && len(p.text) <= maxHeading && len(p.lines) <= maxHeadingLines && worded(p.text)
	}
	seen := map[float64]bool{}
	for i := range paragraphs {
		if large(&paragraphs[i]) {
			seen[paragraphs[i].size()] = true
		}
	}
	var sizes []float64
	for size := range seen {
		sizes = append(sizes, size)
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(sizes)))
	depths := map[float64]int{}
	for rank, size := range sizes {
		depths[size] = min(rank+1, maxDepth)
	}
	for i := range paragraphs {
		if p := &paragraphs[i]; large(p) {
			p.depth = depths[p.size()]
		}
	}
	return len(sizes)
}

// byBold marks bold paragraphs of one or two lines in the size of the text that
// end without a full stop, when there are two of them or more; one alone may
// be anything. A number in front says how deep it is.
func byBold(paragraphs []paragraph, body float64, above int) {
	var found []*paragraph
	for i := range paragraphs {
		p := &paragraphs[i]
		if p.depth > 0 || p.title || !p.bold() || len(p.text) > maxBold || len(p.lines) > 2 || p.size() < 0.92*body || !worded(p.text) {
			continue
		}
		if r := lastRune(p.text); strings.ContainsRune(".,;:。", r) && numbering(p.text) == 0 {
			continue
		}
		found = append(found, p)
	}
	if len(found) < 2 {
		return
	}
	for _, p := range found {
		p.depth = min(above+max(1, numbering(p.text)), maxDepth)
	}
}

// worded reports whether at least half of the characters are letters, and two
// of them or more.
func worded(s string) bool {
	all, some := 0, 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			all++
			if unicode.IsLetter(r) {
				some++
			}
		}
	}
	return some >= 2 && some*2 >= all
}

// numbering is how many numbers stand in front of a heading: 2 for "2.1 Data".
func numbering(s string) int {
	first, _, _ := strings.Cut(s, " ")
	parts := strings.Split(strings.Trim(first, "."), ".")
	for _, p := range parts {
		if p == "" || len(p) > 3 || strings.Trim(p, "0123456789") != "" {
			return 0
		}
	}
	return len(parts)
}

// sentenceEnds reports whether a line ends as sentences do, in the scripts
// that have a mark for it.
func sentenceEnds(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]」』）`)
	return strings.ContainsRune(".!?:…。！？．؟।", lastRune(s))
}

// bullet reports whether a line begins with the mark of a list.
func bullet(s string) bool { return strings.ContainsRune("•◦‣▪■●○–—", firstRune(s)) }

func startsSmall(s string) bool { return unicode.IsLower(firstRune(s)) }

// ideographic reports whether a character stands without blanks beside it.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// noteMark takes the mark off a note: a number below 1000 or up to three of
// the usual signs.
func noteMark(s string) (mark, rest string) {
	digits := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(digits); n > 0 && n <= 3 {
		// A number that goes on, as 3.5 or 10–12, begins no note.
		if r := firstRune(digits); unicode.IsSpace(r) || unicode.IsLetter(r) || r == '"' || r == '“' || r == '«' {
			return s[:n], digits
		}
		return "", s
	}
	signs := strings.TrimLeft(s, "*†‡§¶")
	if n := len(s) - len(signs); n > 0 && utf8.RuneCountInString(s[:n]) <= 3 {
		return s[:n], signs
	}
	return "", s
}
