package refparse

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
)

// people is a list of names at some tokens.
type people struct {
	names []journal.Name
	end   int
	role  role // what stands behind the list says so: "(eds.)"
	forms [body + 1]int
	// turned counts the names that have the family name first and no comma behind it
	turned int
}

// role is what somebody did for a work.
type role uint8

const (
	author role = iota
	editor
	translator
	compiler
)

const maxPeople = 400

// peopleAt reads the list of names that begins at i, before limit. strict: only
// names that initials or a mark of their role make certain.
func (x *reader) peopleAt(i, limit int, strict bool) (people, bool) {
	p := people{end: i}
	j := i
	for len(p.names) < maxPeople && j < limit {
		if body, ok := x.lastBody(j, limit, &p); ok {
			p.names, p.end = append(p.names, body.name), body.end
			break
		}
		at, ok := x.personAt(j, &p, strict)
		if !ok && len(p.names) > 1 && p.forms[familyInitials] == len(p.names) {
			if end := x.damaged(j, limit); end > j { // "ГуськовЮ.К."
				at, ok = person{form: familyInitials, end: end}, true
			}
		}
		if !ok || at.end > limit {
			break
		}
		x.literal(&at, j)
		p.names = append(p.names, at.name)
		p.forms[at.form]++
		p.end = at.end
		if x.othersAt(at.end) > at.end {
			break
		}
		next, more := x.nextName(at.end, &p)
		if more && x.closesList(at, j, next) {
			break
		}
		if !more {
			if at.form == familyInitials && x.glued(at.end, limit) {
				j = at.end
				continue
			}
			break
		}
		if next < limit {
			if end := x.othersAt(next); end > next {
				p.names = append(p.names, x.othersName(next, end))
				p.end = end
				break
			}
		}
		j = next
	}
	if len(p.names) == 0 {
		return p, false
	}
	x.lastStop(&p)
	if end := x.othersAt(p.end); end > p.end && p.names[len(p.names)-1].Family != "" {
		p.names = append(p.names, x.othersName(p.end, end))
		p.end = end
	}
	if r, end := x.roleAfter(p.end); end > p.end {
		p.role, p.end = r, end
	}
	return p, true
}

// lastBody reads a body behind "&" and before the date: "Berg, J., & International Labour
// Organization. (2022)".
func (x *reader) lastBody(i, limit int, list *people) (person, bool) {
	if len(list.names) == 0 || !x.t[i-1].is('&') {
		return person{}, false
	}
	end := x.undividedAuthor(i, limit)
	if end == i {
		return person{}, false
	}
	return person{form: body, end: end, name: journal.Name{Literal: x.text(i, end)}}, true
}

// closesList: the name at i was joined with "and" and is written out, so that what follows
// behind a comma is a publisher or a title: "by Anna Nogar and José Serra, Cambridge UP".
func (x *reader) closesList(p person, i, next int) bool {
	return p.form == givenFamily && x.isAnd(i-1) && !x.isAnd(next-1) && x.t[next-1].is(',')
}

// glued: another name with two initials follows without a comma: "Дмитриев С.П.
// Шимелевич Л.И. Обобщённый фильтр".
func (x *reader) glued(i, limit int) bool {
	if i >= limit || !x.t[i].upper() || !x.t[i-1].is('.') {
		return false
	}
	p, ok := x.personInitials(i)
	return ok && p.end < limit && strings.Count(p.name.Given, ".") >= 2 && !strings.Contains(p.name.Family, " ") && (x.t[p.end].upper() || x.t[p.end].is(','))
}

// damaged is where a name ends that is misspelt so that it has no form, in the
// middle of a list: the names behind the next comma go on.
func (x *reader) damaged(i, limit int) int {
	for k := i; k < limit && k < i+8 && !x.taken[k]; k++ {
		if x.t[k].is(',') {
			if p, ok := x.personInitials(k + 1); ok && k > i && x.t[k-1].is('.') && p.end < limit && (x.t[p.end].is(',') || x.t[p.end-1].is('.')) {
				return k
			}
			return i
		}
	}
	return i
}

// lastStop gives the full stop behind the last initial of "Hunt LA, Hughes M."
// back to the sentence: the names before it have none.
func (x *reader) lastStop(p *people) {
	n := len(p.names) - 1
	if n < 1 || p.end < 1 || !x.t[p.end-1].is('.') {
		return
	}
	last := &p.names[n]
	for _, name := range p.names[:n] {
		if strings.Contains(name.Given, ".") || name.Given == "" {
			return
		}
	}
	if given, ok := strings.CutSuffix(last.Given, "."); ok && !strings.Contains(given, ".") && p.forms[familyInitials] == n+1 {
		last.Given = given
		last.Literal = strings.TrimSuffix(last.Literal, ".")
		p.end--
	}
}

