package refparse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Entry is one item of a pasted list, on one line, with its number and its key as
// printed.
type Entry struct {
	Text string
	Line int // where it begins, from 1
}

// maxEntries bounds what Split makes of a text.
const maxEntries = 50_000

// Split divides a list of references that was pasted from a page, a word
// processor or a PDF into its entries: by numbers, by keys, by empty lines, by
// hanging lines, or else by what begins like an entry. Lines that one entry was
// broken into are joined, also at hyphens and inside addresses; soft hyphens,
// page numbers, running heads and the heading of the list go. Where two entries
// stand on one line and the numbers say so, they come apart.
//
// It loses nothing else: every other word of the text is in one of the entries.
func Split(text string) []Entry {
	lines := cleanLines(text)
	if len(lines) == 0 {
		return nil
	}
	var starts []bool
	switch {
	case listNumbered(lines):
		starts = numberStarts(lines)
	case keyedLines(lines):
		starts = keyStarts(lines)
	default:
		starts = plainStarts(lines)
	}
	entries := joined(lines, starts)
	if len(entries) > 0 {
		if n, _, _, ok := CutNumber(entries[0].Text); ok && (n == 1 || len(entries) > 2 && followsNumber(entries[1].Text, n)) {
			entries = apart(entries)
		}
	}
	return entries[:min(len(entries), maxEntries)]
}

// printedLine is a line of the list.
type printedLine struct {
	text   string
	no     int
	indent int
	gap    bool // an empty line or the end of a page before it
	page   bool // the end of a page before it
}

// cleanLines are the lines without what pages put between them.
func cleanLines(text string) []printedLine {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\ufeff", "", "\f", "\n\f\n").Replace(withoutSoftHyphens(text))
	var lines []printedLine
	gap, page := false, false
	for no, raw := range strings.Split(text, "\n") {
		if raw == "\f" || strings.TrimSpace(raw) == "" {
			gap, page = true, page || raw == "\f"
			continue
		}
		trimmed := strings.TrimLeft(raw, " \t\u00a0\u3000")
		indent := 0
		for _, r := range raw[:len(raw)-len(trimmed)] {
			if r == '\t' {
				indent += 4
			} else {
				indent++
			}
		}
		lines = append(lines, printedLine{text: strings.Join(strings.Fields(trimmed), " "), no: no + 1, indent: indent, gap: gap, page: page})
		gap, page = false, false
	}
	return withoutFurniture(lines)
}

// withoutSoftHyphens drops soft hyphens, and the end of a line behind one.
func withoutSoftHyphens(s string) string {
	const soft = "\u00ad"
	if !strings.Contains(s, soft) {
		return s
	}
	var b strings.Builder
	for i, part := range strings.Split(s, soft) {
		if i > 0 {
			rest := strings.TrimLeft(part, " \t\r")
			if strings.HasPrefix(rest, "\n") {
				part = strings.TrimLeft(rest[1:], " \t")
			}
		}
		b.WriteString(part)
	}
	return b.String()
}

// withoutFurniture drops the heading, page numbers and running heads.
func withoutFurniture(lines []printedLine) []printedLine {
	seen := map[string]int{}
	for _, l := range lines {
		if runningHead(l.text) {
			seen[digitless(l.text)]++
		}
	}
	var out []printedLine
	expected, dropped := 1, false
	for i, l := range lines {
		was := dropped
		dropped = true
		n, rest, _, numbered := CutNumber(l.text)
		switch {
		case i == 0 && isListHeading(l.text):
			continue
		case pageNumber(l.text):
			if alone, _ := strconv.Atoi(strings.Trim(l.text, "[]().")); alone == expected && i+1 < len(lines) && (alone > 1 || strings.ContainsAny(l.text, "[.)")) {
				break // the number of the next entry, on a line of its own
			}
			if i > 0 && (announces(lines[i-1].text) || strings.HasSuffix(lines[i-1].text, "–") || strings.HasSuffix(lines[i-1].text, "-") || strings.HasSuffix(lines[i-1].text, ",")) || strings.HasSuffix(l.text, ".") || IsYear(l.text) {
				break // the last number of an entry
			}
			if i+1 < len(lines) {
				lines[i+1].gap = false // a page ended, not an entry
			}
			continue
		case !numbered && i > 0 && seen[digitless(l.text)] > 1 && runningHead(l.text) && (l.page || was || pageNumber(lines[i-1].text) || i+1 < len(lines) && (lines[i+1].page || pageNumber(lines[i+1].text))):
			if i+1 < len(lines) {
				lines[i+1].gap = false
			}
			continue
		}
		dropped = false
		if numbered && rest != "" && n == expected || pageNumber(l.text) {
			expected++
		}
		out = append(out, l)
	}
	return out
}

