package refparse

import (
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
)

// readTail reads what follows a title, or with titleFirst what begins with one:
// numbers, date, imprint, roles; what is left in order is title, container and
// publisher.
func (x *reader) readTail(i, limit int, titleFirst bool) {
	i = x.skip(i, ".,;:–—", false)
	i = x.reviewed(i, limit)
	second, hasSecond := x.secondBracket(i, limit, titleFirst)
	if hasSecond && x.yearBehind(int(x.pair[second]), limit) {
		x.datesFrom = max(x.datesFrom, int(x.pair[second])+1)
	}
	x.thesisInBrackets(i, limit)
	x.presented(i, limit)
	x.byAuthor(i, limit)
	x.session(i, limit)
	x.readThesis(i, limit)
	x.readBracketed(i, limit)
	if x.readParts(i, limit) {
		x.assign(i, limit, titleFirst)
		return
	}
	x.volumeTitle(i, limit)
	x.placeYear(i, limit)
	x.readNumbersOf(i, limit)
	x.dayOfYear(i, limit)
	x.readSigned(i, limit)
	from := i
	if titleFirst {
		from = x.firstStop(i, limit)
	}
	x.readEdition(from, limit)
	x.readRoles(from, limit)
	if hasSecond {
		x.readImprint(int(x.pair[second])+1, limit, false)
	} else if !titleFirst || x.r.Volume == "" || x.r.Pages == (journal.Pages{}) || x.labelled {
		x.readImprint(i, limit, titleFirst)
	}
	x.readInstalment()
	x.readRange(i, limit)
	x.readLastNumber(i, limit, titleFirst)
	x.assign(i, limit, titleFirst)
}

// readLastNumber takes "History of Science, 1.": a number at the very end behind
// a comma, where the date stands before the title.
func (x *reader) readLastNumber(i, limit int, titleFirst bool) {
	if titleFirst && !x.dateFirst || x.r.Volume != "" || x.r.Issue != "" || x.r.Pages != (journal.Pages{}) || x.r.Place != "" {
		return
	}
	k := limit - 1
	for k > i && !x.taken[k] && x.t[k].is('.') {
		k--
	}
	if k > i+1 && !x.taken[k] && x.t[k].kind == number && x.t[k].digits() <= 3 && x.t[k-1].is(',') && x.t[k-2].kind == word && !x.taken[k-2] {
		x.set("volume", &x.r.Volume, x.word(k), 0.7)
		x.take(k, k+1)
	}
}

// readNumbersOf reads the numbers of volume, issue and pages and the date.
func (x *reader) readNumbersOf(i, limit int) {
	x.readTotals(i, limit)
	x.readLabelled(i, limit)
	x.readUnlabelled(i, limit)
	x.readIssued(max(i, x.datesFrom), limit)
	x.barePage(i, limit)
	x.splitVolume()
}

// readInstalment gives the number of a выпуск to a volume of a book or to an
// issue of a journal, which has no publisher.
func (x *reader) readInstalment() {
	switch {
	case x.instalment == "":
	case x.r.Issue == "" && (x.r.Place == "" && x.r.Publisher == "" || x.r.Volume != ""):
		x.set("issue", &x.r.Issue, x.instalment, 0.85)
	default:
		x.set("volume", &x.r.Volume, x.instalment, 0.85)
	}
}

// firstStop is the first end of a sentence, or of a taken part, after i.
func (x *reader) firstStop(i, limit int) int {
	for k := i + 1; k < limit; k++ {
		if x.taken[k] || x.stops(k, limit) || x.t[k].is(',') && (x.roleBegins(k+1, limit) || x.editionBegins(k+1, limit)) {
			return k
		}
	}
	return limit
}

// roleBegins: the words of a statement of responsibility stand at k: "trans. Richard
// Pevear", "edited by …", "trad. de l’italien par …".
func (x *reader) roleBegins(k, limit int) bool {
	if k >= limit || x.t[k].kind != word || !x.t[k].lower() || !isRole(x.t[k].low) {
		return false
	}
	_, names, _, ok := x.roleStatement(k, limit)
	return ok && len(names) > 0
}

