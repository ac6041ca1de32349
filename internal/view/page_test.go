package view

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/locale"
	"offprint/internal/testpage"
)

// draw draws a page as a reader gets it.
func draw(t *testing.T, v *View, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := v.Render(&b, p); err != nil {
		t.Fatalf("%s: %v", p.template(), err)
	}
	return b.String()
}

func plain(t *testing.T) *View {
	t.Helper()
	v, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFullPagesAreWellFormedInEveryLanguage(t *testing.T) {
	v := plain(t)
	for _, lang := range locale.Supported() {
		bare := map[string]bool{}
		for _, p := range append(pages(), pages()...) {
			fill(p, lang, bare[p.template()])
			bare[p.template()] = true // the second time
			for _, fault := range testpage.Faults(draw(t, v, p)) {
				t.Errorf("%s in %s: %s", p.template(), lang, fault)
			}
		}
	}
}

// TestEmptyPagesAreWellFormedInEveryLanguage: of most articles little is known.
func TestEmptyPagesAreWellFormedInEveryLanguage(t *testing.T) {
	v := plain(t)
	for _, lang := range locale.Supported() {
		for _, p := range pages() {
			b := p.common()
			b.Lang, b.Site.URL, b.Site.SearchURL = lang, "/", "/search"
			switch p := p.(type) { // what is always there
			case *Figure:
				p.Name, p.Article, p.TextLang = "Figure 1", Link{Text: Plain("en", "A"), URL: "/a"}, "en"
			case *Cite:
				p.Article, p.Action = Link{Text: Plain("en", "A"), URL: "/a"}, "/a/cite"
			case *References:
				p.Article, p.Action = Link{Text: Plain("en", "A"), URL: "/a"}, "/a/references"
			case *Comparison:
				p.Article, p.From, p.To = Link{Text: Plain("en", "A"), URL: "/a"}, CompareVersion{Number: 1, URL: "/a/v1"}, CompareVersion{Number: 2, URL: "/a/v2"}
			case *Author:
				p.Name = Plain("en", "A. Author")
			case *Keyword:
				p.Word = Plain("en", "peace")
			case *SectionPage:
				p.Type = "editorial"
			case *Search:
				p.Action = "/search"
			case *Preferences:
				p.ThemeAction = "/preferences"
			case *DeskKey:
				p.Action = "/j/desk/"
			case *ReferenceHealth:
				p.Leave, p.Other = "/j/desk/leave", "/j/desk/references?show=all"
			case *Webpage:
				p.Title = Plain("en", "A")
			case *Announcement:
				p.Title = Plain("en", "A")
			}
			drawn := []string{}
			if slices.Contains([]string{"installation", "search", "error", "preferences", "accessibility"}, p.template()) {
				drawn = append(drawn, draw(t, v, p))
			}
			b.Journal = &Journal{Title: Plain("en", "J"), URL: "/j/", Archive: "/j/issues/", About: "/j/about/", Search: "/j/search"}
			for _, page := range append(drawn, draw(t, v, p)) {
				for _, fault := range testpage.Faults(page) {
					t.Errorf("%s in %s: %s", p.template(), lang, fault)
				}
				if strings.Contains(page, "<dd></dd>") || strings.Contains(page, "<li></li>") || strings.Contains(page, `datetime=""`) || strings.Contains(page, `lang=""`) {
					t.Errorf("%s in %s prints what is not there", p.template(), lang)
				}
			}
		}
	}
}

// unprinted are fields that no template prints as they are, with the reason.
var unprinted = map[string]string{
	"Accessibility.Checks.Tests": "name the tests, for the test that looks for them",
	"Base.Theme":                 "is an attribute of the page, of few values",
	"Base.Meta.Name":             "an element has a name or a property; of both the property is printed",
	"Base.Here":                  "chooses the current entry of the navigation",
	"Base.Journal.Licence.Text":  "the journal's short facts have the licence's name; its page About has the text",
	"Article.Authors.Role":       "the list of authors says it",
	"Article.Related.DOI":        "the link leads there",
	"Article.Others.URL":         "only authors have a page",
	"Line.Section":               "the heading above the list says it",
}

// TestEveryFieldOfAPageIsPrinted: a field that no template reads is a promise
// that is not kept.
func TestEveryFieldOfAPageIsPrinted(t *testing.T) {
	v := plain(t)
	printed, all := map[string]bool{}, map[string]bool{}
	mark := regexp.MustCompile(`(?i)q\d+q`)
	for _, bare := range []bool{false, true} {
		for _, p := range pages() {
			f := fill(p, "en", bare)
			for _, m := range mark.FindAllString(draw(t, v, p), -1) {
				printed[fieldName(f.marks[strings.ToLower(m)])] = true
			}
			for _, field := range f.marks {
				all[fieldName(field)] = true
			}
		}
	}
	for field := range all {
		if _, ok := unprinted[field]; !ok && !printed[field] {
			t.Errorf("%s is printed by no template", field)
		}
	}
}

var lineField = regexp.MustCompile(`^[A-Za-z.]*\b(?:Lines|Line|Recent)\.`)

// fieldName names a field of Base and of Line once for all pages.
func fieldName(field string) string {
	if _, rest, ok := strings.Cut(field, ".Base."); ok {
		return "Base." + rest
	}
	return lineField.ReplaceAllString(field, "Line.")
}

func TestTextIsNeverTakenForMarkup(t *testing.T) {
	v := plain(t)
	for _, p := range pages() {
		fill(p, "en", false)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(draw(t, v, p)))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("i").Each(func(_ int, s *goquery.Selection) {
			t.Errorf("%s takes text for markup: %s", p.template(), s.Parent().Text())
		})
	}
}

