package citeproc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// textCase is a value of the attribute text-case.
type textCase uint8

const (
	caseNone textCase = iota
	caseLower
	caseUpper
	caseCapitalizeFirst
	caseCapitalizeAll
	caseSentence
	caseTitle
)

var textCases = map[string]textCase{
	"lowercase": caseLower, "uppercase": caseUpper, "capitalize-first": caseCapitalizeFirst,
	"capitalize-all": caseCapitalizeAll, "sentence": caseSentence, "title": caseTitle,
}

func readCase(s string) textCase { return textCases[s] }

// applyCase changes the capitals of a tree, which is taken as one text, in the
// way of a language. Titles have capitals in English only.
func applyCase(n *node, c textCase, lang string) {
	special := unicode.SpecialCase(nil)
	if l := base(lang); l == "tr" || l == "az" {
		special = unicode.TurkishCase
	}
	switch c {
	case caseLower:
		n.leaves(func(k *node, no bool) {
			if !no {
				k.text = strings.ToLowerSpecial(special, k.text)
			}
		}, false)
	case caseUpper:
		n.leaves(func(k *node, no bool) {
			if !no {
				k.text = strings.ToUpperSpecial(special, k.text)
			}
		}, false)
	case caseCapitalizeFirst:
		capitalizeFirst(n)
	case caseCapitalizeAll:
		newCaser(n).each(func(c *caser, from, to int) { c.upperFirst(from, to) })
	case caseSentence:
		sentence(n)
	case caseTitle:
		if base(lang) == "en" {
			newCaser(n).title()
		}
	}
}

func capitalizeFirst(n *node) {
	done := false
	n.leaves(func(k *node, no bool) {
		if done {
			return
		}
		for i, r := range k.text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				done = true
				if !no {
					k.text = k.text[:i] + strings.ToUpper(string(r)) + k.text[i+utf8.RuneLen(r):]
				}
				return
			}
		}
	}, false)
}

// sentence takes the capitals away from words that only begin with one, or from
// all words of a text that is nothing but capitals, and gives the text a capital
// at its beginning.
func sentence(n *node) {
	upper := true
	n.leaves(func(k *node, no bool) {
		for _, r := range k.text {
			if unicode.IsLower(r) && !no {
				upper = false
			}
		}
	}, false)
	if upper {
		applyCase(n, caseLower, "")
	}
	newCaser(n).each(func(c *caser, from, to int) {
		for from < to && !unicode.IsLetter(c.runes[from]) {
			from++
		}
		if from < to && !c.fixed[from] && to-from > 1 && !hasUpper(string(c.runes[from+1:to])) {
			c.runes[from] = unicode.ToLower(c.runes[from])
		}
	})
	capitalizeFirst(n)
}

// caser works on the letters of several texts as if they were one.
type caser struct {
	runes  []rune
	fixed  []bool // no change
	leaves []*node
	ends   []int
}

func newCaser(n *node) *caser {
	c := &caser{}
	n.leaves(func(k *node, no bool) {
		for _, r := range k.text {
			c.runes = append(c.runes, r)
			c.fixed = append(c.fixed, no)
		}
		c.leaves = append(c.leaves, k)
		c.ends = append(c.ends, len(c.runes))
	}, false)
	return c
}

func (c *caser) done() {
	start := 0
	for k, n := range c.leaves {
		n.text = string(c.runes[start:c.ends[k]])
		start = c.ends[k]
	}
}

// each calls do for every word between blanks.
func (c *caser) each(do func(c *caser, from, to int)) {
	start := -1
	for k, r := range c.runes {
		if unicode.IsSpace(r) {
			if start >= 0 {
				do(c, start, k)
			}
			start = -1
		} else if start < 0 {
			start = k
		}
	}
	if start >= 0 {
		do(c, start, len(c.runes))
	}
	c.done()
}

// upperFirst gives a word its capital, behind marks that stand before it.
func (c *caser) upperFirst(from, to int) {
	for k := from; k < to; k++ {
		if r := c.runes[k]; unicode.IsLetter(r) || unicode.IsDigit(r) {
			if !c.fixed[k] {
				c.runes[k] = unicode.ToTitle(r)
			}
			return
		}
	}
}

// small are the words that stay small inside an English title: articles,
// conjunctions and prepositions.
var small = set(strings.Fields(`a an and as at but by down for from in into nor of on onto or over so the till to
 up via with yet about above across after against along among around before behind below beneath beside between
 beyond circa despite during except inside near off out per plus qua sans since than through throughout toward
 towards under underneath until unto upon versus vs. vs v. v within without et al d' de la van von amid amidst
 amongst apropos atop barring besides given like modulo notwithstanding outside pace pro thru unlike worth`)...)

// title gives a text the capitals of an English title: every word that is
// written small, but not the small words inside; the first and the last word
// always, and one after a colon, a question or an exclamation mark.
func (c *caser) title() {
	words := c.words()
	for k, w := range words {
		text := string(c.runes[w.from:w.to])
		if c.fixed[w.from] || hasUpper(text) {
			continue
		}
		first := k == 0 || w.start
		last := k == len(words)-1
		if small[text] && !first && (w.hyphen || !w.beforeHyphen) && (!last || w.hyphen) && !w.start {
			continue
		}
		if w.to-w.from == 1 && (w.hyphen || w.beforeHyphen) && (c.runes[w.from] > 0x7f || w.hyphen) {
			continue // "β-carotene", "07-x"
		}
		c.runes[w.from] = unicode.ToTitle(c.runes[w.from])
	}
	c.done()
}

// titleWord is a word of a title.
type titleWord struct {
	from, to     int
	start        bool // after a mark that begins anew
	hyphen       bool // after a hyphen
	beforeHyphen bool
}

func (c *caser) words() []titleWord {
	var out []titleWord
	start, anew, hyphen := -1, false, false
	end := func(to int) {
		if start < 0 {
			return
		}
		out = append(out, titleWord{from: start, to: to, start: anew, hyphen: hyphen})
		start, anew, hyphen = -1, false, false
	}
	for k, r := range c.runes {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) ||
			(r == '’' || r == '\'' || r == '`' || r == '.') && start >= 0 && k+1 < len(c.runes) && unicode.IsLetter(c.runes[k+1])
		if letter {
			if start < 0 {
				start = k
			}
			continue
		}
		if r == '.' && start >= 0 && small[string(c.runes[start:k+1])] {
			continue
		}
		end(k)
		switch r {
		case ':', '?', '!', '.':
			anew = true
		case '-', '‐', '–', '/':
			hyphen = true
			if n := len(out); n > 0 && out[n-1].to == k {
				out[n-1].beforeHyphen = true
			}
		}
	}
	end(len(c.runes))
	return out
}

func hasUpper(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) || unicode.IsTitle(r) {
			return true
		}
	}
	return false
}
