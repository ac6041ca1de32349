package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// readWhole reads what follows the authors in an entry that names no other work
// as its host by a mark: a book, an article with its journal, a page of the web.
func (x *reader) readWhole(i, limit int) {
	rest, marked := x.readTitle(i, limit)
	if !marked {
		x.readTail(i, limit, true)
		return
	}
	x.marked = true
	x.readTail(rest, limit, false)
}

// readPart reads the title of a part before its host.
func (x *reader) readPart(i, limit int) {
	rest, marked := x.readTitle(i, limit)
	if marked {
		x.readTail(rest, limit, false)
		return
	}
	x.readRoles(i, limit)
	x.readEdition(i, limit)
	if k := limit - 1; k > i+1 { // "Title. 2015. In: …"
		for k > i && x.t[k].is('.') {
			k--
		}
		if x.yearAt(k) && x.t[k-1].is('.') && x.r.Issued == "" {
			x.setIssued(when{date: dateYear(x.t[k].n), end: k + 1}, 0.85)
			x.take(k, limit)
		}
	}
	end := limit
	for k := i; k < limit; k++ {
		if x.taken[k] {
			end = k
			break
		}
	}
	x.genreInTitle(i, end)
	x.set("title", &x.r.Title, x.clean(i, end), 0.96)
	x.take(i, limit)
}

// readTitle reads a title whose end is marked: by its quotation marks, by a
// translation in brackets, by a date in brackets, by " / ". rest is what follows.
func (x *reader) readTitle(i, limit int) (rest int, marked bool) {
	for i < limit && x.t[i].kind == mark && containsRune(".,:;–—", x.t[i].r) {
		i++
	}
	if i >= limit {
		return i, false
	}
	if x.t[i].low == "art" && i+2 < limit && x.t[i+1].is('.') && x.t[i+2].kind == mark && isOpenQuote(x.t[i+2].r) { // an article of a lexicon
		x.take(i, i+2)
		i += 2
	}
	if isOpenQuote(x.t[i].r) && x.t[i].kind == mark && x.pair[i] > 0 && int(x.pair[i]) < limit {
		close := int(x.pair[i])
		if x.quotedTitle(close, limit) {
			x.quoted = true
			x.titleOriginal(i+1, close, 0.97)
			x.take(i, close+1)
			rest = x.readTranslation(close+1, limit)
			return x.titleDate(rest, limit), true
		}
	}
	for k := i; k < limit; k++ {
		if x.taken[k] {
			if end := x.titleHole(k, i, limit); end > k {
				x.titleOriginal(i, k, 0.95)
				x.take(i, k)
				return x.titleDate(end, limit), true
			}
			continue
		}
		p := int(x.pair[k])
		switch {
		case x.t[k].is('[') && p > 0 && k > i && x.translation(k, p):
			x.genreInTitle(i, k)
			to := k
			if k > i && x.t[k-1].is('.') && x.found["genre"] == 0 && x.free(i, k) {
				// a full stop that is printed before the brackets is kept
				x.set("title", &x.r.Title, strings.TrimSpace(x.text(i, k)), 0.97)
			}
			x.titleOriginal(i, to, 0.97)
			x.take(i, k)
			rest = x.readTranslation(k, limit)
			return x.titleDate(rest, limit), true
		case x.t[k].is('(') && p > 0 && k > i && x.roundTranslation(k, p):
			x.titleOriginal(i, k, 0.93)
			x.set("title_translated", &x.r.TitleTranslated, strings.TrimSpace(x.text(k+1, p)), 0.9)
			x.take(i, p+1)
			return x.titleDate(p+1, limit), true
		case x.t[k].is('(') && p > 0 && k > i && p < limit && x.r.Issued == "" && x.dateInBrackets(k, p) && !x.numberBefore(k) && !x.t[k-1].is(',') && !(len(x.r.Authors) > 0 && x.yearBehind(p, limit)):
			x.dated = true
			x.titleOriginal(i, k, 0.95)
			x.take(i, k)
			return x.titleDate(k, limit), true
		case p > k && p < limit && (x.t[k].is('(') || x.t[k].is('[') || isOpenQuote(x.t[k].r)):
			k = p
		}
	}
	if k := x.responsibility(i, limit); k > 0 {
		end := x.volumesInTitle(i, x.speciality(i, k))
		x.readEdition(i, end)
		for m := i; m < k; m++ {
			if x.taken[m] {
				end = m
				break
			}
		}
		x.partInTitle(i, end)
		x.readVolumeBehind(i, end)
		for m := i; m < end; m++ {
			if x.taken[m] {
				end = m
				break
			}
		}
		x.genreInTitle(i, end)
		x.titleOriginal(i, end, 0.96)
		x.take(i, k)
		return x.readResponsibility(k+1, limit), true
	}
	return i, false
}