func TestNoticesOfEveryToneHaveTheirWords(t *testing.T) {
	v := plain(t)
	for _, lang := range locale.Supported() {
		l := locale.For(lang)
		for _, tone := range []Tone{Retracted, Concern, Corrected, Withdrawn, Newer, Notifies} {
			p := &Article{Notices: []Notice{{Tone: tone, Link: &Link{URL: "/x"}}}}
			p.Lang, p.Journal = lang, &Journal{Title: Plain("en", "J"), URL: "/j/", Archive: "/a", About: "/b", Search: "/s"}
			page := draw(t, v, p)
			for _, family := range []string{"notice", "notice-link", "standing"} {
				word, ok := l.Word(family, tone.Name())
				if !ok || family != "standing" && !strings.Contains(page, word) {
					t.Errorf("%s in %s: %s %q is not on the page", tone, lang, family, word)
				}
			}
			if want := tone.Grave(); strings.Contains(page, `class="notice grave"`) != want {
				t.Errorf("%s is drawn as grave: %v, want %v", tone, !want, want)
			}
		}
	}
}

func TestErrorsOfEveryStatusHaveTheirWords(t *testing.T) {
	for _, lang := range locale.Supported() {
		for status := 400; status < 600; status++ {
			code := (&Error{Status: status}).Code()
			for _, family := range []string{"error", "error-title", "error-do"} {
				if _, ok := locale.For(lang).Word(family, code); !ok {
					t.Errorf("%s: no word %s.%s for status %d", lang, family, code, status)
				}
			}
		}
	}
}

// TestEveryPageIsTested keeps pages() whole: each template has its struct.
func TestEveryPageIsTested(t *testing.T) {
	v := plain(t)
	drawn := map[string]bool{}
	for _, p := range pages() {
		drawn[p.template()] = true
	}
	names, err := fs.Glob(v.files, "templates/page/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d pages: %v", len(names), err)
	}
	for _, name := range names {
		if !drawn[pageName(name)] {
			t.Errorf("%s has no struct in pages()", name)
		}
	}
}

// TestEyebrowSaysAWordOnce: many journals name a section after the type, and
// "other" says nothing.
func TestEyebrowSaysAWordOnce(t *testing.T) {
	v := plain(t)
	for _, c := range []struct{ kind, section, want string }{
		{"research-article", "Research article", "Research article"},
		{"research-article", "Law", "Research article Law"},
		{"other", "Law", "Law"},
	} {
		p := &Article{Title: Plain("en", "A"), Type: c.kind, Section: Plain("en", c.section), SectionURL: "/k/sections/s"}
		p.Lang, p.Journal = "en", &Journal{Title: Plain("en", "K"), URL: "/k/"}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(draw(t, v, p)))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(doc.Find(".eyebrow").Text()), " "); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.kind, c.section, got, c.want)
		}
	}
}

// TestWaysBackFromAReferenceTakeSeveralLines: a source that is cited in thirty
// places would otherwise be wider than a phone.
func TestWaysBackFromAReferenceTakeSeveralLines(t *testing.T) {
	v := plain(t)
	p := &Article{Title: Plain("en", "A"), References: []Reference{{Number: 1, Printed: Plain("en", "Hill"), Cited: []Place{{URL: "#c1"}, {URL: "#c2"}, {URL: "#c3"}}}}}
	p.Lang, p.Journal = "en", &Journal{Title: Plain("en", "K"), URL: "/k/"}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(draw(t, v, p)))
	if err != nil {
		t.Fatal(err)
	}
	if a, wbr := doc.Find(".backs a").Length(), doc.Find(".backs a + wbr + a").Length(); a != 3 || wbr != 2 {
		t.Errorf("%d links, %d places to break between them", a, wbr)
	}
}
