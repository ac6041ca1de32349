package pubmed

import (
	"bytes"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForPubMed(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	if err := Encode(&b, p, string(p.Address(testrecord.Site))); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.xml", b.Bytes())
}

func TestEverySetIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		var b bytes.Buffer
		err := Encode(&b, c.Pub, c.Address)
		if lacks := Lacks(c.Pub, c.Address); lacks.Grave() != (err != nil) {
			t.Errorf("%s: %v, lacks %v", c.Name, err, lacks)
		}
		if err == nil {
			files[c.Name+".xml"] = b.Bytes()
		}
	}
	testrecord.Valid(t, "pubmed", files)
}
