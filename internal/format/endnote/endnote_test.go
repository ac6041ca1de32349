package endnote

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForEndNote(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	if err := Encode(&b, p, string(p.Address(testrecord.Site))); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.xml", b.Bytes())
}

func TestALibraryIsReadByAnotherProgram(t *testing.T) {
	var b bytes.Buffer
	r := NewRecords(&b)
	cases := testrecord.All()
	for _, c := range cases {
		if err := r.Add(c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	testrecord.WellFormed(t, "all", b.Bytes())
	file := filepath.Join(t.TempDir(), "all.xml")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("endx2xml", "-i", "utf8", file).Output()
	if err != nil {
		t.Fatalf("%v: scripts/install-test-tools installs bibutils", err)
	}
	if got := strings.Count(string(out), "<mods "); got != len(cases) {
		t.Errorf("%d records are read, %d were written", got, len(cases))
	}
	for _, want := range []string{"<namePart type=\"family\">Межевой</namePart>", "Annals of Lamps", "10.5555/Lamp.2024.7"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%s is not read", want)
		}
	}
}
