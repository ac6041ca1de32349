package landing

import (
	"strings"
	"unicode"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/refparse"
)

// readCitation takes the recommended citation as printed, and what its form
// tells for certain: the place in the journal after the last title, a DOI, the
// names before the title where the page has no others.
func (p *page) readCitation(s *section) {
	text := joined(s.lines)
	if text == "" {
		return
	}
	if len(text) > maxCitation {
		p.loss(s.where(), text, "this is too long for a recommended citation")
		return
	}
	if p.r.Article.Citation == "" {
		p.r.Article.Citation = text
		p.citationNote(text)
	} else if p.r.Article.Citation != text {
		p.loss(s.where(), text, "another recommended citation; the first was kept")
		return
	}
	p.signs++
	p.took(text)
	tail := text
	if len(tail) > 300 {
		tail = tail[len(tail)-300:]
		if i := strings.IndexByte(tail, ' '); i >= 0 {
			tail = tail[i+1:]
		}
	}
	if b, ok := placeIn(firstPlace(tail)); ok && b.year > 0 {
		p.takePlace(b, "the recommended citation")
	}
	if doi, ok := pid.FindDOI(text); ok {
		p.setDOI(doi, "the recommended citation")
	}
	p.citedNames(text)
}

// firstPlace leaves out what a citation says of a translation after a
// semicolon: "…, 26:1 (2014), 75–84; Discrete Math. Appl., 25:3 (2015), …".
func firstPlace(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == ';' && i+2 < len(s) && s[i+1] == ' ' && unicode.IsLetter(rune(s[i+2])) && i > 10 && hasDigit(s[i-5:i]) {
			if b, ok := placeIn(s[:i]); ok && b.year > 0 {
				return s[:i]
			}
		}
	}
	return s
}

func (p *page) citationNote(text string) {
	if lang, printed := refparse.LanguageNote(text[max(0, len(text)-60):]); lang != "" {
		p.noted, p.notedAt = lang, printed
	}
}

// citedNames takes the names before the title from the citation of a page that
// has no other names.
func (p *page) citedNames(text string) {
	if len(p.r.Article.Contributors) > 0 || len(p.r.Article.Titles) == 0 {
		return
	}
	title := p.r.Article.Titles[0].Plain
	i := strings.Index(text, title)
	if i <= 0 {
		return
	}
	if people, sure := splitNames(text[:i]); sure == strong {
		p.addPeople(people)
	}
}

const (
	// maxCitation bounds a recommended citation, in bytes.
	maxCitation = 8000
)

// readAddresses takes the addresses under which the page says that it can be
// reached.
func (p *page) readAddresses(s *section) {
	for _, l := range s.lines {
		for w := range strings.FieldsSeq(l.text) {
			if doi, ok := pid.DOI(w); ok {
				p.setDOI(doi, lineNo(l.no))
			} else if refparse.IsAddress(w) && !strings.Contains(w[8:], "http") {
				p.addOldAddress(w)
			} else {
				p.loss(lineNo(l.no), w, "this is no address")
			}
		}
	}
}

// readEnglishVersion takes a translation of the article that the page names.
func (p *page) readEnglishVersion(s *section) {
	text := joined(s.lines)
	if text == "" {
		return
	}
	rel := journal.Related{Relation: "translation", Title: strings.TrimSpace(text)}
	for _, l := range s.lines {
		if doi, ok := pid.DOI(l.href); ok {
			rel.DOI = doi
		} else if l.href != "" && strings.HasPrefix(l.href, "http") {
			rel.URL = l.href
		}
	}
	if doi, ok := pid.FindDOI(text); ok && rel.DOI == "" {
		rel.DOI = doi
	}
	p.signs++
	p.r.Article.Related = append(p.r.Article.Related, rel)
}

// readAMSBIB takes the DOI of a translation from a citation in the AMSBIB form,
// which pages of mathematical journals print: \key value lines, what stands
// after \transl belongs to the translation. The rest repeats the page.
func (p *page) readAMSBIB(s *section) {
	translation := false
	for _, l := range s.lines {
		key, value, _ := strings.Cut(strings.TrimPrefix(l.text, `\`), "{")
		switch {
		case !strings.HasPrefix(l.text, `\`):
			continue
		case strings.HasPrefix(key, "transl"):
			translation = true
		case key == "crossref":
			doi, ok := pid.DOI(strings.TrimSuffix(value, "}"))
			switch {
			case !ok:
				p.loss(lineNo(l.no), l.text, "this is no DOI")
			case translation && len(p.r.Article.Related) > 0 && p.r.Article.Related[len(p.r.Article.Related)-1].DOI == "":
				p.r.Article.Related[len(p.r.Article.Related)-1].DOI = doi
			case !translation:
				p.setDOI(doi, lineNo(l.no))
			}
		}
	}
	p.furnish += len(s.lines)
}
