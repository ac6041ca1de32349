package view

// Index is a list of words under their letters, on one page or on several.
type Index struct {
	Letters []IndexLetter // to go to; none where there is one
	Groups  []IndexGroup
	// Previous and Next are the neighbouring pages of one letter.
	Previous, Next string
}

// IndexLetter leads to a letter: to its page or to its place on this one.
type IndexLetter struct {
	Text    Run
	URL     string
	Current bool
}

// IndexGroup is what stands under a letter.
type IndexGroup struct {
	ID      string
	Heading Run
	Entries []IndexEntry
}

// IndexEntry is a word of an index.
type IndexEntry struct {
	Link     Link
	Lang     string // named after the word where it is set
	Articles int
}
