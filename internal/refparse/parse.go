package refparse

import (
	"slices"
	"strings"

	"offprint/internal/journal"
)

// read takes the whole body apart.
func (x *reader) read() {
	x.rules()
	if x.doubtful() {
		x.readTagged()
	}
	x.readKind()
	x.readLanguage()
}

// doubtful: no mark divides title and container, and the rules have guessed or
// left much unexplained. The conditions are those under which the tagger was
// right more often, on held-out samples and on lists of other journals.
func (x *reader) doubtful() bool {
	r := x.r
	nothing := r.Place == "" && r.Publisher == ""
	switch {
	case r.Type != "" || r.Archive != (journal.Archive{}) || x.marked && !x.quoted && !(x.dated && len(r.Authors) > 0):
		return false
	case x.key != "" && r.Title != "":
		return false // lists with keys are of one style, which the rules know
	case x.abnt && r.Title != "" && r.Issued != "" && !x.guessed:
		return false // the rules are right more often there
	case x.turned && r.Title != "" && r.Place+r.Publisher != "" && r.Issued != "" && !x.guessed:
		return false // "Nora Pierre, Titre. Sous-titre, Paris, Seuil, 1990": the imprint divides
	case x.leftOver() > 2, x.bracketed && x.hostless && !x.initialled && !x.quoted:
		return true
	case !x.hostless:
		return false
	case x.guessed, r.Title == "", x.many, r.Issued == "":
		return true
	case len(r.Authors)+len(r.Editors) == 0 && !x.dated && x.key == "":
		return true
	case x.commaHead && !x.dateFirst && !x.labelled:
		return true
	case (x.web || r.DOI != "") && x.dateFirst && len(r.Authors) == 1 && r.Authors[0].Family == "" && r.Container == "" && nothing && !strings.Contains(r.Title, ". "):
		return false // a page of a body: "Office (2021) Title. Available at: …"
	case r.Container == "" && nothing:
		return true
	}
	return nothing && !x.dateFirst && r.Pages == (journal.Pages{}) && r.Volume == "" && r.Issue == ""
}

// leftOver counts the words that no field and no mark explains.
func (x *reader) leftOver() int {
	tags, left := make([]tag, len(x.t)), 0
	x.ruleTags(tags)
	for i := range x.t {
		if x.t[i].kind == word && tags[i] == tagOther && !x.taken[i] {
			left++
		}
	}
	return left
}

// rules reads what the rules know.
func (x *reader) rules() {
	x.readMarks()
	x.known = slices.Clone(x.taken)
	switch {
	case x.readArchive(), x.readShelf():
	case x.eastern():
		x.marked = true
		x.readEastern()
	default:
		x.readWestern()
	}
}

// readWestern reads an entry of a style that puts authors first and divides by
// full stops, commas, slashes or brackets.
func (x *reader) readWestern() {
	start := x.skip(0, ".,;:•*", false)
	limit := len(x.t)
	if x.readLaw(start) || x.readPatent(start, limit) || x.readAct(start, limit) {
		return
	}
	if end := x.jurisdiction(start); end > start {
		x.readTail(end, limit, false)
		return
	}
	if end := x.lawInTitle(start, limit); end > start {
		if k := x.slashes(end, limit); k >= 0 {
			end = k + 2
		}
		x.readHost(end, limit)
		return
	}
	i := x.standardAt(start, limit)
	if i > start {
		if end := x.standardTitle(i, limit); end > i {
			x.marked = true
			x.readTail(end, limit, false)
			return
		}
	} else {
		i = x.readHead(start, limit)
	}
	host, hostFrom := x.host(i, limit)
	if host < 0 {
		x.readWhole(i, limit)
		return
	}
	x.readPart(i, host)
	x.readHost(hostFrom, limit)
}

