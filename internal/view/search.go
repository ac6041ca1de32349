package view

import (
	"html/template"
	"strconv"
	"strings"
)

// Search is the search form with what was found.
type Search struct {
	Base
	// Base.Query is what was asked; an empty one shows the form alone.

	// Action is the form's address; the field is "q".
	Action string
	// Everywhere is the same search in all journals, where the page searches
	// one; empty when there is one journal only.
	Everywhere string
	Form       SearchForm
	// Problem says why the query could not be answered, in words for people.
	Problem string
	// Notes tell how the query was read and what the result lacks.
	Notes []string
	// Total is the number of hits; First and Last are the numbers of those
	// shown, from 1.
	Total, First, Last int
	Hits               []SearchHit
	// DidYouMean is the query with near spellings that are found more often.
	DidYouMean *Link
	// Terms tell what became of each part of a query of which nothing has all.
	Terms []SearchTerm
	// Others are further ways for a query that found nothing.
	Others []SearchOther
	// Chosen are the values by which the result is narrowed; the address of
	// each is the result without it.
	Chosen  []Link
	Narrow  *Narrow
	Exports []Format
	// FeedURL is the Atom feed of this search.
	FeedURL        string
	Previous, Next string // addresses of the neighbouring pages of hits
}

func (*Search) template() string { return "search" }

// SearchHit is an article that was found, with the passages that show why.
type SearchHit struct {
	Line     Line
	Snippets []Snippet
	// FoundAs are the words of another script or spelling by which it was found.
	FoundAs []Run
}

// Snippet is a passage with what was found in it marked.
type Snippet struct {
	Text Run
	// Part is where it stands, a word of the family "search-part", or empty.
	Part string
	// Reference is the number of an entry of the list of references, whose
	// address is ReferenceURL.
	Reference    string
	ReferenceURL string
}

// SearchTerm is a word or phrase of a query and how many articles have it.
type SearchTerm struct {
	Text Run
	// Field is a word of the family "search-field", empty for anywhere.
	Field    string
	Articles int
	// Near are searches for near spellings.
	Near []Link
}

// SearchOther is another search, said by a word of the family "search-other".
type SearchOther struct{ Name, URL string }

// SearchForm is the advanced form: its boxes as they are filled.
type SearchForm struct {
	// Open: the form was used, so that it is shown.
	Open bool
	// AllURL is where the second button searches all journals, where the page
	// searches one.
	AllURL string
	// Rest is what no box can hold, as it is typed.
	Rest string
	// Boxes hold words: their names are the fields of the form and words of the
	// family "search-field".
	Boxes []SearchBox
	// Sections, Types, Languages and Journals are choices; those without a value
	// are left out.
	Sections                    []string
	Section                     string
	Types, Languages, InJournal []Choice
	From, To                    string
	HasPDF                      bool
}

// SearchBox is a box of the advanced form.
type SearchBox struct{ Name, Value string }

// Choice is one of several values.
type Choice struct {
	Value  string
	Text   Run
	Chosen bool
}

// Narrow is the form that narrows and sorts a result.
type Narrow struct {
	Keep   []SearchBox // what the form sends along
	Sorts  []SortOrder
	Years  *Histogram
	From   string
	To     string
	Facets []FacetGroup
}

// SortOrder is an order of hits; Name is a word of the family "search-sort" and
// Value what the form sends.
type SortOrder struct {
	Name, Value string
	Chosen      bool
}

// FacetGroup is a property with its values. Name is a word of the family
// "search-facet", Field the name of the checkboxes.
type FacetGroup struct {
	Name, Field  string
	Values, More []FacetValue
	// Open: one of More is chosen.
	Open bool
}

// FacetValue is a value with how many articles of the result have it.
type FacetValue struct {
	Value    string
	Text     Run
	Articles int
	Chosen   bool
}

// Histogram is how many articles the years have: bars for the eye, rows for
// everybody.
type Histogram struct {
	FirstYear, LastYear string
	// Width is that of the drawing, in its own units.
	Width int
	Bars  []HistogramBar
	Rows  []HistogramRow
}

// HistogramBar is a rectangle of the drawing.
type HistogramBar struct{ X, Y, Width, Height int }

// HistogramRow is a year or some years.
type HistogramRow struct {
	Years    string
	URL      string
	Articles int
}

// YearArticles is how many articles a year has.
type YearArticles struct{ Year, Articles int }

const (
	mostBars = 40
	// histogramHeight is the height of the drawing, as the template has it.
	histogramHeight = 48
	barStep         = 6
)

// NewHistogram counts articles by years, or by as many years together as fit;
// nil where there is but one year. The counts are in the order of their years. address is that
// of the result narrowed to some years.
func NewHistogram(counts []YearArticles, address func(from, to int) string) *Histogram {
	if len(counts) < 2 {
		return nil
	}
	first, last, step := counts[0].Year, counts[len(counts)-1].Year, 1
	for _, s := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500} {
		if step = s; last/s-first/s < mostBars {
			break
		}
	}
	bins := make([]int, last/step-first/step+1)
	most := 0
	for _, c := range counts {
		n := c.Year/step - first/step
		bins[n] += c.Articles
		most = max(most, bins[n])
	}
	h := &Histogram{FirstYear: strconv.Itoa(first), LastYear: strconv.Itoa(last), Width: max(len(bins), 12)*barStep - 1}
	for i, n := range bins {
		if n == 0 {
			continue
		}
		from := (first/step + i) * step
		to := min(from+step-1, last)
		from = max(from, first)
		height := max(n*histogramHeight/most, 2)
		h.Bars = append(h.Bars, HistogramBar{X: i * barStep, Y: histogramHeight - height, Width: barStep - 1, Height: height})
		row := HistogramRow{Years: strconv.Itoa(from), URL: address(from, to), Articles: n}
		if to > from {
			row.Years += "–" + strconv.Itoa(to)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

// Piece is a part of a text, perhaps marked.
type Piece struct {
	Text   string
	Marked bool
}

// Marked makes a Run of the pieces of a text, with <mark>. before and after say
// that the text goes on there.
func Marked(lang string, pieces []Piece, before, after bool) Run {
	var b strings.Builder
	if before {
		b.WriteString("… ")
	}
	for _, p := range pieces {
		text := template.HTMLEscapeString(p.Text)
		if p.Marked {
			text = "<mark>" + text + "</mark>"
		}
		b.WriteString(text)
	}
	if after {
		b.WriteString(" …")
	}
	return Run{Lang: lang, HTML: template.HTML(b.String())}
}
