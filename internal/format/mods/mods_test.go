package mods

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInMODS(t *testing.T) {
	testrecord.Sampled(t, "sample.xml", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) })
}

func TestEveryRecordIsValid(t *testing.T) { testrecord.Recorded(t, "mods", Record) }

func TestEveryCollectionIsValid(t *testing.T) { testrecord.Collected(t, "mods", NewCollection, nil) }

func TestHeadingsOfJATSAreTopicsNotClasses(t *testing.T) {
	p := testrecord.Sample()
	p.Record.Subjects = []journal.Subject{{Scheme: "UDK", Code: "628.9"}, {Scheme: "heading", Code: "Light/Oil"}, {Scheme: "discipline-v2", Code: "Light/Oil"}, {Scheme: "system taxonomy", Code: "lamps"}}
	var b bytes.Buffer
	if err := Record(p, "").Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<classification authority="udc">628.9<`, "<topic>Light/Oil<", "<topic>lamps<"} {
		if strings.Count(b.String(), want) != 1 {
			t.Errorf("%s: %d times in %s", want, strings.Count(b.String(), want), b.String())
		}
	}
	if n := strings.Count(b.String(), "<classification"); n != 1 {
		t.Errorf("%d classifications", n)
	}
}
