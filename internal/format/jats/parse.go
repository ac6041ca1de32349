package jats

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"

	"offprint/internal/errs"
)

// Bounds of one document. A whole issue in one file stays far below them; what
// exceeds them is made to exhaust a reader.
const (
	maxDepth    = 200
	maxElements = 1_000_000
)

// An elem is an element of the source, or a run of characters when it has no
// name. Names are local: JATS, MathML and XLink are told apart by where they
// stand, because publishers bind their prefixes as they like.
type elem struct {
	name string
	text string // of a run
	attr []xml.Attr
	kids []*elem
	// took: the record or the text holds this element; took of a run says the
	// same of its characters. What is not taken becomes a loss.
	took bool
}

// Marks around the name of an entity that nobody knows, so that it can be told
// from the same characters written out. Both are noncharacters of Unicode.
const entityOpen, entityClose = "\uFDD0", "\uFDD1"

// parser builds the tree of one document.
type parser struct {
	dec      *xml.Decoder
	root     *elem
	open     []*elem         // the path to where the parser stands
	run      strings.Builder // characters not yet in the tree
	elements int
	arena    []elem
	unknown  bool // the document uses entities that have no standard meaning
	entities map[string]int
	names    map[string]string
}

// parse reads well-formed XML in UTF-8 into a tree. It returns the names of
// the entities without a meaning with the number of their uses.
func parse(b []byte) (*elem, map[string]int, error) {
	p := &parser{dec: xml.NewDecoder(bytes.NewReader(b)), entities: map[string]int{}, names: map[string]string{}}
	p.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	p.dec.Entity, p.unknown = entitiesOf(b)
	for {
		line, column := p.dec.InputPos()
		tok, err := p.dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, p.malformed(err)
		}
		if err := p.token(tok, line, column); err != nil {
			return nil, nil, err
		}
	}
	line, column := p.dec.InputPos()
	if len(p.open) > 0 {
		return nil, nil, broken(line, column, "the file ends inside <%s>: it is cut off", p.open[len(p.open)-1].name)
	}
	if p.root == nil {
		return nil, nil, errs.Newf(errs.Invalid, "there is no XML element in the file")
	}
	return p.root, p.entities, nil
}

func (p *parser) token(tok xml.Token, line, column int) error {
	switch t := tok.(type) {
	case xml.StartElement:
		p.flush()
		return p.start(t, line, column)
	case xml.EndElement:
		if len(p.open) == 0 {
			return broken(line, column, "</%s> closes an element that was not opened", t.Name.Local)
		}
		if last := p.open[len(p.open)-1].name; last != t.Name.Local {
			return broken(line, column, "</%s> stands where </%s> is due", t.Name.Local, last)
		}
		p.flush()
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		if len(p.open) > 0 {
			p.run.Write(t)
		} else if len(bytes.TrimSpace(t)) > 0 {
			return broken(line, column, "there is text outside the root element")
		}
	}
	return nil
}

func (p *parser) start(t xml.StartElement, line, column int) error {
	p.elements++
	switch {
	case p.elements > maxElements:
		return errs.Newf(errs.TooLarge, "line %d: there are more than %d elements: split the file", line, maxElements)
	case len(p.open) >= maxDepth:
		return errs.Newf(errs.TooLarge, "line %d, column %d: elements are nested more than %d deep", line, column, maxDepth)
	case len(p.open) == 0 && p.root != nil:
		return broken(line, column, "a second root element <%s> follows the first", t.Name.Local)
	}
	e := p.make()
	e.name = p.intern(t.Name.Local)
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" && len(p.open) > 0 {
			continue
		}
		if p.unknown {
			a.Value = p.resolve(a.Value)
		}
		e.attr = append(e.attr, a)
	}
	if len(p.open) == 0 {
		p.root = e
	} else {
		parent := p.open[len(p.open)-1]
		parent.kids = append(parent.kids, e)
	}
	p.open = append(p.open, e)
	return nil
}

// flush puts the characters read so far into the tree as one run: comments and
// processing instructions do not divide text.
func (p *parser) flush() {
	if p.run.Len() == 0 || len(p.open) == 0 {
		return
	}
	s := p.run.String()
	p.run.Reset()
	if p.unknown {
		s = p.resolve(s)
	}
	run := p.make()
	run.text = s
	parent := p.open[len(p.open)-1]
	parent.kids = append(parent.kids, run)
}

func (p *parser) make() *elem {
	if len(p.arena) == 0 {
		p.arena = make([]elem, 512)
	}
	e := &p.arena[0]
	p.arena = p.arena[1:]
	return e
}

// intern keeps one string per name, so that the tree does not hold on to
// thousands of equal ones.
func (p *parser) intern(s string) string {
	if have, ok := p.names[s]; ok {
		return have
	}
	p.names[s] = s
	return s
}

// entitiesOf finds the names of the entities in b and gives each its
// characters: those of HTML 5, which contain the ISO sets that the DTDs of
// JATS declare. Declarations inside the document are never followed, so that
// no entity can grow or fetch anything. A name without a standard meaning gets
// itself between two marks.
func entitiesOf(b []byte) (table map[string]string, unknown bool) {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return table, unknown
		}
		b = b[i+1:]
		end := bytes.IndexByte(b[:min(len(b), 64)], ';')
		if end <= 0 || b[0] == '#' {
			continue
		}
		name := string(b[:end])
		switch name {
		case "amp", "lt", "gt", "quot", "apos":
			continue
		}
		if _, known := table[name]; known || strings.ContainsAny(name, " \t\r\n&<>\"'") {
			continue
		}
		if table == nil {
			table = map[string]string{}
		}
		if s := html.UnescapeString("&" + name + ";"); s != "&"+name+";" && (!strings.HasSuffix(s, ";") || name == "semi") {
			table[name] = s
			continue
		}
		table[name] = entityOpen + name + entityClose
		unknown = true
	}
}

// resolve writes entities without a meaning as they stood in the source and
// counts them.
func (p *parser) resolve(s string) string {
	if !strings.Contains(s, entityOpen) {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, entityOpen)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, entityClose)
		if !closed {
			b.WriteString(rest)
			return b.String()
		}
		p.entities[name]++
		b.WriteString("&" + name + ";")
		s = after
	}
}

func (p *parser) malformed(err error) error {
	line, column := p.dec.InputPos()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		if syntax.Msg == "unexpected EOF" && len(p.open) > 0 {
			return broken(line, column, "the file ends inside <%s>: it is cut off", p.open[len(p.open)-1].name)
		}
		return broken(line, column, "%s", syntax.Msg)
	}
	return broken(line, column, "%s", strings.TrimPrefix(err.Error(), "xml: "))
}

func broken(line, column int, format string, args ...any) error {
	at := errs.Newf(errs.Invalid, format, args...).Text
	return errs.Newf(errs.Invalid, "the XML is not well-formed at line %d, column %d: %s", line, column, at)
}
