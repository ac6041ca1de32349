package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormIsWhatWouldBeTyped(t *testing.T) {
	for _, c := range []struct {
		form Form
		want string
	}{
		{Form{}, ""},
		{Form{All: "cold war"}, "cold war"},
		{Form{All: "cold", Any: "war peace", None: "review «книжное обозрение»"}, `cold (war | peace) -review -"книжное обозрение"`},
		{Form{Any: "war"}, "war"},
		{Form{Any: `"cold war" | peace`}, `"cold war" | peace`},
		{Form{None: "-review"}, "-review"},
		{Form{Author: "Иванов Пётр", Title: "война | мир"}, "author:Иванов author:Пётр (title:война | title:мир)"},
		{Form{Abstract: `"open quotation`, Keywords: "next (box"}, `abstract:"open quotation" keyword:next keyword:box`},
		{Form{FullText: "meteor*", References: "Gould", Journal: "RJR", Section: "Essays", Issue: "12"}, "fulltext:meteor* ref:Gould journal:RJR section:Essays issue:12"},
		{Form{Type: "Review-Article", Language: "ru", HasPDF: true}, "type:review-article lang:ru has:pdf"},
		{Form{From: "1956", To: " 1960 "}, "year:1956..1960"},
		{Form{From: "1956"}, "year:1956.."},
		{Form{To: "2019-03"}, "date:..2019-03"},
		{Form{From: "1956", To: "1956"}, "year:1956"},
		{Form{From: "March", To: "1960"}, "March..1960"}, // shown in the search box
	} {
		if got := c.form.Query(); got != c.want {
			t.Errorf("%+v\n is %s\nwant %s", c.form, got, c.want)
		}
	}
}

func TestFormIsFilledFromAQuery(t *testing.T) {
	for _, c := range []struct {
		query string
		want  Form
		rest  string
	}{
		{"", Form{}, ""},
		{"cold war", Form{All: "cold war"}, ""},
		{`cold war OR peace -review -"a b"`, Form{All: "cold", Any: "war peace", None: `review "a b"`}, ""},
		{"(a OR b) (c OR d) -(e f)", Form{Any: "a b", All: "(c | d) -(e f)"}, ""},
		{"author:(Иванов OR Петров) автор:Пётр заголовок:«холодная война»", Form{Author: "(Иванов | Петров) Пётр", Title: `"холодная война"`}, ""},
		{"-author:Smith title:-war", Form{Author: "-Smith", Title: "-war"}, ""},
		{"has:pdf lang:ru type:essay", Form{HasPDF: true, Language: "ru", Type: "essay"}, ""},
		{"year:1956..1960", Form{From: "1956", To: "1960"}, ""},
		{"date:2019-03", Form{From: "2019-03", To: "2019-03"}, ""},
		{"a author:b OR c", Form{All: "a"}, "(author:b | c)"},
		{"date:2019 year:1956 year:1960", Form{From: "1956", To: "1956"}, "date:2019 year:1960"},
		{"a author:b OR title:c has:epub has:pdf -has:pdf doi:10.1000/182 issn:1234-5679", Form{All: "a", HasPDF: true}, "(author:b | title:c) has:epub -has:pdf doi:10.1000/182 issn:1234-5679"},
	} {
		got, rest := FormOf(Parse(c.query))
		if d := cmp.Diff(c.want, got); d != "" || rest != c.rest {
			t.Errorf("%s: rest %q, want %q %s", c.query, rest, c.rest, d)
		}
	}
}
