package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"

	"offprint/internal/errs"
)

const (
	maxSVG      = 16 << 20 // bytes
	maxSVGDepth = 256
	// maxSVGUse bounds the elements that are drawn when every use is followed,
	// and maxSVGChain how far one use leads to the next.
	maxSVGUse   = 2_000_000
	maxSVGChain = 1000
)

const (
	nsSVG   = "http://www.w3.org/2000/svg"
	nsXLink = "http://www.w3.org/1999/xlink"
)

// svg writes the one rendition of an SVG.
func (p *Picture) svg(data []byte) error {
	if len(data) > maxSVG {
		return errs.Newf(errs.TooLarge, "The SVG has %d MB; at most %d MB are taken.", len(data)>>20, maxSVG>>20)
	}
	out, err := CleanSVG(data)
	if err != nil {
		return err
	}
	p.Width, p.Height = out.Width, out.Height
	if out.Width == 0 {
		p.note("The SVG does not say how large it is.")
	}
	for _, what := range out.Removed {
		p.note("Left out of the SVG: %s.", what)
	}
	p.Renditions = []Rendition{{Width: out.Width, Height: out.Height, Media: SVG, Bytes: out.Bytes}}
	return nil
}

// Clean is an SVG that is safe to show.
type Clean struct {
	Bytes []byte
	// Width and Height in CSS pixels, from its width, height and viewBox (SVG
	// 2, section 7.2 and 8.12); 0 when it has none of them.
	Width, Height int
	// Removed says in words what was left out, each kind of thing once.
	Removed []string
}

// CleanSVG writes an SVG anew from the elements and attributes that are
// allowed: shapes, text, gradients, filters, and what they need. Nothing in the
// result runs, is animated, links or loads anything but embedded PNG, JPEG, GIF
// and WebP pictures. An SVG with entities or a document type of its own, one
// that is not well-formed, and one that draws itself over and over are
// errs.Invalid.
func CleanSVG(data []byte) (*Clean, error) {
	c := &cleaner{removed: map[string]bool{}, out: &Clean{}, ids: map[string]*target{}, classes: map[string][]string{}}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = charset.NewReaderLabel
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, unsound(err)
		}
		if err := c.token(tok); err != nil {
			return nil, err
		}
	}
	if !c.begun || len(c.open) > 0 {
		return nil, errs.Newf(errs.Invalid, "The SVG is not complete.")
	}
	if err := c.expand(); err != nil {
		return nil, err
	}
	c.out.Bytes = c.b.Bytes()
	return c.out, nil
}

func unsound(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && strings.Contains(syntax.Msg, "entity") {
		return errs.Newf(errs.Invalid, "The SVG uses entities (line %d), which are refused. Save it again without them, as “plain SVG”.", syntax.Line)
	}
	return errs.Newf(errs.Invalid, "The SVG is not well-formed: %v.", err)
}

// cleaner writes what it is given and allowed.
type cleaner struct {
	b       bytes.Buffer
	out     *Clean
	open    []string // elements written and not yet closed
	skip    int      // depth within what is left out
	begun   bool
	style   *strings.Builder // of the style element that is open
	removed map[string]bool
	ids     map[string]*target
	classes map[string][]string // what the style sheets refer to, by class
	root    *target
	within  []*target // of each open element, the innermost target
}

// target is an element that can be drawn again by its ID, or the root.
type target struct {
	elements int // in it, without those of its kids
	kids     []*target
	refs     []string // IDs that its elements refer to
	classes  []string // that its elements have
	cost     int      // with everything that is drawn through it; -1 while counted
}

func (c *cleaner) remove(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if !c.removed[what] && len(c.out.Removed) < 50 {
		c.removed[what] = true
		c.out.Removed = append(c.out.Removed, what)
	}
}

func (c *cleaner) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.Directive:
		// A document type that only names SVG is common and says nothing.
		if bytes.ContainsAny(t, "[") || bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
			return errs.Newf(errs.Invalid, "The SVG declares entities or a document type of its own, which is refused. Save it again without them, as “plain SVG”.")
		}
	case xml.ProcInst:
		if t.Target != "xml" {
			c.remove("the processing instruction %.40q", t.Target)
		}
	case xml.StartElement:
		return c.start(t)
	case xml.EndElement:
		c.end()
	case xml.CharData:
		c.text(t)
	}
	return nil
}

