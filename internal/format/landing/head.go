package landing

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

const (
	// maxHead bounds how many lines are looked at for journal and title.
	maxHead = 300
	// longLine is the length in bytes from which a line without a label is
	// prose and no title, where a title is known already.
	longLine = 320
	// shortProse is the same for a sentence below the link to the full text.
	shortProse = 80
)

// readHead finds journal, title and people in what stands before the first
// section and has no labels. What it takes is removed from the sections.
//
// The order of such pages is journal, title, translations of the title, people
// with their institutions, then perhaps an abstract without a heading. Two
// things tell which line is which: the recommended citation, which repeats
// title and journal to the letter, and gaps between the groups of lines.
func (p *page) readHead(sections []section, citation string) {
	if len(p.r.Article.Titles) > 0 {
		return
	}
	head, body := p.headLines(sections)
	p.citationTail(citation)
	head = p.takeTypes(p.takePlaces(head))
	if len(head) == 0 {
		p.unlabelledAbstract(nil, body)
		return
	}
	head = p.journalByCitation(head, citation)
	from, to := p.titleByCitation(head, citation)
	if to == 0 {
		from, to = p.titleByHeading(head)
	}
	if to == 0 {
		from, to = p.titleByOrder(head, len(body) > 0)
	}
	people := head[to:]
	if len(p.r.Article.Titles) == 0 {
		people = head[from:]
	}
	p.beforeTitle(head[:from])
	rest := p.proseLines(people)
	p.readByline(people[:len(people)-len(rest)])
	p.unlabelledAbstract(rest, body)
	p.pairNames()
}

// headLines takes the lines of the head out of the sections: those before the
// link to the full text, and the body after it.
func (p *page) headLines(sections []section) (head, body []line) {
	after := false
	for i := range sections {
		s := &sections[i]
		switch s.field {
		case flow:
			skipped := 0
			if i > 0 && sections[i-1].field == fISSN {
				skipped = publisherLines(s.lines)
			}
			for j, l := range s.lines[skipped:] {
				l.gap = l.gap || j == 0
				switch {
				case furniture(l.text):
					p.furnish++
				case strings.HasSuffix(l.text, ":") && len(l.text) < maxLabel:
					p.flowLine(l) // the label of something that is not here
				case l.outside || len(head)+len(body) >= maxHead:
					continue
				case after:
					body = append(body, l)
				default:
					head = append(head, l)
				}
			}
			s.lines = append(s.lines[:skipped:skipped], keepOutside(s.lines[skipped:], len(head)+len(body) >= maxHead)...)
		case fFullText:
			after = true
		case fAbstract, fKeywords, fAuthors, fReferences, fBody, fCitation, fAffiliation, fTitle, fUnplaced:
			return head, body
		}
	}
	return head, body
}

// keepOutside leaves the lines of the site to the reader of flowing text.
func keepOutside(lines []line, all bool) []line {
	var kept []line
	for _, l := range lines {
		if l.outside || all {
			kept = append(kept, l)
		}
	}
	return kept
}

// takePlaces reads bibliographic lines in the head and removes them. Where
// one begins with the journal's short name, what stands above it is the site's.
func (p *page) takePlaces(head []line) []line {
	out := head[:0:0]
	for _, l := range head {
		b, ok := placeIn(l.text)
		prefix := ""
		if ok {
			prefix = strings.Trim(l.text[:b.at], " .,;:(")
			if isTrail(prefix) {
				prefix = ""
			}
		}
		if !ok || len(prefix) > 120 {
			if cited := p.r.Article.Citation; ok && cited != "" && plainKey(l.text) == plainKey(cited) {
				continue
			}
			out = append(out, l)
			continue
		}
		p.takePlace(b, lineNo(l.no))
		if prefix == "" || script.Of(prefix) == "" {
			continue
		}
		if strings.Contains(prefix, ". ") || strings.HasSuffix(strings.TrimRight(l.text[:b.at], " ,"), ".") {
			p.r.Journal.Abbrev = prefix
			for _, above := range out {
				p.flowLine(above)
			}
			out = out[:0]
		} else if len(p.r.Journal.Titles) == 0 && len(out) == 0 {
			p.addJournalTitle("", prefix)
		}
	}
	return out
}

// takeTypes takes the lines of the head that are nothing but a kind of article
// ("Original Articles"), where others are left for journal and title.
func (p *page) takeTypes(head []line) []line {
	if len(head) < 3 {
		return head
	}
	var out []line
	gap := false
	for i, l := range head {
		if i > 0 && p.typed(l.text) {
			p.r.Article.Section = p.addText(p.r.Article.Section, textOf(clean(l.text)))
			gap = gap || l.gap
			continue
		}
		l.gap = l.gap || gap
		gap = false
		out = append(out, l)
	}
	return out
}

// isTrail: the way through the site that led to the page.
func isTrail(s string) bool {
	return containsAny(s, " / ", " > ", " » ", " › ", " → ", " • ") || strings.HasSuffix(s, "/") || strings.HasSuffix(s, ">")
}

