package render

import (
	"fmt"
	"path"
	"strings"

	"offprint/internal/article"
)

// external draws a link out of the text. A target that is not an address of a
// known kind is text.
func (d *drawer) external(n *article.Node) {
	href := Address(n.Target)
	if href == "" && n.Target != "" && !strings.Contains(n.Target, ":") {
		href = d.file(n.Target)
	}
	if href == "" || d.link || d.opt.NoLinks {
		d.unlinked(n)
		return
	}
	outer := d.open("a", n, "href", href)
	d.link = true
	if len(n.Kids) == 0 {
		d.text(n.Target)
	}
	d.phrases(n.Kids)
	d.link = false
	d.shut("a", outer)
}

// unlinked draws the words of a link without the link.
func (d *drawer) unlinked(n *article.Node) {
	if len(n.Kids) == 0 && n.Kind == article.Link {
		d.text(n.Target)
	}
	if n.Lang == "" && n.Dir == "" && (d.bare || d.given[n] == "") {
		d.phrases(n.Kids)
		return
	}
	outer := d.open("span", n)
	d.phrases(n.Kids)
	d.shut("span", outer)
}

// Address is a target as it may stand in a link: an absolute http, https or
// ftp address, or a mailto. It is "" for everything else. What may not stand
// in an address (WHATWG URL, URL code points) is percent-encoded, as a browser
// would do.
func Address(target string) string {
	target = strings.TrimSpace(target)
	scheme, rest, ok := strings.Cut(target, ":")
	if !ok || strings.ContainsAny(target, "\x00\t\r\n") {
		return ""
	}
	switch {
	case web(scheme):
		host := strings.TrimLeft(rest, "/")
		name, _, _ := strings.Cut(host, "/")
		if len(rest)-len(host) != 2 || host == "" || strings.ContainsAny(host[:1], "?#:\\@") || strings.ContainsAny(name, " <>^|%") {
			return ""
		}
	case strings.EqualFold(scheme, "mailto"):
		if rest == "" {
			return ""
		}
	default:
		return ""
	}
	return scheme + ":" + encode(rest)
}

func encode(s string) string {
	var b strings.Builder
	fragment := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && !(i+2 < len(s) && hex(s[i+1]) && hex(s[i+2])),
			c == '#' && fragment, c <= ' ', c == 0x7f, strings.IndexByte("\"<>[]\\^`{|}", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		case c == '#':
			fragment = true
		}
		b.WriteByte(c)
	}
	return b.String()
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func web(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp":
		return true
	}
	return false
}

// file is the address of a file of the article, "" without one.
func (d *drawer) file(target string) string {
	if target == "" || d.opt.FileURL == nil {
		return ""
	}
	return d.opt.FileURL(target)
}

func base(target string) string {
	if target == "" {
		return ""
	}
	return path.Base(strings.TrimSuffix(target, "/"))
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// cross draws a reference to a place in the text, to a note or to an entry of
// the reference list.
func (d *drawer) cross(n *article.Node) {
	if d.link || d.opt.NoLinks {
		d.unlinked(n)
		return
	}
	var cited []string
	for _, id := range strings.Fields(n.Target) {
		if target := d.targets[id]; target != nil && !d.bare && !d.dead[id] {
			d.linked[d.anchors[id]] = id
			d.internal(n, id, target)
			return
		}
		if d.opt.RefURL == nil {
			continue
		}
		if href, _ := d.opt.RefURL(id); href != "" {
			cited = append(cited, id)
		}
	}
	if len(cited) == 0 {
		d.unlinked(n)
		return
	}
	d.cite(n, cited)
}

// internal draws a link to a node of the text.
func (d *drawer) internal(n *article.Node, id string, target *article.Node) {
	words := plainLine(n.Kids)
	if target.Kind == article.Footnote {
		d.noteLink(n, target, words)
		return
	}
	outer := d.open("a", n, "href", "#"+d.anchors[id])
	d.link = true
	if words == "" {
		d.text(first(target.Label, name(target), id))
	}
	d.phrases(n.Kids)
	d.link = false
	d.shut("a", outer)
}

// cite draws a link to the reference list. What a reader hears contains what
// others see (WCAG 2.2, 2.5.3).
func (d *drawer) cite(n *article.Node, ids []string) {
	href, label := d.opt.RefURL(ids[0])
	words := plainLine(n.Kids)
	mark := ""
	if !d.bare && d.wanted == nil {
		mark = d.place(n, href)
		d.places[mark] = n
		for _, id := range ids {
			d.cited[id] = append(d.cited[id], mark)
		}
	}
	heard := label
	switch {
	case label == "" || label == words:
		heard = ""
	case !strings.Contains(strings.ToLower(label), strings.ToLower(words)):
		heard = words + " (" + label + ")"
	}
	d.raw(`<a class="cite" href="`, escape(href), `"`)
	if mark != "" {
		d.raw(` id="`, mark, `"`)
	}
	if heard != "" {
		d.raw(` aria-label="`, escape(heard), `"`)
	}
	outer := d.lang
	d.language(n)
	d.raw(">")
	d.link = true
	if words == "" {
		d.text(first(label, ids[0]))
	}
	d.phrases(n.Kids)
	d.link = false
	d.shut("a", outer)
}

// place is the id of a spot that cites. Where a derived tree has found it, it is
// counted with those that cite the same entry, so that the ids of others stay when
// more is found.
func (d *drawer) place(n *article.Node, href string) string {
	if n.Role != article.Unmarked {
		return d.numbered("c", &d.cites)
	}
	_, entry, _ := strings.Cut(href, "#")
	entry = fragment(strings.TrimPrefix(entry, "ref-"))
	if d.found[entry] == nil {
		d.found[entry] = new(int)
	}
	return d.numbered("c-"+entry+"-", d.found[entry])
}

func plainLine(nodes []article.Node) string {
	return strings.Join(strings.Fields(article.Plain(nodes)), " ")
}
