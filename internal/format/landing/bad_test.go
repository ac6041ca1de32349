package landing

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func sample(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/pages/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBadInputIsRefusedWithAClearMessage(t *testing.T) {
	keyed := sample(t, "elpub-keyed.txt")
	title := "The Ice of Lake Vesna in Parish Books: a Long Record, a Short Reading"
	long := strings.Repeat("ice and water ", 7200)
	for _, c := range []struct{ what, in, word string }{
		{"an empty file", "", "empty"},
		{"a blank file", " \n\t\n\n", "empty"},
		{"a PDF", "%PDF-1.4\n1 0 obj", "PDF"},
		{"bytes", "abc\x00\x01\x02def", "not text"},
		{"JATS", `<?xml version="1.0"?><article xmlns:xlink="x"><front><article-meta/></front></article>`, "--format jats"},
		{"a shopping list", "milk\nbread\neggs\n", "not the page of an article"},
		{"a page of a site", "<html><head><title>Our shop</title></head><body><h1>Welcome</h1><p>Cheap fish.</p></body></html>", "not the page of an article"},
		{"prose", strings.Repeat("It was a dark night and nobody came. ", 40), "not the page of an article"},
		{"a title beyond the bound in text", strings.Replace(keyed, title+"\n\nFull", long+"\n\nFull", 1), "title"},
		{"the same in the citation too", strings.ReplaceAll(keyed, title, long), "title"},
		{"a title beyond the bound in a tag", `<meta name="citation_title" content="` + long + `"><meta name="citation_doi" content="10.5555/1">`, "title"},
		{"a title beyond the bound in front matter", "+++\ntitle=\"" + long + "\"\ndoi=\"10.5555/1\"\n+++\n\ntext", "title"},
		{"a title beyond the bound in a record", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><title>` + long + `</title><doi>10.5555/1</doi></rdf:Description></rdf:RDF>`, "title"},
		{"nothing but one long line", long, ""},
		{"broken TOML", "+++\ntitle = \n+++\ntext", "front matter"},
		{"broken YAML", "---\ntitle: [\n---\ntext", "front matter"},
		{"front matter without an end", "+++\ntitle = \"x\"\n", "front matter"},
		{"broken XML", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a`, "XML"},
		{"deep XML", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + strings.Repeat("<a>", 1000), "deeper"},
	} {
		r, err := Read("page", []byte(c.in))
		var p *errs.Problem
		if !errors.As(err, &p) || !errors.Is(err, errs.Invalid) || !strings.Contains(p.Error(), c.word) {
			t.Errorf("%s: %v", c.what, err)
			if err == nil {
				t.Logf("read as %+v", r.Article.Titles)
			}
			continue
		}
		if len(p.Error()) > 600 {
			t.Errorf("%s: the message has %d bytes", c.what, len(p.Error()))
		}
	}
}

func TestCyrillicPagesAreReadInTheirOldEncodings(t *testing.T) {
	for _, name := range []string{"elpub-ru.html", "elpub-ru.txt", "two-lists.txt"} {
		text := strings.NewReplacer("—", "-", "–", "-", "«", "\"", "»", "\"", "“", "\"", "”", "\"", "charset=utf-8", "charset=X").Replace(sample(t, name))
		want, err := Read(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, charset := range []string{"windows-1251", "koi8-r"} {
			enc, err := htmlindex.Get(charset)
			if err != nil {
				t.Fatal(err)
			}
			for _, declared := range []string{charset, "utf-8", "X"} {
				b, err := enc.NewEncoder().Bytes([]byte(strings.Replace(text, "charset=X", "charset="+declared, 1)))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				got, err := Read(name, b)
				if err != nil {
					t.Errorf("%s in %s: %v", name, charset, err)
					continue
				}
				if fmt.Sprintf("%+v", got.Article.Titles) != fmt.Sprintf("%+v", want.Article.Titles) || len(got.Article.References) != len(want.Article.References) {
					t.Errorf("%s in %s, declared %s, gives %+v", name, charset, declared, got.Article.Titles)
				}
			}
		}
	}
}

func TestDamagedBytesAreReportedWithTheirLine(t *testing.T) {
	text := strings.Replace(sample(t, "elpub-ru.txt"), "Музей", "Музей", 1)
	text = strings.Replace(text, "Рецензия", "Рецензи\xd1", 1)
	r, err := Read("page.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Losses) == 0 || !strings.HasPrefix(r.Losses[0].Where, "line ") || !strings.Contains(r.Losses[0].Why, "damaged") {
		t.Errorf("%+v", r.Losses)
	}
}

func TestWrongIdentifiersAreLossesAndTheArticleIsRead(t *testing.T) {
	text := strings.NewReplacer("2049-3630", "2049-3631", "Views: 1,204", "DOI: 10.55/x\nViews: many").Replace(sample(t, "elpub-keyed.txt"))
	r, err := Read("page.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if r.Journal.ISSNPrint != "" || r.Journal.ISSNOnline != "2434-561X" || r.Article.DOI != "" || len(r.Counts) != 0 {
		t.Errorf("wrong values were taken: %+v %q %+v", r.Journal, r.Article.DOI, r.Counts)
	}
	for _, word := range []string{"2049-3631", "10.55/x", "many"} {
		if !reported(r, word) {
			t.Errorf("no loss speaks of %s: %+v", word, r.Losses)
		}
	}
}

func reported(r *journal.Reading, word string) bool {
	for _, l := range r.Losses {
		if strings.Contains(l.What, word) || strings.Contains(l.Why, word) {
			return true
		}
	}
	return false
}

func TestEveryUnknownLineIsALossAndTheListIsBounded(t *testing.T) {
	text := sample(t, "elpub-keyed.txt")
	r, err := Read("page.txt", []byte(text+"\n\nThe keeper of this page likes fish\n"))
	if err != nil || !reported(r, "likes fish") {
		t.Fatalf("%v, %+v", err, r)
	}
	var b strings.Builder
	b.WriteString(text)
	for i := range 5000 {
		fmt.Fprintf(&b, "\n\nnobody knows line number %d\n", i)
	}
	r, err = Read("page.txt", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Losses); n != maxLosses+1 || !strings.Contains(r.Losses[n-1].What, "more lines") {
		t.Errorf("%d losses, last %+v", n, r.Losses[n-1])
	}
	for _, l := range r.Losses {
		if len([]rune(l.What)) > maxLoss {
			t.Errorf("a loss of %d characters", len([]rune(l.What)))
		}
	}
}

// TestLargeInputTakesLinearTime reads ten million bytes of the shapes that
// tempt a reader to go over its input again and again. The bound is far above
// what linear work needs and far below what quadratic work would.
func TestLargeInputTakesLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads ten megabytes of each shape")
	}
	const size = 10 << 20
	head := "Northern Lakes Review\n\nThe Ice of a Lake\n\nV. P. Ozerova\n\nAbstract\nThe ice.\n\nReferences\n"
	meta := `<html><meta name="citation_title" content="The Ice"><meta name="citation_doi" content="10.5555/1">`
	for what, text := range map[string]string{
		"numbered references": head + numbers(size),
		"plain references":    head + strings.Repeat("Aalto, M. (1998). Ice - and water 10.5555/x (accessed: 3 May 2021). http://a.b/c\n", size/80),
		"words":               head + strings.Repeat("word ", size/5),
		"labels":              "The Ice\n\n" + strings.Repeat("Abstract: x\nKeywords: a, b\nDOI: 10.1/2\n", size/40),
		"names":               "The Ice\n\nDOI: 10.5555/1\n\n" + strings.Repeat("A. Lake, B. River, ", size/20),
		"author lines":        "The Ice\n\nDOI: 10.5555/1\n\nAbout the Authors\n" + strings.Repeat("A. Lake\nInstitute of Ice, Finland\n\n", size/35),
		"open elements":       meta + strings.Repeat("<div><b><i>x", size/12),
		"end tags":            meta + strings.Repeat("<p>x</div></b>", size/14),
		"meta elements":       meta + strings.Repeat(`<meta name="citation_author" content="A. Lake"><meta name="citation_keywords" content="ice">`, size/92),
		"less-than signs":     meta + strings.Repeat("< <", size/3),
		"one text":            meta + "<p>" + strings.Repeat("ice ", size/4),
		"line breaks":         "The Ice\n\nDOI: 10.5555/1\n" + strings.Repeat("\n", size),
		"list items":          meta + "<h2>References</h2><ol>" + strings.Repeat("<li>Aalto 1998</li>", size/19),
		"brackets":            head + strings.Repeat("([", size/2),
	} {
		start := time.Now()
		_, err := Read("page", []byte(text))
		var p *errs.Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("%s: %v", what, err)
		}
		took := time.Since(start)
		t.Logf("%-20s %v", what, took.Round(time.Millisecond))
		if took > 20*time.Second {
			t.Errorf("%s: %v for ten megabytes", what, took)
		}
	}
}

func numbers(size int) string {
	var b strings.Builder
	for i := 1; b.Len() < size; i++ {
		fmt.Fprintf(&b, "%d. Aalto, M. (1998). Ice on small lakes and rivers. Waters Press.\n", i)
	}
	return b.String()
}
