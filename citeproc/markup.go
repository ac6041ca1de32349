package citeproc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rich text tags of a field, as citation managers write them.
var openTags = map[string]node{
	"<i>": {format: format{fStyle: italic}}, "<em>": {format: format{fStyle: italic}},
	"<b>": {format: format{fWeight: bold}}, "<strong>": {format: format{fWeight: bold}},
	"<u>":   {format: format{fDecoration: underline}},
	"<sup>": {format: format{fAlign: sup}, noCase: true}, "<sub>": {format: format{fAlign: sub}, noCase: true},
	"<sc>": {format: format{fVariant: smallCaps}, noCase: true},
	`<span style="font-variant:small-caps;">`:  {format: format{fVariant: smallCaps}, noCase: true},
	`<span style="font-variant: small-caps;">`: {format: format{fVariant: smallCaps}, noCase: true},
	`<span style="font-variant:small-caps">`:   {format: format{fVariant: smallCaps}, noCase: true},
	`<span class="nocase">`:                    {noCase: true},
	`<span class="nodecor">`:                   {format: format{plain, plain, plain, plain, plain}, noCase: true},
}

// piece of a field: text, a tag or a quotation mark.
type piece struct {
	text  string
	open  *node  // an opening tag or quotation mark
	close string // what it closes
	quote bool
	fall  string // what is printed when it has no partner
}

// field is the text of a variable as a tree: markup becomes formatting,
// quotation marks become those of the locale, straight apostrophes curly ones.
func (r *renderer) field(s string) *node { return parseField(s) }

func parseField(s string) *node {
	if !strings.ContainsAny(s, "<\"'“”‘") {
		return leaf(s)
	}
	pieces := cutField(s)
	match(pieces)
	root := &node{}
	stack := []*node{root}
	for k := range pieces {
		p := &pieces[k]
		top := stack[len(stack)-1]
		switch {
		case p.open != nil:
			child := *p.open
			child.inField = true
			top.kids = append(top.kids, &child)
			if len(stack) < maxDepth {
				stack = append(stack, &child)
			}
		case p.close != "":
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case p.text != "":
			if n := len(top.kids); n > 0 && top.kids[n-1].kids == nil && !top.kids[n-1].inField {
				top.kids[n-1].text += p.text
			} else {
				top.kids = append(top.kids, &node{text: p.text, origin: root})
			}
		}
	}
	if len(root.kids) == 1 && !root.kids[0].inField {
		return root.kids[0]
	}
	return root
}

// match finds partners; a tag or mark without one becomes text.
func match(pieces []piece) {
	var open []int
	for k := range pieces {
		p := &pieces[k]
		switch {
		case p.open != nil:
			open = append(open, k)
		case p.close != "":
			at := -1
			for j := len(open) - 1; j >= 0; j-- {
				if pieces[open[j]].close == "" && partner(&pieces[open[j]]) == p.close {
					at = j
					break
				}
				if !pieces[open[j]].quote && p.quote {
					break // a quotation does not run over the end of a tag
				}
			}
			if at < 0 {
				p.close, p.text = "", p.fall
				continue
			}
			if p.quote && open[at] == k-1 { // nothing between them: no quotation
				pieces[k-1].open, pieces[k-1].text = nil, pieces[k-1].fall
				p.close, p.text = "", p.fall
				open = open[:at]
				continue
			}
			for _, lost := range open[at+1:] {
				pieces[lost].open, pieces[lost].text = nil, pieces[lost].fall
			}
			open = open[:at]
		}
	}
	for _, lost := range open {
		pieces[lost].open, pieces[lost].text = nil, pieces[lost].fall
	}
}

func partner(p *piece) string {
	if p.quote {
		return p.fall2()
	}
	name := strings.TrimPrefix(p.fall, "<")
	if cut := strings.IndexAny(name, " >"); cut >= 0 {
		name = name[:cut]
	}
	return "</" + name + ">"
}

// fall2 is the mark that closes an opening quotation mark.
func (p *piece) fall2() string {
	switch p.fall {
	case "“":
		return "”"
	case "‘":
		return "’"
	case "’":
		return "'"
	}
	return p.fall
}

const longestTag = 50

func cutField(s string) []piece {
	var out []piece
	start := 0
	text := func(to int) {
		if to > start {
			out = append(out, piece{text: s[start:to]})
		}
	}
	for k := 0; k < len(s); {
		r, size := utf8.DecodeRuneInString(s[k:])
		switch r {
		case '<':
			if p, n := cutTag(s[k:]); n > 0 {
				text(k)
				out = append(out, p)
				k += n
				start = k
				continue
			}
		case '"', '\'', '“', '”', '‘', '’':
			text(k)
			out = append(out, cutQuote(s, k, r, size))
			k += size
			start = k
			continue
		}
		k += size
	}
	text(len(s))
	return out
}

func cutTag(s string) (piece, int) {
	end := strings.IndexByte(s[:min(len(s), longestTag)], '>')
	if end < 0 {
		return piece{}, 0
	}
	tag := s[:end+1]
	if n, ok := openTags[tag]; ok {
		return piece{open: &n, fall: tag}, len(tag)
	}
	switch tag {
	case "</i>", "</em>", "</b>", "</strong>", "</u>", "</sup>", "</sub>", "</sc>", "</span>":
		return piece{close: tag, fall: tag}, len(tag)
	}
	return piece{}, 0
}

// around are the characters before and after a mark, tags passed over.
func around(s string, k, size int) (before, after rune) {
	left := s[:k]
	for strings.HasSuffix(left, ">") {
		at := strings.LastIndexByte(left, '<')
		if at < 0 || len(left)-at > longestTag {
			break
		}
		left = left[:at]
	}
	right := s[k+size:]
	for strings.HasPrefix(right, "<") {
		at := strings.IndexByte(right, '>')
		if at < 0 || at > longestTag {
			break
		}
		right = right[at+1:]
	}
	before, after = ' ', ' '
	if left != "" {
		before = lastRune(left)
	}
	if right != "" {
		after = firstRune(right)
	}
	return before, after
}

func cutQuote(s string, k int, r rune, size int) piece {
	mark := string(r)
	before, after := around(s, k, size)
	closes := !unicode.IsSpace(before)
	opens := (unicode.IsSpace(before) || strings.ContainsRune("([{—–-/\"'“‘«", before)) && !unicode.IsSpace(after)
	quotation := node{quotes: true}
	switch r {
	case '“':
		return piece{open: &quotation, quote: true, fall: mark}
	case '‘':
		quotation.single = true
		return piece{open: &quotation, quote: true, fall: mark}
	case '’':
		if unicode.IsLetter(after) || unicode.IsDigit(after) {
			return piece{text: mark}
		}
		return piece{close: mark, quote: true, fall: mark}
	case '”':
		return piece{close: mark, quote: true, fall: mark}
	case '"':
		if opens {
			return piece{open: &quotation, quote: true, fall: mark}
		}
		if !closes {
			return piece{text: mark}
		}
		return piece{close: mark, quote: true, fall: mark}
	}
	switch { // a straight single mark, most often an apostrophe
	case opens:
		return piece{open: &quotation, quote: true, fall: "’"}
	case unicode.IsLetter(before) && unicode.IsLetter(after), unicode.IsDigit(after), !closes:
		return piece{text: "’"}
	}
	return piece{close: "'", quote: true, fall: "’"}
}
