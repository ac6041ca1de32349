package refparse

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// shared is a file of the real inputs beside the checkout.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("no ../shared/data beside the repository: " + name + " is not checked")
	}
	return data
}

type goldName struct{ Family, Given, Literal string }

type goldDate struct {
	Parts [][]int `json:"date-parts"`
}

// TestSeedListIsWhollyRight compares each field of the thirty references of the
// first page. Left out is what the transcriber inferred and no word of the entry
// says: the genre of a letter, who a speech is by, coverage. The full stop that
// ends a value does not count.
func TestSeedListIsWhollyRight(t *testing.T) {
	var gold struct {
		References []map[string]json.RawMessage
	}
	if err := json.Unmarshal(shared(t, "seed/gold.json"), &gold); err != nil {
		t.Fatal(err)
	}
	if len(gold.References) != 30 {
		t.Fatalf("%d references", len(gold.References))
	}
	for i, g := range gold.References {
		text := func(name string) (s string) {
			if len(g[name]) > 0 {
				_ = json.Unmarshal(g[name], &s) // null leaves it empty
			}
			return s
		}
		r := Parse(fmt.Sprintf("%d. %s", i+1, text("raw")))
		if r.Label != fmt.Sprint(i+1) || r.Printed.Plain != text("body_raw") {
			t.Errorf("%d: label %q, body %q", i+1, r.Label, r.Printed.Plain)
		}
		for _, f := range []struct{ name, got string }{
			{"key", r.Key}, {"type", r.Type}, {"title", r.Title}, {"title_translated", r.TitleTranslated}, {"title_language", r.TitleLanguage},
			{"container-title", r.Container}, {"volume", r.Volume}, {"part", r.Part}, {"volume-title", r.VolumeTitle}, {"issue", r.Issue},
			{"page", strings.ReplaceAll(r.Pages.String(), "–", "-")}, {"publisher", r.Publisher}, {"publisher-place", r.Place},
			{"language_note", r.LanguageNote}, {"language", r.Language}, {"URL", r.URL}, {"url_remnant", r.URLRemnant}, {"DOI", r.DOI},
		} {
			if want := text(f.name); strings.TrimSuffix(f.got, ".") != strings.TrimSuffix(want, ".") {
				t.Errorf("%d %s: %s is %q, want %q", i+1, r.Key, f.name, f.got, want)
			}
		}
		for name, got := range map[string][]journal.Name{"author": r.Authors, "editor": r.Editors, "translator": r.Translators} {
			var want []goldName
			_ = json.Unmarshal(g[name], &want)
			if !slices.EqualFunc(got, want, func(a journal.Name, b goldName) bool {
				return a.Family == b.Family && a.Given == b.Given && (b.Family != "" || a.Literal == b.Literal)
			}) {
				t.Errorf("%d %s: %s is %v, want %v", i+1, r.Key, name, got, want)
			}
		}
		for name, got := range map[string]journal.Date{"issued": r.Issued, "accessed": r.Accessed} {
			var want goldDate
			_ = json.Unmarshal(g[name], &want)
			wanted := ""
			if len(want.Parts) > 0 {
				wanted = fmt.Sprintf("%04d", want.Parts[0][0])
				for _, n := range want.Parts[0][1:] {
					wanted += fmt.Sprintf("-%02d", n)
				}
			}
			if string(got) != wanted {
				t.Errorf("%d %s: %s is %q, want %q", i+1, r.Key, name, got, wanted)
			}
		}
	}
}

// TestEveryValueStandsInTheEntry: nothing is invented, on the project's own
// samples and, where they are there, on more than a thousand real strings.
func TestEveryValueStandsInTheEntry(t *testing.T) {
	lines := samples(t)
	if data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "refs", "refs-dev.tsv")); err == nil {
		for line := range strings.Lines(string(data)) {
			fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
			lines = append(lines, fields[len(fields)-1])
		}
	}
	for _, line := range lines {
		r := Parse(line)
		for _, v := range printedValues(&r) {
			if v != "" && !strings.Contains(line, v) {
				t.Errorf("%q is not printed in %s", v, line)
			}
		}
	}
}

// printedValues are the fields that must stand in the entry letter for letter.
func printedValues(r *journal.Reference) []string {
	out := []string{
		r.Genre, r.Title, r.TitleTranslated, r.TitleOriginal, r.Container, r.ContainerTranslated, r.Series, r.Edition, r.Volume, r.VolumeTitle,
		r.Issue, r.Part, r.ItemNumber, r.Pages.First, r.Pages.Last, r.Pages.Article, r.PageCount, r.Event, r.Publisher, r.Place, r.URL, r.URLRemnant,
		r.LanguageNote, r.Note, r.Key, r.Label,
		r.Archive.Repository, r.Archive.Collection, r.Archive.Fond, r.Archive.Inventory, r.Archive.Unit, r.Archive.Box, r.Archive.Folder, r.Archive.Leaves,
	}
	for _, list := range [][]journal.Name{r.Authors, r.Editors, r.Translators, r.Compilers, r.ContainerAuthors} {
		for _, n := range list {
			out = append(out, n.Literal, n.Family, n.Given, n.Suffix)
		}
	}
	return out
}
