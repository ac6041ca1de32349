package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// undividedAuthor reads what stands before a date in brackets in the styles of the APA
// and is no name with initials: a body or a person of one name: "Badan Pusat Statistik.
// (2021).", "Koentjaraningrat. (2009).", "… (n.d.)." It is where that ends, or i.
func (x *reader) undividedAuthor(i, limit int) int {
	words, capitals, organised, end := 0, true, false, i
	for ; end < limit && words < 14; end++ {
		t := &x.t[end]
		if x.taken[end] {
			return i
		}
		if t.kind == word {
			words++
			organised = organised || organisations[t.low]
			capitals = capitals && (t.upper() || nobility[t.low] || linking[t.low])
			continue
		}
		if t.is('.') && end+2 < limit && x.t[end+1].is('(') && x.pair[end+1] > 0 {
			break
		}
		if !(t.is('\'') || t.is('’') || t.isDash() && !t.gap || t.is('&')) {
			return i
		}
	}
	if end+2 >= limit || !x.t[end].is('.') || words == 0 || !x.t[i].upper() {
		return i
	}
	open := end + 1
	if !x.yearAt(open+1) && !x.noDate(open+1, int(x.pair[open])) {
		return i
	}
	if words == 1 && len(x.t[i].low) > 2 || words > 1 && (organised || capitals && words > 2) {
		return end
	}
	return i
}

// linking are the small words in the names of bodies.
var linking = wordSet("of for the and on in dan untuk ve ile та і и по e y et für des pour sur per")

// capitalsFirst: of a name without a comma the family name comes first, in capitals as
// the others are not: "NORA Pierre". It is where the given names begin, or i.
func (x *reader) capitalsFirst(i, end int) int {
	given := i
	for given < end && (x.t[given].kind == mark || allUpper(x.word(given)) && x.t[given].to-x.t[given].from > 2) {
		given++
	}
	if given == i || given >= end || !x.t[given].upper() {
		return i
	}
	for k := given; k < end; k++ {
		if x.t[k].kind == word && allUpper(x.word(k)) && x.t[k].to-x.t[k].from > 2 {
			return i
		}
	}
	return given
}

// familyFirst turns a name at the head of an entry whose last word alone is a given name:
// "Bourdieu Pierre,". Behind two of them another one may have a rarer given name.
func (x *reader) familyFirst(p person, i int, list *people) (person, bool) {
	if p.form != givenFamily || p.name.Suffix != "" || p.end >= len(x.t) {
		return p, false
	}
	if _, role := x.roleAfter(p.end); !x.t[p.end].is(',') && !x.isAnd(p.end) && role == p.end {
		return p, false
	}
	start := i
	if bigParticles[x.t[i].low] && i+3 == p.end { // "Le Bihan Yves"
		start++
	}
	family, ok := x.capital(start)
	if !ok || family >= p.end || givenNames[x.t[start].low] || x.articleAt(start) || !givenNames[x.t[family].low] && list.turned < 2 {
		return p, false
	}
	if given, ok := x.capital(family); !ok || given != p.end || len(list.names) > 0 && list.turned == 0 {
		return p, false
	}
	list.turned++
	p.name.Family, p.name.Given = x.text(i, family), x.text(family, p.end)
	return p, true
}

// familyBefore are the languages whose names have the family name first.
var familyBefore = map[string]bool{"ja": true, "zh": true, "ko": true, "vi": true, "hu": true}

// nameInOrder reads a name of two words without a comma, the family name first, where the
// key of the entry or its language says that it is one: "Yoshida 1961 - Yoshida Shigeru
// (1961).", "Wada Haruki. Title … (In Jap.)". It is where the name ends, or i.
func (x *reader) nameInOrder(i, limit int) int {
	family, ok := x.capital(i)
	if !ok || family >= limit || organisations[x.t[i].low] || x.articleAt(i) {
		return i
	}
	end, ok := x.capital(family)
	if !ok || end+1 >= limit || organisations[x.t[family].low] || allUpper(x.text(i, end)) || end-family == 1 && len(x.t[family].low) < 3 {
		return i
	}
	before, year := x.t[end].is('('), x.yearAt(end+1)
	if !(before && year || x.t[end].is('.') && x.stops(end, limit)) {
		return i
	}
	noted, _, _ := strings.Cut(x.noted, "-")
	if !familyBefore[noted] && !(before && x.key != "" && strings.HasPrefix(x.key, x.text(i, family)+" ")) {
		return i
	}
	x.credit(author, []journal.Name{{Family: x.text(i, family), Given: x.text(family, end), Literal: x.text(i, end)}}, 0.85)
	x.take(i, end)
	return end
}

// articles begin a title and no name of a list whose names have no initials.
var articles = wordSet("la le les l los las el il lo gli der die das ein eine the a an un une uno una os as o")

// titleBegins: what follows a name and a comma begins with an article and is a title.
func (x *reader) titleBegins(i int, list *people) bool {
	if len(list.names) == 0 || list.forms[givenFamily] == 0 || i == 0 || !x.t[i-1].is(',') || !x.t[i].upper() || !articles[x.t[i].low] {
		return false
	}
	_, ok := x.personInitials(i)
	return !ok
}

// compound is where a family name of two with "y" between ends: "Ortega y Gasset, José".
func (x *reader) compound(i int) int {
	first, ok := x.capital(i)
	if !ok || first+1 >= len(x.t) || x.t[first].low != "y" && x.t[first].low != "i" || !x.t[first].lower() {
		return i
	}
	second, ok := x.capital(first + 1)
	if !ok || second >= len(x.t) || !x.t[second].is(',') {
		return i
	}
	return second
}

// articleAt: an article stands there, with which titles begin and given names do not.
func (x *reader) articleAt(i int) bool {
	return i < len(x.t) && articles[x.t[i].low] && len(x.t[i].low) > 1
}

// beforeArticle: a comma and a capitalised article stand at i, as between a name and the
// title behind it: "Fernand Braudel, La Méditerranée".
func (x *reader) beforeArticle(i int) bool {
	return i+2 < len(x.t) && x.t[i].is(',') && x.t[i+1].upper() && x.articleAt(i+1) && !allUpper(x.word(i+1)) && x.t[i+2].kind == word && !organisations[x.t[i-1].low]
}

// isBody: the word is in the names of bodies, also at the end of a German compound.
func isBody(low string) bool {
	if organisations[low] {
		return true
	}
	for _, end := range [...]string{"amt", "verband", "verein", "gesellschaft", "stiftung", "institut", "ministerium", "kammer"} {
		if strings.HasSuffix(low, end) && len(low) > len(end)+3 {
			return true
		}
	}
	return false
}

// bodyWithRole reads a body before a role: "Statistisches Bundesamt (Hrsg.)". end is i
// where there is none.
func (x *reader) bodyWithRole(i, limit int) (journal.Name, role, int) {
	organised, words, end := false, 0, i
	for ; end < limit && x.t[end].kind == word && !x.taken[end] && words < 10; end++ {
		organised = organised || isBody(x.t[end].low)
		words++
	}
	if r, after := x.roleAfter(end); organised && words > 1 && after > end {
		return journal.Name{Literal: x.text(i, end)}, r, after
	}
	return journal.Name{}, author, i
}