// readParts takes several volumes in one entry: "Вып. 1. М.: Прогресс, 2004; Вып.
// 2. М.: Прогресс, 2009." Their numbers and dates are of no single work and stay
// in a note.
func (x *reader) readParts(i, limit int) bool {
	first := -1
	for k := i; k+2 < limit; k++ {
		f, _ := x.labelAt(k)
		if first < 0 && (f == volume || f == instalment || f == part) {
			first = k
		}
		if first >= 0 && x.t[k].is(';') && !x.taken[k] {
			if g, _ := x.labelAt(k + 1); g == volume || g == instalment || g == part {
				years := 0
				for y := first; y < limit; y++ {
					if x.yearAt(y) && !x.taken[y] {
						years++
					}
				}
				if years < 2 {
					return false
				}
				x.set("note", &x.r.Note, x.clean(first, limit), 0.8)
				x.take(first, limit)
				return true
			}
		}
	}
	return false
}

// readSigned takes "Signed at Moscow, on October 19, 1956.": where and when a
// treaty was made.
func (x *reader) readSigned(i, limit int) {
	for k := i; k < limit; k++ {
		if x.taken[k] || x.t[k].low != "signed" && x.t[k].low != "done" && x.t[k].low != "подписан" && x.t[k].low != "подписана" || k > i && !x.boundary(k, i) {
			continue
		}
		end := k
		for end < limit && !(x.t[end].is('.') && (end+1 == limit || x.t[end+1].gap && x.t[end+1].upper())) {
			end++
		}
		for d := k; d < end; d++ {
			if w, ok := x.dateAt(d); ok && w.exact() {
				if x.r.Issued == "" || strings.HasPrefix(string(w.date), string(x.r.Issued)) {
					x.r.Issued = ""
					x.setIssued(w, 0.95)
				}
				break
			}
		}
		x.set("event", &x.r.Event, x.text(k, end), 0.8)
		x.take(k, end)
		return
	}
}

// secondBracket finds a translation of the container: the first group in square
// brackets behind the title.
func (x *reader) secondBracket(i, limit int, titleFirst bool) (int, bool) {
	if titleFirst {
		return 0, false
	}
	for k := i + 1; k < limit; k++ {
		if x.t[k].is('[') && !x.taken[k] && x.pair[k] > 0 && int(x.pair[k]) < limit && x.translation(k, int(x.pair[k])) {
			return k, true
		}
	}
	return 0, false
}

// assign gives what is left to title, container and publisher.
func (x *reader) assign(i, limit int, titleFirst bool) {
	if k, ok := x.secondBracket(i, limit, titleFirst); ok && x.r.Container == "" {
		x.container(i, k, 0.96)
		x.set("container_translated", &x.r.ContainerTranslated, x.inside(k, int(x.pair[k])), 0.96)
		x.take(i, int(x.pair[k])+1)
		x.rest(int(x.pair[k])+1, limit)
		return
	}
	hole := i
	for hole < limit && !x.taken[hole] {
		hole++
	}
	before := x.segments(i, hole)
	if len(before) == 0 {
		x.rest(hole, limit)
		return
	}
	if titleFirst && hole < limit && x.medium != "" && hole == x.mediumAt && (x.shownMedium() || !x.article()) {
		x.title(before[0].from, before[len(before)-1].to, 0.85)
		if after := x.segments(hole, limit); len(after) > 0 && x.r.Container == "" {
			x.behindForm(after[0])
			x.take(after[0].from, after[0].to)
		}
	} else if titleFirst && hole < limit && hole == x.editionAt && !x.article() {
		x.title(before[0].from, before[len(before)-1].to, 0.9)
		if after := x.segments(hole, limit); len(after) > 0 && x.r.Publisher == "" && x.r.Place == "" {
			x.set("publisher", &x.r.Publisher, x.clean(after[0].from, after[0].to), 0.85)
			x.take(after[0].from, after[0].to)
		}
	} else if titleFirst {
		x.titleFirst(before, i, hole)
	} else {
		x.containerFirst(before, hole)
	}
	x.rest(hole, limit)
}

