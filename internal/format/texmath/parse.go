package texmath

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An atom is one element of a row.
type atom struct {
	markup string
	limits int  // 1: scripts above and below, 2: only in display
	name   bool // the name of a function, set apart from what follows
}

// lines reads up to a closing token; lines divided by \\ are rows of a table.
func (p *parser) lines(end string) string {
	first := p.row(end)
	if p.peek() != `\\` && p.peek() != `\cr` {
		return p.finish(first, end)
	}
	rows := []string{joined(first)}
	for p.accept(`\\`) || p.accept(`\cr`) {
		p.option()
		rows = append(rows, joined(p.row(end)))
	}
	p.finish(nil, end)
	var b strings.Builder
	for _, r := range rows {
		if r != "" {
			b.WriteString("<mtr><mtd>" + r + "</mtd></mtr>")
		}
	}
	return element("mtable", b.String())
}

func (p *parser) finish(parts []atom, end string) string {
	if got := p.next(); got != end {
		if got == "" {
			fail("the formula ends before", end)
		}
		fail("there is no place for", got)
	}
	if end == "" {
		return joined(parts)
	}
	return row(parts)
}

// row reads atoms up to what ends a row; it takes nothing of that.
func (p *parser) row(end string) []atom {
	var parts []atom
	for {
		switch token := p.peek(); token {
		case "", "}", "&", `\\`, `\cr`, `\right`, `\middle`, `\end`:
			return parts
		case end:
			return parts
		case `\over`, `\atop`, `\choose`:
			p.next()
			return []atom{{markup: infix(token, row(parts), row(p.row(end)))}}
		case `\displaystyle`, `\textstyle`, `\scriptstyle`, `\scriptscriptstyle`:
			p.next()
			return append(parts, atom{markup: `<mstyle ` + styles[token] + ">" + joined(p.row(end)) + "</mstyle>"})
		case `\rm`, `\bf`, `\it`, `\cal`, `\sf`, `\tt`, `\mit`:
			p.next()
			outer := p.face
			p.face = switches[token]
			parts = append(parts, p.row(end)...)
			p.face = outer
			return parts
		}
		parts = p.scripted(parts)
	}
}

func infix(command, above, below string) string {
	switch command {
	case `\over`:
		return element("mfrac", above+below)
	case `\atop`:
		return `<mfrac linethickness="0">` + above + below + "</mfrac>"
	}
	return element("mrow", mo("(")+`<mfrac linethickness="0">`+above+below+"</mfrac>"+mo(")"))
}

// scripted reads an atom with its scripts and appends it.
func (p *parser) scripted(parts []atom) []atom {
	var base atom
	switch p.peek() {
	case "^", "_", "'":
		base = atom{markup: "<mrow></mrow>"} // {}^2: a script of nothing
	default:
		base = p.atom()
	}
	sub, sup := "", ""
	for {
		switch token := p.peek(); token {
		case `\limits`, `\nolimits`, `\displaylimits`:
			p.next()
			base.limits = map[string]int{`\limits`: 1, `\displaylimits`: 2}[token]
			continue
		case "_":
			p.next()
			if sub != "" {
				fail("there are two subscripts:", "_")
			}
			sub = p.argument()
			continue
		case "^":
			p.next()
			if sup != "" && !strings.Contains(sup, "′") {
				fail("there are two superscripts:", "^")
			}
			if sup != "" {
				sup = element("mrow", sup+p.argument())
			} else {
				sup = p.argument()
			}
			continue
		case "'", "’":
			if sup != "" {
				fail("there are two superscripts:", "'")
			}
			sup = mo(p.primes())
			continue
		}
		break
	}
	if base.markup == "" {
		return parts
	}
	out := base
	out.markup = scripts(base, sub, sup)
	parts = append(parts, out)
	if base.name && p.apart() {
		parts = append(parts, atom{markup: space("0.1667em")})
	}
	return parts
}

// primes reads a run of primes.
func (p *parser) primes() string {
	n := 0
	for p.peek() == "'" || p.peek() == "’" {
		p.next()
		n++
	}
	if n <= 4 {
		return []string{"′", "″", "‴", "⁗"}[n-1]
	}
	return strings.Repeat("′", n)
}

// apart reports whether a blank divides the name of a function from what
// follows it.
func (p *parser) apart() bool {
	switch p.peek() {
	case "", "}", "&", `\\`, "(", "[", "{", `\left`, `\right`, `\bigl`, `\Bigl`, `\big`, `\Big`, ")", "]", ",", ".", `\,`, "=", "+", "-", "/", `\end`:
		return false
	}
	return true
}

func scripts(base atom, sub, sup string) string {
	if sub == "" && sup == "" {
		return base.markup
	}
	under, over, both := "msub", "msup", "msubsup"
	if base.limits > 0 {
		under, over, both = "munder", "mover", "munderover"
	}
	switch {
	case sup == "":
		return element(under, base.markup+sub)
	case sub == "":
		return element(over, base.markup+sup)
	}
	return element(both, base.markup+sub+sup)
}

// argument reads one argument as one element.
func (p *parser) argument() string {
	if p.accept("{") {
		p.depth++
		p.bound()
		outer := p.face
		markup := p.lines("}")
		p.face = outer
		p.depth--
		return markup
	}
	a := p.atom()
	if a.markup == "" {
		fail("an argument is missing before", p.peek())
	}
	return a.markup
}

// atom reads one character, group or command.
func (p *parser) atom() atom {
	token := p.peek()
	switch {
	case token == "":
		fail("the formula ends where an argument is due", "")
	case token == "{":
		return atom{markup: p.argument()}
	case token[0] == '\\':
		p.next()
		return p.command(token)
	}
	r, size := utf8.DecodeRuneInString(token)
	switch {
	case r == utf8.RuneError && size == 1, r == '}', r == '&', r == '$', r == '#', r == '^', r == '_':
		fail("there is no place for", token)
	case r >= '0' && r <= '9' || r == '.' && p.digitNext():
		return atom{markup: element("mn", faced(p.number(), p.face))}
	case unicode.IsLetter(r):
		return atom{markup: p.letters()}
	}
	p.next()
	switch token {
	case "~":
		return atom{markup: space("0.333em")}
	case "-":
		token = "−"
	case "*":
		token = "∗"
	case "`":
		token = "‘"
	}
	if fences[token] {
		return atom{markup: `<mo stretchy="false">` + html.EscapeString(token) + "</mo>"}
	}
	return atom{markup: mo(token)}
}

func (p *parser) digitNext() bool {
	return p.at+1 < len(p.in) && p.in[p.at+1] >= '0' && p.in[p.at+1] <= '9'
}

// number reads digits with a decimal point between them.
func (p *parser) number() string {
	start := p.at
	for p.at < len(p.in) && (p.in[p.at] >= '0' && p.in[p.at] <= '9' || p.in[p.at] == '.' && p.digitNext()) {
		p.at++
	}
	return p.in[start:p.at]
}

// letters reads a variable, or a word where the alphabet is one of words.
func (p *parser) letters() string {
	word := p.next()
	if words[p.face] {
		for p.at < len(p.in) {
			r, size := utf8.DecodeRuneInString(p.in[p.at:])
			if !unicode.IsLetter(r) {
				break
			}
			word += p.in[p.at : p.at+size]
			p.at += size
		}
	}
	return letter(word, p.face)
}

// letter is a word in an alphabet.
func letter(word, face string) string {
	switch s := faced(word, face); {
	case face == "normal":
		return upright(s)
	case s == word && face != "" && face != "italic":
		return upright(s) // the alphabet does not have it
	default:
		return mi(s)
	}
}
