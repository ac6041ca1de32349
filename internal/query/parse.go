package query

import (
	"slices"
	"strings"
	"unicode"
)

// Parse reads what a person typed. Every text has a reading.
func Parse(text string) Query {
	p := newParser(text)
	var root *Node
	if n, ok := labelled(p.text); ok {
		root = &n
	} else {
		root = p.nodes(Anywhere, 0)
	}
	return Query{Root: root, Direct: directTo(root, p.text), Notes: p.notes}
}

// parser reads a text from left to right, once.
type parser struct {
	text     []rune
	at       int
	clauses  int
	ignored  int  // parentheses that are open and too deep
	capitals bool // operators are words
	notes    []Note
}

func newParser(text string) *parser {
	p := &parser{}
	var cut bool
	if p.text, cut = clean(text); cut {
		p.note(NoteCut, MaxRunes)
	}
	p.capitals = capitals(p.text)
	return p
}

func (p *parser) note(key string, args ...any) {
	known := func(n Note) bool { return n.Key == key && slices.Equal(n.Args, args) }
	if len(p.notes) < MaxNotes && !slices.ContainsFunc(p.notes, known) {
		p.notes = append(p.notes, Note{Key: key, Args: args})
	}
}

// nodes reads to the parenthesis that closes the group, or to the end.
func (p *parser) nodes(field Field, depth int) *Node {
	var all []Node
	or := false // an OR stands before what comes
	for p.next(field); p.at < len(p.text); p.next(field) {
		if p.text[p.at] == ')' {
			p.at++
			if p.ignored > 0 {
				p.ignored--
			} else if depth > 0 {
				break
			}
			continue
		}
		if op, n := p.operator(); op == And || op == Or {
			p.at += n
			or = or || op == Or && len(all) > 0
			continue
		}
		n := p.operand(field, depth)
		switch {
		case n == nil:
			continue
		case or:
			all[len(all)-1] = *join(Or, []Node{all[len(all)-1], *n})
		default:
			all = append(all, *n)
		}
		or = false
	}
	return join(And, all)
}

// operand reads what stands before a word (minus, NOT, prefixes) and the word,
// phrase or group itself; nil if nothing comes.
func (p *parser) operand(field Field, depth int) *Node {
	var n *Node
	excluded, name := false, ""
loop:
	for p.next(field); p.at < len(p.text); p.next(field) {
		op, length := p.operator()
		switch r := p.text[p.at]; {
		case field.ranged() && p.timeHere():
			n = p.clause(p.time(field))
			break loop
		case r == ')', op == And, op == Or:
			break loop
		case op == Not:
			excluded = true
			p.at += length
		case r == '(' && depth == MaxNesting:
			p.note(NoteNesting, MaxNesting)
			p.ignored++
			p.at++
		case r == '(':
			p.at++
			n, name = p.nodes(field, depth+1), ""
			break loop
		case isQuote(r):
			if n = p.phrase(field); n != nil {
				break loop
			}
		default:
			if f, typed, ok := p.prefix(); ok {
				field, name = f, typed
				continue
			}
			n = p.word(field)
			break loop
		}
	}
	if n == nil && name != "" { // "title:" and nothing after it
		n = p.clause(Node{Op: Word, Text: name})
	}
	if n != nil && excluded {
		opposite := not(*n)
		n = &opposite
	}
	return n
}

// next goes to what can begin an operand or end a group, over blanks and
// punctuation that means nothing there.
func (p *parser) next(field Field) {
	for p.at < len(p.text) {
		switch r := p.text[p.at]; {
		case begins(r), r == '(', r == ')', r == '|', isQuote(r) && p.opens(), p.excludes():
			return
		case field.ranged() && r != ' ' && p.timeHere():
			return
		case r == '*':
			n := p.at
			for n < len(p.text) && !ends(p.text[n]) {
				n++
			}
			p.note(NoteWildcard, string(p.text[p.at:n]))
		}
		p.at++
	}
}

// before is the rune before the place, a blank at the start.
func (p *parser) before() rune {
	if p.at == 0 {
		return ' '
	}
	return p.text[p.at-1]
}

// after is the rune after the place, a blank at the end.
func (p *parser) after() rune {
	if p.at+1 >= len(p.text) {
		return ' '
	}
	return p.text[p.at+1]
}

// fresh reports whether nothing is written close before the place.
func (p *parser) fresh() bool { return strings.ContainsRune(" (|:", p.before()) }

// excludes reports whether a minus stands here that excludes what follows: close
// before it and not close after something else.
func (p *parser) excludes() bool {
	return isMinus(p.text[p.at]) && p.fresh() && !strings.ContainsRune(" )|-−", p.after())
}

// opens reports whether the quotation mark here opens a phrase. Some stand at
// both ends in one language or another; they open where a word could begin.
func (p *parser) opens() bool {
	switch r := p.text[p.at]; r {
	case '”', '»':
		return (p.fresh() || isMinus(p.before())) && p.after() != ' '
	default:
		return closing(r) != ""
	}
}

// timeHere reports whether a time or range stands here.
func (p *parser) timeHere() bool {
	_, _, n := readRange(p.text[p.at:])
	return n > 0
}

func (p *parser) time(field Field) Node {
	from, to, n := readRange(p.text[p.at:])
	p.at += n
	return timeNode(field, from, to)
}

// timeNode is a range of the field, or of dates where years do not suffice.
func timeNode(field Field, from, to string) Node {
	if len(from) > 4 || len(to) > 4 {
		field = Date
	}
	return Node{Op: Range, Field: field, From: from, To: to}
}

// operator is the operator that stands here and its length; "" if there is none.
func (p *parser) operator() (Op, int) {
	n := p.at
	switch r := p.text[p.at]; {
	case r == '|':
		return Or, 1
	case p.excludes():
		return Not, 1
	case p.capitals || !unicode.IsUpper(r):
		return "", 0
	}
	for n < len(p.text) && n-p.at <= longestOperator && !ends(p.text[n]) {
		n++
	}
	op, ok := operators[string(p.text[p.at:n])]
	if !ok {
		return "", 0
	}
	return op, n - p.at
}

// prefix reads the name of a field and its colon, if they stand here.
func (p *parser) prefix() (f Field, name string, ok bool) {
	for n := p.at; n < len(p.text) && n-p.at <= longestName && inWord(p.text[n]); n++ {
		if n+1 < len(p.text) && p.text[n+1] == ':' {
			name = string(p.text[p.at : n+1])
			if f, ok = fieldOf(name); ok {
				p.at = n + 2
			}
			return f, name, ok
		}
	}
	return Anywhere, "", false
}

// clause counts a clause; nil when there are enough, which ends the reading.
func (p *parser) clause(n Node) *Node {
	if p.clauses == MaxClauses {
		p.note(NoteClauses, MaxClauses)
		p.at = len(p.text)
		return nil
	}
	p.clauses++
	return &n
}
