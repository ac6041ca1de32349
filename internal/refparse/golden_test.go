package refparse

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"offprint/internal/journal"
)

var update = flag.Bool("update", false, "write testdata/references.golden")

// described is a reading for people: one line a field, with how sure it is.
func described(r *journal.Reference) string {
	var b strings.Builder
	put := func(name, field, value string) {
		if value != "" {
			fmt.Fprintf(&b, "    %-12s %s", name, value)
			if sure, ok := r.Confidence[field]; ok && sure < 0.9 {
				fmt.Fprintf(&b, "  (%.2f)", sure)
			}
			b.WriteByte('\n')
		}
	}
	people := func(name, field string, list []journal.Name) {
		var parts []string
		for _, n := range list {
			switch {
			case n.Family == "":
				parts = append(parts, "“"+n.Literal+"”")
			case n.Suffix != "":
				parts = append(parts, n.Family+" | "+n.Given+" | "+n.Suffix)
			default:
				parts = append(parts, n.Family+" | "+n.Given)
			}
		}
		put(name, field, strings.Join(parts, "; "))
	}
	put("key", "", r.Key)
	put("label", "", r.Label)
	put("type", "type", r.Type)
	put("genre", "genre", r.Genre)
	people("authors", "authors", r.Authors)
	people("editors", "editors", r.Editors)
	people("translators", "translators", r.Translators)
	people("compilers", "compilers", r.Compilers)
	put("title", "title", r.Title)
	put("language", "title_language", r.TitleLanguage)
	put("translated", "title_translated", r.TitleTranslated)
	put("container", "container", r.Container)
	put("translated", "container_translated", r.ContainerTranslated)
	people("of", "container_authors", r.ContainerAuthors)
	put("series", "series", r.Series)
	put("edition", "edition", r.Edition)
	put("volume", "volume", r.Volume)
	put("vol. title", "volume_title", r.VolumeTitle)
	put("issue", "issue", r.Issue)
	put("part", "part", r.Part)
	put("number", "item_number", r.ItemNumber)
	put("pages", "pages", r.Pages.String())
	put("page count", "page_count", r.PageCount)
	put("place", "place", r.Place)
	put("publisher", "publisher", r.Publisher)
	issued := string(r.Issued)
	if r.IssuedTo != "" {
		issued += "/" + string(r.IssuedTo)
	}
	if r.IssuedSuffix != "" {
		issued += " " + r.IssuedSuffix
	}
	put("issued", "issued", issued)
	put("first", "issued_original", string(r.IssuedOriginal))
	put("event", "event", r.Event)
	put("DOI", "doi", r.DOI)
	put("URL", "url", r.URL)
	put("remnant", "url_remnant", r.URLRemnant)
	put("accessed", "accessed", string(r.Accessed))
	put("note", "language_note", r.LanguageNote)
	a := r.Archive
	put("archive", "archive", strings.Join(strings.Fields(strings.Join([]string{a.Repository, a.Collection, "|", a.Fond, "|", a.Inventory, "|", a.Unit, "|", a.Box, a.Folder, "|", a.Leaves}, " ")), " "))
	if a == (journal.Archive{}) {
		s := b.String()
		i := strings.Index(s, "    archive ")
		j := strings.IndexByte(s[i:], '\n')
		b.Reset()
		b.WriteString(s[:i] + s[i+j+1:])
	}
	put("remark", "note", r.Note)
	for _, id := range r.IDs {
		put(id.Kind, "ids", id.Value)
	}
	return b.String()
}

func samples(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/references.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// TestOwnSamplesReadAsInTheGolden: after a change that is meant, run with -update
// and read the difference.
func TestOwnSamplesReadAsInTheGolden(t *testing.T) {
	var b strings.Builder
	for _, line := range samples(t) {
		if strings.HasPrefix(line, "#") {
			fmt.Fprintf(&b, "%s\n\n", line)
			continue
		}
		r := Parse(line)
		fmt.Fprintf(&b, "%s\n%s\n", line, described(&r))
	}
	const name = "testdata/references.golden"
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() == string(want) {
		return
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range got {
		if i >= len(old) || got[i] != old[i] {
			t.Fatalf("line %d of %s differs:\n got %s\nwant %s", i+1, name, got[i], old[min(i, len(old)-1)])
		}
	}
	t.Fatalf("%s has more lines", name)
}
