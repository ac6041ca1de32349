// Package texmath turns formulas of TeX into MathML: the mathematics of plain
// TeX, LaTeX and amsmath as articles use it. The result is within MathML Core
// (https://www.w3.org/TR/mathml-core/) apart from the alignment of columns:
// styled letters are those of Unicode's mathematical alphabets.
//
//	markup, err := texmath.Convert(`\frac{a}{b}`, false)
//	// <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>
//
// A formula is converted as a whole or not at all: a command that is not known
// is an error that names it, so that nothing is shown which its author did not
// write. Macros are not expanded and nothing is laid out.
package texmath

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Bounds of one formula.
const (
	maxLength = 64 << 10 // bytes of TeX
	maxDepth  = 60       // of groups in groups
)

// An Error says what in a formula is not understood.
type Error struct {
	Command string // as written: `\foo`, `{`
	Why     string
}

func (e *Error) Error() string { return strings.TrimSpace("TeX: " + e.Why + " " + e.Command) }

// Convert gives the formula as one math element. tex is the formula without or
// with its delimiters ($…$, $$…$$, \(…\), \[…\]); display says that it stands
// on a line of its own. The error is an *Error.
func Convert(tex string, display bool) (mathml string, err error) {
	if len(tex) > maxLength {
		return "", &Error{Why: "the formula is too long", Command: fmt.Sprintf("(%d bytes)", len(tex))}
	}
	if at := strings.IndexFunc(tex, unwritable); at >= 0 {
		return "", &Error{Why: "the formula has a character that XML cannot hold", Command: fmt.Sprintf("(at byte %d)", at)}
	}
	p := &parser{in: strings.TrimSpace(undelimited(tex))}
	defer func() {
		if e, ok := recover().(*Error); ok {
			mathml, err = "", e
		} else if e != nil {
			panic(e)
		}
	}()
	body := p.lines("")
	if body == "" {
		return "", &Error{Why: "the formula is empty"}
	}
	attribute := ""
	if display {
		attribute = ` display="block"`
	}
	return "<math" + attribute + ">" + body + "</math>", nil
}

// unwritable are the characters that XML 1.0, section 2.2, does not have, and
// what is no UTF-8.
func unwritable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF
}

// undelimited is the formula itself.
func undelimited(s string) string {
	s = strings.TrimSpace(s)
	for _, d := range [...][2]string{{"$$", "$$"}, {"$", "$"}, {`\[`, `\]`}, {`\(`, `\)`}} {
		if len(s) >= len(d[0])+len(d[1]) && strings.HasPrefix(s, d[0]) && strings.HasSuffix(s, d[1]) {
			return s[len(d[0]) : len(s)-len(d[1])]
		}
	}
	return s
}

// fail stops the conversion; Convert recovers.
func fail(why, command string) {
	if len(command) > 60 {
		command = command[:60]
	}
	panic(&Error{Why: why, Command: strings.ToValidUTF8(command, "")})
}

// element writes an element around markup.
func element(name, inner string) string {
	return "<" + name + ">" + inner + "</" + name + ">"
}

func mo(s string) string { return element("mo", html.EscapeString(s)) }
func mi(s string) string { return element("mi", html.EscapeString(s)) }

// upright is a letter that is not slanted as a variable.
func upright(s string) string {
	if len([]rune(s)) == 1 {
		return `<mi mathvariant="normal">` + html.EscapeString(s) + "</mi>"
	}
	return mi(s)
}

func space(width string) string { return `<mspace width="` + width + `"></mspace>` }

// row is markup as one element.
func row(parts []atom) string {
	if len(parts) == 1 {
		return parts[0].markup
	}
	return "<mrow>" + joined(parts) + "</mrow>"
}

func joined(parts []atom) string {
	var b strings.Builder
	for i := range parts {
		b.WriteString(parts[i].markup)
	}
	return b.String()
}
