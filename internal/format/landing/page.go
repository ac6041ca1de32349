package landing

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// page gathers what is read of one page.
type page struct {
	name    string
	charset string
	src     string // the text, for sections that are kept to the letter

	r journal.Reading
	// What is found quickly: keys of the abstracts, of the keywords by language,
	// of names and affiliations.
	abstractKeys []string
	words        map[string]bool
	names        nameIndex
	institutions map[string][]int // name → affiliations
	losses       int              // all of them, kept or only counted
	furnish      int              // lines of known furniture

	// printed are texts that are taken already, folded, so that the visible
	// text of a page does not report them again.
	printed map[string]bool

	labelLangs []string // languages of headings of the text, in order
	declared   string   // language that the source declares for the text
	unordered  bool     // the first title need not be the original
	noted      string   // language note of the recommended citation
	notedAt    string   // as printed, with its brackets
	htmlLang   string   // of the document, which is often only that of the site
	metaRefs   []journal.Reference
	lists      []list           // reference lists in order
	signs      int              // signs of an article besides its title
	prose      bool             // the abstract is prose without a heading
	issueFirst bool             // the first heading names an issue
	bare       int              // lines that are nothing but pages
	refused    error            // why this is not the page of an article
	author     int              // the author whom the last section spoke of, -1 for none
	byline     []int            // contributors that the last line of names named
	markers    map[string][]int // marks in the byline → contributors
	asides     int              // lines of the site's frame
	asideAt    int
	asideText  string
}

// lineNo is the place of a line for a loss.
func lineNo(n int) string {
	if n <= 0 {
		return "text"
	}
	return "line " + strconv.Itoa(n)
}

// loss records what was not taken.
func (p *page) loss(where, what, why string) {
	p.losses++
	if p.losses > maxLosses {
		return
	}
	p.r.Losses = append(p.r.Losses, journal.Loss{Where: where, What: shorten(what, maxLoss), Why: why})
}

// shorten cuts a text to at most n characters, with an ellipsis.
func shorten(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := 0
	for i := range s {
		if runes == n-1 {
			return s[:i] + "…"
		}
		runes++
	}
	return s
}

// took notes a text as taken.
func (p *page) took(texts ...string) {
	if p.printed == nil {
		return
	}
	for _, s := range texts {
		if s != "" {
			p.printed[plainKey(s)] = true
		}
	}
}

// plainKey is a text without case, punctuation at its ends and runs of white
// space, for telling whether two lines of a page say the same. It is cheaper
// than script.Fold and keeps marks.
func plainKey(s string) string { return strings.Trim(lightFold(s), " .,;:*") }

