package search

import (
	"fmt"
	"slices"
	"testing"

	"offprint/internal/query"
)

func TestValuesThatDifferInCaseAreOne(t *testing.T) {
	var docs []Document
	for i, section := range []string{"Reviews", "Reviews", "REVIEWS", "reviews", "Essays"} {
		d := titled(fmt.Sprint(i), "en", "Ice")
		d.Section = section
		d.Keywords = []Text{{"en", "Ice"}, {"en", "ICE"}, {"en", fmt.Sprint("other", i)}}
		docs = append(docs, d)
	}
	for _, many := range []int{0, few + 100} { // counted by name, and by candidates
		for i := range many {
			d := titled(fmt.Sprint("more", i), "en", "Snow")
			d.Keywords = []Text{{"en", fmt.Sprint("word", i)}}
			docs = append(docs, d)
		}
		x := filled(t, docs...)
		_, res := asked(t, x, Request{Query: query.Parse("ice"), Facets: []Facet{FacetSection, FacetKeyword}, Values: 2})
		if want := []Count{{"Reviews", 4}, {"Essays", 1}}; !slices.Equal(res.Facets[FacetSection], want) {
			t.Errorf("%d more: sections %v, want %v", many, res.Facets[FacetSection], want)
		}
		if got := res.Facets[FacetKeyword][0]; got != (Count{"ICE", 5}) {
			t.Errorf("%d more: keyword %v", many, got)
		}
		for _, section := range []string{"Reviews", "REVIEWS"} {
			if ids, _ := asked(t, x, Request{Filters: map[Facet][]string{FacetSection: {section}}}); len(ids) != 4 {
				t.Errorf("narrowed by %s: %q", section, ids)
			}
		}
	}
}

func TestSpanishStudentsAreNoStudies(t *testing.T) {
	x := filled(t, titled("study", "es", "Estudio del agua"), titled("students", "es", "Los estudiantes"), titled("important", "es", "Cosas importantes"))
	for typed, want := range map[string][]string{"estudio": {"study"}, "estudios": {"study"}, "estudiante": {"students"}, "importante": {"important"}} {
		if ids, _ := asked(t, x, Request{Query: query.Parse(typed)}); !slices.Equal(ids, want) {
			t.Errorf("%s finds %q, want %q", typed, ids, want)
		}
	}
}
