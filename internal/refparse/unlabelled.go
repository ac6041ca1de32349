package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// readUnlabelled takes the numbers of styles without labels: "71(4), 489-504",
// "2005;5(1):19-25", "53 (1963): 46-71", "9:1–21", "15, 3–21".
func (x *reader) readUnlabelled(i, limit int) {
	for k := i; k < limit; k++ {
		if x.taken[k] || x.r.Volume != "" && x.r.Pages != (journal.Pages{}) {
			continue
		}
		if x.yearAt(k) && k+1 < limit && x.t[k+1].is(';') && x.vancouver(k, limit) {
			return
		}
		if x.yearAt(k) && x.behindYear(k, limit) {
			return
		}
		if x.electronicNumber(k, limit) || x.issueAlone(k, i, limit) || x.articleNumber(k, limit) {
			continue
		}
		if x.threeNumbers(k, i, limit) {
			return
		}
		if !x.volumeLike(k, i) || x.yearAt(k) {
			continue
		}
		end := x.numberEnd(k)
		if end >= limit || x.taken[end] {
			continue
		}
		if x.afterVolume(k, end, limit) {
			return
		}
	}
}

// electronicNumber reads "e0208" as a part of its own.
func (x *reader) electronicNumber(k, limit int) bool {
	if k > 0 && x.labelled && x.r.Volume != "" && x.t[k].kind == number && x.t[k].digits() >= 5 && x.t[k-1].is(',') && x.endsPart(k+1, limit) && x.r.Pages == (journal.Pages{}) {
		x.r.Pages.Article = x.word(k)
		x.found["pages"] = 0.9
		x.take(k, k+1)
		return true
	}
	if k == 0 || x.t[k].low != "e" || k+1 >= limit || x.t[k+1].kind != number || x.t[k+1].gap || x.t[k+1].digits() < 2 || x.t[k-1].kind != mark && !x.taken[k-1] || !x.endsPart(k+2, limit) || x.r.Pages != (journal.Pages{}) {
		return false
	}
	x.r.Pages.Article = x.text(k, k+2)
	x.found["pages"] = 0.95
	x.take(k, k+2)
	return true
}

// issueAlone reads an issue without a volume: "Yazyk i kul'tura, (55), 102–118".
func (x *reader) issueAlone(k, i, limit int) bool {
	if k < i+2 || k+3 >= limit || x.t[k].kind != number || x.yearAt(k) || !x.t[k-1].is('(') || !x.t[k-2].is(',') || !x.t[k+1].is(')') || !x.t[k+2].is(',') || !x.isRange(k+3) || !x.free(k-1, k+2) {
		return false
	}
	x.set("issue", &x.r.Issue, x.word(k), 0.93)
	x.take(k-1, k+2)
	x.take(k+3, x.takePages(k+3))
	return true
}

// articleNumber reads "Article 104" of the APA behind a volume.
func (x *reader) articleNumber(k, limit int) bool {
	if x.t[k].low != "article" || !x.t[k].upper() || k == 0 || !x.t[k-1].is(',') || k+1 >= limit || !x.endsPart(k+2, limit) || x.r.Pages != (journal.Pages{}) || x.t[k+1].kind != number && !x.pageWord(k+1) {
		return false
	}
	x.r.Pages.Article = x.text(k+1, x.pageEnd(k+1))
	x.found["pages"] = 0.95
	x.take(k, x.pageEnd(k+1))
	return true
}

// barePage takes the page behind the day of a newspaper: "May 29, 1926, 7."
func (x *reader) barePage(i, limit int) {
	x.pageBehindIssue(i, limit)
	if len(x.r.Issued) < 10 || x.r.Pages != (journal.Pages{}) {
		return
	}
	for k := i + 2; k < limit; k++ {
		if x.sectionPage(k) && x.t[k-1].is(',') && x.endsPart(k+2, limit) { // "A1, A4"
			x.setPages(x.text(k, k+2), "", 0.9)
			end := k + 2
			for end+2 < limit && x.t[end].is(',') && x.sectionPage(end+1) {
				end += 3
			}
			x.take(k, end)
			return
		}
		if x.t[k].kind == number && x.t[k].digits() <= 3 && !x.taken[k] && x.t[k-1].is(',') && x.taken[k-2] && x.yearAt(k-2) && x.endsPart(k+1, limit) {
			x.take(k, x.takePages(k))
			return
		}
	}
}