// readHead reads who made the work and, where it follows, when: it returns where
// the title begins.
func (x *reader) readHead(i, limit int) int {
	if i < limit && x.documentAt(i) {
		return i
	}
	if end := x.nameInOrder(i, limit); end > i {
		return x.headDate(end, limit)
	}
	if end := x.repeated(i); end > i {
		return x.headDate(end, limit)
	}
	if name, r, end := x.bodyWithRole(i, limit); end > i {
		x.credit(r, []journal.Name{name}, 0.8)
		x.take(i, end)
		return x.headDate(end, limit)
	}
	list, ok := x.peopleAt(i, limit, false)
	if !ok || list.forms[familyInitials]+list.forms[initialsFamily]+list.forms[familyGiven] == 0 && list.role == author && len(list.names) == 1 {
		if end := x.undividedAuthor(i, limit); end > i {
			x.credit(author, []journal.Name{{Literal: x.text(i, end)}}, 0.8)
			x.take(i, end)
			x.initialled = true
			return x.headDate(end, limit)
		}
	}
	if ok && list.forms[familyInitials]+list.forms[initialsFamily] == 0 && list.role == author {
		if end, isBody := x.bodyAt(i, limit); isBody && organisations[x.t[i].low] && end >= list.end {
			ok = false
		} else if end := x.longName(i, list.end); end > i {
			x.credit(author, []journal.Name{{Literal: x.clean(i, end)}}, 0.75)
			x.take(i, end)
			return x.headDate(end, limit)
		}
	}
	if ok && x.plausibleHead(&list, i, limit) {
		sure := 0.95
		if list.forms[familyInitials]+list.forms[initialsFamily] == 0 {
			sure = 0.8
		}
		x.credit(list.role, list.names, sure)
		x.take(i, list.end)
		x.initialled = sure > 0.9
		x.commaHead = list.end < limit && x.t[list.end].is(',') && list.role == author
		x.turned = list.turned > 0 || list.forms[givenFamily] > 0 && x.beforeArticle(list.end)
		first := list.names[0]
		x.abnt = len(first.Family) > 2 && allUpper(first.Family) && strings.Contains(first.Literal, ",")
		return x.headDate(list.end, limit)
	}
	if end := x.mononym(i, limit); end > i {
		x.credit(author, []journal.Name{{Literal: x.text(i, end)}}, 0.75)
		x.take(i, end)
		return x.headDate(end, limit)
	}
	if end, ok := x.bodyAt(i, limit); ok {
		x.credit(author, []journal.Name{{Literal: x.clean(i, end)}}, 0.7)
		x.take(i, end)
		x.initialled = true
		after := end
		if k := x.skip(end, ".", false); k+1 < limit && x.t[k].kind == word && allUpper(x.word(k)) && len(x.t[k].low) <= 8 && len(x.t[k].low) > 2 && x.t[k+1].is('.') { // its acronym
			x.take(k, k+1)
			after = k + 1
		}
		if r, e := x.roleAfter(end); e > end {
			after = e
			x.move(r)
		}
		return x.headDate(after, limit)
	}
	return i
}

// longName reads a body of many words before the date in brackets: "Observatório
// de Educação Especial. (2014)". It is where the names that were read instead end,
// or i.
func (x *reader) longName(i, end int) int {
	if end+2 >= len(x.t) || !x.t[end].is('.') || !x.t[end+1].is('(') || !x.yearAt(end+2) {
		return i
	}
	words, small := 0, false
	for k := i; k < end; k++ {
		if x.t[k].is(',') {
			return i
		}
		if x.t[k].kind == word {
			words++
			small = small || x.t[k].lower()
		}
	}
	if words >= 5 && small {
		return end
	}
	return i
}

// mononyms are authors of one name that lists of the humanities name often.
var mononyms = wordSet("ошо osho платон аристотель гомер геродот плутарх тацит цицерон вергилий овидий гораций ксенофонт фукидид софокл еврипид эсхил лукреций сенека эпиктет августин боэций плотин прокл авиценна конфуций лао-цзы вольтер стендаль plato aristotle homer herodotus plutarch tacitus cicero virgil ovid horace xenophon thucydides sophocles euripides aeschylus lucretius seneca epictetus epicteto augustine boethius plotinus proclus avicenna confucius voltaire stendhal molière platão aristóteles sêneca cícero")

// mononym reads a name of one word before a full stop.
func (x *reader) mononym(i, limit int) int {
	if i+2 < limit && x.t[i].upper() && mononyms[x.t[i].low] && (x.t[i+1].is('.') || x.t[i+1].is(',')) && x.t[i+2].upper() {
		return i + 1
	}
	return i
}

