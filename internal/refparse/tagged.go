package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// run is a row of tokens with one tag.
type run struct {
	tag      tag
	from, to int
	margin   int32 // the least of its words, in units of the weights
}

// readTagged lets the tagger divide what no marks divide.
func (x *reader) readTagged() {
	n := len(x.t)
	if n == 0 {
		return
	}
	rules, tags, margin := make([]tag, n), make([]tag, n), make([]int32, n)
	x.ruleTags(rules)
	learned().decode(x.features(rules), tags, margin)
	for i := range tags {
		if x.known[i] { // an address, a note: no field of the tagger's
			tags[i] = tagOther
		}
	}
	runs := x.runs(tags, margin)
	x.tagAuthors(runs)
	x.tagTexts(runs)
	x.tagNumbers(runs)
}

// runs are the rows of tokens with one tag, without the marks around them. Of two
// rows that only marks divide and that have one tag comes one.
func (x *reader) runs(tags []tag, margin []int32) []run {
	var out []run
	for i := 0; i < len(tags); {
		t := tags[i]
		j := i + 1
		for j < len(tags) && tags[j] == t {
			j++
		}
		if t != tagOther {
			a, b := i, j
			for k := a; k < b; k++ { // a bracket that closes one inside belongs to it
				if int(x.pair[k]) == b {
					b++
				}
			}
			for a > 0 && a < b && !x.t[a].gap && x.t[a].kind != mark && x.t[a-1].kind != mark && tags[a-1] == tagOther && !x.known[a-1] {
				a-- // the W of "W3C"
			}
			for a < b && x.t[a].kind == mark && !(isOpenQuote(x.t[a].r) || x.t[a].is('(')) {
				a++
			}
			r := run{tag: t, from: a, to: b, margin: 1 << 30}
			for k := a; k < b; k++ {
				if x.t[k].kind != mark {
					r.margin = min(r.margin, margin[k])
				}
			}
			if a < b {
				out = append(out, r)
			}
		}
		i = j
	}
	return out
}

// first is the first run with a tag.
func first(runs []run, t tag) (run, bool) {
	for _, r := range runs {
		if r.tag == t {
			return r, true
		}
	}
	return run{}, false
}

// sure is the confidence of a run: between a half and 0.97 with its margin.
func (r run) sure() float64 {
	return 0.5 + 0.47*min(1, max(0, float64(r.margin))/400)
}

// tagAuthors reads the names of the author run, where the rules found none or
// stopped elsewhere.
func (x *reader) tagAuthors(runs []run) {
	r, ok := first(runs, tagAuthor)
	if !ok {
		return
	}
	if len(x.r.Editors) > 0 && len(x.r.Authors) == 0 {
		return
	}
	list, ok := x.namesIn(r.from, r.to)
	if !ok || len(x.r.Authors) > 0 && x.initialled && !longerList(x.r.Authors, list) {
		return
	}
	x.r.Authors = nil
	delete(x.found, "authors")
	x.credit(author, list, r.sure())
}

// longerList: the names go on behind those that are known, all with initials.
func longerList(have, list []journal.Name) bool {
	if len(list) <= len(have) || list[0].Literal != have[0].Literal {
		return false
	}
	for _, n := range list[len(have):] {
		if n.Family == "" || len(n.Given) > 12 || !strings.Contains(n.Given, ".") && !allUpper(n.Given) {
			return false
		}
	}
	return true
}

// namesIn reads all names between tokens; what has no form of a name is kept
// whole.
func (x *reader) namesIn(i, limit int) ([]journal.Name, bool) {
	taken := x.taken
	x.taken = make([]bool, len(x.t)+1)
	defer func() { x.taken = taken }()
	var out []journal.Name
	for i < limit {
		list, ok := x.peopleAt(i, limit, false)
		if !ok {
			list, ok = x.namesWritten(i, limit)
		}
		if !ok {
			end := i
			for end < limit && !x.t[end].is(',') && !x.t[end].is(';') {
				end++
			}
			a, b := x.trimmed(i, end)
			if a < b && x.hasWord(a, b) {
				out = append(out, journal.Name{Literal: x.text(a, b)})
			}
			i = max(end, i+1)
		} else {
			out = append(out, list.names...)
			i = list.end
		}
		next, _ := x.nextName(i, &people{})
		if next <= i {
			next = x.skip(i, ".,;:&", false)
		}
		i = max(next, i)
		if !ok && i >= limit {
			break
		}
		if len(out) > maxPeople {
			break
		}
	}
	return out, len(out) > 0
}

