package citeproc

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files")

// ownLocales are the small locales of the package's own tests.
func ownLocales(t testing.TB) func(string) *Locale {
	t.Helper()
	have := map[string]*Locale{}
	for _, tag := range []string{"en-US", "ru-RU"} {
		f, err := os.Open("testdata/locale-" + tag + ".xml")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if have[tag], err = ParseLocale(f); err != nil {
			t.Fatal(err)
		}
	}
	return func(tag string) *Locale { return have[tag] }
}

func ownItems(t testing.TB) []*Item {
	t.Helper()
	f, err := os.Open("testdata/items.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, err := DecodeItems(f)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// Each archive holds a style and citations of testdata/items.json; what they
// give follows in it, as HTML and as plain text.
func TestStylesGiveWhatTheyGave(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	locales, items := ownLocales(t), ownItems(t)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			var kept []txtar.File
			for _, f := range a.Files {
				parts[f.Name] = string(f.Data)
				if !strings.HasPrefix(f.Name, "want") {
					kept = append(kept, f)
				}
			}
			got := map[string]string{
				"want.html": both(t, parts, items, locales, HTML),
				"want.txt":  both(t, parts, items, locales, Text),
			}
			if *update {
				a.Files = append(kept, txtar.File{Name: "want.html", Data: []byte(got["want.html"])}, txtar.File{Name: "want.txt", Data: []byte(got["want.txt"])})
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for name, g := range got {
				if d := cmp.Diff(parts[name], g); d != "" {
					t.Errorf("%s (-want +got):\n%s", name, d)
				}
			}
		})
	}
}

// both prints the citations and the bibliography of an archive.
func both(t *testing.T, parts map[string]string, items []*Item, locales func(string) *Locale, f Format) string {
	t.Helper()
	style, err := ParseStyle(strings.NewReader(parts["style.csl"]))
	if err != nil {
		t.Fatal(err)
	}
	var citations []Citation
	if err := json.Unmarshal([]byte(parts["cites.json"]), &citations); err != nil {
		t.Fatal(err)
	}
	p, err := New(style, Options{Locale: locales, Format: f})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.SetItems(items); err != nil {
		t.Fatal(err)
	}
	lines, err := p.Document(citations)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.Bibliography()
	if err != nil {
		t.Fatal(err)
	}
	lines = append(lines, "")
	for _, e := range list.Entries {
		lines = append(lines, e.Text)
	}
	return strings.Join(lines, "\n") + "\n"
}