// lightFold lowers a text, makes quotation marks, apostrophes and dashes
// plain, ё е, and every run of white space one space.
func lightFold(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		switch {
		case r < 0x80:
			if r <= ' ' {
				space = len(b) > 0
				continue
			}
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case r >= 'а' && r <= 'я':
		case r >= 'А' && r <= 'Я':
			r += 'а' - 'А'
		case r == '’' || r == '‘':
			r = '\''
		case r == '“' || r == '”' || r == '«' || r == '»' || r == '„':
			r = '"'
		case r == '–' || r == '—' || r == '‐' || r == '‑':
			r = '-'
		case unicode.IsSpace(r):
			space = len(b) > 0
			continue
		default:
			r = unicode.ToLower(r)
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// clean collapses white space, no-break and thin spaces too, to single spaces.
func clean(s string) string {
	for i := range len(s) {
		if mayBeSpace[s[i]] && (s[i] != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') && (s[i] < utf8.RuneSelf || wideSpace(s[i:])) {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// mayBeSpace are the bytes that white space begins with.
var mayBeSpace = func() (t [256]bool) {
	for c := range ' ' + 1 {
		t[c] = true
	}
	for _, c := range []byte{0xc2, 0xe1, 0xe2, 0xe3} {
		t[c] = true
	}
	return t
}()

// wideSpace: s begins with a space of more than one byte.
func wideSpace(s string) bool {
	switch s[0] {
	case 0xc2:
		return strings.HasPrefix(s, "\u00a0") || strings.HasPrefix(s, "\u0085")
	case 0xe1, 0xe2, 0xe3:
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsSpace(r)
	}
	return false
}

func (p *page) addTitle(lang, title, where string) {
	title = clean(title)
	if title == "" {
		return
	}
	if n := utf8.RuneCountInString(title); n > maxTitle {
		p.titleTooLong(where, n)
		return
	}
	t := richText(lang, title)
	if t.Plain == "" {
		return
	}
	key := plainKey(t.Plain)
	for i, have := range p.r.Article.Titles {
		if plainKey(have.Plain) == key {
			if have.Lang == "" {
				p.r.Article.Titles[i].Lang = lang
			}
			return
		}
		if lang != "" && have.Lang == lang {
			p.loss(where, title, "another title in the language of the first; the first was kept")
			return
		}
	}
	if p.full(len(p.r.Article.Titles), maxTexts, "titles") {
		return
	}
	p.r.Article.Titles = append(p.r.Article.Titles, t)
	p.took(t.Plain, title)
}

// addAbstract keeps an abstract to the letter.
func (p *page) addAbstract(lang, text, where string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	t := richText(lang, text)
	if lang == "" {
		t.Lang = script.Language(t.Plain)
	}
	key := plainKey(t.Plain)
	for i, have := range p.r.Article.Abstracts {
		if have.Plain == t.Plain {
			if have.Lang == "" {
				p.r.Article.Abstracts[i].Lang = t.Lang
			}
			return
		}
		if have.Lang == t.Lang && t.Lang != "" {
			if p.abstractKeys[i] != key {
				p.loss(where, t.Plain, "another abstract in the language of the first; the first was kept")
			}
			return
		}
	}
	if p.full(len(p.r.Article.Abstracts), maxTexts, "abstracts") {
		return
	}
	p.signs++
	p.abstractKeys = append(p.abstractKeys, key)
	p.r.Article.Abstracts = append(p.r.Article.Abstracts, journal.Abstract{Text: t})
	p.took(t.Plain)
}

// addKeywords adds to the keywords in a language.
func (p *page) addKeywords(lang string, words []string) {
	if len(words) == 0 {
		return
	}
	if lang == "" {
		lang = script.Language(strings.Join(words, ", "))
	}
	at := slices.IndexFunc(p.r.Article.Keywords, func(k journal.Keywords) bool { return k.Lang == lang })
	if at < 0 {
		at = len(p.r.Article.Keywords)
		p.r.Article.Keywords = append(p.r.Article.Keywords, journal.Keywords{Lang: lang})
		p.signs++
	}
	list := &p.r.Article.Keywords[at]
	for _, w := range words {
		key := lang + "\x00" + script.Fold(w)
		if p.words[key] || p.full(len(list.Words), maxItems, "keywords") {
			continue
		}
		if p.words == nil {
			p.words = map[string]bool{}
		}
		p.words[key] = true
		list.Words = append(list.Words, w)
	}
	p.took(words...)
	p.took(strings.Join(words, ", "), strings.Join(words, "; "))
}

// splitWords takes a list of keywords apart, at semicolons if there are any,
// else at commas.
func splitWords(s string) []string {
	s = strings.TrimSuffix(strings.TrimSpace(clean(s)), ".")
	sep := ","
	for _, c := range []string{";", "；", "、", " • ", " · "} {
		if strings.Contains(s, c) {
			sep = c
			break
		}
	}
	var words []string
	for w := range strings.SplitSeq(s, sep) {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// addText adds a text to a list unless it is there already.
func (p *page) addText(list []journal.Text, t journal.Text) []journal.Text {
	if t.Plain == "" {
		return list
	}
	for i, have := range list {
		if have.Plain == t.Plain {
			if have.Lang == "" {
				list[i].Lang = t.Lang
			}
			return list
		}
	}
	if p.full(len(list), maxItems, "texts of one kind") {
		return list
	}
	return append(list, t)
}

func (p *page) addJournalTitle(lang, title string) {
	title = clean(title)
	if title == "" {
		return
	}
	if lang == "" {
		lang = script.Language(title)
	}
	p.r.Journal.Titles = p.addText(p.r.Journal.Titles, journal.T(lang, title))
	p.took(title)
}

func (p *page) addSubject(scheme, code string) {
	code = strings.TrimSpace(clean(code))
	if code == "" {
		return
	}
	if addNew(p, &p.r.Article.Subjects, journal.Subject{Scheme: scheme, Code: code}, "subject codes") {
		p.signs++
		p.took(code)
	}
}

func (p *page) addHistory(event string, d journal.Date) {
	if addNew(p, &p.r.Article.History, journal.When{Event: event, Date: d}, "dates") {
		p.signs++
	}
}

func (p *page) addCount(metric string, n int64) {
	for _, have := range p.r.Counts {
		if have.Metric == metric {
			return
		}
	}
	p.r.Counts = append(p.r.Counts, journal.Count{Metric: metric, Value: n, Source: p.name})
}

func (p *page) addOldAddress(address string) {
	address = strings.TrimSpace(address)
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return
	}
	addNew(p, &p.r.Article.OldAddresses, address, "addresses")
}

// issue is the issue of the article, made when first needed.
func (p *page) issue() *journal.Issue {
	if p.r.Article.Issue == nil {
		p.r.Article.Issue = &journal.Issue{}
	}
	return p.r.Article.Issue
}
