package view

import (
	"html/template"
	"slices"
	"strings"
)

// Page is the data of one page; the structs of this package that embed Base
// implement it.
type Page interface {
	template() string // file name in templates/page, without .html
	common() *Base
}

// pages are all pages, with nothing on them.
func pages() []Page {
	return []Page{&Home{}, &Installation{}, &About{}, &Article{}, &Cite{}, &References{}, &Comparison{}, &Figure{}, &Issue{}, &Archive{}, &Authors{}, &Author{}, &KeywordIndex{}, &Keyword{}, &SourceIndex{}, &Source{}, &Sections{}, &Statistics{}, &SectionPage{}, &Search{}, &Error{}, &Preferences{}, &DeskKey{}, &ReferenceHealth{},
		&Webpage{}, &Accessibility{}, &Announcement{}, &Announcements{}}
}

// Theme is the reader's choice of light or dark.
type Theme string

// The choices of a reader. System follows the reader's device.
const (
	System Theme = ""
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// ParseTheme reads a choice as the theme form sends it and the cookie keeps
// it: "light", "dark" or "system"; anything else is System.
func ParseTheme(s string) Theme {
	switch Theme(s) {
	case Light, Dark:
		return Theme(s)
	}
	return System
}

// Value is the choice as the form sends it and the cookie keeps it.
func (t Theme) Value() string {
	if t == System {
		return "system"
	}
	return string(t)
}

// Base is what every page has. Addresses are as they stand in a link: absolute
// ("https://…") or from the root ("/rjr/about/").
type Base struct {
	// Lang is the language of the interface, a BCP 47 tag that package locale
	// supports.
	Lang string
	// Theme is the reader's choice.
	Theme Theme
	// ThemeAction is where the theme form is sent with POST; the form has the
	// fields "theme" (see ParseTheme) and "return" (the value of Self). Without
	// it the form is left out.
	ThemeAction string
	// Self is the address of this page with its query, from the root.
	Self string

	// HeadTitle is the title of the window; without it a page makes its own
	// from its title and the journal's.
	HeadTitle string
	// Description is one or two sentences for search engines, plain text.
	Description string
	// Canonical is the absolute address of the page.
	Canonical string
	// Languages are this page in each language of the interface, this one
	// included; they make the language switch and rel=alternate hreflang.
	Languages []Alternate
	// DefaultLanguage is the absolute address for readers whose language is
	// not among Languages (hreflang x-default), may be empty.
	DefaultLanguage string
	// Alternates are the same content in other formats (rel=alternate type).
	Alternates []Format
	// Describes is the description of the search (OpenSearch), which browsers
	// look for in the head of every page.
	Describes *Format
	// Schemas declare the prefixes of names in Meta: DC …
	Schemas []Schema
	// Meta are further name and content pairs: citation_title …
	Meta []Meta
	// Data is the page's JSON-LD, in which no character ends its element.
	Data template.JS
	// NoIndex asks search engines to leave the page out.
	NoIndex bool
	// Math says that the page contains MathML: the maths font is linked.
	Math bool

	// Accessibility is the address of the statement of accessibility.
	Accessibility string

	Site Site
	// Journal is nil on pages of the whole installation.
	Journal *Journal
	// Here names the part of the journal the page belongs to, for the
	// navigation: "home", "archive", "about" or "".
	Here string
	// Query is what stands in the search box.
	Query string
}

func (b *Base) common() *Base { return b }

// Site is the installation.
type Site struct {
	// Title is shown where there is no journal; "Offprint" when empty.
	Title string
	// URL is the list of journals, SearchURL the search in all of them.
	URL       string
	SearchURL string
	// Single: the installation has one journal, so that the list of journals
	// is not worth a link.
	Single bool
}

// Journal is the journal that a page belongs to.
type Journal struct {
	Title   Run
	URL     string
	Archive string // address of the archive
	About   string
	Search  string // address of the search form's action
	// Authors, Keywords, Sections and Sources are the addresses of these indexes.
	Authors, Keywords, Sections, Sources string
	ISSNPrint                            string
	// ISSNOnline and ISSNPrint are in canonical form, NNNN-NNNC.
	ISSNOnline string
	Publisher  Run
	Licence    *Licence
	// Pages are those that it has written about itself; Menu are the ones of
	// them that stand in the navigation of every page.
	Pages, Menu []Link
	// News is the address of its announcements, empty when there are none.
	News string
	Logo *Image
	// Style is the address of the sheet with its own colours and fonts, see
	// Look; OwnFonts says that it brings the fonts of the first screen.
	Style    string
	OwnFonts bool
}

// Alternate is this page in another language of the interface.
type Alternate struct {
	Lang string
	URL  string // as in a link
	// Absolute is the same address with its host, for hreflang; without it
	// the alternate stands in the language switch only.
	Absolute string
}

// Format is the record in another form.
type Format struct {
	Label string // "BibTeX"
	Media string // "application/x-bibtex"
	URL   string
}

// Meta is a meta tag: by a name (citation_title) or a property (og:title); with Lang
// where the content is a text in a language.
type Meta struct{ Name, Property, Lang, Content string }

// Schema is what a prefix of names of meta tags stands for (rel=schema.DC).
type Schema struct{ Prefix, URL string }

// Link is an address with its text.
type Link struct {
	Text Run
	URL  string
}

// Date is a date as stored: "2020", "2020-03" or "2020-03-14". It is printed
// in the language of the page.
type Date = string

// Run is a piece of text in one language: a title, a name, an abstract.
type Run struct {
	// Lang is a BCP 47 tag, empty when the language is not known.
	Lang string
	// Dir is "ltr" or "rtl" where the source says so; without it the
	// direction follows from Lang.
	Dir string
	// HTML is the text, escaped. Use Plain for text without markup.
	HTML template.HTML
}

// Plain makes a Run of text without markup.
func Plain(lang, text string) Run {
	return Run{Lang: lang, HTML: template.HTML(template.HTMLEscapeString(text))}
}

// Empty reports whether there is no text.
func (r Run) Empty() bool { return r.HTML == "" }

// Licence is a licence as a page shows it.
type Licence struct {
	// Name is short: "CC BY 4.0". Without it the URL's host is no name: give
	// one, or leave the licence out.
	Name string
	URL  string
	// Text is the sentence as the source prints it, may be empty.
	Text Run
	// Derived: the address is not in the source but follows from its text.
	Derived bool
}

// Elements are the parts of a Creative Commons licence that its badge draws:
// "cc", "by", "nc", "nd", "sa"; "cc", "zero" for CC0. None for other licences.
func (l *Licence) Elements() []string {
	name, _, _ := strings.Cut(strings.TrimPrefix(l.Name, "CC "), " ")
	switch {
	case strings.HasPrefix(l.Name, "CC0"):
		return []string{"cc", "zero"}
	case !strings.HasPrefix(l.Name, "CC "):
		return nil
	}
	out := []string{"cc"}
	for part := range strings.SplitSeq(strings.ToLower(name), "-") {
		if !slices.Contains([]string{"by", "nc", "nd", "sa"}, part) {
			return nil
		}
		out = append(out, part)
	}
	return out
}

// Dispute is a contradiction that the record keeps.
type Dispute struct {
	// Field is the field's name in the record: "language", "issn" …; a name
	// that the catalogue has under "field." is translated.
	Field string
	Says  string
	Taken string
	Why   Run
}
