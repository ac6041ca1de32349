package refparse

import "offprint/internal/journal"

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
	"с": pages, "c": pages, "p": pages, "pp": pages, "р": pages, "рр": pages, "pag": pages, "pág": pages, "págs": pages, "pages": pages, "page": pages, "стр": pages, "s": pages, "str": pages, "сс": pages, "ss": pages, "seiten": pages, "hlm": pages, "hal": pages,
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
	if t.low == "s" && t.upper() && i > 0 && x.t[i-1].is(':') && i > 1 && x.t[i-2].is(')') && j < len(x.t) && x.t[j].kind == number && !x.t[j].gap {
		return noField, i // the page of a supplement, ":S12-9"
	}
	if f == pages && !t.gap && i > 1 && x.t[i-1].is('.') && x.initialAt(i-2) {
		return noField, i // "M.S. 2011"
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
		case t.isDash() && !t.gap && j+1 < len(x.t) && x.t[j+1].upper() && !x.t[j+1].gap && len(x.t[j+1].low) == 1 && x.t[j-1].kind == number: // "61-F"
			j++
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
			if k > i+2 && x.t[k-1].is(',') && x.t[k-2].kind == number && x.t[k-2].gap && x.t[k-2].digits() <= 4 && !x.yearAt(k-2) && x.t[k-3].kind == word && x.free(k-3, k) && x.set("volume", &x.r.Volume, x.word(k-2), 0.93) {
				from = k - 2 // "Pragmatics 5, no. 2"
			}
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
	if end+1 < len(x.t) && end == v+1 && x.t[v].kind == number && x.t[v].digits() <= 2 && x.t[end].is('.') && !x.t[end].gap && x.t[end+1].kind == number && x.t[end+1].digits() == 3 && !x.t[end+1].gap {
		end += 2 // the issue of a newspaper: "n. 30.112"
	}
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
	if x.t[i].kind == number && j+1 < len(x.t) && x.t[j].low == "n" && !x.t[j].gap && x.t[j+1].kind == number && !x.t[j+1].gap {
		return j + 2 // the note of a page, "17n4"
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
var totals = wordSet("f fls fol с c p pp стр pages págs pag p. s str сс ss páginas seiten")

// readTotals takes "548 p.", "304 с.", "p" and "с" without a number behind.
func (x *reader) readTotals(i, limit int) {
	for k := i; k+1 < limit; k++ {
		n, w := &x.t[k], &x.t[k+1]
		if n.kind != number || x.taken[k] || n.digits() > 4 || w.kind != word || x.taken[k+1] || !totals[w.low] || w.upper() && w.low != "с" && w.low != "c" && !x.german(k, i) {
			continue
		}
		if k > i && !n.gap && x.t[k-1].kind == word || w.low == "s" && !w.gap && n.digits() == 4 || w.upper() && !w.gap && w.r < 0x80 {
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

// german: "448 S." as a sentence of its own.
func (x *reader) german(k, from int) bool {
	return x.word(k+1) == "S" && k > from && (x.t[k-1].is('.') || x.t[k-1].is(',')) && x.t[k+1].gap && k+2 < len(x.t) && x.t[k+2].is('.')
}
