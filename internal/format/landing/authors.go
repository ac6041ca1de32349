package landing

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// addContributor adds an author and returns its index.
func (p *page) addContributor(n journal.Name) int {
	at := len(p.r.Article.Contributors)
	if at > 0 && p.full(at, maxItems, "authors") {
		return 0
	}
	p.names.add(n, at)
	p.r.Article.Contributors = append(p.r.Article.Contributors, journal.Contributor{Role: "author", Names: []journal.Name{n}})
	p.took(n.Literal)
	return at
}

// addName adds another form of a contributor's name.
func (p *page) addName(c int, n journal.Name) {
	who := &p.r.Article.Contributors[c]
	for _, have := range who.Names {
		if have.Literal == n.Literal {
			return
		}
	}
	if p.full(len(who.Names), maxTexts, "names for one author") {
		return
	}
	who.Names = append(who.Names, n)
	p.names.add(n, c)
	p.took(n.Literal)
}

// readAuthors reads a section about the authors: for each a name, then lines of
// institution, country, e-mail, ORCID and prose.
func (p *page) readAuthors(s *section) {
	current := -1
	if s.resumed {
		current = p.author
	}
	var block []line // lines after the country, or long prose
	flush := func() {
		if current >= 0 && len(block) > 0 {
			text := plainMarkup(p.span(block))
			p.r.Article.Contributors[current].Bio = p.addText(p.r.Article.Contributors[current].Bio, textOf(text))
			p.took(text)
		}
		block = nil
	}
	affiliated := false
	lines := s.lines
	for i, l := range lines {
		if furniture(l.text) {
			p.furnish++
			continue
		}
		if name, people, rest, ok := p.authorLine(l, i == 0 || l.gap || current < 0 || affiliated, current < 0 || s.resumed); ok {
			if len(people) > 1 {
				flush()
				current, affiliated = p.addPeople(people), false
				continue
			}
			found := p.findContributor(name)
			if found < 0 {
				found = p.addContributor(name)
			} else {
				p.addName(found, name)
			}
			if found != current { // else the full name of the same person begins a biography
				flush()
				current, affiliated = found, false
			}
			if rest != "" {
				p.personLine(current, rest, &affiliated, &block, l)
			}
			continue
		}
		if current < 0 {
			p.loss(lineNo(l.no), l.text, "no author's name was recognised before this line of the section about the authors")
			continue
		}
		p.personLine(current, l.text, &affiliated, &block, l)
	}
	flush()
	p.author = current
}

// authorLine recognises a line that begins a new author.
func (p *page) authorLine(l line, mayBegin, first bool) (name journal.Name, people []person, rest string, ok bool) {
	text := l.text
	if l.marked != "" {
		text = l.marked
	}
	if people, sure := splitNames(text); sure == strong || sure == weak && len(people) == 1 && (first && mayBegin || p.knows(people[0].name) || p.isCitedName(people[0].name)) {
		if countryOf(l.text) != "" {
			return name, nil, "", false
		}
		return people[0].name, people, "", true
	}
	if before, after, found := strings.Cut(l.text, ", "); found {
		if name, sure := parseName(before); sure != noName && p.knows(name) {
			return name, nil, after, true
		}
	}
	if !mayBegin {
		return name, nil, "", false
	}
	name, rest, ok = leadingName(l.text)
	return name, nil, rest, ok
}

// knows: an author of that name is known.
func (p *page) knows(n journal.Name) bool {
	return len(p.r.Article.Contributors) > 0 && p.findContributor(n) >= 0
}

// isCitedName: a word of the name stands in the recommended citation before
// the title, where the authors' family names are.
func (p *page) isCitedName(n journal.Name) bool {
	cited := p.r.Article.Citation
	if len(p.r.Article.Titles) > 0 {
		if i := strings.Index(cited, p.r.Article.Titles[0].Plain); i > 0 {
			cited = cited[:i]
		}
	}
	cited = lightFold(cited[:runeStart(cited, min(len(cited), 400))])
	for _, w := range strings.Fields(n.Literal) {
		if utf8.RuneCountInString(w) > 2 && startsUpper(w) && strings.Contains(cited, lightFold(w)) {
			return true
		}
	}
	return false
}

// addPeople adds authors that share a line, and returns the last.
func (p *page) addPeople(people []person) int {
	last := -1
	for _, x := range people {
		if last = p.findContributor(x.name); last < 0 {
			last = p.addContributor(x.name)
		}
	}
	return last
}

// personLine takes a line about the current author.
func (p *page) personLine(c int, text string, affiliated *bool, bio *[]line, l line) {
	who := &p.r.Article.Contributors[c]
	switch {
	case p.personCode(c, text):
	case countryOf(text) != "":
		who.Country, who.CountryCode = strings.Trim(clean(text), " .,;"), countryOf(text)
		*affiliated = true
	case !*affiliated && len(*bio) == 0 && utf8.RuneCountInString(text) <= 400 && !(l.gap && len(who.Affiliations) > 0 && strings.HasSuffix(text, ".")):
		p.affiliate(c, text, "", "")
	default:
		l.text = strings.TrimSpace(text)
		if l.end > 0 {
			l.start = l.end - len(l.text)
		}
		*bio = append(*bio, l)
	}
}

