package app

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>`

// withFiles is an article in JATS with a PDF whose name is Cyrillic, a drawing
// and a table that might be taken for HTML.
func withFiles() fstest.MapFS {
	xml := `<?xml version="1.0"?><article article-type="research-article" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Lamps</journal-title></journal-title-group></journal-meta>
<article-meta><title-group><article-title>Lamp of the harbour</article-title></title-group><pub-date><year>2020</year></pub-date><volume>1</volume><issue>1</issue><fpage>1</fpage></article-meta></front>
<body><p>Text.</p><fig id="f1"><label>Figure 1</label><caption><p>A lamp.</p></caption><graphic xlink:href="lamp.svg"/></fig>
<supplementary-material id="s1" xlink:href="table.csv" mimetype="text" mime-subtype="csv"><label>Data</label></supplementary-material></body></article>`
	return fstest.MapFS{"Лампа № 1.xml": {Data: []byte(xml)}, "Лампа № 1.pdf": {Data: append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("lamp "), 2000)...)},
		"lamp.svg": {Data: []byte(drawing)}, "table.csv": {Data: []byte("<script>alert(1)</script>,1\n")}}
}

func TestFilesAreSentAsTheyAreAndRunNothing(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}})
	done := in.take("lamps", withFiles())
	path := done[0].Path + "/files/"
	in.await(done[0].Path, "Lamp of the harbour")

	pdf := path + url.PathEscape("Лампа № 1.pdf")
	g := in.get(pdf)
	if g.Status != http.StatusOK || g.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(g.Body, "%PDF") || len(g.Body) != 10009 {
		t.Fatalf("the PDF: %d %s, %d bytes", g.Status, g.Header.Get("Content-Type"), len(g.Body))
	}
	if d := g.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "inline") || !strings.Contains(d, "filename*=utf-8''%D0%9B%D0%B0%D0%BC%D0%BF%D0%B0") {
		t.Errorf("the PDF is named by %q", d)
	}
	if tag := g.Header.Get("Etag"); in.get(pdf, "If-None-Match", tag).Status != http.StatusNotModified || tag == "" {
		t.Errorf("the PDF is sent again to who has it: %q", tag)
	}
	for header, want := range map[string]struct {
		status int
		length int
		of     string
	}{"bytes=0-3": {206, 4, "bytes 0-3/10009"}, "bytes=-9": {206, 9, "bytes 10000-10008/10009"}, "bytes=10000-": {206, 9, "bytes 10000-10008/10009"}, "bytes=99999-": {416, -1, "bytes */10009"}} {
		r := in.get(pdf, "Range", header)
		if r.Status != want.status || want.length >= 0 && r.Body != part(g.Body, want.of) || want.status == 206 && r.Header.Get("Content-Range") != want.of {
			t.Errorf("%s: %d, %d bytes, %q", header, r.Status, len(r.Body), r.Header.Get("Content-Range"))
		}
	}
	if !strings.Contains(in.page(done[0].Path).Body, `href="`+pdf+`"`) {
		t.Errorf("the page does not link %s", pdf)
	}
	if m := meta(in.page(done[0].Path), "citation_pdf_url"); len(m) != 1 || m[0] != in.server.URL+pdf {
		t.Errorf("citation_pdf_url is %q", m)
	}

	svg := in.get(path + "lamp.svg")
	if svg.Status != http.StatusOK || svg.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(svg.Header.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(svg.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("the drawing: %d %s, policy %q", svg.Status, svg.Header.Get("Content-Type"), svg.Header.Get("Content-Security-Policy"))
	}
	page := in.get(path + "table.csv")
	if page.Status == http.StatusOK && !strings.HasPrefix(page.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a table is shown as a page of the site: %q", page.Header.Get("Content-Disposition"))
	}
	for _, absent := range []string{url.PathEscape("Лампа № 1.xml"), "nosuch.pdf", "LAMP.SVG", url.PathEscape("../lamp.svg")} {
		if got := in.get(path + absent).Status; got != http.StatusNotFound {
			t.Errorf("%s answers %d", absent, got)
		}
	}
}

// part is the part of a body that Content-Range names.
// TestSupplementInHTMLIsAFileOfItsArticle: it lies beside the article like a
// source and is none.
func TestSupplementInHTMLIsAFileOfItsArticle(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	page := "<!doctype html><title>More</title><script>alert(1)</script><p>A table of ebb.</p>"
	got := in.take("paths", fstest.MapFS{
		"supplement.html": {Data: []byte(page)},
		"article.xml":     jatsArticle{n: 1, title: "On ebb", authors: "Pyotr Yolkin", about: "About ebb.", more: `<supplementary-material xlink:href="supplement.html"><caption><p>More</p></caption></supplementary-material>`, body: "x"}.file(),
	})
	if len(got) != 1 || got[0].Action != "created" || len(got[0].Losses) != 0 {
		t.Fatalf("%+v", got)
	}
	link := in.await(got[0].Path, "supplement.html").Doc.Find(`a[href$="supplement.html"]`).First().AttrOr("href", "")
	file := in.get(link)
	if file.Status != http.StatusOK || file.Body != page || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(file.Header.Get("Content-Type"), "text/html") {
		t.Errorf("%s: %d %v", link, file.Status, file.Header)
	}
}

func part(body, contentRange string) string {
	var first, last, all int
	if _, err := fmt.Sscanf(contentRange, "bytes %d-%d/%d", &first, &last, &all); err != nil {
		return ""
	}
	return body[first : last+1]
}
