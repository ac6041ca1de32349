package landing

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"a recipe", `<html><head><title>Fish Soup - Our Kitchen</title></head><body><h1>Fish Soup</h1><p>By Anna Cook. Published: 3 May 2021</p><h2>Ingredients</h2><ul><li>1 kg fish</li><li>2 onions</li></ul><h2>Method</h2><ol><li>Boil the fish.</li><li>Add 500 ml of water.</li></ol><p>` + strings.Repeat("My grandmother made it in her kitchen by the sea. ", 12) + `</p><h2>About the author</h2><p>Anna Cook</p><p>Views: 312</p></body></html>`, "not the page of an article"},
		{"a login page", `<!DOCTYPE html><html><head><title>Login | Journal of Bogs</title></head><body><main><h1>Login</h1><form>Username <input> Password <input><button>Login</button></form><a href="/x">Forgot your password?</a></main><footer>ISSN 2049-3630</footer></body></html>`, "not the page of an article"},
		{"a list of issues", `<html><head><title>Archives | Journal of Bogs</title></head><body><main><h1>Archives</h1><h2><a href="/1">Vol. 12 No. 3 (2022)</a></h2><h2><a href="/2">Vol. 12 No. 2 (2022)</a></h2></main><footer>ISSN 2049-3630 (Print)</footer></body></html>`, "list of issues or articles"},
		{"an issue", `<html><head><title>Vol. 12 No. 3 (2022) | Journal of Bogs</title></head><body><main><h1>Vol. 12 No. 3 (2022)</h1><p>Published: 2022-09-30</p><h2>Articles</h2><h3><a href="/a1">Peat and Fire</a></h3><div>Irina Belova</div><div>5-20</div><h3><a href="/a2">Moss and Water</a></h3><div>John Reed, A. Lind</div><div>21-40</div></main></body></html>`, "list of issues or articles"},
		{"an issue as text", "Journal of Bogs\n\nVol. 12 No. 3 (2022)\n\nArticles\n\nPeat and Fire\nIrina Belova\n5-20\n\nMoss and Water\nJohn Reed, A. Lind\n21-40\n", "list of issues or articles"},
		{"issues as text", "Journal of Bogs\n\nArchives\n\nVol. 12 No. 3 (2022)\n\nVol. 12 No. 2 (2022)\n\nVol. 12 No. 1 (2022)\n", "list of issues or articles"},
		{"a billion laughs", `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><title>&b;</title></rdf:Description></rdf:RDF>`, "entity &b;"},
		{"an entity from outside", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><title>&x;</title></rdf:Description></rdf:RDF>`, "entity &x;"},
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

func TestBrokenMarkupIsReadAsFarAsItGoes(t *testing.T) {
	r, err := Read("page.html", []byte(`<html><head><meta name="citation_title" content="On the Height of Stairs"><meta name=citation_author content='Quill, Ada'><meta name="citation_firstpage" content="44<body><div><p>unclosed <b><i>x</p></div></td></table><h1>On the Hei`))
	if err != nil {
		t.Fatal(err)
	}
	if r.Article.Titles[0].Plain != "On the Height of Stairs" || len(r.Article.Contributors) != 1 || r.Article.Contributors[0].Names[0].Family != "Quill" {
		t.Errorf("%+v", r.Article)
	}
}

func TestCyrillicPagesAreReadInTheirOldEncodings(t *testing.T) {
	plain := strings.NewReplacer("—", "-", "–", "-", "«", "\"", "»", "\"", "“", "\"", "”", "\"", "№", "N", "charset=utf-8", "charset=X")
	for _, name := range []string{"elpub-ru.html", "elpub-ru.txt", "two-lists.txt"} {
		text := plain.Replace(sample(t, name))
		want, err := Read(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, charset := range []string{"windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic", "utf-16le", "utf-16be"} {
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
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s in %s, declared %s (-UTF-8 +%s):\n%s", name, charset, declared, charset, diff)
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

func TestHeadingAloneOnTheFirstLineOfAnElementIsItsLabel(t *testing.T) {
	in := "<title>The Ice of Lake Vesna</title>\n<author>V.P.Ozerova</author>\n<abstract><h2>Abstract</h2>\nThe article follows the dates.</abstract>\n<key_words>ice, lakes</key_words>\n"
	r, err := Read("page", []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Article.Abstracts; len(got) != 1 || got[0].Plain != "The article follows the dates." {
		t.Errorf("abstracts are %+v", got)
	}
}
