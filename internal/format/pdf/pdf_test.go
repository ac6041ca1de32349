package pdf

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/article"
	"offprint/internal/errs"
)

var update = flag.Bool("update", false, "write the golden files")

// cacheDir is kept from test to test, because compiling takes seconds.
var cacheDir = filepath.Join(os.TempDir(), "offprint-test-wasm")

func reader(t *testing.T, l Limits) *Reader {
	t.Helper()
	r := NewLimited(cacheDir, l)
	t.Cleanup(func() { r.Close() })
	return r
}

func read(t *testing.T, r *Reader, data []byte) *File {
	t.Helper()
	f, err := r.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func noted(f *File, part string) bool {
	return slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, part) })
}

// TestSamples holds what is read of printed pages against golden files.
func TestSamples(t *testing.T) {
	r := reader(t, Limits{})
	for _, name := range []string{"columns", "scripts"} {
		f := read(t, r, sample(t, name+".pdf"))
		var b strings.Builder
		fmt.Fprintf(&b, "pages %d, title %q, author %q, language %q, tagged %v, encrypted %v\n", f.PageCount, f.Title, f.Author, f.Language, f.Tagged, f.Encrypted)
		for _, e := range f.Outline {
			fmt.Fprintf(&b, "outline %d %q page %d\n", e.Depth, e.Title, e.Page)
		}
		for _, n := range f.Notes {
			fmt.Fprintf(&b, "note %s\n", n)
		}
		for _, p := range f.Pages {
			for _, l := range p.Lines {
				if l.Running {
					fmt.Fprintf(&b, "running, page %d: %s\n", p.Number, l.Text)
				}
			}
		}
		doc := Document(f)
		show(&b, doc.Body, "")
		show(&b, doc.Notes, "")
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(sample(t, name+".golden")), b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func show(b *strings.Builder, nodes []article.Node, indent string) {
	for _, n := range nodes {
		kids := n.Kids
		fmt.Fprintf(b, "%s%s", indent, n.Kind)
		if n.Role != "" {
			fmt.Fprintf(b, " (%s)", n.Role)
		}
		if n.Kind == article.Section {
			fmt.Fprintf(b, ": %s\n", article.Plain(kids[:1]))
			show(b, kids[1:], indent+"  ")
			continue
		}
		fmt.Fprintf(b, " %s: %s\n", n.Label, article.Plain(kids))
	}
}

func TestColumnsAreReadOneAfterTheOther(t *testing.T) {
	// Written line by line across both columns, as some programs do.
	var content strings.Builder
	for i := range 30 {
		fmt.Fprintf(&content, "BT /F1 10 Tf 60 %d Td (left line %d of a column that is as wide as the other) Tj ET\n", 760-i*14, i)
		fmt.Fprintf(&content, "BT /F1 10 Tf 310 %d Td (right line %d of a column that is as wide as the other) Tj ET\n", 760-i*14, i)
	}
	data := made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [4 0 R] >>", helvetica,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
		stream("", content.String()))
	text := read(t, reader(t, Limits{}), data).Text()
	if strings.LastIndex(text, "left line 29 ") > strings.Index(text, "right line 0 ") {
		t.Errorf("columns are mixed:\n%s", text)
	}
}

func TestPasswordAndDamageAreSaidInWords(t *testing.T) {
	r := reader(t, Limits{Bytes: 1 << 20})
	whole := sample(t, "columns.pdf")
	for name, c := range map[string]struct {
		data []byte
		kind error
		want string
	}{
		"password": {sample(t, "locked.pdf"), errs.Invalid, "password"},
		"no PDF":   {[]byte("<html>Not found</html>"), errs.Invalid, "not a PDF"},
		"empty":    {nil, errs.Invalid, "not a PDF"},
		"header":   {[]byte("%PDF-1.7\n"), errs.Invalid, "damaged"},
		"cut off":  {whole[:300], errs.Invalid, "damaged"},
		"no pages": {made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"), errs.Invalid, "no page"},
		"large":    {bytes.Repeat([]byte("%PDF-1.7\n"), 1<<18), errs.TooLarge, "MB"},
	} {
		_, err := r.Read(t.Context(), c.data)
		if !errors.Is(err, c.kind) || !strings.Contains(errs.Message(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamageThatCanBeRepairedIsNoted(t *testing.T) {
	r := reader(t, Limits{})
	whole := book("", "", nil, []string{"first page"}, []string{"second page"})
	broken := bytes.Replace(whole, []byte("startxref\n"), []byte("startxref\n9"), 1)
	cut := whole[:bytes.Index(whole, []byte("startxref"))]
	for name, c := range map[string]struct {
		data []byte
		note string
	}{
		"xref":    {broken, "table of objects"},
		"cut off": {cut, "end of the file is missing"},
	} {
		f := read(t, r, c.data)
		if !noted(f, c.note) || !strings.Contains(f.Text(), "first page") || f.PageCount != 2 {
			t.Errorf("%s: %d pages, notes %q", name, f.PageCount, f.Notes)
		}
	}
	if f := read(t, r, whole); len(f.Notes) > 0 {
		t.Errorf("a sound document is noted: %q", f.Notes)
	}
}

func TestSealedDocumentIsReadAndSaid(t *testing.T) {
	f := read(t, reader(t, Limits{}), sample(t, "sealed.pdf"))
	if !f.Encrypted || !strings.Contains(f.Text(), "Кириллица") {
		t.Errorf("encrypted %v, text %.80q", f.Encrypted, f.Text())
	}
}

func TestActiveContentIsFound(t *testing.T) {
	r := reader(t, Limits{})
	line := []string{"a line that says /S /JavaScript in its text"}
	for name, c := range map[string]struct {
		data []byte
		want Active
	}{
		"nothing":       {book("", "", nil, line[:0], []string{"plain"}), Active{}},
		"open action":   {book("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "", nil, line), Active{JavaScript: true}},
		"escaped name":  {book("/OpenAction << /S /Java#53cript /JS (1) >>", "", nil, line[:0]), Active{JavaScript: true}},
		"page action":   {book("", "/AA << /O << /S /JavaScript /JS 4 0 R >> >>", []string{stream("", "app.alert(1)")}, line[:0]), Active{JavaScript: true}},
		"launch":        {book("", "/Annots [4 0 R]", []string{"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) /Next << /S /Launch /F (calc.exe) >> >> >>"}, line[:0]), Active{Launch: true}},
		"embedded":      {book("/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>", "", []string{"<< /Type /Filespec /F (data.csv) /UF (data.csv) /EF << /F 5 0 R >> >>", stream("/Type /EmbeddedFile", "1,2")}, line[:0]), Active{Embedded: []string{"data.csv"}, EmbeddedFiles: true}},
		"in a string":   {book("/X (/S /Laun\\) ch /JavaScript)", "", nil, line[:0]), Active{}},
		"hidden stream": {book("/OpenAction 5 0 R", "", []string{stream("", "endstream ("), "<< /S /Launch /F (x) >>"}, line[:0]), Active{Launch: true}},
	} {
		f := read(t, r, c.data)
		if name == "open action" {
			c.data = nil // its page says the words as well
		}
		if diff := cmp.Diff(c.want, f.Active); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	packed := read(t, r, sample(t, "packed-script.pdf"))
	if !packed.Active.JavaScript || !noted(packed, "JavaScript") {
		t.Errorf("a script in a compressed object is not found: %+v", packed.Active)
	}
}

func TestOutlineThatLeadsBackEnds(t *testing.T) {
	f := read(t, reader(t, Limits{}), book("/Outlines 4 0 R", "", []string{
		"<< /First 5 0 R /Last 5 0 R >>", "<< /Title (again) /Next 5 0 R /First 5 0 R /Parent 4 0 R >>"}, []string{"x"}))
	if len(f.Outline) > maxEntries {
		t.Errorf("%d entries", len(f.Outline))
	}
}

// long is a PDF of many pages with running heads.
func long(pages int) []byte {
	all := make([][]string, pages)
	for i := range all {
		all[i] = append(all[i], fmt.Sprintf("Annals of Length, volume 7 - %d", i+101))
		for k := range 40 {
			all[i] = append(all[i], fmt.Sprintf("This page says %s, which no other page does.", spelt(i*40+k)))
		}
		all[i] = append(all[i], fmt.Sprint(i+101))
	}
	return book("", "", nil, all...)
}

// spelt is a number in letters.
func spelt(n int) string {
	word := ""
	for ; n > 0 || word == ""; n /= 10 {
		word = string(rune('a'+n%10)) + word
	}
	return word
}

func TestFiveHundredPages(t *testing.T) {
	f := read(t, reader(t, Limits{}), long(500))
	if f.PageCount != 500 || len(f.Pages) != 500 || len(f.Notes) > 0 {
		t.Fatalf("%d of %d pages, notes %q", len(f.Pages), f.PageCount, f.Notes)
	}
	for _, p := range f.Pages {
		if !p.Lines[0].Running || !p.Lines[41].Running || p.Lines[1].Running || p.Lines[20].Running {
			t.Fatalf("page %d: running lines are not told from text", p.Number)
		}
	}
}

func TestLimitsLeaveWhatWasRead(t *testing.T) {
	data := long(30)
	if f := read(t, reader(t, Limits{Pages: 10}), data); len(f.Pages) != 10 || f.PageCount != 30 || !noted(f, "first 10") {
		t.Errorf("pages: %d, notes %q", len(f.Pages), f.Notes)
	}
	if f := read(t, reader(t, Limits{Text: 5000}), data); len(f.Pages) >= 30 || !noted(f, "left out") {
		t.Errorf("text: %d pages, notes %q", len(f.Pages), f.Notes)
	}
	r := reader(t, Limits{Time: 400 * time.Millisecond})
	start := time.Now()
	f, err := r.Read(t.Context(), long(1500))
	if err == nil && (len(f.Pages) == f.PageCount || !noted(f, "stopped")) {
		t.Errorf("time: %d pages, notes %q", len(f.Pages), f.Notes)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("stopping took %s", took)
	}
	// The reader goes on with the next document.
	if f := read(t, reader(t, Limits{}), data); len(f.Pages) != 30 {
		t.Errorf("after a stop: %d pages", len(f.Pages))
	}
}

// bomb is a PDF whose second page unpacks to 160 MB.
func bomb() []byte {
	packed := deflated(bytes.Repeat([]byte("q Q "), 40<<20))
	page := func(content int) string {
		return fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", content)
	}
	return made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Kids [4 0 R 5 0 R 6 0 R] >>", helvetica,
		page(7), page(8), page(9),
		stream("", "BT /F1 10 Tf 72 700 Td (before) Tj ET"), stream("/Filter /FlateDecode", packed), stream("", "BT /F1 10 Tf 72 700 Td (after) Tj ET"))
}

func TestPageThatBringsTheSandboxDownIsLeftOut(t *testing.T) {
	r := reader(t, Limits{Memory: 64 << 20, Time: 20 * time.Second})
	start := time.Now()
	f, err := r.Read(t.Context(), bomb())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %q", time.Since(start), f.Notes)
	if text := f.Text(); !strings.Contains(text, "before") || len(f.Notes) == 0 {
		t.Errorf("text %q, notes %q", text, f.Notes)
	}
	if f := read(t, r, long(2)); len(f.Pages) != 2 {
		t.Error("the reader does not go on")
	}
}

func TestReaderServesManyAndCloses(t *testing.T) {
	r := NewLimited(cacheDir, Limits{Idle: 50 * time.Millisecond})
	data := sample(t, "scripts.pdf")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if f, err := r.Read(t.Context(), data); err != nil || !strings.Contains(f.Text(), "日本語") {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	time.Sleep(300 * time.Millisecond) // it is put away, and started again
	if _, err := r.Read(t.Context(), data); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Read(ctx, data); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	done := make(chan error)
	go func() { _, err := r.Read(t.Context(), long(1500)); done <- err }()
	time.Sleep(time.Second)
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; !errors.Is(err, errs.Unavailable) {
		t.Errorf("closed while reading: %v", err)
	}
	if _, err := r.Read(t.Context(), data); !errors.Is(err, errs.Unavailable) {
		t.Errorf("closed: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

func TestSpoiltCacheOnlyCostsTime(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles twice")
	}
	dir := t.TempDir()
	start := time.Now()
	f := func() {
		r := New(dir)
		defer r.Close()
		read(t, r, long(2))
	}
	f()
	first := time.Since(start)
	start = time.Now()
	f()
	t.Logf("compiled in %s, from the cache in %s", first, time.Since(start))
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.WriteFile(path, []byte("spoilt"), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	f()
}

func TestIdleReaderCostsNothing(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := New(cacheDir)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 1<<20 {
		t.Errorf("a reader that has read nothing holds %d bytes", grown)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}