// pageBehindIssue takes the one page behind a date in brackets, "no. 4 (November 2015):
// 1051.", and that of a section, ";Sect. B:7".
func (x *reader) pageBehindIssue(i, limit int) {
	for k := i + 2; k < limit && x.r.Pages == (journal.Pages{}); k++ {
		if x.t[k].kind != number || x.taken[k] || !x.t[k-1].is(':') || x.t[k].digits() > 5 || !x.endsPart(k+1, limit) {
			continue
		}
		switch {
		case x.t[k-2].is(')') && x.taken[k-2] && x.labelled && x.r.Issue != "" && !x.yearAt(k):
			x.take(k-1, x.takePages(k))
		case k > i+3 && x.t[k-2].upper() && len(x.t[k-2].low) == 1 && x.t[k-3].is('.') && (x.t[k-4].low == "sect" || x.t[k-4].low == "sec") && x.free(k-4, k):
			x.take(k-4, x.takePages(k))
		}
	}
}

// sectionPage: a page of a section of a newspaper stands at k: "A1".
func (x *reader) sectionPage(k int) bool {
	return k+1 < len(x.t) && x.t[k].upper() && len(x.t[k].low) == 1 && !x.taken[k] && x.t[k+1].kind == number && !x.t[k+1].gap && x.t[k+1].digits() <= 2
}

// splitVolume divides "LXXIII/245": a volume in Roman numerals and its issue.
func (x *reader) splitVolume() {
	roman, arabic, found := strings.Cut(x.r.Volume, "/")
	if found && x.r.Issue == "" && romanNumeral(strings.ToLower(roman)) && arabic != "" && strings.Trim(arabic, "0123456789") == "" {
		x.r.Volume = roman
		x.set("issue", &x.r.Issue, arabic, x.found["volume"])
	}
}

// behindYear reads volume and pages or article behind the year: "2022, 14, 9339".
func (x *reader) behindYear(k, limit int) bool {
	v := x.skip(k+1, ",.–—-", false)
	if v == k+1 || v >= limit || x.t[v].kind != number || x.t[v].digits() > 4 || x.yearAt(v) || x.taken[v] || !x.startsPart(k, 0) {
		return false
	}
	end := x.numberEnd(v)
	p := x.skip(end, ",.–—-", false)
	if p == end || p >= limit || x.taken[p] || x.t[p].kind != number && !x.pageWord(p) || !x.isRange(p) && x.t[p].digits() < 3 && x.t[p].kind == number {
		return false
	}
	stop := p + 1
	if x.isRange(p) {
		stop = x.pageEnd(x.pageEnd(p) + 1)
	}
	if after := x.skip(stop, ".,;", false); after < limit && !x.taken[after] {
		return false
	}
	x.setIssued(when{date: dateYear(x.t[k].n), end: k + 1}, 0.95)
	x.set("volume", &x.r.Volume, x.text(v, end), 0.88)
	x.take(k, max(x.takePages(p), stop))
	return true
}

// threeNumbers reads "мисъл, 23, 3, 134": volume, issue and page.
func (x *reader) threeNumbers(k, i, limit int) bool {
	if k == i || x.t[k].kind != number || !x.t[k-1].is(',') || x.yearAt(k) || x.taken[k-1] || k+4 >= len(x.t) || k+4 >= limit {
		return false
	}
	if !x.t[k+1].is(',') || x.t[k+2].kind != number || x.yearAt(k+2) || !x.t[k+3].is(',') || x.t[k+4].kind != number || x.yearAt(k+4) || !x.free(k, k+5) {
		return false
	}
	stop := k + 5
	if x.isRange(k + 4) {
		stop = x.pageEnd(x.pageEnd(k+4) + 1)
	}
	if !x.endsPart(stop, limit) || x.t[k].digits() > 3 || x.t[k+2].digits() > 3 {
		return false
	}
	x.set("volume", &x.r.Volume, x.word(k), 0.8)
	x.set("issue", &x.r.Issue, x.word(k+2), 0.8)
	x.take(k, max(x.takePages(k+4), stop))
	return true
}

