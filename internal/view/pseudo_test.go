package view

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"offprint/internal/locale"
	"offprint/internal/testpage"
)

var (
	// filled are the values that the test itself put into a page.
	filled = regexp.MustCompile(`(?i)(?:https?://)?\S*q\d+q\S*(?: & "text" <i>)?|10\.5555/\S*`)
	word3  = regexp.MustCompile(`[A-Za-z]{3,}`)
)

// universal are names that no catalogue translates.
var universal = map[string]bool{"ISSN": true, "ORCID": true, "DOI": true, "ROR": true, "WCAG": true, "CSV": true, "doi": true, "org": true, "https": true, "orcid": true, "NC": true}

func TestPseudoLocaleShowsNoUntranslatedWord(t *testing.T) {
	v := plain(t)
	for _, bare := range []bool{false, true} {
		for _, p := range pages() {
			fill(p, locale.Pseudo, bare)
			page := draw(t, v, p)
			for _, fault := range testpage.Faults(page) {
				t.Errorf("%s: %s", p.template(), fault)
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Find("html").AttrOr("dir", "") != "rtl" {
				t.Errorf("%s does not run from right to left", p.template())
			}
			for _, text := range words(doc) {
				for _, w := range word3.FindAllString(filled.ReplaceAllString(text, ""), -1) {
					if !universal[w] {
						t.Errorf("%s shows %q in %q", p.template(), w, text)
					}
				}
			}
		}
	}
}

// words are all texts of a page that a reader sees or hears in its language.
func words(doc *goquery.Document) []string {
	var out []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out = append(out, n.Data)
		}
		if n.Type == html.ElementNode {
			for _, a := range n.Attr {
				switch a.Key {
				case "aria-label", "title", "alt", "placeholder":
					out = append(out, a.Val)
				case "lang":
					if n.Data != "html" && a.Val != locale.Pseudo {
						return // in a language of its own
					}
				}
			}
		}
		for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
			walk(kid)
		}
	}
	walk(doc.Find("body").Nodes[0])
	return out
}

// TestEveryCheckOfTheStatementIsATest: the statement of accessibility claims
// what is tested and nothing else, in words that every catalogue has.
func TestEveryCheckOfTheStatementIsATest(t *testing.T) {
	var tests strings.Builder
	for _, pattern := range []string{"../view/*_test.go", "../browser/*_test.go", "../markdown/*_test.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no tests: %v", pattern, err)
		}
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(b)
		}
	}
	criterion := regexp.MustCompile(`^[1-4]\.[1-5]\.\d{1,2}$`)
	for _, c := range Checks() {
		for _, name := range c.Tests {
			if !strings.Contains(tests.String(), "\nfunc "+name+"(t *testing.T) {") {
				t.Errorf("%s: there is no test %s", c.Name, name)
			}
		}
		for _, n := range c.Criteria {
			if !criterion.MatchString(n) {
				t.Errorf("%s: %q is no criterion of WCAG", c.Name, n)
			}
		}
		if len(c.Tests) == 0 || len(c.Criteria) == 0 {
			t.Errorf("%s claims without a test or a criterion", c.Name)
		}
		for _, lang := range locale.Supported() {
			if _, ok := locale.For(lang).Word("accessibility-check", c.Name); !ok {
				t.Errorf("%s: no words in %s", c.Name, lang)
			}
		}
	}
}