// runningHead: the line may be what stands at the head or foot of every page: some words
// and few numbers, so that no line of an entry is taken for one that only looks like
// another: "С. 143–150." and "С. 205–337.", "Ф. 5. Оп. 1. Д. 3. Л. 4."
func runningHead(s string) bool {
	letters, numbers, digit := 0, 0, false
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsDigit(r) && !digit {
			numbers++
		}
		digit = unicode.IsDigit(r)
	}
	return len(s) < 120 && letters >= 8 && numbers <= 3 && !strings.Contains(s, "http")
}

// digitless is a running head without its page number.
func digitless(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s))
}

// pageNumber: the line has nothing but a number and marks around it.
func pageNumber(s string) bool {
	t := strings.Trim(s, " .()[]–—-•|")
	return t != "" && len(t) <= 4 && strings.Trim(t, "0123456789") == ""
}

// isListHeading: the line is the heading of a list and no entry.
func isListHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .:#*=_\u00a0")) {
	case "references", "bibliography", "works cited", "literature", "literature cited", "list of references", "sources", "notes and references",
		"литература", "список литературы", "библиография", "библиографический список", "источники", "список источников", "источники и литература", "список использованных источников", "список использованной литературы", "література",
		"referências", "referências bibliográficas", "referencias", "referencias bibliográficas", "bibliografia", "bibliografía", "références", "bibliographie", "literatur", "literaturverzeichnis",
		"参考文献", "文献", "引用文献", "참고문헌", "參考文獻":
		return true
	}
	return false
}

// listNumbered: the lines begin with numbers that go on in order: at least two,
// and for a long list at least one in ten lines.
func listNumbered(lines []printedLine) bool {
	first, _, plain, ok := numberOf(lines[0].text)
	if !ok || first > 1 && plain {
		return false
	}
	if len(lines) == 1 {
		return true
	}
	next, found := first+1, 1
	for _, l := range lines[1:] {
		if n, _, _, ok := numberOf(l.text); ok && n >= next && n < next+4 {
			next, found = n+1, found+1
		}
	}
	return found > 1 && found*15 >= len(lines)
}

// numberOf is CutNumber, also for a number on a line of its own.
func numberOf(s string) (n int, rest string, plain, ok bool) {
	if n, rest, plain, ok = CutNumber(s); ok {
		return n, rest, plain, true
	}
	if pageNumber(s) {
		n, err := strconv.Atoi(strings.Trim(s, " .()[]–—-•|"))
		return n, "", !strings.ContainsAny(s, ".)]"), err == nil
	}
	return 0, s, false, false
}

// numberStarts: an entry begins with the next number. Up to three numbers may be
// missing, where the one after follows soon.
func numberStarts(lines []printedLine) []bool {
	starts := make([]bool, len(lines))
	first, _, _, _ := numberOf(lines[0].text)
	last := first - 1
	dotted := false
	for i, l := range lines {
		n, rest, plain, ok := numberOf(l.text)
		if !ok || n <= last || n > last+4 {
			continue
		}
		if i == 1 && announces(lines[0].text) || i > 1 && announces(lines[i-2].text+" "+lines[i-1].text) {
			continue // "… Вып." and "4. С. 17"
		}
		if n != last+1 && (plain || !numberSoon(lines[i+1:], n+1)) {
			continue
		}
		if plain && dotted && !startsCapital(rest) {
			continue
		}
		dotted = dotted || !plain
		last, starts[i] = n, true
	}
	return starts
}

// announces: the text ends with a label whose number must follow: "Вып.", "no.",
// but not "312 с.".
func announces(s string) bool {
	s = strings.TrimRight(s, ". ")
	word := s[strings.LastIndexAny(s, " \u00a0,;(–—-")+1:]
	if word != "№" && labels[strings.ToLower(word)] == noField {
		return false
	}
	before := strings.TrimRight(s[:len(s)-len(word)], " \u00a0")
	last, _ := utf8.DecodeLastRuneInString(before)
	return last < '0' || last > '9'
}

func numberSoon(lines []printedLine, next int) bool {
	for _, l := range lines[:min(len(lines), 8)] {
		if n, _, _, ok := numberOf(l.text); ok {
			return n == next
		}
	}
	return len(lines) == 0
}

func startsCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " «“\"‘「『《"))
	return unicode.IsUpper(r) || isHan(r)
}

