// Package diff compares two texts as a reader does: paragraph by paragraph, in
// a changed paragraph sentence by sentence, in a changed sentence word by word.
//
// Terms. A Part is a heading with the paragraphs under it; parts are recognised
// by their heading, or by most of their text where the heading changed, so that
// one that has moved is shown as moved and not as removed and added. A Run is a
// piece of text that is kept, added or removed; the runs of a paragraph, without
// the removed ones, are the new text letter for letter, and without the added
// ones the old.
//
//	for _, p := range diff.Paragraphs(before, after) {
//		for _, r := range p.Runs { … r.Kind, r.Text … }
//	}
//
// The shortest edit script is found by Myers' algorithm (An O(ND) Difference
// Algorithm and Its Variations, Algorithmica 1, 1986). Where two texts have so
// little in common that it would take long, they are shown as replaced, so that
// time and memory are bounded. The package is pure and knows no HTML.
package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what became of a piece of text.
type Kind int

// What becomes of a piece of text.
const (
	Kept Kind = iota
	Added
	Removed
)

// Run is a piece of text.
type Run struct {
	Kind Kind
	Text string
}

// Paragraph is a paragraph of either text.
type Paragraph struct {
	// Kind: Added and Removed are whole paragraphs; Kept is one that both texts
	// have, changed where it has runs that are not kept.
	Kind Kind
	Runs []Run
}

// Changed reports whether the texts differ here.
func (p *Paragraph) Changed() bool {
	if p.Kind != Kept {
		return true
	}
	for i := range p.Runs {
		if p.Runs[i].Kind != Kept {
			return true
		}
	}
	return false
}

// alike is from which part of common words on, of 100, two paragraphs or
// sentences are the same one changed.
const alike = 40

// Paragraphs compares two lists of paragraphs.
func Paragraphs(before, after []string) []Paragraph {
	var out []Paragraph
	for _, h := range hunks(before, after) {
		for _, text := range h.kept {
			out = append(out, Paragraph{Kept, []Run{{Kept, text}}})
		}
		out = append(out, changed(h.removed, h.added)...)
	}
	return out
}

// changed pairs the paragraphs of a hunk that are alike, in order, and shows
// the others as removed and added.
func changed(removed, added []string) []Paragraph {
	var out []Paragraph
	pairs := pair(removed, added)
	i, j := 0, 0
	rest := func(toI, toJ int) {
		for ; i < toI; i++ {
			out = append(out, Paragraph{Removed, []Run{{Removed, removed[i]}}})
		}
		for ; j < toJ; j++ {
			out = append(out, Paragraph{Added, []Run{{Added, added[j]}}})
		}
	}
	for _, p := range pairs {
		rest(p[0], p[1])
		out = append(out, Paragraph{Kept, Text(removed[i], added[j])})
		i, j = i+1, j+1
	}
	rest(len(removed), len(added))
	return out
}

// pairMost is how many of each side are compared with each other.
const pairMost = 60

