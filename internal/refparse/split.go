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
}

// cleanLines are the lines without what pages put between them.
func cleanLines(text string) []printedLine {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\ufeff", "", "\f", "\n\f\n").Replace(withoutSoftHyphens(text))
	var lines []printedLine
	gap := false
	for no, raw := range strings.Split(text, "\n") {
		if raw == "\f" || strings.TrimSpace(raw) == "" {
			gap = true
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
		lines = append(lines, printedLine{text: strings.Join(strings.Fields(trimmed), " "), no: no + 1, indent: indent, gap: gap})
		gap = false
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
		if len(l.text) < 120 {
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
		case !numbered && len(l.text) < 120 && seen[digitless(l.text)] > 1 && i > 0 && (l.gap || i+1 < len(lines) && (lines[i+1].gap || pageNumber(lines[i+1].text)) || pageNumber(lines[i-1].text) || was) && !strings.Contains(l.text, "http"):
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
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " «“\"‘"))
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
	case gaps*4 >= others && gaps > 0 && gaps < others: // empty lines between
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
	case brokenLines(lines):
		for i, l := range lines {
			starts[i] = i == 0 || beginsEntry(lines[i-1].text, l.text)
		}
	default: // a line each
		for i := range lines {
			starts[i] = true
		}
	}
	starts[0] = true
	return starts
}

// brokenLines: lines were broken at a width: many begin with a small letter or
// follow one that ends without a mark.
func brokenLines(lines []printedLine) bool {
	broken := 0
	for i, l := range lines[1:] {
		if !beginsEntry(lines[i].text, l.text) {
			broken++
		}
	}
	return broken*5 >= len(lines) || broken > 0 && len(lines) <= 4
}

// beginsEntry: a line begins an entry: the one before ends with a mark, an
// address or a number, and it begins with a name, a capital or a bracket.
func beginsEntry(before, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(",;:-–—(/&", last) && !endsInAddress(before) {
		return false
	}
	if !startsCapital(line) && !strings.HasPrefix(line, "_") && !strings.HasPrefix(line, "[") {
		return false
	}
	x := newReader(line[:runeStart(line, min(len(line), 160))])
	list, ok := x.peopleAt(0, len(x.t), false)
	named := ok && (list.forms[familyInitials]+list.forms[initialsFamily] > 0 || list.forms[familyGiven] > 0)
	ends := strings.ContainsRune(".)]?!。”»", last) || endsInAddress(before) || last >= '0' && last <= '9'
	if named {
		return ends || unicode.IsLetter(last) && HasYear(before)
	}
	return ends && !inSentence(before, line)
}

// endsInAddress: the last word is an address or a DOI.
func endsInAddress(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	return strings.Contains(word, "://") || strings.HasPrefix(word, "10.") || strings.HasPrefix(word, "www.")
}

// inSentence: the line before ends with an abbreviation, so that this one goes on
// with it: "… Vol." and "M.:" begin no entry, nor do pages and years.
func inSentence(before, line string) bool {
	x := newReader(before[runeStart(before, max(0, len(before)-60)):])
	if n := len(x.t); n >= 2 && x.t[n-1].is('.') && x.t[n-2].kind == word && (shortened[x.t[n-2].low] || utf8.RuneCountInString(x.t[n-2].low) == 1) {
		return true
	}
	y := newReader(line[:runeStart(line, min(len(line), 80))])
	if len(y.t) == 0 {
		return true
	}
	if f, _ := y.labelAt(0); f != noField {
		return true
	}
	if y.placeForward(0, len(y.t)) > 0 { // "Moscow, Nauka, 2010."
		return true
	}
	return !HasYear(before) && !endsInAddress(before) // an entry without a year goes on
}

// joined puts the lines of each entry together.
func joined(lines []printedLine, starts []bool) []Entry {
	var out []Entry
	for i, l := range lines {
		if starts[i] || len(out) == 0 {
			out = append(out, Entry{Text: strings.TrimLeft(l.text, "•·*▪■- "), Line: l.no})
			continue
		}
		e := &out[len(out)-1]
		e.Text = joinLines(e.Text, l.text)
	}
	return out
}

// joinLines joins two lines: a word that a hyphen divides becomes whole, an
// address goes on without a space.
func joinLines(a, b string) string {
	last := a[strings.LastIndexByte(a, ' ')+1:]
	first, _ := utf8.DecodeRuneInString(b)
	if strings.Contains(last, "://") || strings.HasPrefix(last, "www.") || strings.HasPrefix(last, "10.") && strings.Contains(last, "/") {
		next, _, _ := strings.Cut(b, " ")
		end, _ := utf8.DecodeLastRuneInString(a)
		if strings.ContainsRune("/-_=&?%", end) || strings.ContainsAny(next, "/_=&?%") && !strings.HasPrefix(next, "(") && !strings.Contains(next, "://") && end != '.' && end != ',' {
			return a + b
		}
	}
	end, size := utf8.DecodeLastRuneInString(a)
	head := a[:len(a)-size]
	before, _ := utf8.DecodeLastRuneInString(head)
	switch {
	case end == '-' && unicode.IsLower(first) && unicode.IsLetter(before):
		return head + b
	case (end == '-' || end == '–') && (unicode.IsLetter(before) || before >= '0' && before <= '9') && first != ' ':
		return a + b // "Rostov-" and "Don", "45–" and "61"
	}
	return a + " " + b
}

func followsNumber(s string, n int) bool {
	next, _, _, ok := CutNumber(s)
	return ok && next == n+1
}

// apart divides entries that hold the next ones too, as their numbers say.
func apart(entries []Entry) []Entry {
	var out []Entry
	for _, e := range entries {
		n, _, _, ok := CutNumber(e.Text)
		for ok && len(out) < maxEntries {
			at := HoldsNumber(e.Text, n+1)
			if at < 0 {
				break
			}
			out = append(out, Entry{Text: strings.TrimSpace(e.Text[:at]), Line: e.Line})
			e.Text = e.Text[at:]
			n++
		}
		out = append(out, e)
	}
	return out
}

// HoldsNumber finds " 12. " or " [12] " inside an entry, after the end of a
// sentence and before a capital letter, where the next entry begins whose line
// was lost; -1 where there is none.
func HoldsNumber(body string, n int) int {
	for _, m := range [...]string{" " + strconv.Itoa(n) + ". ", " [" + strconv.Itoa(n) + "] ", " " + strconv.Itoa(n) + ") "} {
		for from := 1; ; {
			i := strings.Index(body[from:], m)
			if i < 0 {
				break
			}
			i += from
			from = i + 1
			if i < 1 || i+len(m) >= len(body) || body[i-1] != '.' && body[i-1] != ' ' && body[i-1] != ')' && !endsInAddress(body[:i]) {
				continue
			}
			before := strings.TrimRight(body[:i], " .")
			if utf8.RuneCountInString(before[strings.LastIndexAny(before, " .")+1:]) < 3 && !IsYear(before[max(0, len(before)-4):]) || announces(before) {
				continue // an abbreviation: "Д. 4."
			}
			if r, _ := utf8.DecodeRuneInString(body[i+len(m):]); unicode.IsUpper(r) || isHan(r) {
				return i + 1
			}
		}
	}
	return -1
}
