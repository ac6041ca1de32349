package refparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// easternName reads one name: up to five characters, or two words of family and
// given name. long says that it may be a body.
func (x *reader) easternName(i int) (end int, ok bool) {
	if i >= len(x.t) || x.taken[i] || x.t[i].kind != word || !(isHan(x.t[i].r) || unicode.Is(unicode.Hangul, x.t[i].r)) {
		return i, false
	}
	n := utf8.RuneCountInString(x.word(i))
	if n > 6 && !unicode.Is(unicode.Katakana, x.t[i].r) {
		return i, false
	}
	end = i + 1
	if end < len(x.t) && x.t[end].is('・') && end+1 < len(x.t) && x.t[end+1].kind == word && unicode.Is(unicode.Katakana, x.t[end+1].r) {
		end += 2
	}
	if n <= 5 && end < len(x.t) && x.t[end].kind == word && x.t[end].gap && (isHan(x.t[end].r) || unicode.Is(unicode.Hangul, x.t[end].r)) && utf8.RuneCountInString(x.word(end)) <= 5 && (end+1 >= len(x.t) || x.t[end+1].kind != word) {
		end++
	}
	if end+2 < len(x.t) && x.t[end].is('(') && !x.t[end].gap && x.t[end+1].kind == word && isHan(x.t[end+1].r) && x.t[end+2].is(')') && unicode.Is(unicode.Hangul, x.t[i].r) {
		end += 3
	}
	return end, true
}

func (x *reader) easternNames(i int) int {
	start := i
	var names []journal.Name
	for len(names) < 60 {
		end, ok := x.easternName(i)
		if !ok {
			break
		}
		names = append(names, journal.Name{Literal: x.text(i, end)})
		i = end
		j := x.skip(i, ",，、.．/・;；&", false)
		if j == i || j-i > 2 {
			break
		}
		next, ok := x.easternName(j)
		// a name is followed by another mark, a year or a quotation; words of more
		// than five characters are a title
		if !ok || x.t[i].is('.') && !x.t[i].gap && x.t[j].gap && x.easternLong(j) || next < len(x.t) && x.t[next].kind == word && !x.t[next].gap {
			break
		}
		if (x.t[i].is('.') || x.t[i].is('．')) && x.t[j].gap && !x.namesUpToYear(j) {
			break // "李建香. 題名."
		}
		if x.t[i].is(',') && next < len(x.t) && x.t[next].kind == word {
			break // the first word of a title
		}
		i = j
	}
	for i < len(x.t) && x.t[i].kind == word && (x.t[i].low == "等" || x.t[i].low == "他" || x.t[i].low == "ほか" || x.t[i].low == "외") {
		names = append(names, journal.Name{Literal: x.word(i)})
		i++
	}
	if len(names) == 0 {
		if end := x.easternBody(start); end > start {
			return end
		}
		// a body of more characters before a year: "辽宁省财政厅课题组, 2008,"
		if j := start + 1; start < len(x.t) && j+1 < len(x.t) && x.t[start].kind == word && isHan(x.t[start].r) && (x.t[j].is(',') || x.t[j].is('，')) && x.yearAt(j+1) {
			x.credit(author, []journal.Name{{Literal: x.word(start)}}, 0.7)
			x.take(start, j)
			return j
		}
		return start
	}
	// a name alone that nothing divides from what follows is none
	if i < len(x.t) && x.t[i].kind == word && !x.t[i].gap {
		return start
	}
	x.easternCredit(names)
	x.take(start, i)
	if i < len(x.t) && x.t[i].kind == word && (x.t[i].low == "編" || x.t[i].low == "編著" || x.t[i].low == "著" || x.t[i].low == "訳") {
		switch x.t[i].low {
		case "編":
			x.move(editor)
		case "訳":
			x.move(translator)
		}
		x.take(i, i+1)
		i++
	}
	return i
}