// titleHole: what was taken at k ends a title: a note on language in the middle,
// "Title (in Russian). Journal", or a medium before a sentence, "Title [online].
// Site". It returns where the sentence behind it begins, or k.
func (x *reader) titleHole(k, i, limit int) int {
	if k == i || (x.noted == "" || k != x.noteAt) && (x.medium == "" || k != x.mediumAt || x.shownMedium()) {
		return k
	}
	end := int(x.pair[k]) + 1
	if end >= limit || !(x.t[end].is('.') || x.t[end].is(',')) || !x.hasWord(end, limit) {
		return k
	}
	if k == x.mediumAt && x.t[end].is('.') && x.sentences(i, k) > 1 && x.hasNumber(end, limit) {
		return k // "Title. Journal [Internet]. 2016;15(41)"
	}
	if x.t[end].is(',') && k == x.mediumAt {
		return k
	}
	return end
}

// sentences counts the sentences between.
func (x *reader) sentences(i, k int) int {
	n := 1
	for ; i < k; i++ {
		if x.stops(i, k) && i+1 < k {
			n++
		}
	}
	return n
}

// hasNumber: a number stands before the next word.
func (x *reader) hasNumber(i, limit int) bool {
	for ; i < limit && !x.taken[i]; i++ {
		if x.t[i].kind != mark {
			return x.t[i].kind == number
		}
	}
	return false
}

// yearBehind: another year follows, so that the one in brackets is of the title.
func (x *reader) yearBehind(i, limit int) bool {
	for ; i < limit; i++ {
		if !x.taken[i] && x.yearAt(i) {
			return true
		}
	}
	return false
}

// quotedTitle: what stands in quotation marks up to close is the whole title and
// not its first words.
func (x *reader) quotedTitle(close, limit int) bool {
	if close+1 >= limit || x.taken[close+1] {
		return true
	}
	for k := close + 1; k < limit && !x.taken[k]; k++ { // "“A”. B [Translation]"
		if x.t[k].is('[') && x.pair[k] > 0 && x.translation(k, int(x.pair[k])) {
			return k <= close+2
		}
	}
	if t := &x.t[close-1]; t.is(',') || t.is('.') || t.is('?') || t.is('!') {
		return true
	}
	next := &x.t[close+1]
	return next.is(',') || next.is('.') || next.is('[') || next.is(';') || next.is('/') || next.is('(') || next.kind == word && next.low == "in" || next.upper() && x.t[close].r != '»'
}

// numberBefore: a volume stands before brackets, so that they hold an issue or
// the year of the volume.
func (x *reader) numberBefore(k int) bool {
	return x.t[k-1].kind == number || x.t[k-1].kind == word && romanNumeral(x.t[k-1].low) && x.t[k-1].upper()
}

// dateInBrackets: the group holds a date and nothing else, and the title ends
// before it.
func (x *reader) dateInBrackets(k, close int) bool {
	w, ok := x.dateAt(k + 1)
	if !ok || w.end != close {
		return false
	}
	after := close + 1
	return after >= len(x.t) || x.t[after].is('.') || x.t[after].is(',') || x.taken[after]
}

// titleDate takes the date in brackets behind a title.
func (x *reader) titleDate(i, limit int) int {
	j := x.skip(i, ".,", false)
	if j < limit && x.t[j].is('(') && x.pair[j] > 0 {
		if w, ok := x.dateAt(j + 1); ok && w.end == int(x.pair[j]) {
			x.setIssued(w, 0.98)
			x.take(j, w.end+1)
			return w.end + 1
		}
	}
	return i
}

// translation: the brackets behind a title hold its translation.
func (x *reader) translation(k, close int) bool {
	letters := 0
	for j := k + 1; j < close; j++ {
		if x.taken[j] {
			return false
		}
		if x.t[j].kind == word {
			letters += x.t[j].to - x.t[j].from
		}
	}
	if letters < 2 {
		return false
	}
	if w, ok := x.dateAt(k + 1); ok && w.end == close {
		return false
	}
	low := x.t[k+1].low
	if low == "arxiv" || low == "hep" || low == "astro" || low == "quant" || low == "cond" || low == "inspire" {
		return false
	}
	if low == "место" && x.t[k+2].low == "защиты" {
		return false // of a thesis
	}
	if low == "unpublished" || low == "relatório" || low == "rec" || low == "рец" || x.namesThesis(k, close) {
		x.takeGenre(k, close)
		return false
	}
	return low != "et" && !(close <= k+4 && (low == "и" || low == "та" || low == "y"))
}

