package citing

import (
	"slices"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/store"
)

// meet reports whether two references are told to be one work by what they say.
func meet(a, b journal.Reference) bool {
	in := marksOf(&b)
	return slices.ContainsFunc(marksOf(&a), func(m store.Mark) bool { return slices.Contains(in, m) })
}

func book(change func(*journal.Reference)) journal.Reference {
	r := journal.Reference{Authors: []journal.Name{{Family: "Mandelbrot", Given: "Benoit"}}, Title: "The Fractal Geometry of Nature", Publisher: "Freeman", Issued: "1982", Printed: journal.T("", "A printed text that is another in every article.")}
	change(&r)
	return r
}

func TestWorksMeetByIdentifiersAndByAllTheirFields(t *testing.T) {
	same := func(*journal.Reference) {}
	for name, c := range map[string]struct {
		a, b func(*journal.Reference)
		want bool
	}{
		"all fields":        {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Title = "The fractal geometry of nature." }, true},
		"initials":          {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Authors[0].Given = "B." }, true},
		"another edition":   {func(r *journal.Reference) { r.Printed.Plain = "x"; r.Edition = "2nd" }, func(r *journal.Reference) { r.Printed.Plain = "y" }, false},
		"another volume":    {func(r *journal.Reference) { r.Printed.Plain = "x"; r.Volume = "1" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Volume = "2" }, false},
		"another year":      {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Issued = "1983" }, false},
		"another author":    {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Authors[0].Given = "Alfred" }, false},
		"a translation":     {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Translators = []journal.Name{{Family: "T"}} }, false},
		"an unsure reading": {func(r *journal.Reference) { r.Printed.Plain = "x" }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Confidence = map[string]float64{"title": 0.4} }, false},
		"no author":         {func(r *journal.Reference) { r.Printed.Plain = "x"; r.Authors = nil }, func(r *journal.Reference) { r.Printed.Plain = "y"; r.Authors = nil }, false},
		"equal print": {func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "Letter of 12 May 1951. Archive. Fond 12. L. 4."
		}, func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "LETTER of 12 May 1951.  Archive. Fond 12. L. 4"
		}, true},
		"another leaf": {func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "Letter of 12 May 1951. Archive. Fond 12. L. 4."
		}, func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "Letter of 12 May 1951. Archive. Fond 12. L. 5."
		}, false},
		"ibid.": {func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "Там же. Ф. 0146. Оп. 24. П. 227. Д. 15. Л. 5."
		}, func(r *journal.Reference) {
			r.Authors = nil
			r.Printed.Plain = "Там же. Ф. 0146. Оп. 24. П. 227. Д. 15. Л. 5."
		}, false},
		"short print":       {func(r *journal.Reference) { r.Authors = nil; r.Printed.Plain = "Interview, 2010." }, func(r *journal.Reference) { r.Authors = nil; r.Printed.Plain = "Interview, 2010." }, false},
		"DOI, another case": {func(r *journal.Reference) { r.Title, r.Printed.Plain, r.DOI = "", "x", "10.5555/ABC" }, func(r *journal.Reference) { r.Title, r.Printed.Plain, r.DOI = "", "y", "https://doi.org/10.5555/abc" }, true},
		"ISBN of 10 and 13": {func(r *journal.Reference) {
			r.Issued, r.Printed.Plain = "", "x"
			r.IDs = []journal.ID{{Kind: "isbn", Value: "0-7167-1186-9"}}
		}, func(r *journal.Reference) {
			r.Issued, r.Printed.Plain = "", "y"
			r.IDs = []journal.ID{{Kind: "ISBN", Value: "978-0-7167-1186-5"}}
		}, true},
		"chapters of a book": {func(r *journal.Reference) {
			r.Issued, r.Title, r.Printed.Plain = "", "Chapter the first", "x"
			r.IDs = []journal.ID{{Kind: "isbn", Value: "0-7167-1186-9"}}
		}, func(r *journal.Reference) {
			r.Issued, r.Title, r.Printed.Plain = "", "Chapter the second", "y"
			r.IDs = []journal.ID{{Kind: "isbn", Value: "0-7167-1186-9"}}
		}, false},
		"an unlike PubMed id": {func(r *journal.Reference) {
			r.Title, r.Printed.Plain = "", "x"
			r.IDs = []journal.ID{{Kind: "pmid", Value: "1"}}
		}, func(r *journal.Reference) {
			r.Title, r.Printed.Plain = "", "y"
			r.IDs = []journal.ID{{Kind: "pmid", Value: "2"}}
		}, false},
		"the same": {same, same, true},
	} {
		if got := meet(book(c.a), book(c.b)); got != c.want {
			t.Errorf("%s: one work %v, want %v", name, got, c.want)
		}
	}
}

func TestArticleIsKnownAsOthersCiteIt(t *testing.T) {
	p := &journal.Publication{Journal: journal.Journal{Titles: []journal.Text{journal.T("en", "Annals of Tidal Studies")}}, Record: journal.Article{
		Titles: []journal.Text{journal.T("en", "Ebb and its causes")}, Published: "2019-05", Pages: journal.Pages{First: "5", Last: "20"}, Issue: &journal.Issue{Year: 2019, Volume: "3", Number: "2"},
		Contributors: []journal.Contributor{{Role: "author", Names: []journal.Name{{Lang: "en", Literal: "Pyotr Yolkin", Family: "Yolkin", Given: "Pyotr"}}}}}}
	r := journal.Reference{Authors: []journal.Name{{Family: "Yolkin", Given: "P."}}, Title: "Ebb and its causes", Container: "Annals of tidal studies", Issued: "2019", Volume: "3", Issue: "2", Pages: journal.Pages{First: "5", Last: "20"}}
	own := ownMarks(p)
	if !slices.ContainsFunc(marksOf(&r), func(m store.Mark) bool { return slices.Contains(own, m) }) {
		t.Error("a reference to the article is not known as such")
	}
	r.Pages.First = "25"
	if slices.ContainsFunc(marksOf(&r), func(m store.Mark) bool { return slices.Contains(own, m) }) {
		t.Error("a reference to other pages is taken for the article")
	}
}
