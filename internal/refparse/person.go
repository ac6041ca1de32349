package refparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// form is how a name is written.
type form uint8

const (
	familyInitials form = iota // Hara, K. · Hara K. · Hara K
	initialsFamily             // K. Hara
	familyGiven                // Hara, Kimie
	givenFamily                // Kimie Hara
	body                       // BRASIL · World Health Organization · _______
)

// person is a name at some tokens.
type person struct {
	name journal.Name
	form form
	end  int
}

// nobility are the words in small letters that belong to a family name.
var nobility = wordSet("van von der den de da do dos das del della di du des le la los las el al af av zu zur ter ten te y e i fon dela degli ibn bin ben abu фон ван дер ден де да ди дю ла ле аль эль ибн бен оглы оглу кызы")

// notInitials are short words with a full stop that are no initials.
var notInitials = wordSet("nr bd jg hg st jr sr dr mr ms no in vol pp ed eds rev int inc ltd fig res ann am al op cf vs eg ie et тр св др пр им ст гл те то вып изд ред сб")

// digraphs are Russian initials of two Latin letters.
var digraphs = wordSet("yu ya zh kh ts ch sh iu ia ju ja yo ph th дж ye")

// longInitials are the initials of more than two letters.
var longInitials = wordSet("shch chr dzh sch tsch joh jos wilh")

// initialsAt reads initials: "I. O.", "I.O.", "Yu.V.", "J.-P.", "GF", "K-C".
// packed says that they have no full stops.
func (x *reader) initialsAt(i int) (end int, packed, ok bool) {
	j := i
	for j < len(x.t) {
		t := &x.t[j]
		if !t.upper() || x.taken[j] {
			break
		}
		letters := utf8.RuneCountInString(t.low)
		dotted := j+1 < len(x.t) && x.t[j+1].is('.') && (!x.t[j+1].gap || letters == 1 && ok && j+2 < len(x.t) && x.t[j+2].is(','))
		hyphen := j+2 < len(x.t) && x.t[j+1].isDash() && !x.t[j+1].gap && !x.t[j+2].gap && x.t[j+2].upper() && utf8.RuneCountInString(x.t[j+2].low) <= 2
		switch {
		case dotted && letters == 2 && ok && t.gap && allUpper(x.word(j)) && !digraphs[t.low]:
			return end, false, true // the order of "Aleni, G. SJ."
		case dotted && letters == 2 && !ok && j == i && allUpper(x.word(j)) && !digraphs[t.low] && (j+2 >= len(x.t) || x.t[j+2].gap && x.t[j+2].upper() && !x.direct):
			return j + 1, true, true // "Leon AP." ends a list
		case dotted && letters == 2 && ok && x.direct && !digraphs[t.low] && !(j+2 < len(x.t) && x.t[j+2].upper()):
			return end, false, true // the family name of "A. R. Go."
		case dotted && (letters <= 2 && !notInitials[t.low] || longInitials[t.low]):
			j += 2
			if j < len(x.t) && (x.t[j].is('ª') || x.t[j].is('º')) && !x.t[j].gap { // "M.ª"
				j++
			}
			if j+1 < len(x.t) && x.t[j].isDash() && !x.t[j].gap && x.t[j+1].upper() && !x.t[j+1].gap {
				j++
			}
			end, ok = j, true
			// "M. de C. M."
			if p := j; p+1 < len(x.t) && x.t[p].lower() && nobility[x.t[p].low] && !and[x.t[p].low] {
				p++
				if x.t[p].is('.') {
					p++
				}
				if p+1 < len(x.t) && x.t[p].upper() && x.t[p+1].is('.') && utf8.RuneCountInString(x.t[p].low) == 1 {
					j = p
				}
			}
			continue
		case ok && letters == 1 && !t.gap && j+1 < len(x.t) && x.t[j+1].gap && x.t[j+1].upper() && x.t[j-1].is('.'):
			return j + 1, false, true // "Пупко В.Я История"
		case hyphen && letters <= 2:
			j += 2
			continue
		case letters <= 2 && j+2 < len(x.t) && x.t[j+1].upper() && x.t[j+2].is('.') && !x.t[j+2].gap && utf8.RuneCountInString(x.t[j+1].low) == 1 && (letters == 1 || x.t[j+1].gap) && unicode.IsLower(lastRune(x.word(j))) == (letters == 2):
			j++ // "Yu V."
			continue
		case !ok && letters <= 4 && allUpper(x.word(j)) && (letters < 4 || j > i):
			return j + 1, true, true
		}
		break
	}
	if !ok && j > i { // "K-C" of one letter each, or "M C"
		return j, true, false
	}
	return end, false, ok
}

