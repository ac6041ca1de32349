package view

// Comparison is what differs between two versions of an article.
type Comparison struct {
	Base
	Article  Link
	From, To CompareVersion
	// Choices are all versions, for the form; its fields are "from" and "to".
	Choices []int
	Action  string
	Parts   []ComparePart
}

func (*Comparison) template() string { return "compare" }

// CompareVersion is one of the two.
type CompareVersion struct {
	Number int
	Date   Date
	URL    string
}

// ComparePart is a part of the record or of the text that differs.
type ComparePart struct {
	// Name is a catalogue name in the family "field."; Heading is the part's
	// own heading instead of it.
	Name    string
	Heading []Change
	Moved   bool
	Lines   []CompareLine
}

// CompareLine is a paragraph, or a number of paragraphs that are the same.
type CompareLine struct {
	Lang      string
	Changes   []Change
	Unchanged int
}

// Change is a piece of text that was added, removed or neither.
type Change struct {
	Added, Removed bool
	Text           string
}
