package refparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// eastern: most letters are Chinese, Japanese or Korean, and it begins so.
func (x *reader) eastern() bool {
	han, other, first := 0, 0, true
	begins := false
	for i := range x.t {
		t := &x.t[i]
		if t.kind != word || x.taken[i] {
			continue
		}
		east := isHan(t.r) || unicode.Is(unicode.Hangul, t.r)
		if first {
			begins, first = east, false
		}
		n := utf8.RuneCountInString(x.word(i))
		if east {
			han += n * 2
		} else {
			other += n
		}
	}
	return begins && han > other
}

// readEastern reads the styles of Chinese, Japanese and Korean journals: names,
// year, title, journal, numbers with 巻 号 頁 or without, divided by commas or
// full stops, with titles in 「」 『』 《》 or quotation marks.
func (x *reader) readEastern() {
	i := x.skip(0, ".,;:、，．•", false)
	i = x.easternNames(i)
	x.easternNumbers(i)
	x.easternDate(i)
	x.readTotals(i, len(x.t))
	x.easternSeries(i)
	x.readLabelled(i, len(x.t))
	x.easternUnlabelled(i)
	x.easternPublisher(i)
	x.easternParts(i)
}

// counters follow a number and say what it counts.
var counters = map[rune]field{
	'巻': volume, '卷': volume, '권': volume, '輯': volume, '集': volume, '冊': volume, '辑': volume,
	'号': issue, '號': issue, '期': issue, '호': issue, '기': issue,
	'頁': pages, '页': pages, '쪽': pages, '面': pages, '項': noField, '版': electronic,
}

// easternNumbers takes "第58巻", "3号", "總第221期", "99-114頁", "第30-32页".
func (x *reader) easternNumbers(i int) {
	for k := i; k+1 < len(x.t); k++ {
		if x.t[k].kind != number || x.taken[k] {
			continue
		}
		end := k + 1
		if end+1 < len(x.t) && x.t[end].isDash() && x.t[end+1].kind == number {
			end += 2
		}
		if end >= len(x.t) || x.t[end].kind != word {
			continue
		}
		r, size := utf8.DecodeRuneInString(x.t[end].low)
		f := counters[r]
		if x.t[end].low == "月号" || x.t[end].low == "月號" {
			f, r, size = issue, '号', len(x.t[end].low)
		}
		if f == noField || len(x.t[end].low) > size && !(f == pages) && !x.counterAlone(end) {
			continue
		}
		from := k
		if from > i && x.t[from-1].kind == word && (strings.HasSuffix(x.t[from-1].low, "第") || strings.HasSuffix(x.t[from-1].low, "제")) && utf8.RuneCountInString(x.t[from-1].low) <= 2 {
			from--
		}
		switch f {
		case volume:
			x.set("volume", &x.r.Volume, x.text(k, end), 0.97)
		case issue:
			x.set("issue", &x.r.Issue, x.text(k, end), 0.97)
		case pages:
			if end > k+1 {
				x.setPages(x.text(k, k+1), x.text(k+2, end), 0.97)
			} else {
				x.setPages(x.text(k, end), "", 0.95)
			}
		case electronic:
			x.set("edition", &x.r.Edition, x.text(from, end), 0.9)
		}
		x.take(from, end+1)
		k = end
	}
}

// counterAlone: the word begins with a counter and another number follows:
// "58巻第3号".
func (x *reader) counterAlone(i int) bool {
	rest := x.t[i].low
	_, size := utf8.DecodeRuneInString(rest)
	return strings.Trim(rest[size:], "第") == ""
}

