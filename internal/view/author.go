package view

// Authors is the index of a journal's authors.
type Authors struct {
	Base
	Index
}

func (*Authors) template() string { return "authors" }

// Author is the page of one author.
type Author struct {
	Base
	Name Run // as the newest article prints it
	// Forms are all forms of the name, this one included, where there are
	// several.
	Forms        []Run
	ORCIDs       []string // bare iDs
	Affiliations []AuthorPlace
	Lines        []Line // newest first
	CoAuthors    []CoAuthor
	Readers      *Readers // of these articles
}

func (*Author) template() string { return "author" }

// AuthorPlace is an institution as the author's articles give it.
type AuthorPlace struct {
	Affiliation
	Years string // "2011–2020", or empty
}

// CoAuthor is somebody who wrote articles together with the author.
type CoAuthor struct {
	Link     Link
	Together int // articles
}
