package xmltree

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// Printer writes the parts of a document in their order. What it was told to write
// is kept until there is some of it; the error of the writer is kept for Flush.
type Printer struct {
	w    io.Writer
	b    bytes.Buffer
	open bool // a start tag waits for its end
	err  error
}

// NewPrinter makes a printer that writes to w.
func NewPrinter(w io.Writer) *Printer { return &Printer{w: w} }

// most is how many bytes wait at most, but for one run of characters.
const most = 64 << 10

// Start begins an element.
func (p *Printer) Start(name string) {
	p.close()
	p.b.WriteByte('<')
	p.b.WriteString(name)
	p.open = true
}

// Attribute gives the element that was just begun an attribute.
func (p *Printer) Attribute(name, value string) {
	p.b.WriteByte(' ')
	p.b.WriteString(name)
	p.b.WriteString(`="`)
	escape(&p.b, value, true)
	p.b.WriteByte('"')
}

// End ends the element of that name. Without a name it ends the one that was just
// begun and has nothing in it.
func (p *Printer) End(name string) {
	if name == "" {
		p.b.WriteString("/>")
		p.open = false
		return
	}
	p.close()
	p.b.WriteString("</")
	p.b.WriteString(name)
	p.b.WriteByte('>')
	if p.b.Len() > most {
		_ = p.Flush()
	}
}

// Characters writes characters so that a reader gets the same ones back.
func (p *Printer) Characters(s string) {
	p.close()
	escape(&p.b, s, false)
}

// Raw writes what is XML already: a declaration, a document type, a line break.
func (p *Printer) Raw(s string) {
	p.close()
	p.b.WriteString(s)
}

// Line begins a line between elements. Indentation ends at a depth at which it
// would be most of the file.
func (p *Printer) Line(depth int) {
	p.close()
	p.b.WriteByte('\n')
	for range min(depth, 20) {
		p.b.WriteByte(' ')
	}
}

func (p *Printer) close() {
	if p.open {
		p.b.WriteByte('>')
		p.open = false
	}
}

// Flush writes what waits and returns the first error of the writer.
func (p *Printer) Flush() error {
	p.close()
	if p.err == nil {
		_, p.err = p.w.Write(p.b.Bytes())
	}
	p.b.Reset()
	return p.err
}

// through writes what a function writes, after what waits.
func (p *Printer) through(write func(w io.Writer) error) {
	if p.Flush() == nil {
		p.err = write(p.w)
	}
}

// escape writes characters so that a reader gets the same ones back. Those that
// XML 1.0, section 2.2, has no way to write become U+FFFD.
func escape(b *bytes.Buffer, s string, attribute bool) {
	from := 0
	valid := utf8.ValidString(s)
	for i := 0; i < len(s); {
		if c := s[i]; plain[c] || valid && c >= utf8.RuneSelf && c != beforeNone {
			i++
			continue
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if instead := escaped(r, size, attribute); instead != "" {
			b.WriteString(s[from:i])
			b.WriteString(instead)
			from = i + size
		}
		i += size
	}
	b.WriteString(s[from:])
}

// plain are the bytes that stand for themselves wherever they are.
var plain = func() (is [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		is[c] = !strings.ContainsRune(`&<>"`, c)
	}
	return is
}()

// beforeNone is the first byte of the characters beyond ASCII that may be none of XML:
// U+FFFE and U+FFFF.
const beforeNone = 0xEF

// escaped is what stands for a character that cannot stand as it is, or "".
func escaped(r rune, size int, attribute bool) string {
	switch {
	case r > '>' && r < 0xFFFD:
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '"' && attribute:
		return "&quot;"
	case r == '\r':
		return "&#xD;"
	case r == '\n' && attribute:
		return "&#xA;"
	case r == '\t' && attribute:
		return "&#x9;"
	case r == '\n' || r == '\t':
	case r < ' ', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && size == 1:
		return "\uFFFD"
	}
	return ""
}
