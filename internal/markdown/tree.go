package markdown

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/bidi"

	"offprint/internal/locale"
	"offprint/internal/script"
)

var tableKind = tables.KindTable

// reader changes the tree between parsing and drawing: it takes the title out,
// puts headings into order, and looks at every link.
type reader struct {
	source  []byte
	options Options
	doc     *Document
	ids     map[string]int // how often
	failed  error
	line    int // where the walk is
	counted int // bytes before it
}

// Transform implements parser.ASTTransformer.
func (r *reader) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	if r.tooDeep(root) {
		r.failed = tooDeep()
		return
	}
	r.title(root)
	var links []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		r.where(n)
		switch n := n.(type) {
		case *ast.Link, *ast.Image, *ast.AutoLink:
			if r.refused(n) {
				links = append(links, n)
			}
		case *ast.RawHTML, *ast.HTMLBlock:
			r.problem("HTML is not taken and will be shown as text: write Markdown instead")
		case *tables.TableCell:
			class := map[tables.Alignment]string{tables.AlignRight: "end", tables.AlignCenter: "center"}[n.Alignment]
			if class != "" {
				n.SetAttributeString("class", []byte(class))
			}
			r.direct(n)
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			r.direct(n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range links {
		unwrap(n, r.source)
	}
	r.headings(root)
}

func (r *reader) tooDeep(root ast.Node) bool {
	depth, deep := 0, false
	_ = ast.Walk(root, func(_ ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > deepest {
			deep = true
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return deep
}

// where keeps the line of what the walk has come to, for problems.
func (r *reader) where(n ast.Node) {
	at := -1
	switch n := n.(type) {
	case *ast.RawHTML:
		at = n.Segments.At(0).Start
	case *ast.Text:
		at = n.Segment.Start
	case *ast.Link, *ast.Image:
		if first, ok := n.FirstChild().(*ast.Text); ok {
			at = first.Segment.Start
		}
	default:
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
	}
	if at < 0 || at > len(r.source) {
		return
	}
	if at < r.counted { // footnotes come after what follows them
		r.line, r.counted = 0, 0
	}
	if r.line == 0 {
		r.line = 1
	}
	r.line += bytes.Count(r.source[r.counted:at], []byte("\n"))
	r.counted = at
}

func (r *reader) problem(what string) {
	const most = 100
	if len(r.doc.Problems) < most {
		r.doc.Problems = append(r.doc.Problems, Problem{Line: max(r.line, 1), What: what})
	}
}

// title takes the heading out that the text begins with, when it is the only
// one of the first level.
func (r *reader) title(root *ast.Document) {
	first, ok := root.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return
	}
	for n := first.NextSibling(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			return
		}
	}
	r.doc.Title = plain(first, r.source)
	root.RemoveChild(root, first)
}

// headings shifts the levels so that the highest is h2 and none is left out
// (WCAG 2.2, technique G141), and gives every heading an address.
func (r *reader) headings(root ast.Node) {
	var all []*ast.Heading
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			all = append(all, h)
		}
		return ast.WalkContinue, nil
	})
	highest := 6
	for _, h := range all {
		highest = min(highest, h.Level)
	}
	last := 1
	for _, h := range all {
		h.Level = min(h.Level-highest+2, last+1, 6)
		last = h.Level
		words := plain(h, r.source)
		id := r.id(words)
		h.SetAttributeString("id", []byte(id))
		r.doc.Contents = append(r.doc.Contents, Heading{ID: id, Text: words, Level: h.Level})
	}
}

// id is an address within the page that no other part of it has: ids of the
// page itself do not begin with s-.
func (r *reader) id(words string) string {
	base := r.options.Prefix + "s-" + script.Slug(words, 60)
	if strings.HasSuffix(base, "s-") {
		base += "section"
	}
	id := base
	for r.ids[id] > 0 {
		r.ids[base]++
		id = base + "-" + strconv.Itoa(r.ids[base])
	}
	r.ids[id]++
	return id
}

// refused reports whether a link or picture leads where no reader can go, and
// notes it.
func (r *reader) refused(n ast.Node) bool {
	var target string
	switch n := n.(type) {
	case *ast.Link:
		target = string(n.Destination)
	case *ast.Image:
		target = string(util.ResolveNumericReferences(util.ResolveEntityNames(n.Destination)))
		if Link(target) && !external(target) {
			return false
		}
		r.problem("the picture " + strconv.Quote(target) + " stands on another site: pages load nothing from elsewhere, so only its words are shown")
		return true
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkEmail {
			return false
		}
		target = string(n.URL(r.source))
	}
	// A reference to a character is one when the address is drawn.
	drawn := string(util.ResolveNumericReferences(util.ResolveEntityNames([]byte(target))))
	if Link(target) && Link(drawn) {
		return false
	}
	r.problem("the link to " + strconv.Quote(target) + " is left out: write https://…, mailto:… or an address of this site that begins with / or #")
	return true
}

// Link reports whether an address may be linked from a page: http, https,
// mailto, or without scheme and host.
func Link(target string) bool {
	u, err := url.Parse(target)
	if err != nil || strings.ContainsAny(target, "\\\t\n\r") {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	case "":
		return u.Host == "" && target != ""
	}
	return false
}

func external(target string) bool {
	u, err := url.Parse(target)
	return err != nil || u.Scheme != ""
}

// unwrap puts what a link says in the place of the link.
func unwrap(n ast.Node, source []byte) {
	parent := n.Parent()
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.ReplaceChild(parent, n, ast.NewString([]byte(escape(string(auto.Label(source))))))
		return
	}
	for kid := n.FirstChild(); kid != nil; kid = n.FirstChild() {
		n.RemoveChild(n, kid)
		parent.InsertBefore(parent, n, kid)
	}
	parent.RemoveChild(parent, n)
}

// escape: a String is drawn as it is.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// plain is the text of a node without its marks.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// direct says the direction of a block whose first strong letter runs against
// the language of the text (Unicode Standard Annex #9, rules P2 and P3).
func (r *reader) direct(n ast.Node) {
	own := locale.Direction(r.options.Lang)
	switch is := direction(plain(n, r.source)); {
	case is == "" || is == own:
	case n.Kind() == ast.KindTextBlock: // it has no element of its own
		if n.Parent() != nil && n.Parent().Kind() == ast.KindListItem {
			n.Parent().SetAttributeString("dir", []byte(is))
		}
	default:
		n.SetAttributeString("dir", []byte(is))
	}
}

func direction(s string) string {
	for len(s) > 0 {
		p, n := bidi.LookupString(s)
		switch p.Class() {
		case bidi.L:
			return "ltr"
		case bidi.R, bidi.AL:
			return "rtl"
		}
		s = s[max(n, 1):]
	}
	return ""
}