// vancouver reads "2005;5(1):19-25" from the year on.
func (x *reader) vancouver(k, limit int) bool {
	j := k + 2
	if j >= limit || x.t[j].kind == word && !romanNumeral(x.t[j].low) && !x.pageWord(j) || x.t[j].kind == mark && !x.t[j].is('(') {
		return false
	}
	end := j
	if !x.t[j].is('(') {
		end = x.numberEnd(j)
	}
	issueEnd := x.issueInBrackets(end)
	if end > j {
		x.set("volume", &x.r.Volume, x.text(j, end), 0.98)
	}
	if issueEnd < limit && x.t[issueEnd].is(':') && issueEnd+1 < limit && (x.t[issueEnd+1].kind == number || x.pageWord(issueEnd+1)) {
		issueEnd = x.takePages(issueEnd + 1)
	}
	x.setIssued(when{date: dateYear(x.t[k].n), end: k + 1}, 0.99)
	x.take(k, issueEnd)
	return true
}

func dateYear(n int) journal.Date { return journal.YearDate(n) }

// volumeLike: a number that can be a volume stands alone at k.
func (x *reader) volumeLike(k, from int) bool {
	t := &x.t[k]
	if t.kind == word {
		return romanNumeral(t.low) && allUpper(x.word(k)) && k > from && len(t.low) <= 6
	}
	if t.kind != number || t.digits() > 4 || k == from {
		return false
	}
	before := &x.t[k-1]
	switch {
	case x.taken[k-1], before.is(','), before.is('.'), before.is(';'):
		return true
	case before.is('–') || before.is('—'):
		return before.gap && t.gap
	case before.kind == word:
		// "Orquidário28(1): 23" has lost its blank
		return t.gap || before.low == "v" || k+3 < len(x.t) && before.digits() >= 5 && x.t[k+1].is('(') && x.t[k+2].kind == number && x.t[k+3].is(')')
	case before.is(')') || before.is('»') || before.is(']') || before.is('”') || before.is('"'):
		return t.gap
	}
	return false
}

// afterVolume reads what follows a number that may be a volume, and takes all
// where it is one.
func (x *reader) afterVolume(k, end, limit int) bool {
	if end >= limit {
		return false
	}
	volume := x.text(k, end)
	if x.t[end].is('(') && x.pair[end] > 0 {
		return x.bracketBehindVolume(k, end, limit, volume)
	}
	after := x.skip(end, ":,.;", false)
	if after == end || after >= limit || x.taken[after] {
		return false
	}
	// 8, 4 (Dec. 1995), 343-356
	if x.t[end].is(',') && x.t[after].kind == number && after+1 < limit && x.t[after+1].is('(') && x.pair[after+1] > 0 {
		close := int(x.pair[after+1])
		if w, ok := x.dateAt(after + 2); ok && w.end == close {
			p := x.skip(close+1, ",:;", false)
			if p < limit && (x.isRange(p) || x.t[p].kind == number) {
				x.set("volume", &x.r.Volume, volume, 0.9)
				x.set("issue", &x.r.Issue, x.word(after), 0.9)
				x.setIssued(w, 0.95)
				x.take(k, x.takePages(p))
				return true
			}
		}
	}
	switch {
	case x.t[end].is(':') && (x.isRange(after) || x.numberRange(after) || x.t[after].kind == number && !x.t[after].gap):
		x.set("volume", &x.r.Volume, volume, 0.93)
		x.take(k, x.takePages(after))
		return true
	case (x.t[end].is(',') || x.t[end].is('.') || x.t[end].is(';')) && x.isRange(after):
		x.set("volume", &x.r.Volume, volume, 0.88)
		x.take(k, x.takePages(after))
		return true
	case x.t[end].is(',') && x.t[k-1].is(',') && x.yearAt(after) && x.endsPart(after+1, limit):
		x.set("volume", &x.r.Volume, volume, 0.8) // "Anuario, 5, 2021"
		x.take(k, end)
		return true
	case x.t[end].is(',') && x.pageWord(after) && x.t[after].lower() && !romanNumeral(x.t[after].low):
		x.set("volume", &x.r.Volume, volume, 0.88)
		x.take(k, x.takePages(after))
		return true
	}
	return false
}

