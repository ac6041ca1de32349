package intext

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// group is what stands in a pair of square brackets, where all of it is numbers
// and what belongs to them.
type group struct {
	span
	items []item
	pair  bool // [3, 5]
	bare  bool // nothing but numbers with commas: [3, 5, 6]
	one   bool // [3]
	word  bool // a page has a word before it
}

// item is a number or a range of numbers with its entries.
type item struct {
	span
	from, to int
	page     bool // may be a page as well
}

func (l *List) addNumber(i int) {
	r := &l.refs[i]
	l.keyed = l.keyed || r.Key != "" && i == 0
	n := r.Number
	if r.Label != "" && r.Key == "" {
		printed, err := strconv.Atoi(strings.Trim(r.Label, " [](){}.,:\u00a0"))
		if err != nil {
			return
		}
		n = printed
	}
	if _, taken := l.numbers[n]; taken {
		i = -1
	}
	l.numbers[n] = i
}

// entries are the entries of an item, nil when one of them is not in the list.
func (l *List) entries(it item) (refs []int) {
	const longest = 60 // [1–500] is no citation
	if it.to < it.from || it.to-it.from > longest {
		return nil
	}
	for n := it.from; n <= it.to; n++ {
		i, ok := l.numbers[n]
		if !ok || i < 0 {
			return nil
		}
		refs = append(refs, i)
	}
	return refs
}

const (
	longestGroup = 160 // bytes
	pageWord     = `(?:[pPSCsсСрР]\.|[pP]p\.|[pP]{2}\.?|[cCсС]тр\.?|[Vv]ol\.|[Tt]\.|[Тт]\.|[Cc]h\.|[Гг]л\.|[Cc]hap\.|[Рр]ис\.|[Tt]able|[Тт]абл\.|[Ff]igs?\.|[Лл]л?\.|[Дд]\.|[Ff]\.|[Ff]ol\.|[Nn]o\.|[Ss]ec\.|[Пп]\.|[Чч]\.|[Bb]d\.|[Вв]ып\.|§+|№|[Tt]heorem|[Ll]emma|[Тт]еорема|頁|页|ページ|[Аа]рк\.|[Сс]тб\.|[Сс]т\.|[Pp]ágs?\.|Abs\.|Rn\.|Rdnr\.)`
)

var (
	leadForm = regexp.MustCompile(`^\s*(?i:(?:but )?see also|(?:but )?see|cf\.|e\.\s?g\.,?|compare|(?:as )?(?:reviewed|cited|quoted|shown) (?:in|by)|as in|` +
		`(?:подробнее (?:об этом )?)?см\. также|(?:подробнее (?:об этом )?)?см\.|ср\.|цит\. по|напр\.,?|например,?|див\. також|див\.|vgl\. auch|vgl\.|siehe auch|siehe|voir aussi|voir|cfr\.|véase|bkz\.|zob\.)?:?\s*`)
	numberForm  = regexp.MustCompile(`^(\d{1,4})(?:\s*[-–—‒‐‑−]\s*(\d{1,4}))?\s*`)
	locatorForm = regexp.MustCompile(`^(?:(?:[:.,]\s*)?` + pageWord + `\s*(?:\d|` + roman + `)[^;\[\]]*?|(?:and|&) (?:the )?ref(?:erence)?s (?:cited )?therein)$`)
	colonForm   = regexp.MustCompile(`^:\s+[^;,\[\]]*\d[^;,\[\]]*$`)
	wordForm    = regexp.MustCompile(`^(?:` + pageWord + `\s*(?:\d|` + roman + `)|\d+(?:[-–]\d+)?\s*(?:頁|页|ページ))`)
	joinForm    = regexp.MustCompile(`(?:,?\s+(?:and|und|et|y|и|та|і)\s+|\s*&\s*)\d`)
	boundForm   = regexp.MustCompile(`^[\s\d.,;–−+-]*\d[\s\d.,;–−+-]*$`)
)

// groupsOf are the groups of a line. interval tells that there are brackets that
// only an interval has: "[0, 1]", "[3, 5)", "[−1, 1]".
func (l *List) groupsOf(t *line) (groups []group, interval bool) {
	for at := 0; ; {
		open := strings.IndexByte(t.masked[at:], '[')
		if open < 0 {
			return groups, interval
		}
		open += at
		at = open + 1
		end := strings.IndexAny(t.masked[at:min(len(t.masked), at+longestGroup)], "[])")
		if end < 0 {
			continue
		}
		end += at
		inner := t.masked[at:end]
		if !digits(inner) {
			continue
		}
		if t.masked[end] != ']' {
			interval = interval || t.masked[end] == ')' && strings.ContainsAny(inner, ",;") && boundForm.MatchString(inner)
			continue
		}
		g, ok := readGroup(commas(inner), at)
		if ok {
			g.span = span{open, end + 1}
			groups = append(groups, g)
		}
		if bounds := strings.ContainsAny(inner, ",;") && boundForm.MatchString(inner); bounds && (!ok || g.pair && g.items[0].from == 0) {
			interval = true
		}
	}
}

