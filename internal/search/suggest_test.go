package search

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestSuggestionsCompleteWhatIsBegun(t *testing.T) {
	x := open(t,
		Document{ID: "a", Journal: "one", Titles: []Text{{"en", "The Kuril dispute"}}, Authors: []Author{{[]Name{{"Panov", "A. N."}}}}, Keywords: []Text{{"en", "Kuriles"}}, Date: "2001"},
		Document{ID: "b", Journal: "one", Titles: []Text{{"en", "Kuril weather"}}, Authors: []Author{{[]Name{{"Panov", "A. N."}}}, {[]Name{{"Pánková", "Eva"}}}}, Date: "2005"},
		Document{ID: "c", Journal: "two", Titles: []Text{{"ja", "千島の歴史"}}, Authors: []Author{{[]Name{{"Panofsky", "E."}}}}, Keywords: []Text{{"en", "art"}}},
	)
	if err := x.Apply(context.Background(), Batch{Put: []Document{{ID: "d", Journal: "two", Authors: []Author{{[]Name{{"Panofsky", "E."}}}, {[]Name{{"Panofsky", "E."}}}}}}, Seq: 2}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typed    string
		journals []string
		want     string
	}{
		{"pan", nil, "author:Panofsky, E.(2) author:Panov, A. N.(2) author:Pánková, Eva(1)"},
		{"PANO", []string{"two"}, "author:Panofsky, E.(2)"},
		{"kuri", nil, "keyword:Kuriles(1) b a"},
		{"kuril wea", nil, "b"},
		{"千島", nil, "c"},
		{"p", nil, ""},
		{"zzz", nil, ""},
	} {
		got, err := x.Suggest(context.Background(), c.typed, c.journals, 5)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, s := range got {
			if s.Kind == "" {
				out = append(out, s.ID)
			} else {
				out = append(out, fmt.Sprintf("%s:%s(%d)", s.Kind, s.Value, s.Docs))
			}
		}
		if strings.Join(out, " ") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.typed, strings.Join(out, " "), c.want)
		}
	}
}

func TestNearSpellingsHelpWhereLittleIsFound(t *testing.T) {
	x := open(t,
		title("1", "en", "Neutrino oscillations"), title("2", "en", "Neutrino masses"), title("3", "en", "Neutrino beams"),
		title("4", "en", "Spectrometer"), title("5", "ru", "Хрущёв и Хатояма"), title("6", "en", "cat"), title("7", "en", "year 1956"),
	)
	for _, c := range []struct{ typed, want, ids string }{
		{"neutrono", "neutrino", "1 2 3"},
		{"nuetrino masses", "neutrino masses", "2"},
		{"spektrometre", "spectrometer", "4"},
		{"Хотояма", "хатояма", "5"},
		{"neutrino", "", "1 2 3"},
		{"bat", "", ""},
		{"1957", "", ""},
		{"neutrono -masses", "neutrino -masses", "1 3"},
		{`"neutrono beams"`, "", ""},
	} {
		res := ask(t, x, c.typed)
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		if res.DidYouMean != c.want || ids(res) != c.ids {
			t.Errorf("%s: did you mean %q and %v, want %q and %s", c.typed, res.DidYouMean, got, c.want, c.ids)
		}
	}
}

func TestResultTellsHowWordsWereUnderstood(t *testing.T) {
	x := open(t, title("1", "ru", "Хатояма"), title("2", "en", "Hatoyama"), title("3", "en", "Hatoyama’s visit"))
	res := ask(t, x, "Hatoyama -visit title:xyz")
	if len(res.Terms) != 3 {
		t.Fatalf("%d terms", len(res.Terms))
	}
	if u := res.Terms[0]; u.Docs != 3 || len(u.Forms) != 2 || u.Forms[0] != (Form{"hatoyama", Exact, 2}) || u.Forms[1] != (Form{"хатояма", Crossed, 1}) {
		t.Errorf("%+v", u)
	}
	if u := res.Terms[1]; !u.Excluded || u.Docs != 1 {
		t.Errorf("%+v", u)
	}
	if u := res.Terms[2]; u.Docs != 0 || u.Text != "xyz" || u.Field != "title" {
		t.Errorf("%+v", u)
	}
}