// repeated reads "_______.", the author of the entry above.
func (x *reader) repeated(i int) int {
	j := i
	for j < len(x.t) && (x.t[j].is('_') || x.t[j].is('—') || x.t[j].is('―')) && (j == i || !x.t[j].gap || x.t[j].is('—')) {
		j++
	}
	if j-i < 2 {
		return i
	}
	x.credit(author, []journal.Name{{Literal: x.text(i, j)}}, 0.95)
	x.take(i, j)
	return j
}

// plausibleHead: what was read as names at the beginning is not a title.
func (x *reader) plausibleHead(list *people, i, limit int) bool {
	if list.forms[familyGiven]+list.forms[givenFamily] == 0 || list.role != author {
		return true
	}
	// "Vision, Memory." without initials: a name is followed by an end of its own
	if list.end >= limit {
		return false
	}
	t := &x.t[list.end]
	if t.is(':') && t.gap && list.forms[familyGiven] == 0 {
		return false // "Государственный Эрмитаж : официальный сайт"
	}
	if list.forms[familyGiven] > 0 && list.forms[familyInitials] == 0 && len(list.names) == 1 {
		return t.is('.') || t.is('(') || t.is(':') || t.is(',') || x.yearAt(list.end) || x.t[list.end-1].is('.')
	}
	return true
}

// credit adds names to the field of a role.
func (x *reader) credit(r role, names []journal.Name, sure float64) {
	names = x.fresh(r, names)
	if len(names) == 0 {
		return
	}
	switch r {
	case author:
		x.r.Authors = append(x.r.Authors, names...)
		x.found["authors"] = sure
	case editor:
		x.r.Editors = append(x.r.Editors, names...)
		x.found["editors"] = sure
	case translator:
		x.r.Translators = append(x.r.Translators, names...)
		x.found["translators"] = sure
	case compiler:
		x.r.Compilers = append(x.r.Compilers, names...)
		x.found["compilers"] = sure
	}
}

// fresh are the names that the field of a role has not yet.
func (x *reader) fresh(r role, names []journal.Name) []journal.Name {
	have := [...][]journal.Name{x.r.Authors, x.r.Editors, x.r.Translators, x.r.Compilers}[r]
	if len(have) == 0 {
		return names
	}
	var out []journal.Name
	for _, n := range names {
		if !slices.ContainsFunc(have, func(h journal.Name) bool {
			return h.Family == n.Family && (h.Literal == n.Literal || n.Family != "" && h.Given == n.Given)
		}) {
			out = append(out, n)
		}
	}
	return out
}

// move makes the authors what a mark behind them says.
func (x *reader) move(r role) {
	names := x.r.Authors
	x.r.Authors = nil
	delete(x.found, "authors")
	x.credit(r, names, 0.9)
}

// headDate reads the date that stands behind the authors: "(1998).", "2019.",
// "(2023, 1º de setembro)". It returns where the title begins.
func (x *reader) headDate(i, limit int) int {
	if i+1 < limit && orders[x.t[i].low] && allUpper(x.word(i)) && (x.t[i+1].is('.') || x.t[i+1].is(',')) {
		x.set("note", &x.r.Note, x.word(i), 0.6)
		x.take(i, i+1)
		i++
	}
	// a group or a school behind the name: "VOLÓCHINOV, V. (Círculo de Bakhtin)."
	if i+1 < limit && x.t[i].is('(') && x.pair[i] > 0 && int(x.pair[i]) < limit-1 && x.t[int(x.pair[i])+1].is('.') && !x.digitsIn(i, int(x.pair[i])) {
		x.take(i, int(x.pair[i])+1)
		i = int(x.pair[i]) + 1
	}
	j := x.skip(i, ".,", false)
	for j < limit && x.taken[j] {
		j++
	}
	if j >= limit {
		return j
	}
	if x.t[j].is('(') && x.pair[j] > 0 {
		close := int(x.pair[j])
		if end := x.reissued(j, close, limit); end > j {
			return end
		}
		if w, ok := x.dateAt(j + 1); ok && x.datesOnly(w.end, close) {
			x.dateFirst = x.setIssued(w, 0.99)
			x.take(j, close+1)
			return x.skip(close+1, ".,:", false)
		}
		if close == j+2 && x.t[j+1].low == "n" || x.noDate(j+1, close) || x.inPress(j+1, close) {
			x.take(j, close+1)
			return x.skip(close+1, ".,:", false)
		}
		return j
	}
	if w, ok := x.dateAt(j); ok && j > 0 && len(x.r.Authors)+len(x.r.Editors) > 0 && w.end < limit {
		t := &x.t[w.end]
		// "2019. Title", "2019, Title", "2015c. Title"; "1984 Title" of Harvard
		if t.is('.') || t.is(',') || t.is(':') || x.taken[w.end] && w.end+1 < limit && x.yearAt(j) && w.end-j <= 2 && !x.taken[j] && x.r.Accessed != "" {
			if x.yearAt(j) && !(w.end+1 < limit && x.t[w.end+1].kind == number && x.t[w.end].is(',')) {
				x.dateFirst = x.setIssued(w, 0.97)
				x.take(j, w.end)
				k := x.skip(w.end, ".,:", false)
				for k < limit && x.taken[k] {
					k++
				}
				return x.skip(k, ".,:", false)
			}
		}
	}
	return x.skip(i, ".,:", false)
}

