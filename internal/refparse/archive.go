package refparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// units are the words for the steps of an archival locator.
var units = map[string]string{
	"ф": "fond", "фонд": "fond", "f": "fond", "fond": "fond", "коллекция": "fond", "fund": "fond",
	"оп": "inventory", "опись": "inventory", "op": "inventory", "opis": "inventory", "opis'": "inventory", "inventory": "inventory", "инв": "inventory", "inv": "inventory",
	"д": "unit", "дело": "unit", "d": "unit", "delo": "unit", "ед": "unit", "спр": "unit", "file": "unit", "ed": "unit", "св": "unit",
	"л": "leaves", "лл": "leaves", "лист": "leaves", "l": "leaves", "ll": "leaves", "list": "leaves", "leaf": "leaves", "sheet": "leaves", "арк": "leaves",
	"rg": "collection", "fo": "collection", "box": "box", "карт": "box", "картон": "box", "папка": "folder", "п": "folder", "folder": "folder", "papka": "folder", "p": "folder",
}

// locator is where an archival locator was found.
type locator struct {
	from, to int
	a        journal.Archive
	steps    int
}

// readArchive reads an archival locator: "ГАРФ. Ф. Р-1235. Оп. 4. Ед. хр. 11. Л.
// 52", "RG 59, box 4", "НАУА, FO 371/…". What stands before it is the title.
func (x *reader) readArchive() bool {
	l, ok := x.locator()
	if !ok {
		return false
	}
	x.r.Archive = l.a
	x.found["archive"] = 0.95
	if l.steps < 3 {
		x.found["archive"] = 0.8
	}
	x.take(l.from, l.to)
	i := x.skip(0, ".,;", false)
	if l.from > i {
		end := l.from
		for end > i && x.t[end-1].is('/') {
			end--
		}
		x.documentTitle(i, end)
	}
	if j := x.skip(l.to, ".,;", false); x.hasWord(j, len(x.t)) {
		x.set("note", &x.r.Note, x.clean(j, len(x.t)), 0.8)
	}
	return true
}

// documentTitle reads what stands before an archival locator: who wrote the document,
// what it is called and, in the name or behind it, when it was written.
func (x *reader) documentTitle(i, end int) {
	j := x.readHead(i, end)
	x.readIssued(j, end)
	if x.r.Issued == "" {
		x.datedInTitle(j, end)
	}
	stop := j
	for stop < end && !x.taken[stop] {
		if p := int(x.pair[stop]); x.t[stop].is('[') && p > 0 && p < end && stop > j && x.translation(stop, p) {
			break
		}
		stop++
	}
	if stop < end && !x.taken[stop] {
		x.readTranslation(stop, end)
	}
	if x.hasWord(j, stop) {
		x.set("title", &x.r.Title, x.clean(j, stop), 0.8)
	} else if x.hasWord(j, end) {
		x.set("title", &x.r.Title, x.clean(j, end), 0.8)
	}
}

// datedInTitle takes the date that the name of a document gives, and leaves it there:
// "Письмо … от 12 мая 1932 г.".
func (x *reader) datedInTitle(i, end int) {
	for k := i + 1; k < end; k++ {
		if x.t[k].kind != number || x.taken[k] || !dating[x.t[k-1].low] {
			continue
		}
		if w, ok := x.dateAt(k); ok && w.exact() && w.end <= end {
			x.setIssued(w, 0.85)
			return
		}
	}
}

// dating are the words before the date of a document.
var dating = wordSet("от ot від of from dated du del vom de")

// documents are the words that the name of a document begins with, which is no name of a
// person though initials follow: "Письмо А. В. Луначарского".
var documents = wordSet("письмо pismo pis'mo pis’mo записка zapiska телеграмма telegramma протокол protokol стенограмма stenogramma докладная справка spravka рапорт raport донесение donesenie отчёт отчет заявление zayavlenie letter telegram memorandum minutes lettre rapport brief carta informe")

// documentAt: the name of a document begins at i.
func (x *reader) documentAt(i int) bool {
	return i+1 < len(x.t) && x.t[i].upper() && documents[x.t[i].low] && x.t[i+1].kind == word
}

