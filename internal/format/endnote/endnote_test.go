package endnote

import (
	"bytes"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForEndNote(t *testing.T) { testrecord.Sampled(t, "sample.xml", Encode) }

func TestALibraryIsReadByAnotherProgram(t *testing.T) {
	var b bytes.Buffer
	r := NewCollection(&b)
	cases := testrecord.Readable("nameless", "spoilt") // which have pages with blanks and names of signs
	for _, c := range cases {
		if _, err := r.Add(c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	testrecord.WellFormed(t, "all", b.Bytes())
	got := testrecord.Bibutils(t, "endx2xml", b.Bytes())
	testrecord.Read(t, cases, got, []string{"title", "author", "journal", "volume", "issue", "first", "last", "year", "doi", "issn", "language", "abstract", "url", "publisher", "place", "keywords"},
		testrecord.BibutilsForm)
}
