package search

import (
	"context"
	"strings"
	"testing"

	"offprint/internal/query"
)

// open makes an index of documents in a folder of the test.
func open(t testing.TB, docs ...Document) *Index {
	t.Helper()
	x, err := Open(t.TempDir(), Options{Deadline: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	put(t, x, 1, docs...)
	return x
}

func put(t testing.TB, x *Index, seq int64, docs ...Document) {
	t.Helper()
	if err := x.Apply(context.Background(), Batch{Put: docs, Seq: seq}); err != nil {
		t.Fatal(err)
	}
}

// ask searches for what a person types.
func ask(t testing.TB, x *Index, typed string, more ...func(*Request)) *Result {
	t.Helper()
	r := Request{Query: query.Parse(typed), Limit: 20}
	for _, m := range more {
		m(&r)
	}
	res, err := x.Search(context.Background(), r)
	if err != nil {
		t.Fatalf("%q: %v", typed, err)
	}
	return res
}

func ids(res *Result) string {
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, " ")
}

func title(id, lang, text string) Document {
	return Document{ID: id, Titles: []Text{{lang, text}}}
}

func TestWhatIsTypedFindsWhatIsMeant(t *testing.T) {
	x := open(t,
		Document{ID: "title", Titles: []Text{{"en", "Neutrino oscillations in matter"}}, Date: "2001"},
		Document{ID: "keyword", Titles: []Text{{"en", "A long baseline"}}, Keywords: []Text{{"en", "neutrino"}, {"en", "oscillation"}}},
		Document{ID: "abstract", Titles: []Text{{"en", "Super-Kamiokande"}}, Abstracts: []Text{{"en", "We saw a neutrino. And an e-mail about dark-matter halos."}}},
		Document{ID: "reference", References: []Text{{"", "Pontecorvo B. Neutrino experiments // JETP. 1967."}}},
		Document{ID: "fulltext", FullText: []Text{{"en", strings.Repeat("The neutrino was seen. ", 30)}}},
		Document{ID: "newer", Titles: []Text{{"en", "Neutrino masses"}}, Date: "2019-03"},
		title("russian", "ru", "Взрывы сверхновых звёзд"),
		title("german", "de", "Straßen und Häuser der Städte"),
		title("french", "fr", "L’homme et l'Étude"),
		title("han", "ja", "鳩山一郎と日ソ国交回復"),
		Document{ID: "author", Titles: []Text{{"en", "On nothing"}}, Authors: []Author{{[]Name{{"Pontecorvo", "Bruno"}, {"Понтекорво", "Бруно"}}}}},
	)
	for _, c := range []struct{ typed, want string }{
		{"neutrino", "newer title keyword abstract reference fulltext"},
		{"NEUTRINO", "newer title keyword abstract reference fulltext"},
		{"neutrinos", "newer title keyword abstract reference fulltext"},
		{"neutrino oscillation", "title keyword"},
		{`"neutrino oscillations"`, "title"},
		{`"oscillations neutrino"`, ""},
		{"title:neutrino", "newer title"},
		{"ref:neutrino", "reference"},
		{"neutrino -title:masses -oscillations", "abstract reference fulltext"},
		{"masses | halos", "newer abstract"},
		{"oscil*", "title keyword"},
		{"dark matter", "abstract"},
		{"dark-matter", "abstract"},
		{"email", "abstract"},
		{"e-mail", "abstract"},
		{"сверхновая", "russian"},
		{"звезд", "russian"},
		{"strassen", "german"},
		{"haus", "german"},
		{"homme étude", "french"},
		{"etude", "french"},
		{"鳩山", "han"},
		{"国交回復", "han"},
		{"回", "han"},
		{"郎と日", "han"},
		{"鳩山 二郎", ""},
		{"author:Pontecorvo", "author"},
		{"Понтекорво", "author reference"},
		{"year:2019", ""},
		{"date:2019-01..2019-12", "newer"},
		{"-neutrino title:nothing", "author"},
		{"xyzzy", ""},
	} {
		if got := ids(ask(t, x, c.typed)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}
