package render

import (
	"reflect"
	"strings"
	"testing"

	"offprint/internal/article"
)

func TestTableAloneHasItsValuesWithSpansFilled(t *testing.T) {
	cell := func(s string, rows, cols int) article.Node {
		return article.Node{Kind: article.Cell, Rows: rows, Cols: cols, Kids: str(s)}
	}
	row := func(cells ...article.Node) article.Node { return article.Node{Kind: article.Row, Kids: cells} }
	doc := &article.Document{Lang: "en", Body: []article.Node{
		{Kind: article.Paragraph, Kids: []article.Node{{Kind: article.Cross, Target: "t1", Kids: str("Table 1")}}},
		{Kind: article.TableWrap, ID: "t1", Label: "Table 1", Kids: []article.Node{
			{Kind: article.Title, Kids: []article.Node{article.Str("Oil "), {Kind: article.Cross, Target: "s1", Kids: str("see text")}}},
			{Kind: article.Table, Kids: []article.Node{
				row(cell("Month", 2, 1), cell("Oil", 1, 2)),
				row(cell("lit", 1, 1), cell("spilt", 1, 1)),
				row(cell("May", 1, 1), cell("1, or 2", 1, 1), cell("3", 1, 1)),
			}},
		}},
		{Kind: article.Section, ID: "s1", Kids: []article.Node{{Kind: article.Title, Kids: str("Text")}}},
	}}
	part, ok := One(doc, "table-1", "/a/lamp", Options{Lang: "en"})
	if !ok || part.Name != "Table 1: Oil see text" {
		t.Fatalf("found %v, %q", ok, part.Name)
	}
	want := [][]string{{"Month", "Oil", ""}, {"", "lit", "spilt"}, {"May", "1, or 2", "3"}}
	if !reflect.DeepEqual(part.Table, want) {
		t.Errorf("values are %q, want %q", part.Table, want)
	}
	if !strings.Contains(string(part.HTML), `href="/a/lamp#s-1"`) {
		t.Errorf("a link to the text does not lead to its page: %s", part.HTML)
	}
	if _, ok := One(doc, "s-1", "/a/lamp", Options{}); ok {
		t.Error("a section was shown as a figure")
	}
}

func TestParagraphKeepsItsAddressWhileItsWordsStay(t *testing.T) {
	paragraph := func(id, words string) article.Node {
		return article.Node{Kind: article.Paragraph, ID: id, Kids: str(words)}
	}
	ids := func(nodes ...article.Node) string {
		page, err := Document(&article.Document{Lang: "en", Body: nodes}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return string(page.Body)
	}
	before := ids(paragraph("p1", "The lamp  burns."), paragraph("p2", "It is low."))
	after := ids(paragraph("p1", "A new beginning."), paragraph("p2", "The lamp burns."), paragraph("p3", "It is low."))
	for _, words := range []string{"It is low."} {
		i := strings.Index(before, words)
		tag := before[strings.LastIndex(before[:i], "<p "):i]
		if !strings.Contains(after, tag+words) {
			t.Errorf("%s%s is not in %s", tag, words, after)
		}
	}
	twice := ids(paragraph("", "Same."), paragraph("", "Same."))
	if strings.Count(twice, "<p id=") != 2 || strings.Count(twice, "-2\"") != 1 {
		t.Errorf("two paragraphs with the same words have one address: %s", twice)
	}
}
