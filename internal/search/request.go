package search

import (
	"offprint/internal/query"
)

// Facet is a property by whose values results are counted and narrowed.
type Facet string

// The facets. The values of FacetYear are four digits.
const (
	FacetJournal  Facet = byJournal
	FacetYear     Facet = byYear
	FacetSection  Facet = bySection
	FacetType     Facet = byType
	FacetLanguage Facet = byLang
	FacetAuthor   Facet = byAuthor
	FacetKeyword  Facet = byKeyword
	FacetIssue    Facet = byIssue
	FacetHas      Facet = byHas
)

// shown tells whether the terms of the facet hold the value beside its folded form.
func (f Facet) shown() bool { return f != FacetYear && f != FacetHas }

// term is the term of a value of the facet.
func (f Facet) term(value string) string {
	if f.shown() {
		return valueTerm(value)
	}
	return value
}

// Sort is the order of hits.
type Sort string

// The orders. Among equals the newer comes first, then the ID decides, so that pages
// of results fit together.
const (
	ByRelevance Sort = ""
	ByNewest    Sort = "newest"
	ByOldest    Sort = "oldest"
	ByTitle     Sort = "title"
	ByViews     Sort = "views"
)

// MaxDepth is how far Offset and Limit reach together.
const MaxDepth = 10_000

// Request is a search.
type Request struct {
	Query query.Query
	// Journals are the journals that are searched, all if there are none.
	Journals []string
	// Filters narrow the result: one of the values of each facet.
	Filters map[Facet][]string
	// During narrows it to a time: a query.Range of years or dates, nil for all. It is
	// a filter of FacetYear.
	During *query.Node
	Sort   Sort
	// Offset and Limit are the page of the result.
	Offset, Limit int
	// Facets are those to count.
	Facets []Facet
	// Values is how many values of a facet are counted, 20 if 0; all years are.
	Values int
	// Loosen finds what has most of the words, where nothing has all of them.
	Loosen bool
}

// Result is what a search found.
type Result struct {
	// Total is how many documents were found.
	Total int
	// Cut says that the search reached its deadline: Total and the facets are at
	// least what they say, and better hits may be missing.
	Cut  bool
	Hits []Hit
	// Facets are the values by how often they occur, years in their order. A facet
	// by which the result is narrowed is counted as if it were not.
	Facets map[Facet][]Count
	// Terms tell how each word, phrase and prefix of the query was understood.
	Terms []Understood
	// Loosened is set where Request.Loosen was and nothing has all of the words.
	Loosened Loosened
	// DidYouMean is a query of near spellings that finds more, "" if there is none.
	DidYouMean string

	marker *Marker
}

// Loosened tells that nothing has all words of a query, and what was found Have of
// the Of there are; both are 0 where that is not so. Quotations and groups in
// parentheses count as one word.
type Loosened struct{ Have, Of int }

// Hit is a document that was found.
type Hit struct {
	ID    string
	Score float64
}

// Count is how many of the documents found have a value.
type Count struct {
	Value string
	Docs  int
}

// Understood is a clause of the query and what was found by it.
type Understood struct {
	Text  string
	Field query.Field
	// Docs is how many documents have it, in the journals that are searched.
	Docs int
	// Forms are the words that it was looked for as, those that were found, by how
	// close they are to what was typed.
	Forms []Form
	// Excluded clauses stand behind a minus.
	Excluded bool
}

// Form is a word as it stands in texts.
type Form struct {
	Surface string
	Tier    Tier
	// Docs is in how many documents it stands, in all journals; one that has it in
	// several fields counts for each.
	Docs int
}

// Tier is how a form follows from what was typed.
type Tier uint8

// The tiers, from the closest one.
const (
	Exact     Tier = iota // as it was typed
	Marks                 // with other marks: Хрущев for Хрущёв
	Inflected             // another form of the word
	Crossed               // the same name in another script or spelling
	Alias                 // another name of the same
	Pieces                // most pairs of characters of a word without spaces
	Fuzzy                 // a near spelling
)

// weights are what a form of each tier counts.
var weights = [...]float32{Exact: 1, Marks: 0.95, Inflected: 0.9, Crossed: 0.6, Alias: 0.55, Pieces: 0.35, Fuzzy: 0.3}
