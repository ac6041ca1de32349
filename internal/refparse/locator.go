package refparse

import (
	"offprint/internal/journal"
)

// field is a part of a reference that a label announces.
type field uint8

const (
	noField field = iota
	volume
	issue
	instalment // выпуск: a volume of a series, an issue of a journal
	part
	pages
	item    // the number of a report, a paper
	chapter // of no field of its own
	electronic
)

// labels announce the number behind them.
var labels = map[string]field{
	"т": volume, "том": volume, "vol": volume, "vols": volume, "volume": volume, "v": volume, "t": volume, "tome": volume, "tomo": volume, "bd": volume, "band": volume, "tom": volume, "jg": volume, "jahrgang": volume, "ano": volume, "год": noField, "год.": noField,
	"no": issue, "nos": issue, "n": issue, "num": issue, "núm": issue, "nr": issue, "iss": issue, "issue": issue, "number": issue, "№": issue, "heft": issue, "h": issue, "fasc": issue, "кн": part, "книга": part, "бр": issue, "брой": issue, "бр.": issue,
	"вып": instalment, "выпуск": instalment, "vyp": instalment, "vypusk": instalment, "випуск": instalment, "вип": instalment,
	"ч": part, "часть": part, "part": part, "parte": part, "teil": part, "partie": part, "ch": part, "chast": part, "chast'": part, "част": part, "частина": part, "pt": part,
	"с": pages, "c": pages, "p": pages, "pp": pages, "р": pages, "рр": pages, "pag": pages, "pág": pages, "págs": pages, "pages": pages, "page": pages, "стр": pages, "s": pages, "str": pages, "сс": pages, "ss": pages, "seiten": pages,
	"cap": chapter, "chap": chapter, "chapter": chapter, "гл": chapter, "глава": chapter, "kap": chapter,
}

// labelAt reads a label that has its number behind it: "Vol. VI", "№10", "p.35".
func (x *reader) labelAt(i int) (f field, value int) {
	t := &x.t[i]
	if x.taken[i] {
		return noField, i
	}
	j := i + 1
	switch {
	case t.is('№'):
		f = issue
		if j < len(x.t) && x.t[j].is('№') {
			j++
		}
	case t.kind == word:
		f = labels[t.low]
		if t.low == "n" && j+1 < len(x.t) && x.t[j].is('.') && (x.t[j+1].is('º') || x.t[j+1].is('°')) {
			j++ // "n.º"
		}
		if t.low == "n" && j < len(x.t) && (x.t[j].is('º') || x.t[j].is('°')) || t.low == "no" && j < len(x.t) && x.t[j].is('º') {
			f, j = issue, j+1
		}
	}
	if f == noField {
		return noField, i
	}
	dotted := false
	if j < len(x.t) && x.t[j].is('.') && !x.t[j].gap {
		dotted, j = true, j+1
	}
	if j < len(x.t) && (x.t[j].is(':') || x.t[j].is(',') && !x.t[j].gap && j+1 < len(x.t) && !x.t[j+1].gap) && (f == pages || x.t[j].is(',')) {
		j++
	}
	if j >= len(x.t) || x.taken[j] {
		return noField, i
	}
	v := &x.t[j]
	if x.yearAt(j) && f == issue && t.low == "n" && t.upper() {
		return noField, i // "Batista, J.A.N. 2018"
	}
	if x.yearAt(j) && f == volume && !(dotted && t.upper() || t.low == "vol") {
		return noField, i // "v 2018 godu"
	}
	if f == volume && j+1 < len(x.t) && (x.t[j+1].low == "т" || x.t[j+1].low == "t" || x.t[j+1].low == "томах" || x.t[j+1].low == "tomakh") {
		return noField, i // "v 3 t."
	}
	switch {
	case v.kind == number:
		// a capital letter alone is also an initial or a word: "A 5"
		if t.kind == word && len(t.low) <= 2 && !dotted && v.gap && f != pages && !(t.low == "no" || t.low == "v" || t.low == "vol" || t.low == "n" || t.low == "т") {
			return noField, i
		}
		if (t.low == "h" || t.low == "s" || t.low == "t") && !dotted && v.gap {
			return noField, i
		}
	case v.kind == word && romanNumeral(v.low) && v.upper() && f != pages && (dotted || len(t.low) > 1) && !(f == part && !dotted && len(v.low) > 4):
		if j+1 < len(x.t) && x.t[j+1].is('.') && j+2 < len(x.t) && x.t[j+2].upper() && len(v.low) == 1 && len(t.low) == 1 {
			return noField, i // "V. I. Name"
		}
	case f == issue && v.kind == word && v.upper() && len(v.low) == 1 && j+1 < len(x.t) && x.t[j+1].kind == number && !x.t[j+1].gap: // "n. S1"
	case f == pages && v.kind == word && x.pageWord(j) && (dotted || t.low == "pp"):
	case f == part && v.kind == word && dotted && len(v.low) == 1 && v.upper() && j+1 < len(x.t) && !x.t[j+1].is('.'): // "Part A"
	default:
		return noField, i
	}
	return f, j
}

