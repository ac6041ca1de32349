package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/script"
)

// maxTerm is how many bytes of a word are kept; longer ones are no words.
const maxTerm = 128

// token is one term of a text.
type token struct {
	term       string
	pos        int  // its place among the words
	start, end int  // bytes in the text
	name       bool // it begins with a capital letter
	whole      bool // a hyphenated word or a katakana word as one, beside its parts
	bigram     bool // two characters of a text without spaces
}

// tokenize cuts a text into terms in the form that the index has them, and calls
// f for each. Positions begin at pos; the next free one is returned.
//
// A word is a run of letters, marks and digits. Hyphenated words are their parts
// one after the other, and the whole without hyphens at the place of the first
// part, so that e-mail and email meet. A hyphen at the end of a line joins. An
// apostrophe within a word is dropped, except after an elided article (l'homme is
// homme) and before an English s. Han, kana and hangul are pairs of neighbouring
// characters, the last one also alone; katakana words also whole.
func tokenize(text string, pos int, f func(token)) int {
	return tokenizeFolded(text, pos, nil, f)
}

// tokenizeFolded is tokenize with what was folded before, unless that is nil.
func tokenizeFolded(text string, pos int, folds map[string]string, f func(token)) int {
	c := cutter{text: text, pos: pos, emit: f, folds: folds}
	for c.at < len(text) {
		r, n := c.rune(c.at)
		switch {
		case isIdeographic(r):
			c.dense()
		case inWord(r):
			c.word()
		default:
			c.at += n
		}
	}
	return c.pos
}

// cutter is the state of tokenize.
type cutter struct {
	text string
	at   int
	pos  int
	emit func(token)
	// folds is what was folded before; nil where that is not kept.
	folds map[string]string
}

// mostFolds is how much of what was folded is kept.
const mostFolds = 1 << 17

// fold is fold of a piece of the text, once for each piece.
func (c *cutter) fold(piece string) string {
	if c.folds == nil {
		return fold(piece)
	}
	out, ok := c.folds[piece]
	if !ok {
		out = fold(piece)
		if len(c.folds) >= mostFolds {
			clear(c.folds)
		}
		c.folds[piece] = out
	}
	return out
}

func (c *cutter) rune(at int) (rune, int) {
	if at >= len(c.text) {
		return utf8.RuneError, 0
	}
	if b := c.text[at]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(c.text[at:])
}

// word reads a word and the words that hyphens join to it.
func (c *cutter) word() {
	start, pos := c.at, c.pos
	name := false
	parts := 0
	for {
		from := c.at
		r, _ := c.rune(from)
		name = name || unicode.IsUpper(r)
		c.part()
		if c.at > from {
			parts++
		}
		next := c.hyphen()
		if next < 0 {
			break
		}
		c.at = next
	}
	if parts < 2 || parts > 4 || c.at-start > maxTerm/2 {
		return
	}
	whole := fold(strings.Map(func(r rune) rune {
		if isHyphen(r) {
			return -1
		}
		return r
	}, c.text[start:c.at]))
	c.emit(token{term: whole, pos: pos, start: start, end: c.at, name: name, whole: true})
}

// hyphen is where the next part of a hyphenated word begins, or -1.
func (c *cutter) hyphen() int {
	r, n := c.rune(c.at)
	if n == 0 || !isHyphen(r) {
		return -1
	}
	next, _ := c.rune(c.at + n)
	if !inWord(next) || isIdeographic(next) {
		return -1
	}
	return c.at + n
}

// part reads one word without hyphens and emits it.
func (c *cutter) part() {
	start := c.at
	upper := false
	plain := true // lower-case ASCII, or Cyrillic, which needs no folding
	for first := true; ; first = false {
		r, n := c.rune(c.at)
		if n == 0 {
			break
		}
		if !inWord(r) || isIdeographic(r) {
			n, skip := c.within(start)
			if n == 0 {
				break
			}
			if skip {
				start = c.at + n
			}
			plain = false
			c.at += n
			continue
		}
		if first {
			upper = unicode.IsUpper(r)
		}
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'а' && r <= 'я') {
			plain = false
		}
		c.at += n
	}
	end := c.at
	word := c.text[start:end]
	if len(word) == 0 || len(word) > maxTerm {
		return
	}
	if !plain {
		word = c.fold(word)
		if word == "" {
			return
		}
	}
	c.emit(token{term: word, pos: c.pos, start: start, end: end, name: upper})
	c.pos++
	if n := c.possessive(); n > 0 {
		c.at += n
	}
}

