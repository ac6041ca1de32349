package texmath

import (
	"strings"
	"unicode/utf8"
)

// parser reads one formula.
type parser struct {
	in    string
	at    int
	depth int
	face  string // of letters: an alphabet, "" for the usual one
}

// blanks skips white space and comments.
func (p *parser) blanks() {
	for p.at < len(p.in) {
		switch c := p.in[p.at]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			p.at++
		case c == '%':
			end := strings.IndexByte(p.in[p.at:], '\n')
			if end < 0 {
				p.at = len(p.in)
			} else {
				p.at += end + 1
			}
		default:
			return
		}
	}
}

// peek is the next token: a character or a command with its backslash, "" at
// the end.
func (p *parser) peek() string {
	p.blanks()
	rest := p.in[p.at:]
	if rest == "" {
		return ""
	}
	if rest[0] != '\\' {
		_, n := utf8.DecodeRuneInString(rest)
		return rest[:n]
	}
	n := 1
	for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] >= 'A' && rest[n] <= 'Z') {
		n++
	}
	if n == 1 && len(rest) > 1 {
		_, size := utf8.DecodeRuneInString(rest[1:])
		n += size
	}
	return rest[:n]
}

// next takes the next token.
func (p *parser) next() string {
	token := p.peek()
	p.at += len(token)
	return token
}

// accept takes the next token if it is the one that is given.
func (p *parser) accept(token string) bool {
	if p.peek() != token {
		return false
	}
	p.next()
	return true
}

// raw is the source of an argument: what stands between braces, or one token.
func (p *parser) raw() string {
	if !p.accept("{") {
		return p.next()
	}
	start, depth := p.at, 1
	for p.at < len(p.in) {
		switch p.in[p.at] {
		case '\\':
			p.at++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s := p.in[start:p.at]
				p.at++
				return s
			}
		}
		p.at++
	}
	p.at = len(p.in)
	fail("a group is not closed:", "{"+p.in[min(start, len(p.in)):])
	return ""
}

// option is the source of an argument in brackets, "" where there is none.
func (p *parser) option() (string, bool) {
	if !p.accept("[") {
		return "", false
	}
	start, depth := p.at, 0
	for ; p.at < len(p.in); p.at++ {
		switch p.in[p.at] {
		case '{':
			depth++
		case '}':
			depth--
		case ']':
			if depth <= 0 {
				s := p.in[start:p.at]
				p.at++
				return s, true
			}
		}
	}
	fail("an argument is not closed:", "["+p.in[start:])
	return "", false
}

// inside converts source as a formula of its own, within the bounds of this.
func (p *parser) inside(source string) string {
	q := &parser{in: source, depth: p.depth + 1, face: p.face}
	q.bound()
	return q.lines("")
}

func (p *parser) bound() {
	if p.depth > maxDepth {
		fail("groups are nested too deep", "")
	}
}
