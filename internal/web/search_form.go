package web

import (
	"context"
	"strings"
	"sync"
	"time"

	"offprint/internal/locale"
	"offprint/internal/query"
	"offprint/internal/search"
	"offprint/internal/view"
)

// formChoices are the values that the advanced form offers, as the index has
// them.
type formChoices struct {
	at                         time.Time
	sections, types, languages []string
}

// freshChoices is how long they are kept: nobody waits for a new section.
const freshChoices = 30 * time.Second

// keptChoices are the choices by journal, "" for all.
type keptChoices struct {
	mu sync.Mutex
	of map[string]*formChoices
}

// formChoices asks the index what there is to choose from. A form without choices
// is as good, so that a failure is none.
func (s *Site) formChoices(ctx context.Context, v *visit) *formChoices {
	id := ""
	r := search.Request{Facets: []search.Facet{search.FacetSection, search.FacetType, search.FacetLanguage}, Values: 60}
	if v.journal != nil {
		id, r.Journals = v.journal.ID, []string{v.journal.ID}
	}
	s.choices.mu.Lock()
	have := s.choices.of[id]
	s.choices.mu.Unlock()
	if have != nil && time.Since(have.at) < freshChoices {
		return have
	}
	c := &formChoices{at: time.Now()}
	found, err := s.Finder.Search(ctx, r)
	if err != nil {
		return c
	}
	values := func(f search.Facet) (out []string) {
		for _, count := range found.Facets[f] {
			out = append(out, count.Value)
		}
		return out
	}
	c.sections, c.types, c.languages = values(search.FacetSection), values(search.FacetType), values(search.FacetLanguage)
	if found.Total > 0 && !found.Making {
		s.choices.mu.Lock()
		if s.choices.of == nil {
			s.choices.of = map[string]*formChoices{}
		}
		s.choices.of[id] = c
		s.choices.mu.Unlock()
	}
	return c
}

// newSearchForm is the advanced form, filled from what is asked.
func newSearchForm(v *visit, a *asked, c *formChoices) view.SearchForm {
	form, rest := query.FormOf(a.query)
	f := view.SearchForm{Open: a.form, Rest: rest, Section: form.Section, Sections: c.sections, From: a.from, To: a.to, HasPDF: form.HasPDF}
	if f.From == "" && f.To == "" && (form.From != "" || form.To != "") {
		f.From, f.To = form.From, form.To
	} else if form.From != "" || form.To != "" { // both: the one of the text stays there
		f.Rest = strings.TrimSpace(f.Rest + " " + query.Form{From: form.From, To: form.To}.Query())
	}
	if form.Journal != "" {
		f.Rest = strings.TrimSpace(f.Rest + " " + query.Form{Journal: form.Journal}.Query())
	}
	for _, b := range boxes(&form) {
		f.Boxes = append(f.Boxes, view.SearchBox{Name: b.name, Value: *b.text})
	}
	f.Types = v.choices(search.FacetType, c.types, form.Type)
	f.Languages = v.choices(search.FacetLanguage, c.languages, form.Language)
	if list := v.site.directory.Load().list; v.journal == nil && len(list) > 1 {
		chosen := a.chosen[search.FacetJournal]
		for i := range list {
			f.InJournal = append(f.InJournal, view.Choice{Value: list[i].Path, Text: run(list[i].Title(v.lang)), Chosen: len(chosen) == 1 && chosen[0] == list[i].Path})
		}
	}
	return f
}

// choices are the values of a facet to choose from, the chosen one among them.
func (v *visit) choices(facet search.Facet, values []string, chosen string) []view.Choice {
	var out []view.Choice
	known := chosen == ""
	for _, value := range values {
		same := strings.EqualFold(value, chosen)
		known = known || same
		out = append(out, view.Choice{Value: value, Text: v.facetText(facet, value), Chosen: same})
	}
	if !known {
		out = append(out, view.Choice{Value: chosen, Text: view.Plain(locale.For(v.lang).Tag(), chosen), Chosen: true})
	}
	return out
}
