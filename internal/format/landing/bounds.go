package landing

import (
	"slices"

	"offprint/internal/errs"
)

// Bounds of one page. They are far above what articles have (the longest lists
// of authors, of experiments in physics, have some 5,000 names), and keep time
// and memory in proportion to the bytes that are read.
const (
	// maxTitle bounds a title, in characters.
	maxTitle = 4000
	// maxLines bounds the lines that are not empty, and the meta elements.
	maxLines = 200_000
	// maxItems bounds each list of the record, such as the authors.
	maxItems = 10_000
	// maxTexts bounds the titles, and the abstracts, whose language is not known.
	maxTexts = 100
	// maxPrinted bounds what is kept as printed of one author's affiliations, in bytes.
	maxPrinted = 64 << 10
	// maxLosses bounds the list of losses; the rest is counted in the last.
	maxLosses = 300
	// maxLoss bounds what one loss quotes, in characters.
	maxLoss = 200
)

// refuse ends the reading with an error; the first one counts.
func (p *page) refuse(err error) {
	if p.refused == nil {
		p.refused = err
	}
}

// full reports that a list has as many items as a page may give it. The page
// is refused then, so that nothing is lost in silence.
func (p *page) full(n, most int, what string) bool {
	if p.refused != nil {
		return true
	}
	if n < most {
		return false
	}
	p.refuse(errs.Newf(errs.Invalid, "%s has more than %d %s, so it is not the page of one article; give the page of one article as text or HTML", p.name, most, what))
	return true
}

// addNew adds an item to a list of the record that lacks it and has room.
func addNew[T comparable](p *page, list *[]T, item T, what string) bool {
	if slices.Contains(*list, item) || p.full(len(*list), maxItems, what) {
		return false
	}
	*list = append(*list, item)
	return true
}

func (p *page) titleTooLong(where string, n int) {
	p.refuse(errs.Fieldf(errs.Invalid, "title", "%s: the title has %d characters and at most %d are allowed; something else was read as the title, or the page is damaged: correct it and import it again", where, n, maxTitle))
}
