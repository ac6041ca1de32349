package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
	"offprint/internal/testpage"
)

// keyed is an article of our own whose text cites by keys, in print only.
const keyed = `<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="en"><front><article-meta>
<article-id pub-id-type="doi">10.5555/keyed.%[1]d</article-id><title-group><article-title>A draft and its answers %[1]d</article-title></title-group>
<pub-date><year>2021</year></pub-date></article-meta></front>
<body><sec><title>The draft</title><p>The draft was sent at once [FRUS 1951a: 1192]. The answer came late [FRUS 1951b; Panov 2010: 15–17].</p>
<p>As FRUS 1951a shows, and as Panov (2010) says, nothing was meant in [1951].</p></sec></body>
<back><ref-list>
<ref id="f1"><label>FRUS 1951a</label><mixed-citation>The Acting Secretary of State to the Acting United States Political Adviser to SCAP (1951, March 12).</mixed-citation></ref>
<ref id="f2"><label>FRUS 1951b</label><mixed-citation>Provisional United States Draft of a Japanese Peace Treaty (1951, March 23).</mixed-citation></ref>
<ref id="p1"><label>Panov 2010</label><mixed-citation>Panov, A. (2010). A family before its country. Press.</mixed-citation></ref>
</ref-list></back></article>`

func TestPrintedCitationsLeadToTheirReferences(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "k", Titles: []journal.Text{journal.T("en", "Keys")}, Languages: []string{"en"}})
	done := in.take("k", fstest.MapFS{"a.xml": {Data: fmt.Appendf(nil, keyed, 1)}})
	g := in.page(done[0].Path)
	if got, want := texts(g, "a.cite[href='#ref-frus-1951a']"), []string{"FRUS 1951a", "FRUS 1951a"}; !slices.Equal(got, want) {
		t.Errorf("links to FRUS 1951a: %q", got)
	}
	if got := texts(g, "a.cite[href='#ref-panov-2010']"); !slices.Equal(got, []string{"Panov 2010", "Panov (2010)"}) {
		t.Errorf("links to Panov 2010: %q", got)
	}
	if got := text(g, ".prose p:first-of-type"); !strings.Contains(got, "[FRUS 1951a: 1192]. The answer came late [FRUS 1951b; Panov 2010: 15–17].") {
		t.Errorf("the words of the text are others: %q", got)
	}
	if n := g.Doc.Find("a.cite").Length(); n != 5 {
		t.Errorf("%d links, want 5", n)
	}
	checkWaysBack(t, g, "#ref-1", 2)
	if got := texts(g, "#ref-1 .said li"); len(got) != 2 || got[0] != "The draft was sent at once [FRUS 1951a: 1192]." {
		t.Errorf("sentences at FRUS 1951a: %q", got)
	}
}

// checkWaysBack looks at the links from a reference to the places that cite it.
func checkWaysBack(t *testing.T, g *testpage.Got, entry string, want int) {
	t.Helper()
	backs := g.Doc.Find(entry + " .backs a")
	if backs.Length() != want {
		t.Errorf("%s has %d ways back, want %d", entry, backs.Length(), want)
	}
	for _, a := range backs.Nodes {
		href := ""
		for _, attr := range a.Attr {
			if attr.Key == "href" {
				href = attr.Val
			}
		}
		if !strings.HasPrefix(href, "#c") || g.Doc.Find("a.cite"+href).Length() != 1 {
			t.Errorf("%s leads back to %q, where nothing cites", entry, href)
		}
	}
}

func TestDemonstrationShowsPrintedCitations(t *testing.T) {
	in := demoSite(t)
	g := in.page("/demo/articles/" + slugOf(t, in, "10.5555/", "river"))
	checkWaysBack(t, g, "li:has(#ref-tra-1876)", 2)
	if got := texts(g, "li:has(#ref-tra-1876) .said li"); len(got) < 2 {
		t.Errorf("sentences at TRA 1876: %q", got)
	}
}
