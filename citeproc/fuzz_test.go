package citeproc

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func ownStyles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	var out []string
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if f.Name == "style.csl" {
				out = append(out, string(f.Data))
			}
		}
	}
	return out
}

// Any file is refused or makes a style that prints something in bounded time.
func FuzzParseStyle(f *testing.F) {
	for _, s := range ownStyles(f) {
		f.Add(s)
	}
	locales, items := ownLocales(f), ownItems(f)
	f.Fuzz(func(t *testing.T, source string) {
		if l, err := ParseLocale(strings.NewReader(source)); err == nil && l == nil {
			t.Error("neither a locale nor an error")
		}
		style, err := ParseStyle(strings.NewReader(source))
		if err != nil {
			return
		}
		print(t, style, locales, items)
	})
}

// Any items are printed by any of the styles, and nothing of them becomes
// markup that is not of the known tags.
func FuzzItems(f *testing.F) {
	b, err := os.ReadFile("testdata/items.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(b))
	f.Add(`[{"id":"a","title":"\"<i>'x\"</i>'","page":"1-","issued":{"raw":"1/2/"},"author":[{"family":"d'","given":"-."}]}]`)
	f.Add(`[{"id":"a","title":"‘’“”","edition":"1&,–2","author":[{"family":"<b>","given":"</b>"},{"literal":"x"}]}]`)
	locales := ownLocales(f)
	var styles []*Style
	for _, source := range ownStyles(f) {
		s, err := ParseStyle(strings.NewReader(source))
		if err != nil {
			f.Fatal(err)
		}
		styles = append(styles, s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		items, err := DecodeItems(strings.NewReader(source))
		if err != nil || len(items) > 50 {
			return
		}
		for _, s := range styles {
			if out := print(t, s, locales, items); strings.Contains(strings.ToLower(out), "<script") {
				t.Errorf("markup of the data: %s", out)
			}
		}
	})
}

func print(t *testing.T, s *Style, locales func(string) *Locale, items []*Item) string {
	t.Helper()
	p, err := New(s, Options{Locale: locales})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.SetItems(items); err != nil {
		return ""
	}
	var cites []Cite
	var citations []Citation
	for k, item := range items {
		cites = append(cites, Cite{ID: item.ID, Locator: "3-5"})
		citations = append(citations, Citation{Cites: []Cite{{ID: item.ID}}, Note: k})
	}
	out, _ := p.Cite(cites)
	if _, err := p.Document(append(citations, Citation{Cites: cites, Note: len(items)})); err != nil {
		return out
	}
	list, err := p.Bibliography()
	if err != nil {
		return out
	}
	return out + list.String()
}
