package citeproc

import (
	"fmt"
	"strings"
)

// kind of an instruction, one for every rendering element of the standard.
type kind uint8

const (
	kGroup kind = iota // cs:group, and cs:layout, cs:macro, cs:if … as bodies
	kChoose
	kVariable // cs:text with variable
	kMacro    // cs:text with macro
	kTerm     // cs:text with term
	kValue    // cs:text with value
	kNumber
	kLabel
	kDate
	kNames
)

// instruction is a compiled rendering element.
type instruction struct {
	kind
	format                    format
	prefix, suffix, delimiter string
	textCase                  textCase
	quotes, stripPeriods      bool
	display                   string

	variable string // of text, number, label, date
	form     string // of text, number, label, date
	value    string // the literal text or the name of the term
	plural   string // of label and term
	macro    *macro // of a text
	kids     []*instruction
	branches []branch // of choose
	date     *dateSpec
	names    *namesSpec
}

// branch is cs:if, cs:else-if or cs:else (no tests).
type branch struct {
	match string // all, any, none
	tests []test
	body  []*instruction
}

// test is one value of one condition; of a type or a locator, which an item has
// only one of, all that would do.
type test struct {
	what   string // type, variable, is-numeric …
	values []string
}

func (t *test) value() string {
	if len(t.values) == 0 {
		return ""
	}
	return t.values[0]
}

// compiler turns elements into instructions.
type compiler struct {
	style   *Style
	sources map[string]*element
	err     error

	allNames []*namesSpec
	around   *namesSpec // whose substitute is compiled
}

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// macro compiles a macro once. A macro that is reached from itself is an error:
// it would never end.
func (c *compiler) macro(name string) *macro {
	if m, ok := c.style.macros[name]; ok {
		if m.state == compiling {
			c.fail("the macro %q calls itself", name)
		}
		return m
	}
	m := &macro{name: name, state: compiling}
	c.style.macros[name] = m
	source, ok := c.sources[name]
	if !ok {
		c.fail("there is no macro %q", name)
		m.body = &instruction{}
	} else {
		outer := c.around
		c.around = nil
		m.body = &instruction{kids: c.children(source)}
		c.around = outer
	}
	m.state = compiled
	return m
}

func (c *compiler) children(e *element) []*instruction {
	var out []*instruction
	for _, k := range e.kids {
		if i := c.instruction(k); i != nil {
			out = append(out, i)
		}
	}
	return out
}

func (c *compiler) layout(e *element) *instruction {
	i := common(e)
	i.kids = c.children(e)
	return i
}

// common reads the attributes that many elements share.
func common(e *element) *instruction {
	a := e.attr
	return &instruction{
		format: readFormat(a), prefix: a["prefix"], suffix: a["suffix"], delimiter: a["delimiter"],
		textCase: readCase(a["text-case"]), quotes: a["quotes"] == "true",
		stripPeriods: a["strip-periods"] == "true", display: a["display"],
		variable: a["variable"], form: a["form"], plural: a["plural"],
	}
}

func (c *compiler) instruction(e *element) *instruction {
	switch e.name {
	case "text":
		return c.text(e)
	case "number":
		i := common(e)
		i.kind = kNumber
		return i
	case "label":
		i := common(e)
		i.kind = kLabel
		return i
	case "group":
		i := common(e)
		i.kids = c.children(e)
		return i
	case "choose":
		return c.choose(e)
	case "date":
		i := common(e)
		i.kind = kDate
		i.date = readDate(e)
		return i
	case "names":
		return c.names(e, c.around)
	}
	return nil
}

func (c *compiler) text(e *element) *instruction {
	i := common(e)
	a := e.attr
	switch {
	case i.variable != "":
		i.kind = kVariable
		if i.variable == "year-suffix" || i.variable == "citation-label" {
			c.style.usesSuffix = true
		}
		if i.variable == "citation-number" {
			c.style.usesNumber = true
		}
	case a["macro"] != "":
		i.kind = kMacro
		i.macro = c.macro(a["macro"])
	case a["term"] != "":
		i.kind = kTerm
		i.value = a["term"]
	default:
		i.kind = kValue
		i.value = a["value"]
	}
	return i
}

// conditions in a fixed order, so that a style behaves the same every time.
var conditions = []string{"disambiguate", "is-numeric", "is-uncertain-date", "locator", "position", "type", "variable"}

func (c *compiler) choose(e *element) *instruction {
	out := &instruction{kind: kChoose}
	for _, k := range e.kids {
		b := branch{match: k.attr["match"]}
		switch k.name {
		case "if", "else-if":
			for _, what := range conditions {
				value, ok := k.attr[what]
				if !ok {
					continue
				}
				if what == "disambiguate" && value == "true" {
					c.style.usesCondition = true
				}
				words := strings.Fields(value)
				switch {
				case len(words) == 0:
					b.tests = append(b.tests, test{what: what})
				case what == "type" || what == "locator": // an item has one of them
					b.tests = append(b.tests, test{what, words})
				default:
					for k := range words {
						b.tests = append(b.tests, test{what, words[k : k+1]})
					}
				}
			}
			if len(b.tests) == 0 {
				b.tests = []test{{}} // never true
			}
		case "else":
		default:
			continue
		}
		b.body = c.children(k)
		out.branches = append(out.branches, b)
	}
	return out
}
