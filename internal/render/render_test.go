package render

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/article"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; see it with -update and git diff\ngot:\n%s", name, got)
	}
}

var blockEnd = regexp.MustCompile(`</(?:p|h[1-6]|section|figure|figcaption|div|li|ul|ol|dl|dt|dd|tr|thead|tbody|tfoot|table|pre|blockquote)>|<(?:section|figure|ul|ol|dl|table|thead|tbody|tfoot|tr|blockquote)[ >][^>]*>?`)

// lines puts blocks on lines of their own, to be read.
func lines(s string) string { return blockEnd.ReplaceAllString(s, "$0\n") }

func TestDocumentsAreDrawnAsInTheGoldenFiles(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.json")
	if err != nil || len(inputs) == 0 {
		t.Fatal("there are no trees in testdata")
	}
	opt := Options{Lang: "en", HeadingLevel: 2,
		FileURL: func(name string) string {
			if name == "absent.png" {
				return ""
			}
			return "/files/" + name
		},
		RefURL: func(id string) (string, string) {
			switch id {
			case "r1":
				return "#ref-1", "Reference 1: Hill 1871"
			case "r2":
				return "#ref-2", "Reference 2"
			}
			return "", ""
		}}
	for _, input := range inputs {
		b, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		var doc article.Document
		if err := json.Unmarshal(b, &doc); err != nil {
			t.Fatal(err)
		}
		page, err := Document(&doc, opt)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, string(page.Body+page.Back+page.Notes), "ref-")
		var out strings.Builder
		for _, h := range page.Contents {
			out.WriteString(strings.Repeat("  ", h.Level-1) + "#" + h.ID + " " + string(h.HTML) + "\n")
		}
		out.WriteString("== body\n" + lines(string(page.Body)) + "\n== back\n" + lines(string(page.Back)) + "\n== notes\n" + lines(string(page.Notes)) + "\n== text\n" + Text(append(doc.Body, doc.Back...)) + "\n")
		golden(t, strings.TrimSuffix(filepath.Base(input), ".json")+".html", out.String())
	}
}

func str(s string) []article.Node { return []article.Node{article.Str(s)} }