// reissued reads "(1967) 2006. Title": when a work appeared first, and when the edition
// did. It is where the title begins, or open.
func (x *reader) reissued(open, close, limit int) int {
	if close != open+2 || !x.yearAt(open+1) || !x.yearAt(close+1) || close+2 >= limit || !x.t[close+2].is('.') {
		return open
	}
	x.setDate("issued_original", &x.r.IssuedOriginal, journal.YearDate(x.t[open+1].n), 0.95)
	x.dateFirst = x.setIssued(when{date: dateYear(x.t[close+1].n), end: close + 2}, 0.97)
	x.take(open, close+2)
	return x.skip(close+2, ".,:", false)
}

func (x *reader) digitsIn(i, j int) bool {
	for ; i < j; i++ {
		if x.t[i].kind == number {
			return true
		}
	}
	return false
}

// orders are religious orders, printed behind a name.
var orders = wordSet("sj op osb ofm cm csc ocd osa sdb cssr mm")

// datesOnly: nothing but another date or a mark stands up to the closing
// bracket: "(2000/1998)", "(1978 [1916])".
func (x *reader) datesOnly(i, close int) bool {
	for ; i < close; i++ {
		t := &x.t[i]
		if t.kind == word && !fillers[t.low] {
			return false
		}
	}
	return true
}

func (x *reader) inPress(i, close int) bool {
	return close-i <= 3 && (x.t[i].low == "in" && i+1 < close && (x.t[i+1].low == "press" || x.t[i+1].low == "prep") || x.t[i].low == "в" && i+1 < close && x.t[i+1].low == "печати" || x.t[i].low == "n" && i+2 < close && x.t[i+2].low == "d" || x.t[i].low == "no" && x.t[i+1].low == "prelo")
}

// bodyAt reads a body as author: BRASIL. · World Health Organization. It ends
// before a full stop or a date in brackets.
func (x *reader) bodyAt(i, limit int) (end int, ok bool) {
	words, organised, capitals := 0, false, true
	for k := i; k < limit && words < 16; k++ {
		t := &x.t[k]
		switch {
		case x.taken[k]:
			return i, false
		case t.kind == word:
			words++
			organised = organised || organisations[t.low]
			capitals = capitals && allUpper(x.word(k)) && !isHan(t.r)
		case t.kind == number:
			return i, false
		case t.is('('):
			if (x.yearAt(k+1) && int(x.pair[k]) <= k+3 || x.noDate(k+1, int(x.pair[k]))) && (organised || words <= 3 && capitals) && k > i {
				return k, true
			}
			if p := int(x.pair[k]); p > 0 && p-k <= 3 {
				k = p
				continue
			}
			return i, false
		case t.is('.') && x.stops(k, limit):
			if k+1 >= limit || x.taken[k+1] && k+2 >= limit {
				return i, false
			}
			long := words > 1 || x.t[i].to-x.t[i].from > 8
			return k, organised && words > 1 && (words <= 8 || capitals || x.yearAt(k+2)) || capitals && words <= 3 && x.t[i].to-x.t[i].from > 3 && (long || words == 1)
		case t.is(':') || t.is('/') || t.is('[') || isOpenQuote(t.r) || t.is('?') || t.is('!'):
			return i, false
		}
	}
	return i, false
}
