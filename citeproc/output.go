package citeproc

import (
	"strings"
	"unicode/utf8"
)

// The output is written in two steps: the tree becomes a row of tokens, in
// which punctuation that meets is brought in order, and the tokens become text.

type tokenKind uint8

const (
	tText tokenKind = iota
	tOpen
	tClose
	tOpenQuote
	tCloseQuote
	tOpenDisplay
	tCloseDisplay
)

type token struct {
	kind    tokenKind
	text    string
	format  format
	inField bool
	asIs    bool
	origin  *node
	single  bool
}

type stream struct {
	tokens []token
	words  *words
}

func (s *stream) add(text string) {
	if text != "" {
		s.tokens = append(s.tokens, token{kind: tText, text: text})
	}
}

// node appends a tree. Affixes stand outside of the look of their element,
// quotation marks outside of its font.
func (s *stream) node(n *node) {
	if n.empty() {
		return
	}
	if n.display != "" {
		s.tokens = append(s.tokens, token{kind: tOpenDisplay, text: n.display})
	}
	s.add(n.prefix)
	if n.quotes {
		s.tokens = append(s.tokens, token{kind: tOpenQuote, single: n.single})
	}
	formatted := n.format != format{}
	if formatted {
		s.tokens = append(s.tokens, token{kind: tOpen, format: n.format, inField: n.inField})
	}
	if n.text != "" {
		s.tokens = append(s.tokens, token{kind: tText, text: n.text, asIs: n.asIs, origin: n.origin})
	}
	started := false
	for _, k := range n.kids {
		if k.empty() {
			continue
		}
		if started {
			s.add(n.delim)
		}
		started = true
		s.node(k)
	}
	if formatted {
		s.tokens = append(s.tokens, token{kind: tClose})
	}
	if n.quotes {
		s.tokens = append(s.tokens, token{kind: tCloseQuote, single: n.single})
	}
	s.add(n.suffix)
	if n.display != "" {
		s.tokens = append(s.tokens, token{kind: tCloseDisplay, text: n.display})
		s.blankOutside(n.display)
	}
}

// blankOutside moves a blank at the end of a block behind it.
func (s *stream) blankOutside(display string) {
	if display == "left-margin" {
		return
	}
	for k := len(s.tokens) - 2; k >= 0; k-- {
		t := &s.tokens[k]
		if t.kind == tClose || t.kind == tCloseQuote {
			continue
		}
		if t.kind == tText && strings.HasSuffix(t.text, " ") {
			t.text = strings.TrimRight(t.text, " ")
			s.add(" ")
		}
		return
	}
}

// meeting is what becomes of two marks that meet: the first one or the second
// one alone; pairs that are not listed both stay. Two equal marks are one.
var meeting = map[[2]byte]byte{
	{'!', '.'}: '!', {'!', ':'}: '!', {'?', '.'}: '?', {'?', ':'}: '?',
	{':', '!'}: '!', {':', '?'}: '?', {':', '.'}: ':',
	{';', '!'}: '!', {';', '?'}: '?', {';', ':'}: ';', {';', '.'}: ';',
}

func isMark(c byte) bool { return strings.IndexByte(".,:;!?", c) >= 0 }

// settle brings punctuation in order where two texts meet.
func (s *stream) settle() {
	s.meet(false)
	s.meet(true)
}

// meet goes through all pairs of neighbouring texts: those without quotation
// marks between them, or those with a closing one.
func (s *stream) meet(quoted bool) {
	before, closed, opened := -1, false, false
	for k := range s.tokens {
		t := &s.tokens[k]
		switch t.kind {
		case tOpenQuote:
			opened = true
		case tCloseQuote:
			closed = true
		case tOpenDisplay, tCloseDisplay:
			before = -1
		case tText:
			if t.text == "" {
				continue
			}
			if before >= 0 && !opened && closed == quoted && (t.origin == nil || t.origin != s.tokens[before].origin) {
				if quoted {
					s.meetQuote(&s.tokens[before], t)
				} else {
					meetPlain(&s.tokens[before], t)
				}
			}
			if t.text != "" {
				before, closed, opened = k, false, false
			}
		}
	}
	if quoted && before >= 0 && closed && !s.words.punctuation {
		s.tokens = append(s.tokens, token{kind: tText})
		s.meetQuote(&s.tokens[before], &s.tokens[len(s.tokens)-1])
	}
}