func (c *cleaner) start(t xml.StartElement) error {
	name := t.Name.Local
	switch {
	case c.skip > 0:
		c.skip++
		return nil
	case len(c.open) == 0 && (c.begun || name != "svg"):
		return errs.Newf(errs.Invalid, "This is not an SVG: its root is %.40q.", name)
	case len(c.open) >= maxSVGDepth:
		return errs.Newf(errs.Invalid, "The SVG is nested more than %d deep.", maxSVGDepth)
	case t.Name.Space != nsSVG && t.Name.Space != "" || !svgElements[name]:
		// Programs leave notes of their own; what is no SVG shows nothing.
		if t.Name.Space == nsSVG || t.Name.Space == "" {
			if name != "metadata" {
				c.remove("the element %.40q", name)
			}
		}
		c.skip = 1
		return nil
	}
	own := &target{}
	if c.root == nil {
		c.root = own
	} else {
		own = c.within[len(c.within)-1]
		if id := idOf(t.Attr); id != "" && c.ids[id] == nil {
			kid := &target{}
			own.kids = append(own.kids, kid)
			own, c.ids[id] = kid, kid
		}
	}
	own.elements++
	c.b.WriteString("<" + name)
	if !c.begun {
		c.begun = true
		c.b.WriteString(` xmlns="` + nsSVG + `" xmlns:xlink="` + nsXLink + `"`)
		c.out.Width, c.out.Height = svgSize(t.Attr)
	}
	for _, a := range t.Attr {
		c.attribute(name, a, own)
	}
	c.b.WriteByte('>')
	if name == "style" {
		c.style = &strings.Builder{}
	}
	c.open, c.within = append(c.open, name), append(c.within, own)
	return nil
}

