package landing

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// readByline reads the lines between title and abstract: names, one or several
// a line, and the institutions that belong to them. What is neither goes to
// the losses. It returns the lines of an abstract that has no label.
func (p *page) readByline(lines []line) {
	for _, group := range groups(lines) {
		p.bylineGroup(group)
	}
}

// bylineGroup reads lines that stand together. Words that only look like a name
// are taken for one if all lines of the group that are not set in agree.
func (p *page) bylineGroup(group []line) {
	if indented := slices.IndexFunc(group, func(l line) bool { return !l.indent }) < 0; indented {
		group = slices.Clone(group)
		for i := range group {
			group[i].indent = false // all of them are: that tells nothing
		}
	}
	allNames, some := true, false
	names := make([]nameList, len(group))
	for i, l := range group {
		names[i].people, names[i].sure = splitNames(l.best())
		switch {
		case l.indent && some:
		case names[i].sure == noName:
			allNames = false
		default:
			some = true
		}
	}
	for i, l := range group {
		switch {
		case furniture(l.text):
			p.furnish++
			continue
		case l.indent && i > 0 && len(p.byline) > 0:
			p.takeAffiliations(group[i:i+1], p.byline)
			continue
		}
		people, sure := names[i].people, names[i].sure
		if countryOf(l.text) != "" && len(p.byline) > 0 {
			p.takeCountry(l)
			continue
		}
		if sure == strong || sure == weak && (allNames && len(p.r.Article.Contributors) == p.countByline() || p.knows(people[0].name) || p.isCitedName(people[0].name) && !isOrganisation(l.text)) {
			p.takePeople(people)
			continue
		}
		if name, rest, ok := leadingName(l.text); ok && !isSentence(l.text) {
			c := p.addContributor(name)
			p.byline = []int{c}
			if rest != "" && !p.personCode(c, rest) {
				p.affiliate(c, rest, "", "")
			}
			continue
		}
		if p.formLine(l) {
			continue
		}
		if len(p.byline) > 0 && utf8.RuneCountInString(l.text) <= 300 && !isSentence(l.text) {
			if len(p.byline) == 1 && p.personCode(p.byline[0], l.text) {
				continue
			}
			p.takeAffiliations(group[i:i+1], p.byline)
			continue
		}
		p.flowLine(l)
	}
}

// countByline is how many contributors the byline has made so far; before any
// other section is read these are all.
func (p *page) countByline() int { return len(p.r.Article.Contributors) }

// best is the line with its inline elements, where it has any.
func (l line) best() string {
	if l.marked != "" {
		return l.marked
	}
	return l.text
}

// isSentence: a full stop followed by a space and a capital letter, or a final full stop after
// several words.
func isSentence(s string) bool {
	return strings.HasSuffix(s, ".") && strings.Count(s, " ") > 7
}

func (p *page) takePeople(people []person) {
	p.byline = p.byline[:0]
	for _, x := range people {
		c := p.addContributor(x.name)
		p.byline = append(p.byline, c)
		for _, m := range x.markers {
			if p.markers == nil {
				p.markers = map[string][]int{}
			}
			p.markers[m] = append(p.markers[m], c)
		}
	}
}

func (p *page) takeCountry(l line) {
	for _, c := range p.byline {
		p.r.Article.Contributors[c].Country = strings.Trim(clean(l.text), " .,;")
		p.r.Article.Contributors[c].CountryCode = countryOf(l.text)
	}
}

// takeAffiliations gives lines of institutions to authors: to those whose names
// carry the mark that the line begins with, else to all that are given.
func (p *page) takeAffiliations(lines []line, people []int) {
	for _, l := range lines {
		mark, rest := leadingMark(l.best())
		to := people
		if marked := p.markers[mark]; mark != "" && len(marked) > 0 {
			to = marked
		} else {
			rest = l.text
		}
		for _, c := range to {
			p.affiliate(c, rest, "", "")
		}
	}
}

// leadingMark cuts the letter, digit or sign that refers a line to names.
func leadingMark(s string) (mark, rest string) {
	if after, found := strings.CutPrefix(s, "<sup>"); found {
		mark, rest, _ = strings.Cut(after, "</sup>")
		return plainMarkup(mark), strings.TrimSpace(plainMarkup(rest))
	}
	first, rest, found := strings.Cut(plainMarkup(s), " ")
	first = strings.Trim(first, "().")
	if found && utf8.RuneCountInString(first) <= 2 {
		return first, strings.TrimSpace(rest)
	}
	r, size := utf8.DecodeRuneInString(s)
	if r >= '0' && r <= '9' || strings.ContainsRune("*†‡§¹²³⁴⁵⁶⁷⁸⁹", r) {
		return string(r), strings.TrimSpace(s[size:])
	}
	return "", s
}
