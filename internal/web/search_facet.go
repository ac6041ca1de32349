package web

import (
	"slices"
	"strconv"

	"offprint/internal/locale"
	"offprint/internal/search"
	"offprint/internal/view"
)

// shownValues is how many values of a facet are seen without opening the rest.
const shownValues = 6

// newNarrow is the form that narrows and sorts the result.
func newNarrow(v *visit, a *asked, res *result) *view.Narrow {
	n := &view.Narrow{From: a.from, To: a.to}
	if a.text != "" {
		n.Keep = append(n.Keep, view.SearchBox{Name: "q", Value: a.text})
	}
	if a.form {
		n.Keep = append(n.Keep, view.SearchBox{Name: "form", Value: "1"})
	}
	for _, s := range sorts {
		n.Sorts = append(n.Sorts, view.SortOrder{Name: s.name, Value: s.name, Chosen: s.by == a.sort})
	}
	var years []view.YearArticles
	for _, c := range res.Facets[search.FacetYear] {
		if year, err := strconv.Atoi(c.Value); err == nil {
			years = append(years, view.YearArticles{Year: year, Articles: c.Docs})
		}
	}
	n.Years = view.NewHistogram(years, func(from, to int) string {
		return a.with(func(b *asked) { b.from, b.to = span(strconv.Itoa(from), strconv.Itoa(to)) }).at(v.at("/search"), 1)
	})
	for _, f := range facetFields {
		if f.facet == search.FacetJournal && (v.journal != nil || len(v.site.directory.Load().list) < 2) {
			continue
		}
		if g := newFacet(v, a, f.facet, res.Facets[f.facet]); len(g.Values) > 1 || len(a.chosen[f.facet]) > 0 {
			g.Name, g.Field = f.name, f.field
			n.Facets = append(n.Facets, g)
		}
	}
	return n
}

// newFacet are the values of a facet, the chosen ones among them even when
// others are more frequent.
func newFacet(v *visit, a *asked, facet search.Facet, counts []search.Count) view.FacetGroup {
	var g view.FacetGroup
	var all []view.FacetValue
	left := slices.Clone(a.chosen[facet])
	for _, c := range counts {
		value := c.Value
		if facet == search.FacetJournal {
			j := v.site.journalByID(value)
			if j == nil {
				continue
			}
			value = j.Path
		}
		i := slices.IndexFunc(left, func(chosen string) bool { return search.SameValue(chosen, value) })
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
		all = append(all, view.FacetValue{Value: value, Text: v.facetText(facet, value), Articles: c.Docs, Chosen: i >= 0})
	}
	for _, value := range left {
		all = append(all, view.FacetValue{Value: value, Text: v.facetText(facet, value), Chosen: true})
	}
	g.Values = all
	if len(all) > shownValues+1 {
		g.Values, g.More = all[:shownValues:shownValues], all[shownValues:]
		g.Open = slices.ContainsFunc(g.More, func(f view.FacetValue) bool { return f.Chosen })
	}
	return g
}

// facetText is a value of a facet in words.
func (v *visit) facetText(facet search.Facet, value string) view.Run {
	l := locale.For(v.lang)
	switch facet {
	case search.FacetJournal:
		if j := v.site.directory.Load().byPath[value]; j != nil {
			return run(j.Title(v.lang))
		}
	case search.FacetType:
		if word, ok := l.Word("type", value); ok {
			return view.Plain(l.Tag(), word)
		}
	case search.FacetLanguage:
		return view.Plain(l.Tag(), locale.Capital(l.Language(value)))
	}
	return spoken(value, v.lang)
}

// newChosen are the values that narrow the result, each with the result without
// it.
func newChosen(v *visit, a *asked) []view.Link {
	var out []view.Link
	address := v.at("/search")
	if a.from != "" || a.to != "" {
		text := a.from + "–" + a.to
		if a.from == a.to {
			text = a.from
		}
		without := a.with(func(b *asked) { b.from, b.to = "", "" })
		out = append(out, view.Link{Text: view.Plain(locale.For(v.lang).Tag(), text), URL: without.at(address, 1)})
	}
	for _, f := range facetFields {
		for i, value := range a.chosen[f.facet] {
			without := a.with(func(b *asked) { b.chosen[f.facet] = slices.Delete(b.chosen[f.facet], i, i+1) })
			out = append(out, view.Link{Text: v.facetText(f.facet, value), URL: without.at(address, 1)})
		}
	}
	return out
}