func (x *reader) word(i int) string { return x.s[x.t[i].from:x.t[i].to] }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func allUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// capital reads one capitalised word with its hyphenated parts: "Ba-Ba",
// "L'vov", "D’Arcy".
func (x *reader) capital(i int) (end int, ok bool) {
	if i >= len(x.t) || x.taken[i] || x.t[i].kind != word || isHan(x.t[i].r) {
		return i, false
	}
	if !x.t[i].upper() && !strings.HasPrefix(x.t[i].low, "d'") && !strings.HasPrefix(x.t[i].low, "d’") {
		return i, false
	}
	end = i + 1
	for end+1 < len(x.t) && (x.t[end].isDash() || x.t[end].is('!')) && !x.t[end].gap && !x.t[end+1].gap && x.t[end+1].kind == word {
		end += 2
	}
	return end, true
}

// families are the ends of what may be a family name at i, the shortest first:
// "van der Berg", "Yarza De los Ríos", "ACOSTA PEREIRA".
func (x *reader) families(i int) (ends [4]int, n int) {
	j := i
	if i+1 < len(x.t) && (x.t[i].is('’') || x.t[i].is('\'')) && x.t[i+1].low == "t" && !x.t[i+1].gap && x.free(i, i+2) { // "’t Hart"
		j += 2
	}
	for j < len(x.t) && j-i < 3 && (x.t[j].lower() || strings.HasPrefix(x.t[j].low, "al")) && nobility[x.t[j].low] && !x.taken[j] {
		j++
		if j < len(x.t) && x.t[j].isDash() && !x.t[j].gap { // al-Hakim, de-Souza
			j++
		}
	}
	for n < len(ends) {
		end, ok := x.capital(j)
		if !ok {
			return ends, n
		}
		ends[n] = end
		n++
		j = end
		for k := 0; k < 3 && j < len(x.t) && x.t[j].lower() && nobility[x.t[j].low] && !and[x.t[j].low] && !x.taken[j]; k++ {
			j++
		}
	}
	return ends, n
}

// suffixes come after a name.
var suffixes = wordSet("jr sr ii iii iv júnior junior filho neto мл ст")

// generations end the number of a generation: "2nd", "3rd".
var generations = wordSet("nd rd th")

// suffixAt reads ", Jr." or "III" after a name.
func (x *reader) suffixAt(i int) (suffix string, end int) {
	j := i
	if j < len(x.t) && x.t[j].is(',') {
		j++
	}
	if j > i && j+2 < len(x.t) && x.t[j+1].is(',') && x.t[j].upper() { // "Hall, C.F., Neto, V.B.P." are two
		if _, _, ok := x.initialsAt(j + 2); ok && i > 0 && x.t[i-1].is('.') {
			return "", i
		}
	}
	if j+1 < len(x.t) && j == i && x.t[j].kind == number && x.t[j].digits() == 1 && !x.t[j+1].gap && generations[x.t[j+1].low] && !x.taken[j] { // "DL 3rd"
		return x.text(j, j+2), j + 2
	}
	if j < len(x.t) && x.t[j].upper() && suffixes[x.t[j].low] && !x.taken[j] && (x.t[j].low != "ст") {
		end = j + 1
		if end < len(x.t) && x.t[end].is('.') && !x.t[end].gap && (x.t[j].low == "jr" || x.t[j].low == "sr") {
			end++
		}
		return x.text(j, end), end
	}
	return "", i
}

