package search

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/query"
)

// shared reads a table of names beside the project, header left out.
func shared(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "names", name))
	if os.IsNotExist(err) {
		t.Skip("names are read from ../shared/data/names, which is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		out = append(out, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return out[1:]
}

// without searches for what is typed, without near spellings.
func without(t *testing.T, x *Index, typed string, limit int) []Hit {
	t.Helper()
	s, err := x.snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	r := Request{Query: query.Parse(typed), Limit: limit}
	b := &budget{ctx: t.Context(), end: time.Now().Add(patience)}
	clauses, err := s.clauses(r.Query.Root, b)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.run(clauses, &r, b)
	if err != nil {
		t.Fatal(err)
	}
	return res.Hits
}

func TestNamesAreFoundInEveryScript(t *testing.T) {
	rows := [][2]string{ // what stands in a title, what is typed
		{"Хрущёв", "Khrushchev Hruŝëv Khruschov Chruschtschow Хрущев"},
		{"Hatoyama", "Хатояма Khatoyama 鳩山 はとやま"},
		{"鳩山", "Hatoyama Хатояма Khatoyama"},
		{"Шикотан", "Shikotan 色丹 Сикотан"},
		{"Itō", "Ito Ито Itou ITŌ"},
		{"Даллес", "Dulles ダレス"},
		{"Москва", "Moscow Moskva Moskau Moscou"},
		{"澤田", "沢田"},
		{"Łódź", "lodz Łodz"},
	}
	var docs []Document
	for i, r := range rows {
		docs = append(docs, title(fmt.Sprint(i), "", r[0]))
	}
	x := open(t, docs...)
	for i, r := range rows {
		for form := range strings.FieldsSeq(r[1]) {
			if hits := without(t, x, form, 10); !slices.ContainsFunc(hits, func(h Hit) bool { return h.ID == fmt.Sprint(i) }) {
				t.Errorf("%s does not find %s", form, r[0])
			}
		}
	}
	for _, pair := range [][2]string{{"Hatoyama", "嶋山"}, {"吉田", "古田"}, {"Kono", "Konno"}, {"Jun", "Yun"}} {
		x := open(t, title("other", "", pair[1]))
		if hits := without(t, x, pair[0], 10); len(hits) > 0 {
			t.Errorf("%s finds %s", pair[0], pair[1])
		}
	}
}

func TestSharedNamesAreFound(t *testing.T) {
	const cyrillic, hepburn, byRule, needsAlias = 3, 10, 20, 21
	rows := shared(t, "names.tsv")
	var docs []Document
	for i, r := range rows {
		base := r[cyrillic]
		if base == "" {
			base = r[hepburn]
		}
		docs = append(docs, title(fmt.Sprint(i), "", base))
	}
	x := open(t, docs...)
	var met, all [2]int
	for i, r := range rows {
		for kind, column := range [2]int{byRule, needsAlias} {
			for form := range strings.SplitSeq(r[column], "|") {
				if form == "" {
					continue
				}
				all[kind]++
				hits := without(t, x, form, 10)
				if kind == 1 {
					hits = ask(t, x, form).Hits
				}
				if slices.ContainsFunc(hits[:min(len(hits), 10)], func(h Hit) bool { return h.ID == fmt.Sprint(i) }) {
					met[kind]++
				} else {
					t.Logf("not found (kind %d): %s (%s)", kind, form, docs[i].Titles[0].Text)
				}
			}
		}
	}
	rule := float64(met[0]) / float64(all[0])
	both := float64(met[0]+met[1]) / float64(all[0]+all[1])
	t.Logf("found at rank 10 or better: by rule %d of %d (%.1f %%), all %.1f %%", met[0], all[0], 100*rule, 100*both)
	if rule < 0.95 || both < 0.9 {
		t.Error("fewer than 95 % by rule, or than 90 % of all")
	}
}

func TestSharedNegativesStayApart(t *testing.T) {
	rows := shared(t, "negatives.tsv")
	var docs []Document
	for i, r := range rows {
		docs = append(docs, title(fmt.Sprint(i), "", r[1]))
	}
	x := open(t, docs...)
	met := 0
	for i, r := range rows {
		if strings.Contains(r[1], " ") && !strings.Contains(r[0], " ") {
			continue // a word finds, as it should, a name of several that has it
		}
		if slices.ContainsFunc(without(t, x, r[0], 1000), func(h Hit) bool { return h.ID == fmt.Sprint(i) }) {
			met++
			t.Errorf("%s finds %s: %s", r[0], r[1], strings.Join(r[2:], " "))
		}
	}
	t.Logf("%d of %d pairs meet", met, len(rows))
}
