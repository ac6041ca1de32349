package script

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rows reads a table of names beside the project, header left out.
func rows(t *testing.T, name string) [][]string {
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
	if len(out) < 2 {
		t.Fatalf("%s has no rows", name)
	}
	return out[1:]
}

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(key string) bool { return slices.Contains(b, key) })
}

// meet reports whether two phrases are forms of one: word by word, two words in
// either order, or as a whole. Words meet by rule and, with aliases, by cluster.
func meet(a, b string, aliases *Aliases) bool {
	keys := func(word string) []string {
		k := AppendKeys(nil, word)
		return aliases.Append(k, k)
	}
	var left, right [][]string
	for _, w := range strings.Fields(a) {
		left = append(left, keys(w))
	}
	for _, w := range strings.Fields(b) {
		right = append(right, keys(w))
	}
	all := len(left) == len(right) && len(left) > 0
	for i := 0; all && i < len(left); i++ {
		all = share(left[i], right[i])
	}
	if all || len(left) == 2 && len(right) == 2 && share(left[0], right[1]) && share(left[1], right[0]) {
		return true
	}
	return share(keys(strings.ReplaceAll(a, " ", "")), keys(strings.ReplaceAll(b, " ", "")))
}

func TestCorpusNamesMeetAcrossScripts(t *testing.T) {
	const cyrillic, byRule, needsAlias = 3, 20, 21
	var rule, ruleMet, all, allMet int
	for _, row := range rows(t, "names.tsv") {
		for _, form := range strings.Split(row[byRule], "|") {
			if form == "" {
				continue
			}
			rule++
			all++
			if meet(form, row[cyrillic], nil) {
				ruleMet++
				allMet++
			} else if meet(form, row[cyrillic], BuiltinAliases()) {
				allMet++
			} else {
				t.Logf("not by rule: %s, %s", row[cyrillic], form)
			}
		}
		for _, form := range strings.Split(row[needsAlias], "|") {
			if form == "" {
				continue
			}
			all++
			if meet(form, row[cyrillic], BuiltinAliases()) {
				allMet++
			} else {
				t.Logf("no alias: %s, %s", row[cyrillic], form)
			}
		}
	}
	t.Logf("%d of %d forms meet by rule, %d of %d with aliases", ruleMet, rule, allMet, all)
	if ruleMet*100 < rule*95 || allMet*100 < all*90 {
		t.Error("that is too few: 95 % by rule, 90 % with aliases")
	}
}

func TestCorpusNamesOfDifferentPeopleStayApart(t *testing.T) {
	for _, row := range rows(t, "negatives.tsv") {
		if meet(row[0], row[1], nil) {
			t.Errorf("%s and %s meet by rule: %q %q", row[0], row[1], AppendKeys(nil, row[0]), AppendKeys(nil, row[1]))
		}
		if meet(row[0], row[1], BuiltinAliases()) {
			t.Errorf("%s and %s meet by alias", row[0], row[1])
		}
	}
}

func TestCorpusAuthorsMeetInCyrillicAndLatin(t *testing.T) {
	var met, total int
	surnames := map[string]bool{}
	for _, row := range rows(t, "author-pairs-ru-en.tsv") {
		total++
		if share(AppendKeys(nil, row[0]), AppendKeys(nil, row[1])) {
			met++
		}
		surnames[row[0]] = true
	}
	// ё and е are one letter in print, so that such pairs meet on purpose
	of := map[string]string{}
	var collisions []string
	for name := range surnames {
		plain := strings.NewReplacer("ё", "е", "Ё", "Е").Replace(name)
		for _, key := range AppendKeys(nil, name) {
			if other, taken := of[key]; taken && other != plain {
				collisions = append(collisions, other+"/"+plain)
			}
			of[key] = plain
		}
	}
	t.Logf("%d of %d pairs meet (%.1f %%); %d of %d surnames meet another: %v", met, total, 100*float64(met)/float64(total), len(collisions), len(surnames), collisions)
	if met*100 < total*98 || len(collisions) > 5 {
		t.Error("at least 98 % should meet, at most 5 collide")
	}
}

func TestCorpusAuthorsMeetInKanjiAndLatin(t *testing.T) {
	var met, total int
	for _, row := range rows(t, "author-pairs-ja-en.tsv") {
		total++
		if meet(row[1], row[3], BuiltinAliases()) {
			met++
		}
	}
	t.Logf("%d of %d surnames meet through the table of readings", met, total)
	if met*2 < total {
		t.Error("less than half")
	}
}