// personInitials reads "Family, I. O.", "Family I.O." and "Family IO".
func (x *reader) personInitials(i int) (person, bool) {
	ends, n := x.families(i)
	for _, end := range ends[:n] {
		j := end
		nick := ""
		suffix, after := x.suffixAt(j)
		if suffix != "" && after < len(x.t) && x.t[after].is(',') {
			j = after // "VIAN JR, O."
		} else {
			suffix = ""
		}
		comma := j < len(x.t) && x.t[j].is(',')
		if comma {
			j++
		}
		k, packed, ok := x.initialsAt(j)
		if !ok || packed && !x.endsName(k) {
			continue
		}
		if !comma && packed && !x.t[j].gap {
			continue
		}
		if !comma && k+1 < len(x.t) && x.t[k].lower() && nobility[x.t[k].low] && x.nobleFamily(k) {
			continue // "Pieter C. van der Linden"
		}
		if k+3 < len(x.t) && packed && x.t[k].is('(') && x.t[k+1].upper() && x.t[k+2].is(')') { // A (Thanasis) P
			if k2, _, ok := x.initialsAt(k + 3); ok && x.t[k+3].gap {
				k, nick = k2, "nick"
			}
		}
		k = x.trailingParticle(k)
		p := person{form: familyInitials, end: k}
		p.name = journal.Name{Family: x.text(i, end), Given: x.text(j, k)}
		if suffix != "" {
			p.name.Family, p.name.Suffix = x.text(i, end), suffix
		} else if s, e := x.suffixAt(k); s != "" && nick == "" {
			p.name.Suffix, p.end = s, e
		}
		return p, true
	}
	return person{}, false
}

// nobleFamily: particles and a family name stand at i, so that what is before them is a
// given name.
func (x *reader) nobleFamily(i int) bool {
	if and[x.t[i].low] {
		return false
	}
	for i < len(x.t) && x.t[i].lower() && nobility[x.t[i].low] {
		i++
	}
	end, ok := x.capital(i)
	return ok && (end >= len(x.t) || x.t[end].is(',') || x.t[end].is(':') || x.isAnd(end))
}

// trailingParticle takes "de" of "Araújo, D. F. de".
func (x *reader) trailingParticle(i int) int {
	j := i
	for j < len(x.t) && j-i < 2 && x.t[j].lower() && nobility[x.t[j].low] && x.t[j].gap && x.t[j].low != "e" && x.t[j].low != "y" && x.t[j].low != "i" {
		j++
	}
	if j > i && (j == len(x.t) || x.endsName(j) || x.t[j].is('.')) {
		return j
	}
	return i
}

// endsName: what stands at i can follow a name without full stop.
func (x *reader) endsName(i int) bool {
	if i >= len(x.t) || x.taken[i] {
		return true
	}
	t := &x.t[i]
	if t.kind == mark {
		return containsRune(",;.:()[&/", t.r)
	}
	if t.kind == number {
		return t.digits() == 1 && i+1 < len(x.t) && generations[x.t[i+1].low] && !x.t[i+1].gap || x.yearAt(i)
	}
	if t.low == "u" && t.lower() && x.othersAt(i) > i {
		return true
	}
	return t.kind == word && (and[t.low] && (t.low != "dan" || t.lower()) || t.low == "et" || t.low == "ed" || t.low == "eds") || x.yearAt(i)
}

// and joins the last name of a list.
var and = wordSet("and e y et und и та і й i og och en ed with ve dan")

// personDirect reads "I. O. Family".
func (x *reader) personDirect(i int) (person, bool) {
	x.direct = true
	j, packed, ok := x.initialsAt(i)
	x.direct = false
	if !ok || packed {
		return person{}, false
	}
	ends, n := x.families(j)
	if n == 0 {
		return person{}, false
	}
	end := ends[0]
	for _, e := range ends[1:n] {
		if x.endsName(e) && x.t[e-1].upper() && !x.endsName(end) {
			end = e
			break
		}
	}
	p := person{form: initialsFamily, end: end, name: journal.Name{Family: x.text(j, end), Given: x.text(i, j)}}
	if s, e := x.suffixAt(end); s != "" {
		p.name.Suffix, p.end = s, e
	}
	return p, true
}

