package landing

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/pid"
	"offprint/internal/script"
)

// readFlow reads lines that stand under no label.
func (p *page) readFlow(s *section) {
	for _, l := range s.lines {
		p.flowLine(l)
	}
}

// flowLine takes one line without a label by its own form: furniture, a
// licence, an ISSN, a place in the journal, a repeated text. What remains is a
// loss.
func (p *page) flowLine(l line) {
	text := l.text
	switch {
	case text == "":
	case furniture(text):
		p.furnish++
	case isPages(text) && !p.isPrinted(text):
		p.bare++
		p.loss(lineNo(l.no), text, "not understood: no label says what these pages are of")
	case p.isPrinted(text), p.formLine(l), p.knownNames(l):
	case l.outside || l.link:
		p.aside(l)
	default:
		if len(p.r.Article.Titles) == 0 && utf8.RuneCountInString(text) > maxTitle {
			p.titleTooLong(lineNo(l.no), utf8.RuneCountInString(text))
		}
		p.loss(lineNo(l.no), text, "not understood: no label says what it is")
	}
}

// isPages: the line is nothing but a range of pages, as tables of contents have
// one for each article.
func isPages(text string) bool {
	if len(text) > 24 || text == "" || text[0] < '0' || text[0] > '9' {
		return false
	}
	pages, ok := parsePages(text)
	_, first := number(pages.First)
	_, last := number(pages.Last)
	return ok && first && last
}

// formLine takes a line whose own form says what it is.
func (p *page) formLine(l line) bool {
	return p.licenceLine(l) || p.issnLine(l) || p.placeLine(l) || p.copyrightLine(l) || p.historyLine(l.text) || p.identifierLine(l)
}

// isPrinted: the line repeats something that was taken.
func (p *page) isPrinted(text string) bool {
	return p.printed != nil && len(text) < 20000 && p.printed[plainKey(text)]
}

// knownNames: the line lists names that are taken already.
func (p *page) knownNames(l line) bool {
	if p.printed == nil || len(p.r.Article.Contributors) == 0 || len(l.text) > 2000 {
		return false
	}
	people, sure := splitNames(l.best())
	if sure == noName {
		return false
	}
	for _, x := range people {
		if !p.knows(x.name) {
			return false
		}
	}
	return true
}

// aside notes a line of the site's frame. All of them make one loss.
func (p *page) aside(l line) {
	p.asides++
	if p.asideAt == 0 {
		p.asideAt, p.asideText = l.no, l.text
	} else if len(p.asideText) < 2*maxLoss {
		p.asideText += " | " + l.text
	}
}

func (p *page) placeLine(l line) bool {
	if len(l.text) > 160 {
		return false
	}
	b, ok := placeIn(l.text)
	if !ok || b.year == 0 || l.outside || l.link {
		return false
	}
	prefix := strings.Trim(l.text[:b.at], " .,;:(")
	if prefix != "" && !p.isJournal(prefix) && plainKey(prefix) != plainKey(p.r.Journal.Abbrev) {
		return false
	}
	p.takePlace(b, lineNo(l.no))
	return true
}

func (p *page) copyrightLine(l line) bool {
	if len(l.text) > 300 || !strings.ContainsRune(l.text, '©') && !strings.HasPrefix(l.text, "Copyright (c)") && !strings.HasPrefix(l.text, "Copyright (C)") {
		return false
	}
	if script.Of(strings.NewReplacer("Copyright (c)", "", "Copyright (C)", "").Replace(l.text)) == "" {
		p.furnish++ // the sign alone; the name was a picture or a link
		return true
	}
	if p.r.Article.Copyright == clean(l.text) {
		return true
	}
	if p.r.Article.Copyright == "" && !l.outside {
		p.r.Article.Copyright = clean(l.text)
	} else {
		p.aside(l)
	}
	return true
}

// identifierLine takes a line that is a DOI or an address at doi.org.
func (p *page) identifierLine(l line) bool {
	if len(l.text) > 300 || !strings.Contains(l.text, "10.") || strings.Contains(l.text, " ") {
		return false
	}
	doi, ok := pid.DOI(l.text)
	if !ok || p.r.Article.DOI != "" && !pid.SameDOI(doi, p.r.Article.DOI) {
		return false
	}
	p.setDOI(doi, lineNo(l.no))
	return true
}

// setDOI takes the DOI of the article; another one is a contradiction.
func (p *page) setDOI(printed, where string) {
	printed = strings.TrimSpace(printed)
	if printed == "" {
		return
	}
	doi, ok := pid.DOI(printed)
	if !ok {
		if doi, ok = pid.FindDOI(printed); !ok {
			p.loss(where, printed, "this is no DOI: it should look like 10.1234/abc; correct it in the source")
			return
		}
	}
	p.signs++
	if have := p.r.Article.DOI; have != "" {
		if !pid.SameDOI(have, doi) {
			p.differ("doi", doi, have, where)
		}
		return
	}
	p.r.Article.DOI = doi
	p.took(printed, doi, "https://doi.org/"+doi, "DOI: "+doi, "DOI: https://doi.org/"+doi)
}
