package intext

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// again is what "ibid." and "op. cit." would mean now.
type again struct {
	text last // in the running text
	note last // in the note that is being read
	past last // in the note before
	at   int  // number of the note that is being read
	ever map[int]bool
}

// last is what was cited last: one entry, or nothing that can be named.
type last struct {
	ref int // -1 when several were, or something that is not in the list
	set bool
}

// Forms of a repeated citation, and the words that they begin with.
var (
	sameForm  = regexp.MustCompile(`^(?i:ibid(?:em)?|ibíd(?:em)?|idem|там\s*(?:же|само)|ebd|ebenda|同上)\.?`)
	workForm  = regexp.MustCompile(`^(?i:op\.?\s*cit\.?|loc\.?\s*cit\.?|a\.\s?a\.\s?o\.|obra citada|ob\.\s?cit\.|(?:указ|цит|назв|вказ|зазн)\.?\s*(?:соч|раб|ст|изд|праця|пр|тв|вид)\.?)`)
	placeForm = regexp.MustCompile(`^(?i:loc)`)
	idemForm  = regexp.MustCompile(`^(?i:idem)`)
	sameBegin = map[string]bool{"ibid": true, "ibidem": true, "idem": true, "там": true, "тамже": true, "ebd": true, "ebenda": true, "同上": true}
	workBegin = map[string]bool{"op": true, "loc": true, "a": true, "obra": true, "ob": true, "указ": true, "цит": true, "назв": true, "вказ": true, "зазн": true}
)

// event is something in a line that bears on what was cited last.
type event struct {
	span
	refs []int
	kind byte // 'c' a citation, 'u' one of something that is not in the list, 's' ibid., 'w' op. cit.
}

// findAgain finds repeated citations, and keeps in mind what the line cites.
func (f *finder) findAgain(t *line) {
	a := &f.again
	if a.ever == nil {
		a.ever = map[int]bool{}
	}
	now := &a.text
	if t.note > 0 {
		if t.note != a.at {
			a.past, a.note, a.at = a.note, last{}, t.note
			if t.note == 1 {
				a.past = last{}
			}
		}
		now = &a.note
	} else if t.heading {
		a.text = last{}
		return
	}
	bracket := -2 // in which the last citation stood
	for _, e := range f.events(t) {
		switch e.kind {
		case 's':
			ref := *now
			if t.note > 0 && !now.set {
				ref = a.past
			}
			if t.note == 0 && t.bracketAt(e.start) < 0 {
				continue // "in the same place"
			}
			if !ref.set || ref.ref < 0 {
				*now = last{-1, true}
				continue
			}
			t.add(e.start, e.end, ref.ref)
			*now = ref
		case 'w':
			ref := f.work(t, e.start)
			*now = last{ref, true}
			if ref >= 0 {
				t.add(e.start, e.end, ref)
			}
		case 'u':
			*now = last{-1, true}
			bracket = t.bracketAt(e.start)
		case 'c':
			b := t.bracketAt(e.start)
			together := t.note > 0 && now.set || b >= 0 && b == bracket
			for _, r := range e.refs {
				a.ever[r] = true
				if together && r != now.ref {
					*now = last{-1, true}
				} else {
					*now = last{r, true}
				}
				together = true
			}
			bracket = b
		}
	}
}

// events are what bears on repeated citations, in order.
func (f *finder) events(t *line) []event {
	var out []event
	for _, m := range t.found {
		out = append(out, event{span{m.start, m.end}, m.refs, 'c'})
	}
	for _, c := range t.cites {
		if refs := f.refsOf(c.node.Target); len(refs) > 0 {
			out = append(out, event{c.span, refs, 'c'})
		} else if strings.Contains(c.node.Role, "bibr") {
			out = append(out, event{c.span, nil, 'u'})
		}
	}
	for _, w := range t.words {
		form, kind := sameForm, byte('s')
		if workBegin[w.text] {
			form, kind = workForm, 'w'
		} else if !sameBegin[w.text] {
			continue
		}
		if m := form.FindStringIndex(t.masked[w.start:]); m != nil && !inWord(next(t.masked, w.start+m[1])) {
			if placeForm.MatchString(t.masked[w.start:]) && t.opens(w.start) {
				kind = 's' // the same place of the same work
			} else if idemForm.MatchString(t.masked[w.start:]) && t.titled(w.start+m[1]) {
				kind = 'u'
			}
			out = append(out, event{span{w.start, w.start + m[1]}, nil, kind})
		}
	}
	out = append(out, f.strangers(t)...)
	slices.SortStableFunc(out, func(a, b event) int { return cmp.Compare(a.start, b.start) })
	return out
}

// opens: a line, a bracket or a part behind a semicolon begins at a place.
func (l *line) opens(at int) bool {
	r, _ := before(l.masked, at)
	return r == 0 || strings.ContainsRune(";([（［", r)
}

