package dublincore

import (
	"bytes"
	"fmt"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInTheTermsOfTheDublinCore(t *testing.T) {
	p := testrecord.Sample()
	address := string(p.Address(testrecord.Site))
	var b, dim, meta bytes.Buffer
	if err := Encode(&b, p, address); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.oai_dc.xml", b.Bytes())
	if err := Intermediate(p, address).Write(&dim); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.dim.xml", dim.Bytes())
	Metas(p, address, func(name, lang, content string) { fmt.Fprintf(&meta, "%s [%s] %s\n", name, lang, content) })
	testrecord.Golden(t, "sample.meta.txt", meta.Bytes())
}

func TestEveryRecordIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		var b, dim bytes.Buffer
		if err := Encode(&b, c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
		files[c.Name+".xml"] = b.Bytes()
		if err := Intermediate(c.Pub, c.Address).Write(&dim); err != nil {
			t.Fatal(err)
		}
		testrecord.WellFormed(t, c.Name, dim.Bytes())
	}
	testrecord.Valid(t, "oai_dc", files)
}
