package intext

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// titleWords and titleLetters are the least that a title must have to be known
	// by it.
	titleWords, titleLetters = 3, 15
	// printedWords are how many words of an entry stand for one without a title.
	printedWords = 8
	// alikeTitles are how many entries may begin alike.
	alikeTitles = 20
	// aroundTitle is how many words in front of a title and behind it say whose it is.
	aroundTitle = 60
)

// title is how an entry may be printed in a note.
type title struct {
	words []string
	whole bool // the beginning of the printed entry: no more is asked for
}

func (l *List) titlesOf(i int) (out []title) {
	r := &l.refs[i]
	add := func(s string, whole bool) {
		words := plainWords(s)
		if len(words) < titleWords || utf8.RuneCountInString(strings.Join(words, "")) < titleLetters {
			return
		}
		out = append(out, title{words, whole})
	}
	for _, field := range []struct{ name, value string }{{"title", r.Title}, {"title_original", r.TitleOriginal}} {
		if believed(r, field.name) {
			add(field.value, false)
			if main, _, ok := strings.Cut(field.value, ":"); ok {
				add(main, false)
			}
		}
	}
	if words := plainWords(r.Printed.Plain); len(words) > 4 {
		out = append(out, title{words[:min(len(words), printedWords)], true})
	}
	return out
}

func plainWords(s string) []string {
	var out []string
	for _, w := range wordsOf(s) {
		out = append(out, w.text)
	}
	return out
}

func (l *List) addTitle(i int) {
	for _, t := range l.titlesOf(i) {
		begin := strings.Join(t.words[:titleWords], " ")
		if !slices.Contains(l.titles[begin], i) {
			l.titles[begin] = append(l.titles[begin], i)
		}
	}
}

// findTitles finds entries that a note prints: by the title with the name of an
// author or the year, or by how the entry begins.
func (l *List) findTitles(t *line) {
	if len(l.titles) == 0 {
		return
	}
	for i := 0; i+titleWords <= len(t.words); i++ {
		begin := t.words[i].text + " " + t.words[i+1].text + " " + t.words[i+2].text
		best, n := -1, 0
		several := false
		if len(l.titles[begin]) > alikeTitles {
			continue
		}
		for _, ref := range l.titles[begin] {
			for _, title := range l.titlesOf(ref) {
				if !l.prints(t, i, ref, title) {
					continue
				}
				length := len(title.words)
				if title.whole {
					length = l.goesOn(t, i, ref)
				}
				if length < n {
					continue
				}
				several = best >= 0 && best != ref && (length == n || several)
				best, n = ref, length
			}
		}
		if best < 0 {
			continue
		}
		if !several {
			t.add(t.words[i].start, t.words[i+n-1].end, best)
		}
		i += n - 1
	}
}

// goesOn is how many words of the note are those of the printed entry.
func (l *List) goesOn(t *line, i, ref int) int {
	n := 0
	for _, word := range plainWords(l.refs[ref].Printed.Plain) {
		if i+n >= len(t.words) || t.words[i+n].text != word {
			break
		}
		n++
	}
	return n
}

// prints: the title stands at a word of the note, with something else of the entry
// between the semicolons around it.
func (l *List) prints(t *line, i, ref int, title title) bool {
	if i+len(title.words) > len(t.words) {
		return false
	}
	for k, word := range title.words {
		if t.words[i+k].text != word {
			return false
		}
	}
	if title.whole {
		return true
	}
	low, high := max(0, i-aroundTitle), min(len(t.words), i+len(title.words)+aroundTitle)
	for j := i; j > low; j-- {
		if strings.Contains(t.masked[t.words[j-1].end:t.words[j].start], ";") {
			low = j
		}
	}
	for j := i + len(title.words); j < high; j++ {
		if strings.Contains(t.masked[t.words[j-1].end:t.words[j].start], ";") {
			high = j
		}
	}
	r := &l.refs[ref]
	author, year := false, false
	authors := authorsOf(r)
	for j := low; j < high; j++ {
		if y, _, ok := yearOf(t.words[j].text); ok && y == r.Issued.Year() {
			year = true
		}
		for _, name := range authors {
			author = author || j+len(name) <= high && slices.EqualFunc(t.words[j:j+len(name)], name, func(w word, s string) bool { return w.text == s })
		}
	}
	if len(authors) > 0 {
		return author
	}
	return year
}
