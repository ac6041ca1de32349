package view

import (
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/locale"
)

func TestRunsSayTheirLanguageAndDirection(t *testing.T) {
	for _, c := range []struct {
		run  Run
		want string
	}{
		{Plain("", "x"), ""}, {Plain("en", "x"), ` lang="en"`}, {Plain("fa", "x"), ` lang="fa" dir="rtl"`}, {Plain("ar-EG", "x"), ` lang="ar-EG" dir="rtl"`},
		{Plain("az-Arab", "x"), ` lang="az-Arab" dir="rtl"`}, {Plain("az", "x"), ` lang="az"`}, {Run{Lang: "he", Dir: "ltr"}, ` lang="he" dir="ltr"`}, {Run{Dir: "rtl"}, ` dir="rtl"`},
	} {
		if got := string(c.run.attributes("ltr")); got != c.want {
			t.Errorf("%+v: %q, want %q", c.run, got, c.want)
		}
	}
	if got := Plain("en", "x").attributes("rtl"); got != ` lang="en" dir="ltr"` {
		t.Errorf("English on an Arabic page: %q", got)
	}
	if got := Plain("ar", "x").attributes("rtl"); got != ` lang="ar"` {
		t.Errorf("Arabic on an Arabic page: %q", got)
	}
}

// TestPageOfAnArabicJournalHoldsBothDirections: titles and names of another
// direction than the page stand in elements that say so, so that their
// punctuation stays on their own side (Unicode Standard Annex #9).
func TestPageOfAnArabicJournalHoldsBothDirections(t *testing.T) {
	v := plain(t)
	p := &Article{Title: Plain("fa", "دربارهٔ خط، و «نقطه»؟")}
	p.Lang = "en"
	p.Journal = &Journal{Title: Plain("ar", "مجلة الخط (المحكّمة)."), URL: "/k/", Archive: "/k/issues/", About: "/k/about/", Search: "/k/search",
		Pages: []Link{{Text: Plain("ar", "هيئة التحرير"), URL: "/k/about/board"}}}
	page := draw(t, v, p)
	for _, want := range []string{
		`<html lang="en" dir="ltr"`, ` lang="ar" dir="rtl"><span>مجلة الخط (المحكّمة).</span></a>`, `<a href="/k/about/board" lang="ar" dir="rtl">هيئة التحرير</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	if !regexp.MustCompile(`<h1[^>]* lang="fa" dir="rtl"`).MatchString(page) {
		t.Error("the title does not say its direction")
	}
}

// TestTextsRunInTheirOwnDirection: the full text, its notes and its references
// stand on pages of every language.
func TestTextsRunInTheirOwnDirection(t *testing.T) {
	v := plain(t)
	p := &Article{Title: Plain("ar", "عنوان"), Type: "research-article", Section: Plain("ar", "دراسات"), SectionURL: "/k/sections/d", TextLang: "ar",
		Body: "<p>نص</p>", Back: "<p>شكر</p>", Notes: "<p>ملاحظة</p>", References: []Reference{{Number: 1, Printed: Plain("", "الحسن ل. مجلة اللغة 2015;3(2):11.")}}}
	p.Lang, p.Journal = "en", &Journal{Title: Plain("en", "K"), URL: "/k/"}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(draw(t, v, p)))
	if err != nil {
		t.Fatal(err)
	}
	for selector, want := range map[string]string{".page > div.prose": "rtl", "#notes > div": "rtl", "#ref-1 > span": "auto", ".eyebrow li:nth-child(2)": "", ".eyebrow li a": "rtl"} {
		found := doc.Find(selector)
		if found.Length() == 0 {
			t.Errorf("no %s on the page", selector)
		}
		found.Each(func(_ int, s *goquery.Selection) {
			if got := s.AttrOr("dir", ""); got != want {
				t.Errorf("%s runs %q, want %q", selector, got, want)
			}
		})
	}
	if got := within("", "ltr"); got != ` lang="" dir="auto"` {
		t.Errorf("a text in an unknown language: %q", got)
	}
}

// TestIdentifiersRunFromLeftToRight: between Arabic words a DOI would be turned
// round at its slash.
func TestIdentifiersRunFromLeftToRight(t *testing.T) {
	v := plain(t)
	for _, p := range []Page{&Article{}, &Issue{}} {
		fill(p, locale.Pseudo, false)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(draw(t, v, p)))
		if err != nil {
			t.Fatal(err)
		}
		n := doc.Find(`main a[href^="https://doi.org/"]`).FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "10.5555") })
		n.Each(func(_ int, s *goquery.Selection) {
			if s.Closest("[dir]").AttrOr("dir", "") != "ltr" && s.Closest(".reference").Length() == 0 {
				t.Errorf("%s: %s", p.template(), s.Text())
			}
		})
		if n.Length() == 0 {
			t.Errorf("%s names no DOI", p.template())
		}
	}
}

// physical are properties and values that know a left and a right side, which
// writing from right to left does not turn round.
var physical = regexp.MustCompile(`(?:^|[\s{;(-])(left|right)\b|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius`)

func TestSheetsKnowNoLeftAndRight(t *testing.T) {
	for _, found := range []string{"margin-left: 1px", "a{left:0}", "text-align: right;", "inset: 0; right: 1px", "padding-right:2px", "border-top-left-radius: 1px"} {
		if !physical.MatchString(found) {
			t.Errorf("%q is not found", found)
		}
	}
	for name, source := range sheetSources(t) {
		source = stringForm.ReplaceAllString(commentForm.ReplaceAllString(source, ""), `""`)
		for i, line := range strings.Split(source, "\n") {
			if m := physical.FindString(line); m != "" {
				t.Errorf("%s, line %d without comments: %q: %s", name, i+1, m, strings.TrimSpace(line))
			}
		}
	}
}