func idOf(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Space == "" && a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

func (c *cleaner) end() {
	if c.skip > 0 {
		c.skip--
		return
	}
	if len(c.open) == 0 {
		return
	}
	name := c.open[len(c.open)-1]
	if name == "style" && c.style != nil {
		if css, ok := cleanCSS(c.style.String()); ok && c.sheet(css) {
			c.escape(css)
		} else {
			c.remove("a style sheet that loads something or cannot be read")
		}
		c.style = nil
	}
	c.b.WriteString("</" + name + ">")
	c.open, c.within = c.open[:len(c.open)-1], c.within[:len(c.within)-1]
}

func (c *cleaner) text(t []byte) {
	switch {
	case c.skip > 0 || len(c.open) == 0:
	case c.style != nil:
		c.style.Write(t)
	default:
		c.escape(string(t))
	}
}

func (c *cleaner) escape(s string) { _ = xml.EscapeText(&c.b, []byte(s)) }

// sheet notes what a style sheet refers to. It is false for one that refers to
// anything by another selector than a class alone, since nobody can tell then
// what is drawn.
func (c *cleaner) sheet(css string) bool {
	for _, rule := range strings.SplitAfter(css, "}") {
		selectors, body, _ := strings.Cut(rule, "{")
		refs := urlTargets(body)
		if len(refs) == 0 {
			continue
		}
		for _, s := range strings.Split(selectors, ",") {
			class, ok := strings.CutPrefix(strings.TrimSpace(s), ".")
			if !ok || strings.ContainsAny(class, " .:>+~[#*\t\n\r") {
				return false
			}
			if c.classes[class] = append(c.classes[class], refs...); len(c.classes[class]) > 32 {
				return false
			}
		}
	}
	return true
}

// attribute writes an attribute that is allowed. What the element refers to,
// and that it can be referred to, is kept in own.
func (c *cleaner) attribute(element string, a xml.Attr, own *target) {
	name, value := a.Name.Local, a.Value
	switch {
	case a.Name.Space == "xmlns" || name == "xmlns" && a.Name.Space == "":
		return
	case (a.Name.Space == nsXLink || a.Name.Space == "xlink") && name == "href", a.Name.Space == "" && name == "href":
		c.href(element, strings.TrimSpace(value), own)
		return
	case a.Name.Space == "http://www.w3.org/XML/1998/namespace" && (name == "space" || name == "lang"):
		c.write("xml:"+name, value)
		return
	case a.Name.Space != "":
		return // of other programs, or xlink:title and its like
	case strings.HasPrefix(strings.ToLower(name), "on"):
		c.remove("the event attribute %.40q", name)
		return
	case name == "style":
		if css, ok := cleanCSS(value); ok {
			own.refs = append(own.refs, urlTargets(css)...)
			c.write(name, css)
		} else {
			c.remove("a style that loads something or cannot be read")
		}
		return
	case !svgAttributes[name] && !strings.HasPrefix(name, "aria-") && !strings.HasPrefix(name, "data-"):
		c.remove("the attribute %.40q", name)
		return
	case !localURLs(value) || strings.Contains(strings.ToLower(value), "javascript:"):
		c.remove("the attribute %.40q, which leads outside", name)
		return
	case name == "class":
		own.classes = append(own.classes, strings.Fields(value)...)
	}
	own.refs = append(own.refs, urlTargets(value)...)
	c.write(name, value)
}

// href writes a reference within the document, or an embedded picture.
func (c *cleaner) href(element, value string, own *target) {
	switch {
	case strings.HasPrefix(value, "#") && element != "image":
		own.refs = append(own.refs, value[1:])
		c.write("xlink:href", value)
	case element == "image" && embedded(value):
		c.write("xlink:href", value)
	default:
		c.remove("a reference to %.60q", value)
	}
}

func (c *cleaner) write(name, value string) {
	c.b.WriteString(" " + name + `="`)
	c.escape(value)
	c.b.WriteByte('"')
}

// expand counts what is drawn when references are followed, so that a small
// file cannot draw for hours.
func (c *cleaner) expand() error {
	if !c.count(c.root, 0) {
		return errs.Newf(errs.Invalid, "The SVG draws a part of itself within itself, or over and over; it is refused.")
	}
	return nil
}

func (c *cleaner) count(t *target, depth int) bool {
	switch {
	case t.cost > 0:
		return true
	case t.cost < 0 || depth > maxSVGChain:
		return false
	}
	t.cost = -1
	sum := t.elements
	add := func(to *target) bool {
		if to == nil {
			return true
		}
		if !c.count(to, depth+1) {
			return false
		}
		sum += to.cost
		return sum <= maxSVGUse
	}
	for _, kid := range t.kids {
		if !add(kid) {
			return false
		}
	}
	for _, ref := range t.refs {
		if !add(c.ids[ref]) {
			return false
		}
	}
	for _, class := range t.classes {
		for _, ref := range c.classes[class] {
			if !add(c.ids[ref]) {
				return false
			}
		}
	}
	t.cost = max(sum, 1)
	return true
}

// svgSize is the size in CSS pixels that the root's attributes give.
func svgSize(attrs []xml.Attr) (width, height int) {
	var w, h, vw, vh float64
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			w = length(a.Value)
		case "height":
			h = length(a.Value)
		case "viewBox":
			if f := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' }); len(f) == 4 {
				vw, vh = length(f[2]), length(f[3])
			}
		}
	}
	switch {
	case w > 0 && h > 0:
	case w > 0 && vw > 0:
		h = w * vh / vw
	case h > 0 && vh > 0:
		w = h * vw / vh
	default:
		w, h = vw, vh
	}
	if w <= 0 || h <= 0 || w > 1e6 || h > 1e6 {
		return 0, 0
	}
	return max(1, int(math.Round(w))), max(1, int(math.Round(h)))
}

// length is a length in CSS pixels (CSS Values 3, section 6.2), or 0 for one
// that depends on where the picture stands.
func length(s string) float64 {
	s = strings.TrimSpace(s)
	factor := 1.0
	for unit, f := range map[string]float64{"px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4} {
		if n, ok := strings.CutSuffix(strings.ToLower(s), unit); ok {
			s, factor = n, f
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		return 0
	}
	return v * factor
}