// within is how many bytes at this place belong to the word though they are no
// letters: an apostrophe, an invisible character, a hyphen that ends a line.
// skip says that what was read before was an article.
func (c *cutter) within(start int) (n int, skip bool) {
	r, n := c.rune(c.at)
	switch {
	case isInvisible(r):
		for next, m := c.rune(c.at + n); m > 0 && (isInvisible(next) || next == '\n' || next == '\r'); next, m = c.rune(c.at + n) {
			n += m
		}
	case isApostrophe(r):
		if c.possessive() > 0 {
			return 0, false
		}
		skip = (r == '\'' || r == '’') && isElision(c.text[start:c.at])
	case r == '-' || r == '‐':
		m := n
		for next, k := c.rune(c.at + m); k > 0 && (next == '\n' || next == '\r' || m > n && next == ' '); next, k = c.rune(c.at + m) {
			m += k
		}
		if next, _ := c.rune(c.at + m); m == n || !unicode.IsLower(next) {
			return 0, false
		}
		return m, false
	default:
		return 0, false
	}
	if next, _ := c.rune(c.at + n); !inWord(next) || isIdeographic(next) {
		return 0, false
	}
	return n, skip
}

// possessive is the length of an English 's at this place.
func (c *cutter) possessive() int {
	r, n := c.rune(c.at)
	if n == 0 || !isApostrophe(r) {
		return 0
	}
	if s, _ := c.rune(c.at + n); s != 's' && s != 'S' {
		return 0
	}
	if next, _ := c.rune(c.at + n + 1); inWord(next) || isApostrophe(next) {
		return 0
	}
	return n + 1
}

// dense reads a run of characters that are written without spaces.
func (c *cutter) dense() {
	var before rune
	beforeAt, start := 0, c.at
	katakana := -1
	flush := func(end int) {
		if katakana >= 0 && utf8.RuneCountInString(c.text[katakana:end]) > 2 {
			c.emit(token{term: c.fold(c.text[katakana:end]), pos: c.pos - 1, start: katakana, end: end, name: true, whole: true})
		}
		katakana = -1
	}
	for {
		r, n := c.rune(c.at)
		if n == 0 || !isIdeographic(r) {
			break
		}
		if before != 0 {
			c.emit(token{term: c.fold(c.text[beforeAt : c.at+n]), pos: c.pos, start: beforeAt, end: c.at + n, bigram: true})
			c.pos++
		}
		switch {
		case isKatakana(r) && katakana < 0:
			katakana = c.at
		case !isKatakana(r):
			flush(c.at)
		}
		before, beforeAt = r, c.at
		c.at += n
	}
	if c.at > start {
		c.emit(token{term: c.fold(c.text[beforeAt:c.at]), pos: c.pos, start: beforeAt, end: c.at, bigram: true})
		c.pos++
		flush(c.at)
	}
}

// fold is the form of a word in which the index has it: script.Normal, with old
// kanji as new ones, and without apostrophes and hyphens. Marks are kept: they are
// told apart on purpose.
func fold(word string) string {
	plain, cyrillic := true, true
	for _, r := range word {
		if r >= utf8.RuneSelf {
			plain = false
			cyrillic = cyrillic && r >= 0x401 && r <= 0x451 && r != 0x450
		} else if r >= 'A' {
			cyrillic = false
		}
	}
	switch {
	case plain:
		return strings.Map(dropMarks, strings.ToLower(word))
	case cyrillic: // no letters of another script either
		return strings.Map(dropMarks, strings.ToLower(word))
	}
	return strings.Map(dropMarks, script.FoldHan(script.Normal(word)))
}

func dropMarks(r rune) rune {
	if isApostrophe(r) || isInvisible(r) || r < ' ' || r == '-' || r == ' ' {
		return -1
	}
	return r
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	if r >= 0x400 && r <= 0x45f {
		return true
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !isApostrophe(r)
}

// isIdeographic are the characters of texts without spaces that are cut in pairs:
// Han, kana and hangul, in every width.
func isIdeographic(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return r >= 0x3041 && r <= 0x30ff && r != '・' || r >= 0x3400 && r <= 0x9fff || r == '々' || r == '〆' ||
		r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff66 && r <= 0xff9f ||
		r >= 0x20000 && r <= 0x3ffff || r >= 0x31f0 && r <= 0x31ff || r <= 0x11ff
}

func isKatakana(r rune) bool {
	return r >= 0x30a1 && r <= 0x30fe && r != '・' || r >= 0xff66 && r <= 0xff9f || r >= 0x31f0 && r <= 0x31ff
}

func isHyphen(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2012 || r == 0x2011 }

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʹ', 'ʺ', 'ʻ', '`', '´', '′', '″', '·', 'ʾ', 'ʿ':
		return true
	}
	return false
}

func isInvisible(r rune) bool {
	switch {
	case r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r == 0x2060, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
		return true
	}
	return false
}

// elisions are the articles and particles that lose a vowel before another word.
var elisions = map[string]bool{
	"l": true, "d": true, "j": true, "m": true, "n": true, "t": true, "c": true, "qu": true, "s": true,
	"dell": true, "nell": true, "all": true, "dall": true, "sull": true, "un": true, "jusqu": true, "lorsqu": true,
}

func isElision(s string) bool { return len(s) <= 6 && elisions[strings.ToLower(s)] }