// roundTranslation: a translation in round brackets behind a title in another
// script.
func (x *reader) roundTranslation(k, close int) bool {
	if k == 0 || x.t[k-1].kind != word || !isHan(x.t[k-1].r) || close-k < 4 {
		return false
	}
	words := 0
	for j := k + 1; j < close; j++ {
		if x.t[j].kind == word && x.t[j].r < 0x250 {
			words++
		}
	}
	return words >= 3
}

// readTranslation takes a translation in brackets at i.
func (x *reader) readTranslation(i, limit int) int {
	j := x.skip(i, ".,", false)
	if j < limit && x.t[j].is('[') && x.pair[j] > 0 && !x.taken[j] && x.translation(j, int(x.pair[j])) {
		close := int(x.pair[j])
		x.set("title_translated", &x.r.TitleTranslated, x.withoutGenre(x.inside(j, close)), 0.98)
		x.take(j, close+1)
		return close + 1
	}
	return i
}

// inside is what brackets hold.
func (x *reader) inside(open, close int) string { return strings.TrimSpace(x.text(open+1, close)) }

// titleOriginal keeps a title; where the same title stands in Latin letters and
// in its own script side by side, they come apart: "Zengaku kenkyū 禅学研究".
func (x *reader) titleOriginal(i, j int, sure float64) {
	x.partInTitle(i, j)
	i, j = x.trimmed(i, j)
	if i < j && x.t[i].is('[') && int(x.pair[i]) == j-1 { // a title that is a translation, in medical lists
		i, j = i+1, j-1
	}
	for k := i + 1; k < j; k++ {
		if x.t[k].kind == word && isHan(x.t[k].r) && x.t[k].gap && x.t[i].r < 0x250 && x.t[i].kind == word {
			x.set("title", &x.r.Title, x.clean(i, k), sure)
			x.set("title_original", &x.r.TitleOriginal, strings.Trim(x.clean(k, j), ".,"), sure)
			return
		}
	}
	x.set("title", &x.r.Title, x.clean(i, j), sure)
}

// partInTitle reads the number of a part that is a part of the title: "Часть 2.
// Балансирование".
func (x *reader) partInTitle(i, j int) {
	for k := i + 1; k < j; k++ {
		if f, v := x.labelAt(k); f == part && len(x.t[k].low) > 2 && x.t[k].upper() {
			x.set("part", &x.r.Part, x.text(v, x.numberEnd(v)), 0.9)
		}
	}
}

// readResponsibility reads what follows " / ": names that repeat the authors,
// names with a role, up to the next area.
func (x *reader) readResponsibility(i, limit int) int {
	end := i
	for k := i; k < limit; {
		if r, names, e, ok := x.roleStatement(k, limit); ok {
			x.credit(r, names, 0.95)
			x.take(k, e)
			if len(names) == 0 && x.t[e-1].is('.') {
				return e
			}
			k, end = e, e
		} else if list, ok := x.namesBehindSlash(k, limit); ok {
			x.mergeAuthors(list)
			x.take(k, list.end)
			k, end = list.end, list.end
		} else {
			break
		}
		j := x.skip(k, ";,", false)
		if j == k || j >= limit || x.taken[j] {
			break
		}
		k = j
	}
	if end == i {
		return i // no names: a host, the number of a report
	}
	for k := end; k < limit; k++ {
		if x.taken[k] || x.stops(k, limit) || x.t[k].isDash() && x.t[k].gap || x.t[k].is('/') {
			if x.r.Genre != "" && x.anyOrganisation(end, k) { // where a thesis was defended
				x.set("publisher", &x.r.Publisher, x.clean(end, k), 0.9)
			}
			x.take(end, k)
			return k
		}
	}
	return end
}

// namesBehindSlash reads names that initials make certain, or names written out that a
// semicolon or the end of the area follows: "Мишель Фуко ; перевод …".
func (x *reader) namesBehindSlash(i, limit int) (people, bool) {
	if list, ok := x.peopleAt(i, limit, true); ok {
		return list, true
	}
	list, ok := x.namesWritten(i, limit)
	if !ok || list.end < limit && !x.t[list.end].is(';') && !x.t[list.end].is('.') {
		return people{}, false
	}
	return list, true
}

// mergeAuthors: names without a role behind " / " are the authors, once more or,
// where the heading has only the first, all of them.
func (x *reader) mergeAuthors(list people) {
	if list.role != author {
		x.credit(list.role, list.names, 0.95)
		return
	}
	have := x.r.Authors
	if len(have) == 0 {
		x.credit(author, list.names, 0.9)
		return
	}
	if len(list.names) > len(have) && journal.Same(have[0].Family) == journal.Same(list.names[0].Family) {
		x.r.Authors = nil
		x.credit(author, list.names, 0.93)
	}
}