// article: the numbers are those of an article in a journal.
func (x *reader) article() bool {
	if x.ahead || x.r.Issue != "" || x.abnt && x.r.Volume != "" && x.r.Publisher == "" || x.r.Volume != "" && (x.r.Pages != (journal.Pages{}) || x.r.Publisher == "" && x.r.Place == "") {
		return true
	}
	return x.r.Pages != (journal.Pages{}) && x.r.Publisher == "" && x.r.PageCount == ""
}

// titleFirst divides sentences that begin with the title.
func (x *reader) titleFirst(s []span, i, hole int) {
	n := len(s)
	last := s[n-1]
	switch {
	case n > 1 && last.to == last.from+1 && x.yearAt(last.from) && x.r.Issued != "" && x.t[last.from].n < yearOf(x.r.Issued):
		x.setDate("issued_original", &x.r.IssuedOriginal, dateYear(x.t[last.from].n), 0.85) // "The Complete Essays. 1580."
		x.titleFirst(s[:n-1], i, hole)
	case n > 1 && x.code(last):
		x.set("item_number", &x.r.ItemNumber, x.clean(last.from, last.to), 0.85)
		x.take(last.from, last.to)
		x.titleFirst(s[:n-1], i, hole)
	case n == 1 && (x.article() || x.toTheDay() && len(x.r.Authors) == 0):
		x.oneSentence(s[0])
	case n == 1:
		x.title(s[0].from, s[0].to, 0.85)
	case x.dateFirst && x.web && !x.article() && last.to-last.from == 1 && allUpper(x.word(last.from)) && x.r.Publisher == "":
		x.title(s[0].from, s[n-2].to, 0.85)
		x.set("publisher", &x.r.Publisher, x.clean(last.from, last.to), 0.8) // "INEP."
	case x.article() || x.toTheDay() && x.r.Place == "" || x.web && x.r.Publisher == "" && !x.publisherLike(last.from, last.to) && x.r.PageCount == "":
		x.many = n > 2
		at := x.containerStart(s)
		x.title(s[0].from, s[at-1].to, 0.85)
		x.container(s[at].from, last.to, 0.85)
	case x.r.Pages != (journal.Pages{}) && x.r.PageCount == "" && !(x.commaHead && !x.initialled && x.r.Place != "" && x.r.Publisher != "") || x.collection(last) && x.r.Place == "":
		at := x.containerStart(s)
		x.title(s[0].from, s[at-1].to, 0.8)
		x.container(s[at].from, last.to, 0.8)
	case x.r.Publisher == "" && (x.publisherLike(last.from, last.to) || x.organisation(last) && x.r.Place == "" || x.r.Place == "" && x.early() && x.short(last)):
		x.title(s[0].from, s[n-2].to, 0.85)
		x.set("publisher", &x.r.Publisher, x.clean(last.from, last.to), 0.8)
	default:
		x.title(s[0].from, last.to, 0.8)
	}
}

// code: the sentence is the number of a report: "IAEA-TECDOC-1399", "Препринт
// ФЭИ-176", "STI/PUB/1248".
func (x *reader) code(s span) bool {
	digits, words := false, 0
	for k := s.from; k < s.to; k++ {
		switch t := &x.t[k]; {
		case t.kind == number:
			digits = true
		case t.kind == word && allUpper(x.word(k)), t.isDash(), t.is('/'), t.is('.'):
		case t.kind == word && (t.low == "препринт" || t.low == "preprint" || t.low == "report" || t.low == "отчёт" || t.low == "отчет"):
			words++
		default:
			return false
		}
	}
	return digits && (words > 0 || x.t[s.from].kind == word && s.to-s.from >= 3 && x.t[s.to-1].kind == number && !x.t[s.from+1].gap)
}

