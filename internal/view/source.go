package view

// SourceIndex is the index of what the articles of a journal cite.
type SourceIndex struct {
	Base
	Index
}

func (*SourceIndex) template() string { return "sources" }

// Source is the page of a work that articles cite.
type Source struct {
	Base
	// Printed is the work as it is described best.
	Printed Run
	// Ours is the address of the article of this installation that it is, may be
	// empty.
	Ours string
	// Outward leads to the work itself where its description has no link, or nil.
	Outward        *Link
	Total          int // articles that cite it
	Citing         []Citing
	Previous, Next string
}

func (*Source) template() string { return "source" }

// Citing is an article that cites something.
type Citing struct {
	Line
	// Reference leads to the entry in its list of references.
	Reference string
	Quotes    []Quote
}

// Quote is what an article says where it cites.
type Quote struct {
	Locator  string // "p. 15", as printed, or empty
	Sentence Run
}
