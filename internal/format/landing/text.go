package landing

import (
	"strings"

	"offprint/internal/refparse"
)

// section is a label with the lines that belong to it.
type section struct {
	label
	printed string // the label as printed
	no      int    // line of the label
	rank    int    // of the heading that the label is (HTML), else 0
	resumed bool   // goes on with the section about the authors
	lines   []line
}

// where is the place of a section for a loss.
func (s *section) where() string { return lineNo(s.no) }

// readText reads a page that is plain text.
func (p *page) readText(text string) {
	p.src = text
	p.readLines(splitLines(text, 1))
}

// readLines reads the visible lines of a page.
func (p *page) readLines(lines []line) {
	if p.full(len(lines), maxLines, "lines") {
		return
	}
	sections := p.sections(lines)
	var citation string
	for i := range sections {
		if s := &sections[i]; s.field == fCitation && citation == "" {
			if citation = joined(s.lines); len(citation) > maxCitation {
				citation = ""
			}
		}
	}
	p.readHead(sections, citation)
	for i := range sections {
		if p.refused != nil {
			return
		}
		p.readSection(&sections[i])
		if i+1 < len(sections) && sections[i].field == fISSN && sections[i+1].field == flow {
			p.publishers(&sections[i+1])
		}
	}
}

// publishers takes organisations that stand directly below the ISSN.
func (p *page) publishers(s *section) {
	n := publisherLines(s.lines)
	for _, l := range s.lines[:n] {
		p.r.Journal.Publisher = p.addText(p.r.Journal.Publisher, nameText(l.text))
	}
	s.lines = s.lines[n:]
}

// publisherLines counts the lines at the start that name organisations.
func publisherLines(lines []line) int {
	n := 0
	for n < len(lines) && !lines[n].gap && isOrganisation(lines[n].text) {
		n++
	}
	return n
}

// sections divides lines by their labels. Lines under no label go to sections
// of the field flow.
func (p *page) sections(lines []line) []section {
	var out []section
	var frame []line
	current := section{label: label{field: flow}}
	authors := false                    // the current section interrupts one about the authors
	room := make([]line, 0, len(lines)) // of the lines of all sections, one after the other
	add := func(l line) {
		room = append(room, l)
		current.lines = room[len(room)-len(current.lines)-1 : len(room) : len(room)]
	}
	done := func() {
		if current.field != flow || len(current.lines) > 0 {
			out = append(out, current)
		}
		current = section{label: label{field: flow}}
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.outside {
			frame = append(frame, l)
			continue
		}
		found, printed, rest, ok := p.labelLine(l)
		if !ok && i+1 < len(lines) {
			found, ok = dateLabel(l, lines[i+1])
			printed = l.text
		}
		if ok && accepts(&current, l, found, rest) {
			authors = current.field == fAuthors && (found.field == fUnplaced || found.field == fFunding)
			done()
			if found.field == fViews && rest == "" {
				i += p.takeCounts(lines[i:]) - 1
				continue
			}
			current = section{label: found, printed: printed, no: l.no, rank: l.heading}
			if rest != "" {
				add(l.after(rest))
			}
			if found.field.extent() == mark || found.field.extent() == oneLine && rest != "" {
				done()
			}
			continue
		}
		if current.field == fReferences && l.heading > 0 && l.heading <= current.rank {
			done()
			current = section{label: label{field: fUnplaced}, printed: l.text, no: l.no}
			continue
		}
		if current.field != fReferences && startsNumberedList(lines[i:]) {
			done()
			current = section{label: label{field: fReferences}, no: l.no}
		}
		switch current.field.extent() {
		case oneLine:
			if current.field != flow && strings.HasSuffix(l.text, ":") {
				done() // another label; the first has no value
			} else if current.field != flow {
				add(l)
				done()
				continue
			}
		case paragraph:
			if len(current.lines) > 0 && l.gap {
				done()
				if authors {
					current = section{label: label{field: fAuthors}, no: l.no, resumed: true}
				}
			}
		}
		add(l)
	}
	done()
	if rest := p.frameLines(frame); len(rest) > 0 {
		out = append(out, section{label: label{field: flow}, lines: rest})
	}
	return out
}

// dateLabel recognises a label of a date that stands alone on its line, with
// the date on the next.
func dateLabel(l, next line) (label, bool) {
	if len(l.text) > maxLabel || !hasDigit(next.text) {
		return label{}, false
	}
	found, ok := lookup(labels.before, l.text)
	switch found.field {
	case fReceived, fRevised, fAccepted, fPublished:
		_, isDate := refparse.ParseDate(next.text)
		return found, ok && isDate
	}
	return label{}, false
}

