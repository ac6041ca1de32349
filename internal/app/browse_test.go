package app

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/journal"
)

// jatsArticle is an article of which only what finding one's way needs is told.
type jatsArticle struct {
	n                           int
	title, authors, more, about string // authors: "Given Family; …"
	refs                        []string
	body                        string
}

func (a jatsArticle) file() *fstest.MapFile {
	var b strings.Builder
	fmt.Fprintf(&b, `<article article-type="research-article" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><article-id pub-id-type="doi">10.5555/way.%d</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Tides &amp; Time</subject></subj-group></article-categories>
<title-group><article-title>%s</article-title></title-group><contrib-group>`, a.n, a.title)
	for name := range strings.SplitSeq(a.authors, "; ") {
		given, family, _ := strings.Cut(name, " ")
		fmt.Fprintf(&b, `<contrib contrib-type="author"><name><surname>%s</surname><given-names>%s</given-names></name></contrib>`, family, given)
	}
	fmt.Fprintf(&b, `</contrib-group><pub-date><year>%d</year></pub-date><history><date date-type="received"><year>2019</year><month>2</month></date><date date-type="accepted"><year>2019</year><month>5</month></date></history>%s
<abstract><p>%s</p></abstract><kwd-group xml:lang="en"><kwd>Moon</kwd><kwd>harbour</kwd></kwd-group><kwd-group xml:lang="ru"><kwd>Луна</kwd><kwd>гавань</kwd></kwd-group></article-meta></front>
<body><sec><title>Methods</title><p>%s</p></sec></body><back><ref-list>`, 2010+a.n, a.more, a.about, a.body)
	for i, r := range a.refs {
		fmt.Fprintf(&b, `<ref id="r%d"><mixed-citation>%s</mixed-citation></ref>`, i, r)
	}
	b.WriteString(`</ref-list></back></article>`)
	return &fstest.MapFile{Data: []byte(b.String())}
}

var shared = []string{"Author A. The first long title of a work. 1999.", `Author B. The second long title. 2001. <pub-id pub-id-type="doi">10.5555/known</pub-id>`}

// waySite is a journal of three articles, the third a retraction of the first.
func waySite(t *testing.T) *installation {
	t.Helper()
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	in.take("paths", fstest.MapFS{
		"1.xml": jatsArticle{n: 1, title: "On ebb", authors: "Pyotr Yolkin; Ann Other", about: "About ebb.", refs: shared, body: "We counted once. We stopped."}.file(),
		"2.xml": jatsArticle{n: 2, title: "On flow", authors: "PYOTR YOLKIN", about: "About flow.", refs: shared, body: "x"}.file(),
		"3.xml": jatsArticle{n: 3, title: "Notice", authors: "The Editors", more: `<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.5555/way.1"/>`, about: "Retracted.", body: "y"}.file(),
	})
	if err := in.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	in.await("/paths/authors/", "YOLKIN")
	return in
}

// articleAt is the address of the article with a title.
func (in *installation) articleAt(title string) string {
	in.t.Helper()
	found, err := in.Search(in.t.Context(), "paths", title, 10)
	if err != nil || len(found.Hits) != 1 {
		in.t.Fatalf("%q finds %v, %v", title, found, err)
	}
	return found.Hits[0].Path
}

func TestWayLeadsFromAnArticleToItsPeopleWordsAndKin(t *testing.T) {
	in := waySite(t)
	page := in.page(in.articleAt("ebb"))
	var people []string
	for _, s := range page.Doc.Find(".authors a.person").EachIter() {
		people = append(people, s.AttrOr("href", ""))
	}
	if len(people) != 2 || people[0] != "/paths/authors/pyotr-yolkin" {
		t.Fatalf("the authors lead to %q", people)
	}
	if got := text(page, "#related"); !strings.Contains(got, "On flow") || !strings.Contains(got, "shares 2 sources") || !strings.Contains(got, "same author") || !strings.Contains(got, "same keywords (2)") {
		t.Errorf("related: %q", got)
	}
	author := in.page(people[0])
	if got := texts(author, ".items h3"); len(got) != 2 || got[0] != "On flow" {
		t.Errorf("the author has written %q", got)
	}
	if got := text(author, ".forms"); !strings.Contains(got, "Pyotr Yolkin") || !strings.Contains(got, "PYOTR YOLKIN") {
		t.Errorf("forms of the name: %q", got)
	}
	if !strings.Contains(author.Body, "/paths/authors/ann-other") {
		t.Error("the co-author is missing")
	}
	word := page.Doc.Find(".keywords a").First().AttrOr("href", "")
	if k := in.page(word); word != "/paths/keywords/moon" || !strings.Contains(text(k, ".forms"), "Луна") || len(texts(k, ".items h3")) != 3 {
		t.Errorf("%q: %q", word, text(k, "main"))
	}
	heading := page.Doc.Find(".eyebrow a").First().AttrOr("href", "")
	if s := in.page(heading); !strings.HasPrefix(heading, "/paths/sections/tides") || len(texts(s, ".items h3")) != 3 {
		t.Errorf("%q: %q", heading, text(s, "main"))
	}
	for _, path := range []string{"/paths/keywords/", "/paths/sections/", "/paths/sections/type-research-article", "/paths/ru/authors/", "/paths/authors/?letter=Y"} {
		in.page(path)
	}
	for _, path := range []string{"/paths/authors/nobody", "/paths/keywords/nothing", "/paths/sections/none", "/paths/sections/type-none"} {
		if g := in.get(path); g.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, g.Status)
		}
	}
}