// meetPlain settles marks and blanks between two texts.
func meetPlain(a, b *token) {
	for a.text != "" && b.text != "" {
		last, next := a.text[len(a.text)-1], b.text[0]
		switch {
		case last == ' ' && next == ' ':
			b.text = b.text[1:]
		case strings.HasSuffix(a.text, "\u00a0") && next == ' ':
			b.text = b.text[1:]
		case !isMark(last) || !isMark(next):
			return
		case last == next:
			b.text = b.text[1:]
		default:
			keep, ok := meeting[[2]byte{last, next}]
			if !ok {
				return
			}
			if !a.asIs {
				a.text = a.text[:len(a.text)-1] + string(keep)
			}
			b.text = b.text[1:]
		}
	}
}

// meetQuote settles marks on both sides of closing quotation marks: where the
// locale sets punctuation inside, full stop and comma move in, and otherwise
// comma, colon and semicolon move out.
func (s *stream) meetQuote(a, b *token) {
	if s.words.punctuation {
		for b.text != "" {
			last, next := a.text[len(a.text)-1], b.text[0]
			keep, merges := meeting[[2]byte{last, next}]
			switch {
			case !isMark(next):
				return
			case last == next, merges && keep == last:
				b.text = b.text[1:]
			case next == ':' || next == ';':
				return
			case merges:
				a.text = a.text[:len(a.text)-1] + string(keep)
				b.text = b.text[1:]
			default:
				a.text += string(next)
				b.text = b.text[1:]
			}
		}
		return
	}
	if last := a.text[len(a.text)-1]; len(a.text) > 1 && (last == ',' || last == ';' || last == ':') {
		a.text = a.text[:len(a.text)-1]
		if b.text == "" || b.text[0] != last {
			b.text = string(last) + b.text
		}
	}
	if b.text != "" && a.text != "" {
		last, next := a.text[len(a.text)-1], b.text[0]
		keep, merges := meeting[[2]byte{last, next}]
		if isMark(next) && (last == next || merges && keep == last) {
			b.text = b.text[1:]
		}
	}
}

// write turns a tree into text of a format.
func (w *words) write(n *node, out Format) string {
	if n.empty() {
		return ""
	}
	s := &stream{words: w, tokens: make([]token, 0, 64)}
	s.node(n)
	s.settle()
	var b strings.Builder
	m := &marker{b: &b, out: out, words: w}
	for k := range s.tokens {
		m.token(&s.tokens[k])
	}
	return b.String()
}

// marker writes tokens and knows what is open.
type marker struct {
	b     *strings.Builder
	out   Format
	words *words
	look  []format
	ends  []string
	depth int // of quotation marks

	margin bool // a first field was just closed
}

func (m *marker) current() format {
	if len(m.look) == 0 {
		return format{}
	}
	return m.look[len(m.look)-1]
}

func (m *marker) token(t *token) {
	switch t.kind {
	case tText:
		if m.margin && m.out == Text {
			t.text = strings.TrimLeft(t.text, " ")
			m.b.WriteByte(' ')
		}
		m.margin = false
		m.out.text(m.b, t.text)
	case tOpenQuote:
		m.b.WriteString(m.words.quotes[m.quote(t)][0])
		m.depth++
	case tCloseQuote:
		if m.depth > 0 {
			m.depth--
		}
		m.b.WriteString(m.words.quotes[m.quote(t)][1])
	case tOpenDisplay:
		m.b.WriteString(m.out.openDisplay(t.text))
	case tCloseDisplay:
		m.b.WriteString(m.out.closeDisplay(t.text))
		m.margin = t.text == "left-margin"
	case tOpen:
		m.open(t)
	case tClose:
		if k := len(m.look) - 1; k >= 0 {
			m.b.WriteString(m.ends[k])
			m.look, m.ends = m.look[:k], m.ends[:k]
		}
	}
}

// quote says whether the outer or the inner marks are due: they alternate, and
// curly single marks of a field stay single at the outside.
func (m *marker) quote(t *token) int {
	if m.depth == 0 && t.single {
		return 1
	}
	return m.depth % 2
}

// open starts a look. The return to plain text is said only where there is
// something to return from, and the same markup again inside a field turns back.
func (m *marker) open(t *token) {
	now := m.current()
	next := now
	var end string
	for k := len(t.format) - 1; k >= 0; k-- {
		v := t.format[k]
		switch {
		case v == 0:
			continue
		case v == plain && now[k] <= plain:
			continue
		case t.inField && v == now[k] && k != fAlign:
			v = plain
		}
		next[k] = v
		opening, closing := m.out.look(k, v)
		m.b.WriteString(opening)
		end = closing + end
	}
	m.look = append(m.look, next)
	m.ends = append(m.ends, end)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