// personAt reads one name of a list, given what the names before it were.
func (x *reader) personAt(i int, list *people, strict bool) (person, bool) {
	if i >= len(x.t) || x.taken[i] {
		return person{}, false
	}
	first := len(list.names) == 0
	if !first && x.titleBegins(i, list) {
		return person{}, false
	}
	direct, direct2 := x.personDirect(i)
	if given, initials, ok := x.personGiven(i); ok && initials && !first && (x.isAnd(i-1) || given.end < len(x.t) && x.t[given.end].is(',') && x.isAnd(given.end+1)) && (given.end >= len(x.t) || !x.t[given.end-1].is('.')) {
		return given, true
	}
	if first {
		if given, initials, ok := x.personGiven(i); ok && initials && x.beforeQuotation(given.end) {
			return given, true
		}
		if p, ok := x.personBeside(i); ok {
			return p, true
		}
		if p, ok := x.personKnown(i, strict); ok {
			return p, true
		}
	}
	if inverted, ok := x.personInitials(i); ok {
		// "A. Smith B. Jones": what begins with an initial is direct
		if !direct2 || list.forms[familyInitials] > 0 {
			return inverted, true
		}
	}
	if direct2 {
		return direct, true
	}
	given, initials, ok := x.personGiven(i)
	if ok && !strict && !initials && (first || list.turned > 0) {
		if p, ok := x.familyFirst(given, i, list); ok {
			return p, true
		}
	}
	if !first && ok && (initials || list.forms[givenFamily] > 0 || list.forms[familyGiven] > 0 && x.isAnd(i-1)) {
		return given, true
	}
	if p, ok := x.personComma(i); ok && !strict && (first || list.forms[familyGiven] > 0) {
		if !first && list.forms[familyGiven] > 0 && x.titleLike(i, p.end) {
			return person{}, false
		}
		return p, true
	}
	if !first && ok && (list.forms[familyGiven] > 0 || x.isAnd(i-1)) {
		return given, true
	}
	if first && ok && !strict && x.beforeArticle(given.end) {
		return given, true
	}
	if first && ok && (initials && !x.t[given.end-1].is('.') || !strict && x.isListed(given.end)) {
		return given, true
	}
	return person{}, false
}

// beforeQuotation: a comma and a title in quotation marks follow, as behind a name of
// Chicago's notes: "Paula R. Escobedo, “Land”".
func (x *reader) beforeQuotation(i int) bool {
	return i+1 < len(x.t) && x.t[i].is(',') && x.t[i+1].kind == mark && (x.t[i+1].is('“') || x.t[i+1].is('"'))
}

// personBeside reads a name with its original beside it, the family name first:
// "Yanagida Seizan 柳田聖山".
func (x *reader) personBeside(i int) (person, bool) {
	a, ok := x.capital(i)
	if !ok {
		return person{}, false
	}
	b, ok := x.capital(a)
	if !ok || b >= len(x.t) || x.t[b].kind != word || !isHan(x.t[b].r) || utf8.RuneCountInString(x.word(b)) > 5 {
		return person{}, false
	}
	return person{form: familyInitials, end: b + 1, name: journal.Name{Family: x.text(i, a), Given: x.text(a, b)}}, true
}

// personKnown reads a name that begins with a frequent given name: "Stephen H.
// Kellert", "Neil Immerman".
func (x *reader) personKnown(i int, strict bool) (person, bool) {
	if !givenNames[x.t[i].low] || !x.t[i].upper() || i+1 < len(x.t) && x.t[i+1].is(',') {
		return person{}, false
	}
	p, initials, ok := x.personGiven(i)
	if !ok || x.t[p.end-1].is('.') || p.end < len(x.t) && x.t[p.end].is(':') || p.end-i > 6 {
		return person{}, false
	}
	if end, _, ok := x.initialsAt(p.end - 1); ok && end >= p.end { // "Paul Dirac P"
		return person{}, false
	}
	if !initials && strict {
		return person{}, false
	}
	if x.isAnd(p.end) {
		if next, _, ok := x.personGiven(p.end + 1); !ok || next.end <= p.end+2 {
			return person{}, false // "Howard P. Graph and RDF databases"
		}
	}
	return p, initials || p.end >= len(x.t) || x.t[p.end].is('.') || x.t[p.end].is(',') || x.t[p.end].is('(') || x.isAnd(p.end)
}

// titleLike: the words between are rather a title than a name: more than two
// capitalised words behind the comma.
func (x *reader) titleLike(i, end int) bool {
	words := 0
	for j := i; j < end; j++ {
		if x.t[j].kind == word {
			words++
		}
	}
	return words > 4
}