// easternRoles stand behind a name without a blank: 著 by, 編 edited, 訳 translated.
var easternRoles = []struct {
	suffix string
	role   role
}{{"編著", editor}, {"編訳", translator}, {"監修", editor}, {"共著", author}, {"著", author}, {"編", editor}, {"訳", translator}, {"译", translator}, {"譯", translator}, {"主编", editor}}

// easternCredit gives names to the role that stands behind them: "ベネディクト著、長谷川松治訳".
// Names before one with a role share it.
func (x *reader) easternCredit(names []journal.Name) {
	var waiting []journal.Name
	for _, n := range names {
		r, marked := author, false
		for _, e := range easternRoles {
			if rest, ok := strings.CutSuffix(n.Literal, e.suffix); ok && utf8.RuneCountInString(rest) > 1 {
				n.Literal, r, marked = rest, e.role, true
				break
			}
		}
		waiting = append(waiting, n)
		if marked {
			x.credit(r, waiting, 0.88)
			waiting = nil
		}
	}
	x.credit(author, waiting, 0.88)
}

// easternEditor takes a part that is a name and 編: "渋谷嘉彦編".
func (x *reader) easternEditor(text string) bool {
	name, ok := strings.CutSuffix(text, "編")
	if n := utf8.RuneCountInString(name); !ok || n < 3 || n > 6 || strings.ContainsAny(name, "前後続第全上下中") {
		return false
	}
	x.credit(editor, []journal.Name{{Literal: name}}, 0.85)
	return true
}

// easternCollections end the names of series of small books.
var easternCollections = []string{"新書", "文庫", "叢書", "選書", "全書", "ライブラリー", "丛书"}

// easternSeries takes "(岩波新書, C39)".
func (x *reader) easternSeries(i int) {
	for k := i; k < len(x.t); k++ {
		close := int(x.pair[k])
		if !x.t[k].is('(') && !x.t[k].is('（') || close < 0 || close-k > 8 || close == k+1 || !x.free(k, close) {
			continue
		}
		for _, end := range easternCollections {
			if x.t[k+1].kind == word && strings.HasSuffix(x.word(k+1), end) {
				x.set("series", &x.r.Series, x.inside(k, close), 0.9)
				x.take(k, close+1)
				return
			}
		}
	}
}

// easternBody reads a body before a title in quotation marks: "国立国会図書館. “…”". It is
// where that ends, or i.
func (x *reader) easternBody(i int) int {
	if i+1 < len(x.t) && x.t[i].kind == word && isHan(x.t[i].r) && (x.t[i+1].is('『') || x.t[i+1].is('「')) {
		if name, ok := strings.CutSuffix(x.word(i), "編"); ok && name != "" { // "大蔵省管理局編『…』"
			x.credit(editor, []journal.Name{{Literal: name}}, 0.8)
			x.take(i, i+1)
			return i + 1
		}
	}
	if i+2 >= len(x.t) || x.t[i].kind != word || !isHan(x.t[i].r) || !x.t[i+1].is('.') && !x.t[i+1].is('．') || x.t[i+2].kind != mark || !isOpenQuote(x.t[i+2].r) || x.pair[i+2] < 0 {
		return i
	}
	x.credit(author, []journal.Name{{Literal: x.word(i)}}, 0.75)
	x.take(i, i+1)
	return i + 1
}

// namesUpToYear: only short words with full stops stand before a year in
// brackets: "郭春華. 劉小冬. 餘盤滿(2012)".
func (x *reader) namesUpToYear(i int) bool {
	for ; i+1 < len(x.t); i += 2 {
		if x.t[i].kind != word || utf8.RuneCountInString(x.word(i)) > 4 {
			return false
		}
		if x.t[i+1].is('(') {
			return x.yearAt(i + 2)
		}
		if !x.t[i+1].is('.') {
			return false
		}
	}
	return false
}

func (x *reader) easternLong(i int) bool {
	return utf8.RuneCountInString(x.word(i)) > 5
}
