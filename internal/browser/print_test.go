package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPrintedArticleIsAnOffprint: all of the text, none of the furniture, and
// no heading at the foot of a page that its text has left.
func TestPrintedArticleIsAnOffprint(t *testing.T) {
	d := site(t)
	pdftotext := program(t, "pdftotext")
	b := open(t, d)
	printed := 0
	for _, g := range d.pages {
		if !strings.HasPrefix(g.Address, "/demo/articles/") || strings.ContainsAny(strings.TrimPrefix(g.Address, "/demo/articles/"), "/?") {
			continue
		}
		printed++
		b.visit(d.URL + g.Address)
		ctx, cancel := b.within()
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(pdftotext, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(out), "\u00a0", " ")
		flat := strings.Join(strings.Fields(text), "")
		for _, selector := range []string{"h1", ".prose h2", ".abstract p", ".prose > section > p", ".reference > span[lang]", "#citation"} {
			first := g.Doc.Find(selector).First()
			if want := strings.Join(strings.Fields(first.Text()), ""); first.Length() > 0 && !strings.Contains(flat, want[:min(len(want), 24)]) && first.Find("ruby, math, sup").Length() == 0 {
				t.Errorf("%s: the paper lacks %s: %.60q", g.Address, selector, first.Text())
			}
		}
		for _, furniture := range []string{"Skip to content", "All journals", "Apply", "Appearance", "Search"} {
			for line := range strings.Lines(text) {
				if strings.TrimSpace(line) == furniture {
					t.Errorf("%s: the paper has %q", g.Address, furniture)
				}
			}
		}
		headings := map[string]bool{}
		for i := range g.Doc.Find("h2, h3, h4").Length() {
			headings[strings.Join(strings.Fields(g.Doc.Find("h2, h3, h4").Eq(i).Text()), " ")] = true
		}
		for n, page := range strings.Split(text, "\f") {
			lines := strings.Split(strings.TrimRight(page, "\n "), "\n")
			if last := strings.Join(strings.Fields(lines[len(lines)-1]), " "); headings[last] {
				t.Errorf("%s: page %d ends in the heading %q", g.Address, n+1, last)
			}
		}
	}
	if printed < 5 {
		t.Errorf("only %d articles were printed", printed)
	}
}
