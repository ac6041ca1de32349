package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marker marks in texts what a search found in them, by cutting the texts again as
// the index did. What a word was looked for as is marked, in every script.
type Marker struct {
	terms    map[string]int // forms of words, with the number of their clause
	prefixes map[string]int
	phrases  []markedPhrase
}

// markedPhrase is marked where its terms follow each other.
type markedPhrase struct {
	clause int
	slots  []markedSlot
}

type markedSlot struct {
	at    int
	terms map[string]bool
}

// Run is a piece of a text.
type Run struct {
	Text   string
	Marked bool
}

// Snippet is a passage of a text.
type Snippet struct {
	// Of is which of the texts it is from.
	Of   int
	Runs []Run
	// Before and After say that the text goes on there.
	Before, After bool
}

// What is looked at of a text for marking, and how many marks are kept.
const (
	mostMarkedBytes = 1 << 20
	mostMarks       = 500
)

// Marker marks what this search looked for.
func (r *Result) Marker() *Marker { return r.marker }

func newMarker(clauses []*clause) *Marker {
	m := &Marker{terms: map[string]int{}, prefixes: map[string]int{}}
	for i, c := range clauses {
		if c.excluded || c.fields == nil {
			continue
		}
		if c.prefix != "" {
			m.prefixes[c.prefix] = i
		}
		for _, f := range c.whole {
			m.terms[f.surface] = i
		}
		if len(c.slots) > 1 && c.prefix == "" {
			m.phrase(i, c.slots)
			continue
		}
		for _, sl := range c.slots {
			for _, f := range sl.forms {
				switch {
				case f.need > 0:
					for _, t := range f.terms {
						m.word(i, t)
					}
				case len(f.terms) > 0:
					m.phrase(i, placesOf(f))
				default:
					m.word(i, f.surface)
				}
			}
		}
	}
	return m
}

func (m *Marker) word(clause int, term string) {
	if _, ok := m.terms[term]; !ok {
		m.terms[term] = clause
	}
}

func (m *Marker) phrase(clause int, slots []slot) {
	p := markedPhrase{clause: clause}
	for _, sl := range slots {
		terms := map[string]bool{}
		for _, f := range sl.forms {
			terms[f.surface] = true
		}
		p.slots = append(p.slots, markedSlot{sl.at, terms})
	}
	m.phrases = append(m.phrases, p)
}

// mark is a marked piece of a text.
type mark struct{ start, end, clause int }

// marks are the marked pieces of a text in their order, without overlaps.
func (m *Marker) marks(text string) []mark {
	if m == nil {
		return nil
	}
	text = text[:cutAt(text, mostMarkedBytes)]
	var out []mark
	// walks are the phrases that have begun.
	type walk struct {
		phrase, next, from, start int
	}
	var walks []walk
	tokenize(text, 0, func(t token) {
		if len(out) >= mostMarks {
			return
		}
		if i, ok := m.terms[t.term]; ok {
			out = append(out, mark{t.start, t.end, i})
		}
		for prefix, i := range m.prefixes {
			if strings.HasPrefix(t.term, prefix) {
				out = append(out, mark{t.start, t.end, i})
			}
		}
		if t.whole {
			return
		}
		kept := walks[:0]
		for _, w := range walks {
			p := m.phrases[w.phrase]
			switch sl := p.slots[w.next]; {
			case t.pos < w.from+sl.at:
				kept = append(kept, w)
			case t.pos > w.from+sl.at || !sl.terms[t.term]:
			case w.next+1 == len(p.slots):
				out = append(out, mark{w.start, t.end, p.clause})
			default:
				w.next++
				kept = append(kept, w)
			}
		}
		walks = kept
		for i, p := range m.phrases {
			if p.slots[0].terms[t.term] && len(walks) < 64 {
				walks = append(walks, walk{i, 1, t.pos, t.start})
			}
		}
	})
	slices.SortFunc(out, func(a, b mark) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	merged := out[:0]
	for _, k := range out {
		if n := len(merged); n > 0 && k.start < merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, k.end)
			continue
		}
		merged = append(merged, k)
	}
	return merged
}

