package app

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

func TestReaderChoosesAStyleOfCitation(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lakes", Titles: []journal.Text{journal.T("ru", "Вестник"), journal.T("en", "Bulletin")}, Languages: []string{"ru", "en"}})
	path := in.take("lakes", fstest.MapFS{"a.html": {Data: sample(t, "unmarked.html")}})[0].Path

	link := in.page(path).Doc.Find("#cite a[data-cite]").AttrOr("href", "")
	if link != path+"/cite" {
		t.Fatalf("the article leads to %q for other styles", link)
	}
	first := in.page(link)
	if got := first.Doc.Find(`select[name="style"] option`).Length(); got < 15 {
		t.Errorf("there are %d styles", got)
	}
	if text(first, "#cited-entry") == "" || text(first, "#cited-in-text") == "" {
		t.Error("nothing is shown without a choice")
	}
	seen := map[string]bool{}
	for _, style := range []string{"apa", "modern-language-association", "ieee", "gost-r-7-0-5-2008"} {
		g := in.page(link + "?style=" + style + "&locale=ru")
		if got := g.Doc.Find(`select[name="style"] option[selected]`).AttrOr("value", ""); got != style {
			t.Errorf("%s: %q is chosen in the form", style, got)
		}
		entry := text(g, "#cited-entry")
		if entry == "" || seen[entry] || strings.Contains(entry, "STYLE ERROR") {
			t.Errorf("%s: %q", style, entry)
		}
		seen[entry] = true
		if source := text(g, "#cited-source"); !strings.Contains(source, "<") && style == "apa" {
			t.Errorf("the source of the entry has no markup: %q", source)
		}
	}
	if got := in.page(path + "/cite?style=apa&locale=ru").Doc.Find(`#citing a[type]`).Length(); got < 3 {
		t.Errorf("there are %d forms for citation managers", got)
	}
	for _, query := range []string{"?style=none", "?style=apa&locale=xx", "?style=../apa"} {
		if g := in.get(link + query); g.Status != http.StatusNotFound {
			t.Errorf("%s: %d", query, g.Status)
		}
	}
	if g := in.get("/lakes/articles/nothing/cite"); g.Status != http.StatusNotFound {
		t.Errorf("an article that is not there: %d", g.Status)
	}
}

func TestJournalIsCitedInItsOwnStyle(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lakes", Titles: []journal.Text{journal.T("ru", "Вестник")}, Languages: []string{"ru", "en"}})
	if _, err := in.SetJournal(t.Context(), "lakes", "citation-style", "no-such-style"); err == nil {
		t.Error("any style is taken")
	}
	if _, err := in.SetJournal(t.Context(), "lakes", "citation-style", "gost"); err != nil {
		t.Fatal(err)
	}
	path := in.take("lakes", fstest.MapFS{"a.html": {Data: sample(t, "unmarked.html")}})[0].Path
	page := in.page(path)
	own := text(in.page(path+"/cite?style=gost-r-7-0-5-2008&locale=ru"), "#cited-entry")
	if got := text(page, "#citation"); own == "" || got != own {
		t.Errorf("the page recommends %q, the style gives %q", got, own)
	}
}

func TestReferencesAreShownInAStyleAndAsPrinted(t *testing.T) {
	in := serve(t)
	if err := in.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, link := range in.page("/demo/").Doc.Find(`a[href^="/demo/articles/"]`).EachIter() {
		path := link.AttrOr("href", "")
		address := in.page(path).Doc.Find(`#references .meta a`).AttrOr("href", "")
		if address == "" {
			continue
		}
		found = true
		apa, ieee := in.page(address+"?style=apa&locale=en"), in.page(address+"?style=ieee&locale=en")
		entries := apa.Doc.Find("#cited .styled details")
		if entries.Length() == 0 || entries.Length() != ieee.Doc.Find("#cited .styled details").Length() {
			t.Errorf("%s: %d references in one style", address, entries.Length())
		}
		if text(apa, "#cited") == text(ieee, "#cited") || strings.Contains(text(apa, "#cited"), "STYLE ERROR") {
			t.Errorf("%s: %q", address, text(apa, "#cited"))
		}
		t.Log(text(apa, "#cited"))
		all := in.page(path).Doc.Find("#references .reference").Length()
		if got := apa.Doc.Find("#cited .styled > li").Length(); got != all {
			t.Errorf("%s: %d of %d references are shown", address, got, all)
		}
		break
	}
	if !found {
		t.Error("no article leads to its references in another style")
	}
}
