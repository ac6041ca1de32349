package datacite

import (
	"bytes"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleByDataCiteAndOpenAIRE(t *testing.T) {
	testrecord.Sampled(t, "sample.datacite.xml", Encode)
	testrecord.Sampled(t, "sample.openaire.xml", EncodeOpenAIRE)
}

func TestEveryRecordIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		var b, o bytes.Buffer
		err := Encode(&b, c.Pub, c.Address)
		if lacks := Lacks(c.Pub, c.Address); lacks.Grave() != (err != nil) {
			t.Errorf("%s: %v, lacks %v", c.Name, err, lacks)
		}
		if err == nil {
			files[c.Name+".xml"] = b.Bytes()
		}
		if err := EncodeOpenAIRE(&o, c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
		testrecord.WellFormed(t, c.Name, o.Bytes())
	}
	testrecord.Valid(t, "datacite", files)
}

func TestHeadingsOfJATSNameNoScheme(t *testing.T) {
	p := testrecord.Sample()
	p.Record.Subjects = []journal.Subject{{Scheme: "MSC", Code: "00A09"}, {Scheme: "heading", Code: "Light"}, {Scheme: "system taxonomy", Code: "Oil"}}
	var b bytes.Buffer
	if err := Encode(&b, p, "https://example.org/a"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<subject subjectScheme="MSC">00A09<`, "<subject>Light<", "<subject>Oil<"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}
