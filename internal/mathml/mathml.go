// Package mathml knows which MathML may stand in a page. It holds the list of
// allowed elements and attributes (presentation MathML 3, without links,
// actions, events and embedded foreign markup) and rewrites a formula for
// browsers, which implement MathML Core (https://www.w3.org/TR/mathml-core/):
// fences become operators and styled letters become the letters of Unicode's
// mathematical alphabets.
//
//	markup, ok := mathml.Clean("<math><mfenced><mi>x</mi></mfenced></math>")
//	// <math><mrow><mo fence="true">(</mo><mi>x</mi><mo fence="true">)</mo></mrow></math>
//
// Nothing is copied from its input: every element and attribute is written
// anew, and characters are escaped. It must not evaluate or lay out anything.
package mathml

import (
	"encoding/xml"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
)

// maxDepth bounds the nesting of a formula.
const maxDepth = 150

// tokens are the elements that hold characters, containers those that hold
// elements only.
var (
	tokens     = set("mi mo mn mtext ms")
	containers = set(`math mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup msubsup munder mover
		munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr mspace maligngroup malignmark semantics`)
	attributes = set(`accent accentunder align columnalign columnlines columnspacing columnspan depth dir display displaystyle
		fence form frame height largeop linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation
		rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width open close separators
		bevelled numalign denomalign lquote rquote`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// Token reports whether an element holds characters: mi, mo, mn, mtext, ms.
func Token(element string) bool { return tokens[element] }

// Allowed reports whether an element may stand in a formula.
func Allowed(element string) bool { return tokens[element] || containers[element] }

// Attribute reports whether an attribute may stand in a formula. Values are
// lengths, numbers, keywords and a few characters; anything longer or with a
// character that starts markup or an address is refused.
func Attribute(name, value string) bool {
	return attributes[name] && len(value) <= 64 && !strings.ContainsAny(value, "<>&\"'`\\;/") && !strings.Contains(value, "(:")
}

// Clean reads a formula, <math>…</math>, and writes what is allowed of it in
// the form that browsers draw. Elements that are not allowed are left out with
// all that they contain. It is false for what is not one well-formed formula.
func Clean(markup string) (string, bool) {
	c := cleaner{}
	dec := xml.NewDecoder(strings.NewReader(markup))
	dec.Entity = xml.HTMLEntity
	for {
		tok, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil || !c.token(tok) {
			return "", false
		}
	}
	return c.out.String(), c.roots == 1 && len(c.open) == 0
}

type cleaner struct {
	out   strings.Builder
	open  []frame
	roots int
}

// frame is an open element.
type frame struct {
	name    string
	tag     string // as written, "" inside what is left out
	variant string
	fence   *fence
	void    bool // nothing of the content is written
	// attributes are those that it has already.
	attributes []string
	// room is a length that the element is wider than its content.
	room string
}

// fence is what an mfenced writes between its children and at its end.
type fence struct {
	close      string
	separators []rune
	children   int
}

func (c *cleaner) token(tok xml.Token) bool {
	switch t := tok.(type) {
	case xml.StartElement:
		return c.start(t)
	case xml.EndElement:
		if len(c.open) == 0 || c.open[len(c.open)-1].name != t.Name.Local {
			return false
		}
		f := c.open[len(c.open)-1]
		c.open = c.open[:len(c.open)-1]
		if f.tag == "" {
			return true
		}
		if f.fence != nil {
			c.operator(f.fence.close, "fence")
		}
		if f.room != "" {
			c.out.WriteString(`<mspace width="` + f.room + `"></mspace>`)
		}
		c.out.WriteString("</" + f.tag + ">")
	case xml.CharData:
		if len(c.open) == 0 {
			return strings.TrimSpace(string(t)) == ""
		}
		if f := c.open[len(c.open)-1]; tokens[f.tag] && !f.void {
			c.out.WriteString(escaped(styled(string(t), f.variant)))
		}
	case xml.Directive:
		return false
	}
	return true
}

func (c *cleaner) start(t xml.StartElement) bool {
	name := t.Name.Local
	if len(c.open) == 0 {
		if c.roots++; name != "math" || c.roots > 1 {
			return false
		}
	}
	if len(c.open) >= maxDepth {
		return false
	}
	f := frame{name: name}
	var parent frame
	if len(c.open) > 0 {
		parent = c.open[len(c.open)-1]
		f.void = parent.void || tokens[parent.tag]
	}
	if f.void = f.void || !Allowed(name) || name == "math" && len(c.open) > 0; f.void {
		c.open = append(c.open, f)
		return true
	}
	if parent.fence != nil {
		c.separate(parent.fence)
	}
	f.tag = name
	if name == "mfenced" {
		f.tag = "mrow"
	}
	c.out.WriteString("<" + f.tag)
	for _, a := range t.Attr {
		c.attribute(&f, a.Name.Local, a.Value)
	}
	c.out.WriteByte('>')
	if name == "mfenced" {
		f.fence = c.fence(t.Attr)
	}
	c.open = append(c.open, f)
	return true
}

// escaped is text as it stands in markup. A carriage return can only come from
// a character reference; a parser would read it as a line feed.
func escaped(s string) string {
	return html.EscapeString(strings.ReplaceAll(s, "\r", "\n"))
}

func (c *cleaner) attribute(f *frame, name, value string) {
	value = strings.TrimSpace(value)
	switch {
	case f.name == "mfenced" || !Attribute(name, value):
		return
	case name == "open" || name == "close" || name == "separators":
		return
	case slices.Contains(f.attributes, name): // x:dir and dir are one, as prefixes are not written
		return
	}
	f.attributes = append(f.attributes, name)
	if f.name == "mpadded" && relative(name, value) {
		if name == "width" {
			f.room = wider(value)
		}
		return
	}
	if name == "mathvariant" && tokens[f.tag] {
		f.variant = value
		if value != "normal" || f.tag != "mi" {
			return // the letters themselves are changed
		}
	}
	c.out.WriteString(" " + name + `="` + escaped(value) + `"`)
}

// relative reports whether a size of mpadded is relative to that of its
// content, as in "+5pt" or "0.5width" (MathML 3, 3.3.6.2). MathML Core knows
// none of these and takes the first for 5pt: what follows would be drawn over
// the content.
func relative(name, value string) bool {
	switch name {
	case "width", "height", "depth", "lspace", "voffset":
	default:
		return false
	}
	for _, unit := range [...]string{"%", "width", "height", "depth"} {
		if strings.HasSuffix(value, unit) {
			return true
		}
	}
	return name != "lspace" && name != "voffset" && (strings.HasPrefix(value, "+") || strings.HasPrefix(value, "-"))
}

// lengths are an increment by a length.
var lengths = regexp.MustCompile(`^\+([0-9]{0,4}\.?[0-9]{1,4}(?:em|ex|px|pt|pc|mm|cm|in))$`)

// wider is the length that an increment adds, or nothing.
func wider(value string) string {
	if m := lengths.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return ""
}

func (c *cleaner) fence(attr []xml.Attr) *fence {
	opens, closes, separators := "(", ")", ","
	for _, a := range attr {
		switch a.Name.Local {
		case "open":
			opens = strings.TrimSpace(a.Value)
		case "close":
			closes = strings.TrimSpace(a.Value)
		case "separators":
			separators = a.Value
		}
	}
	c.operator(opens, "fence")
	return &fence{close: closes, separators: []rune(strings.Join(strings.Fields(separators), ""))}
}

func (c *cleaner) separate(f *fence) {
	if f.children++; f.children == 1 || len(f.separators) == 0 {
		return
	}
	c.operator(string(f.separators[min(f.children-2, len(f.separators)-1)]), "separator")
}

func (c *cleaner) operator(s, role string) {
	if s != "" && len(s) <= 16 {
		c.out.WriteString(`<mo ` + role + `="true">` + escaped(s) + `</mo>`)
	}
}