// Keyed: at least three of four entries, and three in all, have the form of a key.
// An ordinary dash in a list without keys is far rarer.
func Keyed(entries int, entry func(i int) string) bool {
	n := 0
	for i := range entries {
		if _, _, ok := CutKey(entry(i)); ok {
			n++
		}
	}
	return n >= 3 && n*4 >= entries*3
}

// keyedLines: as many lines begin with a key as a list of broken lines can have.
func keyedLines(lines []printedLine) bool {
	n := 0
	for _, l := range lines {
		if _, _, ok := CutKey(l.text); ok {
			n++
		}
	}
	return n >= 3 && n*6 >= len(lines) || n == len(lines)
}

func keyStarts(lines []printedLine) []bool {
	starts := make([]bool, len(lines))
	for i, l := range lines {
		_, _, starts[i] = CutKey(l.text)
	}
	return starts
}

// plainStarts decides where the entries of a list without numbers begin.
func plainStarts(lines []printedLine) []bool {
	starts := make([]bool, len(lines))
	gaps, indented, least := 0, 0, 1<<30
	for _, l := range lines {
		least = min(least, l.indent)
	}
	for _, l := range lines[1:] {
		if l.gap {
			gaps++
		}
		if l.indent > least {
			indented++
		}
	}
	others := len(lines) - 1
	switch {
	case gaps > 0 && gaps < others && (gaps*4 >= others || gaps*10 >= others && gapsDivide(lines)): // empty lines between
		for i, l := range lines {
			starts[i] = l.gap || i == 0
		}
	case indented*5 >= others && indented < others && lines[0].indent == least: // hanging lines
		for i, l := range lines {
			starts[i] = l.indent == least
		}
	case indented*8 >= others && lines[0].indent > least: // first lines are set in
		for i, l := range lines {
			starts[i] = l.indent > least
		}
	default:
		brokenStarts(lines, starts)
	}
	starts[0] = true
	return starts
}

// gapsDivide: at nearly every empty line one entry may end and another begin.
func gapsDivide(lines []printedLine) bool {
	gaps, fit := 0, 0
	for i, l := range lines {
		if i > 0 && l.gap {
			gaps++
			if endsSentence(lines[i-1].text) && mayBegin(lines[i-1].text, l.text) {
				fit++
			}
		}
	}
	return fit*5 >= gaps*4
}

// endsInAddress: the last word is an address or a DOI.
func endsInAddress(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	return strings.Contains(word, "://") || strings.HasPrefix(word, "10.") || strings.HasPrefix(word, "www.")
}

// joined puts the lines of each entry together.
func joined(lines []printedLine, starts []bool) []Entry {
	var out []Entry
	var text []byte
	for i, l := range lines {
		if !starts[i] && i > 0 {
			text = joinLine(text, l.text)
			continue
		}
		if i > 0 {
			out[len(out)-1].Text = string(text)
		}
		out = append(out, Entry{Line: l.no})
		text = append(text[:0], strings.TrimLeft(l.text, "•·*▪■- ")...)
	}
	out[len(out)-1].Text = string(text)
	return out
}

// joinLine adds a line to a text: a word that a hyphen divides becomes whole, an
// address goes on without a space.
func joinLine(text []byte, line string) []byte {
	a := string(text[max(0, len(text)-maxAddress):])
	last := a[strings.LastIndexByte(a, ' ')+1:]
	first, _ := utf8.DecodeRuneInString(line)
	end, size := utf8.DecodeLastRuneInString(a)
	if strings.Contains(last, "://") || strings.HasPrefix(last, "www.") || strings.HasPrefix(last, "10.") && strings.Contains(last, "/") {
		next, _, _ := strings.Cut(line, " ")
		if strings.ContainsRune("/-_=&?%", end) || strings.ContainsAny(next, "/_=&?%") && !strings.HasPrefix(next, "(") && !strings.Contains(next, "://") && end != '.' && end != ',' {
			return append(text, line...)
		}
	}
	before, _ := utf8.DecodeLastRuneInString(a[:len(a)-size])
	switch {
	case end == '-' && unicode.IsLower(first) && unicode.IsLetter(before):
		return append(text[:len(text)-size], line...)
	case (end == '-' || end == '–') && (unicode.IsLetter(before) || before >= '0' && before <= '9') && first != ' ':
		return append(text, line...) // "Rostov-" and "Don", "45–" and "61"
	}
	return append(append(text, ' '), line...)
}

func followsNumber(s string, n int) bool {
	next, _, _, ok := CutNumber(s)
	return ok && next == n+1
}
