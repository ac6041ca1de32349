package testrecord

import (
	"bytes"
	"io"
	"testing"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
)

// Sampled compares the sample, as a format writes it, with a file of testdata.
func Sampled(t *testing.T, name string, encode func(w io.Writer, p *journal.Publication, address string) error) {
	t.Helper()
	p := Sample()
	var b bytes.Buffer
	if err := encode(&b, p, string(p.Address(Site))); err != nil {
		t.Fatal(err)
	}
	Golden(t, name, b.Bytes())
}

// Recorded checks a format that can hold every article: each is a document that is
// valid by the official schema.
func Recorded(t *testing.T, format string, record func(p *journal.Publication, address string) *xmltree.Element) {
	t.Helper()
	files := map[string][]byte{}
	for _, c := range All() {
		var b bytes.Buffer
		if err := record(c.Pub, c.Address).Write(&b); err != nil {
			t.Fatal(err)
		}
		files[c.Name+".xml"] = b.Bytes()
	}
	Valid(t, format, files)
}

// Collected checks a format whose documents hold any number of articles: each alone
// and all together are valid by the official schema, and left out are those that lack
// what the format demands. lacks is nil for a format that takes every article.
func Collected(t *testing.T, format string, open func(w io.Writer) *xmltree.Collection, lacks func(p *journal.Publication, address string) journal.Lacks) {
	t.Helper()
	files := map[string][]byte{}
	var all bytes.Buffer
	whole := open(&all)
	for _, c := range All() {
		grave := lacks != nil && lacks(c.Pub, c.Address).Grave()
		if ok, err := whole.Add(c.Pub, c.Address); err != nil || ok == grave {
			t.Errorf("%s: written is %v, it lacks something is %v: %v", c.Name, ok, grave, err)
		}
		if !grave {
			files[c.Name+".xml"] = collect(t, open, &c)
		}
	}
	if err := whole.Close(); err != nil {
		t.Fatal(err)
	}
	files["all.xml"] = all.Bytes()
	Valid(t, format, files)
}

// collect is a collection of one article.
func collect(t *testing.T, open func(w io.Writer) *xmltree.Collection, c *Case) []byte {
	t.Helper()
	var b bytes.Buffer
	one := open(&b)
	if _, err := one.Add(c.Pub, c.Address); err != nil {
		t.Fatal(err)
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// SampleCollected compares a collection of the sample with a file of testdata.
func SampleCollected(t *testing.T, name string, open func(w io.Writer) *xmltree.Collection) {
	t.Helper()
	p := Sample()
	Golden(t, name, collect(t, open, &Case{Pub: p, Address: string(p.Address(Site))}))
}
