package landing

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/errs"
)

// seeds are the samples of the kinds that a target is about.
func seeds(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob("testdata/pages/" + pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no samples %s: %v", pattern, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

// decodes reads what a fuzzer made. Whatever it is, it is a record that holds
// together or a problem for people.
func decodes(t *testing.T, b []byte) {
	r, err := Read("page", b)
	if err != nil {
		var p *errs.Problem
		if !errors.As(err, &p) || !errors.Is(err, errs.Invalid) || r != nil {
			t.Fatalf("not a problem for people: %v", err)
		}
		return
	}
	a := &r.Article
	for _, title := range a.Titles {
		if title.Plain == "" || utf8.RuneCountInString(title.Plain) > maxTitle {
			t.Fatalf("a title of %d bytes", len(title.Plain))
		}
	}
	for _, c := range a.Contributors {
		if len(c.Names) == 0 || c.Names[0].Literal == "" {
			t.Fatalf("an author without a name: %+v", c)
		}
		for _, i := range c.Affiliations {
			if i < 0 || i >= len(a.Affiliations) {
				t.Fatalf("affiliation %d of %d", i, len(a.Affiliations))
			}
		}
	}
	for i, ref := range a.References {
		if ref.Number != i+1 || ref.Printed.Plain == "" && ref.Key == "" {
			t.Fatalf("reference %d is %+v", i+1, ref)
		}
	}
	if len(r.Losses) > maxLosses+1 {
		t.Fatalf("%d losses", len(r.Losses))
	}
	for _, l := range r.Losses {
		if l.Why == "" || utf8.RuneCountInString(l.What) > maxLoss {
			t.Fatalf("a loss that says nothing or too much: %+v", l)
		}
	}
	if !utf8.ValidString(a.Citation) || !utf8.ValidString(a.Copyright) {
		t.Fatal("text that is no UTF-8")
	}
	for _, ref := range a.References {
		if !utf8.ValidString(ref.Printed.Plain) || !utf8.ValidString(ref.URL) || !utf8.ValidString(ref.URLRemnant) || !utf8.ValidString(ref.LanguageNote) {
			t.Fatalf("text that is no UTF-8: %+v", ref)
		}
	}
}

func FuzzDecodeText(f *testing.F) {
	seeds(f, "*.txt")
	f.Fuzz(decodes)
}

func FuzzDecodeHTML(f *testing.F) {
	seeds(f, "*.html")
	f.Fuzz(func(t *testing.T, b []byte) { decodes(t, append([]byte("<html>"), b...)) })
}

func FuzzDecodeRDF(f *testing.F) {
	seeds(f, "*.xml")
	f.Fuzz(func(t *testing.T, b []byte) {
		decodes(t, b)
		if i := strings.Index(string(b), "<rdf:RDF"); i < 0 {
			decodes(t, append([]byte(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`), b...))
		}
	})
}

func FuzzDecodeFrontMatter(f *testing.F) {
	seeds(f, "*.md")
	f.Fuzz(func(t *testing.T, b []byte) {
		decodes(t, append([]byte("---\n"), b...))
		decodes(t, append([]byte("+++\n"), b...))
	})
}