// titled: a capital that begins no locator follows, so that "Idem" is the author of
// another work.
func (l *line) titled(at int) bool {
	rest := strings.TrimLeft(l.masked[at:], " .,:\u00a0")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r) && !wordForm.MatchString(rest)
}

// strangers are what looks like a citation and was not found in the list: a year
// behind a name in brackets, a number in brackets, in notes a year that what is cited
// beside it has not and a part with a page.
func (f *finder) strangers(t *line) (out []event) {
	part := t.parts()
	known := map[int][]int{}
	for _, m := range t.found {
		known[part(m.start)] = append(known[part(m.start)], m.refs...)
	}
	for _, c := range t.cites {
		known[part(c.start)] = append(known[part(c.start)], f.refsOf(c.node.Target)...)
	}
	if t.note > 0 && len(known) > 0 { // a note that cites nothing is the author's own words
		out = f.undated(t, known)
	}
	for i, w := range t.words {
		if _, _, ok := yearOf(w.text); !ok || !t.free(w.start, w.end) {
			continue
		}
		switch {
		case t.note > 0:
			if !f.printed(known[part(w.start)], w.text[:4]) && !pageBefore.MatchString(t.masked[max(0, w.start-longestPageWord):w.start]) {
				out = append(out, event{w.span, nil, 'u'})
			}
		case t.open(i) >= 0:
			phrase, _ := t.namesBefore(i)
			if slices.ContainsFunc(phrase, func(i int) bool { return t.capital(i) }) {
				out = append(out, event{w.span, nil, 'u'})
			}
		}
	}
	for _, g := range t.groups {
		if t.free(g.start, g.end) {
			out = append(out, event{g.span, nil, 'u'})
		}
	}
	return out
}

// printed: one of the entries has the year in its print.
func (f *finder) printed(refs []int, year string) bool {
	return slices.ContainsFunc(refs, func(i int) bool {
		r := &f.list.refs[i]
		return strings.Contains(r.Printed.Plain, year) || strings.Contains(r.Key, year) || strings.HasPrefix(string(r.Issued), year)
	})
}

// longestPageWord is how many bytes before a number are looked at for a word for pages.
const longestPageWord = 16

var pageBefore = regexp.MustCompile(pageWord + `\s*$`)

// undated are the parts of a note with a name and a page that cite nothing in the list.
func (f *finder) undated(t *line, known map[int][]int) (out []event) {
	at, i := 0, 0
	for n, s := range strings.Split(t.masked, ";") {
		part := span{at, at + len(s)}
		at = part.end + 1
		again, name := false, false
		for ; i < len(t.words) && t.words[i].start < part.end; i++ {
			long := utf8.RuneCountInString(t.words[i].text) > 1
			again = again || sameBegin[t.words[i].text] || workBegin[t.words[i].text] && long
			name = name || t.capital(i) && long
		}
		if name && !again && len(known[n]) == 0 && pagesForm.MatchString(s) {
			out = append(out, event{part, nil, 'u'})
		}
	}
	return out
}

// parts numbers what stands between the semicolons of a line.
func (l *line) parts() func(at int) int {
	var ends []int
	for i := range len(l.masked) {
		if l.masked[i] == ';' {
			ends = append(ends, i)
		}
	}
	return func(at int) int {
		i, _ := slices.BinarySearch(ends, at)
		return i
	}
}

// work is the entry that "op. cit." behind an author means: the only one by that
// author, or the only one that was cited.
func (f *finder) work(t *line, at int) int {
	i := t.wordBefore(at)
	for i >= 0 && initial(t.words[i].text) {
		i--
	}
	if i < 0 || strings.ContainsAny(t.masked[t.words[i].end:at], ";") {
		return -1
	}
	all, cited := map[int]bool{}, map[int]bool{}
	for n := 1; n <= longestName && n <= i+1; n++ {
		works := f.list.names[t.words[i+1-n].text]
		if len(works) > mostWorks {
			return -1
		}
		for _, w := range works {
			name := w.authors[0]
			if len(name) != n || !slices.EqualFunc(t.words[i+1-n:i+1], name, func(w word, s string) bool { return w.text == s }) {
				continue
			}
			all[w.ref] = true
			if f.again.ever[w.ref] {
				cited[w.ref] = true
			}
		}
	}
	if len(all) != 1 {
		all = cited
	}
	if len(all) != 1 {
		return -1
	}
	for ref := range all {
		return ref
	}
	return -1
}

const (
	// longestName is how many words a family name before "op. cit." has at most.
	longestName = 6
	// mostWorks are so many that nobody would say "op. cit." or name an author and a year.
	mostWorks = 100
)

// refsOf are the entries that a cross-reference leads to.
func (f *finder) refsOf(target string) (refs []int) { return f.list.refsOf(target) }

func (l *List) refsOf(target string) (refs []int) {
	for id := range strings.FieldsFuncSeq(target, unicode.IsSpace) {
		if i, ok := l.byID[id]; ok {
			refs = append(refs, i)
		}
	}
	return refs
}
