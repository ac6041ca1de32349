package render

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"offprint/internal/article"
)

// sound checks what holds for every output: a browser's parser finds the tree
// that the tags say, there is nothing that runs, ids are unique, and links
// inside the page lead somewhere.
func sound(t testing.TB, markup string, prefixes ...string) {
	t.Helper()
	said := tagsOf(t, markup)
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	for _, n := range nodes {
		if err := html.Render(&again, n); err != nil {
			t.Fatal(err)
		}
	}
	if meant := tagsOf(t, again.String()); !slices.Equal(said, meant) {
		t.Fatalf("a browser reads\n%s\nas\n%s", markup, again.String())
	}
	ids := map[string]bool{}
	var targets []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "script", "style", "iframe", "object", "embed", "form", "base", "link", "meta", "svg":
				t.Fatalf("<%s> in %s", n.Data, markup)
			}
			for _, a := range n.Attr {
				checkAttribute(t, n.Data, a, ids, &targets)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	for _, id := range targets {
		if !ids[id] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(id, p) }) {
			t.Fatalf("a link leads to #%s, which is not there: %s", id, markup)
		}
	}
}

func checkAttribute(t testing.TB, element string, a html.Attribute, ids map[string]bool, targets *[]string) {
	t.Helper()
	switch {
	case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
		t.Fatalf("<%s %s=%q>", element, a.Key, a.Val)
	case a.Key == "id":
		if a.Val == "" || ids[a.Val] {
			t.Fatalf("id %q of <%s> is empty or not the only one", a.Val, element)
		}
		ids[a.Val] = true
	case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
		*targets = append(*targets, a.Val[1:])
	case a.Key == "href" || a.Key == "src":
		scheme, _, ok := strings.Cut(strings.ToLower(a.Val), ":")
		if !ok && !strings.HasPrefix(a.Val, "/files/") || ok && !slices.Contains([]string{"http", "https", "ftp", "mailto"}, scheme) && !strings.HasPrefix(a.Val, "/files/") {
			t.Fatalf("<%s %s=%q>", element, a.Key, a.Val)
		}
	}
}

// tagsOf are the tags of the markup in order; they must be balanced.
func tagsOf(t testing.TB, markup string) []string {
	t.Helper()
	var out, open []string
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("<%s> is not closed: %s", open[len(open)-1], markup)
			}
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			out = append(out, "<"+string(name))
			switch string(name) {
			case "br", "img", "hr":
			default:
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes nothing: %s", name, markup)
			}
			open = open[:len(open)-1]
			out = append(out, "</"+string(name))
		}
	}
}

// nasty are strings that sources hold by accident or by intent.
var nasty = []string{
	"", "x", "fig1", "s1", "F1", "1", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", " JaVaScript:alert(1)",
	"https://example.org/a?b=c&d=\"e\"", "mailto:a@example.org", "data:text/html,<b>x", "//example.org/x", "a.png", "b.tif", "../../etc/passwd",
	"&lt;", "'", "\x00", "\xff", "язык", "奥付", "ar", "ru", "video/mp4", "order", "alpha-lower", "head", "foot", "long-desc", "fn1 s1", "r1", "r2 r3",
	"<math><mi>x</mi></math>", "<math><mtext></math><script>alert(1)</script>", "<math href=\"javascript:x\"><mi>y</mi></math>", "</p></div>", "permissions", "overline",
	"ftp://example.org/x y", "rtl", "author-notes",
}

var kinds = []article.Kind{
	article.Text, article.Italic, article.Bold, article.Underline, article.Strike, article.SmallCaps, article.Monospace, article.Sub, article.Sup,
	article.Link, article.Cross, article.LineBreak, article.Quote, article.Foreign, article.InlineMath, article.InlineImage, article.Footnote, article.Ruby,
	article.Section, article.Title, article.Paragraph, article.List, article.Item, article.Definitions, article.Term, article.Definition,
	article.BlockQuote, article.Attribution, article.Verse, article.Line, article.Dialogue, article.Speech, article.Speaker, article.Code, article.Box,
	article.Figure, article.FigureGroup, article.Caption, article.Image, article.TableWrap, article.Table, article.Row, article.Cell, article.Math,
	article.Media, article.Supplementary, article.Statement, article.Appendix, article.Acknowledged, article.Glossary, article.NoteList, "unheard-of",
}

