package view

import (
	"html/template"
	"net/url"
	"strings"
)

// Article is the landing page of an article with its full text, and the page
// of one of its earlier versions.
type Article struct {
	Base

	// Notices stand above the title.
	Notices []Notice

	// Type is the JATS article-type; the page prints its name.
	Type string
	// Section is the journal's heading for the article.
	Section Run
	// SectionURL leads to the articles under that heading, may be empty.
	SectionURL string
	// Issue leads to the issue; its text is made by IssueTitle or given.
	Issue     *Link
	Pages     string // "5–51"
	Number    string // article number instead of pages, "e227169"
	Published Date
	// Version is the number of this version, Latest of the newest; they are
	// shown when Latest is more than 1.
	Version, Latest int

	// Truth is what a reader should know before relying on the article.
	Truth Truth

	// COinS is the article as an OpenURL, for citation managers.
	COinS string

	Title      Run
	Subtitle   Run
	Translated []Heading // the titles in other languages

	Authors []Person
	// Others are contributors who are not authors; Person.Role says what they
	// did.
	Others       []Person
	Affiliations []Affiliation

	// Files to read or to keep, the most important first.
	Files []File

	Abstracts []Abstract
	Keywords  []Keywords
	Contents  []Entry // headings of Body and Back; furniture is added
	// Body is the full text, Back what follows it (acknowledgements,
	// appendices), Notes the list of notes; made by package render. TextLang
	// is the language of all three.
	Body, Back, Notes template.HTML
	TextLang          string
	// Extracted: Body was taken out of a PDF.
	Extracted bool
	// Texts are the ways to read an article that has its text in several
	// languages; Rows are two of them side by side, instead of Body.
	Texts []TextChoice
	Rows  []Row
	// OtherLang is the language of the second text of Rows.
	OtherLang  string
	References []Reference

	// Citation is the recommended citation, Formats the record for citation
	// managers.
	Citation Run
	// OtherCitation is the same in the journal's other language.
	OtherCitation Run
	CiteURL       string // the page of all styles
	// ReferencesURL is the list of references in all styles, or empty.
	ReferencesURL string
	Formats       []Format

	DOI       string // "10.…"; the page links it
	IDs       []Fact // other identifiers and classification codes
	Counts    []Count
	Usage     *Usage // nil where nobody is counted yet
	Licence   *Licence
	Copyright Run
	Funding   []Run
	// History is received, accepted, published …, in order.
	History  []Event
	Versions []Version
	Related  []Related
	Disputes []Dispute
	// Near are other articles of the journal that have something in common
	// with this one, the nearest first.
	Near []Near
	// CitedBy are articles of this installation that cite this one, the newest
	// first.
	CitedBy []Citing

	// Previous and Next are the neighbours in the issue.
	Previous, Next *Link
}

func (*Article) template() string { return "article" }

// HasPeopleDetails: there is more to say of the people than the lines under the
// title do.
func (a *Article) HasPeopleDetails() bool {
	if len(a.Others) > 0 {
		return true
	}
	for i := range a.Authors {
		p := &a.Authors[i]
		if len(p.Others)+len(p.Credit)+len(p.Bio) > 0 || p.Corresponding || p.Degree != "" {
			return true
		}
	}
	return false
}

// Tone is how grave a notice is; it decides colour, icon and word.
type Tone string

// The tones of notices, from grave to quiet.
const (
	Retracted Tone = "retracted"
	Concern   Tone = "concern"
	Corrected Tone = "corrected"
	Withdrawn Tone = "withdrawn"
	Newer     Tone = "newer"    // this page is an earlier version
	Notifies  Tone = "notifies" // this page is itself a notice about another article
)

// Name is the tone as a catalogue names it.
func (t Tone) Name() string { return string(t) }

// Grave: what is shown should not be relied upon.
func (t Tone) Grave() bool { return t == Retracted || t == Concern || t == Withdrawn }

// Warns: what is shown is not the last word.
func (t Tone) Warns() bool { return t == Corrected || t == Newer }

// Notice is a statement about the article's standing. The page begins it with
// the tone's own words ("This article has been retracted.").
type Notice struct {
	Tone Tone
	// Text adds to those words, may be empty.
	Text Run
	// Link leads to the notice, the corrected article or the newest version;
	// its text may be empty, then the page has words for it.
	Link *Link
	Date Date
}

// Heading is a title with its subtitle.
type Heading struct {
	Title, Subtitle Run
}

// Person is a contributor.
type Person struct {
	// Name as shown, in its own order and script.
	Name Run
	// URL is the person's page, may be empty.
	URL string
	// Others are the same name in other scripts or languages.
	Others []Run
	// Role is the JATS contrib-type of those who are not authors.
	Role string
	// ORCID is the bare iD, "0000-0002-1825-0097".
	ORCID         string
	Email         string
	Degree        string
	Corresponding bool
	// Affiliations are indexes into Article.Affiliations; Places are those of
	// people who are not authors, which stand beside their names.
	Affiliations []int
	Places       []Affiliation
	// Position is the office in which somebody contributed, as printed.
	Position string
	// Country of the person, where no affiliation says it.
	Country Run
	Credit  []string
	Bio     []Run
}