// Mark is a whole text in runs.
func (m *Marker) Mark(text string) []Run { return runs(text, 0, len(text), m.marks(text)) }

// runs cuts a piece of a text at its marks.
func runs(text string, from, to int, marks []mark) []Run {
	var out []Run
	at := from
	for _, k := range marks {
		if k.start < at || k.end > to {
			continue
		}
		if k.start > at {
			out = append(out, Run{Text: text[at:k.start]})
		}
		out = append(out, Run{text[k.start:k.end], true})
		at = k.end
	}
	if at < to {
		out = append(out, Run{Text: text[at:to]})
	}
	return out
}

// Snippets are at most n passages of the texts of about width letters, those in
// which most of what was looked for stands, in the order of the texts; texts in which
// nothing stands have none. Ideographs count as two letters.
func (m *Marker) Snippets(texts []string, n, width int) []Snippet {
	type window struct {
		of, first, last int // marks of a text
		worth           int
	}
	all := make([][]mark, len(texts))
	var windows []window
	for of, text := range texts {
		all[of] = m.marks(text)
		for first := range all[of] {
			w := window{of: of, first: first, last: first}
			var met [64]bool
			for k := first; k < len(all[of]) && letters(text[all[of][first].start:all[of][k].end], width) <= width; k++ {
				w.last = k
				if c := all[of][k].clause % len(met); !met[c] {
					met[c] = true
					w.worth += 100
				}
				w.worth++
			}
			windows = append(windows, w)
		}
	}
	slices.SortStableFunc(windows, func(a, b window) int { return cmp.Compare(b.worth, a.worth) })
	var chosen []window
	for _, w := range windows {
		if len(chosen) == n {
			break
		}
		if !slices.ContainsFunc(chosen, func(c window) bool { return c.of == w.of && w.first <= c.last+1 && c.first <= w.last+1 }) {
			chosen = append(chosen, w)
		}
	}
	slices.SortFunc(chosen, func(a, b window) int { return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.first, b.first)) })
	var out []Snippet
	before := struct{ of, to int }{of: -1}
	for _, w := range chosen {
		text, marks := texts[w.of], all[w.of]
		from, to := around(text, marks[w.first].start, marks[w.last].end, width)
		if w.of == before.of {
			if before.to > marks[w.first].start {
				continue // shown at the end of the one before
			}
			from = max(from, before.to)
		}
		before.of, before.to = w.of, to
		out = append(out, Snippet{Of: w.of, Runs: runs(text, from, to, marks), Before: from > 0, After: to < len(text)})
	}
	return out
}

// around widens a piece of a text to a width, more to its end than to its
// beginning, and to the borders of words.
func around(text string, start, end, width int) (from, to int) {
	left := width - letters(text[start:end], width)
	before := left / 3
	from, to = start, end
	for from > 0 && before > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
		before -= weight(r)
		left -= weight(r)
	}
	for to < len(text) && left > 0 {
		r, n := utf8.DecodeRuneInString(text[to:])
		to += n
		left -= weight(r)
	}
	for from > 0 && left > 0 { // what there was no room for at the end
		r, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
		left -= weight(r)
	}
	// A word that is cut at the border is left out, or completed if it is marked.
	for at := from; from > 0 && at < start; {
		r, n := utf8.DecodeRuneInString(text[at:])
		if isIdeographic(r) {
			break
		}
		at += n
		if unicode.IsSpace(r) {
			from = at
			break
		}
	}
	for at := to; to < len(text) && at > end; {
		r, n := utf8.DecodeLastRuneInString(text[:at])
		if isIdeographic(r) {
			break
		}
		at -= n
		if unicode.IsSpace(r) {
			to = at
			break
		}
	}
	return from, to
}

// letters counts letters, ideographs as two, up to a little more than most.
func letters(s string, most int) int {
	n := 0
	for _, r := range s {
		if n += weight(r); n > most {
			break
		}
	}
	return n
}

func weight(r rune) int {
	if isIdeographic(r) {
		return 2
	}
	return 1
}

// cutAt is the last border of a letter within the first most bytes.
func cutAt(s string, most int) int {
	if len(s) <= most {
		return len(s)
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return most
}
