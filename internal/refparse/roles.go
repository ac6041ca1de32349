package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// statement are the words of a statement of responsibility besides those of
// roles.
var statement = wordSet("di v под общ общей науч научной ред редакцией гл главный и by by: с со англ нем фр франц яп исп ит лат греч польск рус кит in with an introduction and notes вступ ст авт предисл прим примеч коммент комм подгот the from pod obshch nauch redaktsiej redakciej e notas de da do dos glossário revisão apresentação organização tradução traduzido organizado organizada introd preface tekst текста текст сост вступит статья др проф акад das dos nota prefácio posfácio tradutoras tradutor tradutora introdução introdutório ensaio russo inglês francês alemão espanhol italiano técnica original prof dr доктора член-корр par por übersetzt von herausgegeben english russian яз язык языка a ответственный научный")

// roleStatement reads a role and the names behind it: "Под ред. И. Герасимова",
// "Ed. by A. Hiltebeitel", "Пер. с англ. К. Семенов", "Tradução de Helenice
// Gouvea". names may be empty.
func (x *reader) roleStatement(i, limit int) (r role, names []journal.Name, end int, ok bool) {
	j, found := i, false
	for j < limit && !x.taken[j] {
		t := &x.t[j]
		if t.kind == mark {
			if found && (t.is('.') && !t.gap || t.is(':') || t.is(',') && j+1 < limit && (ofStatement(x.t[j+1].low) || isRole(x.t[j+1].low))) || t.is('-') && !t.gap {
				j++
				continue
			}
			break
		}
		if t.kind != word {
			break
		}
		v, isrole := roleWord(t.low)
		if isrole && !(found && t.upper() && j > i && !x.t[j-1].is('.') && !isRole(t.low)) {
			if !found {
				r = v
			}
			found = true
		} else if t.upper() && found && languageNames[t.low] != "" && (x.t[j-1].low == "from" || x.t[j-1].low == "the" || x.t[j-1].low == "aus" || x.t[j-1].low == "dem") {
			// "Translated from the Italian by"
		} else if !ofStatement(t.low) || t.upper() && j > i && !(x.t[j-1].is('.') && len(t.low) > 2) {
			break
		} else if t.upper() && x.initialAt(j) && j+1 < limit && x.t[j+1].is('.') {
			break // the initial of a name
		}
		j++
	}
	if !found {
		return author, nil, i, false
	}
	list, ok := x.peopleAt(j, limit, true)
	if !ok {
		list, ok = x.namesWritten(j, limit)
	}
	if ok {
		return r, list.names, list.end, true
	}
	return r, nil, j, true
}

// ofStatement: the word belongs to a statement of responsibility, as the languages do
// that a work was translated from: "с французского", "de l’italien".
func ofStatement(low string) bool {
	if statement[low] || strings.HasSuffix(low, "ского") || strings.HasSuffix(low, "skogo") || strings.HasSuffix(low, "ської") {
		return true
	}
	for _, elided := range [...]string{"l’", "l'", "d’", "d'", "dall’", "dall'"} {
		if rest, ok := strings.CutPrefix(low, elided); ok {
			return languageNames[rest] != "" || statement[rest]
		}
	}
	return languageNames[low] != ""
}

// contributions are of people who made no part of the work that has a field.
var contributions = wordSet("apresentação prefácio posfácio introdução prólogo foreword preface afterword introduction вступ предисл послесл prefacio introd ilustrações illustrated рис худож рук рец")

func isRole(low string) bool {
	_, ok := roleWord(low)
	return ok
}

func roleWord(low string) (role, bool) {
	switch low {
	case "tradução", "traduzido", "traducción", "traduction", "перевод", "перевели", "translated", "переклад", "übersetzt", "perevod":
		return translator, true
	case "organização", "organizado", "redaktsiej", "редакцией", "общей", "redakciej", "herausgegeben", "ответственный":
		return editor, true
	case "составление", "compiled":
		return compiler, true
	case "dir", "dirs", "org", "comp":
		return roles[low], true
	}
	r, ok := roles[low]
	return r, ok
}

