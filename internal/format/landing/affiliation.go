package landing

import (
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// affiliation adds an institution to the article, or finds it there, and
// returns its index. A country after the last comma, and an acronym in
// parentheses at the end, are taken apart.
func (p *page) affiliation(printed, country, code string) int {
	printed = strings.Trim(clean(printed), " ,;")
	name := printed
	if i := strings.LastIndex(printed, ", "); i > 0 && country == "" {
		if c := countryOf(printed[i+2:]); c != "" {
			name, country, code = printed[:i], strings.Trim(printed[i+2:], " .;"), c
		}
	}
	for _, i := range p.institutions[name] {
		if have := p.r.Article.Affiliations[i]; have.CountryCode == code || code == "" || have.CountryCode == "" {
			if have.Country == "" {
				p.r.Article.Affiliations[i].Country, p.r.Article.Affiliations[i].CountryCode = country, code
			}
			return i
		}
	}
	at := len(p.r.Article.Affiliations)
	if at > 0 && p.full(at, maxItems, "affiliations") {
		return 0
	}
	if p.institutions == nil {
		p.institutions = map[string][]int{}
	}
	p.institutions[name] = append(p.institutions[name], at)
	p.r.Article.Affiliations = append(p.r.Article.Affiliations, journal.Affiliation{
		Names: []journal.Text{journal.T(script.Language(name), name)}, Acronym: acronym(name), Country: country, CountryCode: code,
	})
	p.took(printed, name)
	return at
}

// acronym is what stands in parentheses at the end of a name, if it looks like
// a short name: it begins with two capital letters ("MGIMO University").
func acronym(name string) string {
	if !strings.HasSuffix(name, ")") {
		return ""
	}
	i := strings.LastIndexByte(name, '(')
	if i < 1 {
		return ""
	}
	inside := name[i+1 : len(name)-1]
	first, _, _ := strings.Cut(inside, " ")
	if len(inside) > 40 || !isCapitals(first) && !isMixedAcronym(first) {
		return ""
	}
	return inside
}

// isMixedAcronym: at least two capitals in one word, such as МГИМО-Университет
// or СПбГУ.
func isMixedAcronym(s string) bool {
	upper := 0
	for _, r := range s {
		if strings.ToLower(string(r)) != string(r) {
			upper++
		}
	}
	return upper >= 2
}

// affiliate gives a contributor the institutions of a printed line: one for
// each part between semicolons.
func (p *page) affiliate(c int, printed, country, code string) {
	printed = clean(printed)
	if printed == "" {
		return
	}
	parts := strings.Split(printed, ";")
	who := &p.r.Article.Contributors[c]
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		i := p.affiliation(part, country, code)
		if !slices.Contains(who.Affiliations, i) {
			who.Affiliations = append(who.Affiliations, i)
		}
		if a := p.r.Article.Affiliations[i]; who.Country == "" && a.Country != "" {
			who.Country, who.CountryCode = a.Country, a.CountryCode
		}
	}
	if len(parts) > 1 {
		p.printAffiliation(c, printed)
	}
	p.took(printed)
}

// printAffiliation keeps what is printed of an author's institutions, a line
// each.
func (p *page) printAffiliation(c int, printed string) {
	who := &p.r.Article.Contributors[c]
	switch {
	case len(who.AffiliationPrinted)+len(printed) > maxPrinted:
		p.loss("authors", printed, "more is printed of the affiliations of "+who.Names[0].Literal+" than one author can have")
	case who.AffiliationPrinted == "":
		who.AffiliationPrinted = printed
	default:
		who.AffiliationPrinted += "\n" + printed
	}
}

// organisationWords are parts of words, folded, that name organisations.
var organisationWords = []string{"society", "association", "institute", "university", "press", "academy", "publish", "federation", "foundation", "college", "union",
	"学会", "協会", "大学", "研究", "出版", "機構", "общество", "издательств", "университет", "институт", "академия", "ассоциация",
	"sociedade", "associacao", "universidade", "universidad", "instituto", "editora", "sociedad", "asociacion", "societe", "universite", "gesellschaft", "verlag"}

// isOrganisation reports whether a short line names an organisation.
func isOrganisation(s string) bool {
	return len(s) <= 240 && !isSentence(s) && containsAny(script.Fold(s), organisationWords...)
}
