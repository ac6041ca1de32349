package jalc

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

const site = "SI/lamp.example"

func open(w io.Writer) *xmltree.Collection { return NewCollection(w, site) }

// member is an article of a journal that is a member's.
func member(p *journal.Publication) *journal.Publication {
	q := *p
	r := *q.Journal.Registered()
	r.JaLCSite = site
	q.Journal.Registry = &r
	return &q
}

func written(t *testing.T, list ...*journal.Publication) string {
	t.Helper()
	var b strings.Builder
	c := open(&b)
	for _, p := range list {
		address := string(p.Address(testrecord.Site))
		if ok, err := c.Add(p, address); err != nil || ok == Lacks(p, address).Grave() {
			t.Errorf("written is %v, it lacks %v: %v", ok, Lacks(p, address), err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSampleForJaLC(t *testing.T) {
	testrecord.Golden(t, "sample.xml", []byte(written(t, member(testrecord.Sample()))))
}

// registration is what JaLC reads.
type registration struct {
	XMLName xml.Name `xml:"root"`
	Kind    string   `xml:"head>content_classification"`
	Site    string   `xml:"body>site_id"`
	List    []struct {
		Sequence int    `xml:"sequence,attr"`
		DOI      string `xml:"doi"`
		URL      string `xml:"url"`
		Titles   []struct {
			Lang  string `xml:"lang,attr"`
			Title string `xml:"title"`
		} `xml:"title_list>titles"`
		Year     string `xml:"publication_date>year"`
		Creators []struct {
			Names []struct {
				Last string `xml:"last_name"`
			} `xml:"names"`
		} `xml:"creator_list>creator"`
	} `xml:"body>content"`
}

// TestEveryRegistrationHasWhatJaLCDemands reads back what was written of every kind of
// record.
func TestEveryRegistrationHasWhatJaLCDemands(t *testing.T) {
	var all []*journal.Publication
	for _, c := range testrecord.All() {
		all = append(all, member(c.Pub))
		if left := written(t, c.Pub); strings.Contains(left, "<content ") {
			t.Errorf("%s is registered by nobody", c.Name)
		}
	}
	var r registration
	if err := xml.Unmarshal([]byte(written(t, all...)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Kind != journalArticles || r.Site != site || len(r.List) < 10 {
		t.Errorf("%s by %s of %d articles", r.Kind, r.Site, len(r.List))
	}
	for i, c := range r.List {
		if c.Sequence != i || c.DOI == "" || !strings.HasPrefix(c.URL, "http") || len(c.Titles) == 0 || c.Titles[0].Title == "" || len(c.Year) != 4 {
			t.Errorf("%+v", c)
		}
		for _, a := range c.Creators {
			if len(a.Names) == 0 || a.Names[0].Last == "" {
				t.Errorf("%s has an author without a name", c.DOI)
			}
		}
	}
}
