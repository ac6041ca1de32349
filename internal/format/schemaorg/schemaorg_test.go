package schemaorg

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInJSONLD(t *testing.T) {
	p := testrecord.Sample()
	b, err := Encode(p, testrecord.Documents(), string(p.Address(testrecord.Site)))
	if err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.jsonld", b)
}

// All that is written is read by a library of JSON-LD and is of schema.org's
// vocabulary.
func TestEveryDocumentIsOfTheVocabulary(t *testing.T) {
	var documents [][2]string
	for _, c := range testrecord.All() {
		b, err := Encode(c.Pub, c.Documents, c.Address)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, [2]string{c.Name, string(b)})
	}
	in, err := json.Marshal(documents)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/check.mjs", filepath.Join(testrecord.Root(), "tools", "node_modules"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v (scripts/install-test-tools installs what it needs)\n%.4000s", err, out)
	}
}

func TestBriefCanStandInAPage(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		b, err := Brief(c.Pub, c.Documents, c.Address)
		if err != nil || strings.ContainsAny(string(b), "<>&") || !json.Valid(b) {
			t.Errorf("%v, %.200s", err, b)
		}
	})
}
