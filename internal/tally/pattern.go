package tally

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
)

// pattern is a regular expression without regard to case, with what whatever it
// matches must hold. Looking for that first makes a new agent cheap: whoever
// asks chooses it, and could choose another each time.
type pattern struct {
	re *regexp.Regexp
	// literal is in what re matches, in small letters; "" where there is no such
	// thing. When it is whole, re matches whatever holds it.
	literal string
	whole   bool
}

func newPattern(text string) (p pattern, err error) {
	text = "(?i)" + text
	if p.re, err = regexp.Compile(text); err != nil {
		return p, err
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return p, err
	}
	tree = tree.Simplify()
	p.literal = literalOf(tree)
	p.whole = p.literal != "" && tree.Op == syntax.OpLiteral && tree.Flags&syntax.FoldCase != 0
	return p, nil
}

// literalOf is the longest text that every match of an expression holds, among
// those that are easily seen.
func literalOf(re *syntax.Regexp) (longest string) {
	switch re.Op {
	case syntax.OpLiteral:
		if text := folded(string(re.Rune)); !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
			return text
		}
	case syntax.OpCapture, syntax.OpPlus:
		return literalOf(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if l := literalOf(sub); len(l) > len(longest) {
				longest = l
			}
		}
	}
	return longest
}

// folded puts small letters in the place of what (?i) takes for the same ASCII
// letter: the Kelvin sign is a K, and the long s is an s.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == '\u212a':
			return 'k'
		case r == 'ſ':
			return 's'
		}
		return r
	}, s)
}

func (p *pattern) match(agent, small string) bool {
	if p.literal != "" && !strings.Contains(small, p.literal) {
		return false
	}
	return p.whole || p.re.MatchString(agent)
}
