package citation

import (
	"flag"
	"os"
	"strings"
	"testing"

	"offprint/citeproc"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRecordsByGOST prints a record of each kind by GOST R 7.0.100: the golden file has
// them as the examples of the standard are set.
func TestRecordsByGOST(t *testing.T) {
	const name = "gost-r-7-0-100"
	f, err := os.Open("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	list, err := citeproc.DecodeItems(f)
	if err != nil {
		t.Fatal(err)
	}
	s := Open()
	style, err := s.Style(name)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, lang := range []string{"ru-RU", "en-US"} {
		p, err := s.Print(style, lang, citeproc.Text, list)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(lang + " " + p.InText + "\n\n")
		for _, e := range p.Entries {
			b.WriteString(e.Text + "\n")
		}
		b.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile("testdata/"+name+".golden", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("testdata/" + name + ".golden")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("testdata/%s.golden differs; see it with -update:\n%s", name, b.String())
	}
}

// TestManyAuthorsAreCountedForTheStyle: what a style cannot count is told to it, and the
// item of the caller stays as it was.
func TestManyAuthorsAreCountedForTheStyle(t *testing.T) {
	four := make([]citeproc.Name, 4)
	item := &citeproc.Item{ID: "a", Text: map[string]string{"title": "Tides"}, Names: map[string][]citeproc.Name{"author": four}}
	more := told([]*citeproc.Item{item})[0]
	if more.Text["many-authors"] == "" || more.Text["latin-script"] == "" || more.Text["title"] != "Tides" || len(item.Text) != 1 {
		t.Errorf("%v of %v", more.Text, item.Text)
	}
	russian := &citeproc.Item{ID: "b", Text: map[string]string{"title": "Приливы"}, Names: map[string][]citeproc.Name{"author": four[:3]}}
	if more := told([]*citeproc.Item{russian})[0]; len(more.Text) != 1 {
		t.Errorf("%v", more.Text)
	}
}
