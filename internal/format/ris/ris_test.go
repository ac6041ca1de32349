package ris

import (
	"bytes"
	"testing"

	"offprint/internal/testrecord"
)

func TestAnotherProgramReadsWhatWasWritten(t *testing.T) {
	cases := testrecord.Readable("nameless")
	var b bytes.Buffer
	for _, c := range cases {
		b.Write(Encode(c.Pub, c.Address))
	}
	got := testrecord.Bibutils(t, "ris2xml", b.Bytes())
	testrecord.Read(t, cases, got, []string{"title", "author", "journal", "volume", "issue", "first", "last", "date", "doi", "issn", "language", "abstract", "url", "publisher", "place", "keywords"},
		testrecord.BibutilsForm)
}
