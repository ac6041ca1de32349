package jats

import (
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"
)

// tag makes an element for the writer.
func tag(name string, kids ...*elem) *elem {
	e := &elem{name: name}
	return e.add(kids...)
}

// run makes a run of characters.
func run(s string) *elem { return &elem{text: s} }

// say makes an element that holds characters, nil for none.
func say(name, s string) *elem {
	if s == "" {
		return nil
	}
	return tag(name, run(s))
}

// add appends the children that are not nil.
func (e *elem) add(kids ...*elem) *elem {
	for _, k := range kids {
		if k != nil {
			e.kids = append(e.kids, k)
		}
	}
	return e
}

// set gives an attribute a value, unless that is empty. The name has its
// prefix: "xlink:href".
func (e *elem) set(name, value string) *elem {
	if e == nil || value == "" {
		return e
	}
	return e.force(name, value)
}

// force is set for values that may be empty.
func (e *elem) force(name, value string) *elem {
	if name == "xlink:href" {
		value = anyURI(value)
	}
	space, local, prefixed := strings.Cut(name, ":")
	if !prefixed {
		space, local = "", name
	}
	e.attr = append(e.attr, xml.Attr{Name: xml.Name{Space: space, Local: local}, Value: value})
	return e
}

// anyURI escapes what no address may have (RFC 3986, section 2), so that the
// address stays the same and the attribute is valid.
func anyURI(s string) string {
	if !strings.ContainsAny(s, " <>\"{}|\\^`[]%#\n\t\r") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		hex := func(at int) bool { return at < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[at]) >= 0 }
		switch {
		case c <= ' ' || strings.IndexByte("<>\"{}|\\^`[]", c) >= 0,
			c == '%' && !(hex(i+1) && hex(i+2)),
			c == '#' && strings.Contains(s[:i], "#"):
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Namespaces of an article: XLink 1.0, MathML 3, NISO Access and License
// Indicators 1.0.
const (
	doctype = `<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN" "JATS-journalpublishing1-3-mathml3.dtd">`
	spaces  = ` xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"`
)

// printer writes a tree as XML. White space is added between elements only
// where the content model has no words.
type printer struct {
	b strings.Builder
}

// print writes a whole document.
func (p *printer) print(w io.Writer, root *elem) error {
	p.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + doctype + "\n")
	p.element(root, 0, "")
	p.b.WriteByte('\n')
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (p *printer) element(e *elem, depth int, prefix string) {
	if e.name == "" {
		p.b.WriteString(escape(e.text, false))
		return
	}
	switch e.name {
	case "math":
		prefix = "mml:"
	case "license_ref", "free_to_read":
		prefix = "ali:"
	}
	name := prefix + e.name
	p.b.WriteString("<" + name)
	if depth == 0 {
		p.b.WriteString(spaces)
	}
	for _, a := range e.attr {
		p.b.WriteByte(' ')
		if a.Name.Space != "" {
			p.b.WriteString(a.Name.Space + ":")
		}
		p.b.WriteString(a.Name.Local + `="` + escape(a.Value, true) + `"`)
	}
	if len(e.kids) == 0 {
		p.b.WriteString("/>")
		return
	}
	p.b.WriteByte('>')
	apart := prefix == "" && wordless(e.name)
	for _, k := range e.kids {
		if apart {
			p.line(depth + 1)
		}
		p.element(k, depth+1, prefix)
	}
	if apart {
		p.line(depth)
	}
	p.b.WriteString("</" + name + ">")
}

// line begins a line. Indentation ends at a depth at which it would be most
// of the file.
func (p *printer) line(depth int) {
	p.b.WriteByte('\n')
	for range min(depth, 20) {
		p.b.WriteByte(' ')
	}
}

// escape writes characters so that a reader gets the same ones back. Those
// that XML 1.0, section 2.2, has no way to write become U+FFFD.
func escape(s string, attribute bool) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '&' || c == '<' || c == '>' || c == '"' || c >= 0x80 {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"' && attribute:
			b.WriteString("&quot;")
		case r == '\r':
			b.WriteString("&#xD;")
		case r == '\n' && attribute:
			b.WriteString("&#xA;")
		case r == '\t' && attribute:
			b.WriteString("&#x9;")
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