// easternDate takes the year: "2009", "(2009)", "2007年", "2020年 5月 22日",
// "2019.2.", "2012(3)".
func (x *reader) easternDate(i int) {
	for k := i; k < len(x.t); k++ {
		if !x.yearAt(k) || x.taken[k] || x.depth(k, i) > 0 && !(k > 0 && (x.t[k-1].is('(') || x.t[k-1].is('（')) || k > 0 && (x.t[k-1].is(',') || x.t[k-1].is('、'))) {
			continue
		}
		if k > i && x.t[k-1].kind == word && !x.t[k].gap && !(k+1 < len(x.t) && x.t[k+1].is(';')) || x.inQuotes(k, i) {
			continue
		}
		year := x.t[k].n
		end, month, day := k+1, 0, 0
		switch {
		case end < len(x.t) && x.t[end].kind == word && strings.HasPrefix(x.t[end].low, "年"):
			end++
			if end+1 < len(x.t) && x.t[end].kind == number && strings.HasPrefix(x.t[end+1].low, "月") {
				month, end = x.t[end].n, end+2
				if end+1 < len(x.t) && x.t[end].kind == number && strings.HasPrefix(x.t[end+1].low, "日") {
					day, end = x.t[end].n, end+2
				}
			}
		case end+1 < len(x.t) && x.t[end].is('.') && !x.t[end].gap && x.t[end+1].kind == number && !x.t[end+1].gap && x.t[end+1].n <= 12:
			month, end = x.t[end+1].n, end+2
		case end+2 < len(x.t) && x.t[end].is('(') && x.t[end+1].kind == number && x.t[end+1].n >= 1 && x.t[end+1].n <= 12 && x.t[end+2].is(')') && (end+3 >= len(x.t) || x.t[end+3].is('.')):
			month, end = x.t[end+1].n, end+3
		case end < len(x.t) && x.t[end].kind == word && !x.t[end].gap:
			continue
		}
		d, _ := dateOf(year, month, day)
		x.setIssued(when{date: d, end: end}, 0.96)
		x.takeDate(k, end)
		return
	}
}

// inQuotes: quotation marks stand around k.
func (x *reader) inQuotes(k, from int) bool {
	for i := from; i < k; i++ {
		if int(x.pair[i]) > k && isOpenQuote(x.t[i].r) {
			return true
		}
	}
	return false
}

// easternUnlabelled takes "67-5", "44(535)", "47(3), 1-10", "30: 1-22", "71.".
func (x *reader) easternUnlabelled(i int) {
	for k := i; k < len(x.t); k++ {
		if x.t[k].kind != number || x.taken[k] || x.t[k].digits() > 4 || x.inQuotes(k, i) {
			continue
		}
		if x.r.Volume != "" || k > i && x.t[k-1].kind == word && !x.t[k].gap && !isHan(x.t[k-1].r) {
			continue
		}
		end := k + 1
		if end+1 < len(x.t) && x.t[end].isDash() && x.t[end+1].kind == number && !x.t[end].gap {
			after := end + 2
			if k > i && !x.taken[k-1] && x.t[k-1].kind == word && (after >= len(x.t) || x.t[after].is(',') || x.t[after].is('.')) && x.t[end+1].digits() <= 2 {
				x.set("volume", &x.r.Volume, x.text(k, k+1), 0.9)
				x.set("issue", &x.r.Issue, x.text(end+1, end+2), 0.9)
				x.take(k, after)
				continue
			}
			if x.isRange(k) && k > i && x.t[k-1].kind == mark {
				x.take(k, x.takePages(k))
			}
			continue
		}
		if x.volumeLike(k, i) && x.afterVolume(k, end, len(x.t)) {
			continue
		}
		if end < len(x.t) && x.t[end-1].kind == number && k > i && !x.taken[k-1] && (x.t[k-1].kind == word && (x.t[k].gap || x.t[end].is('(')) || x.t[k-1].kind == mark && containsRune(",，.．", x.t[k-1].r)) && x.easternEnd(end) && !x.yearAt(k) && x.r.Issue == "" {
			to := x.issueInBrackets(end)
			x.set("volume", &x.r.Volume, x.text(k, end), 0.75)
			x.take(k, to)
			after := x.skip(to, ",:.，", false)
			if after > to && x.isRange(after) {
				x.take(after, x.takePages(after))
			}
		}
	}
	if x.r.Pages == (journal.Pages{}) {
		x.readRange(i, len(x.t))
	}
}

