package view

// Search is the search form with what was found.
type Search struct {
	Base
	// Base.Query is what was asked; an empty one shows the form alone.

	// Action is the form's address; the field is "q".
	Action string
	// Everywhere is the same search in all journals, where the page searches
	// one; empty when there is one journal only.
	Everywhere string
	Lines      []Line
	// Total is the number of hits; First the number of the first one shown,
	// from 1.
	Total, First   int
	Previous, Next string // addresses of the neighbouring pages of hits
	// Problem says why the query could not be answered, in words for people.
	Problem string
}

func (*Search) template() string { return "search" }
