package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"offprint/internal/citing"
	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/format/jats"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/testrecord"
)

func TestDepositHasTheFieldsThatAreSureInPrintedReferences(t *testing.T) {
	ctx := t.Context()
	a, err := Open(ctx, config.Place{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	j := &journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Annals of Lamps")}, ISSNOnline: "2049-3630", Languages: []string{"en"}}
	if err := a.Store.AddJournal(ctx, j); err != nil {
		t.Fatal(err)
	}
	w := plenty(j, 1)
	w.Record.DOI = "10.5555/lamp.1"
	w.Record.References = []journal.Reference{
		{Number: 1, Printed: journal.T("en", "Sandoval A. M., & Okonjo L. R. (1946). Parish registers and their keepers. Journal of Northern Studies, 57(2), 75-89. https://doi.org/10.5555/ref.467159")},
		{Number: 2, Printed: journal.T("en", "See the keeper's own words.")},
	}
	if _, err := a.Store.ApplyArticles(ctx, []store.Write{w}); err != nil {
		t.Fatal(err)
	}
	export := func(format string) string {
		var out bytes.Buffer
		if err := a.Export(ctx, Export{Format: format, Journal: "lamps", BaseURL: "https://lamp.example", At: time.Unix(0, 0)}, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	before := export("crossref")
	for _, want := range []string{"<author>Sandoval</author>", "<volume>57</volume>", "<issue>2</issue>", "<first_page>75</first_page>", "<cYear>1946</cYear>",
		"<doi>10.5555/ref.467159</doi>", "75-89. https://doi.org/10.5555/ref.467159</unstructured_citation>", "<unstructured_citation>See the keeper's own words.</unstructured_citation>"} {
		if !strings.Contains(before, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if err := citing.New(a.Store).CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if after := export("crossref"); after != before {
		t.Errorf("with references that were read in advance it is another deposit:\n%s", after)
	}
	if record := export("record"); strings.Contains(record, "Sandoval\"") {
		t.Error("the record is exported with fields that it does not have")
	}
}

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

// TestExportGivesEachArticleItsOwn: what is asked for many at once comes to the
// article that it belongs to, and withdrawn articles are left out.
func TestExportGivesEachArticleItsOwn(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	const many = 230 // more than a page of the store, and than texts at once
	files := fstest.MapFS{}
	for n := range many {
		a := jatsArticle{n: n, title: fmt.Sprint("Article ", n), authors: "Ann Other", about: "x", body: fmt.Sprintf("This is text %d.", n)}
		if n%7 == 0 {
			a.more = fmt.Sprintf("<unheard-of-%d/>", n)
		}
		files[fmt.Sprintf("%03d.xml", n)] = a.file()
	}
	results := in.take("paths", files)
	if err := in.Store.Withdraw(t.Context(), results[5].ID, "an error", "test"); err != nil {
		t.Fatal(err)
	}
	var lines, archive bytes.Buffer
	if err := in.Export(t.Context(), Export{Format: "record"}, &lines); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(lines.String()) {
		var r record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(strings.TrimPrefix(journal.In(r.Article.Titles, "").Plain, "Article "))
		if err != nil {
			t.Fatal(err)
		}
		seen++
		if lost := fmt.Sprintf("%+v", r.Losses); n%7 == 0 && !strings.Contains(lost, fmt.Sprintf("unheard-of-%d", n)) || r.Provenance.Source == "" || !strings.Contains(r.Provenance.Source, fmt.Sprintf("%03d.xml", n)) {
			t.Errorf("article %d: %s, read from %q", n, lost, r.Provenance.Source)
		}
	}
	if seen != many-1 {
		t.Errorf("%d lines", seen)
	}
	if err := in.Export(t.Context(), Export{Format: "jats"}, &archive); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil || len(z.File) != many-1 {
		t.Fatalf("%v, %d files", err, len(z.File))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		title := regexp.MustCompile(`Article (\d+)<`).FindSubmatch(b)
		if err != nil || title == nil || !bytes.Contains(b, []byte("This is text "+string(title[1])+".")) {
			t.Errorf("%s has another article's text", f.Name)
		}
	}
}

// Every form is written for the demonstration journal; what registries demand and an
// article lacks is told, and the others are written.
func TestEveryFormIsExported(t *testing.T) {
	ctx := t.Context()
	in := serve(t)
	if err := in.FillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	valid := map[string]map[string][]byte{}
	for _, form := range ExportFormats {
		var out bytes.Buffer
		var left []Missing
		x := Export{Format: form, Journal: "demo", BaseURL: "https://press.example", LeftOut: func(m Missing) { left = append(left, m) }}
		if err := in.Export(ctx, x, &out); err != nil {
			t.Errorf("%s: %v", form, err)
			continue
		}
		if out.Len() == 0 || !utf8.Valid(out.Bytes()) && !bytes.HasPrefix(out.Bytes(), []byte("PK")) {
			t.Errorf("%s is empty or no text", form)
		}
		// One article of the demonstration has no DOI.
		want := 0
		if form == "crossref" || form == "datacite" {
			want = 1
		}
		if form == "rsci" || form == "jalc" { // the journal's number there is not known yet
			want = 8
		}
		if len(left) != want || want == 1 && (len(left[0].Must) != 1 || !strings.Contains(left[0].Must[0], "DOI")) {
			t.Errorf("%s leaves out %v", form, left)
		}
		switch form {
		case "crossref", "doaj", "mods", "marcxml", "pubmed":
			valid[form] = map[string][]byte{"demo.xml": out.Bytes()}
		}
	}
	valid["rsci"], valid["ojs-3.5"], valid["ojs-3.3"] = byIssue(t, in, "rsci"), byIssue(t, in, "ojs"), byIssue(t, in, "ojs-3.3")
	for form, files := range valid {
		t.Run(form, func(t *testing.T) { testrecord.Valid(t, form, files) })
	}
}

// byIssue are the files of an export by issues, of which the demonstration has two.
func byIssue(t *testing.T, in *installation, form string) map[string][]byte {
	t.Helper()
	if _, err := in.SetJournal(t.Context(), "demo", "rsci-title", "12345"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	x := Export{Format: form, Journal: "demo", BaseURL: "https://press.example", LeftOut: func(m Missing) { t.Errorf("%s leaves out %v", form, m) }}
	if err := in.Export(t.Context(), x, &out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(z.File) != 2 {
		t.Fatalf("%s: %v, %d files", form, err, len(z.File))
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.ReplaceAll(f.Name, "/", "-")] = b
	}
	return files
}

// A bag and a package hold the article with its files.
func TestFilesGoWithTheArticle(t *testing.T) {
	in := serve(t)
	if err := in.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string][]string{
		"bagit": {"demo/bagit.txt", "demo/manifest-sha256.txt", "/river-two-lines.svg"},
		"pmc":   {"/river-two-lines.svg", ".xml"},
	} {
		var out bytes.Buffer
		if err := in.Export(t.Context(), Export{Format: form, Journal: "demo"}, &out); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasSuffix(f.Name, w) }) {
				t.Errorf("%s has no %s", form, w)
			}
		}
	}
}

// What changed since a time, an issue, an article: each is written alone.
func TestAPartIsExported(t *testing.T) {
	ctx := t.Context()
	in := serve(t)
	if err := in.FillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	j, err := in.Store.Journal(ctx, "demo")
	if err != nil {
		t.Fatal(err)
	}
	issues, err := in.Store.Issues(ctx, j.ID)
	if err != nil || len(issues) != 2 {
		t.Fatal(err, issues)
	}
	count := func(x Export) int {
		x.Format = "ris"
		var out bytes.Buffer
		if err := in.Export(ctx, x, &out); err != nil {
			t.Fatal(err)
		}
		return strings.Count(out.String(), "TY  - ")
	}
	for name, c := range map[string]struct {
		Export
		want int
	}{
		"journal": {Export{Journal: "demo"}, 8}, "issue": {Export{Journal: "demo", Issue: issues[0].Slug}, issues[0].Articles},
		"since long ago": {Export{Since: "2000-01-01"}, 8}, "since tomorrow": {Export{Since: "2999-01-01T00:00:00Z"}, 0},
		"an issue since tomorrow": {Export{Journal: "demo", Issue: issues[0].Slug, Since: "2999-01-01"}, 0},
	} {
		if got := count(c.Export); got != c.want {
			t.Errorf("%s: %d articles, want %d", name, got, c.want)
		}
	}
	for _, x := range []Export{{Since: "yesterday"}, {Issue: "1"}, {Journal: "demo", Issue: "no-such"}, {BaseURL: "press.example"}, {Format: "papyrus"}} {
		if x.Format == "" {
			x.Format = "ris"
		}
		if err := in.Export(ctx, x, io.Discard); err == nil {
			t.Errorf("%+v is exported", x)
		}
	}
}

// TestRegistrationWithJaLCIsOfOneSite: the file says once in whose name it is.
func TestRegistrationWithJaLCIsOfOneSite(t *testing.T) {
	in := demoSite(t)
	export := func() (string, []Missing, error) {
		var out bytes.Buffer
		var left []Missing
		err := in.Export(t.Context(), Export{Format: "jalc", BaseURL: "https://press.example", LeftOut: func(m Missing) { left = append(left, m) }}, &out)
		return out.String(), left, err
	}
	set := func(path, site string) {
		t.Helper()
		if _, err := in.SetJournal(t.Context(), path, "jalc-site", site); err != nil {
			t.Fatal(err)
		}
	}
	set("demo", "SI/demo")
	whole, left, err := export()
	if err != nil || len(left) != 1 || !strings.Contains(left[0].Must[0], "DOI") || !strings.Contains(whole, "<site_id>SI/demo</site_id>") || strings.Count(whole, "<content ") != 7 {
		t.Errorf("%v, left out %v, %d contents", err, left, strings.Count(whole, "<content "))
	}
	in.add(journal.Journal{Path: "zz", Titles: []journal.Text{journal.T("en", "Last")}, Languages: []string{"en"}})
	set("zz", "SI/other")
	in.take("zz", fstest.MapFS{"1.xml": {Data: []byte(outwardArticle)}})
	if _, _, err := export(); !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "--journal") {
		t.Errorf("two sites in one file: %v", err)
	}
}