// commas are numbers with a comma, of the same length, where there was a word for "and".
func commas(inner string) string {
	return joinForm.ReplaceAllStringFunc(inner, func(s string) string {
		return "," + strings.Repeat(" ", len(s)-2) + s[len(s)-1:]
	})
}

// readGroup reads what stands in brackets; at is where in the line.
func readGroup(inner string, at int) (g group, ok bool) {
	bare, located := 0, false
	for start := 0; start <= len(inner); {
		end := strings.IndexAny(inner[start:], ";")
		if end < 0 {
			end = len(inner)
		} else {
			end += start
		}
		n, word, ok := g.readPart(inner[start:end], at+start)
		if !ok {
			return g, false
		}
		bare += n
		located = located || word
		start = end + 1
	}
	semicolon := strings.Contains(inner, ";")
	g.word = located
	g.bare = bare > 1 && !located && !semicolon && !slices.ContainsFunc(g.items, func(it item) bool { return it.from != it.to })
	g.pair = g.bare && bare == 2
	g.one = len(g.items) == 1
	if semicolon || located {
		for i := range g.items {
			g.items[i].page = false
		}
	}
	return g, len(g.items) > 0
}

// readPart reads what stands between semicolons: numbers, and locators behind
// them. bare is how many numbers there are without one.
func (g *group) readPart(s string, at int) (bare int, word, ok bool) {
	lead := len(leadForm.FindString(s))
	first, located := true, false
	for start := lead; start <= len(s); {
		end := strings.IndexByte(s[start:], ',')
		if end < 0 {
			end = len(s)
		} else {
			end += start
		}
		token := s[start:end]
		skip := len(token) - len(strings.TrimLeftFunc(token, unicode.IsSpace))
		token = strings.TrimRightFunc(token[skip:], unicode.IsSpace)
		switch m := numberForm.FindStringSubmatch(token); {
		case !first && wordForm.MatchString(token):
			located = true
		case m == nil:
			return 0, false, false
		case located && !wordAfter(s, end):
			// One more page of the same entry.
		default:
			rest := token[len(m[0]):]
			if rest != "" && !locatorForm.MatchString(rest) && !colonForm.MatchString(rest) {
				return 0, false, false
			}
			it := item{span: span{at + start + skip, at + start + skip + len(strings.TrimRightFunc(m[0], unicode.IsSpace))}, page: !first}
			it.from, _ = strconv.Atoi(m[1])
			if it.to = it.from; m[2] != "" {
				it.to, _ = strconv.Atoi(m[2])
			}
			g.items = append(g.items, it)
			if located = rest != ""; !located {
				bare++
			} else {
				word = true
			}
		}
		word = word || located
		first = false
		start = end + 1
	}
	return bare, word, !first
}

// wordAfter: what follows a comma is a page with its word, so that the number in
// front of it is an entry.
func wordAfter(s string, comma int) bool {
	if comma >= len(s) {
		return false
	}
	return wordForm.MatchString(strings.TrimLeftFunc(s[comma+1:], unicode.IsSpace))
}

// settleNumbers decides whether the text cites by numbers, and how.
func (f *finder) settleNumbers() {
	l := f.list
	valid, years, plain, numeric := 0, 0, 0, 0
	worded := false
	var labels []group // that lines begin with
	for i := range f.lines {
		t := &f.lines[i]
		for _, m := range t.found {
			if _, _, ok := yearOf(fold(lastWord(t.text[m.start:m.end]))); ok {
				years++
			}
		}
		for _, c := range t.cites {
			if len(f.refsOf(c.node.Target)) > 0 {
				plain++
				if boundForm.MatchString(strings.Trim(t.text[c.start:c.end], "[]() ")) {
					numeric++
				}
			}
		}
		if t.heading {
			continue
		}
		groups, interval := l.groupsOf(t)
		f.math = f.math || interval
		for _, g := range groups {
			if f.labels(t, &g) {
				labels = append(labels, g)
			}
			if !f.cites(t, &g) {
				continue
			}
			t.groups = append(t.groups, g)
			worded = worded || g.word
			if l.entries(g.items[0]) == nil {
				continue
			}
			if !g.pair || g.items[1].from < 1500 && l.entries(g.items[1]) != nil {
				valid++
			} else {
				f.paged = f.paged || g.items[1].from < 1500
			}
		}
	}
	f.paged = f.paged && !worded
	f.numbered = !l.keyed && !areNotes(labels) && (valid > 0 || f.paged) && (plain == 0 || 2*numeric >= plain) && (years < 3 || years <= valid)
	if !l.keyed && !f.numbered && f.notes == 0 && plain == 0 && years < 3 {
		f.settleRaised()
	}
}

