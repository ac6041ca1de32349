package landing

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
)

// place is where an article stands in its journal, as a bibliographic line
// says it.
type place struct {
	year          int
	volume, issue string
	pages         journal.Pages
	at            int // where the place begins in the line
}

// known counts what a line says.
func (b place) known() int {
	n := 0
	for _, has := range []bool{b.year > 0, b.volume != "", b.issue != "", b.pages != journal.Pages{}} {
		if has {
			n++
		}
	}
	return n
}

// maxPlace bounds a bibliographic line in bytes.
const maxPlace = 400

var (
	// 2020;3(2):5-51 and 2020;3:e12
	vancouver = regexp.MustCompile(`(\d{4})(?:\s?[A-Z][a-z]{2}(?:\s?\d{1,2})?)?;\s?([^\s():;,]{0,12})\s?(?:\(([^()]{1,24})\))?\s?:\s?([A-Za-z]{0,3}\d+)(?:\s?[-–—‒]\s?([A-Za-z]{0,3}\d+))?`)
	// 26:1 (2014), 75–84
	mathematical = regexp.MustCompile(`(\d{1,4}):([\d–-]{1,9})\s?\((\d{4})\),\s?(\d+)(?:\s?[-–—]\s?(\d+))?`)
	// 2015, 25:3, 149–156
	mathematicalYear = regexp.MustCompile(`(\d{4}),\s?(\d{1,4}):([\d–-]{1,9}),\s?(\d+)(?:\s?[-–—]\s?(\d+))?`)
	// 3(2), 5–51 after a year in parentheses (APA)
	apa = regexp.MustCompile(`,\s(\d{1,4})\((\d[\d–-]{0,8})\),\s(\d+)(?:\s?[-–—]\s?(\d+))?\.?\s*(?:https?:|doi|$)`)
	// 2014年 78巻 7号 p. 1773-1780
	japanese = regexp.MustCompile(`(\d{4})\s?年\s*([^\s巻]{0,16})\s?巻\s*(?:([^\s号]{0,24})\s?号)?\s*(?:p\.\s*([A-Za-z]{0,12}\d+)?\s?[-–]?\s?([A-Za-z]{0,12}\d+)?)?`)

	volumeMark = regexp.MustCompile(`(?i)(?:^|[\s,.;(\x{00a0}])(?:vol\.?|volume|v\.|том|т\.|tom\.?|tomo|volumen|ano)[\s\x{00a0}]{0,2}([0-9]{1,4}|[IVXLC]{1,8})(?:[\s,.;:()–/-]|$)`)
	issueMark  = regexp.MustCompile(`(?i)(?:^|[\s,.;(/\x{00a0}])(?:no\.?|№|#|n\.|nº|n°|núm\.?|num\.?|número|issue|iss\.|вып\.|выпуск|number)[\s\x{00a0}]{0,2}([0-9]{1,4}(?:[–/-][0-9]{1,4})?|[0-9]{1,3}\s?\([0-9]{1,4}\)|suppl(?:ement)?|special)(?:[\s,.;:()]|$)`)
	pagesMark  = regexp.MustCompile(`(?i)(?:^|[\s,.;:(\x{00a0}])(?:pp\.?|p\.|pages|с\.|c\.|стр\.?|страницы|págs?\.|páginas)[\s\x{00a0}]{0,2}([A-Za-z]?\d+)(?:\s?[-–—‒]\s?([A-Za-z]?\d+))?(?:[\s,.;)]|$)`)
	yearMark   = regexp.MustCompile(`(?:^|[\s,.;(\x{00a0}])((?:1[6-9]|20)\d{2})(?:[\s,.;:)]|$)`)
)

// placeIn finds the place of an article in a line; ok if at least two of year,
// volume, issue and pages are there.
func placeIn(s string) (b place, ok bool) {
	if len(s) > maxPlace || !hasDigit(s) {
		return place{}, false
	}
	switch {
	case strings.Contains(s, "年"):
		b = placeOf(s, japanese, []int{1, 2, 3, 4, 5})
	case strings.ContainsRune(s, ';') && strings.ContainsRune(s, ':'):
		b = placeOf(s, vancouver, []int{1, 2, 3, 4, 5})
	}
	if b.known() == 0 && numberBefore(s, ':') { // "https:" is on many lines
		if b = placeOf(s, mathematical, []int{3, 1, 2, 4, 5}); b.known() == 0 {
			b = placeOf(s, mathematicalYear, []int{1, 2, 3, 4, 5})
		}
	}
	if b.known() == 0 {
		b = labelledPlace(s)
	}
	return b, b.known() >= 2
}

// numberBefore: the mark stands behind a digit somewhere.
func numberBefore(s string, mark byte) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == mark && s[i-1] >= '0' && s[i-1] <= '9' {
			return true
		}
	}
	return false
}

// placeOf reads one form; groups are year, volume, issue, first and last page.
func placeOf(s string, form *regexp.Regexp, groups []int) place {
	m := form.FindStringSubmatchIndex(s)
	if m == nil {
		return place{}
	}
	get := func(i int) string {
		if g := groups[i] * 2; m[g] >= 0 {
			return s[m[g]:m[g+1]]
		}
		return ""
	}
	b := place{volume: get(1), issue: get(2), pages: pagesOf(get(3), get(4)), at: m[0]}
	b.year, _ = strconv.Atoi(get(0))
	return b
}