// pageWord: a word that stands for a page: "e0208", "S12", "xii", "A3".
func (x *reader) pageWord(i int) bool {
	t := &x.t[i]
	if t.kind != word {
		return false
	}
	if romanNumeral(t.low) && t.lower() {
		return true
	}
	return len(t.low) <= 2 && plain(t.low) && i+1 < len(x.t) && x.t[i+1].kind == number && !x.t[i+1].gap
}

// numberEnd is where a number of a volume or an issue ends: "5", "5–6", "1/2",
// "XXIII", "12A", "S1".
func (x *reader) numberEnd(i int) int {
	j := i
	for j < len(x.t) && j < i+8 && !x.taken[j] {
		t := &x.t[j]
		switch {
		case j == i:
		case t.kind != mark && !t.gap && (t.kind == number || len(t.low) <= 2 && !isHan(t.r) || romanNumeral(t.low)):
		case (t.isDash() || t.is('/') || t.is('&')) && j+1 < len(x.t) && (x.t[j+1].kind == number && x.t[j+1].digits() <= 5 || x.t[j+1].kind == word && romanNumeral(x.t[j+1].low) && x.t[j+1].upper()) && t.gap == x.t[j+1].gap:
			j++
		default:
			return j
		}
		j++
	}
	return j
}

// readLabelled takes the numbers with labels between tokens.
func (x *reader) readLabelled(i, limit int) {
	for k := i; k < limit; k++ {
		f, v := x.labelAt(k)
		if f == noField || v >= limit {
			continue
		}
		from, end := k, 0
		switch f {
		case pages:
			end = x.takePages(v)
		case volume:
			end = x.numberEnd(v)
			x.set("volume", &x.r.Volume, x.text(v, end), 0.97)
			end = x.issueInBrackets(end)
		case issue:
			end = x.takeIssue(k, v)
		case instalment:
			end = x.numberEnd(v)
			value := x.text(v, x.throughEnd(end, x.t[v].n))
			if x.r.Issue == "" && x.r.Volume == "" {
				x.set("instalment", &x.instalment, value, 0.9)
			} else if x.r.Volume == "" {
				x.set("volume", &x.r.Volume, value, 0.9)
			} else {
				x.set("issue", &x.r.Issue, value, 0.9)
			}
			end = x.throughEnd(end, x.t[v].n)
		case part:
			end = x.numberEnd(v)
			x.set("part", &x.r.Part, x.text(v, end), 0.95)
		case chapter:
			end = x.numberEnd(v)
		}
		x.take(from, end)
		x.labelled = true
		k = end - 1
	}
}

// takeIssue reads "№ 3", "no. 2 (19)", "№ 59 (1)", "Paper No. 5497".
func (x *reader) takeIssue(label, v int) int {
	end := x.numberEnd(v)
	if label > 0 && x.t[label-1].kind == word {
		switch x.t[label-1].low {
		case "paper", "report", "preprint", "доклад", "отчет", "отчёт", "препринт", "order", "patent", "патент", "приказ", "закон", "law", "lei", "decreto", "постановление", "rep", "working", "discussion", "series":
			x.set("item_number", &x.r.ItemNumber, x.text(v, end), 0.9)
			return end
		}
	}
	if end < len(x.t)-2 && x.t[end].is('(') && x.t[end+1].kind == number && x.t[end+2].is(')') {
		within := x.t[end+1].n
		if x.t[v].kind == number && within < x.t[v].n && x.r.Volume == "" { // "No. 59 (1)"
			x.set("volume", &x.r.Volume, x.text(v, end), 0.8)
			x.set("issue", &x.r.Issue, x.text(end+1, end+2), 0.8)
			return end + 3
		}
		if !x.yearAt(end + 1) {
			end += 3
		}
	}
	x.set("issue", &x.r.Issue, x.text(v, end), 0.97)
	return end
}

// throughEnd is the end of "28 (9550)": a number and the one counted through
// all years.
func (x *reader) throughEnd(end, n int) int {
	if end+2 < len(x.t) && x.t[end].is('(') && x.t[end+1].kind == number && x.t[end+2].is(')') && !x.yearAt(end+1) && x.t[end+1].n > n {
		return end + 3
	}
	return end
}

// issueInBrackets reads "(4)" behind a volume.
func (x *reader) issueInBrackets(i int) int {
	if i >= len(x.t) || !x.t[i].is('(') || x.pair[i] < 0 || x.yearAt(i+1) && int(x.pair[i]) == i+2 {
		return i
	}
	j := int(x.pair[i])
	if j-i > 6 || !x.issueLike(i+1, j) {
		return i
	}
	from := i + 1
	if f, v := x.labelAt(from); f == issue {
		from = v
	}
	x.set("issue", &x.r.Issue, x.text(from, j), 0.96)
	return j + 1
}

