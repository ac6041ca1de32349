package view

import "html/template"

// References is the reference list of an article in a style that the reader
// chooses, in the order of that style.
type References struct {
	Base
	Article Link
	Action  string
	Styles  []CiteStyle
	Tongues []CiteTongue
	Entries []StyledReference
	// Rest are references of which only the printed form is known.
	Rest []PrintedReference
}

func (*References) template() string { return "references" }

// StyledReference is an entry in the style.
type StyledReference struct {
	Lang  string
	Entry template.HTML
	PrintedReference
}

// PrintedReference is an entry as the article prints it.
type PrintedReference struct {
	// URL is its place in the article's own list, Number its number there.
	URL     string
	Number  int
	Printed Run
}
