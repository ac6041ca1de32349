package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/query"
)

// small makes documents of few words, so that they have much in common.
func small(r *rand.Rand, id int) Document {
	words := strings.Fields("ant bee cat dog eel fox gnu hen")
	text := func(n int) []Text {
		var out []string
		for range n {
			out = append(out, words[min(r.IntN(8), r.IntN(8))])
		}
		return []Text{{"", strings.Join(out, " ")}}
	}
	return Document{
		ID: fmt.Sprintf("d%04d", id), Titles: text(r.IntN(4)), Keywords: text(r.IntN(3)),
		Abstracts: text(r.IntN(12)), References: text(r.IntN(6)), FullText: text(r.IntN(20)),
		Journal: fmt.Sprint("j", r.IntN(3)), Section: fmt.Sprint("s", r.IntN(4)), Year: 2000 + r.IntN(5), Date: fmt.Sprintf("%d-%02d", 2000+r.IntN(5), 1+r.IntN(3)),
	}
}

var smallQueries = []string{
	"ant", "hen", "ant bee", "cat dog eel", "ant | hen", "ant -bee", "-ant", `"ant bee"`, `"cat ant bee"`,
	"title:ant", "title:bee abstract:cat", "(ant | bee) (cat | dog) -title:eel", "ref:fox keyword:ant",
	"ab:(ant -bee)", "year:2001..2002 ant", "section:s1 | gnu", "-(ant bee)", "fulltext:\"bee ant\" hen", "g*",
}

// truth says by reading whether a document answers a query.
func truth(n *query.Node, d *Document) bool {
	switch n.Op {
	case query.And:
		for i := range n.Kids {
			if !truth(&n.Kids[i], d) {
				return false
			}
		}
		return true
	case query.Or:
		for i := range n.Kids {
			if truth(&n.Kids[i], d) {
				return true
			}
		}
		return false
	case query.Not:
		return !truth(&n.Kids[0], d)
	case query.Range:
		y := fmt.Sprint(d.Year)
		return y >= n.From && y <= n.To
	}
	if n.Field == query.Section {
		return d.Section == n.Text
	}
	want := " " + n.Text + " "
	if n.Op == query.Prefix {
		want = " " + n.Text
	}
	fields := map[query.Field][]Text{
		query.Title: d.Titles, query.Keyword: d.Keywords, query.Abstract: d.Abstracts,
		query.Reference: d.References, query.FullText: d.FullText,
	}
	for name, texts := range fields {
		if n.Field == query.Anywhere || n.Field == name {
			for _, t := range texts {
				if strings.Contains(" "+t.Text+" ", want) {
					return true
				}
			}
		}
	}
	return false
}

