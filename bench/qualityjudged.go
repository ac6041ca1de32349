//go:build linux

package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// judged is a query with the articles that a reader who typed it wants, graded 3
// (this one), 2 (this one too) or 1 (has to do with it), and what was found.
type judged struct {
	query, kind string
	wanted      []wanted
	hits        []string // IDs
	titles      []string
}

// wanted is an article by its DOI, or a part of a title that no other has.
type wanted struct {
	grade int
	name  string
	id    string
}

// readJudged reads lines of a query, its kind and graded articles, behind a
// heading.
func readJudged(text string) ([]judged, error) {
	var out []judged
	n := 0
	for line := range strings.Lines(text) {
		if n++; n == 1 {
			continue
		}
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) < 3 {
			return nil, fmt.Errorf("line %d of the judged queries has no article", n)
		}
		j := judged{query: fields[0], kind: fields[1]}
		for _, f := range fields[2:] {
			grade, name, _ := strings.Cut(f, ":")
			g, err := strconv.Atoi(grade)
			if err != nil || g < 1 || g > 3 || name == "" {
				return nil, fmt.Errorf("line %d of the judged queries: %q is not a grade from 1 to 3, a colon, and a DOI or part of a title", n, f)
			}
			j.wanted = append(j.wanted, wanted{grade: g, name: strings.ToLower(name)})
		}
		out = append(out, j)
	}
	return out, nil
}

// resolve finds the articles that are meant. Each must be one and no other.
func (j *judged) resolve(articles []titled) error {
	for i := range j.wanted {
		w := &j.wanted[i]
		found := 0
		for _, a := range articles {
			if a.doi == w.name || strings.Contains(a.titles, w.name) {
				w.id = a.id
				found++
			}
		}
		if found != 1 {
			return fmt.Errorf("judged query %q: %q names %d articles, not one", j.query, w.name, found)
		}
	}
	return nil
}

// depth is how many hits are judged.
const depth = 10

// ndcg is the discounted cumulative gain of the first ten hits as a share of what
// it could be (Järvelin and Kekäläinen 2002, with the gain 2^grade − 1).
func (j *judged) ndcg() float64 {
	grades := map[string]int{}
	var best []int
	for _, w := range j.wanted {
		grades[w.id] = w.grade
		best = append(best, w.grade)
	}
	slices.SortFunc(best, func(a, b int) int { return cmp.Compare(b, a) })
	gain := func(grade, rank int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(rank+2)) }
	got, could := 0.0, 0.0
	for rank, id := range j.hits[:min(depth, len(j.hits))] {
		got += gain(grades[id], rank)
	}
	for rank, grade := range best[:min(depth, len(best))] {
		could += gain(grade, rank)
	}
	return got / could
}

// worst is how many queries are printed.
const worst = 10

// printJudged prints the mean, the means by kind, and the queries that did worst.
func printJudged(list []judged) {
	byKind := map[string][]float64{}
	var all []float64
	for i := range list {
		v := list[i].ndcg()
		all = append(all, v)
		byKind[list[i].kind] = append(byKind[list[i].kind], v)
	}
	line("nDCG at 10", fmt.Sprintf("%.3f", mean(all)), atLeast(mean(all), 0.9, ""))
	var kinds []string
	for k := range byKind {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		line("  "+k, fmt.Sprintf("%.3f", mean(byKind[k])), fmt.Sprintf("%d queries", len(byKind[k])))
	}
	order := slices.Clone(list)
	slices.SortStableFunc(order, func(a, b judged) int { return cmp.Compare(a.ndcg(), b.ndcg()) })
	for _, j := range order[:min(worst, len(order))] {
		first := "nothing"
		if len(j.titles) > 0 {
			first = fmt.Sprintf("%d, first %.60q", len(j.titles), j.titles[0])
		}
		line("worst: "+j.query, fmt.Sprintf("%.3f", j.ndcg()), "found "+first)
	}
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
