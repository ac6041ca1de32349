package bibtex

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInBibLaTeX(t *testing.T) {
	p := testrecord.Sample()
	testrecord.Golden(t, "sample.bib", BibLaTeX(p, string(p.Address(testrecord.Site))))
}

// Another program reads as many entries as were written, with their titles.
func TestEveryEntryIsReadByAnotherProgram(t *testing.T) {
	var b bytes.Buffer
	w := NewBibLaTeXWriter(&b)
	cases := testrecord.All()
	for _, c := range cases {
		if err := w.Write(c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "all.bib")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("biblatex2xml", "-i", "utf8", file).Output()
	if err != nil {
		t.Fatalf("%v: scripts/install-test-tools installs bibutils", err)
	}
	if got := strings.Count(string(out), "<mods "); got != len(cases) {
		t.Errorf("%d entries are read, %d were written", got, len(cases))
	}
	if !strings.Contains(string(out), "<title>Annals of Lamps &amp; Light</title>") {
		t.Error("the journal of the sample is not read")
	}
}
