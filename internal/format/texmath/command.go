package texmath

import (
	"html"
	"strconv"
	"strings"
)

// command reads what a command stands for. Its name has been read.
func (p *parser) command(name string) atom {
	key := name[1:]
	if s, ok := letters[key]; ok {
		if p.face == "" || p.face == "italic" {
			if strings.Contains(uprights, " "+key+" ") || s >= "Α" && s <= "Ω" {
				return atom{markup: upright(s)}
			}
			return atom{markup: mi(s)}
		}
		return atom{markup: letter(s, p.face)}
	}
	if s, ok := operators[key]; ok {
		if fences[s] {
			return atom{markup: `<mo stretchy="false">` + html.EscapeString(s) + "</mo>"}
		}
		return atom{markup: mo(s)}
	}
	if s, ok := large[key]; ok {
		limits := 2
		if strings.HasSuffix(key, "int") {
			limits = 0
		}
		return atom{markup: mo(s), limits: limits}
	}
	if s, ok := functions[key]; ok {
		limits := 0
		if strings.Contains(limited, " "+key+" ") {
			limits = 2
		}
		return atom{markup: mi(s), limits: limits, name: true}
	}
	if s, ok := accents[key]; ok {
		return atom{markup: accented(p.argument(), s)}
	}
	if width, ok := spaces[key]; ok {
		return atom{markup: space(width)}
	}
	if face, ok := faces[key]; ok {
		outer := p.face
		p.face = face
		markup := p.argument()
		p.face = outer
		return atom{markup: markup}
	}
	if variant, ok := texts[key]; ok {
		return atom{markup: p.text(p.raw(), variant)}
	}
	if size, ok := sizes[strings.TrimRight(key, "lrm")]; ok {
		return atom{markup: sized(p.delimiter(), size)}
	}
	return p.structure(name)
}

// structure reads a command with arguments of its own kind.
func (p *parser) structure(name string) atom {
	one := func(markup string) atom { return atom{markup: markup} }
	switch name {
	case `\frac`, `\cfrac`:
		return one(element("mfrac", p.argument()+p.argument()))
	case `\dfrac`:
		return one(`<mstyle displaystyle="true">` + element("mfrac", p.argument()+p.argument()) + "</mstyle>")
	case `\tfrac`:
		return one(`<mstyle displaystyle="false">` + element("mfrac", p.argument()+p.argument()) + "</mstyle>")
	case `\binom`, `\dbinom`, `\tbinom`:
		return one(infix(`\choose`, p.argument(), p.argument()))
	case `\sqrt`:
		if degree, ok := p.option(); ok && strings.TrimSpace(degree) != "" {
			return one(element("mroot", p.argument()+element("mrow", p.inside(degree))))
		}
		return one(element("msqrt", p.argument()))
	case `\left`:
		return one(p.fenced())
	case `\begin`:
		return one(p.environment(p.raw()))
	case `\overset`, `\stackrel`:
		above := p.argument()
		return one(element("mover", p.argument()+above))
	case `\underset`:
		below := p.argument()
		return one(element("munder", p.argument()+below))
	case `\overline`, `\bar`:
		return one(accented(p.argument(), "¯"))
	case `\underline`, `\underbar`:
		return one(`<munder accentunder="true">` + p.argument() + mo("_") + "</munder>")
	case `\overbrace`:
		return atom{markup: element("mover", p.argument()+mo("⏞")), limits: 1}
	case `\underbrace`:
		return atom{markup: element("munder", p.argument()+mo("⏟")), limits: 1}
	case `\xrightarrow`, `\xleftarrow`, `\xleftrightarrow`:
		return one(p.arrow(map[string]string{`\xrightarrow`: "→", `\xleftarrow`: "←", `\xleftrightarrow`: "↔"}[name]))
	case `\substack`:
		return one(p.inside(p.raw()))
	case `\operatorname`, `\operatornamewithlimits`, `\mathop`:
		return p.operator(name)
	case `\mathrel`, `\mathbin`, `\mathord`, `\mathopen`, `\mathclose`, `\mathpunct`, `\mathinner`, `\ensuremath`, `\smash`, `\mathstrut`:
		if name == `\mathstrut` {
			return atom{}
		}
		return one(p.argument())
	case `\phantom`, `\hphantom`, `\vphantom`:
		return one(element("mphantom", p.argument()))
	case `\boxed`, `\fbox`:
		return one(`<menclose notation="box">` + p.argument() + "</menclose>")
	case `\cancel`:
		return one(`<menclose notation="updiagonalstrike">` + p.argument() + "</menclose>")
	case `\not`:
		return one(negated(p.argument()))
	case `\hspace`, `\mspace`, `\hskip`, `\kern`, `\mkern`:
		return one(p.width(name))
	case `\pmod`:
		return one(element("mrow", space("1em")+mo("(")+mi("mod")+space("0.333em")+p.argument()+mo(")")))
	case `\label`, `\vspace`:
		p.accept("*")
		p.raw()
		return atom{}
	case `\tag`:
		p.accept("*")
		return one(space("2em") + p.text("("+p.raw()+")", ""))
	case `\nonumber`, `\notag`, `\hfill`, `\noindent`, `\strut`, `\relax`, `\allowbreak`, `\hline`, `\/`:
		return atom{}
	}
	fail("the command is not known:", name)
	return atom{}
}

