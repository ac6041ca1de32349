package marcxml

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInMARC(t *testing.T) {
	testrecord.Sampled(t, "sample.xml", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) })
}

func TestEveryRecordIsValid(t *testing.T) { testrecord.Recorded(t, "marcxml", Record) }

func TestEveryCollectionIsValid(t *testing.T) { testrecord.Collected(t, "marcxml", NewCollection, nil) }

var between = regexp.MustCompile(`>\s+<`)

// written is the sample after a change, on one line.
func written(t *testing.T, change func(*journal.Publication)) string {
	t.Helper()
	p := testrecord.Sample()
	change(p)
	var b bytes.Buffer
	if err := Record(p, "").Write(&b); err != nil {
		t.Fatal(err)
	}
	return between.ReplaceAllString(b.String(), "><")
}

func TestHeadingsOfJATSAreTermsNotClasses(t *testing.T) {
	got := written(t, func(p *journal.Publication) {
		p.Record.Subjects = []journal.Subject{{Scheme: "UDK", Code: "628.9"}, {Scheme: "msc", Code: "00A09"}, {Scheme: "bbk", Code: "38.76"}, {Scheme: "ddc", Code: "621.32"}, {Scheme: "lcc", Code: "TP746"},
			{Scheme: "heading", Code: "Light/Oil"}, {Scheme: "Discipline-v2", Code: "Light/Oil"}, {Scheme: "system taxonomy", Code: "lamps"}, {Scheme: "pacs", Code: "42.72.Bj"}}
	})
	for _, want := range []string{
		`tag="080" ind1=" " ind2=" "><subfield code="a">628.9<`, `tag="084" ind1=" " ind2=" "><subfield code="a">00A09</subfield><subfield code="2">msc<`,
		`<subfield code="a">38.76</subfield><subfield code="2">rubbk<`, `tag="082" ind1="0" ind2="4"><subfield code="a">621.32<`, `tag="050" ind1=" " ind2="4"><subfield code="a">TP746<`,
		`tag="653" ind1="0" ind2=" "><subfield code="a">Light/Oil<`, `tag="653" ind1="0" ind2=" "><subfield code="a">lamps<`, `tag="653" ind1="0" ind2=" "><subfield code="a">42.72.Bj<`,
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%s: %d times in %s", want, strings.Count(got, want), got)
		}
	}
	if n := strings.Count(got, `tag="084"`); n != 2 {
		t.Errorf("%d fields 084", n)
	}
}

func TestUnknownDatesAreSaidToBeUnknown(t *testing.T) {
	got := written(t, func(p *journal.Publication) { p.Issue, p.Record.Issue, p.Record.Published = nil, nil, "" })
	if want := `<controlfield tag="008">240502nuuuuuuuuxx |||||o|||||||||||eng d<`; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

func TestArticleThatIsUpdatedIsAnotherEdition(t *testing.T) {
	got := written(t, func(p *journal.Publication) {
		p.Record.Related = []journal.Related{{Relation: "updated-article", DOI: "10.5555/a"}, {Relation: "update", DOI: "10.5555/b"}}
	})
	for _, want := range []string{`tag="775" ind1="0" ind2="8"><subfield code="i">updated article:</subfield><subfield code="o">https://doi.org/10.5555/a<`, `tag="775" ind1="0" ind2="8"><subfield code="i">update:</subfield><subfield code="o">https://doi.org/10.5555/b<`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
