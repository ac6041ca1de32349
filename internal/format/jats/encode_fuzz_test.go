package jats

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Whatever can be read can be written, and what was written can be read.
func FuzzEncode(f *testing.F) {
	for _, file := range samples(f) {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(b)
		}
	}
	f.Add(with(`<sec><p>a</p><sec><title>b</title></sec><p>c</p><fn-group><fn><p>d</p></fn></fn-group><p>e</p></sec>`))
	f.Add(with(`<p>a<italic>b<p>c</p><list><list-item>d</list-item></list></italic><table><tfoot><tr/></tfoot></table></p>`))
	f.Add(with(`<disp-quote><attrib>a</attrib><p>b</p></disp-quote><verse-group><p>x</p></verse-group><def-list><def-item><def>y</def></def-item></def-list>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Decode(b)
		if err != nil {
			return
		}
		var out bytes.Buffer
		p := journal.Publication{Journal: r.Journal, Record: r.Article}
		if err := Encode(&out, &p, r.Documents, ""); err != nil {
			t.Fatal(err)
		}
		again, err := Decode(out.Bytes())
		if errors.Is(err, errs.TooLarge) {
			return // wrappers make it deeper
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, out.Bytes())
		}
		if a, b := len(r.Article.References), len(again.Article.References); a != b {
			t.Fatalf("%d references became %d\n%s", a, b, out.Bytes())
		}
	})
}