// personCode takes an ORCID, an e-mail address or a code of another registry.
func (p *page) personCode(c int, text string) bool {
	who := &p.r.Article.Contributors[c]
	lower := strings.ToLower(text)
	if len(text) > 200 {
		return false
	}
	switch {
	case strings.Contains(lower, "orcid"):
		for _, w := range strings.Fields(text) {
			if id, ok := pid.ORCID(strings.Trim(w, "(),;[]")); ok {
				who.ORCID = id
				return true
			}
		}
		if hasDigit(text) {
			p.loss("authors", text, "this is no ORCID: its form or its check digit is wrong")
		}
		return true
	case strings.Contains(text, "@") || strings.HasPrefix(lower, "e-mail"):
		if mail := emailIn(text); mail != "" {
			who.Email = mail
			return true
		}
	case strings.HasPrefix(lower, "scopus author id"), strings.HasPrefix(lower, "researcherid"), strings.HasPrefix(lower, "researcher id"),
		strings.HasPrefix(lower, "spin-код"), strings.HasPrefix(lower, "spin:"), strings.HasPrefix(lower, "spin-code"), strings.HasPrefix(lower, "wos "), strings.HasPrefix(lower, "author id"):
		p.loss("authors", text, "the record has no place for this identifier of a person")
		return true
	}
	return false
}

// emailIn finds an e-mail address.
func emailIn(s string) string {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == 0xa0 || r == ',' || r == ';' || r == '(' || r == ')' || r == '<' || r == '>' || r == ':' || r == '\t' || r == '\n'
	}) {
		w = strings.Trim(w, ".")
		user, host, found := strings.Cut(w, "@")
		if found && user != "" && strings.Contains(host, ".") && !strings.Contains(host, "@") && !strings.HasPrefix(host, ".") {
			return w
		}
	}
	return ""
}

// readAffiliation gives a labelled line of institutions to all authors.
func (p *page) readAffiliation(s *section) {
	if len(p.r.Article.Contributors) == 0 {
		p.loss(s.where(), s.printed+" "+joined(s.lines), "an affiliation without authors")
		return
	}
	p.takeAffiliations(s.lines, allOf(len(p.r.Article.Contributors)))
}

func allOf(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// pairNames joins contributors that are one person in two scripts: as many in
// one script as in the other, in turn or in two runs. Names are only joined
// when the counts match; else every name stays a contributor of its own.
func (p *page) pairNames() {
	people := p.r.Article.Contributors
	n := len(people)
	if n < 2 || n%2 != 0 {
		p.reportUnpaired()
		return
	}
	first := make([]bool, n) // is of the first name's script class
	east := scriptClass(people[0])
	count := 0
	for i, c := range people {
		if len(c.Names) != 1 {
			return
		}
		if first[i] = scriptClass(c) == east; first[i] {
			count++
		}
	}
	if count*2 != n {
		p.reportUnpaired()
		return
	}
	var a, b []journal.Contributor
	for i, c := range people {
		if first[i] {
			a = append(a, c)
		} else {
			b = append(b, c)
		}
	}
	for i := range a {
		a[i] = mergeForms(a[i], b[i])
	}
	p.r.Article.Contributors = a
	p.indexNames()
}

// mergeForms joins what is known under two forms of a name.
func mergeForms(a, b journal.Contributor) journal.Contributor {
	a.Names = append(a.Names, b.Names...)
	a.Affiliations = append(a.Affiliations, b.Affiliations...)
	if a.ORCID == "" {
		a.ORCID = b.ORCID
	}
	if a.Email == "" {
		a.Email = b.Email
	}
	if a.Country == "" {
		a.Country, a.CountryCode = b.Country, b.CountryCode
	}
	if a.AffiliationPrinted == "" {
		a.AffiliationPrinted = b.AffiliationPrinted
	}
	a.Bio = append(a.Bio, b.Bio...)
	return a
}

func (p *page) reportUnpaired() {
	classes := map[string]int{}
	for _, c := range p.r.Article.Contributors {
		if len(c.Names) == 1 {
			classes[scriptClass(c)]++
		}
	}
	if len(classes) > 1 && len(p.r.Article.Contributors) > 1 {
		p.loss("authors", p.r.Article.Contributors[0].Names[0].Literal, "the authors stand in two scripts in different numbers; each name was kept as an author of its own")
	}
}

// scriptClass is the script of a name, with Han and kana as one.
func scriptClass(c journal.Contributor) string {
	switch of := script.Of(c.Names[0].Literal); of {
	case "Hani", "Jpan":
		return "Jpan"
	default:
		return of
	}
}

// settleNames gives names the language of the page that has their script.
func (p *page) settleNames() {
	langs := map[string]string{} // script → language
	note := func(lang, text string) {
		if lang == "" {
			return
		}
		if of := script.Of(text); langs[of] == "" {
			langs[of] = lang
		}
	}
	for _, t := range p.r.Article.Titles {
		note(t.Lang, t.Plain)
	}
	for _, a := range p.r.Article.Abstracts {
		note(a.Lang, a.Plain)
	}
	if langs["Hani"] == "" {
		langs["Hani"] = langs["Jpan"]
	}
	for i := range p.r.Article.Contributors {
		names := p.r.Article.Contributors[i].Names
		for j := range names {
			if names[j].Lang == "" {
				names[j].Lang = langs[script.Of(names[j].Literal)]
			}
		}
	}
}