// operator reads the name of a function that the formula makes itself.
func (p *parser) operator(name string) atom {
	limits := 0
	if name != `\operatorname` || p.accept("*") {
		limits = 2
	}
	if name == `\mathop` {
		return atom{markup: p.argument(), limits: limits}
	}
	outer := p.face
	p.face = "normal"
	markup := p.argument()
	p.face = outer
	return atom{markup: markup, limits: limits, name: true}
}

func accented(base, mark string) string {
	if mark == "⃗" {
		mark = "→"
	}
	return `<mover accent="true">` + base + mo(mark) + "</mover>"
}

// negated strikes a relation through.
func negated(markup string) string {
	end := strings.LastIndex(markup, "</mo>")
	if end < 0 {
		if end = strings.LastIndex(markup, "</mi>"); end < 0 {
			fail("only a relation can be negated:", `\not`)
		}
	}
	return markup[:end] + "\u0338" + markup[end:]
}

// arrow reads the words above and below a stretching arrow.
func (p *parser) arrow(arrow string) string {
	below, ok := p.option()
	base := `<mo stretchy="true">` + arrow + "</mo>"
	if ok && strings.TrimSpace(below) != "" {
		under := element("mrow", p.inside(below))
		return element("munderover", base+under+p.argument())
	}
	return element("mover", base+p.argument())
}

// width reads a length: in em, mu (1/18 em) or points (1/10 em).
func (p *parser) width(name string) string {
	source := ""
	if name == `\hspace` || name == `\mspace` {
		p.accept("*")
		source = p.raw()
	} else {
		for p.at < len(p.in) && strings.IndexByte(" -+.0123456789", p.in[p.at]) >= 0 {
			source += p.in[p.at : p.at+1]
			p.at++
		}
		unit := p.next()
		source += unit + p.next()
	}
	source = strings.ReplaceAll(source, " ", "")
	cut := len(source)
	for cut > 0 && (source[cut-1] < '0' || source[cut-1] > '9') && source[cut-1] != '.' {
		cut--
	}
	n, err := strconv.ParseFloat(source[:cut], 64)
	factor, ok := units[source[cut:]]
	if err != nil || !ok || n > 100 || n < -100 {
		fail("the length is not understood:", source)
	}
	return space(strconv.FormatFloat(n*factor, 'f', -1, 32) + "em")
}

var units = map[string]float64{"em": 1, "ex": 0.43, "mu": 1.0 / 18, "pt": 0.1, "mm": 0.285, "cm": 2.85, "in": 7.2, "pc": 1.2}

// text reads words; formulas among them stand between dollar signs.
func (p *parser) text(source, variant string) string {
	var b strings.Builder
	parts := strings.Split(strings.ReplaceAll(source, `\$`, "\uFDD0"), "$")
	if len(parts)%2 == 0 {
		fail("a formula among words is not closed:", source)
	}
	for i, part := range parts {
		part = strings.ReplaceAll(part, "\uFDD0", "$")
		switch {
		case part == "":
		case i%2 == 1:
			b.WriteString(p.inside(part))
		default:
			b.WriteString("<mtext>" + html.EscapeString(faced(spoken(part), variant)) + "</mtext>")
		}
	}
	if strings.Count(b.String(), "<mtext>") == 1 && len(parts) == 1 {
		return b.String()
	}
	return element("mrow", b.String())
}

// spoken is the words of a text: blanks at its ends stay, escapes are their
// characters.
func spoken(s string) string {
	s = escapes.Replace(s)
	if at := strings.IndexAny(s, `\{}`); at >= 0 {
		fail("words with commands are not understood:", s[at:])
	}
	s = strings.NewReplacer("~", "\u00A0", "\n", " ", "\t", " ", "\r", " ").Replace(s)
	trimmed := strings.Join(strings.Fields(s), " ")
	if trimmed == "" {
		return "\u00A0"
	}
	if s[0] == ' ' {
		trimmed = "\u00A0" + trimmed
	}
	if s[len(s)-1] == ' ' {
		trimmed += "\u00A0"
	}
	return trimmed
}

var escapes = strings.NewReplacer(`\%`, "%", `\&`, "&", `\_`, "_", `\#`, "#", `\ `, " ", `\,`, "\u2009", "---", "—", "--", "–", "``", "“", "''", "”", `\-`, "",
	`{`, "", `}`, "")
