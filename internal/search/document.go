package search

// Text is a text and the language it is written in, a BCP 47 tag or "".
type Text struct {
	Lang string
	Text string
}

// Name is the name of a person in one script, or of a body as Family alone.
type Name struct {
	Family, Given string
}

// Author is a contributor: the names that an article gives for one person, each in
// its script; the first one is shown in facets.
type Author struct {
	Names []Name
}

// Document is what the index knows of an article. Texts are searched and not kept;
// what is searched exactly and counted in facets stands in the other fields.
type Document struct {
	// ID names the document; a later one of the same ID takes its place. Hits are
	// IDs.
	ID string
	// Journal, Section, Type, Issue and Languages are compared as they are, without
	// regard to letter case, and are the values of facets.
	Journal, Section, Type, Issue string
	Languages                     []string

	Titles, Keywords, Abstracts, References, FullText []Text
	Authors                                           []Author

	// Year is the year of publication as it is cited, 0 if there is none. Date is
	// YYYY, YYYY-MM or YYYY-MM-DD, or "".
	Year int
	Date string

	DOIs, ORCIDs, ISSNs []string
	// Has are the forms in which the article is there, such as "pdf".
	Has []string
	// Views is how often it was read, for sorting; 0 when that is not known.
	Views int64
	// Aliases are words that mean the same wherever they stand, each list for one
	// thing, such as a place in two scripts. The names of an author are aliases of
	// each other without being repeated here.
	Aliases [][]string
}

// The fields of the index. Those with one letter hold the words of texts with
// their places; the others hold one term per value.
const (
	inTitle     = "t"
	inAuthor    = "a"
	inKeyword   = "k"
	inAbstract  = "b"
	inReference = "r"
	inFullText  = "f"

	byJournal = "journal"
	bySection = "section"
	byType    = "type"
	byIssue   = "issue"
	byLang    = "lang"
	byYear    = "year"
	byDate    = "date"
	byAuthor  = "author"
	byKeyword = "keyword"
	byDOI     = "doi"
	byORCID   = "orcid"
	byISSN    = "issn"
	byHas     = "has"
	byViews   = "views"
	byTitle   = "title"

	// inPairs holds which words stand side by side; see pair.go.
	inPairs = "pair"

	// vocabulary holds the entries of vocabulary documents; see vocabulary.go.
	vocabulary = "v"
)

// textFields are the fields that hold words, from the weightiest one.
var textFields = []string{inTitle, inAuthor, inKeyword, inAbstract, inReference, inFullText}

// exactFields are the others.
var exactFields = []string{
	byJournal, bySection, byType, byIssue, byLang, byYear, byDate, byAuthor, byKeyword,
	byDOI, byORCID, byISSN, byHas, byViews, byTitle,
}

// valueMark stands between the folded form of a value, by which it is found and
// sorted, and the value itself.
const valueMark = "\x1f"

// valueTerm is the term of a value that is shown as it is.
func valueTerm(s string) string { return foldValue(s) + valueMark + s }
