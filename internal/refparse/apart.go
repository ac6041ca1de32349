package refparse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// apart divides entries that hold the next ones too, as their numbers say.
func apart(entries []Entry) []Entry {
	var out []Entry
	for i, e := range entries {
		n, _, _, ok := CutNumber(e.Text)
		last := n + maxEntries
		if i+1 < len(entries) {
			if next, _, _, numbered := CutNumber(entries[i+1].Text); numbered {
				last = next - 1
			}
		}
		from := 0
		if ok && last > n {
			for _, at := range numberChain(e.Text, n, last) {
				out = append(out, Entry{Text: strings.TrimSpace(e.Text[from:at]), Line: e.Line})
				from = at
			}
		}
		out = append(out, Entry{Text: e.Text[from:], Line: e.Line})
	}
	return out
}

// HoldsNumber finds where in an entry the next one, of number n, begins whose line was
// lost; -1 where there is none.
func HoldsNumber(body string, n int) int {
	if chain := numberChain(body, n-1, n); len(chain) > 0 {
		return chain[0]
	}
	return -1
}

// link is a number inside a text before which an entry may end.
type link struct {
	at, n  int
	before int // the link of the number before it, -1 for the first
	score  int // of the chain up to here
	sure   bool
	named  bool // authors stand behind it
}

// mostMissing is how many numbers may be missing, less one.
const mostMissing = 3

// numberChain finds where the entries n+1, n+2, … up to last begin in a text that begins
// with entry n. Of several places for a number those are taken that make the chain most
// probable as a whole: "Ser. 2. History. 2008. 2. Holt I. Voyages" has its second entry
// at "Holt". It ends with a number of which its surroundings leave no doubt.
func numberChain(s string, n, last int) []int {
	links := []link{}
	best := map[int]int{} // by number, the link with the best chain
	end := -1
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || s[i-1] >= '0' && s[i-1] <= '9' {
			continue
		}
		l, ok := linkAt(s, i, n, last)
		if !ok {
			continue
		}
		if l.before = -1; l.n > n+1 {
			before, known := best[l.n-1]
			for missing := 2; !known && l.named && missing <= mostMissing; missing++ {
				before, known = best[l.n-missing]
			}
			if !known {
				continue
			}
			l.before, l.score = before, l.score+links[before].score
		}
		if was, known := best[l.n]; known && links[was].score > l.score {
			continue
		}
		best[l.n] = len(links)
		links = append(links, l)
		if l.sure && (end < 0 || l.score >= links[end].score) {
			end = len(links) - 1
		}
	}
	var out []int
	for ; end >= 0; end = links[end].before {
		out = append(out, links[end].at)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// linkAt reads " 12. ", " [12] " or " 12) " whose digits begin at i, a number above n and
// not above last, where an entry may end before it and the next begin behind it.
func linkAt(s string, i, n, last int) (link, bool) {
	from, digits := i, i
	if s[i-1] == '[' {
		from--
	}
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits-i > 4 || digits+1 >= len(s) || from < 2 || s[from-1] != ' ' || s[digits+1] != ' ' {
		return link{}, false
	}
	if c := s[digits]; from < i && c != ']' || from == i && c != '.' && c != ')' {
		return link{}, false
	}
	l := link{at: from, score: 2}
	if l.n, _ = strconv.Atoi(s[i:digits]); l.n <= n || l.n > last {
		return link{}, false
	}
	before, after := strings.TrimRight(s[:from], " "), strings.TrimLeft(s[digits+1:], " ")
	end, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsUpper(first) && !isHan(first) && !strings.ContainsRune("“«\"‘'„([_—「『《", first) && !nobility[firstWord(after)] || announces(before) || announcesSeries(before) {
		return link{}, false
	}
	x := newReader(after[:runeStart(after, min(len(after), 160))])
	if len(x.t) == 0 {
		return link{}, false
	}
	if f, _ := x.labelAt(0); f != noField || editionWords[x.t[0].low] {
		return link{}, false // "2. Aufl.", "4. С. 17"
	}
	l.named = x.named()
	if !strings.ContainsRune(".)]”»\"…。", end) && !endsInAddress(before) {
		if !l.named {
			return link{}, false
		}
		l.score--
	}
	year := HasYear(before[runeStart(before, max(0, len(before)-300)):])
	if l.named {
		l.score += 3
	}
	if year {
		l.score++
	}
	if _, abbreviated := shortEnd(before); abbreviated {
		l.score--
	}
	l.sure = l.score >= 3
	return l, true
}

// named: it begins with names as authors are written.
func (x *reader) named() bool {
	list, ok := x.peopleAt(0, len(x.t), false)
	return ok && (list.forms[familyInitials]+list.forms[initialsFamily] > 0 || list.forms[familyGiven] > 0)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// shortEnd is the last word before a full stop, and whether it is an abbreviation: "Сер."
// but not "45 p.", nor "(In Russ.)".
func shortEnd(s string) (word string, abbreviated bool) {
	s, dotted := strings.CutSuffix(s[runeStart(s, max(0, len(s)-40)):], ".")
	s = strings.ReplaceAll(s, "\u00a0", " ")
	word = s[strings.LastIndexAny(s, " .(")+1:]
	letters := utf8.RuneCountInString(word)
	if !dotted || letters == 0 || letters > 4 || isHan(firstRune(word)) || strings.ContainsAny(word, "0123456789)]") {
		return word, false
	}
	before := strings.TrimRight(s[:len(s)-len(word)], " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	return word, !(last >= '0' && last <= '9')
}

// announcesSeries: the text ends with a word for a series or a section, whose number must
// follow: "Сер.", "Ser.", "Abt.".
func announcesSeries(s string) bool {
	word, _ := shortEnd(s)
	return seriesWords[strings.ToLower(word)]
}

var (
	editionWords = wordSet("ed edn edition éd édition ausg aufl auflage изд издание вид bs bas baskı izd cet")
	seriesWords  = wordSet("ser ser. сер серия seriya série series n.s abt abteilung отд разд sect section bk book kn doc дело д л ф оп ст art art. paper report diss")
)