// bracketBehindVolume reads "53 (1963): 46-71" and "12(2), 104": the year or the issue in
// the brackets at end, behind a volume that begins at k.
func (x *reader) bracketBehindVolume(k, end, limit int, volume string) bool {
	close := int(x.pair[end])
	if x.issueLikeYear(end, close, limit) {
		x.set("volume", &x.r.Volume, volume, 0.93)
		x.set("issue", &x.r.Issue, x.word(end+1), 0.9)
		x.take(k, x.takePages(close+2))
		return true
	}
	if w, ok := x.dateAt(end + 1); ok && w.end == close {
		after := x.skip(close+1, ":,.;", false)
		if after < limit && x.isRange(after) {
			x.set("volume", &x.r.Volume, volume, 0.95)
			x.setIssued(w, 0.98)
			x.take(k, x.takePages(after))
			return true
		}
		if close+1 >= limit || x.t[close+1].is('.') || x.t[close+1].is(':') || x.t[close+1].is(',') {
			x.set("volume", &x.r.Volume, volume, 0.85)
			x.setIssued(w, 0.97)
			x.take(k, close+1)
			if after < limit && x.t[after].kind == number {
				x.take(k, x.takePages(after))
			}
			return true
		}
		return false
	}
	if x.issueLike(end+1, close) {
		after := x.skip(close+1, ":,.;–— ", false)
		if after > close+1 && after < limit && x.articleNumber(after, limit) {
			issueEnd := x.issueInBrackets(end)
			x.set("volume", &x.r.Volume, volume, 0.97)
			x.take(k, issueEnd)
			return true
		}
		if (after > close+1 || after < limit && x.t[after].gap && x.isRange(after)) && after < limit && (x.t[after].kind == number && !x.yearAt(after) || x.isRange(after) || x.pageWord(after)) {
			issueEnd := x.issueInBrackets(end)
			x.set("volume", &x.r.Volume, volume, 0.97)
			x.take(k, max(issueEnd, x.takePages(after)))
			return true
		}
		if x.yearAt(after) || after >= limit || after > close+1 && x.taken[after] || after == limit {
			issueEnd := x.issueInBrackets(end)
			x.set("volume", &x.r.Volume, volume, 0.9)
			x.take(k, issueEnd)
			return true
		}
	}
	return false
}

// issueLikeYear: the brackets behind a volume hold a number that looks like a year and is
// none, for the date stands in front and is another: "288 (1947): 20210345".
func (x *reader) issueLikeYear(open, close, limit int) bool {
	return x.dateFirst && close == open+2 && x.yearAt(open+1) && len(x.r.Issued) >= 4 && string(x.r.Issued[:4]) != x.word(open+1) && close+2 < limit && x.t[close+1].is(':') && x.t[close+2].kind == number
}

// numberRange: two numbers with a dash, whether years or not.
func (x *reader) numberRange(i int) bool {
	return i+2 < len(x.t) && x.t[i].kind == number && !x.taken[i] && x.t[i+1].isDash() && x.t[i+2].kind == number
}

// isRange: two numbers with a dash stand at i, and they are no years.
func (x *reader) isRange(i int) bool {
	if i >= len(x.t) || x.taken[i] {
		return false
	}
	if x.t[i].kind != number && !x.pageWord(i) {
		return false
	}
	end := x.pageEnd(i)
	if end+1 >= len(x.t) || !x.t[end].isDash() || x.t[end+1].kind != number && !x.pageWord(end+1) || x.daysOfMonth(i, end+1) {
		return false
	}
	return !x.yearAt(i) || !x.yearAt(end+1)
}

// readRange takes a range of pages without a label.
func (x *reader) readRange(i, limit int) {
	if x.r.Pages != (journal.Pages{}) {
		return
	}
	for k := limit - 1; k > i; k-- {
		if x.t[k].kind != number || x.taken[k] || !x.isRange(k) || !(x.taken[k-1] || x.t[k-1].kind == mark && containsRune(",.;:)]–—", x.t[k-1].r)) {
			continue
		}
		end := x.pageEnd(x.pageEnd(k) + 1)
		if end < limit && !x.taken[end] && x.t[end].kind != mark {
			continue
		}
		x.take(k, x.takePages(k))
		return
	}
}

// daysOfMonth: the range from i to j is one of days, "10–13 September 2018".
func (x *reader) daysOfMonth(i, j int) bool {
	from, _ := x.dayAt(i)
	to, end := x.dayAt(j)
	if end+1 < len(x.t) && x.t[end].low == "de" {
		end++ // "10-13 de setembro"
	}
	return from > 0 && to > from && x.monthAt(end) > 0 && x.yearAt(end+1)
}