// collection: the sentence names a collection of documents.
func (x *reader) collection(s span) bool {
	for k := s.from; k < s.to; k++ {
		switch x.t[k].low {
		case "collection", "database", "series":
			return true
		}
	}
	return false
}

// toTheDay: the date has more than a year, as newspapers have.
func (x *reader) toTheDay() bool { return len(x.r.Issued) > 7 }

// early: the date stands before the title, so that the last sentence is not
// followed by it.
func (x *reader) early() bool { return x.dateFirst }

func (x *reader) short(s span) bool {
	words := 0
	for k := s.from; k < s.to; k++ {
		if x.t[k].kind == word {
			words++
		}
	}
	return words <= 7
}

// containerStart is which sentence the container begins with: the last one,
// with those before it that are abbreviations or too short to be a title.
func (x *reader) containerStart(s []span) int {
	at := len(s) - 1
	for at > 1 {
		b := s[at-1]
		text := x.text(b.from, b.to)
		if x.journalLike(s[at]) && !strings.Contains(text, " ") && !(at > 1 && s[at-2].to-s[at-2].from == 1) {
			at-- // "Bakhtiniana. Revista de Estudos do Discurso"
			continue
		}
		if utf8.RuneCountInString(text) <= 5 && !romanNumeral(strings.ToLower(text)) && !strings.ContainsAny(text, "0123456789") || x.journalLike(b) && !x.journalLike(s[at]) && x.short(b) {
			at--
			continue
		}
		break
	}
	return at
}

// journalLike: the sentence begins as names of journals and proceedings do.
func (x *reader) journalLike(s span) bool {
	for k := s.from; k < s.to && k < s.from+3; k++ {
		if x.t[k].kind == word && periodicals[x.t[k].low] {
			return true
		}
	}
	return false
}

// oneSentence is title and container divided by a comma, or one of the two.
func (x *reader) oneSentence(s span) {
	x.guessed = true
	comma := -1
	for k := s.to - 1; k > s.from; k-- {
		if x.t[k].is(',') && x.depth(k, s.from) == 0 {
			comma = k
			break
		}
	}
	words := 0
	for k := s.from; k < s.to; k++ {
		if x.t[k].kind == word {
			words++
		}
	}
	switch {
	case comma > 0 && words > 4 && x.t[comma+1].upper():
		x.title(s.from, comma, 0.6)
		x.container(comma+1, s.to, 0.6)
	case len(x.r.Authors) > 0 && words <= 5 && x.shortened(s), len(x.r.Authors) == 0 && x.toTheDay() && words <= 6:
		x.container(s.from, s.to, 0.7)
	default:
		x.title(s.from, s.to, 0.6)
	}
}

// shortened: the sentence has an abbreviation, or is one word.
func (x *reader) shortened(s span) bool {
	words := 0
	for k := s.from; k < s.to; k++ {
		if x.t[k].is('.') {
			return true
		}
		if x.t[k].kind == word {
			words++
		}
	}
	return words <= 2 || x.journalLike(s)
}

// containerFirst divides sentences behind a title whose end is marked.
func (x *reader) containerFirst(s []span, hole int) {
	first, last := s[0], s[len(s)-1]
	switch {
	case !x.hostless && !x.slashedHost && len(s) > 1 && x.r.Publisher == "" && x.r.Place == "" && x.publisherLike(last.from, last.to):
		x.container(first.from, s[len(s)-2].to, 0.9)
		x.set("publisher", &x.r.Publisher, x.clean(last.from, last.to), 0.85)
	case !x.hostless || x.article() || x.toTheDay() && x.r.Place == "" && !x.organisation(last) || x.r.Place != "" && x.r.Publisher != "":
		x.container(first.from, last.to, 0.9)
	case len(s) > 1 && x.r.Publisher == "" && (x.organisation(last) || x.publisherLike(last.from, last.to)):
		x.container(first.from, s[len(s)-2].to, 0.85)
		x.set("publisher", &x.r.Publisher, x.clean(last.from, last.to), 0.85)
	case x.r.Publisher == "" && (x.organisation(first) || x.publisherLike(first.from, first.to)):
		x.set("publisher", &x.r.Publisher, x.clean(first.from, last.to), 0.85)
	case x.web || x.journalLike(first) || x.toTheDay():
		x.container(first.from, last.to, 0.85)
	case x.r.Publisher == "":
		x.set("publisher", &x.r.Publisher, x.clean(first.from, last.to), 0.8)
	default:
		x.container(first.from, last.to, 0.6)
	}
}

