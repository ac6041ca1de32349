package ojsnative

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func pdf() []File {
	return []File{
		{Name: "lamp.pdf", Label: "PDF", Media: "application/pdf", Size: 9, Galley: true, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("%PDF-1.7\n")), nil }},
		{Name: "elsewhere.pdf", Media: "application/pdf", Lang: "ru", Galley: true, Address: "https://old.example/a b.pdf"},
	}
}

// written is an article as a document of its issue, and alone.
func written(t *testing.T, d Dialect, c *testrecord.Case) (issue, alone []byte) {
	t.Helper()
	var a, b bytes.Buffer
	if is := c.Pub.Place(); is != nil {
		doc := NewIssue(&a, d, &c.Pub.Journal, is, []Section{{c.Pub.Record.Section}})
		if err := errors.Join(doc.Add(c.Pub, pdf(), c.Address), doc.Close()); err != nil {
			t.Fatal(err)
		}
	}
	doc := NewArticles(&b, d, &c.Pub.Journal)
	if err := errors.Join(doc.Add(c.Pub, nil, c.Address), doc.Close()); err != nil {
		t.Fatal(err)
	}
	return a.Bytes(), b.Bytes()
}

func TestSampleForOJS(t *testing.T) {
	c := testrecord.Own()[0]
	for name, d := range map[string]Dialect{"sample-3.3.xml": V33, "sample-3.5.xml": V35} {
		issue, _ := written(t, d, &c)
		testrecord.Golden(t, name, issue)
	}
}

func TestEveryDocumentIsValid(t *testing.T) {
	for format, d := range map[string]Dialect{"ojs-3.3": V33, "ojs-3.4": V34, "ojs-3.5": V35} {
		t.Run(format, func(t *testing.T) {
			files := map[string][]byte{}
			for _, c := range testrecord.All() {
				issue, alone := written(t, d, &c)
				if len(issue) > 0 {
					files[c.Name+".issue.xml"] = issue
				}
				files[c.Name+".xml"] = alone
			}
			testrecord.Valid(t, format, files)
		})
	}
}

func TestTheFailureOfAFileIsReturned(t *testing.T) {
	p := testrecord.Sample()
	bad := errors.New("gone")
	doc := NewArticles(io.Discard, V35, &p.Journal)
	err := errors.Join(doc.Add(p, []File{{Name: "x.pdf", Galley: true, Open: func() (io.ReadCloser, error) { return nil, bad }}}, ""), doc.Close())
	if !errors.Is(err, bad) {
		t.Errorf("got %v", err)
	}
}

func TestLanguagesAreNamedAsOJSNamesThem(t *testing.T) {
	for tag, want := range map[string][2]string{"ru": {"ru_RU", "ru"}, "en": {"en_US", "en"}, "pt-BR": {"pt_BR", "pt_BR"}, "zh": {"zh_CN", "zh_Hans"}, "ja": {"ja_JP", "ja"},
		"": {"en_US", "en"}, "x-y": {"en_US", "en"}, "uk": {"uk_UA", "uk"}, "sah": {"en_US", "sah"}} {
		if a, b := V33.Locale(tag), V35.Locale(tag); a != want[0] || b != want[1] {
			t.Errorf("%q is %q and %q, want %q", tag, a, b, want)
		}
	}
}
