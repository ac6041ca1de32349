package render

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/article"
	"offprint/internal/script"
)

// family is how the anchors of a kind begin, and the words that sources begin
// their ids of that kind with: "fig1", "F1" and "figure-1" are all fig-1.
type family struct {
	prefix string
	also   []string
}

var families = map[article.Kind]family{
	article.Section: {"s-", []string{"section", "sec", "s"}}, article.Appendix: {"s-", []string{"appendix", "app", "sec", "s"}},
	article.Acknowledged: {"s-", []string{"s"}}, article.Glossary: {"s-", []string{"s"}}, article.NoteList: {"s-", nil},
	article.Figure: {"fig-", []string{"figure", "fig", "f"}}, article.FigureGroup: {"fig-", []string{"figure", "fig", "f"}},
	article.TableWrap: {"table-", []string{"table", "tbl", "tab", "t"}}, article.Table: {"table-", []string{"table", "tbl", "tab", "t"}},
	article.Math: {"eq-", []string{"equation", "equ", "eqn", "eq", "e", "m"}}, article.InlineMath: {"eq-", []string{"equation", "equ", "eqn", "eq", "e", "m"}},
	article.Box: {"box-", []string{"boxed-text", "box", "bx", "b"}}, article.Statement: {"st-", []string{"statement", "stat", "st"}},
	article.Footnote: {"fn-", []string{"footnote", "fn", "n"}}, article.Supplementary: {"file-", []string{"supplementary", "suppl", "supp", "sup", "sd", "s"}},
	article.Media: {"media-", []string{"media", "m"}},
}

// headed kinds have an anchor also without an id of the source: from their
// title or number.
func anchored(n *article.Node) bool {
	switch n.Kind {
	case article.Section, article.Appendix, article.Acknowledged, article.Glossary, article.Figure, article.TableWrap,
		article.Footnote, article.Supplementary:
		return true
	case article.NoteList:
		return titleOf(n) != nil
	case article.Math:
		return n.Label != ""
	}
	return false
}

// assign gives anchors to the nodes that need one, in the order of the text.
func (d *drawer) assign(nodes []article.Node) { d.assignIn(nodes, true) }

// assignIn: running says that paragraphs here are those of the running text,
// not of a cell, a note or a caption.
func (d *drawer) assignIn(nodes []article.Node, running bool) {
	for i := range nodes {
		n := &nodes[i]
		words := running && n.Kind == article.Paragraph && n.Role == ""
		if n.ID != "" || words || anchored(n) {
			anchor := d.unique(anchor(n))
			d.given[n] = anchor
			if n.ID != "" && d.anchors[n.ID] == "" {
				d.anchors[n.ID] = anchor
				d.targets[n.ID] = n
			}
		}
		inside := running && (n.Kind == article.Section || n.Kind == article.Appendix || n.Kind == article.Acknowledged || n.Kind == article.BlockQuote)
		d.assignIn(n.Kids, inside)
	}
}

// digest is eight letters made of the words of a node: case, white space and
// marks of notes do not change it.
func digest(n *article.Node) string {
	text := article.Plain(n.Kids)
	words, gap := make([]byte, 0, len(text)), false
	for _, r := range text { // one pass: every paragraph of a text comes here
		if unicode.IsSpace(r) {
			gap = len(words) > 0
			continue
		}
		if gap {
			words, gap = append(words, ' '), false
		}
		words = utf8.AppendRune(words, unicode.ToLower(r))
	}
	if len(words) == 0 {
		return ""
	}
	sum := sha256.Sum256(words)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
}

func anchor(n *article.Node) string {
	f, ok := families[n.Kind]
	if !ok {
		f.prefix = "p-"
	}
	if n.Kind == article.Paragraph {
		if s := digest(n); s != "" {
			return f.prefix + s
		}
	}
	if n.ID != "" {
		if s := fragment(n.ID); s != "" {
			return f.prefix + f.strip(s)
		}
	}
	if t := titleOf(n); t != nil && f.prefix == "s-" {
		if s := script.Slug(article.Plain(t.Kids), 48); s != "" {
			return f.prefix + s
		}
	}
	if s := fragment(n.Label); s != "" {
		return f.prefix + f.strip(s)
	}
	switch n.Kind {
	case article.Acknowledged, article.Glossary, article.Appendix:
		return f.prefix + string(n.Kind)
	}
	return strings.TrimSuffix(f.prefix, "-")
}

// strip takes off the word for the kind where a number follows it.
func (f family) strip(s string) string {
	for _, word := range f.also {
		rest, ok := strings.CutPrefix(s, word)
		if !ok {
			continue
		}
		if rest = strings.TrimLeft(rest, "-_"); rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return rest
		}
	}
	return s
}

// fragment is an id in the letters that need no escaping in addresses and in
// style sheets.
func fragment(id string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			b.WriteRune(r)
		case r < 0x80:
			b.WriteByte('-')
		default:
			return script.Slug(id, 80)
		}
		if b.Len() > 80 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// unique makes an anchor unlike those already given.
func (d *drawer) unique(s string) string {
	s = d.opt.Prefix + s
	out := s
	for i := max(2, d.again[s]); d.used[out]; i++ {
		out = s + "-" + strconv.Itoa(i)
		d.again[s] = i + 1
	}
	d.used[out] = true
	return out
}