// crowd is an index of many parts, with documents that were replaced and removed.
func crowd(t *testing.T, n int) (*Index, []Document) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	x := open(t)
	docs := map[string]Document{}
	for at := 0; at < n; at += 80 {
		var b Batch
		for i := range 80 {
			b.Put = append(b.Put, small(r, at+i))
		}
		for range 10 {
			d := small(r, r.IntN(at+1))
			if !slices.ContainsFunc(b.Put, func(p Document) bool { return p.ID == d.ID }) {
				b.Put = append(b.Put, d)
			}
		}
		for _, d := range b.Put {
			docs[d.ID] = d
		}
		if gone := fmt.Sprintf("d%04d", r.IntN(at+1)); !slices.ContainsFunc(b.Put, func(p Document) bool { return p.ID == gone }) {
			b.Remove = append(b.Remove, gone)
			delete(docs, gone)
		}
		b.Seq = int64(at)
		if err := x.Apply(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
	var out []Document
	for _, d := range docs {
		out = append(out, d)
	}
	return x, out
}

func TestTotalsAndFacetsAreThoseOfReadingEverything(t *testing.T) {
	x, docs := crowd(t, 800)
	for _, typed := range smallQueries {
		q := query.Parse(typed)
		for _, filters := range []map[Facet][]string{nil, {FacetYear: {"2001", "2003"}}, {FacetYear: {"2002"}, FacetSection: {"s1", "s2"}}} {
			passes := func(d *Document, but Facet) bool {
				for f, values := range filters {
					v := fmt.Sprint(d.Year)
					if f == FacetSection {
						v = d.Section
					}
					if f != but && !slices.Contains(values, v) {
						return false
					}
				}
				return true
			}
			total, years := 0, map[string]int{}
			for i := range docs {
				d := &docs[i]
				if !truth(q.Root, d) || d.Journal == "j0" {
					continue
				}
				if passes(d, "") {
					total++
				}
				if passes(d, FacetYear) {
					years[fmt.Sprint(d.Year)]++
				}
			}
			res := ask(t, x, typed, func(r *Request) {
				r.Journals, r.Filters, r.Facets = []string{"j1", "j2"}, filters, []Facet{FacetYear, FacetSection}
			})
			if res.Total != total {
				t.Errorf("%s with %v: total %d, by reading %d", typed, filters, res.Total, total)
			}
			for _, c := range res.Facets[FacetYear] {
				if years[c.Value] != c.Docs {
					t.Errorf("%s with %v: %d documents of %s, by reading %d", typed, filters, c.Docs, c.Value, years[c.Value])
				}
				delete(years, c.Value)
			}
			if len(years) > 0 {
				t.Errorf("%s with %v: years are missing: %v", typed, filters, years)
			}
		}
	}
}

func TestRankingIsThatOfScoringEverything(t *testing.T) {
	x, _ := crowd(t, 2400)
	s, err := x.snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for _, typed := range smallQueries {
		for _, page := range []struct{ offset, limit int }{{0, 1}, {0, 5}, {0, 20}, {20, 20}, {7, 100}} {
			r := Request{Query: query.Parse(typed), Offset: page.offset, Limit: page.limit}
			var got [2][]Hit
			for k := range got {
				s.exhaustive = k == 1
				b := &budget{ctx: t.Context(), end: time.Now().Add(patience)}
				clauses, err := s.clauses(r.Query.Root, b)
				if err != nil {
					t.Fatal(err)
				}
				res, err := s.run(clauses, &r, b)
				if err != nil {
					t.Fatal(err)
				}
				got[k] = res.Hits
			}
			if !slices.Equal(got[0], got[1]) {
				t.Errorf("%s, %d from %d:\n got %v\nwant %v", typed, page.limit, page.offset, got[0], got[1])
			}
		}
	}
}

func TestPagesFitTogetherInEveryOrder(t *testing.T) {
	x, docs := crowd(t, 800)
	want := 0
	q := query.Parse("ant")
	for i := range docs {
		if truth(q.Root, &docs[i]) {
			want++
		}
	}
	for _, by := range []Sort{ByRelevance, ByNewest, ByOldest, ByTitle, ByViews} {
		seen := map[string]bool{}
		for offset := 0; ; offset += 30 {
			res := ask(t, x, "ant", func(r *Request) { r.Sort, r.Offset, r.Limit = by, offset, 30 })
			for _, h := range res.Hits {
				if seen[h.ID] {
					t.Errorf("sorted by %q, %s stands on two pages", by, h.ID)
				}
				seen[h.ID] = true
			}
			if len(res.Hits) == 0 {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("sorted by %q, the pages have %d documents of %d", by, len(seen), want)
		}
	}
}

func TestOrders(t *testing.T) {
	x := open(t,
		Document{ID: "1", Titles: []Text{{"", "«Zebra» word"}}, Date: "2001-05", Views: 5},
		Document{ID: "2", Titles: []Text{{"", "apple word"}}, Date: "2010", Views: 90},
		Document{ID: "3", Titles: []Text{{"", "Öl word"}}, Date: "2005-01-02"},
		Document{ID: "4", Titles: []Text{{"", "word"}}},
	)
	for by, want := range map[Sort]string{ByNewest: "2 3 1 4", ByOldest: "1 3 2 4", ByTitle: "2 3 4 1", ByViews: "2 1 3 4"} {
		if got := ids(ask(t, x, "word", func(r *Request) { r.Sort = by })); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
	}
}

func TestCloserFormsStandFirst(t *testing.T) {
	x := open(t,
		title("exact", "en", "Hatoyama"), title("crossed", "ru", "Хатояма"), title("alias", "ja", "鳩山"),
		title("beside", "en", "red dwarf stars"), title("apart", "en", "dwarf planets and red planets"),
	)
	if got := ids(ask(t, x, "Hatoyama")); got != "exact crossed alias" {
		t.Errorf("Hatoyama: %s", got)
	}
	if got := ids(ask(t, x, "Хатояма")); got != "crossed exact alias" {
		t.Errorf("Хатояма: %s", got)
	}
	if got := ids(ask(t, x, "red dwarf")); got != "beside apart" {
		t.Errorf("red dwarf: %s", got)
	}
}