func TestRetractedArticleSaysSoInEveryFormThoughItsRecordIsSilent(t *testing.T) {
	in := waySite(t)
	path := in.articleAt("ebb")
	page := in.page(path)
	if got := text(page, "h1"); got != "RETRACTED: On ebb" || !strings.HasPrefix(text(page, "title"), "RETRACTED: On ebb") {
		t.Errorf("heading %q", got)
	}
	if got := page.Doc.Find(`meta[name="citation_title"]`).AttrOr("content", ""); got != "RETRACTED: On ebb" {
		t.Errorf("citation_title %q", got)
	}
	if got := page.Doc.Find(".notice.grave a").AttrOr("href", ""); got != in.articleAt("Notice") {
		t.Errorf("the notice leads to %q", got)
	}
	if got := text(page, ".truth"); !strings.Contains(got, "Retracted") || !strings.Contains(got, "February 2019") || !strings.Contains(got, "1 of 2") {
		t.Errorf("under the title: %q", got)
	}
	if !strings.Contains(page.Body, "We counted once.") {
		t.Error("the text of the retracted article is gone")
	}
	for _, ending := range []string{".bib", ".ris", ".csl.json"} {
		if g := in.get(path + ending); !strings.Contains(g.Body, "RETRACTED: On ebb") && !strings.Contains(g.Body, "{RETRACTED}: On ebb") {
			t.Errorf("%s: %.300s", ending, g.Body)
		}
	}
	if got := text(in.page("/paths/"), ".standing"); !strings.Contains(got, "Retracted") {
		t.Errorf("lists say %q", got)
	}
	if g := in.get(in.articleAt("flow") + ".ris"); strings.Contains(g.Body, "RETRACTED") {
		t.Error("another article is called retracted")
	}
}

func TestJoinedPersonsOldAddressLeadsOn(t *testing.T) {
	in := waySite(t)
	in.page("/paths/authors/ann-other")
	if err := in.JoinAuthors(t.Context(), "paths", "pyotr-yolkin", "ann-other"); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) { // the page may be in memory for a moment
		g := in.get("/paths/authors/ann-other")
		if g.Status == http.StatusMovedPermanently && g.Header.Get("Location") == "/paths/authors/pyotr-yolkin" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the old address answers %d %s", g.Status, g.Header.Get("Location"))
		}
	}
	in.await(in.articleAt("ebb"), `href="/paths/authors/pyotr-yolkin">Ann Other`)
}

func TestVersionsCanBeCompared(t *testing.T) {
	in := waySite(t)
	path := in.articleAt("ebb")
	if g := in.page(path + "/compare"); !strings.Contains(g.Body, "Nothing that readers see differs") {
		t.Errorf("one version: %q", text(g, "main"))
	}
	in.take("paths", fstest.MapFS{"1.xml": jatsArticle{n: 1, title: "On ebb", authors: "Pyotr Yolkin; Ann Other", about: "About all ebb.", refs: shared, body: "We counted twice. We slept. We stopped."}.file()})
	page := in.await(path, "compare?from=1&amp;to=2")
	link := page.Doc.Find(".versions a[href*=compare]").AttrOr("href", "")
	got := in.page(link)
	if ins, del := texts(got, "ins"), texts(got, "del"); len(ins) != 3 || len(del) != 1 || !strings.Contains(strings.Join(ins, "|"), "We slept.") || !strings.Contains(del[0], "once") {
		t.Errorf("added %q, removed %q", ins, del)
	}
	for query, want := range map[string]int{"?from=1&to=3": 404, "?from=0": 400, "?to=x": 400, "?from=2&to=1": 200} {
		if g := in.get(path + "/compare" + query); g.Status != want {
			t.Errorf("%s answers %d, want %d", query, g.Status, want)
		}
	}
}