// journalByCitation takes the line that the recommended citation has directly
// before the year or volume, behind the names and a title: "Authors. Title.
// Journal. 2021;4(1):7-29". It returns the other lines.
func (p *page) journalByCitation(head []line, citation string) []line {
	cited := matchKey(citation)
	for i, l := range head {
		key := matchKey(l.text)
		at := strings.Index(cited, key)
		if len(key) < 4 || at <= len(key) || strings.Contains(l.text, "://") {
			continue
		}
		if !beforeNumber(cited[at+len(key):]) {
			continue
		}
		p.addJournalTitle("", l.text)
		rest := append(head[:i:i], head[i+1:]...)
		if i < len(rest) {
			rest[i].gap = rest[i].gap || l.gap
		}
		return rest
	}
	return head
}

// beforeNumber: what follows in the citation is a year or a volume.
func beforeNumber(after string) bool {
	after = strings.TrimLeft(after, " .,;:(")
	return after != "" && after[0] >= '0' && after[0] <= '9'
}

// titleByCitation finds the lines that the recommended citation repeats: the
// longest is the title, one after it is the journal.
func (p *page) titleByCitation(head []line, citation string) (from, to int) {
	cited := matchKey(citation)
	if len(cited) < 20 {
		return 0, 0
	}
	best, at := 0, 0
	for i := range head {
		text := ""
		for j := i; j < min(i+4, len(head)); j++ {
			if len(text)+len(head[j].text) > maxTitle*2 || j > i && head[j].gap {
				break
			}
			text = strings.TrimSpace(text + " " + head[j].text)
			key := matchKey(text)
			found := strings.Index(cited, key)
			if len(key) < 8 || found < 0 {
				break
			}
			if len(key) > best && len(key)*10 < len(cited)*9 {
				best, at, from, to = len(key), found, i, j+1
			}
		}
	}
	if to == 0 {
		return 0, 0
	}
	for i := range head {
		if strings.Contains(head[i].text, "://") {
			continue
		}
		if key := matchKey(head[i].text); (i < from || i >= to) && len(key) >= 4 && strings.Contains(cited[at+best:], key) && !strings.Contains(cited[:at], key) {
			if behind := cited[at+best:]; i == to && strings.HasPrefix(behind, ": "+key) && !beforeNumber(behind[2+len(key):]) {
				p.r.Article.Subtitles = p.addText(p.r.Article.Subtitles, textOf(head[i].text))
				p.took(head[i].text)
			} else {
				p.addJournalTitle("", head[i].text)
			}
			head[i].text = ""
		}
	}
	p.addTitle("", joined(head[from:to]), lineNo(head[from].no))
	return from, p.translations(head, from, to)
}

// matchKey is the form in which lines are sought in the citation.
func matchKey(s string) string { return strings.Trim(lightFold(s), " .*") }

// titleByHeading takes the first heading of the highest rank that is no name
// of the site.
func (p *page) titleByHeading(head []line) (from, to int) {
	rank := 7
	for i, l := range head {
		if l.heading > 0 && l.heading < rank && !p.isJournal(l.text) {
			rank, from, to = l.heading, i, i+1
		}
	}
	if to == 0 {
		return 0, 0
	}
	p.addTitle("", joined(head[from:to]), lineNo(head[from].no))
	return from, to
}

func (p *page) isJournal(text string) bool {
	key := plainKey(text)
	for _, t := range p.r.Journal.Titles {
		if plainKey(t.Plain) == key {
			return true
		}
	}
	return false
}

// titleByOrder goes by the groups: the journal first if there are two groups
// or more before the people, then the titles.
func (p *page) titleByOrder(head []line, hasBody bool) (from, to int) {
	for i := 1; i < len(head); i++ {
		if _, sure := splitNames(head[i].best()); sure == strong && !head[i].indent && !isOrganisation(head[i].text) {
			if _, before := splitNames(head[i-1].best()); before == noName {
				head[i].gap = true // names begin here, though nothing sets them apart
			}
		}
	}
	gs := groups(head)
	n := 0 // groups that may be journal or titles
	for n < len(gs) && !p.isPeople(gs[n], n) && !p.isProse(gs[n], n) {
		n++
	}
	if n == 0 {
		return 0, 0
	}
	first := gs[0]
	switch {
	case n >= 2:
		for _, l := range first {
			p.addJournalTitle("", l.text)
		}
		from = len(first)
		to = from + len(gs[1])
		p.addTitles(gs[1])
	case len(first) >= 2 && len(p.r.Journal.Titles) == 0 && sameLanguage(first[0].text, first[1].text) && !wraps(first[0].text, first[1].text) && !p.isDoubled(first):
		p.addJournalTitle("", first[0].text)
		from, to = 1, len(first)
		p.addTitles(first[1:])
	case p.isDoubled(first):
		for _, l := range first {
			p.addJournalTitle("", l.text)
		}
		from, to = len(first), len(first)
	default:
		from, to = 0, len(first)
		p.addTitles(first)
	}
	return from, to
}

// isDoubled: a group of two equal lines is the name of a journal that is the
// same in two languages, in records that give everything twice.
func (p *page) isDoubled(group []line) bool {
	return len(group) == 2 && plainKey(group[0].text) == plainKey(group[1].text) && len(group[0].text) < 120
}

