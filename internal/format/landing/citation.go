package landing

import (
	"strings"
	"unicode"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
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
	if lang, printed := languageNote(text[max(0, len(text)-60):]); lang != "" {
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
	// maxNote bounds a note on the language with its brackets, in bytes.
	maxNote = 62
	// maxCitation bounds a recommended citation, in bytes.
	maxCitation = 8000
)

// languageNote finds a note on the language of a work at the end of s: "(In
// Russ.)", "[in Japanese]", "(In Russ., abstr. in Engl.)", "(на англ. яз.)".
// It returns the tag, and the note as printed with its brackets.
func languageNote(s string) (lang, printed string) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] != '(' && s[i] != '[' {
			continue
		}
		closing := byte(')')
		if s[i] == '[' {
			closing = ']'
		}
		end := strings.IndexByte(s[i:min(len(s), i+maxNote)], closing)
		if end < 0 {
			continue
		}
		inside := strings.TrimSpace(s[i+1 : i+end])
		if lang := notedLanguage(inside); lang != "" {
			return lang, s[i : i+end+1]
		}
	}
	return "", ""
}

// notedLanguage reads the inside of a language note.
func notedLanguage(inside string) string {
	if len(inside) < 5 {
		return ""
	}
	lower := strings.ToLower(inside)
	for _, before := range []string{"in ", "на ", "em ", "en ", "text in ", "article in "} {
		rest, found := strings.CutPrefix(lower, before)
		if !found {
			continue
		}
		word := rest
		if i := strings.IndexAny(rest, " ,.;)"); i >= 0 {
			word = rest[:i]
		}
		if before == "na " || before == "на " {
			word = russianCase(word)
		}
		if len(word) < 3 {
			return ""
		}
		return languageNames[script.Fold(word)]
	}
	return ""
}

// russianCase turns "русском" into the dictionary form.
func russianCase(word string) string {
	if stem, ok := strings.CutSuffix(word, "ском"); ok {
		return stem + "ский"
	}
	if stem, ok := strings.CutSuffix(word, "ом"); ok {
		return stem + "ый"
	}
	return word
}

// readAddresses takes the addresses under which the page says that it can be
// reached.
func (p *page) readAddresses(s *section) {
	for _, l := range s.lines {
		for w := range strings.FieldsSeq(l.text) {
			if doi, ok := pid.DOI(w); ok {
				p.setDOI(doi, lineNo(l.no))
			} else if absolute(w) && !strings.Contains(w[8:], "http") {
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
