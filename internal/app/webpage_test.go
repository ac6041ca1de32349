package app

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/testpage"
)

func (in *installation) savePage(name, lang, source string) {
	in.t.Helper()
	if _, err := in.SavePage(in.t.Context(), "demo", &journal.Webpage{Name: name, Lang: lang, Source: source, Actor: "tester"}); err != nil {
		in.t.Fatal(err)
	}
}

func TestPagesOfTheJournalStandInItsMenusAndFallBackToItsLanguage(t *testing.T) {
	in := demoSite(t)
	in.await("/demo/about/", "Editorial board")
	board := in.page("/demo/about/board")
	if h1 := board.Doc.Find("h1").Text(); h1 != "Editorial board" || board.Doc.Find("main table td").Length() < 10 || board.Doc.Find("main h1").Length() != 1 {
		t.Errorf("the board: %q", h1)
	}
	for _, f := range testpage.Faults(board.Body) {
		t.Error(f)
	}
	home := in.page("/demo/")
	for _, place := range []string{".masthead nav", "footer nav"} {
		if home.Doc.Find(place+` a[href="/demo/about/board"]`).Length() != 1 {
			t.Errorf("%s does not lead to the board", place)
		}
	}
	if home.Doc.Find(`footer nav a[href="/demo/about/aims"]`).Length() != 1 || home.Doc.Find(`.masthead nav a[href="/demo/about/aims"]`).Length() != 0 {
		t.Error("aims stand in the wrong menu")
	}
	ru := in.page("/demo/ru/about/board")
	if ru.Doc.Find("h1").Text() != "Редакционная коллегия" || ru.Doc.Find(".words").AttrOr("lang", "") != "ru" {
		t.Error("the Russian page is not in Russian")
	}
	de := in.page("/demo/de/about/board")
	if de.Doc.Find(".words").AttrOr("lang", "") != "en" || de.Doc.Find("html").AttrOr("lang", "") != "de" || !strings.Contains(de.Body, "Englisch") {
		t.Error("the German page does not say that its text is in English")
	}
	if in.get("/demo/about/none").Status != http.StatusNotFound || in.get("/demo/about/introduction").Status != http.StatusNotFound {
		t.Error("a page is there that nobody wrote")
	}

	in.savePage("introduction", "en", "We print **pages**.\n\n## More\n\nText.")
	home = in.await("/demo/", "<strong>pages</strong>")
	if home.Doc.Find("h1").Length() != 1 || strings.Contains(home.Doc.Find("main .intro").Text(), "exists only as the demonstration") {
		t.Error("the introduction does not take the place of the description")
	}
	in.savePage("board", "en", "# The people\n\nNobody.")
	if g := in.await("/demo/about/board", "Nobody."); g.Doc.Find("h1").Text() != "The people" {
		t.Error("the title does not follow the text")
	}
	if err := in.Store.RemoveWebpage(t.Context(), journalOf(t, in).ID, "board", "", "tester"); err != nil {
		t.Fatal(err)
	}
	in.await("/demo/about/board", `class="failure"`)
	for end := time.Now().Add(10 * time.Second); in.page("/demo/").Doc.Find(`a[href="/demo/about/board"]`).Length() > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a menu leads to a page that was removed")
		}
	}
}

