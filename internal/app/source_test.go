package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/citing"
	"offprint/internal/journal"
)

// cites is an article that cites by numbers: a book, an article of ours by its DOI,
// and a work without an identifier.
const cites = `<article article-type="research-article" xml:lang="en"><front><article-meta>
<article-id pub-id-type="doi">10.5555/cites.%[1]d</article-id><title-group><article-title>What number %[1]d cites</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Writer</surname><given-names>Ann</given-names></name></contrib></contrib-group>
<pub-date><year>2022</year></pub-date></article-meta></front>
<body><sec><title>Text</title><p>Number %[1]d has read the book [1, p. %[1]d5]. The draft is told elsewhere [2]; a letter says the same [3].</p></sec></body>
<back><ref-list>
<ref id="b1"><label>1</label><mixed-citation>Mandelbrot B. The Fractal Geometry of Nature. New York: Freeman, 1982.</mixed-citation></ref>
<ref id="b2"><label>2</label><mixed-citation>A draft and its answers 1. Keys. 2021. https://doi.org/10.5555/KEYED.1</mixed-citation></ref>
<ref id="b3"><label>3</label><mixed-citation>Letter of 12 May 1951. National Archive (invented). Fond 12. Opis 3. Delo 1%[1]d. L. 4.</mixed-citation></ref>
</ref-list></back></article>`

func TestWorksThatSeveralArticlesCiteHaveAPage(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "k", Titles: []journal.Text{journal.T("en", "Keys")}, Languages: []string{"en"}})
	in.add(journal.Journal{Path: "m", Titles: []journal.Text{journal.T("en", "More")}, Languages: []string{"en"}})
	one := in.take("k", fstest.MapFS{"1.xml": {Data: fmt.Appendf(nil, cites, 1)}})[0].Path
	two := in.take("m", fstest.MapFS{"2.xml": {Data: fmt.Appendf(nil, cites, 2)}})[0].Path
	// The page was drawn before anybody had read the references.
	g := in.await(one, "cited by 2 articles here")
	link, _ := g.Doc.Find("#ref-1 a.here").Attr("href")
	if !strings.HasPrefix(link, "/k/sources/") {
		t.Fatalf("the source of the first is at %q", link)
	}
	if n := g.Doc.Find("#ref-3 a.here").Length(); n != 0 {
		t.Error("two letters of one archive are one source")
	}
	g = in.page(link)
	if got := texts(g, ".items h3"); !slices.Equal(got, []string{"What number 2 cites", "What number 1 cites"}) && !slices.Equal(got, []string{"What number 1 cites", "What number 2 cites"}) {
		t.Errorf("cited by %q", got)
	}
	if got := text(g, ".quotes"); !strings.Contains(got, "Number 1 has read the book [1, p. 15]. p. 15") || !strings.Contains(got, "p. 25") {
		t.Errorf("with which words: %q", got)
	}
	if got := links(g, ".items h3 a"); !slices.Contains(got, one) || !slices.Contains(got, two) {
		t.Errorf("leads to %q", got)
	}
	if got := text(in.page("/k/sources/"), "ul.index"); !strings.Contains(got, "Mandelbrot B. The Fractal Geometry of Nature") {
		t.Errorf("the index: %q", got)
	}
	// An article that they cite comes later: both pages learn of it.
	own := in.take("k", fstest.MapFS{"a.xml": {Data: fmt.Appendf(nil, keyed, 1)}})[0].Path
	g = in.await(one, "read it here")
	if got, _ := g.Doc.Find("#ref-2 a.here").Attr("href"); got != own {
		t.Errorf("the reference leads to %q, want %q", got, own)
	}
	g = in.await(own, "Cited by")
	if got := text(g, "#cited-by"); !strings.Contains(got, "What number 2 cites") || !strings.Contains(got, "The draft is told elsewhere [2]") {
		t.Errorf("cited by: %q", got)
	}
	// Derived again, everything is where it was.
	if _, err := in.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := in.page(link).Status; got != 200 {
		t.Errorf("the address of the source answers %d", got)
	}
	var wrong []Finding
	if err := citing.New(in.Store).Check(t.Context(), func(f Finding) { wrong = append(wrong, f) }); err != nil || len(wrong) > 0 {
		t.Errorf("check: %v %v", wrong, err)
	}
}

// TestSeedCitesUnderItsKeys: the page it all began with has no text of its own; its
// references have their addresses, and a text that cites by these keys leads there.
func TestSeedCitesUnderItsKeys(t *testing.T) {
	page := seed(t, "page.txt")
	in := serve(t)
	in.add(journal.Journal{Path: "rjr", Titles: []journal.Text{journal.T("en", "Russian Japanology Review")}, Languages: []string{"en"}})
	done := in.take("rjr", fstest.MapFS{"page.txt": {Data: page}})
	g := in.page(done[0].Path)
	for _, id := range []string{"ref-frus-1951a", "ref-kono-1965", "ref-new-york-times-1946"} {
		if g.Doc.Find("#"+id).Length() != 1 {
			t.Errorf("there is no #%s", id)
		}
	}
	if err := citing.New(in.Store).CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := in.page("/rjr/sources/").Doc.Find("ul.index li").Length(); got != 30 {
		t.Errorf("%d sources in the index, want 30", got)
	}
}