// labelLine recognises a label in a line. A heading may be any label, with or
// without a colon; the title of the article is none.
func (p *page) labelLine(l line) (found label, printed, rest string, ok bool) {
	if l.heading > 0 && p.isPrinted(l.text) {
		return label{}, "", "", false
	}
	found, printed, rest, ok = labelOf(l.text)
	if !ok && l.heading > 0 {
		found, ok = lookup(labels.before, strings.TrimRight(l.text, " .:"))
		return found, l.text, "", ok
	}
	return found, printed, rest, ok
}

// after is the part of a line that follows its label.
func (l line) after(rest string) line {
	if l.end > 0 {
		l.start = l.end - len(rest)
	}
	l.text = rest
	l.gap = true
	return l
}

// accepts reports whether a label may end the current section at this line.
// Inside a list of references, and inside the text of the article, words before
// a colon belong to the sentences.
func accepts(current *section, l line, found label, rest string) bool {
	switch current.field {
	case fReferences:
		switch found.field {
		case fIgnored:
			return rest == ""
		case fUnplaced, fLicence, fFunding:
			return rest == "" && (l.gap || l.heading > 0)
		case fTitle, fJournal, fYear, fVolume, fIssue, fPages, fLanguage, fSection, fType, fPublisher, fBody, fAffiliation, fBBK, fMSC, fThisPage:
			return false
		case fDOI, fISSN, fUDC, fEDN:
			return l.gap
		case fAbstract, fKeywords:
			return l.gap || rest == ""
		}
		return true
	case fBody:
		switch found.field {
		case fReferences, fCitation, fKeywords, fAbstract, fViews, fAuthors:
			return rest == "" || found.field == fCitation || found.field == fViews || found.field == fKeywords
		}
		return false
	case fAbstract:
		if found.field == fAbstract && len(current.lines) == 0 && !l.gap {
			return false // the heading again, at the start of its text
		}
		switch found.field {
		case fUnplaced:
			return !found.colon && rest == "" // "Methods:" is part of a structured abstract
		case fTitle, fJournal, fYear, fIssue, fPages, fSection, fType, fLanguage, fPublisher, fBody:
			return rest == "" && l.gap
		}
	}
	return true
}

// readSection takes what one section says. The head was read before.
func (p *page) readSection(s *section) {
	switch s.field {
	case flow:
		p.readFlow(s)
	case fAbstract:
		p.readAbstract(s)
	case fKeywords:
		p.readKeywords(s)
	case fAuthors:
		p.readAuthors(s)
	case fReferences:
		p.readReferences(s)
	case fCitation:
		p.readCitation(s)
	case fLicence:
		p.readLicence(s)
	case fTitle:
		p.addTitle("", joined(s.lines), s.where())
	case fJournal:
		p.addJournalTitle("", joined(s.lines))
	case fAddresses:
		p.readAddresses(s)
	case fFullText, fIgnored, fForm:
		p.furnish += len(s.lines) + 1
	case fBody, fUnplaced, fFunding:
		p.readUnplaced(s)
	case fEnglishVersion:
		p.readEnglishVersion(s)
	case fAMSBIB:
		p.readAMSBIB(s)
	case fAffiliation:
		p.readAffiliation(s)
	case fCopyright:
		p.r.Article.Copyright = joined(s.lines)
	case fPublisher:
		if v := joined(s.lines); v != "" {
			p.r.Journal.Publisher = p.addText(p.r.Journal.Publisher, textOf(v))
		}
	default:
		p.readCode(s)
	}
}

func (p *page) readAbstract(s *section) {
	if len(s.lines) == 0 {
		return
	}
	if s.lang != "" {
		p.labelLangs = append(p.labelLangs, s.lang)
	}
	text := p.span(s.lines)
	p.addAbstract(p.langOf(plainMarkup(text), s.lang), text, s.where())
}

func (p *page) readKeywords(s *section) {
	text := joined(s.lines)
	if text == "" {
		return
	}
	if s.lang != "" {
		p.labelLangs = append(p.labelLangs, s.lang)
	}
	p.addKeywords(p.langOf(text, s.lang), splitWords(text))
}

// readUnplaced reports a part of the article that the record cannot hold.
func (p *page) readUnplaced(s *section) {
	text := joined(s.lines)
	switch {
	case s.field == fFunding && text != "":
		p.r.Article.FundingStatement = p.addText(p.r.Article.FundingStatement, textOf(text))
	case s.field == fBody:
		p.loss(s.where(), s.printed+": "+text, "the full text on a page is not read; import the article's JATS for it")
	default:
		p.loss(s.where(), strings.TrimSuffix(s.printed, ":")+": "+text, "the record has no place for this part of a page")
	}
}