// issueLike: numbers, with dashes, a label, or the name of a supplement.
func (x *reader) issueLike(i, j int) bool {
	digits := false
	for ; i < j; i++ {
		t := &x.t[i]
		switch {
		case t.kind == number:
			digits = true
		case t.isDash(), t.is('/'), t.is('.'), t.is(','), t.is('№'), t.is('&'):
		case t.kind == word && (t.low == "suppl" || t.low == "supl" || t.low == "spec" || t.low == "special" || t.low == "esp" || t.low == "pt" || t.low == "part" || t.low == "no" || t.low == "n" || t.low == "supplement" || len(t.low) == 1 || romanNumeral(t.low)):
			digits = digits || t.upper() || t.low != "no"
		default:
			return false
		}
	}
	return digits
}

// takePages reads pages from v on: "5–51", "351-55", "e0208", "5, 7–9", and is
// where they end.
func (x *reader) takePages(v int) int {
	end := x.pageEnd(v)
	if end < len(x.t) && x.t[end].isDash() && end+1 < len(x.t) && (x.t[end+1].kind == number || x.pageWord(end+1)) {
		last := x.pageEnd(end + 1)
		if x.daysOfMonth(v, end+1) {
			return last
		}
		x.setPages(x.text(v, end), x.text(end+1, last), 0.98)
		return last
	}
	if x.t[v].kind == word && !romanNumeral(x.t[v].low) {
		if x.r.Pages == (journal.Pages{}) {
			x.r.Pages.Article = x.text(v, end)
			x.found["pages"] = 0.95
		}
		return end
	}
	x.setPages(x.text(v, end), "", 0.95)
	return end
}

// pageEnd is the end of one page number.
func (x *reader) pageEnd(i int) int {
	j := i + 1
	if x.t[i].kind == word && j < len(x.t) && x.t[j].kind == number && !x.t[j].gap {
		return j + 1
	}
	if x.t[i].kind == number && j < len(x.t) && x.t[j].kind == word && !x.t[j].gap && len(x.t[j].low) == 1 && x.t[j].low != "с" && x.t[j].low != "p" && x.t[j].low != "c" {
		return j + 1
	}
	return j
}

func (x *reader) setPages(first, last string, sure float64) {
	if x.r.Pages != (journal.Pages{}) {
		return
	}
	x.r.Pages.First, x.r.Pages.Last = first, last
	x.found["pages"] = sure
}

// totals are the words behind a number of pages.
var totals = wordSet("с c p pp стр pages págs pag p. s str сс ss páginas seiten")

// readTotals takes "548 p.", "304 с.", "p" and "с" without a number behind.
func (x *reader) readTotals(i, limit int) {
	for k := i; k+1 < limit; k++ {
		n, w := &x.t[k], &x.t[k+1]
		if n.kind != number || x.taken[k] || n.digits() > 4 || w.kind != word || x.taken[k+1] || !totals[w.low] || w.upper() && w.low != "с" && w.low != "c" {
			continue
		}
		if k > i && !n.gap && x.t[k-1].kind == word || w.upper() && !w.gap && w.r < 0x80 {
			continue
		}
		if k > i+1 && (x.t[k-1].isDash() && !x.t[k-1].gap && x.t[k-2].kind == number || k > i && x.t[k-1].kind == word && !x.taken[k-1] && labels[x.t[k-1].low] != noField) {
			continue
		}
		end := k + 2
		if end < limit && x.t[end].is('.') && !x.t[end].gap {
			end++
		}
		if end < len(x.t) && !x.taken[end] && (x.t[end].kind == number && !(x.yearAt(end) && x.endsPart(end+1, limit) && n.n < 1400) || x.t[end].is(',') && w.low == "p" && end+1 < len(x.t) && x.t[end+1].kind == number && x.t[end].gap) {
			continue
		}
		x.set("page_count", &x.r.PageCount, x.text(k, k+1), 0.97)
		// ": ил.", ", ill."
		if end+1 < limit && (x.t[end].is(':') || x.t[end].is(',') || x.t[end].is(';')) && x.t[end+1].kind == word && (x.t[end+1].low == "ил" || x.t[end+1].low == "ill" || x.t[end+1].low == "il" || x.t[end+1].low == "табл" || x.t[end+1].low == "карт") {
			end += 2
			if end < limit && x.t[end].is('.') {
				end++
			}
		}
		x.take(k, end)
		k = end - 1
	}
}

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
		if x.electronicNumber(k, limit) {
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
	// 53 (1963): 46-71
	if x.t[end].is('(') && x.pair[end] > 0 {
		close := int(x.pair[end])
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