// labelledPlace reads "2014, том 26, выпуск 1, страницы 75–84", "Vol 3, No 2
// (2020)" and their kin by the word before each number.
func labelledPlace(s string) place {
	b := place{at: len(s)}
	at := func(m []int) { b.at = min(b.at, m[0]) }
	if m := volumeMark.FindStringSubmatchIndex(s); m != nil {
		b.volume = s[m[2]:m[3]]
		at(m)
	}
	if m := issueMark.FindStringSubmatchIndex(s); m != nil {
		b.issue = s[m[2]:m[3]]
		at(m)
	}
	if b.volume == "" && b.issue == "" {
		if !numberBefore(s, '(') {
			return place{}
		}
		if m := apa.FindStringSubmatchIndex(s); m != nil {
			b = placeOf(s, apa, []int{0, 1, 2, 3, 4})
			b.year = 0
			if y := yearMark.FindStringSubmatch(s); y != nil {
				b.year, _ = strconv.Atoi(y[1])
			}
			return b
		}
		return place{}
	}
	if m := pagesMark.FindStringSubmatchIndex(s); m != nil {
		last := ""
		if m[4] >= 0 {
			last = s[m[4]:m[5]]
		}
		b.pages = pagesOf(s[m[2]:m[3]], last)
		at(m)
	}
	// The year nearest to the other numbers: the last in the line.
	if all := yearMark.FindAllStringSubmatchIndex(s, -1); len(all) > 0 {
		m := all[len(all)-1]
		b.year, _ = strconv.Atoi(s[m[2]:m[3]])
		at(m)
	}
	return b
}

// pagesOf makes pages of a first and last page as printed. A number with a
// letter before it and no last page is an article number.
func pagesOf(first, last string) journal.Pages {
	switch {
	case first == "" && last == "":
		return journal.Pages{}
	case last == "" && first != "" && (first[0] == 'e' || first[0] == 'E') && len(first) > 1:
		return journal.Pages{Article: first}
	}
	return journal.Pages{First: first, Last: last}
}

// parsePages reads "5-51", "75–84", "e12", "7-".
func parsePages(s string) (journal.Pages, bool) {
	s = strings.Trim(clean(s), " .,;")
	for _, mark := range []string{"pp.", "p.", "с.", "С.", "стр.", "Pp.", "P."} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	if s == "" || len(s) > 40 || !hasDigit(s) || strings.Count(s, " ") > 2 {
		return journal.Pages{}, false
	}
	i := strings.IndexAny(s, "-–—‒‑~")
	if i < 0 {
		return pagesOf(s, ""), !strings.Contains(s, " ")
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	first, last := strings.TrimSpace(s[:i]), strings.TrimSpace(strings.TrimLeft(s[i+size:], "-–—"))
	return pagesOf(first, last), first != "" && !strings.Contains(first, " ") && !strings.Contains(last, " ")
}

// takePlace sets what a line says of the place, and keeps contradictions.
func (p *page) takePlace(b place, where string) {
	if b.year > 0 {
		p.setYear(b.year, where)
	}
	p.setVolume(b.volume, where)
	p.setNumber(b.issue, where)
	p.setPages(b.pages, where)
	p.signs++
}

func (p *page) setYear(year int, where string) {
	if year < 1600 || year > 2200 {
		return
	}
	if have := p.issue().Year; have != 0 {
		p.differ("year", strconv.Itoa(year), strconv.Itoa(have), where)
		return
	}
	p.issue().Year = year
}

func (p *page) setVolume(v, where string) {
	if v = strings.TrimSpace(v); v == "" || v == "0" {
		return
	}
	if have := p.issue().Volume; have != "" {
		p.differ("volume", v, have, where)
		return
	}
	p.issue().Volume = v
}

func (p *page) setNumber(v, where string) {
	if v = strings.TrimSpace(v); v == "" || v == "0" {
		return
	}
	if have := p.issue().Number; have != "" {
		p.differ("issue", v, have, where)
		return
	}
	p.issue().Number = v
}

func (p *page) setPages(v journal.Pages, where string) {
	if v == (journal.Pages{}) {
		return
	}
	have := p.r.Article.Pages
	switch {
	case have == journal.Pages{}:
		p.r.Article.Pages = v
	case have.First == v.First && have.Last == "" && v.Last != "":
		p.r.Article.Pages.Last = v.Last
	case have.First == v.First && v.Last == "":
	case have.Article != "" && v.Article == "" || have.Article == "" && v.Article != "":
		p.r.Article.Pages = journal.Pages{First: have.First + v.First, Last: have.Last + v.Last, Article: have.Article + v.Article}
	default:
		p.differ("pages", v.String(), have.String(), where)
	}
}

// differ keeps a contradiction between two places of the page. Numbers that
// differ in leading zeros agree.
func (p *page) differ(field, says, taken, where string) {
	if says == taken || strings.TrimLeft(says, "0") == strings.TrimLeft(taken, "0") {
		return
	}
	d := journal.Dispute{Field: field, Says: says, Taken: taken, Why: where + " says otherwise than what was read first"}
	for _, have := range p.r.Article.Disputes {
		if have.Field == d.Field && have.Says == d.Says {
			return
		}
	}
	if p.full(len(p.r.Article.Disputes), maxItems, "contradictions") {
		return
	}
	p.r.Article.Disputes = append(p.r.Article.Disputes, d)
}
