package search

import (
	"slices"
	"testing"

	"offprint/internal/query"
)

// asked searches a small index and gives the IDs in their order.
func asked(t *testing.T, x *Index, r Request) (ids []string, res *Result) {
	t.Helper()
	r.Limit = 20
	res, err := x.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Hits {
		ids = append(ids, h.ID)
	}
	return ids, res
}

func filled(t *testing.T, docs ...Document) *Index {
	t.Helper()
	x, err := Open(t.TempDir(), Options{Deadline: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Apply(t.Context(), Batch{Put: docs, Seq: 1}); err != nil {
		t.Fatal(err)
	}
	return x
}

func titled(id, lang, title string) Document {
	return Document{ID: id, Titles: []Text{{lang, title}}, Year: 2000}
}

func TestNothingWithAllWordsFindsWhatHasMost(t *testing.T) {
	x := filled(t,
		titled("harbour and lamps", "en", "Harbour lamps"),
		titled("harbour", "en", "Harbour and ships"),
		titled("oil and lamps", "en", "Oil for lamps"),
		titled("other", "en", "Mountains"))
	loose := func(typed string) ([]string, Loosened) {
		ids, res := asked(t, x, Request{Query: query.Parse(typed), Loosen: true})
		slices.Sort(ids)
		return ids, res.Loosened
	}
	for _, c := range []struct {
		typed string
		want  []string
		have  Loosened
	}{
		{"harbour lamps", []string{"harbour and lamps"}, Loosened{}},
		{"harbour lamps whales", []string{"harbour and lamps"}, Loosened{2, 3}},
		{"harbour lamps oil", []string{"harbour and lamps", "oil and lamps"}, Loosened{2, 3}},
		{"mountains lamps", []string{"harbour and lamps", "oil and lamps", "other"}, Loosened{1, 2}},
		// One of four is not half of them.
		{"mountains whales krill plankton", nil, Loosened{}},
		// What is excluded, and conditions, hold.
		{"harbour lamps whales -ships year:2000", []string{"harbour and lamps"}, Loosened{2, 3}},
		{"harbour lamps whales year:1999", nil, Loosened{}},
		{"(harbour OR oil) mountains", []string{"harbour", "harbour and lamps", "oil and lamps", "other"}, Loosened{1, 2}},
		{`"lamps harbour" whales oil`, nil, Loosened{}},
		{"whales", nil, Loosened{}},
	} {
		if got, have := loose(c.typed); !slices.Equal(got, c.want) || have != c.have {
			t.Errorf("%s finds %q, %+v; want %q, %+v", c.typed, got, have, c.want, c.have)
		}
	}
	if ids, _ := asked(t, x, Request{Query: query.Parse("harbour lamps whales")}); len(ids) != 0 {
		t.Errorf("not asked to loosen, the search finds %q", ids)
	}
	ids, res := asked(t, x, Request{Query: query.Parse("harbour lamps whales"), Loosen: true, Filters: map[Facet][]string{FacetYear: {"1999"}}})
	if len(ids) != 0 || res.Loosened.Of != 0 {
		t.Errorf("of another year it finds %q, %+v", ids, res.Loosened)
	}
}

func TestLongRunsOfKanjiAreFoundByMostOfTheirPieces(t *testing.T) {
	x := filled(t,
		titled("apart", "ja", "顔面軟部組織損傷の治療"),
		titled("together", "ja", "顔面損傷"),
		titled("surname", "ja", "鳩山内閣の政治"),
		titled("other", "ja", "経済の研究"),
		titled("method", "ja", "方法と研究"))
	for typed, want := range map[string][]string{
		"顔面損傷":     {"together", "apart"},
		"鳩山一郎":     {"surname"},
		"鳩山":       {"surname"},
		"研究の方法":    {"method"},
		`"顔面損傷"`:   {"together"},
		"日本海海戦":    nil,
		"損傷治療":     {"apart"},
		"鳩山の損傷の経済": nil,
	} {
		if got, _ := asked(t, x, Request{Query: query.Parse(typed)}); !slices.Equal(got, want) {
			t.Errorf("%s finds %q, want %q", typed, got, want)
		}
	}
	_, res := asked(t, x, Request{Query: query.Parse("顔面損傷")})
	marked := ""
	for _, r := range res.Marker().Mark("顔面軟部組織損傷の治療") {
		if r.Marked {
			marked += r.Text + "|"
		}
	}
	if marked != "顔面|損傷|" {
		t.Errorf("marked %s", marked)
	}
}

func TestTimeNarrowsButNotItsOwnCounts(t *testing.T) {
	var docs []Document
	for _, year := range []string{"1999", "2000", "2001"} {
		d := titled(year, "en", "Ice")
		d.Date, d.Year = year+"-05", int(year[3]-'0')+map[bool]int{true: 1990, false: 2000}[year == "1999"]
		docs = append(docs, d)
	}
	x := filled(t, docs...)
	ids, res := asked(t, x, Request{Query: query.Parse("ice"), During: &query.Node{Op: query.Range, Field: query.Year, From: "2000", To: "2001"},
		Facets: []Facet{FacetYear}, Sort: ByOldest})
	if !slices.Equal(ids, []string{"2000", "2001"}) || res.Total != 2 {
		t.Errorf("found %q, %d", ids, res.Total)
	}
	if want := []Count{{"1999", 1}, {"2000", 1}, {"2001", 1}}; !slices.Equal(res.Facets[FacetYear], want) {
		t.Errorf("years %v, want %v", res.Facets[FacetYear], want)
	}
	ids, _ = asked(t, x, Request{During: &query.Node{Op: query.Range, Field: query.Date, From: "2001-05", To: "2001-06"}})
	if !slices.Equal(ids, []string{"2001"}) {
		t.Errorf("found %q", ids)
	}
}