func TestCitedPlacesAreReported(t *testing.T) {
	cross := func(id string) article.Node {
		return article.Node{Kind: article.Cross, Target: id, Kids: str("x")}
	}
	doc := article.Document{Lang: "en", Body: []article.Node{{Kind: article.Paragraph, Kids: []article.Node{cross("r1"), cross("r2 r1"), cross("s")}}}}
	page, err := Document(&doc, Options{Prefix: "ru-", RefURL: func(id string) (string, string) {
		if id == "s" {
			return "", ""
		}
		return "#" + id, id
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := page.Cited["r1"]; len(got) != 2 || got[0] != "ru-c1" || got[1] != "ru-c2" {
		t.Errorf("r1 is cited at %v", got)
	}
	if got := page.Cited["r2"]; len(got) != 1 || got[0] != "ru-c2" {
		t.Errorf("r2 is cited at %v", got)
	}
}

// TestFoundPlacesDoNotMoveOthers: an id that somebody has linked to stays, whatever
// else is found in the text later.
func TestFoundPlacesDoNotMoveOthers(t *testing.T) {
	cross := func(id, role string) article.Node {
		return article.Node{Kind: article.Cross, Target: id, Role: role, Kids: str("x")}
	}
	doc := article.Document{Lang: "en", Body: []article.Node{{Kind: article.Paragraph, Kids: []article.Node{
		cross("a", article.Unmarked), cross("a", "bibr"), cross("b", article.Unmarked), cross("a", article.Unmarked), cross("b", "bibr")}}}}
	page, err := Document(&doc, Options{RefURL: func(id string) (string, string) { return "#ref-" + id + "-1990", id }})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"a": "c-a-1990-1 c1 c-a-1990-2", "b": "c-b-1990-1 c2"} {
		if got := strings.Join(page.Cited[id], " "); got != want {
			t.Errorf("%s is cited at %s, want %s", id, got, want)
		}
	}
	if n := page.Places["c2"]; n == nil || n.Target != "b" {
		t.Errorf("c2 is %+v", n)
	}
	sound(t, string(page.Body), "ref-")
}

func TestHeadingLevelsFollowTheCallerAndEndAtSix(t *testing.T) {
	var nest func(int) []article.Node
	nest = func(n int) []article.Node {
		if n == 0 {
			return nil
		}
		return []article.Node{{Kind: article.Section, Kids: append([]article.Node{{Kind: article.Title, Kids: str("T")}}, nest(n-1)...)}}
	}
	page, _ := Document(&article.Document{Body: nest(5)}, Options{HeadingLevel: 3})
	for _, want := range []string{`<section id="s-t"><h3>T</h3>`, `<section id="s-t-2"><h4>`, "<h6>T</h6></section></section>"} {
		if !strings.Contains(string(page.Body), want) {
			t.Errorf("no %s in %s", want, page.Body)
		}
	}
	if len(page.Contents) != 2 {
		t.Errorf("the contents have %d lines, want two levels", len(page.Contents))
	}
}

func TestInlineHasNoLinksWhereItStandsInOne(t *testing.T) {
	nodes := []article.Node{article.Str("On "), {Kind: article.Link, Target: "https://example.org", Kids: str("this")}, {Kind: article.Footnote, Kids: str("note")}}
	if got := Inline(nodes, Options{}); got != `On <a href="https://example.org">this</a>` {
		t.Errorf("got %s", got)
	}
	if got := Inline(nodes, Options{NoLinks: true}); got != `On this` {
		t.Errorf("got %s", got)
	}
}

func TestAnchorsFollowTheSource(t *testing.T) {
	for _, c := range []struct {
		kind      article.Kind
		id, label string
		want      string
	}{
		{article.Figure, "fig1", "", "fig-1"}, {article.Figure, "F1", "", "fig-1"}, {article.Figure, "pcbi.1004089.g001", "", "fig-pcbi-1004089-g001"},
		{article.Figure, "", "Figure 12", "fig-12"}, {article.Figure, "", "", "fig"}, {article.TableWrap, "tbl-2", "", "table-2"},
		{article.Section, "sec001", "", "s-001"}, {article.Section, "methods", "", "s-methods"}, {article.Section, "mathematical-formulæ", "", "s-mathematical-formulae"},
		{article.Math, "eqn3", "", "eq-3"}, {article.Footnote, "fn1", "", "fn-1"}, {article.Paragraph, "p4", "", "p-p4"}, {article.Section, "вывод", "", "s-vyvod"},
	} {
		if got := anchor(&article.Node{Kind: c.kind, ID: c.id, Label: c.label}); got != c.want {
			t.Errorf("%s %q %q: %q, want %q", c.kind, c.id, c.label, got, c.want)
		}
	}
}

func TestAddressesOfOtherKindsAreRefused(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a b": "https://example.org/a%20b", "http://example.org/100%": "http://example.org/100%25", "https://example.org/%20[x]#a#b": "https://example.org/%20%5Bx%5D#a%23b", "https://пример.рф/путь": "https://пример.рф/путь", "https:///x": "", "https://?x": "", "https:// example.org/": "", "HTTPS://example.org": "HTTPS://example.org",
		"ftp://example.org/x": "ftp://example.org/x", "mailto:a@example.org": "mailto:a@example.org",
		"javascript:alert(1)": "", " javascript:alert(1)": "", "java\nscript:alert(1)": "", "data:text/html,x": "", "//example.org": "", "/path": "", "": "", "https:": "", "vbscript:x": "",
		"file:///etc/passwd": "", "javascript://example.org/%0Aalert(1)": "",
	} {
		if got := Address(in); got != want {
			t.Errorf("Address(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTextsApartHaveNoIDsWithoutALinkToThem(t *testing.T) {
	nodes := []article.Node{{Kind: article.Section, ID: "s1", Kids: []article.Node{
		{Kind: article.Title, Kids: str("Aim")},
		{Kind: article.Paragraph, Kids: []article.Node{article.Str("As in "), {Kind: article.Cross, Target: "r1", Kids: str("1")}, article.Str(" and "), {Kind: article.Cross, Target: "t1", Kids: str("Table 1")}}},
		{Kind: article.TableWrap, ID: "t1", Label: "Table 1"},
	}}}
	var b strings.Builder
	if err := HTML(&b, nodes, Options{HeadingLevel: 3, RefURL: func(id string) (string, string) { return "#ref-1", "" }}); err != nil {
		t.Fatal(err)
	}
	want := `<section><h3>Aim</h3><p>As in <a class="cite" href="#ref-1">1</a> and <a href="#table-1">Table 1</a></p>` +
		`<figure id="table-1" class="table"><figcaption><p class="head"><strong class="label">Table 1</strong></p></figcaption></figure></section>`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWordsOfAnotherLanguageSaySo(t *testing.T) {
	doc := article.Document{Lang: "en", Back: []article.Node{{Kind: article.Acknowledged, Kids: []article.Node{{Kind: article.Paragraph, Kids: str("To the lamp.")}}}}}
	page, _ := Document(&doc, Options{Lang: "ru", Words: map[string]string{"acknowledgements": "Благодарности"}})
	if want := `<section id="s-ack"><h2><span lang="ru">Благодарности</span></h2><p id="p-fi33cpql">To the lamp.</p></section>`; string(page.Back) != want {
		t.Errorf("got %s", page.Back)
	}
	if h := page.Contents[0]; h.Lang != "ru" || h.Text != "Благодарности" {
		t.Errorf("the contents say %+v", h)
	}
}