// isPeople: all lines of a group that are not set in are names. The first two
// groups may be titles that look like names, so there the form must be one that
// only names have.
func (p *page) isPeople(group []line, index int) bool {
	sure := strong
	for i, l := range group {
		if l.indent && i > 0 {
			return true
		}
		_, s := splitNames(l.best())
		sure = min(sure, s)
	}
	if index < 2 {
		if len(group) > 2 && index == 1 {
			return sure >= weak
		}
		return sure == strong
	}
	return sure >= weak
}

// isProse: the group is a paragraph and no title.
func (p *page) isProse(group []line, index int) bool {
	return index > 0 && len(group[0].text) > longLine && utf8.RuneCountInString(group[0].text) > 250 && strings.Contains(group[0].text, ". ")
}

// addTitles adds the titles of a group: one a line, in different languages, or
// one title over several lines.
func (p *page) addTitles(group []line) {
	var pending []line
	flush := func() {
		if len(pending) > 0 {
			p.addTitle(script.Language(joined(pending)), joined(pending), lineNo(pending[0].no))
		}
		pending = nil
	}
	for _, l := range group {
		if len(pending) > 0 && !wraps(pending[len(pending)-1].text, l.text) {
			flush()
		}
		pending = append(pending, l)
	}
	flush()
}

// wraps: the second line goes on where the first was broken.
func wraps(a, b string) bool {
	if script.Of(a) != script.Of(b) {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(a)
	return startsLower(b) || strings.ContainsRune(",-–—(", end)
}

func sameLanguage(a, b string) bool {
	return script.Of(a) == script.Of(b) && (script.Language(a) == script.Language(b) || script.Language(a) == "")
}

// translations adds the lines directly after a title that are its translation:
// in the same group, no names, in another language.
func (p *page) translations(head []line, from, to int) int {
	for to < len(head) && !head[to].gap && head[from].gap && head[to].text != "" {
		l := head[to]
		if _, sure := splitNames(l.best()); sure != noName {
			break
		}
		lang := script.Language(l.text)
		if lang == "" || len(p.r.Article.Titles) == 0 || lang == script.Language(joined(head[from:to])) {
			break
		}
		p.addTitle(lang, l.text, lineNo(l.no))
		to++
	}
	return to
}

// beforeTitle takes what stands above the title and was not recognised.
func (p *page) beforeTitle(lines []line) {
	for _, l := range lines {
		switch {
		case l.text == "" || p.isJournal(l.text) || p.isCited(l.text):
		case len(p.r.Journal.Titles) == 0 && len(lines) <= 2 && len(p.r.Journal.Abbrev) == 0:
			p.addJournalTitle("", l.text)
		case utf8.RuneCountInString(l.text) > maxTitle:
			p.titleTooLong(lineNo(l.no), utf8.RuneCountInString(l.text))
		default:
			p.flowLine(l)
		}
	}
}

// isCited: the line is a piece of the recommended citation.
func (p *page) isCited(text string) bool {
	return len(text) > 40 && p.r.Article.Citation != "" && strings.Contains(matchKey(p.r.Article.Citation), matchKey(text))
}

// proseLines are the lines from the first paragraph of prose on.
func (p *page) proseLines(lines []line) []line {
	for i, l := range lines {
		if len(l.text) > longLine && !l.link {
			if _, sure := splitNames(l.best()); sure == noName {
				return lines[i:]
			}
		}
	}
	return nil
}

// unlabelledAbstract takes prose without a heading as the abstract: the
// paragraphs from the first long one to the last. Below the link to the full
// text, where nothing else is usual, a sentence is long enough.
func (p *page) unlabelledAbstract(head, below []line) {
	body := append(head[:len(head):len(head)], below...)
	first, last := -1, -1
	for i, l := range body {
		if len(l.text) > longLine || i >= len(head) && len(l.text) > shortProse && isSentence(l.text) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first >= 0 && p.refused == nil && len(p.r.Article.Titles) == 0 && utf8.RuneCountInString(body[first].text) > maxTitle {
		p.titleTooLong(lineNo(body[first].no), utf8.RuneCountInString(body[first].text))
		return
	}
	if first < 0 || len(p.r.Article.Abstracts) > 0 {
		for _, l := range body {
			p.flowLine(l)
		}
		return
	}
	p.readByline(body[:first])
	text := p.span(body[first : last+1])
	before := p.signs
	p.addAbstract(script.Language(text), text, lineNo(body[first].no))
	if len(below) == 0 {
		p.signs, p.prose = before, true
	}
	for _, l := range body[last+1:] {
		p.flowLine(l)
	}
}

// citationTail takes the language note and notes the citation for the head.
func (p *page) citationTail(citation string) {
	if citation == "" || p.r.Article.Citation != "" {
		return
	}
	p.r.Article.Citation = citation
	if lang, printed := refparse.LanguageNote(citation[max(0, len(citation)-60):]); lang != "" {
		p.noted, p.notedAt = lang, printed
	}
}

// nameText makes a text of the language that a name of a journal shows.
func nameText(s string) journal.Text { return textOf(clean(s)) }
