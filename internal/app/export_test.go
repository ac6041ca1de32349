package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"offprint/internal/config"
	"offprint/internal/format/jats"
	"offprint/internal/journal"
)

func TestJATSExportReadsBackAsTheSameArticles(t *testing.T) {
	ctx := context.Background()
	a, err := Open(ctx, config.Place{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.FillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := a.Export(ctx, Export{Format: "jats", Journal: "demo"}, &out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 8 {
		t.Fatalf("%d files, want the 8 articles", len(z.File))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		read, err := jats.Decode(b)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		slug := strings.TrimSuffix(strings.TrimPrefix(f.Name, "demo/"), ".xml")
		pub, err := a.findArticle(ctx, "/demo/articles/"+slug)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := journal.In(read.Article.Titles, "").Plain, journal.In(pub.Record.Titles, "").Plain; got != want {
			t.Errorf("%s: the title is %q, want %q", f.Name, got, want)
		}
		if len(read.Article.References) != len(pub.Record.References) || len(read.Documents) != len(pub.Record.Documents) {
			t.Errorf("%s: %d references and %d texts, want %d and %d", f.Name, len(read.Article.References), len(read.Documents), len(pub.Record.References), len(pub.Record.Documents))
		}
	}
}
