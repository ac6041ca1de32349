package view

// Home is the front page of a journal.
type Home struct {
	Base
	// Titles are the journal's titles in other languages.
	Titles      []Run
	Description Run
	// Introduction is the journal's own text in the place of Description.
	Introduction Run
	// Cover is that of the current issue, or the journal's.
	Cover *Image
	// News are the newest announcements.
	News []NewsLine
	// Current is the newest issue; Sections are its contents.
	Current  *IssueLine
	Sections []Section
	// Recent are the articles published last, in issues or outside, without
	// those of Sections.
	Recent []Line
	// Issues are the issues before the current one, a few of them.
	Issues []IssueLine
	// Readers are those of the journal's articles.
	Readers  *Readers
	MostRead []MostRead
	// MostReadCSV is the address of the same as a table.
	MostReadCSV string
}

func (*Home) template() string { return "home" }

// Installation is the list of the journals.
type Installation struct {
	Base
	Journals []JournalLine
	Recent   []Line
}

func (*Installation) template() string { return "installation" }

// JournalLine is a journal in a list.
type JournalLine struct {
	URL         string
	Title       Run
	Titles      []Run // in other languages
	Description Run
	Publisher   Run
	ISSNPrint   string
	ISSNOnline  string
	Languages   []string // BCP 47
	Articles    int
}

// About is the page of facts about a journal.
type About struct {
	Base
	Titles      []Run // the official one first
	Abbrev      string
	Publisher   []Run
	Description []Run
	Written     []string // BCP 47, languages of its texts
	Licence     *Licence
	Statistics  string // address of what is said in numbers
	Issues      int
	Articles    int
	FirstYear   string
	Disputes    []Dispute
	// Feeds are addresses for machines: OAI-PMH, Atom …
	Feeds []Format
	// Fonts are those of the journal's own look, with their licences.
	Fonts []FontNote
}

func (*About) template() string { return "about" }

// FontNote says by what right a font is published here.
type FontNote struct{ Family, Terms string }