// grower makes a tree of bytes.
type grower struct{ b []byte }

func (g *grower) next(n int) int {
	if len(g.b) == 0 {
		return 0
	}
	v := int(g.b[0]) % n
	g.b = g.b[1:]
	return v
}

func (g *grower) word() string {
	if g.next(3) != 1 {
		return ""
	}
	return nasty[g.next(len(nasty))]
}

func (g *grower) nodes(depth int) []article.Node {
	if depth > 8 {
		return nil
	}
	var out []article.Node
	for range g.next(5) {
		if len(g.b) == 0 {
			break
		}
		n := article.Node{Kind: kinds[g.next(len(kinds))]}
		switch n.Kind {
		case article.Text, article.Code:
			n.Text = nasty[g.next(len(nasty))]
		default:
			n.ID, n.Lang, n.Dir, n.Role, n.Label, n.Target = g.word(), g.word(), g.word(), g.word(), g.word(), g.word()
			n.Alt, n.Markup, n.Source, n.Scope, n.Align = g.word(), g.word(), g.word(), g.word(), g.word()
			n.Cols, n.Rows = g.next(4)-1, g.next(4)-1
			n.Kids = g.nodes(depth + 1)
		}
		out = append(out, n)
	}
	return out
}

var testOptions = Options{
	Lang:    "en",
	FileURL: func(name string) string { return "/files/" + strings.Map(plainLetters, name) },
	RefURL: func(id string) (string, string) {
		if strings.HasPrefix(id, "r") {
			return "#ref-" + strings.Map(plainLetters, id), "Reference " + id
		}
		return "", ""
	},
}

func plainLetters(r rune) rune {
	if r > ' ' && r < 0x7f && !strings.ContainsRune(`"'<>&%:\#?`, r) {
		return r
	}
	return '-'
}

func FuzzAnyTreeGivesSoundHTML(f *testing.F) {
	for i := range 8 {
		seed := make([]byte, 600)
		x := uint32(i*7919 + 1)
		for j := range seed {
			x = x*1664525 + 1013904223
			seed[j] = byte(x >> 24)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) { anyTree(t, b) })
}

func TestRandomTreesGiveSoundHTML(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := 0
	for range 1000 {
		b := make([]byte, 200+random.IntN(4000))
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		drawn += anyTree(t, b)
	}
	if drawn < 1<<20 {
		t.Errorf("only %d bytes were drawn: the trees are too small to show anything", drawn)
	}
}

// anyTree draws the tree that b makes, checks it, and returns its size.
func anyTree(t *testing.T, b []byte) int {
	g := grower{b}
	doc := article.Document{Lang: nasty[g.next(len(nasty))], Body: g.nodes(0), Back: g.nodes(0), Notes: g.nodes(0)}
	page, err := Document(&doc, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	all := string(page.Body + page.Back + page.Notes)
	sound(t, all, "ref-")
	for _, h := range page.Contents {
		if !strings.Contains(all, `id="`+h.ID+`"`) {
			t.Fatalf("the contents lead to #%s, which is not there", h.ID)
		}
		sound(t, string(h.HTML))
		if strings.Contains(string(h.HTML), "<a ") {
			t.Fatalf("a link in a heading of the contents: %s", h.HTML)
		}
	}
	for id, places := range page.Cited {
		for _, place := range places {
			if !strings.Contains(all, `id="`+place+`"`) {
				t.Fatalf("reference %s is cited at #%s, which is not there", id, place)
			}
		}
	}
	sound(t, string(Inline(doc.Body, testOptions)), "ref-")
	var apart bytes.Buffer
	if err := HTML(&apart, doc.Body, testOptions); err != nil {
		t.Fatal(err)
	}
	sound(t, apart.String(), "ref-")
	Text(doc.Body)
	if again, _ := Document(&doc, testOptions); fmt.Sprint(again) != fmt.Sprint(page) {
		t.Fatal("the same tree was drawn in two ways")
	}
	return len(all)
}
