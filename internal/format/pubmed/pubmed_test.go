package pubmed

import (
	"bytes"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleForPubMed(t *testing.T) { testrecord.SampleCollected(t, "sample.xml", NewCollection) }

func TestEverySetIsValid(t *testing.T) { testrecord.Collected(t, "pubmed", NewCollection, Lacks) }

func TestOtherAbstractsHaveTheCodesOfLibraries(t *testing.T) {
	p := testrecord.Sample()
	p.Record.Abstracts = []journal.Abstract{{Text: journal.T("en", "One.")}, {Text: journal.T("de", "Eins.")}, {Text: journal.T("zh-Hans", "一。")}, {Text: journal.T("en-GB", "One again.")}}
	var b bytes.Buffer
	if err := Record(p, "https://example.org/a").Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<OtherAbstract Language="ger">Eins.<`, `<OtherAbstract Language="chi">一。<`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
	if n := strings.Count(b.String(), "<OtherAbstract"); n != 2 {
		t.Errorf("%d other abstracts", n)
	}
}