// Affiliation is an institution.
type Affiliation struct {
	Name Run
	// Place is city and country, ready to print.
	Place Run
	ROR   string // bare identifier, "03yrm5c26"
}

// File is a file of the article.
type File struct {
	// Label names the form ("PDF") or the content ("Survey data").
	Label string
	URL   string
	Media string
	// Lang is the language of the file's text, shown when it is set.
	Lang string
	Size int64 // bytes; 0 when not known
	// Text: the file is the article itself, not a supplement.
	Text bool
	// Elsewhere: the address is on another site.
	Elsewhere bool
}

// TextChoice is a way to read the article: in one language or in two.
type TextChoice struct {
	Langs   []string // BCP 47, one or two
	URL     string
	Current bool
}

// Row is a part of the text beside the same part in another language.
type Row struct{ Text, Other template.HTML }

// Figure is the page of one figure or table of an article.
type Figure struct {
	Base
	Name     string // "Figure 3: Two maps"
	Article  Link
	HTML     template.HTML
	TextLang string
	CSV      string // address of a table's values, or empty
}

func (*Figure) template() string { return "figure" }

// Abstract is an abstract; its Run holds paragraphs or a single bare line.
type Abstract struct {
	Run
	// Role is JATS abstract-type: "plain-language-summary" …, or empty.
	Role string
	// Heading is the abstract's own title, or empty.
	Heading Run
}

// Keywords are the keywords in one language. A word whose address is empty is
// printed as text.
type Keywords struct {
	Lang  string
	Words []Link
}

// Entry is a line of the contents.
type Entry struct {
	ID    string
	Text  Run
	Level int // 1 is a section, 2 a section in it …
}

// Reference is an entry of the reference list.
type Reference struct {
	// ID is the address made from the key, "ref-frus-1951a"; empty without a
	// key. "ref-6" is always an address of the entry.
	ID     string
	Number int
	Key    string
	// Printed is the entry without number and key. See Linked.
	Printed Run
	// Group is the heading above it, where it differs from the entry before.
	Group string
	// DOI and URL are shown as links when the printed text has none itself.
	DOI, URL string
	// Here leads to the article of this installation that it is, may be empty.
	Here string
	// Source leads to the page of the work, where Articles of this installation
	// cite it; empty where this one is alone.
	Source   string
	Articles int
	// Archived leads to a kept copy of what the address had, may be empty.
	Archived string
	// Fate is what has become of the work, where that is grave: "retraction" and the
	// like, a name of the family "fate." in the catalogue; Year is that of the notice,
	// FateURL leads to it, where they are known.
	Fate     string
	FateYear string
	FateURL  string
	// Scholar leads to a search for a work that has no address, may be empty.
	Scholar string
	// Cited are the places in the text that cite it, in order.
	Cited []Place
}

// Place is a spot of the text that cites a reference.
type Place struct {
	URL string // "#c12"
	// Sentence is what the text says there; empty where it was said at the place
	// before.
	Sentence Run
}

// Said are the places with a sentence of their own.
func (r Reference) Said() (out []Place) {
	for _, p := range r.Cited {
		if !p.Sentence.Empty() {
			out = append(out, p)
		}
	}
	return out
}

// Outward is the link that the printed text has not itself: the DOI, else the
// address. It is nil where the text has one or there is none. A DOI that is not
// printed is always a link.
func (r Reference) Outward() *Link {
	printed := strings.ToLower(string(r.Printed.HTML))
	linked := strings.Contains(printed, "<a ")
	switch {
	case r.DOI != "" && !(linked && strings.Contains(printed, strings.ToLower(template.HTMLEscapeString(r.DOI)))):
		return &Link{Text: Plain("", "doi:"+r.DOI), URL: DOILink(r.DOI)}
	case linked:
		return nil
	case r.URL != "":
		return r.address()
	}
	return nil
}

func (r Reference) address() *Link { return &Link{Text: Plain("", hostOf(r.URL)), URL: r.URL} }

// Beside is the address that stands beside the DOI and leads elsewhere; nil where the
// text has a link or there is none.
func (r Reference) Beside() *Link {
	if r.DOI == "" || r.URL == "" || r.URL == r.Archived || strings.Contains(strings.ToLower(r.URL), "doi.org/") || strings.Contains(string(r.Printed.HTML), "<a ") {
		return nil
	}
	return r.address()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// Fact is a label with its value; Label is a catalogue name in the family
// "field." or printed as it is.
type Fact struct {
	Label, Value, URL string
}

// Count is a usage figure.
type Count struct {
	Metric string // "views", "downloads"
	Value  int64
	// Earlier: counted by an earlier site of the journal; Source names it.
	Earlier bool
	Source  string
	// Since and Until are the time that it is of, as far as that is known.
	Since, Until Date
}

// Event is a dated step: Name is a catalogue name in the family "event."
// ("received", "accepted", "published").
type Event struct {
	Name string
	Date Date
}

// Version is a version of the record.
type Version struct {
	Number  int
	Date    Date
	Reason  Run
	URL     string
	Current bool // the one on this page
	// Compare leads to what differs from the version before, may be empty.
	Compare string
}

// Related is another work. Relation is JATS related-article-type.
type Related struct {
	Relation string
	Link     Link
	DOI      string
}
