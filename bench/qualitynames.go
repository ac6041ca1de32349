//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"offprint/internal/query"
	"offprint/internal/search"
)

// nameCluster is a name with the forms that must lead to it: by the rules of
// transliteration, or only because somebody knows.
type nameCluster struct {
	base           string
	byRule, byList []string
}

// readTable reads a table with a heading and gives its rows by the heads.
func readTable(path string) ([]map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var head []string
	var out []map[string]string
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if head == nil {
			head = fields
			continue
		}
		row := map[string]string{}
		for i, f := range fields[:min(len(fields), len(head))] {
			row[head[i]] = f
		}
		out = append(out, row)
	}
	return out, nil
}

func forms(list string) []string {
	return slices.DeleteFunc(strings.Split(list, "|"), func(s string) bool { return s == "" })
}

// nameQuality indexes a document for each name of the tables and asks for every
// other form of it.
func (b *bench) nameQuality(ctx context.Context, dir string) error {
	rows, err := readTable(filepath.Join(dir, "names.tsv"))
	if err != nil {
		return err
	}
	apart, err := readTable(filepath.Join(dir, "negatives.tsv"))
	if err != nil {
		return err
	}
	var clusters []nameCluster
	for _, r := range rows {
		c := nameCluster{base: r["cyrillic"], byRule: forms(r["by_rule"]), byList: forms(r["needs_alias"])}
		if c.base == "" {
			c.base = r["hepburn_macron"]
		}
		if c.base != "" {
			clusters = append(clusters, c)
		}
	}
	var pairs [][2]string
	for _, r := range apart {
		// A word finds, as it should, a name of several words that has it.
		if !strings.Contains(r["b"], " ") || strings.Contains(r["a"], " ") {
			pairs = append(pairs, [2]string{r["a"], r["b"]})
		}
	}
	met, err := b.compareNames(ctx, clusters, pairs)
	if err != nil {
		return err
	}
	section(fmt.Sprintf("quality: %d names and %d pairs that must not meet, asked for by their other forms", len(clusters), len(pairs)))
	met.print()
	return nil
}

// names is how many forms found their name, by rule and by list, and which did not;
// and which pairs met that must not.
type names struct {
	met, asked   [2]int
	missed, meet []string
	apart        int // pairs
}

func (n *names) print() {
	share := func(name string, met, asked int, target float64) {
		percent := 100 * float64(met) / float64(max(1, asked))
		line(name, fmt.Sprintf("%.1f %%", percent), fmt.Sprintf("%d of %d among the first ten; %s", met, asked, atLeast(percent, target, "%")))
	}
	share("forms that meet by rule", n.met[0], n.asked[0], 95)
	share("all forms", n.met[0]+n.met[1], n.asked[0]+n.asked[1], 90)
	line("pairs that must not meet and do", fmt.Sprint(len(n.meet)), fmt.Sprintf("of %d; %s", n.apart, atMost(float64(len(n.meet)), 0, "")))
	for _, m := range n.meet {
		line("  met", "", m)
	}
	for _, m := range n.missed[:min(worst, len(n.missed))] {
		line("  not found by rule", "", m)
	}
}

// compareNames asks for every name by its other forms, and for the first name of
// every pair, which must not find the second.
func (b *bench) compareNames(ctx context.Context, clusters []nameCluster, apart [][2]string) (n names, err error) {
	docs := nameDocuments(clusters, apart)
	dir := filepath.Join(b.dir, "names")
	x, err := search.Open(dir, unhurried)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, x.Close(), os.RemoveAll(dir)) }()
	if err := x.Apply(ctx, search.Batch{Put: docs, Seq: 1}); err != nil {
		return n, err
	}
	finds := func(typed, id string, limit int) (bool, error) {
		res, err := x.Search(ctx, search.Request{Query: query.Parse(typed), Limit: limit})
		if err != nil {
			return false, err
		}
		return slices.ContainsFunc(res.Hits, func(h search.Hit) bool { return h.ID == id }), nil
	}
	n.apart = len(apart)
	for i, c := range clusters {
		for kind, list := range [2][]string{c.byRule, c.byList} {
			for _, form := range list {
				ok, err := finds(form, fmt.Sprintf("name-%d", i), depth)
				if err != nil {
					return n, err
				}
				n.asked[kind]++
				if ok {
					n.met[kind]++
				} else if kind == 0 {
					n.missed = append(n.missed, form+" → "+c.base)
				}
			}
		}
	}
	for i, p := range apart {
		ok, err := finds(p[0], fmt.Sprintf("other-%d", i), search.MaxDepth)
		if err != nil {
			return n, err
		}
		if ok {
			n.meet = append(n.meet, p[0]+" → "+p[1])
		}
	}
	return n, nil
}

// nameDocuments are a document for each name and each of a pair.
func nameDocuments(clusters []nameCluster, apart [][2]string) []search.Document {
	var docs []search.Document
	title := func(id, text string) {
		docs = append(docs, search.Document{ID: id, Titles: []search.Text{{Text: text}}})
	}
	for i, c := range clusters {
		title(fmt.Sprintf("name-%d", i), c.base)
	}
	for i, p := range apart {
		title(fmt.Sprintf("other-%d", i), p[1])
		for k := range 3 { // so many that near spellings are not looked for
			title(fmt.Sprintf("same-%d-%d", i, k), p[0])
		}
	}
	return docs
}
