package landing

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// inlineTags are the elements that records carry inside titles and abstracts.
var inlineTags = map[string]article.Kind{
	"i": article.Italic, "em": article.Italic, "italic": article.Italic,
	"b": article.Bold, "strong": article.Bold, "bold": article.Bold,
	"sub": article.Sub, "inf": article.Sub, "sup": article.Sup,
	"u": article.Underline, "underline": article.Underline, "sc": article.SmallCaps, "tt": article.Monospace,
}

// richText makes a text of a string that may hold inline elements. Markup that
// embraces all of it says nothing and is left out, as are elements that are
// not known, with their text kept.
func richText(lang, s string) journal.Text {
	if !strings.Contains(s, "<") || !strings.Contains(s, ">") {
		return journal.T(lang, s)
	}
	nodes, marked := inline(s)
	t := journal.Text{Lang: lang, Plain: article.Printed(nodes)}
	if marked && !embraced(nodes) {
		t.Rich = nodes
	}
	if !strings.Contains(s, "\n") {
		t.Plain = clean(t.Plain)
	}
	return t
}

// inline parses s into nodes; unbalanced end tags are text no more, open
// elements end with s. Depth is bounded by merging equal nested elements.
func inline(s string) (nodes []article.Node, marked bool) {
	const maxDepth = 16
	type open struct {
		kind article.Kind
		kids []article.Node
	}
	stack := []open{{}}
	var text strings.Builder // of the node that is being read
	flush := func() {
		if text.Len() > 0 {
			top := &stack[len(stack)-1]
			top.kids = append(top.kids, article.Str(text.String()))
			text.Reset()
		}
	}
	closeTop := func() {
		flush()
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if len(top.kids) > 0 {
			parent := &stack[len(stack)-1]
			parent.kids = append(parent.kids, article.Node{Kind: top.kind, Kids: top.kids})
		}
	}
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			text.WriteString(s)
			break
		}
		if i > 0 {
			text.WriteString(s[:i])
		}
		name, end, rest, isTag := cutTag(s[i:])
		kind, known := inlineTags[name]
		switch {
		case !isTag:
			text.WriteByte('<')
			rest = s[i+1:]
		case name == "br":
			text.WriteByte(' ')
		case known && !end && len(stack) < maxDepth:
			marked = true
			flush()
			stack = append(stack, open{kind: kind})
		case known && end:
			for j := len(stack) - 1; j > 0; j-- {
				if stack[j].kind == kind {
					for len(stack) > j {
						closeTop()
					}
					break
				}
			}
		}
		s = rest
	}
	for len(stack) > 1 {
		closeTop()
	}
	flush()
	return stack[0].kids, marked
}

// cutTag reads a tag at the start of s. A less-than sign before anything but a
// short name and ">" is no tag.
func cutTag(s string) (name string, end bool, rest string, ok bool) {
	close := strings.IndexByte(s[:min(len(s), 64)], '>')
	if close < 2 {
		return "", false, "", false
	}
	body := s[1:close]
	body, end = strings.CutPrefix(body, "/")
	name = strings.ToLower(strings.TrimSuffix(body, "/"))
	if i := strings.IndexByte(name, ' '); i > 0 {
		name = name[:i]
	}
	if name == "" {
		return "", false, "", false
	}
	for _, c := range name {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '_') {
			return "", false, "", false
		}
	}
	return name, end, s[close+1:], true
}

// embraced: every character of the text stands inside a marked node of the top.
func embraced(nodes []article.Node) bool {
	kind := article.Kind("")
	for _, n := range nodes {
		switch {
		case n.Kind == article.Text && strings.TrimSpace(n.Text) == "":
		case n.Kind == article.Text || kind != "" && n.Kind != kind:
			return false
		default:
			kind = n.Kind
		}
	}
	return kind != article.Italic || len(nodes) == 1
}
