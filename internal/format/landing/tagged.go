package landing

import (
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// tags are the elements of tagged text, as corpora of articles have them.
var tags = map[string]field{
	"title": fTitle, "article_title": fTitle, "author": fAuthors, "authors": fAuthors,
	"abstract": fAbstract, "annotation": fAbstract, "summary": fAbstract,
	"key_words": fKeywords, "keywords": fKeywords, "key-words": fKeywords,
	"bibliography": fReferences, "references": fReferences, "literature": fReferences,
	"udk": fUDC, "udc": fUDC, "doi": fDOI, "journal": fJournal, "year": fYear, "volume": fVolume, "issue": fIssue, "pages": fPages,
	"text": fBody, "body": fBody, "fulltext": fBody, "citation": fCitation, "affiliation": fAffiliation,
	"funding": fFunding, "received": fReceived, "accepted": fAccepted, "issn": fISSN, "language": fLanguage, "section": fSection,
}

// taggedLike reports whether lower-cased text is tagged text: at least two of
// the elements that such text has, each at the start of a line.
func taggedLike(lower string) bool {
	seen := 0
	for line := range strings.Lines(lower) {
		if name, end, _, ok := cutTag(strings.TrimSpace(line)); ok && !end && tags[name] != none {
			if seen++; seen == 2 {
				return true
			}
		}
	}
	return seen == 1 && strings.Contains(lower, "</")
}

// readTagged reads text whose parts stand in elements. Elements that occur
// twice are the same in another language; authors that come again later bring
// their full names and what is said of them.
func (p *page) readTagged(text string) {
	p.src = text
	var sections []section
	ends := tagEnds{text: text, next: -1}
	no, at := 1, 0
	for at < len(text) {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			p.outsideTags(text[at:], no)
			break
		}
		p.outsideTags(text[at:at+i], no)
		no += strings.Count(text[at:at+i], "\n")
		at += i
		name, end, rest, ok := cutTag(text[at:])
		if !ok || end || tags[name] == none {
			next := at + 1
			if ok {
				next = len(text) - len(rest)
				if !end {
					p.loss(lineNo(no), "<"+name+">", "an element that is not known")
				}
			}
			at = next
			continue
		}
		start := len(text) - len(rest)
		stop, after := ends.of(name, start)
		if p.full(len(sections), maxLines, "elements") {
			return
		}
		sections = append(sections, p.taggedSection(name, text[start:stop], start, no))
		no += strings.Count(text[at:after], "\n")
		at = after
	}
	p.readSections(sections)
}

// outsideTags reports text between the elements.
func (p *page) outsideTags(text string, no int) {
	if s := strings.TrimSpace(text); s != "" {
		p.loss(lineNo(no), s, "text outside of the elements")
	}
}

// tagEnds finds where elements end, going forward through one text.
type tagEnds struct {
	text string
	next int // where the next known element begins a line, if that is not behind
}

// of is where the element of that name ends whose content begins at start: at
// its end tag, or before the next element at the start of a line where the end
// tag is missing. after is where reading goes on.
func (t *tagEnds) of(name string, start int) (stop, after int) {
	if t.next < start {
		t.next = nextElement(t.text, start)
	}
	body := t.text[start:t.next]
	closing := "</" + name + ">"
	for at := 0; ; at += 2 {
		i := strings.Index(body[at:], "</")
		if i < 0 {
			return t.next, t.next
		}
		at += i
		if len(body)-at >= len(closing) && strings.EqualFold(body[at:at+len(closing)], closing) {
			return start + at, start + at + len(closing)
		}
	}
}

// nextElement finds a known element at the start of a line, from an offset on;
// the end of the text if there is none.
func nextElement(text string, from int) int {
	for at := from; ; {
		i := strings.Index(text[at:], "\n<")
		if i < 0 {
			return len(text)
		}
		at += i + 1
		if name, end, _, ok := cutTag(text[at:]); ok && !end && tags[name] != none {
			return at
		}
	}
}

// taggedSection makes a section of an element. A heading inside it, with or
// without an element of its own, is its label.
func (p *page) taggedSection(name, text string, start, no int) section {
	s := section{label: label{field: tags[name]}, printed: "<" + name + ">", no: no}
	lines := splitLines(text, no)
	for i := range lines {
		lines[i].start += start
		lines[i].end += start
	}
	if len(lines) == 0 || s.field == fTitle {
		s.lines = lines
		return s
	}
	first := lines[0].text
	if inner, rest, found := cutHeading(first); found {
		if l, ok := lookup(labels.alone, strings.TrimRight(inner, " .:")); ok && l.field == s.field {
			s.lang = l.lang
			lines[0] = lines[0].after(rest)
		}
	}
	if lines[0].text == "" {
		s.lines = lines[1:]
		return s
	}
	if l, printed, rest, ok := labelOf(lines[0].text); ok && l.field == s.field && s.field != fAbstract {
		s.lang, s.printed, s.romanised = l.lang, printed, l.romanised
		lines[0] = lines[0].after(rest)
	}
	if lines[0].text == "" {
		lines = lines[1:]
	}
	s.lines = lines
	return s
}

