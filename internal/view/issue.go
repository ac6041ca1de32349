package view

// Issue is the table of contents of an issue.
type Issue struct {
	Base
	Readers        *Readers // of its articles
	MostRead       []MostRead
	MostReadCSV    string // address of the same as a table
	Volume, Number string
	Year           string
	Name           Run // of a special issue
	Published      Date
	Cover          *Image
	Files          []File
	Sections       []Section
	Previous, Next *Link // older, newer; without text the page has words
}

func (*Issue) template() string { return "issue" }

// Section is a heading of a table of contents with its articles; the heading
// may be empty.
type Section struct {
	Heading Run
	Lines   []Line
}

// Line is an article in a list.
type Line struct {
	URL        string
	Title      Run
	Translated Run    // the title in the language of the interface, where it is another
	Authors    []Link // without address where somebody has no page
	// MoreAuthors is how many there are beyond those.
	MoreAuthors int
	Type        string // JATS article-type; printed unless it is research-article
	Section     Run
	Pages       string // a range
	Number      string // of the article, where it has no pages
	Published   Date
	DOI         string
	Issue       *Link // in lists that mix issues
	Journal     *Link // in lists that mix journals
	// Snippet is the text around a search hit, with <mark>.
	Snippet Run
	Files   []File
	// FullText: the article can be read on its page.
	FullText bool
	// Standing is the tone of its gravest notice, or empty.
	Standing Tone
}

// Archive is the list of a journal's issues.
type Archive struct {
	Base
	Years []Year // newest first
	// Outside are the years of articles outside issues, Lines those of the
	// year OutsideYear. A journal without issues has all its articles there.
	Outside        []OutsideYear
	OutsideYear    string
	Lines          []Line
	Previous, Next string // addresses of the neighbouring pages of the year
}

func (*Archive) template() string { return "archive" }

// OutsideYear leads to the articles of a year outside issues.
type OutsideYear struct {
	Year     string // may be empty
	URL      string
	Articles int
	Current  bool
}

// Year is the issues of one year.
type Year struct {
	Year string // may be empty
	// Volumes are several where volumes begin within the year.
	Volumes []Volume
}

// Volume is the issues of one volume in a year.
type Volume struct {
	Volume string // empty where the year has one volume, or issues without
	Issues []IssueLine
}

// IssueLine is an issue in a list. The page makes its title of volume, number
// and year.
type IssueLine struct {
	URL                  string
	Volume, Number, Year string
	Name                 Run
	Published            Date
	Articles             int
}
