package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/pid"
)

// faces are the inline elements that are a node of the same meaning.
var faces = map[string]article.Kind{
	"italic": article.Italic, "bold": article.Bold, "underline": article.Underline, "strike": article.Strike,
	"sc": article.SmallCaps, "monospace": article.Monospace, "sub": article.Sub, "sup": article.Sup,
	"i": article.Italic, "b": article.Bold, "u": article.Underline, "em": article.Italic, "strong": article.Bold,
	"tt": article.Monospace, "q": article.Quote,
}

// spans are inline elements that only set a run apart; the value is the
// attribute that says how, "" for the element's own name.
var spans = map[string]string{
	"named-content": "content-type", "styled-content": "style-type", "overline": "", "roman": "", "sans-serif": "", "target": "",
	"abbrev": "", "related-object": "", "related-article": "", "product": "",
}

// pieces are the elements that mark the parts of a citation, of a name or of
// an address inside running text. Their words belong to the text; what they
// say of it is read where the record has a place for it.
var pieces = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`
		name string-name name-alternatives surname given-names prefix suffix person-group collab anonymous etal role degrees
		article-title chapter-title source trans-source trans-title part-title issue-title data-title series
		year month day season era date date-in-citation access-date time-stamp
		volume issue fpage lpage page-range elocation-id volume-id issue-id volume-series issue-part supplement
		edition version size publisher-name publisher-loc conf-name conf-loc conf-date conf-sponsor conf-acronym conf-num
		comment annotation isbn issn patent std std-organization gov pub-id object-id article-id
		institution institution-wrap institution-id addr-line city state country postal-code phone fax x`) {
		set[name] = true
	}
	return set
}()

// node reads what stands at one place: a run of characters, an inline element
// or a block. It is several nodes where the element itself has no kind.
func (d *decoder) node(e *elem) []article.Node {
	if e.name == "" {
		e.took = true
		return []article.Node{article.Str(e.text)}
	}
	if e.kind() == wrapping {
		return d.unwrapped(e)
	}
	lang, dir := e.lang(), e.dir()
	if dir != "" {
		nodes := d.inLanguage(e, lang)
		if len(nodes) == 1 && nodes[0].Kind != article.Text {
			nodes[0].Dir = dir
		}
		return nodes
	}
	return d.inLanguage(e, lang)
}

// inLanguage reads an element whose language is lang; what it makes says so
// where that is not the language around it.
func (d *decoder) inLanguage(e *elem, lang string) []article.Node {
	if lang == "" || lang == d.here {
		return d.plainNode(e)
	}
	outer := d.here
	d.here = lang
	nodes := d.plainNode(e)
	d.here = outer
	switch {
	case len(nodes) == 1 && nodes[0].Kind != article.Text:
		nodes[0].Lang = lang
	case len(nodes) > 0 && inline(nodes):
		return []article.Node{{Kind: article.Foreign, Lang: lang, Kids: nodes}}
	default:
		for i := range nodes {
			if nodes[i].Lang == "" {
				nodes[i].Lang = lang
			}
		}
	}
	return nodes
}

// plainNode is node without regard to the language.
func (d *decoder) plainNode(e *elem) []article.Node {
	if kind, ok := faces[e.name]; ok {
		e.took = true
		return []article.Node{{Kind: kind, ID: e.id(), Kids: d.kids(e)}}
	}
	if attribute, ok := spans[e.name]; ok {
		switch kind := e.at("style-type"); {
		case e.name == "named-content" && e.at("content-type") == quotation:
			e.took = true
			return []article.Node{{Kind: article.Quote, ID: e.id(), Kids: d.kids(e)}}
		case kind == lineBreak || kind == lineRule:
			e.took = true
			return []article.Node{{Kind: article.LineBreak, Role: strings.TrimPrefix(kind, lineBreak)}}
		}
		return []article.Node{d.span(e, attribute)}
	}
	if pieces[e.name] {
		return d.piece(e)
	}
	switch e.name {
	case "xref":
		e.took = true
		return []article.Node{{Kind: article.Cross, ID: e.id(), Target: targets(e.at("rid")), Role: e.typed("ref-type"), Kids: d.kids(e)}}
	case "ext-link", "uri", "self-uri", "inline-supplementary-material", "a":
		return []article.Node{d.link(e)}
	case "email":
		e.took = true
		return []article.Node{{Kind: article.Link, Target: "mailto:" + e.peek(), Kids: d.kids(e)}}
	case "break":
		e.took = true
		return []article.Node{{Kind: article.LineBreak}}
	case "hr":
		e.took = true
		return []article.Node{{Kind: article.LineBreak, Role: "rule"}}
	case "inline-formula", "chem-struct", "math", "tex-math":
		return []article.Node{d.formula(e, article.InlineMath)}
	case "inline-graphic":
		return []article.Node{d.image(e, article.InlineImage)}
	case "fn":
		return []article.Node{d.note(e)}
	case "ruby":
		return []article.Node{d.ruby(e)}
	case "element-citation", "mixed-citation", "nlm-citation", "citation":
		return []article.Node{d.inlineCitation(e)}
	}
	return d.block(e)
}

// Values of content-type and style-type that stand for what JATS has no element
// for at that place.
const (
	quotation = "quotation"
	lineBreak = "break"
	lineRule  = "breakrule"
)