// cutHeading takes an element off the start of a line: "<subtitles>РЕФЕРАТ
// </subtitles>Впервые …".
func cutHeading(s string) (inner, rest string, ok bool) {
	name, end, after, isTag := cutTag(s)
	if !isTag || end {
		return "", s, false
	}
	inner, rest, ok = strings.Cut(after, "</"+name+">")
	return inner, strings.TrimSpace(rest), ok
}

// readSections reads sections that need no head.
func (p *page) readSections(sections []section) {
	var people []section
	for i := range sections {
		s := &sections[i]
		switch {
		case s.field == fAuthors:
			people = append(people, *s)
		case s.field == fTitle:
			title := joined(s.lines)
			p.addTitle(script.Language(title), title, s.where())
		default:
			if s.field == fReferences && s.printed == "<references>" {
				s.romanised = len(p.lists) > 0
			}
			p.readSection(s)
		}
	}
	p.readPeople(people)
}

// taggedPerson is a person as one element names it.
type taggedPerson struct {
	name journal.Name
	rest []string // what is said of the person, by lines
	no   int
}

// about is what is said of the person, on one line.
func (x taggedPerson) about() string { return strings.TrimSpace(strings.Join(x.rest, " ")) }

// readPeople reads the author elements together: a name in another script, or
// in a longer form, is another name of an author that is known.
func (p *page) readPeople(sections []section) {
	var others []taggedPerson
	first := ""
	for _, s := range sections {
		for _, x := range p.peopleOf(&s) {
			of := script.Of(x.name.Literal)
			if first == "" {
				first = of
			}
			switch c := p.findContributor(x.name); {
			case c >= 0:
				again := slices.ContainsFunc(p.r.Article.Contributors[c].Names, func(n journal.Name) bool { return script.Of(n.Literal) == of })
				p.addName(c, x.name)
				p.about(c, x.about(), again)
			case of != first:
				others = append(others, x)
			default:
				c = p.addContributor(x.name)
				p.about(c, x.about(), false)
			}
		}
	}
	var alone []int // authors without a name in the other script
	for i, c := range p.r.Article.Contributors {
		has := false
		for _, n := range c.Names {
			has = has || script.Of(n.Literal) != first
		}
		if !has {
			alone = append(alone, i)
		}
	}
	for i, x := range others {
		if len(alone) != len(others) {
			p.loss(lineNo(x.no), x.name.Literal+" "+x.about(), "a name in another script; the authors in the two scripts differ in number, so it was given to none")
			continue
		}
		p.addName(alone[i], x.name)
		p.about(alone[i], x.about(), false)
	}
}

// about takes what an element says of an author behind the name: institution
// and place in a line, or a biography.
func (p *page) about(c int, rest string, bio bool) {
	if rest == "" || p.personCode(c, rest) && len(rest) < 60 {
		return
	}
	who := &p.r.Article.Contributors[c]
	if mail := emailIn(rest); mail != "" && who.Email == "" {
		who.Email = mail
	}
	if bio || len(rest) > 2*maxLoss || strings.Count(rest, " ") > 24 {
		who.Bio = p.addText(who.Bio, textOf(rest))
		return
	}
	p.printAffiliation(c, rest)
}

// peopleOf reads one element: a list of names, or a name a line with what is
// said of the person.
func (p *page) peopleOf(s *section) []taggedPerson {
	var out []taggedPerson
	text := joined(s.lines)
	if people, sure := splitNames(text); sure >= weak {
		for _, x := range people {
			out = append(out, taggedPerson{x.name, nil, s.no})
		}
		return out
	}
	for _, l := range s.lines {
		name, rest, ok := leadingName(l.text)
		people, sure := splitNames(l.text)
		switch {
		case sure == strong:
			for _, x := range people {
				out = append(out, taggedPerson{x.name, nil, l.no})
			}
		case ok:
			out = append(out, taggedPerson{name, []string{rest}, l.no})
		case len(out) > 0:
			out[len(out)-1].rest = append(out[len(out)-1].rest, clean(l.text))
		default:
			p.loss(lineNo(l.no), l.text, "no author's name was recognised here")
		}
	}
	return out
}