// labels: a number in brackets begins a line that is no entry of the list.
func (f *finder) labels(t *line, g *group) bool {
	if !g.one || g.items[0].from != g.items[0].to || strings.TrimSpace(t.masked[:g.start]) != "" {
		return false
	}
	i, ok := f.list.numbers[g.items[0].from]
	words := t.words[t.wordBefore(g.end)+1:]
	if len(words) == 0 {
		return false
	}
	if !ok || i < 0 {
		return true
	}
	printed := plainWords(f.list.refs[i].Printed.Plain)
	same := 0
	for same < min(len(words), len(printed)) && words[same].text == printed[same] {
		same++
	}
	return same < min(len(words), titleWords)
}

// areNotes: several lines are labelled in order, so that the numbers in the text lead to
// them and not to the list.
func areNotes(labels []group) bool {
	for i, g := range labels {
		if g.items[0].from != i+1 {
			return false
		}
	}
	return len(labels) > 1
}

func lastWord(s string) string {
	words := wordsOf(s)
	if len(words) == 0 {
		return ""
	}
	return s[words[len(words)-1].start:words[len(words)-1].end]
}

// cites: nothing around the brackets says that they are something else.
func (f *finder) cites(t *line, g *group) bool {
	if r := previous(t.masked, g.start); unicode.IsDigit(r) || inWord(r) && f.lone(t, g.start) {
		return false // f[3]
	}
	if r := next(t.masked, g.end); unicode.IsLetter(r) && script3(r) || unicode.IsDigit(r) || r == '^' {
		return false
	}
	for _, r := range []rune{first(before(t.masked, g.start)), first(after(t.masked, g.end))} {
		if strings.ContainsRune("=∈∉⊂⊆∩∪×·*^<>≤≥≈~+±", r) && r != 0 {
			return false
		}
	}
	if r := next(t.masked, g.end); r == '.' && inWord(previous(t.masked, g.start)) && unicode.IsLower(next(t.masked, g.end+1)) {
		return false // data[3].csv
	}
	if g.one && g.items[0].from == g.items[0].to {
		return true
	}
	if len(g.items) == 2 && !g.word && measured.MatchString(t.masked[max(0, g.start-longestMeasure):g.start]) {
		return false // "OR = 2.4 [1, 3]"
	}
	// "on the interval [3, 5]"
	for n, i := 0, t.wordBefore(g.start); n < 3 && i >= 0; n, i = n+1, i-1 {
		if strings.ContainsAny(t.masked[t.words[i].end:g.start], ".;!?") {
			break
		}
		for _, stem := range intervals {
			if strings.HasPrefix(t.words[i].text, stem) {
				return false
			}
		}
		if t.words[i].text == "ci" || t.words[i].text == "ди" {
			return false
		}
	}
	return true
}

// longestMeasure is how many bytes before brackets are looked at for a measured value.
const longestMeasure = 24

// measured is a value behind which its interval of confidence stands.
var measured = regexp.MustCompile(`(?:\d[.,]\d+|=\s*[-–−]?\d+|\d\s*%)\s*$`)

func first(r rune, _ int) rune { return r }

// script3: a letter of an alphabet, since ideographs follow without a space.
func script3(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r) }

// intervals are beginnings of words for what is written in such brackets too.
var intervals = []string{"interval", "range", "segment", "domain", "bounds", "between", "отрезк", "отрезок", "интервал", "промежут", "диапазон", "сегмент", "区間", "区间", "interwal"}

// lone: the letters before a place are a name of one or two letters, as of a
// function or a list.
func (f *finder) lone(t *line, at int) bool {
	i := t.wordBefore(at)
	return i >= 0 && t.words[i].end == at && utf8.RuneCountInString(t.words[i].text) < 3 && !ideographs(t.words[i].text)
}

// wordBefore is the last word that ends at a place or before it, -1 for none.
func (l *line) wordBefore(at int) int {
	i, _ := slices.BinarySearchFunc(l.words, at, func(w word, at int) int {
		if w.end <= at {
			return -1
		}
		return 1
	})
	return i - 1
}

// findNumbers finds entries by their numbers.
func (f *finder) findNumbers(t *line) {
	if f.raised {
		f.findRaised(t)
	}
	if !f.numbered {
		return
	}
	for i := range t.groups {
		g := &t.groups[i]
		if t.cell && !g.word && !(g.one && g.items[0].from == g.items[0].to) {
			continue // an interval of confidence, as likely
		}
		if g.bare && f.math {
			continue
		}
		f.addGroup(t, g)
	}
}

// addGroup adds the items of a group, all or none; of a pair the second may be a
// page, and then it stays text.
func (f *finder) addGroup(t *line, g *group) {
	items := g.items
	doubtful := f.paged || g.pair && g.items[1].from <= g.items[0].from || g.pair && f.list.entries(g.items[1]) == nil && g.items[1].from < 1500
	if doubtful && (g.pair || f.paged) {
		items = slices.DeleteFunc(slices.Clone(items), func(it item) bool { return it.page })
	}
	refs := make([][]int, len(items))
	for i, it := range items {
		if refs[i] = f.list.entries(it); refs[i] == nil {
			return
		}
	}
	for i, it := range items {
		t.add(it.start, it.end, refs[i]...)
	}
}
