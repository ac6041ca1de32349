package marcxml

import (
	"bytes"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInMARC(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	if err := Encode(&b, p, string(p.Address(testrecord.Site))); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.xml", b.Bytes())
}

func TestEveryRecordIsValid(t *testing.T) {
	files := map[string][]byte{}
	var all bytes.Buffer
	s := NewCollection(&all)
	for _, c := range testrecord.All() {
		var b bytes.Buffer
		if err := Encode(&b, c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
		files[c.Name+".xml"] = b.Bytes()
		if err := s.Add(Inner(c.Pub, c.Address)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files["all.xml"] = all.Bytes()
	testrecord.Valid(t, "marcxml", files)
}