// organisation: a body rather than a journal: "Ministry of Foreign Affairs".
func (x *reader) organisation(s span) bool {
	for k := s.from; k < s.to && k < s.from+4; k++ {
		if x.t[k].kind == word && organisations[x.t[k].low] && !periodicals[x.t[s.from].low] {
			return true
		}
	}
	return false
}

func (x *reader) title(i, j int, sure float64) {
	x.genreInTitle(i, j)
	for k := i; k < j; k++ {
		if x.taken[k] {
			j = k
			break
		}
	}
	x.titleOriginal(i, x.countAtEnd(i, j), sure)
}

// container keeps the name of the journal or the book, without "In" and without
// a place that stands behind it: "Educação e Pesquisa, São Paulo".
func (x *reader) container(i, j int, sure float64) {
	i, j = x.trimmed(i, j)
	if !x.hasLetters(i, j) {
		return
	}
	if i < j && x.t[i].kind == word && (x.t[i].low == "in" || x.t[i].low == "в") && i+1 < j && (x.t[i].low == "in" && x.t[i+1].upper() || x.t[i+1].is(':')) {
		i = x.skip(i+1, ":", false)
	}
	if i < j && x.t[i].low == "в" && i+1 < j && (x.t[i+1].low == "сб" || x.t[i+1].low == "кн") {
		i = x.skip(i+2, ".:", false)
	}
	j = x.hostEvent(i, j)
	if x.r.Place == "" {
		for k := j - 1; k > i+1; k-- {
			if !x.t[k-1].is(',') || x.depth(k, i) > 0 {
				continue
			}
			if end := x.placeForward(k, j); end > k && x.skip(end, ".,", false) >= j || x.placeLike(k, j) && (x.r.Volume != "" || x.r.Issue != "") {
				x.set("place", &x.r.Place, x.placeText(k, j), 0.85)
				j = k - 1
				break
			}
		}
	}
	if i < j && isOpenQuote(x.t[i].r) && x.t[i].kind == mark && int(x.pair[i]) == j-1 {
		i, j = i+1, j-1
	}
	x.containerOriginal(i, j, sure)
}

func (x *reader) hasLetters(i, j int) bool {
	for ; i < j; i++ {
		if x.t[i].kind == word {
			return true
		}
	}
	return false
}

// placeLike: two or three capitalised words behind the last comma, of a style
// that gives the place of a journal.
func (x *reader) placeLike(i, j int) bool {
	words := 0
	for k := i; k < j; k++ {
		switch t := &x.t[k]; {
		case t.upper():
			words++
		case t.kind == word && placeParticle[t.low]:
		default:
			return false
		}
	}
	return words > 0 && words <= 3 && x.abnt
}

func (x *reader) containerOriginal(i, j int, sure float64) {
	a, b := x.trimmed(i, j)
	b = x.parallel(a, b)
	for k := a + 1; k < b; k++ {
		if x.t[k].kind == word && isHan(x.t[k].r) && x.t[k].gap && x.t[a].r < 0x250 {
			x.set("container", &x.r.Container, x.clean(a, k), sure)
			return
		}
	}
	x.set("container", &x.r.Container, x.clean(a, b), sure)
}

