package citation

import (
	"errors"
	"strings"
	"testing"

	"offprint/citeproc"
)

const item = `[{"id":"a","type":"article-journal","title":"Salt roads of the north","author":[{"family":"Aho","given":"Maija"},{"family":"Lind","given":"Timo"}],"container-title":"Journal of Harbours","volume":"12","issue":"3","page":"341-349","issued":{"date-parts":[[2019,3]]},"DOI":"10.5555/abc"}]`

func items(t *testing.T) []*citeproc.Item {
	t.Helper()
	list, err := citeproc.DecodeItems(strings.NewReader(item))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryShippedStyleCompilesAndPrints(t *testing.T) {
	s := Open()
	seen := map[string]bool{}
	for _, l := range Styles() {
		for _, name := range []string{l.Name, l.Short} {
			if name != "" && seen[name] {
				t.Errorf("%s names two styles", name)
			}
			seen[name] = true
		}
		style, err := s.Style(l.Name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.HasSuffix(style.ID, "/"+l.Name) {
			t.Errorf("%s holds the style %s", l.Name, style.ID)
		}
		for _, lang := range []string{"", "en-US", "ru-RU", "ja-JP"} {
			p, err := s.Print(style, lang, citeproc.Text, items(t))
			if err != nil {
				t.Errorf("%s: %v", l.Name, err)
				continue
			}
			if len(p.Entries) != 1 || !strings.Contains(strings.ToLower(p.Entries[0].Text), "aho") || strings.Contains(p.Entries[0].Text, "CSL STYLE ERROR") {
				t.Errorf("%s in %q: %v", l.Name, lang, p.Entries)
			}
		}
	}
	entries, err := files.ReadDir("third_party/csl/styles")
	own, err2 := files.ReadDir("own")
	if err != nil || err2 != nil || len(entries)+len(own) != len(Styles()) {
		t.Errorf("%d files, %d listed: %v, %v", len(entries)+len(own), len(Styles()), err, err2)
	}
}

func TestEveryShippedLocaleIsRead(t *testing.T) {
	entries, err := files.ReadDir("third_party/csl/locales")
	if err != nil || len(entries) < 50 {
		t.Fatal(len(entries), err)
	}
	s := Open()
	for _, e := range entries {
		tag := strings.TrimSuffix(strings.TrimPrefix(e.Name(), "locales-"), ".xml.gz")
		if l := s.Locale(tag); l == nil || l.Lang != tag {
			t.Errorf("%s: %v", tag, l)
		}
	}
}

func TestReferencesReadAsTheirGuidesPrintThem(t *testing.T) {
	s := Open()
	for name, want := range map[string]string{
		"apa":           "Aho, M., & Lind, T. (2019). Salt roads of the north. Journal of Harbours, 12(3), 341–349. https://doi.org/10.5555/abc",
		"mla":           "Aho, Maija, and Timo Lind. “Salt Roads of the North.” Journal of Harbours, vol. 12, no. 3, Mar. 2019, pp. 341–49, https://doi.org/10.5555/abc.",
		"ieee":          "[1] M. Aho and T. Lind, “Salt roads of the north,” J. Harb., vol. 12, no. 3, pp. 341–349, Mar. 2019, doi: 10.5555/abc.",
		"vancouver.csl": "1. Aho M, Lind T. Salt roads of the north. Journal of Harbours. 2019 Mar;12(3):341–9.",
	} {
		style, err := s.Style(name)
		if err != nil {
			t.Fatal(err)
		}
		list := items(t)
		list[0].Text["container-title-short"] = "J. Harb."
		if name != "ieee" {
			delete(list[0].Text, "container-title-short")
		}
		p, err := s.Print(style, "en-US", citeproc.Text, list)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Entries[0].Text; got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestReferenceThatStandsAloneHasNoNumber(t *testing.T) {
	s := Open()
	for _, name := range []string{"ieee", "vancouver", "gost", "nature", "ama"} {
		style, err := s.Style(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.PrintOne(style, "en-US", citeproc.Text, items(t)[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Entries[0].Text; !strings.HasPrefix(got, "Aho") && !strings.HasPrefix(got, "M. Aho") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestStyleThatIsNotThereIsSaidToBeUnknown(t *testing.T) {
	for _, name := range []string{"", "no-such-style", "../apa", "styles/apa"} {
		if _, err := Open().Style(name); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if l := Open().Locale("../locales/locales-en-US"); l != nil {
		t.Error("a locale by a path")
	}
}
