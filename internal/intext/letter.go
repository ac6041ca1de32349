package intext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// letter is the letter behind a year; Cyrillic letters that look like Latin ones
// are these, and the second is b.
func letter(s string) string {
	switch s = fold(s); s {
	case "а":
		return "a"
	case "с":
		return "c"
	case "е":
		return "e"
	case "б":
		return "b"
	}
	return s
}

// lastLetter is the word with the last letter of "2010a–c", the year itself where there
// is no such range.
func (l *line) lastLetter(i int, suffix string) int {
	if suffix == "" || i+1 >= len(l.words) || !l.letterAt(i+1) {
		return i
	}
	if gap := l.gap(i, i+1); gap == "" || strings.Trim(gap, "-‐‑‒–—") != "" {
		return i
	}
	return i + 1
}

// letterAt: the word may be the letter of a year, and is no initial.
func (l *line) letterAt(i int) bool {
	r, size := utf8.DecodeRuneInString(l.masked[l.words[i].start:l.words[i].end])
	return size == l.words[i].end-l.words[i].start && unicode.IsLetter(r) && (unicode.IsLower(r) || next(l.masked, l.words[i].end) != '.')
}

// lettersBetween are the letters of a range of years: a, b and c of "2010a–c". Where the
// second is no letter behind the first, there are none that could be said for sure.
func lettersBetween(from, to string) []string {
	if _, _, ok := yearOf(to); ok {
		return []string{from}
	}
	for _, alphabet := range []string{"abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст"} {
		if !strings.Contains(alphabet, to) {
			continue
		}
		var out []string
		for _, r := range alphabet[:strings.Index(alphabet, to)+len(to)] {
			if s := letter(string(r)); s == from || out != nil {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// moreLetters finds the b of "2010a, b" and of "2010a and b". It returns the last word
// that was found.
func (l *List) moreLetters(t *line, i int, phrase []int, number int, whole bool) int {
	last, open := i, t.open(i)
	for j := i + 1; j < len(t.words) && t.open(j) == open; j++ {
		gap := t.gap(j-1, j)
		if joins[t.words[j].text] && strings.Trim(gap, ",") == "" && j+1 < len(t.words) && t.gap(j, j+1) == "" && t.letterAt(j+1) {
			gap = "&"
			j++
		}
		if gap != "," && gap != "&" || !t.letterAt(j) {
			break
		}
		ref, _ := l.work(t, phrase, number, letter(t.words[j].text), whole)
		if ref < 0 {
			break
		}
		t.add(t.words[j].start, t.words[j].end, ref)
		last = j
	}
	return last
}
