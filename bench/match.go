//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"offprint/internal/deposit"
	"offprint/internal/refparse"
)

const (
	// sureMatch is the confidence from which on an editor may accept all proposals.
	sureMatch = 0.9
	// matchAmong is how many works a registry offers for a reference.
	matchAmong = 20
)

// matching tells how sure Offprint is of the right work among those that are most
// like it by their titles, and of a wrong one where the right one is not among them.
// The works are made from the fields that publishers have of the same references.
func matching(list []annotated) error {
	works := make([]deposit.Work, 0, len(list))
	var refs []annotated
	for _, a := range list {
		if w, ok := workOf(&a, len(works)); ok {
			works, refs = append(works, w), append(refs, a)
		}
	}
	words := make([]map[string]bool, len(works))
	for i := range works {
		words[i] = map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(works[i].Titles[0]), func(r rune) bool { return !unicode.IsLetter(r) }) {
			words[i][w] = true
		}
	}
	var right, sure, wrong, wrongAlone int
	for i := range refs {
		r := refparse.Parse(refs[i].text)
		offered := likest(words, works, i)
		others := make([]deposit.Work, 0, matchAmong)
		for _, n := range offered {
			others = append(others, works[n])
		}
		if best, c, ok := deposit.Best(&r, append(slices.Clone(others[:len(others)-1]), works[i])); ok {
			switch {
			case best.DOI == works[i].DOI:
				right++
				if c >= sureMatch {
					sure++
				}
			case c >= sureMatch:
				wrong++
			}
		}
		if _, c, ok := deposit.Best(&r, others); ok && c >= sureMatch {
			wrongAlone++
		}
	}
	section(fmt.Sprintf("refs: the work of %d references among %d with titles most like it", len(refs), matchAmong))
	of := func(n int) string { return fmt.Sprintf("%d of %d", n, len(refs)) }
	line("the right one proposed", of(right), "")
	line(fmt.Sprintf("and sure of it (%.1f or more)", sureMatch), of(sure), "")
	line("sure of a wrong one", of(wrong), atMost(float64(wrong), 0, ""))
	line("sure of one where the right is missing", of(wrongAlone), atMost(float64(wrongAlone), 0, ""))
	return nil
}

// workOf is a reference as a registry would have the work.
func workOf(a *annotated, n int) (w deposit.Work, ok bool) {
	text := func(field string) string {
		s, _ := a.want[field].(string)
		return s
	}
	title := text("title")
	if len(strings.Fields(title)) < 3 {
		return w, false
	}
	w = deposit.Work{DOI: fmt.Sprintf("10.5555/%d", n), Titles: []string{title}, Volume: text("volume"), Issue: text("issue")}
	if c := text("container-title"); c != "" {
		w.Container = []string{c}
	}
	fmt.Sscan(text("year"), &w.Year)
	w.Page, _, _ = strings.Cut(text("page"), "-")
	names, _ := a.want["author"].([]any)
	for _, name := range names {
		if m, ok := name.(map[string]any); ok {
			family, _ := m["family"].(string)
			w.Authors = append(w.Authors, family)
		} else if s, ok := name.(string); ok {
			family, _, _ := strings.Cut(s, ",")
			w.Authors = append(w.Authors, family)
		}
	}
	return w, true
}

// likest are the works whose titles share the most words with one, without it; what
// stands on the same page of the same volume is the same work, cited twice.
func likest(words []map[string]bool, works []deposit.Work, of int) []int {
	type near struct{ n, shared int }
	var list []near
	for i := range words {
		a, b := &works[i], &works[of]
		if i == of || a.Page != "" && a.Page == b.Page && a.Volume == b.Volume && a.Year == b.Year {
			continue
		}
		shared := 0
		for w := range words[of] {
			if words[i][w] {
				shared++
			}
		}
		list = append(list, near{i, shared})
	}
	slices.SortStableFunc(list, func(a, b near) int { return b.shared - a.shared })
	var out []int
	for _, l := range list[:min(matchAmong, len(list))] {
		out = append(out, l.n)
	}
	return out
}
