package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/locale"
	"offprint/internal/testpage"
)

// TestEveryLinkOfTheDemonstrationLeadsSomewhere walks the whole site in every
// language of the interface.
func TestEveryLinkOfTheDemonstrationLeadsSomewhere(t *testing.T) {
	in := demoSite(t)
	site := testpage.Crawl(t, http.DefaultClient, in.server.URL+"/", in.server.URL+"/demo/search?q=a", in.server.URL+"/demo/preferences", in.server.URL+"/robots.txt")
	languages := map[string]int{}
	for _, g := range site.Got {
		if g.Status != http.StatusOK {
			t.Errorf("%s leads to %s, which answers %d", g.From, g.Address, g.Status)
		}
		if g.HTML() {
			languages[g.Doc.Find("html").AttrOr("lang", "")]++
		}
	}
	for _, lost := range site.Lost() {
		t.Error(lost)
	}
	for address, from := range site.Loaded {
		t.Errorf("%s loads %s from another host", from, address)
	}
	for _, lang := range locale.Supported() {
		if languages[lang] < 20 {
			t.Errorf("%d pages in %s", languages[lang], lang)
		}
	}
	for _, g := range site.Pages() {
		for _, fault := range testpage.Faults(g.Body) {
			t.Errorf("%s: %s", g.Address, fault)
		}
	}
	reciprocal(t, in.server.URL, site)
	foreign(t, site)
}

// reciprocal: each page in another language names this one in turn, as search
// engines ask for before they believe it.
func reciprocal(t *testing.T, base string, site *testpage.Site) {
	t.Helper()
	alternates := func(g *testpage.Got) map[string]string {
		out := map[string]string{}
		g.Doc.Find(`link[rel="alternate"][hreflang]`).Each(func(_ int, s *goquery.Selection) {
			out[s.AttrOr("hreflang", "")] = strings.TrimPrefix(s.AttrOr("href", ""), base)
		})
		return out
	}
	paired := 0
	for _, g := range site.Pages() {
		own := alternates(g)
		lang := g.Doc.Find("html").AttrOr("lang", "")
		if len(own) == 0 {
			continue
		}
		if len(own) != len(locale.Supported())+1 || own["x-default"] == "" {
			t.Errorf("%s has alternates %v", g.Address, own)
		}
		for other, address := range own {
			there := site.Got[address]
			switch {
			case there == nil || !there.HTML():
				t.Errorf("%s names %s, which was not found", g.Address, address)
			case other != "x-default" && there.Doc.Find("html").AttrOr("lang", "") != other:
				t.Errorf("%s names %s as the page in %s, which it is not", g.Address, address, other)
			case alternates(there)[lang] != own[lang]:
				t.Errorf("%s names %s, which names %s in turn", g.Address, address, alternates(there)[lang])
			default:
				paired++
			}
		}
	}
	if paired < 100 {
		t.Errorf("only %d pairs of pages in two languages", paired)
	}
}

// foreign: text in letters that the page's language does not use says which
// language it is (WCAG 2.2, success criterion 3.1.2).
func foreign(t *testing.T, site *testpage.Site) {
	t.Helper()
	for _, g := range site.Pages() {
		g.Doc.Find("body *").Each(func(_ int, s *goquery.Selection) {
			own := s.Contents().FilterFunction(func(_ int, c *goquery.Selection) bool { return goquery.NodeName(c) == "#text" }).Text()
			lang := s.Closest("[lang]").AttrOr("lang", "")
			base, _, _ := strings.Cut(lang, "-")
			cyrillic, kana := strings.ContainsFunc(own, func(r rune) bool { return r >= 'А' && r <= 'я' }), strings.ContainsFunc(own, func(r rune) bool { return r >= 0x3041 && r <= 0x30ff || r >= 0x4e00 && r <= 0x9fff })
			if cyrillic && base != "ru" && base != "und" && lang != "" && base != "uk" || kana && base != "ja" && base != "und" && base != "zh" {
				t.Errorf("%s: %.60q stands in <%s> in the language %q", g.Address, strings.TrimSpace(own), goquery.NodeName(s), lang)
			}
		})
	}
}

func TestCrawlStaysUnderTheAddressesOfTheContract(t *testing.T) {
	in := demoSite(t)
	site := testpage.Crawl(t, http.DefaultClient, in.server.URL+"/demo/")
	for address := range site.Got {
		u, err := url.Parse(address)
		if err != nil || u.Path != "/" && !strings.HasPrefix(u.Path, "/demo/") && !strings.HasPrefix(u.Path, "/assets/") && len(strings.Trim(u.Path, "/")) != 2 && u.Path != "/search" {
			t.Errorf("%s is linked", address)
		}
	}
}