// personComma reads "Hara, Kimie" and "Firpo, Sérgio M.".
func (x *reader) personComma(i int) (person, bool) {
	ends, n := x.families(i)
	if end := x.compound(i); end > i {
		ends, n = [4]int{end}, 1
	}
	most := 2
	if n > 0 && allUpper(x.text(i, ends[n-1])) { // "MARTÍNEZ DE LA TORRE, Carmen"
		most = n
	}
	for _, end := range ends[:min(n, most)] {
		if end >= len(x.t) || !x.t[end].is(',') {
			continue
		}
		if f, v := x.labelAt(min(end+1, len(x.t)-1)); (f == issue || f == volume) && !x.yearAt(v) {
			continue // "Allgemeine Zeitung, Nr. 112"
		}
		k := x.given(end + 1)
		if k == end+1 || x.articleAt(end+1) || end > i+1 && x.roleBehind(k) || !x.endsName(k) && !x.t[k-1].is('.') {
			continue
		}
		p := person{form: familyGiven, end: k, name: journal.Name{Family: x.text(i, end), Given: x.text(end+1, k)}}
		if s, e := x.suffixAt(k); s != "" {
			p.name.Suffix, p.end = s, e
		}
		return p, true
	}
	return person{}, false
}

// roleBehind: a comma and a role with a name stand at k, so that what is before them is a
// title: "Fyodor Dostoevsky, Demons, trans. Richard Pevear".
func (x *reader) roleBehind(k int) bool {
	if k+2 >= len(x.t) || !x.t[k].is(',') || !x.t[k+1].lower() || !isRole(x.t[k+1].low) {
		return false
	}
	name := x.skip(k+2, ".", false)
	return name < len(x.t) && x.t[name].upper()
}

// given reads given names: up to four capitalised words, initials and particles.
func (x *reader) given(i int) int {
	j := i
	for words := 0; words < 4 && j < len(x.t); words++ {
		if k, packed, ok := x.initialsAt(j); ok && (!packed || words > 0) {
			j = k
			continue
		}
		k, ok := x.capital(j)
		if !ok {
			if j > i && x.t[j].lower() && nobility[x.t[j].low] && !and[x.t[j].low] && j+1 < len(x.t) && (x.t[j+1].upper() || x.endsName(j+1)) {
				j++
				continue
			}
			break
		}
		j = k
	}
	return j
}

// personGiven reads "Kimie Hara", "Michael R. Nichols", "Renaty fon Majdel'",
// "Jacques Le Goff". initials says that one is among the given names.
func (x *reader) personGiven(i int) (p person, initials, ok bool) {
	j, last, words := i, i, 0
	particle := false // the word before is one, so that the family name has begun
	for j < len(x.t) && words < 5 {
		if k, packed, ok := x.initialsAt(j); ok && !packed && words > 0 && !particle {
			j, initials = k, true
			continue
		}
		if words > 0 && x.particleAt(j) {
			if !particle {
				last, particle = j, true
			}
			j++
			continue
		}
		k, ok := x.capital(j)
		if !ok {
			break
		}
		if !particle {
			last = j
		}
		j, words, particle = k, words+1, false
	}
	if words < 2 || last == i || !x.endsName(j) {
		return person{}, false, false
	}
	p = person{form: givenFamily, end: j, name: journal.Name{Family: x.text(last, j), Given: x.text(i, last)}}
	if at := x.capitalsFirst(i, j); at > i && !initials {
		p.name.Family, p.name.Given = x.text(i, at), x.text(at, j)
	}
	if s, e := x.suffixAt(j); s != "" {
		p.name.Suffix, p.end = s, e
	}
	return p, initials, true
}

// bigParticles are the particles that are printed with a capital too.
var bigParticles = wordSet("le la de van von di du del dos mac des della")

// particleAt: a particle of a family name stands at i, in small letters or with a
// capital: "van der Linden", "Le Goff".
func (x *reader) particleAt(i int) bool {
	t := &x.t[i]
	if t.kind != word || x.taken[i] || i+1 >= len(x.t) || !x.t[i+1].gap {
		return false
	}
	next := &x.t[i+1]
	if t.lower() {
		return nobility[t.low] && !and[t.low] && (next.upper() || next.lower() && nobility[next.low])
	}
	return bigParticles[t.low] && !allUpper(x.word(i)) && next.upper()
}

// literal is the name as printed. Of a Cyrillic name that is written out nobody
// knows without a list which part is the family name.
func (x *reader) literal(p *person, i int) {
	if p.form == givenFamily && isCyrillic(x.t[i].r) {
		p.name.Family, p.name.Given = "", ""
	}
	p.name.Literal = x.text(i, p.end)
	if i > 0 && p.name.Suffix != "" {
		p.name.Literal = strings.TrimRight(p.name.Literal, ",")
	}
}
