package refparse

import "strings"

// forms are the descriptions in square brackets of the APA and of medical lists that say
// what kind of work it is, each with its CSL type; one without a type says nothing of it.
var forms = map[string]string{
	"data set": "dataset", "dataset": "dataset", "film": "motion_picture", "tv series": "broadcast", "motion picture": "motion_picture", "documentary": "motion_picture",
	"conference session": "paper-conference", "conference presentation": "paper-conference", "conference paper": "paper-conference", "paper presentation": "paper-conference", "poster presentation": "paper-conference", "poster session": "paper-conference", "keynote address": "paper-conference",
	"unpublished manuscript": "manuscript", "manuscript in preparation": "manuscript", "manuscript submitted for publication": "manuscript",
	"computer software": "software", "software": "software", "mobile app": "software", "map": "map", "song": "song", "album": "song", "photograph": "graphic", "painting": "graphic",
	"epub ahead of print": "", "ahead of print": "", "preprint": "",
}

// mostForm bounds such a description, in tokens.
const mostForm = 6

// readForm takes a description at i, whose bracket closes at j.
func (x *reader) readForm(i, j int) bool {
	if !x.t[i].is('[') || j-i > mostForm {
		return false
	}
	inside := strings.TrimSpace(x.text(i+1, j))
	kind, ok := forms[strings.ToLower(inside)]
	if !ok {
		return false
	}
	if kind == "" {
		x.set("note", &x.r.Note, inside, 0.85)
		x.ahead = true
	} else if x.medium == "" {
		x.form, x.medium, x.mediumAt = kind, inside, i
		x.r.Type = kind // a type is certain, so that nothing is guessed
		x.set("genre", &x.r.Genre, inside, 0.9)
	}
	x.take(i, j+1)
	return true
}

// session takes the sentence behind "[Conference session]", the conference and its place.
func (x *reader) session(i, limit int) {
	if x.form != "paper-conference" || x.mediumAt < i || x.mediumAt >= limit {
		return
	}
	from := x.skip(int(x.pair[x.mediumAt])+1, ".,", false)
	end := from
	for end < limit && !x.taken[end] && !x.stops(end, limit) {
		end++
	}
	if x.set("event", &x.r.Event, x.clean(from, end), 0.85) {
		x.take(from, end)
	}
}

// behindForm keeps the sentence behind a description: who published a film or a data set,
// else a site.
func (x *reader) behindForm(s span) {
	switch {
	case x.form != "" && x.form != "graphic" && x.r.Publisher == "":
		x.set("publisher", &x.r.Publisher, x.clean(s.from, s.to), 0.85)
	default:
		x.container(s.from, s.to, 0.85)
	}
}

// readAhead takes "Advance online publication", a sentence that says that numbers of an
// issue are still to come.
func (x *reader) readAhead() {
	for i := 1; i+2 < len(x.t); i++ {
		if x.t[i].low != "advance" || x.t[i+1].low != "online" || x.t[i+2].low != "publication" || !x.t[i].upper() || !x.t[i-1].is('.') || !x.free(i, i+3) {
			continue
		}
		end := x.skip(i+3, ".", false)
		x.set("note", &x.r.Note, x.text(i, i+3), 0.85)
		x.take(i, end)
		x.ahead = true
		return
	}
}

// readLastLanguage takes the language that medical lists name at the end, behind a title
// in brackets: "[Sleep at sea]. Journal. 2016;102(5):221-6. Icelandic."
func (x *reader) readLastLanguage() {
	k := len(x.t) - 1
	for k > 0 && (x.taken[k] || x.t[k].is('.')) {
		k--
	}
	if k < 2 || x.t[k].kind != word || !x.t[k].upper() || !x.t[k-1].is('.') || x.t[k-2].kind != number && !x.taken[k-2] || !strings.Contains(x.s, ". [") {
		return
	}
	if lang := LanguageNamed(x.word(k)); lang != "" && x.set("language_note", &x.r.LanguageNote, x.word(k), 0.9) {
		x.noted, x.noteAt = lang, k
		x.take(k, k+1)
	}
}

// readDefence takes the place of defence of a thesis, "– Место защиты: Университет", as
// the body that the thesis is of.
func (x *reader) readDefence() {
	for i := 1; i+3 < len(x.t); i++ {
		low, next := x.t[i].low, x.t[i+1].low
		if !(low == "место" && next == "защиты" || low == "mesto" && next == "zashchity") || !x.t[i+2].is(':') || !x.free(i, i+3) || !x.boundary(i, 0) && !x.t[i-1].is('[') {
			continue
		}
		end := i + 3
		for end < len(x.t) && !x.taken[end] && !x.t[end].is(']') && !x.stops(end, len(x.t)) && !(x.t[end].isDash() && x.t[end].gap) {
			end++
		}
		x.set("publisher", &x.r.Publisher, x.clean(i+3, end), 0.9)
		from := i
		if x.t[i-1].is('[') && end < len(x.t) && x.t[end].is(']') {
			from, end = i-1, end+1
		}
		x.take(from, end)
		return
	}
}