// namesWritten reads names written out behind a role: "Sheila Grillo e Ekaterina
// Vólkova Américo".
func (x *reader) namesWritten(i, limit int) (people, bool) {
	p := people{end: i}
	for j := i; j < limit && len(p.names) < 20; {
		at, _, ok := x.personGiven(j)
		if !ok {
			if at, ok = x.personDirect(j); !ok {
				break
			}
		}
		if at.end > limit || x.publisherLike(j, at.end) && len(p.names) > 0 {
			break
		}
		x.literal(&at, j)
		if isCyrillic(x.t[j].r) {
			at.name.Family, at.name.Given = "", ""
		}
		p.names = append(p.names, at.name)
		p.end = at.end
		next, more := x.nextName(at.end, &p)
		if !more || x.t[at.end].is(';') || x.closesList(at, j, next) {
			break
		}
		j = next
	}
	if end := x.othersAt(p.end); len(p.names) > 0 && end > p.end && end <= limit {
		p.names, p.end = append(p.names, x.othersName(p.end, end)), end
	}
	return p, len(p.names) > 0
}

// readRoles takes statements of responsibility and names with a role that stand
// as parts of their own between tokens: "Edited by A.V. Zrodnikov", "Gerasimov
// I.V. (ed).", "Tradução de …".
func (x *reader) readRoles(i, limit int) {
	for k := i; k < limit; k++ {
		if x.taken[k] || x.t[k].kind != word || k > i && !x.boundary(k, i) {
			continue
		}
		if isRole(x.t[k].low) || (x.t[k].low == "под" || x.t[k].low == "pod") {
			r, names, end, ok := x.roleStatement(k, limit)
			if ok && len(names) > 0 {
				from := k
				if k > i && (x.t[k-1].is('/') || x.t[k-1].is('(') && int(x.pair[k-1]) >= end) {
					from--
					if x.t[k-1].is('(') {
						end = int(x.pair[k-1]) + 1
					}
				}
				x.credit(r, names, 0.93)
				x.take(from, end)
				if x.t[min(end, limit-1)].is(';') {
					x.takeStatement(end, limit)
				}
				k = end - 1
				continue
			}
			if ok && end > k+2 && r == translator {
				x.take(k, end)
				k = end - 1
			}
			continue
		}
		if contributions[x.t[k].low] && x.t[k].upper() {
			j := x.skip(k+1, ".:", true)
			if list, ok := x.namesWritten(j, limit); ok && x.endsPart(list.end, limit) {
				x.take(k, list.end)
				k = list.end - 1
			}
			continue
		}
		if !x.t[k].upper() {
			continue
		}
		list, ok := x.peopleAt(k, limit, true)
		if !ok || list.role == author {
			list, ok = x.namesWritten(k, limit)
			if ok {
				if r, e := x.roleAfter(list.end); e > list.end {
					list.role, list.end = r, e
				}
			}
		}
		if ok && list.role != author {
			x.credit(list.role, list.names, 0.93)
			x.take(k, list.end)
			k = list.end - 1
		}
	}
}

// takeStatement passes the rest of a statement behind a semicolon, up to the
// next full stop.
func (x *reader) takeStatement(i, limit int) {
	if i+1 < limit && x.t[i+1].lower() {
		for k := i; k < limit; k++ {
			if x.taken[k] || x.stops(k, limit) {
				x.take(i, k)
				return
			}
		}
	}
}

// readEdition takes "2. ed. rev.", "3rd ed.", "Изд. 2-е, испр. и доп.", "1ª ed.".
func (x *reader) readEdition(i, limit int) {
	for k := i; k < limit; k++ {
		t := &x.t[k]
		if x.taken[k] || t.kind != word {
			continue
		}
		if !editionLabels[t.low] {
			continue
		}
		from := k
		if from > i && x.t[from-1].is('-') && !x.t[from-1].gap {
			continue
		}
		if from > i && x.t[from-1].is('.') && !x.t[from-1].gap { // "2. ed."
			from--
		}
		start := from
		for start > i && !x.taken[start-1] && (x.t[start-1].kind == number && x.t[start-1].digits() <= 2 || x.t[start-1].kind == word && ordinalEnd[x.t[start-1].low] && start > i+1 && (x.t[start-2].kind == number || x.t[start-2].is('-') && !x.t[start-2].gap) || x.t[start-1].is('ª') || x.t[start-1].is('º') || x.t[start-1].is('.') && start > i+1 && x.t[start-2].kind == number && !x.t[start-1].gap && (x.t[start].is('ª') || x.t[start].is('º') || x.t[start].low == "a" || x.t[start].low == "ª") || x.t[start-1].is('-') && !x.t[start-1].gap || x.t[start-1].kind == word && ordinals[x.t[start-1].low]) {
			start--
		}
		to := k + 1
		if start == from { // "Изд. 2-е"
			n := x.skip(to, ".", false)
			e := n
			for e < limit && e < n+3 && !x.taken[e] && (x.t[e].kind == number && x.t[e].digits() <= 2 || x.t[e].is('-') && e > n || x.t[e].kind == word && ordinalEnd[x.t[e].low] && e > n) {
				e++
			}
			if e == n || x.t[n].kind != number {
				continue
			}
			x.set("edition", &x.r.Edition, x.text(n, e), 0.93)
			start, to = k, e
		} else {
			x.set("edition", &x.r.Edition, x.text(start, from), 0.95)
		}
		for to < limit && !x.taken[to] && (x.t[to].is('.') && !x.t[to].gap || x.t[to].is(',') && to+1 < limit && x.t[to+1].lower() && revised[x.t[to+1].low] || x.t[to].kind == word && revised[x.t[to].low]) {
			to++
		}
		if start > i && x.t[start-1].is('(') && int(x.pair[start-1]) == to {
			start, to = start-1, to+1
		}
		x.editionAt = start
		x.take(start, to)
		return
	}
}

