package view

import "html/template"

// Cite is an article as a reference in a style that the reader chooses.
type Cite struct {
	Base
	Article Link
	Action  string
	// Styles and Tongues are the choices; the names of the fields are "style"
	// and "locale".
	Styles  []CiteStyle
	Tongues []CiteTongue
	// Entry is the reference, HTML its source for copying; InText is the citation
	// that stands in a text.
	Lang   string
	Entry  template.HTML
	Source string
	InText template.HTML
	// COinS is the article as an OpenURL, for citation managers.
	COinS string
	// Formats are the record for citation managers.
	Formats []Format
}

func (*Cite) template() string { return "cite" }

// CiteStyle is a style to choose.
type CiteStyle struct {
	Value   string
	Title   string
	Lang    string // of the title, or empty
	Current bool
}

// CiteTongue is a language to choose, shown by its own name; an empty value is
// the style's own.
type CiteTongue struct {
	Value   string
	Lang    string // of its name, which is its own
	Current bool
}
