package rsci

import (
	"bytes"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleForRSCI(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	i := NewIssue(&b, &p.Journal, p.Issue)
	if ok, err := i.Add(p, testrecord.Documents(), string(p.Address(testrecord.Site))); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := i.Close(); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.xml", b.Bytes())
}

func TestEveryIssueIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		if c.Pub.Journal.Registry == nil && c.Name != "unregistered" {
			c.Pub = known(c.Pub)
		}
		var b bytes.Buffer
		i := NewIssue(&b, &c.Pub.Journal, c.Pub.Issue)
		ok, err := i.Add(c.Pub, c.Documents, c.Address)
		if err != nil {
			t.Fatal(err)
		}
		if err := i.Close(); err != nil {
			t.Fatal(err)
		}
		if lacks := Lacks(c.Pub, c.Address); lacks.Grave() == ok || i.Empty() == ok {
			t.Errorf("%s: written is %v, lacks %v", c.Name, ok, lacks)
		}
		if ok {
			files[c.Name+".xml"] = b.Bytes()
		}
	}
	if len(files) < 10 {
		t.Errorf("only %d issues", len(files))
	}
	testrecord.Valid(t, "rsci", files)
}

// known is an article of a journal that eLIBRARY knows.
func known(p *journal.Publication) *journal.Publication {
	q := *p
	q.Journal.Registry = &journal.Registry{RSCITitle: "12345"}
	return &q
}

func TestLanguagesHaveTheCodesOfELibrary(t *testing.T) {
	for tag, want := range map[string]string{"ru": "RUS", "en-GB": "ENG", "ja": "JPN", "es": "ESP", "kk": "KKZ", "de": "DEU", "fr": "FRE", "zh-Hant": "ZHO", "pt-BR": "PRT",
		"uk": "UKR", "x-klingon": "", "": "", "mi": ""} {
		if got := language(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}
