package web

import (
	"net/http"
	"net/url"

	"offprint/internal/finding"
	"offprint/internal/locale"
	"offprint/internal/search"
)

const (
	suggestMedia = "application/x-suggestions+json"
	// suggested is how many suggestions of a kind there are.
	suggested = 4
	// longestBegun is how many letters are completed.
	longestBegun = 100
)

// suggest completes what a person has begun to type. The form is that of the
// OpenSearch extension Suggestions 1.1: the text, what it can be completed to, what
// each is in words, and its address.
func (s *Site) suggest(v *visit, w http.ResponseWriter, r *http.Request) error {
	text := printable(r.URL.Query().Get("q"))
	var list []finding.Suggestion
	if letters := []rune(text); len(letters) > 0 && len(letters) <= longestBegun {
		var journals []string
		if v.journal != nil {
			journals = []string{v.journal.ID}
		}
		var err error
		if list, err = s.Finder.Suggest(r.Context(), text, journals, suggested); err != nil {
			return unavailable(w, err)
		}
	}
	return writeJSON(w, suggestMedia, newSuggestions(v, text, list))
}

func newSuggestions(v *visit, text string, list []finding.Suggestion) []any {
	l := locale.For(v.lang)
	completions, descriptions, addresses := []string{}, []string{}, []string{}
	add := func(completion, description, address string) {
		completions, descriptions, addresses = append(completions, completion), append(descriptions, description), append(addresses, v.absolute(address))
	}
	for _, s := range list {
		switch {
		case s.Article != nil:
			add(s.Title.Plain, l.T("search.suggest-article"), v.atOf(s.Article.Journal.ID, "/articles/"+url.PathEscape(s.Article.Slug)))
		case s.Kind == search.FacetAuthor:
			add(s.Value, l.T("search.suggest-author", s.Docs), suggestedSearch(v, "author", s.Value))
		case s.Kind == search.FacetKeyword:
			add(s.Value, l.T("search.suggest-keyword", s.Docs), suggestedSearch(v, "keyword", s.Value))
		}
	}
	return []any{text, completions, descriptions, addresses}
}

// suggestedSearch is the search for an author or a keyword by its value.
func suggestedSearch(v *visit, name, value string) string {
	return v.at("/search") + "?" + url.Values{"f-" + name: {value}}.Encode()
}
