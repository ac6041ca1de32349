package landing

import (
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

// list is one list of references of a page.
type list struct {
	entries   []entry
	heading   string
	where     string
	romanised bool
	lang      string // of the heading
}

// entry is one item of a list before it is read.
type entry struct {
	number  int // as printed, 0 in a list without numbers
	body    string
	more    []string // lines that go on with it
	no      int
	address string // the first link in it (HTML)
}

// readReferences takes a list of references apart.
func (p *page) readReferences(s *section) {
	lines := s.lines[:0]
	for _, l := range s.lines {
		if furniture(l.text) {
			p.furnish++
			continue
		}
		if l.gap && strings.HasPrefix(l.text, "©") && p.copyrightLine(l) {
			continue
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		return
	}
	var entries []entry
	if numbered(lines) {
		entries = p.numberedEntries(lines)
	} else {
		entries = p.plainEntries(lines)
	}
	if len(entries) > 0 {
		p.lists = append(p.lists, list{entries: entries, heading: s.printed, where: s.where(), romanised: s.romanised, lang: s.lang})
	}
}

// numbered: the lines begin with 1 and go on in order; at least half of the
// entries can be found so.
func numbered(lines []line) bool {
	n, _, plain, ok := refparse.CutNumber(lines[0].text)
	if !ok || n != 1 {
		return false
	}
	if len(lines) == 1 {
		return !plain
	}
	next := 2
	for _, l := range lines[1:min(len(lines), 60)] {
		if n, _, _, ok := refparse.CutNumber(l.text); ok && n == next {
			next++
		}
	}
	return next > 2
}

// startsNumberedList: a list of references begins here without a heading: at
// least three entries numbered from 1, half of them with a year.
func startsNumberedList(lines []line) bool {
	if t := lines[0].text; t[0] != '1' && t[0] != '[' {
		return false
	}
	if n, _, plain, ok := refparse.CutNumber(lines[0].text); !ok || n != 1 || plain {
		return false
	}
	next, years := 1, 0
	for _, l := range lines[:min(len(lines), 40)] {
		n, rest, _, ok := refparse.CutNumber(l.text)
		if !ok || n != next {
			continue
		}
		next++
		if refparse.HasYear(rest) {
			years++
		}
		if next > 8 {
			break
		}
	}
	return next > 3 && years*2 >= next-1
}

// numberedEntries divides lines by the numbers that begin them. A line without
// the next number goes on with the entry before it; up to three numbers may be
// missing.
func (p *page) numberedEntries(lines []line) []entry {
	var out []entry
	last := 0
	dotted := false
	for i, l := range lines {
		n, rest, plain, ok := refparse.CutNumber(l.text)
		begins := ok && (n == last+1 || n > last && n <= last+4 && !plain && numberFollows(lines[i+1:], n+1))
		if begins && plain && dotted && !startsUpper(rest) {
			begins = false
		}
		switch {
		case begins:
			if n != last+1 {
				p.loss(lineNo(l.no), l.text, "the numbers of the references go from "+strconv.Itoa(last)+" to "+strconv.Itoa(n))
			}
			dotted = dotted || !plain
			last = n
			out = append(out, entry{number: n, body: rest, no: l.no, address: l.href})
		case len(out) == 0:
			p.loss(lineNo(l.no), l.text, "a line before the first reference")
		case l.gap && l.end == 0 && l.heading > 0, l.gap && i == len(lines)-1 && len(lines) > 3 && !numberedTail(l.text):
			p.loss(lineNo(l.no), l.text, "a line in the list of references that begins no entry")
		default:
			out[len(out)-1].more = append(out[len(out)-1].more, l.text)
		}
	}
	return whole(out)
}

// whole joins the lines of each entry.
func whole(entries []entry) []entry {
	for i := range entries {
		if e := &entries[i]; len(e.more) > 0 {
			e.body += " " + strings.Join(e.more, " ")
			e.more = nil
		}
	}
	return entries
}

// numberFollows: an entry with that number comes soon.
func numberFollows(lines []line, next int) bool {
	for _, l := range lines[:min(len(lines), 6)] {
		if n, _, _, ok := refparse.CutNumber(l.text); ok {
			return n == next
		}
	}
	return len(lines) == 0
}

// numberedTail: the text can be the end of an entry: it has a year, an address
// or pages.
func numberedTail(s string) bool { return hasDigit(s) || strings.Contains(s, "http") }

// plainEntries divides a list without numbers: at its gaps if it has any
// within, else at its lines.
func (p *page) plainEntries(lines []line) []entry {
	gaps := 0
	for _, l := range lines[1:] {
		if l.gap {
			gaps++
		}
	}
	perLine := gaps*4 < len(lines)-1
	var out []entry
	for i, l := range lines {
		text := strings.TrimLeft(strings.TrimPrefix(l.text, "- "), "•·*– ")
		text = strings.TrimSpace(strings.TrimPrefix(text, ". ")) // the place of a number that the page lost
		switch {
		case text == "":
		case i == 0 || perLine || l.gap:
			out = append(out, entry{body: text, no: l.no, address: l.href})
		default:
			out[len(out)-1].more = append(out[len(out)-1].more, text)
		}
	}
	return whole(out)
}

// settleReferences makes the references of the list in the language of the
// article: the first that no heading calls romanised. A second list is the
// same works again, romanised or translated: it is not added, which would count
// each twice, but reported. References in tags give fields to a list on the
// page of the same length; else they are the list.
func (p *page) settleReferences() {
	if len(p.metaRefs) > 0 {
		tagged := p.taggedList()
		if len(p.lists) == 0 || len(p.lists[0].entries) != len(tagged.entries) {
			p.lists = append([]list{tagged}, p.lists...)
		}
	}
	if len(p.lists) == 0 {
		return
	}
	chosen := 0
	for chosen < len(p.lists)-1 && p.lists[chosen].romanised {
		chosen++
	}
	for i, l := range p.lists {
		if i == chosen {
			continue
		}
		why := "a second list of references; the first was kept"
		if len(l.entries) == len(p.lists[chosen].entries) {
			why = "a second list of the same length, the same works in another script or language; the list in the language of the article was kept"
		}
		p.loss(l.where, l.what(), why)
	}
	p.takeList(p.lists[chosen])
	if len(p.metaRefs) == len(p.r.Article.References) {
		p.addFields()
	}
}

func (l list) what() string {
	heading := strings.TrimRight(clean(l.heading), " .:")
	if heading == "" {
		heading = "list"
	}
	return heading + ": " + strconv.Itoa(len(l.entries)) + " entries, first: " + clean(l.entries[0].body)
}

func (p *page) takeList(l list) {
	for i := range l.entries {
		l.entries[i].body = clean(l.entries[i].body)
	}
	keyed := refparse.Keyed(len(l.entries), func(i int) string { return l.entries[i].body })
	refs := make([]journal.Reference, len(l.entries))
	for i, e := range l.entries {
		r := &refs[i]
		r.Number = i + 1
		if e.number > 0 && e.number != r.Number {
			r.Label = strconv.Itoa(e.number)
		}
		body := e.body
		if keyed {
			if key, rest, ok := refparse.CutKey(body); ok {
				r.Key, body = key, rest
			} else {
				p.loss(lineNo(e.no), body, "no key before this reference, although the list has keys")
			}
		}
		r.Printed = journal.T(printedLang(body), body)
		p.readMarks(r, e)
		if e.number > 0 && refparse.HoldsNumber(body, e.number+1) >= 0 {
			p.loss(lineNo(e.no), body, "reference "+strconv.Itoa(e.number)+" seems to hold reference "+strconv.Itoa(e.number+1)+" too; it was kept as printed")
		}
	}
	p.signs++
	p.r.Article.References = refs
}

// printedLang names the language of a reference in another script than Latin.
// In Latin letters a reference may be romanised, translated or both at once.
func printedLang(body string) string {
	return script.LanguageBut("Latn", body[:runeStart(body, min(len(body), 300))])
}