// easternEnd: a part ends before k, or an issue in brackets follows.
func (x *reader) easternEnd(k int) bool {
	return k >= len(x.t) || x.taken[k] || x.t[k].kind == mark && containsRune(",.，．。;:、", x.t[k].r) || x.t[k].is('(') && x.pair[k] > 0 && x.issueLike(k+1, int(x.pair[k]))
}

// easternPublisher takes "北京 ： 商務" and what stands with the year in brackets:
// "(阪南大学学会, 2009)".
func (x *reader) easternPublisher(i int) {
	for k := i; k+1 < len(x.t); k++ {
		if (x.t[k].is(':') || x.t[k].is('：')) && k > i && !x.taken[k-1] && x.t[k-1].kind == word && easternPlaces[x.t[k-1].low] && !x.inQuotes(k, i) {
			end := k + 1
			for end < len(x.t) && !x.taken[end] && !(x.t[end].kind == mark && containsRune(",，.。、", x.t[end].r)) {
				end++
			}
			x.set("place", &x.r.Place, x.word(k-1), 0.95)
			x.set("publisher", &x.r.Publisher, x.clean(k+1, end), 0.93)
			x.take(k-1, end)
			return
		}
		if (x.t[k].is('(') || x.t[k].is('（')) && x.pair[k] > 0 && !x.taken[k] {
			close := int(x.pair[k])
			year := close - 1
			for year > k && (x.t[year].kind == word && x.t[year].low == "年" || x.t[year].kind == mark) {
				year--
			}
			if year > k+1 && x.taken[year] && x.yearAt(year) && x.t[k+1].kind == word && isHan(x.t[k+1].r) {
				x.set("publisher", &x.r.Publisher, x.easternClean(k+1, year), 0.9)
				x.take(k, close+1)
				return
			}
		}
	}
}

func (x *reader) easternClean(i, j int) string {
	return strings.Trim(x.clean(i, j), " 　,，、.．。:：;'‘’")
}

// easternPlaces are the places of most publishers.
var easternPlaces = wordSet("東京 京都 大阪 名古屋 横浜 神戸 福岡 札幌 仙台 北京 上海 南京 廣州 广州 天津 成都 武漢 武汉 西安 杭州 香港 台北 臺北 台南 高雄 서울 부산 大連 哈爾濱 长沙 重庆 濟南 沈阳")

// easternParts gives the parts that are left to title, container, publisher.
func (x *reader) easternParts(i int) {
	parts := x.easternSplit(i)
	quoted := func(s span) (string, bool) {
		if x.t[s.from].kind == mark && isOpenQuote(x.t[s.from].r) && int(x.pair[s.from]) >= s.to-1 && int(x.pair[s.from]) < len(x.t) {
			return strings.Trim(x.text(s.from+1, int(x.pair[s.from])), " 　,，.。"), true
		}
		return x.easternClean(s.from, s.to), false
	}
	for _, s := range parts {
		if text, _ := quoted(s); theses[text] {
			x.set("genre", &x.r.Genre, text, 0.93)
		}
	}
	var book string // in 『』 or 《》
	for _, s := range parts {
		text, inQuotes := quoted(s)
		if text == "" || !inQuotes && x.r.Title != "" && x.easternEditor(text) {
			continue
		}
		r := x.t[s.from].r
		switch {
		case theses[text]:
			continue
		case x.r.Genre != "" && x.r.Title != "" && !inQuotes && x.r.Publisher == "":
			x.set("publisher", &x.r.Publisher, text, 0.88)
		case x.r.Title == "" && !(inQuotes && (r == '『' || r == '《') && book != ""):
			x.set("title", &x.r.Title, text, 0.88)
			if inQuotes && (r == '『' || r == '《') {
				book = text
			}
		case easternPlaces[text] && x.r.Place == "":
			x.set("place", &x.r.Place, text, 0.9)
		case x.r.Container == "" && (book == "" || inQuotes):
			x.easternContainer(s, text)
			x.bookQuoted = inQuotes && (r == '『' || r == '《')
		case x.r.Publisher == "" && !inQuotes:
			if before, after, ok := strings.Cut(text, "、"); ok && easternPlaces[before] && x.r.Place == "" {
				x.set("place", &x.r.Place, before, 0.9)
				text = after
			}
			x.set("publisher", &x.r.Publisher, text, 0.8)
		}
	}
	x.easternSpace()
}

