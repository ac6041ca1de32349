package dublincore

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInTheTermsOfTheDublinCore(t *testing.T) {
	testrecord.Sampled(t, "sample.oai_dc.xml", Encode)
	testrecord.Sampled(t, "sample.dim.xml", func(w io.Writer, p *journal.Publication, address string) error {
		return Intermediate(p, address).Write(w)
	})
	p := testrecord.Sample()
	var meta bytes.Buffer
	Metas(p, string(p.Address(testrecord.Site)), func(name, lang, content string) { fmt.Fprintf(&meta, "%s [%s] %s\n", name, lang, content) })
	testrecord.Golden(t, "sample.meta.txt", meta.Bytes())
}

func TestEveryRecordIsValid(t *testing.T) {
	for _, c := range testrecord.All() {
		var dim bytes.Buffer
		if err := Intermediate(c.Pub, c.Address).Write(&dim); err != nil {
			t.Fatal(err)
		}
		testrecord.WellFormed(t, c.Name, dim.Bytes())
	}
	testrecord.Recorded(t, "oai_dc", Record)
}