// targets are identifiers as the record has them, with blanks between.
func targets(rid string) string {
	list := strings.Fields(rid)
	for i := range list {
		list[i] = fromName(list[i])
	}
	return strings.Join(list, " ")
}

// kids reads what is inside an element, as it comes.
func (d *decoder) kids(e *elem) []article.Node {
	if len(e.kids) == 0 {
		return nil
	}
	nodes := make([]article.Node, 0, len(e.kids))
	for _, k := range e.kids {
		if k.name == "" {
			k.took = true
			nodes = append(nodes, article.Str(k.text))
			continue
		}
		nodes = append(nodes, d.node(k)...)
	}
	return nodes
}

// mixed reads the content of a block that holds words, and blocks among them.
func (d *decoder) mixed(e *elem) []article.Node { return tidy(d.kids(e)) }

// flow reads the content of a block that holds blocks; words that stand
// directly in it become paragraphs.
func (d *decoder) flow(e *elem) []article.Node { return wrap(tidy(d.kids(e))) }

func (d *decoder) span(e *elem, attribute string) article.Node {
	n := article.Node{Kind: article.Foreign, ID: e.id(), Role: e.name}
	if attribute != "" {
		n.Role = e.at(attribute)
	}
	e.took = true
	if def := e.child("def"); def != nil && e.name == "abbrev" {
		n.Alt = def.line()
	}
	n.Alt = first(n.Alt, e.at("alt"))
	var kids []article.Node
	for _, k := range e.kids {
		if k.name != "def" || e.name != "abbrev" {
			kids = append(kids, d.node(k)...)
		}
	}
	if target := d.address(e); target != "" && e.name != "named-content" {
		kids = []article.Node{{Kind: article.Link, Target: target, Kids: kids}}
	}
	n.Kids = kids
	return n
}

func (d *decoder) link(e *elem) article.Node {
	e.took = true
	n := article.Node{Kind: article.Link, ID: e.id(), Target: d.address(e), Kids: d.kids(e)}
	if e.name == "inline-supplementary-material" {
		n.Role = "supplementary-material"
	}
	text := e.peek()
	if n.Target == "" && (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.Contains(text, " ") {
		n.Target = text
	}
	if text == "" && len(n.Kids) == 0 && n.Target != "" {
		n.Kids = []article.Node{article.Str(n.Target)}
	}
	return n
}

// address is where an element with an XLink attribute leads. A bare DOI gets
// its resolver and a host without a scheme gets one.
func (d *decoder) address(e *elem) string {
	href := e.href()
	if strings.ContainsAny(href, "\n\r\t") {
		href = strings.Join(strings.Fields(href), "") // broken over lines
	}
	if scheme, rest, ok := strings.Cut(href, "://"); ok {
		href = scheme + "://" + strings.TrimLeft(rest, " ")
	}
	switch kind := e.at("ext-link-type"); {
	case href == "":
		return ""
	case kind == "doi", strings.HasPrefix(href, "info:doi/"), strings.HasPrefix(href, "doi:"), strings.HasPrefix(href, "10."):
		if doi, ok := pid.DOI(href); ok {
			return "https://doi.org/" + doi
		}
	case strings.HasPrefix(href, "https://doi.org/") && strings.Contains(href, "%"):
		if doi, ok := pid.DOI(href); ok {
			return "https://doi.org/" + doi
		}
	case strings.HasPrefix(href, "www."):
		return "http://" + href
	case kind == "email" && !strings.HasPrefix(href, "mailto:"):
		return "mailto:" + href
	}
	return href
}

// piece is a part of a citation or of a name in running text. Where the source
// marks the parts and writes no words between them, a blank divides them, and
// commas divide people.
func (d *decoder) piece(e *elem) []article.Node {
	e.took = true
	if len(e.kids) == 0 {
		if e.name == "etal" {
			return []article.Node{article.Str("et al.")}
		}
		return nil
	}
	switch e.name {
	case "pub-id", "object-id":
		if doi, ok := pid.DOI(e.peek()); ok && e.at("pub-id-type") == "doi" {
			return []article.Node{{Kind: article.Link, Target: "https://doi.org/" + doi, Kids: d.kids(e)}}
		}
	case "name", "person-group", "institution-wrap", "date":
		if !e.hasText() {
			divider := " "
			if e.name == "person-group" {
				divider = ", "
			}
			return d.divided(e, divider)
		}
	}
	return d.kids(e)
}

// divided reads the elements inside e with a divider between them.
func (d *decoder) divided(e *elem, divider string) []article.Node {
	var nodes []article.Node
	before := ""
	for _, k := range e.kids {
		if k.name == "" {
			k.took = true
			continue
		}
		part := d.node(k)
		if len(part) == 0 {
			continue
		}
		plain := article.Plain(part)
		if len(nodes) > 0 && !(divider == " " && ideographic(before, plain)) {
			nodes = append(nodes, article.Str(divider))
		}
		nodes = append(nodes, part...)
		before = plain
	}
	return nodes
}

func (d *decoder) ruby(e *elem) article.Node {
	n := article.Node{Kind: article.Ruby, ID: e.id()}
	e.took = true
	for _, k := range e.kids {
		switch k.name {
		case "rt":
			n.Source += k.line()
		case "rp":
			k.takeAll()
		case "rb":
			k.took = true
			n.Kids = append(n.Kids, d.kids(k)...)
		default:
			n.Kids = append(n.Kids, d.node(k)...)
		}
	}
	return n
}