// rest looks at what is left behind the first numbers: a place, a publisher, the
// title of a volume, else a note.
func (x *reader) rest(i, limit int) {
	for _, s := range x.segments(i, limit) {
		text := x.clean(s.from, s.to)
		switch {
		case utf8.RuneCountInString(text) < 3:
		case x.r.Place == "" && x.placeForward(s.from, s.to) > s.from && x.skip(x.placeForward(s.from, s.to), ".,", false) >= s.to:
			x.set("place", &x.r.Place, x.placeText(s.from, s.to), 0.85)
		case x.t[s.from].low == "doi" || x.t[s.from].low == "isbn":
		case x.r.Place == "" && x.cityRegion(s):
			x.set("place", &x.r.Place, text, 0.75)
		case x.r.Series == "" && x.t[s.from].is('(') && int(x.pair[s.from]) >= s.to-1 && x.r.Place != "" && !HasYear(text):
			x.set("series", &x.r.Series, strings.Trim(text, "()"), 0.6)
		case x.r.Container == "" && len(x.r.Editors) > 0 && len(x.r.Authors) > 0 && x.r.Place != "" && x.r.Title != "" && x.hostless && x.t[s.from].upper():
			x.container(s.from, s.to, 0.8)
		case x.r.Container == "" && x.r.Genre != "" && x.r.Publisher != "" && x.dateFirst && x.short(s) && x.t[s.from].upper():
			x.container(s.from, s.to, 0.75) // where a thesis is kept
		case x.r.Container == "" && x.r.Event != "" && x.r.Title != "" && (x.r.Volume != "" || x.r.Pages != (journal.Pages{})):
			x.container(s.from, s.to, 0.75)
		case x.r.Publisher == "" && x.r.Issue == "" && (x.publisherLike(s.from, s.to) || x.organisation(s)):
			x.set("publisher", &x.r.Publisher, text, 0.75)
		case x.lastPublisher(s):
			x.set("publisher", &x.r.Publisher, text, 0.75)
		case x.r.Container == "" && x.r.Title != "" && x.journalLike(s):
			x.container(s.from, s.to, 0.75)
		case x.r.Volume != "" && x.r.VolumeTitle == "" && x.r.Issue == "" && x.r.Container == "" && x.t[s.from].upper() && x.behindVolume(s.from):
			x.set("volume_title", &x.r.VolumeTitle, text, 0.75)
		case x.r.Note == "" && utf8.RuneCountInString(text) > 5:
			x.set("note", &x.r.Note, text, 0.5)
		}
	}
}

// lastPublisher: a few capitalised words behind a chapter, or behind a book whose title was
// marked, in a style that has the year before the title: "… (pp. 3–9). Gull Press."
func (x *reader) lastPublisher(s span) bool {
	r := x.r
	if !x.dateFirst || r.Publisher != "" || r.Place != "" || r.Issue != "" || !x.short(s) {
		return false
	}
	if x.hostless && (r.Container != "" || r.Pages != (journal.Pages{}) || r.TitleTranslated == "") || !x.hostless && r.Container == "" {
		return false
	}
	for k := s.from; k < s.to; k++ {
		if x.t[k].kind == number || x.t[k].is('.') || x.t[k].is(',') || x.t[k].is(':') || x.t[k].lower() && x.t[k].gap && !linking[x.t[k].low] {
			return false
		}
	}
	return x.t[s.from].upper() && (s.to >= len(x.t) || x.t[s.to].is('.') || x.taken[s.to])
}

// cityRegion: "Pittsburgh, USA".
func (x *reader) cityRegion(s span) bool {
	comma := 0
	for k := s.from; k < s.to; k++ {
		switch t := &x.t[k]; {
		case t.is(',') && comma == 0:
			comma = k
		case t.upper(), t.isDash():
		default:
			return false
		}
	}
	return comma > 0 && regions[lowerOf(x.text(comma+1, s.to))] && comma-s.from <= 3
}

// behindVolume: the sentence follows the number of a volume.
func (x *reader) behindVolume(i int) bool {
	k := i - 1
	for k > 0 && !x.taken[k] && x.t[k].kind == mark {
		k--
	}
	return k > 0 && x.taken[k] && (x.text(k, k+1) == x.r.Volume || x.text(k, k+1) == x.r.Part)
}
