package citeproc

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
)

// What a style or a locale may be at most. The largest official styles have
// some 5,000 elements and 200 kB.
const (
	maxBytes    = 4 << 20
	maxDepth    = 100
	maxElements = 100_000
)

// element is a node of the XML file, without comments and namespaces.
type element struct {
	name string
	attr map[string]string
	kids []*element
	text string
}

// child is the first child of that name, or nil.
func (e *element) child(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// readXML reads a whole document into memory, within the limits above.
func readXML(r io.Reader) (*element, error) {
	limited := &io.LimitedReader{R: r, N: maxBytes + 1}
	d := xml.NewDecoder(limited)
	d.Strict = true
	d.Entity = nil
	var root *element
	var open []*element
	count := 0
	for {
		token, err := d.RawToken()
		if limited.N <= 0 {
			return nil, fmt.Errorf("longer than %d bytes", maxBytes)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("no well-formed XML: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxElements {
				return nil, fmt.Errorf("more than %d elements", maxElements)
			}
			if len(open) == maxDepth {
				return nil, fmt.Errorf("elements nested deeper than %d", maxDepth)
			}
			e := &element{name: t.Name.Local, attr: attributes(t.Attr)}
			switch {
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.kids = append(parent.kids, e)
			case root != nil:
				return nil, errors.New("more than one root element")
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1].name != t.Name.Local {
				return nil, fmt.Errorf("no well-formed XML: </%s> closes nothing", t.Name.Local)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
	if root == nil {
		return nil, errors.New("no XML element")
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("no well-formed XML: <%s> is not closed", open[len(open)-1].name)
	}
	return root, nil
}

func attributes(list []xml.Attr) map[string]string {
	if len(list) == 0 {
		return nil
	}
	out := make(map[string]string, len(list))
	for _, a := range list {
		name := a.Name.Local
		if a.Name.Space != "" {
			name = a.Name.Space + ":" + name
		}
		value := strings.ReplaceAll(a.Value, "\r\n", "\n")
		if strings.Contains(value, "&#") { // escaped twice, as some published styles do
			value = html.UnescapeString(value)
		}
		out[name] = value
	}
	return out
}