// tagTexts gives title, container, publisher and place by their runs.
func (x *reader) tagTexts(runs []run) {
	title, ok := first(runs, tagTitle)
	container, inside := first(runs, tagContainer)
	if !ok && !inside || !ok && x.r.Title != "" && len(x.r.Authors) == 0 && !x.article() {
		return
	}
	taken := x.taken
	x.taken = make([]bool, len(x.t)+1)
	defer func() { x.taken = taken }()
	replace := func(field string, into *string, r run, found bool) {
		if found && x.longer(*into, r, runs) {
			return
		}
		*into = ""
		delete(x.found, field)
		if found {
			a, b := r.from, r.to
			if b-a > 2 && isOpenQuote(x.t[a].r) && x.t[a].kind == mark && int(x.pair[a]) >= b-2 && int(x.pair[a]) < len(x.t) {
				a, b = a+1, int(x.pair[a])
			}
			x.set(field, into, strings.TrimRight(x.clean(a, b), ",. "), r.sure())
		}
	}
	replace("title", &x.r.Title, title, ok)
	replace("container", &x.r.Container, container, inside)
	if x.bracketed {
		return
	}
	if r, found := first(runs, tagPublisher); found {
		replace("publisher", &x.r.Publisher, r, true)
	} else if x.overlaps(x.r.Publisher, title, ok) || x.overlaps(x.r.Publisher, container, inside) {
		replace("publisher", &x.r.Publisher, r, false)
	}
	if r, found := first(runs, tagPlace); found {
		replace("place", &x.r.Place, r, true)
	} else if x.overlaps(x.r.Place, title, ok) || x.overlaps(x.r.Place, container, inside) {
		replace("place", &x.r.Place, r, false)
	}
	if x.r.Place == "" && places[strings.ToLower(x.r.Publisher)] {
		x.r.Place, x.r.Publisher = x.r.Publisher, ""
		x.found["place"] = x.found["publisher"]
		delete(x.found, "publisher")
	}
}

// longer: the rules' value has the run in it and goes on with words that are in no
// other run: the tagger stopped too early.
func (x *reader) longer(value string, r run, runs []run) bool {
	at := strings.Index(x.s, value)
	if value == "" || at < 0 || !strings.Contains(value, x.clean(r.from, r.to)) {
		return false
	}
	end := at + len(value)
	for _, o := range runs {
		if from := x.t[o.from].from; o.from != r.from && from >= at && from < end {
			return false
		}
	}
	return true
}

// overlaps: the text is a part of the run.
func (x *reader) overlaps(s string, r run, ok bool) bool {
	return ok && s != "" && strings.Contains(x.text(r.from, r.to), s)
}

// tagNumbers fills the numbers and the date that the rules did not find.
func (x *reader) tagNumbers(runs []run) {
	for _, r := range runs {
		if x.known[r.from] {
			continue
		}
		switch r.tag {
		case tagVolume:
			x.set("volume", &x.r.Volume, x.clean(r.from, r.to), r.sure())
		case tagIssue:
			x.set("issue", &x.r.Issue, strings.Trim(x.clean(r.from, r.to), "()"), r.sure())
		case tagPages:
			if x.r.Pages == (journal.Pages{}) && (!x.yearAt(r.from) || x.numberRange(r.from)) && x.word(r.from) != x.r.PageCount && (x.t[r.from].kind == number || x.pageWord(r.from)) {
				if x.takePages(r.from); x.r.Pages != (journal.Pages{}) {
					x.found["pages"] = r.sure()
				}
			}
		case tagDate:
			if x.r.Issued != "" || x.r.Accessed != "" && x.taken[r.from] {
				continue
			}
			for k := r.from; k < r.to; k++ {
				if w, ok := x.dateAt(k); ok {
					x.setIssued(w, r.sure())
					break
				}
			}
		}
	}
}
