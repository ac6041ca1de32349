//go:build linux

package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/format/landing"
)

func TestJudgedQueriesCanBeRead(t *testing.T) {
	text, err := judgements.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	list, err := readJudged(string(text))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, j := range list {
		if seen[j.query] {
			t.Errorf("%q is judged twice", j.query)
		}
		seen[j.query] = true
	}
	if len(list) != 60 {
		t.Errorf("%d judged queries, want 60", len(list))
	}
	for _, wrong := range []string{"q\tk\n", "q\tk\t4:x\n", "q\tk\tx\n", "q\tk\t2:\n"} {
		if _, err := readJudged("heading\n" + wrong); err == nil {
			t.Errorf("%q is read", wrong)
		}
	}
}

func TestNDCGOfKnownOrders(t *testing.T) {
	want := []wanted{{3, "", "a"}, {2, "", "b"}, {1, "", "c"}}
	for hits, ndcg := range map[string]float64{
		"abc": 1, "abcx": 1, "": 0, "xyz": 0,
		"xa": 7 / math.Log2(3) / (7 + 3/math.Log2(3) + 0.5),
		"ba": (3 + 7/math.Log2(3)) / (7 + 3/math.Log2(3) + 0.5),
	} {
		j := judged{wanted: want, hits: strings.Split(hits, "")}
		if got := j.ndcg(); math.Abs(got-ndcg) > 1e-9 {
			t.Errorf("%q: %v, want %v", hits, got, ndcg)
		}
	}
	j := judged{wanted: want[:1], hits: strings.Split("0123456789a", "")}
	if j.ndcg() != 0 {
		t.Error("the eleventh hit counts")
	}
}

// TestJudgeAsksTheImportedArticles judges generated pages by their titles.
func TestJudgeAsksTheImportedArticles(t *testing.T) {
	b := bench{dir: t.TempDir()}
	src := filepath.Join(b.dir, "src")
	if _, err := writePages(src, 0, 6); err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("query\tkind\tjudged\n")
	for n := range 6 {
		r, err := landing.Read("page.txt", []byte(landingPage(n)))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&table, "%s\ttitle\t3:%s\n", r.Article.Titles[0].Plain, r.Article.DOI)
	}
	list, err := readJudged(table.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.judge(t.Context(), []string{src}, list); err != nil {
		t.Fatal(err)
	}
	for _, j := range list {
		if j.ndcg() != 1 {
			t.Errorf("%q: %.3f, found %q", j.query, j.ndcg(), j.titles)
		}
	}
	list[0].wanted[0].name = "no such title"
	if err := b.judge(t.Context(), []string{src}, list[:1]); err == nil {
		t.Error("an article that is not there is judged")
	}
}

func TestNamesAreComparedByRuleAndApart(t *testing.T) {
	b := bench{dir: t.TempDir()}
	clusters := []nameCluster{
		{"Хрущёв", []string{"Khrushchev", "Hruŝëv"}, nil},
		{"Hatoyama", []string{"Хатояма", "Khatoyama"}, []string{"鳩山"}},
		{"Лобачевский", []string{"Nobody"}, nil},
	}
	got, err := b.compareNames(t.Context(), clusters, [][2]string{{"Yoshida", "Yasuda"}, {"Kono", "Кono Kono"}})
	if err != nil {
		t.Fatal(err)
	}
	if got.met != [2]int{4, 1} || got.asked != [2]int{5, 1} || len(got.missed) != 1 || len(got.meet) != 1 {
		t.Errorf("%+v; want 4 of 5 by rule, 1 of 1 by list, Nobody missed, and one pair that meets", got)
	}
}