// pair finds which of two lists are alike, both rising: the pairs of the
// greatest likeness in sum.
func pair(a, b []string) (pairs [][2]int) {
	if len(a) > pairMost || len(b) > pairMost {
		for i := range min(len(a), len(b)) {
			if likeness(bag(a[i]), bag(b[i])) >= alike {
				pairs = append(pairs, [2]int{i, i})
			}
		}
		return pairs
	}
	bagsA, bagsB := bags(a), bags(b)
	score := make([][]int, len(a)+1)
	score[len(a)] = make([]int, len(b)+1)
	like := make([][]int, len(a))
	for i := len(a) - 1; i >= 0; i-- {
		score[i], like[i] = make([]int, len(b)+1), make([]int, len(b))
		for j := len(b) - 1; j >= 0; j-- {
			score[i][j] = max(score[i+1][j], score[i][j+1])
			if l := likeness(bagsA[i], bagsB[j]); l >= alike {
				like[i][j] = l
				score[i][j] = max(score[i][j], score[i+1][j+1]+l)
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case like[i][j] > 0 && score[i][j] == score[i+1][j+1]+like[i][j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case score[i][j] == score[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

func bags(list []string) []map[string]int {
	out := make([]map[string]int, len(list))
	for i, s := range list {
		out[i] = bag(s)
	}
	return out
}

// bag counts the words of a text.
func bag(s string) map[string]int {
	out := map[string]int{}
	for _, w := range words(s) {
		if strings.TrimSpace(w) != "" {
			out[w]++
		}
	}
	return out
}

// likeness is how much two bags have in common, 0 to 100 (Dice's coefficient).
func likeness(a, b map[string]int) int {
	common, total := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 100
	}
	return 200 * common / total
}

// Text compares two paragraphs.
func Text(before, after string) []Run {
	var out runs
	for _, h := range hunks(sentences(before), sentences(after)) {
		for _, s := range h.kept {
			out.add(Kept, s)
		}
		pairs := pair(h.removed, h.added)
		i, j := 0, 0
		rest := func(toI, toJ int) {
			for ; i < toI; i++ {
				out.add(Removed, h.removed[i])
			}
			for ; j < toJ; j++ {
				out.add(Added, h.added[j])
			}
		}
		for _, p := range pairs {
			rest(p[0], p[1])
			out.words(h.removed[i], h.added[j])
			i, j = i+1, j+1
		}
		rest(len(h.removed), len(h.added))
	}
	return out
}

// runs joins neighbours of one kind.
type runs []Run

func (r *runs) add(k Kind, text string) {
	if text == "" {
		return
	}
	if n := len(*r); n > 0 && (*r)[n-1].Kind == k {
		(*r)[n-1].Text += text
		return
	}
	*r = append(*r, Run{k, text})
}

// words compares two sentences. White space alone between two changes belongs
// to them, so that a changed phrase is one run and not one for every word.
func (r *runs) words(before, after string) {
	for i, h := range hunks(words(before), words(after)) {
		kept, removed, added := strings.Join(h.kept, ""), strings.Join(h.removed, ""), strings.Join(h.added, "")
		n := len(*r)
		if i > 0 && strings.TrimSpace(kept) == "" && removed+added != "" && n >= 2 && (*r)[n-1].Kind == Added && (*r)[n-2].Kind == Removed {
			(*r)[n-2].Text += kept + removed
			(*r)[n-1].Text += kept + added
			continue
		}
		r.add(Kept, kept)
		r.add(Removed, removed)
		r.add(Added, added)
	}
}

// words cuts a text into words, marks and white space; nothing is lost. A
// character of a script without spaces is a word by itself.
func words(s string) (list []string) {
	for s != "" {
		n := wordLength(s)
		list = append(list, s[:n])
		s = s[n:]
	}
	return list
}

func wordLength(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	kind := kindOf(first)
	if kind == single {
		return n
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if kindOf(r) != kind {
			break
		}
		n += size
	}
	return n
}

type letterKind int

const (
	letter letterKind = iota
	space
	single
)

func kindOf(r rune) letterKind {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return single
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '\'', r == '’', r == '-', r == '‑':
		return letter
	}
	return single
}

// sentences cuts a paragraph behind full stops and the like that white space
// and no small letter follows; nothing is lost.
func sentences(s string) (list []string) {
	start := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if !strings.ContainsRune(".!?…。！？", r) {
			continue
		}
		end := i
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(".!?…。！？)]»”’\"'", r) {
				break
			}
			end += size
		}
		after := end
		for after < len(s) {
			r, size := utf8.DecodeRuneInString(s[after:])
			if !unicode.IsSpace(r) {
				break
			}
			after += size
		}
		next, _ := utf8.DecodeRuneInString(s[after:])
		wide := strings.ContainsRune("。！？", r)
		if after < len(s) && (wide || after > end && !unicode.IsLower(next)) {
			list = append(list, s[start:after])
			start, i = after, after
		}
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}