// locator finds the steps of an archive one behind the other; two make one.
func (x *reader) locator() (locator, bool) {
	for i := range x.t {
		if x.taken[i] || x.t[i].kind != word {
			continue
		}
		unit, _, _ := x.step(i)
		if unit != "fond" && unit != "collection" {
			continue
		}
		l := locator{from: i, to: i}
		for k := i; k < len(x.t) && !x.taken[k]; {
			unit, v, end := x.step(k)
			if unit == "" {
				break
			}
			if unit == "fond" && l.a.Collection != "" {
				unit = "leaves" // "FO 371/12345, f. 23"
			}
			if !keepStep(&l.a, unit, x.text(v, end)) {
				break
			}
			l.steps++
			l.to = end
			k = x.skip(end, ".,;/", false)
		}
		if l.steps < 2 && l.a.Collection == "" {
			continue
		}
		if from := x.repository(i); from < i {
			l.a.Repository = x.clean(from, i)
			l.from = from
		} else if l.steps < 3 {
			continue
		}
		return l, true
	}
	return locator{}, false
}

// step reads one step: "Ф. Р-1235", "оп. 15", "Ед. хр. 11", "RG 59".
func (x *reader) step(i int) (unit string, value, end int) {
	if i >= len(x.t) || x.t[i].kind != word {
		return "", i, i
	}
	unit = units[x.t[i].low]
	if unit == "" {
		return "", i, i
	}
	j := i + 1
	if x.t[i].low == "ед" || x.t[i].low == "ed" { // единица хранения
		j = x.skip(j, ".", false)
		if j >= len(x.t) || x.t[j].low != "хр" && x.t[j].low != "khr" {
			return "", i, i
		}
		j++
	}
	if unit == "collection" && !allUpper(x.word(i)) {
		return "", i, i
	}
	j = x.skip(j, ".№", false)
	if j >= len(x.t) || x.taken[j] {
		return "", i, i
	}
	end = j
	letter := false
	for end < len(x.t) && !x.taken[end] && end < j+12 {
		t := &x.t[end]
		switch {
		case t.kind == number && (end == j || !t.gap || x.t[end-1].isDash() || x.t[end-1].is(',') && unit == "leaves"):
		case t.kind == word && end == j && utf8.RuneCountInString(t.low) <= 2 && t.upper() && end+1 < len(x.t) && (x.t[end+1].isDash() || x.t[end+1].kind == number):
			letter = true
		case t.kind == word && end > j && utf8.RuneCountInString(t.low) <= 2 && (!t.gap || versos[t.low]):
			if versos[t.low] && end+1 < len(x.t) && x.t[end+1].is('.') {
				end++
			}
		case t.isDash() && end > j && end+1 < len(x.t) && (x.t[end+1].kind == number || x.t[end+1].kind == word && !x.t[end+1].gap):
		case t.is('/') && end > j && !t.gap && end+1 < len(x.t) && x.t[end+1].kind == number:
		case t.is(',') && unit == "leaves" && end+1 < len(x.t) && x.t[end+1].kind == number:
		default:
			if end == j {
				return "", i, i
			}
			return unit, j, end
		}
		end++
	}
	if end == j || letter && end == j+1 {
		return "", i, i
	}
	return unit, j, end
}

// versos are the words for the back of a leaf.
var versos = wordSet("об ob зв")

// repository is where the name of the archive before i begins: its acronym and
// the words before it up to the end of a sentence, or i.
func (x *reader) repository(i int) int {
	j := i
	for j > 0 && x.t[j-1].kind == mark && containsRune(".,;", x.t[j-1].r) {
		j--
	}
	k := j
	for k > 0 && j-k < 12 && !x.taken[k-1] {
		t := &x.t[k-1]
		if t.is('/') || t.is(';') || t.is(':') || t.is('.') && k < j && x.stops(k-1, j) {
			break
		}
		k--
	}
	for k < j && x.t[k].kind == mark {
		k++
	}
	for m := k; m < j; m++ {
		if acronym(x.word(m)) || archives[x.t[m].low] {
			return k
		}
	}
	return i
}

// acronym: at least three capitals: ГАРФ, РГИА, NARA.
func acronym(s string) bool {
	n := countUpper(s)
	return n >= 3 || n == 2 && utf8.RuneCountInString(s) == 2
}

func countUpper(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

var archives = wordSet("архив archive archives arkhiv archiv arquivo archivo national")

func set(into *string, value string) bool {
	if *into != "" {
		return false
	}
	*into = strings.TrimSpace(value)
	return true
}

// keepStep keeps the value of a step, and refuses a second one.
func keepStep(a *journal.Archive, unit, value string) bool {
	switch unit {
	case "fond":
		return set(&a.Fond, value)
	case "inventory":
		return set(&a.Inventory, value)
	case "unit":
		return set(&a.Unit, value)
	case "leaves":
		return set(&a.Leaves, value)
	case "collection":
		return set(&a.Collection, value)
	case "box":
		return set(&a.Box, value)
	}
	return set(&a.Folder, value)
}