// isListed: a list of names goes on or ends at i as only lists do: another name
// with initials, or the mark of a role.
func (x *reader) isListed(i int) bool {
	if _, end := x.roleAfter(i); end > i {
		return true
	}
	if i+1 >= len(x.t) {
		return false
	}
	if x.t[i].is(',') && i+1 < len(x.t) && isOpenQuote(x.t[i+1].r) && x.t[i+1].kind == mark {
		return true
	}
	if x.t[i].is(',') || x.isAnd(i) {
		j := i + 1
		if x.isAnd(j) {
			j++
		}
		if p, initials, ok := x.personGiven(j); ok && (initials || x.isAnd(j-1) || x.isAnd(p.end) || p.end < len(x.t) && x.t[p.end].is(',') && x.isAnd(p.end+1)) {
			return true
		}
	}
	return false
}

func (x *reader) isAnd(i int) bool {
	return i >= 0 && i < len(x.t) && (x.t[i].is('&') || x.t[i].kind == word && and[x.t[i].low] && (x.t[i].lower() || x.t[i].low == "and"))
}

// nextName is where the next name of a list would begin.
func (x *reader) nextName(i int, list *people) (next int, more bool) {
	j := i
	if j < len(x.t) && x.t[j].is('.') && j+1 < len(x.t) && (x.t[j+1].is(',') || x.t[j+1].is(';')) {
		j++
	}
	// where they work, in brackets: "Cherepnin Yu.S. (NIKIET), Pavshuk V.A."
	if j+1 < len(x.t) && x.t[j].is('(') && x.pair[j] > 0 && int(x.pair[j])-j <= 9 && !x.yearAt(j+1) {
		if close := int(x.pair[j]); close+1 < len(x.t) && x.t[close+1].is(',') {
			if _, end := x.roleAfter(j); end == j {
				j = close + 1
			}
		}
	}
	sep := false
	for j < len(x.t) && (x.t[j].is(',') || x.t[j].is(';') || x.t[j].is('/') && (!x.t[j].gap || x.slashedNames(j, list))) {
		j, sep = j+1, true
	}
	if x.isAnd(j) && j < len(x.t) && !x.taken[j] {
		j, sep = j+1, true
	}
	if sep { // "Petrenko, L., . . . Zulu, T." of the APA
		if k := x.skip(j, ".…", false); k == j+3 || k == j+1 && x.t[j].is('…') {
			j = k
		}
	}
	return j, sep && j < len(x.t)
}

// slashedNames: a slash divides names with the family name first: "von Brünneck, Wilhelm
// / Schmidt, Karl".
func (x *reader) slashedNames(i int, list *people) bool {
	if list.forms[familyGiven] == 0 || list.forms[familyGiven] != len(list.names) || i+1 >= len(x.t) {
		return false
	}
	_, ok := x.personComma(i + 1)
	return ok
}

// othersAt reads "et al.", "и др.", "[et al.]" and is i where there is none.
func (x *reader) othersAt(i int) (end int) {
	j := i
	if j < len(x.t) && x.t[j].is(',') {
		j++
	}
	bracket := j < len(x.t) && x.t[j].is('[')
	if bracket {
		j++
	}
	if j >= len(x.t) || x.t[j].kind != word {
		return i
	}
	low, next := x.t[j].low, ""
	if j+1 < len(x.t) {
		next = x.t[j+1].low
	}
	switch {
	case low == "et" && (next == "al" || next == "alii" || next == "alia"),
		low == "и" && (next == "др" || next == "соавт" || next == "другие"),
		low == "та" && next == "ін", low == "e" && next == "outros", low == "y" && next == "otros", low == "i" && next == "dr", low == "and" && next == "others", low == "u" && (next == "a" || j+2 < len(x.t) && x.t[j+1].is('.') && x.t[j+2].low == "a"), low == "ve" && (next == "diğerleri" || next == "ark"), low == "i" && next == "in":
		j += 2
		if x.t[j-1].is('.') {
			j++
		}
	case low == "etc", low == "др", low == "dkk", low == "vd":
		j++
	default:
		return i
	}
	for j < len(x.t) && x.t[j].is('.') && !x.t[j].gap {
		j++
	}
	if bracket && j < len(x.t) && x.t[j].is(']') {
		j++
	}
	return j
}

// othersName is "и др." as a name, without the brackets around it.
func (x *reader) othersName(i, end int) journal.Name {
	return journal.Name{Literal: strings.Trim(x.text(i, end), "([])., ") + stopOf(x.text(i, end))}
}

// stopOf is the full stop of an abbreviation that may stand in brackets.
func stopOf(s string) string {
	if strings.HasSuffix(strings.TrimRight(s, ")]"), ".") {
		return "."
	}
	return ""
}
