package view

// Sections is the list of a journal's headings and of the types of its
// articles.
type Sections struct {
	Base
	Headings []SectionLine
	Types    []SectionLine
}

func (*Sections) template() string { return "sections" }

// SectionLine is a heading or a type in a list.
type SectionLine struct {
	URL      string
	Text     Run
	Type     string // JATS article-type, whose name is printed instead of Text
	Articles int
}

// SectionPage is a heading, or a type, with its articles.
type SectionPage struct {
	Base
	Text           Run
	Type           string // as in SectionLine
	Names          []Run  // the heading in other languages
	Total          int
	Lines          []Line // newest first
	Previous, Next string
}

func (*SectionPage) template() string { return "section" }