func journalOf(t *testing.T, in *installation) *journal.Journal {
	t.Helper()
	j, err := in.Store.Journal(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestAnnouncementsStandOnTheFrontPageNewestFirst(t *testing.T) {
	in := demoSite(t)
	for i, title := range []string{"First", "Second", "Third"} {
		n := &journal.Announcement{Title: title, Source: "Text of " + title, Date: journal.Date("2026-01-0" + string(rune('1'+i))), Actor: "tester"}
		if _, err := in.SaveAnnouncement(t.Context(), "demo", n); err != nil {
			t.Fatal(err)
		}
	}
	home := in.await("/demo/", "Third")
	got := home.Doc.Find("main .news a").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if !slices.Equal(got, []string{"Third", "Second", "First"}) {
		t.Errorf("the front page has %v", got)
	}
	list := in.page("/demo/ru/news/")
	if list.Doc.Find(".news li").Length() != 4 || list.Doc.Find(`.news a[lang="ru"]`).Length() != 1 {
		t.Errorf("the list has %d entries", list.Doc.Find(".news li").Length())
	}
	one := in.page("/demo/news/second")
	if one.Doc.Find("h1").Text() != "Second" || one.Doc.Find(`a[rel="prev"]`).AttrOr("href", "") != "/demo/news/first" || one.Doc.Find(`a[rel="next"]`).AttrOr("href", "") != "/demo/news/third" {
		t.Error(one.Body)
	}
	for _, g := range []*testpage.Got{home, list, one} {
		for _, f := range testpage.Faults(g.Body) {
			t.Errorf("%s: %s", g.Address, f)
		}
	}
	if in.get("/demo/news/none").Status != http.StatusNotFound {
		t.Error("an announcement is there that nobody made")
	}
}

func TestPagesThatWouldNotShowWhatWasMeantAreRefused(t *testing.T) {
	in := demoSite(t)
	for name, p := range map[string]journal.Webpage{
		"line 1: the link to": {Name: "aims", Source: "[a](javascript:x)"},
		"line 2: HTML":        {Name: "aims", Source: "a\n<b>b</b>\n"},
		"the text is empty":   {Name: "aims", Source: " \n"},
		"small letters":       {Name: "Aims!", Source: "a"},
		"what the tests":      {Name: "accessibility", Source: "a"},
		"language tag":        {Name: "aims", Lang: "klingonish!", Source: "a"},
		"one line":            {Name: "aims", Title: strings.Repeat("a", 301), Source: "a"},
	} {
		if _, err := in.SavePage(t.Context(), "demo", &p); err == nil || !strings.Contains(errs.Message(err), name) {
			t.Errorf("%v, want a refusal that says %q", err, name)
		}
	}
	if _, err := in.SavePage(t.Context(), "none", &journal.Webpage{Name: "aims", Source: "a"}); !errors.Is(err, errs.NotFound) {
		t.Error(err)
	}
	if _, err := in.SaveAnnouncement(t.Context(), "demo", &journal.Announcement{Source: "no title"}); !errors.Is(err, errs.Invalid) {
		t.Error(err)
	}
}

func TestCheckNamesThePagesThatAreMissing(t *testing.T) {
	in := demoSite(t)
	in.savePage("fees", "en", "None.")
	states, err := in.CheckPages(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]string{}
	for _, s := range states {
		missing[s.Page] = strings.Join(s.Missing, " ")
	}
	if missing["aims"] != "" || missing["fees"] != "ru" || missing["copyright"] != "en ru" || len(states) < 9 {
		t.Errorf("%+v", states)
	}
}

func TestStatementOfAccessibilityIsThereForJournalAndSite(t *testing.T) {
	in := demoSite(t)
	g := in.await("/demo/about/accessibility", `href="/demo/about/contact"`)
	if g.Doc.Find("main .checks li").Length() < 6 || g.Doc.Find(`main section a[href="/demo/about/contact"]`).Length() != 1 {
		t.Error("the journal's statement has no checks or no contact")
	}
	site := in.page("/accessibility")
	if site.Doc.Find("main .checks li").Length() != g.Doc.Find("main .checks li").Length() {
		t.Error("the site's statement lists other checks")
	}
	for path, want := range map[string]string{"/demo/": "/demo/about/accessibility", "/demo/ru/issues/": "/demo/ru/about/accessibility", "/": "/accessibility", "/ru/": "/ru/accessibility"} {
		if in.page(path).Doc.Find(`footer a[href="`+want+`"]`).Length() != 1 {
			t.Errorf("%s does not lead to %s", path, want)
		}
	}
	for _, f := range append(testpage.Faults(g.Body), testpage.Faults(site.Body)...) {
		t.Error(f)
	}
}

// picturePNG is a picture of so many pixels.
func picturePNG(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			img.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLookOfAJournalIsOnItsPages(t *testing.T) {
	in := demoSite(t)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><script>alert(1)</script><rect width="200" height="50" onclick="x"/></svg>`
	sans := "Source Serif 4"
	err := in.SetLook(t.Context(), "demo", LookChange{
		Logo:   &PictureFile{Name: "logo.svg", Bytes: []byte(svg)},
		Cover:  &PictureFile{Name: "cover.png", Bytes: picturePNG(t, 1300, 1700), Alt: []journal.Text{journal.T("en", "A picture")}},
		Tokens: []byte(":root { --link: light-dark(#005a5a, #7fd4d4) }"), Sans: &sans,
	})
	if err != nil {
		t.Fatal(err)
	}
	home := in.await("/demo/", `alt="A picture"`)
	cover, logo := home.Doc.Find("main .cover img"), home.Doc.Find(".masthead .brand img")
	if cover.AttrOr("width", "") != "640" || cover.AttrOr("height", "") != "837" || logo.AttrOr("width", "") != "200" || logo.AttrOr("height", "") != "50" {
		t.Errorf("the sizes in the page: %s × %s, %s × %s", cover.AttrOr("width", ""), cover.AttrOr("height", ""), logo.AttrOr("width", ""), logo.AttrOr("height", ""))
	}
	for selection, media := range map[*goquery.Selection]string{cover: "image/webp", logo: "image/svg+xml"} {
		g := in.get(selection.AttrOr("src", ""))
		if g.Status != http.StatusOK || g.Header.Get("Content-Type") != media || strings.Contains(g.Body, "script") || strings.Contains(g.Body, "onclick") {
			t.Errorf("%s: %d %s", g.Address, g.Status, g.Header.Get("Content-Type"))
		}
	}
	sheet := ""
	home.Doc.Find(`link[rel="stylesheet"]`).Each(func(_ int, s *goquery.Selection) {
		if href := s.AttrOr("href", ""); strings.HasPrefix(href, "/assets/look.") {
			sheet = href
		}
	})
	css := in.get(sheet)
	if css.Status != http.StatusOK || !strings.Contains(css.Body, "--link:light-dark(#005a5a,#7fd4d4)") || !strings.Contains(css.Body, `--sans:"Source Serif 4"`) || !strings.Contains(css.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d %s", sheet, css.Status, css.Body)
	}
	if home.Doc.Find(`link[rel="preload"]`).Length() != 0 {
		t.Error("fonts are loaded beforehand that the page may not use")
	}
	if g := in.page("/"); strings.Contains(g.Body, "/assets/look.") {
		t.Error("the list of journals has the look of one of them")
	}
	if sum, err := in.Check(t.Context(), func(f Finding) { t.Error(f) }); err != nil || sum.Files == 0 {
		t.Error(err)
	}
	// An old sheet stays for pages that were drawn a moment ago.
	if err := in.SetLook(t.Context(), "demo", LookChange{Clear: []string{"tokens", "fonts", "logo", "cover"}}); err != nil {
		t.Fatal(err)
	}
	in.await("/demo/", `rel="preload"`)
	if j := journalOf(t, in); j.Look != nil {
		t.Errorf("%+v", j.Look)
	}
	if in.get(sheet).Status != http.StatusOK {
		t.Error("the sheet of a page that is still open is gone")
	}
}

func TestUploadedFontIsServedAndItsLicenceIsNamed(t *testing.T) {
	in := demoSite(t)
	woff2, err := os.ReadFile("../view/third_party/fonts/source-serif-4/source-serif-4-latin-wght-normal.woff2")
	if err != nil {
		t.Fatal(err)
	}
	family := "House Serif"
	err = in.SetLook(t.Context(), "demo", LookChange{Serif: &family, Fonts: []FontFile{{Font: journal.Font{Family: family, Weight: "200 900", Licence: "SIL Open Font License 1.1"}, Bytes: woff2}}})
	if err != nil {
		t.Fatal(err)
	}
	in.await("/demo/about/", "House Serif: SIL Open Font License 1.1")
	sheet := regexp.MustCompile(`/assets/look\.[^"]+`).FindString(in.page("/demo/").Body)
	font := regexp.MustCompile(`url\((/assets/font\.[^)]+)\)`).FindStringSubmatch(in.get(sheet).Body)
	if font == nil {
		t.Fatal("the sheet names no font")
	}
	if g := in.get(font[1]); g.Status != http.StatusOK || g.Header.Get("Content-Type") != "font/woff2" || g.Body != string(woff2) {
		t.Errorf("%s: %d %s", font[1], g.Status, g.Header.Get("Content-Type"))
	}
}

func TestIssueHasACover(t *testing.T) {
	in := demoSite(t)
	issues, err := in.Store.Issues(t.Context(), journalOf(t, in).ID)
	if err != nil || len(issues) < 2 {
		t.Fatal(err)
	}
	slug := issues[0].Slug
	if err := in.SetLook(t.Context(), "demo", LookChange{Issue: slug, Cover: &PictureFile{Name: "c.png", Bytes: picturePNG(t, 60, 80)}}); err != nil {
		t.Fatal(err)
	}
	page := in.await("/demo/issues/"+slug, `class="cover far"`)
	img := page.Doc.Find("main .cover img")
	if img.AttrOr("width", "") != "60" || !strings.Contains(img.AttrOr("alt", ""), "Colophon") {
		t.Errorf("%s", img.AttrOr("alt", ""))
	}
	if g := in.get(img.AttrOr("src", "")); g.Status != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Type"), "image/") {
		t.Errorf("%s: %d", g.Address, g.Status)
	}
	if got := in.await("/demo/", "/issues/"+slug+"/cover.").Doc.Find("main .cover img").AttrOr("src", ""); got != img.AttrOr("src", "") {
		t.Errorf("the front page shows %s", got)
	}
	if in.get("/demo/issues/"+slug+"/cover.0000000000000000.png").Status != http.StatusNotFound || in.get("/demo/issues/"+issues[1].Slug+"/"+"cover.png").Status != http.StatusNotFound {
		t.Error("a cover is there that nobody gave")
	}
}

// nightTheme is a theme whose paper is black in both schemes.
func nightTheme(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "css"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "css", "tokens.css"), []byte("@layer tokens { :root { --paper: #000; --surface: #000; } }"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestColoursThatCannotBeReadWithTheThemeAreNamedAtTheStart: the theme may be
// another than when they were set.
func TestColoursThatCannotBeReadWithTheThemeAreNamedAtTheStart(t *testing.T) {
	in := demoSite(t)
	if err := in.SetLook(t.Context(), "demo", LookChange{Tokens: []byte(":root{--link:light-dark(#005a5a,#7fd4d4)}")}); err != nil {
		t.Fatal(err)
	}
	for theme, warns := range map[string]bool{"": false, nightTheme(t): true} {
		var log bytes.Buffer
		cfg := in.cfg
		cfg.Theme = theme
		if _, err := build(in.App, cfg, slog.New(slog.NewTextHandler(&log, nil))); err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(log.String(), "--link #005a5a on --paper #000000 in light"); said != warns || warns && !strings.Contains(log.String(), "journal=demo") {
			t.Errorf("theme %q: %s", theme, log.String())
		}
	}
}

func TestLookThatCannotBeShownIsRefused(t *testing.T) {
	in := demoSite(t)
	none := "Nosuch Sans"
	for says, c := range map[string]LookChange{
		"has the contrast": {Tokens: []byte(":root{--ink:#aaa}")},
		"on --paper #000":  {Theme: nightTheme(t), Tokens: []byte(":root{--link:#005a5a}")},
		"not a folder":     {Theme: "/no/such/theme", Tokens: []byte(":root{--link:#005a5a}")},
		"no colour":        {Tokens: []byte(":root{--ink:red}")},
		"not a picture":    {Logo: &PictureFile{Name: "logo.png", Bytes: []byte("hello")}},
		"how large":        {Logo: &PictureFile{Name: "logo.svg", Bytes: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>`)}},
		"PNG, JPEG":        {Cover: &PictureFile{Name: "c.pdf", Bytes: []byte("%PDF-1.7\n")}},
		"font family":      {Serif: &none},
		"by what right":    {Fonts: []FontFile{{Font: journal.Font{Family: "Own"}}}},
		"no whole WOFF2":   {Fonts: []FontFile{{Font: journal.Font{Family: "Own", Licence: "OFL"}, Bytes: make([]byte, 100)}}},
		"comes with":       {Fonts: []FontFile{{Font: journal.Font{Family: "Source Sans 3", Licence: "OFL"}}}},
		"no name":          {Fonts: []FontFile{{Font: journal.Font{Family: `a";}`, Licence: "OFL"}}}},
		"no part":          {Clear: []string{"everything"}},
		"nothing else":     {Issue: "x", Logo: &PictureFile{}},
		"there is no":      {Issue: "none", Clear: []string{"cover"}},
	} {
		if err := in.SetLook(t.Context(), "demo", c); err == nil || !strings.Contains(errs.Message(err), says) {
			t.Errorf("%v, want a refusal that says %q", err, says)
		}
	}
}
