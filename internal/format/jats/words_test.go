package jats

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// silent are elements whose words are left out of the text by rule.
var silent = map[string]string{
	"ref-list":              "its entries are references of the record; its heading is furniture",
	"math":                  "a formula is kept as markup",
	"tex-math":              "a formula is kept as its source",
	"rp":                    "the brackets around a reading stand for software without ruby",
	"textual-form":          "another form of a formula is its description",
	"contrib-group":         "people of an annex are the line that signs it",
	"permissions":           "the licence of a part is in its own words or that of the article",
	"def":                   "what an abbreviation stands for is its description",
	"alt-text":              "descriptions are no part of the text",
	"long-desc":             "descriptions are no part of the text",
	"object-id":             "identifiers are kept as such",
	"article-id":            "identifiers are kept as such",
	"label":                 "labels are kept as such",
	"institution-id":        "identifiers are kept as such",
	"custom-meta-group":     "pairs for machines",
	"journal-meta":          "the journal of an annex is that of the article",
	"aff":                   "institutions are records",
	"email":                 "addresses are links",
	"kwd-group":             "keywords are records",
	"front":                 "of the front matter, titles and abstracts are compared",
	"front-stub":            "of the front matter, titles and abstracts are compared",
	"element-citation":      "a citation in fields is printed with its own punctuation",
	"citation-alternatives": "one of several forms is printed",
}

// No word of a text is lost in silence: what the reader took stands in the
// tree as often as in the source.
func TestEveryWordOfTheTextIsHeld(t *testing.T) {
	everything(t, func(t *testing.T, file string) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if b, err = toUTF8(b); err != nil {
			t.Fatal(err)
		}
		root, _, err := parse(b)
		if err != nil {
			t.Fatal(err)
		}
		d := newDecoder()
		d.collect(root, false)
		d.article(root)
		held := bag{}
		for _, doc := range d.out.Documents {
			held.nodes(doc.Body)
			held.nodes(doc.Back)
			held.nodes(doc.Notes)
		}
		for _, list := range [][]journal.Text{d.out.Article.Titles, d.out.Article.Subtitles} {
			for _, text := range list {
				held.add(text.Plain)
			}
		}
		for _, x := range d.out.Article.Abstracts {
			held.nodes(x.Nodes())
		}
		source := bag{}
		source.element(root)
		var missing []string
		solid := strings.Join(d.solid(), "")
		for word, n := range source {
			// Where elements end inside a word, it may be divided otherwise.
			if held[word] < n && !strings.Contains(solid, word) {
				missing = append(missing, word)
			}
		}
		slices.Sort(missing)
		if len(missing) > 0 {
			t.Errorf("%s: %d words are taken and not held: %.400q", filepath.Base(file), len(missing), missing)
		}
	})
}

// solid is the characters of the texts without anything between.
func (d *decoder) solid() []string {
	var out []string
	see := func(nodes []article.Node) {
		article.Walk(nodes, func(n *article.Node) bool {
			out = append(out, strings.Join(strings.Fields(n.Text+n.Source), ""))
			return true
		})
	}
	for _, doc := range d.out.Documents {
		see(doc.Body)
		see(doc.Back)
		see(doc.Notes)
	}
	return out
}

// ruled are the elements in their places that are left out by rule: the usual
// titles of abstracts, the heading of a list of notes that the page has its own
// place for, and the marks in a title that lead to notes.
func ruled(e, parent *elem) bool {
	switch {
	case e.name == "title" && (parent.name == "abstract" || parent.name == "trans-abstract"):
		return usual[strings.Trim(script.Fold(e.peek()), " .:")]
	case e.name == "title":
		return parent.name == "fn-group"
	}
	return e.name == "xref" && (parent.name == "article-title" || parent.name == "sup")
}

// bag counts words.
type bag map[string]int

func (b bag) add(s string) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b[word]++
	}
}

func (b bag) nodes(nodes []article.Node) {
	var runs strings.Builder
	var walk func(nodes []article.Node)
	walk = func(nodes []article.Node) {
		for i := range nodes {
			n := &nodes[i]
			if n.Kind.IsBlock() || n.Kind == article.Footnote || n.Kind == article.LineBreak || n.Kind == article.InlineMath {
				runs.WriteByte(' ')
			}
			runs.WriteString(n.Text)
			if n.Kind == article.Ruby {
				runs.WriteString(" " + n.Source + " ")
			}
			walk(n.Kids)
			if n.Kind.IsBlock() || n.Kind == article.Footnote || n.Kind == article.InlineMath {
				runs.WriteByte(' ')
			}
		}
	}
	walk(nodes)
	b.add(runs.String())
}

// element counts the words of the runs below e that were taken. Elements that
// the reader knows as blocks divide words.
func (b bag) element(root *elem) {
	var runs strings.Builder
	var walk func(e *elem)
	walk = func(e *elem) {
		if e.name == "" {
			if e.took {
				runs.WriteString(e.text)
			}
			return
		}
		if e.name == "front" || e.name == "front-stub" {
			for _, name := range []string{"article-title", "subtitle"} {
				if group := e.find("title-group"); group != nil && group.child(name) != nil {
					runs.WriteByte(' ')
					walk(group.child(name))
				}
			}
			for _, name := range []string{"abstract", "trans-abstract"} {
				for x := range meta(e.child("article-meta"), e).each(name) {
					runs.WriteByte(' ')
					walk(x)
				}
			}
			return
		}
		apart := !inlineNames[e.name] && !pieces[e.name] && faces[e.name] == "" || e.name == "fn" || e.name == "inline-formula"
		if apart {
			runs.WriteByte(' ')
		}
		if silent[e.name] == "" {
			for _, k := range e.kids {
				if k.name == "" || !ruled(k, e) {
					walk(k)
				}
			}
		}
		if apart {
			runs.WriteByte(' ')
		}
	}
	walk(root)
	b.add(runs.String())
}

// meta is where the titles and abstracts stand.
func meta(articleMeta, front *elem) *elem {
	if articleMeta != nil {
		return articleMeta
	}
	return front
}