// parallel reads a parallel title of a journal: "Vestnik kul'tury = Bulletin of Culture".
// It is where the title before it ends.
func (x *reader) parallel(i, j int) int {
	for k := i + 1; k+1 < j; k++ {
		if x.t[k].is('=') && x.t[k].gap && x.t[k+1].gap && x.hasLetters(k+1, j) {
			x.set("container_translated", &x.r.ContainerTranslated, x.clean(k+1, j), 0.9)
			return k
		}
	}
	return j
}

// reviewed passes "review of Title, by Stephen Gale," behind the title of a review. It is
// where the journal begins, or i.
func (x *reader) reviewed(i, limit int) int {
	if i+1 >= limit || x.t[i].low != "review" || x.t[i+1].low != "of" || !x.t[i].lower() {
		return i
	}
	for k := i + 2; k+2 < limit && !x.taken[k]; k++ {
		if !x.t[k].is(',') || x.t[k+1].low != "by" {
			continue
		}
		list, ok := x.namesWritten(k+2, limit)
		if !ok || list.end >= limit || !x.t[list.end].is(',') {
			return i
		}
		x.set("note", &x.r.Note, x.clean(i, list.end), 0.8)
		x.take(i, list.end)
		return x.skip(list.end, ",", false)
	}
	return i
}

// byAuthor takes ", by Toni Morrison," between a book and its publisher, in the MLA's
// entries of forewords.
func (x *reader) byAuthor(i, limit int) {
	if len(x.r.Authors) == 0 {
		return
	}
	for k := i + 1; k+2 < limit; k++ {
		if !x.t[k].is(',') || x.t[k+1].low != "by" || !x.t[k+1].lower() || !x.free(k, k+2) || x.depth(k, i) > 0 {
			continue
		}
		list, ok := x.namesWritten(k+2, limit)
		if !ok || list.end >= limit || !x.t[list.end].is(',') || !x.publisherLike(list.end, x.partEnd(list.end, limit)) {
			return
		}
		x.r.ContainerAuthors = list.names
		x.found["container_authors"] = 0.85
		x.take(k, list.end)
		return
	}
}

// hostEvent reads when and where a conference was, behind a semicolon in the name of its
// proceedings: "; 2017 Aug 21-25; Hangzhou, China". It is where the name ends.
func (x *reader) hostEvent(i, j int) int {
	for k := i + 1; k+1 < j; k++ {
		if x.t[k].is('.') && x.placeAndDay(k+1, j) && x.depth(k, i) == 0 {
			x.set("event", &x.r.Event, x.clean(k+1, j), 0.85)
			return k
		}
		if !x.t[k].is(';') || x.depth(k, i) > 0 {
			continue
		}
		if w, ok := x.dateAt(k + 1); ok && w.exact() && w.end < j {
			x.set("event", &x.r.Event, x.clean(k+1, j), 0.85)
			return k
		}
	}
	return j
}

// placeAndDay: nothing but a place and a day stands between: "Gdańsk, 17–19 June 2013".
func (x *reader) placeAndDay(i, j int) bool {
	p := x.placeForward(i, j)
	if p == i || p >= j || !x.t[p].is(',') {
		return false
	}
	w, ok := x.dateAt(p + 1)
	return ok && w.exact() && x.skip(w.end, ".,", false) >= j
}

// presented reads "(paper presented at the Annual Meeting of the Society, Lima, May 1,
// 2017)" and "Paper presented at …" in brackets: the conference and its day.
func (x *reader) presented(i, limit int) {
	for k := i; k+3 < limit; k++ {
		close := int(x.pair[k])
		if !x.t[k].is('(') || close < 0 || close >= limit || x.t[k+2].low != "presented" && x.t[k+2].low != "delivered" || x.t[k+3].low != "at" || !x.free(k, close) {
			continue
		}
		from, end := k+4, close
		if x.t[from].low == "the" {
			from++
		}
		for d := from; d < close; d++ {
			if w, ok := x.dateAt(d); ok && x.startsPart(d, from) && w.end == close {
				x.setIssued(w, 0.95)
				end = d
				break
			}
		}
		x.set("event", &x.r.Event, x.clean(from, end), 0.9)
		x.r.Type = "paper-conference"
		x.take(k, close+1)
		return
	}
}