// easternContainer keeps a container; a book of a publisher without numbers has
// none.
func (x *reader) easternContainer(s span, text string) {
	if x.r.Volume == "" && x.r.Issue == "" && x.r.Pages == (journal.Pages{}) && (strings.HasSuffix(text, "社") || strings.HasSuffix(text, "出版") || strings.HasSuffix(text, "書店") || strings.HasSuffix(text, "書房") || strings.HasSuffix(text, "堂") || strings.HasSuffix(text, "館")) && !strings.HasSuffix(text, "図書館") {
		x.set("publisher", &x.r.Publisher, text, 0.85)
		return
	}
	x.set("container", &x.r.Container, text, 0.85)
}

// easternSplit divides what is left at commas and full stops outside brackets.
func (x *reader) easternSplit(i int) []span {
	var out []span
	from := i
	flush := func(to int) {
		a, b := from, to
		for a < b && (x.taken[a] || x.t[a].kind == mark && containsRune(",.，．。、;；:：)）・/-–", x.t[a].r)) {
			a++
		}
		for b > a && (x.taken[b-1] || x.t[b-1].kind == mark && containsRune(",.，．。、;；:：(（/-–", x.t[b-1].r)) {
			b--
		}
		if x.hasWord(a, b) {
			out = append(out, span{a, b})
		}
	}
	for k := i; k < len(x.t); k++ {
		switch t := &x.t[k]; {
		case x.taken[k]:
			flush(k)
			from = k + 1
		case int(x.pair[k]) > k && isOpenQuote(t.r) && t.kind == mark && !(t.is('‘') && !t.gap):
			close := int(x.pair[k])
			if k > from && t.r != '\'' && t.r != '"' && t.r != '“' { // 著者「題名」
				flush(k)
				from = k
			}
			if from == k && (t.r == '「' || t.r == '『' || t.r == '《') && (close+1 >= len(x.t) || x.t[close+1].kind == mark || x.taken[close+1] || x.t[close+1].kind == word) {
				flush(close + 1)
				from = close + 1
			}
			k = close
			if from < k && (t.r == '\'' || t.r == '‘') && k+1 < len(x.t) && x.t[k+1].kind == word { // 'title' journal
				flush(k + 1)
				from = k + 1
			}
		case int(x.pair[k]) > k && (t.is('(') || t.is('（')) && x.free(k, int(x.pair[k])):
			k = int(x.pair[k])
		case t.kind == mark && containsRune(",，。．", t.r) || t.is('.') && (k+1 >= len(x.t) || x.t[k+1].gap || x.taken[k+1]):
			flush(k)
			from = k + 1
		}
	}
	flush(len(x.t))
	return out
}

// easternSpace: title and journal that only a space divides, before numbers of a
// journal: "… 阪南論集: 社会科学編 45巻 1号".
func (x *reader) easternSpace() {
	if x.r.Container != "" || x.r.Title == "" || x.r.Volume == "" && x.r.Issue == "" {
		return
	}
	title := x.r.Title
	at := -1
	for i, r := range title {
		if (r == ' ' || r == 0x3000) && i > 0 {
			before, _ := utf8.DecodeLastRuneInString(title[:i])
			if before != ':' && before != '：' && before != ',' && isLetter(before) {
				at = i
			}
		}
	}
	if at < 0 || utf8.RuneCountInString(title[:at]) < 5 {
		return
	}
	x.r.Title = strings.TrimSpace(title[:at])
	x.found["title"] = 0.7
	x.set("container", &x.r.Container, strings.TrimSpace(title[at:]), 0.7)
}