// editionLabels stand behind or before the number of an edition.
var editionLabels = wordSet("ed edn edition изд издание edição edición aufl auflage изд-е izd éd édition ediz edizione uitg wyd видання")

// editionBegins: "2e éd." stands at k.
func (x *reader) editionBegins(k, limit int) bool {
	if k >= limit || x.t[k].kind != number || x.t[k].digits() > 2 {
		return false
	}
	for e := k + 1; e < limit && e < k+4; e++ {
		if x.t[e].kind == word && editionLabels[x.t[e].low] {
			return true
		}
	}
	return false
}

var (
	ordinalEnd = wordSet("st nd rd th e ème er re ed е ое изд а й ье ª a")
	ordinals   = wordSet("late early city national morning evening final second third fourth fifth sixth revised rev первое второе third-edition")
	revised    = wordSet("rev ampl испр доп перераб и стереотип стереотипное исправл дополн atual aum перер переработанное дополненное исправленное e and enl revised ред")
)

// roles are the words for what somebody did.
var roles = map[string]role{
	"ed": editor, "eds": editor, "editor": editor, "editors": editor, "edited": editor, "edit": editor, "hrsg": editor, "hg": editor, "herausgeber": editor,
	"org": editor, "orgs": editor, "organizador": editor, "organizadora": editor, "organizadores": editor, "coord": editor, "coords": editor, "coordinador": editor, "dir": editor, "dirs": editor,
	"ред": editor, "редактор": editor, "редакторы": editor, "отв": editor, "red": editor, "otv": editor, "уред": editor, "編": editor, "cur": editor, "éd": editor, "éds": editor, "curatore": editor,
	"comp": compiler, "comps": compiler, "compiler": compiler, "сост": compiler, "составитель": compiler, "составители": compiler, "sost": compiler, "съст": compiler,
	"състав": compiler, "съставител": compiler, "trans": translator, "transl": translator, "translator": translator, "trad": translator, "пер": translator, "перев": translator, "per": translator, "訳": translator, "trads": translator,
	"übers": translator, "przeł": translator, "przekł": translator, "övers": translator, "çev": translator, "перекл": translator, "oprac": editor, "hgg": editor, "hrg": editor, "upor": compiler, "упоряд": compiler,
}

// roleAfter reads the mark of a role behind names: "(Ed.)", "(orgs)", ", eds.",
// "ed.", "(отв. ред.)". end is i where there is none.
func (x *reader) roleAfter(i int) (r role, end int) {
	j := i
	if j < len(x.t) && x.t[j].is(',') {
		j++
	}
	if j >= len(x.t) || x.taken[j] {
		return 0, i
	}
	if x.t[j].is('(') || x.t[j].is('[') {
		found := false
		for k := j + 1; k < len(x.t) && k < j+9; k++ {
			switch t := &x.t[k]; {
			case t.is(')') || t.is(']'):
				if !found {
					return 0, i
				}
				return r, k + 1
			case t.kind == word:
				if v, ok := roles[t.low]; ok && !found {
					r, found = v, true
				} else if !ok && !and[t.low] && t.low != "науч" && t.low != "общ" && t.low != "in" && t.low != "chief" && t.low != "гл" && t.low != "nauch" {
					return 0, i
				}
			case t.kind == number:
				return 0, i
			}
		}
		return 0, i
	}
	if x.t[j].kind == word && x.t[j].lower() {
		switch x.t[j].low {
		case "ed", "eds", "editor", "editors", "org", "orgs", "hrsg", "coord", "comp", "ред":
			end = j + 1
			if end < len(x.t) && x.t[end].is('.') && !x.t[end].gap {
				end++
			}
			return roles[x.t[j].low], end
		}
	}
	return 0, i
}
