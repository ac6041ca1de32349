package coins

import (
	"net/url"
	"strings"
	"testing"

	"offprint/internal/pid"
	"offprint/internal/script"
	"offprint/internal/testrecord"
)

func TestSampleInASpan(t *testing.T) {
	p := testrecord.Sample()
	testrecord.Golden(t, "sample.txt", []byte(strings.ReplaceAll(Encode(p, string(p.Address(testrecord.Site))), "&", "\n&")+"\n"))
}

func TestEverySpanIsAQuery(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		q, err := url.ParseQuery(Encode(c.Pub, c.Address))
		if err != nil || q.Get("ctx_ver") != "Z39.88-2004" || q.Get("rft.genre") != "article" {
			t.Errorf("%v %v", err, q)
		}
	})
}

// TestZoteroReadsTheSpan: what its own code makes of every kind of record.
func TestZoteroReadsTheSpan(t *testing.T) {
	all := testrecord.All()
	pages := make([]testrecord.ZoteroPage, len(all))
	for i, c := range all {
		pages[i].COinS = []string{Encode(c.Pub, c.Address)}
	}
	for i, got := range testrecord.Zotero(t, pages...) {
		c, it := all[i], got.Items[0]
		rec := &c.Pub.Record
		doi, _ := pid.DOI(rec.DOI)
		for _, f := range [][3]string{
			{"type", it.Type, "journalArticle"}, {"title", it.Title, script.Line(c.Pub.Heading().Plain)}, {"DOI", it.DOI, doi}, {"address", it.URL, c.Address},
			{"date", it.Date, string(c.Pub.Issued().Valid())}, {"language", it.Language, script.Line(rec.Language)}, {"journal", it.Journal, script.Line(c.Pub.Journal.Title(rec.Language).Plain)},
		} {
			if f[1] != f[2] {
				t.Errorf("%s: %s is %q, want %q", c.Name, f[0], f[1], f[2])
			}
		}
		want, first := 0, ""
		for _, a := range rec.By("author") {
			name := script.Line(a.NameIn(rec.Language).Shown())
			if name != "" && name != first { // it tells the first author once, however often he is there
				want++
			}
			if want == 1 {
				first = name
			}
		}
		if len(it.Creators) != want {
			t.Errorf("%s: %d authors, want %d: %+v", c.Name, len(it.Creators), want, it.Creators)
		}
	}
}
