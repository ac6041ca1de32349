package jats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"offprint/internal/render"
)

func TestRealArticlesAreDrawnAsSoundHTML(t *testing.T) {
	for _, file := range corpus(t) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		refs := map[string]bool{}
		for _, ref := range r.Article.References {
			refs[ref.ID] = true
		}
		opt := render.Options{
			Lang:    "en",
			FileURL: func(name string) string { return "/files/" + filepath.Base(name) },
			RefURL: func(id string) (string, string) {
				if !refs[id] {
					return "", ""
				}
				return "/references", "Reference"
			},
		}
		for i := range r.Documents {
			page, err := render.Document(&r.Documents[i], opt)
			if err != nil {
				t.Fatal(err)
			}
			drawn(t, filepath.Base(file), string(page.Body+page.Back+page.Notes))
			if len(r.Documents[i].Body) > 4 && len(page.Contents) == 0 && strings.Contains(string(page.Body), "<h2>") {
				t.Errorf("%s: headings and no contents", filepath.Base(file))
			}
		}
	}
}

// drawn checks that every tag is closed, ids are unique and links inside the
// text lead somewhere.
func drawn(t *testing.T, name, markup string) {
	t.Helper()
	ids := map[string]bool{}
	var links, open []string
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch kind {
		case html.StartTagToken:
			if tok.Data != "br" && tok.Data != "img" {
				open = append(open, tok.Data)
			}
			for _, a := range tok.Attr {
				switch {
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%s: the id %q is given twice", name, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					links = append(links, a.Val[1:])
				}
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("%s: </%s> closes nothing", name, tok.Data)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: <%s> is not closed", name, open[len(open)-1])
	}
	for _, id := range links {
		if !ids[id] {
			t.Errorf("%s: a link leads to #%s, which is not there", name, id)
		}
	}
}
