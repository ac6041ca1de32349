// Package csl writes articles as CSL-JSON, the form that citation processors
// read, and composes the citation that a page recommends.
//
// The form is the Citation Style Language's data schema csl-data.json 1.0.2
// (https://github.com/citation-style-language/schema); what it has no variable
// for goes into its "custom" object. Titles carry the few HTML-like tags that
// citation processors know: <i>, <b>, <sup>, <sub> and small capitals.
//
//	b, err := csl.Encode(publication, "https://example.org/rjr/articles/panov-2020")
//	// [{"id":"rjr/panov-2020","type":"article-journal","title":"…", …}]
//
// A variable whose value the record does not have is left out; nothing is
// guessed. The package reads nothing: it has no decoder and formats no styles;
// Processed hands an item over to package citeproc, which does.
package csl

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "application/vnd.citationstyles.csl+json"

// Item is one entry. The fields are the variables of the schema that a journal
// article or what it cites can have, in the order in which they are written.
type Item struct {
	ID                  string            `json:"id"`
	Type                string            `json:"type"`
	Title               string            `json:"title,omitempty"`
	Author              []Name            `json:"author,omitempty"`
	Editor              []Name            `json:"editor,omitempty"`
	Translator          []Name            `json:"translator,omitempty"`
	Compiler            []Name            `json:"compiler,omitempty"`
	ContainerAuthor     []Name            `json:"container-author,omitempty"`
	ContainerTitle      string            `json:"container-title,omitempty"`
	ContainerTitleShort string            `json:"container-title-short,omitempty"`
	CollectionTitle     string            `json:"collection-title,omitempty"`
	Edition             string            `json:"edition,omitempty"`
	Volume              string            `json:"volume,omitempty"`
	VolumeTitle         string            `json:"volume-title,omitempty"`
	PartNumber          string            `json:"part-number,omitempty"`
	Issue               string            `json:"issue,omitempty"`
	Page                string            `json:"page,omitempty"`
	NumberOfPages       string            `json:"number-of-pages,omitempty"`
	Number              string            `json:"number,omitempty"` // the article number; of a law, a report
	Genre               string            `json:"genre,omitempty"`
	Event               string            `json:"event-title,omitempty"`
	Issued              *Date             `json:"issued,omitempty"`
	AvailableDate       *Date             `json:"available-date,omitempty"` // online before the issue
	Submitted           *Date             `json:"submitted,omitempty"`
	OriginalDate        *Date             `json:"original-date,omitempty"`
	OriginalTitle       string            `json:"original-title,omitempty"`
	Accessed            *Date             `json:"accessed,omitempty"`
	DOI                 string            `json:"DOI,omitempty"`
	PMID                string            `json:"PMID,omitempty"`
	PMCID               string            `json:"PMCID,omitempty"`
	ISSN                string            `json:"ISSN,omitempty"`
	ISBN                string            `json:"ISBN,omitempty"`
	URL                 string            `json:"URL,omitempty"`
	Language            string            `json:"language,omitempty"`
	Publisher           string            `json:"publisher,omitempty"`
	PublisherPlace      string            `json:"publisher-place,omitempty"`
	Section             string            `json:"section,omitempty"`
	Keyword             string            `json:"keyword,omitempty"`
	Abstract            string            `json:"abstract,omitempty"`
	Archive             string            `json:"archive,omitempty"`
	ArchiveLocation     string            `json:"archive_location,omitempty"`
	Note                string            `json:"note,omitempty"`
	CitationKey         string            `json:"citation-key,omitempty"`
	YearSuffix          string            `json:"year-suffix,omitempty"`
	Custom              map[string]string `json:"custom,omitempty"`
}

// Name is a person, or with Literal a body or a name that is not divided.
type Name struct {
	Family  string `json:"family,omitempty"` // with its particles, as printed
	Given   string `json:"given,omitempty"`
	Suffix  string `json:"suffix,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// Date is a date as exact as it is known: one list of year, month and day.
type Date struct {
	Parts [][]int `json:"date-parts"`
}

// Encode writes the article as an array of one item, indented, with a newline
// at the end. address is the article's own address, or empty.
func Encode(p *journal.Publication, address string) ([]byte, error) {
	var b bytes.Buffer
	err := EncodeList(&b, []journal.Publication{*p}, func(*journal.Publication) string { return address })
	return b.Bytes(), err
}

// EncodeList writes articles as one array in the manner of Encode.
func EncodeList(w io.Writer, list []journal.Publication, address func(*journal.Publication) string) error {
	items := make([]Item, len(list))
	for i := range list {
		items[i] = New(&list[i], address(&list[i]))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // it is no part of a page, and <i> is for people too
	e.SetIndent("", "  ")
	return e.Encode(items)
}

// In makes the item of an article in a language: title, names, journal and publisher
// are in lang where the record has its title so, and else as in New. Of an article of
// that language it is the names that differ: a person who has one in it is cited by
// that, whatever name is printed first.
func In(p *journal.Publication, address, lang string) Item {
	item := New(p, address)
	rec := &p.Record
	if title := p.HeadingIn(lang); title.Plain != "" {
		item.Title, item.Language = markup(title), title.Lang
	}
	if !sameBase(item.Language, lang) {
		return item
	}
	item.Author, item.Editor, item.Translator = namesIn(rec.By("author"), lang), namesIn(rec.By("editor"), lang), namesIn(rec.By("translator"), lang)
	if item.Language == rec.Language {
		return item
	}
	item.ContainerTitle = script.Line(p.Journal.Title(lang).Plain)
	item.Publisher = script.Line(journal.In(p.Journal.Publisher, lang).Plain)
	return item
}

// sameBase: two tags are of one language, whatever the dialect.
func sameBase(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a != "" && strings.EqualFold(a, b)
}

// New makes the item of an article.
func New(p *journal.Publication, address string) Item {
	rec := &p.Record
	item := Item{
		ID:                  p.Journal.Path + "/" + p.Slug,
		Type:                kind(rec.Type),
		Title:               markup(p.Heading()),
		Author:              names(rec.By("author")),
		Translator:          names(rec.By("translator")),
		ContainerTitle:      script.Line(p.Journal.Title(rec.Language).Plain),
		ContainerTitleShort: script.Line(p.Journal.Abbrev),
		Page:                cmp.Or(pages(rec.Pages), script.Line(rec.Pages.Article)), // many styles have no other place for it
		Number:              script.Line(rec.Pages.Article),
		Issued:              date(p.Issued()),
		Submitted:           received(rec.History),
		ISSN:                p.Journal.ISSN(),
		URL:                 address,
		Language:            rec.Language,
		Publisher:           script.Line(journal.In(p.Journal.Publisher, rec.Language).Plain),
		PublisherPlace:      script.Line(p.Journal.Place),
		Section:             script.Line(journal.In(rec.Section, rec.Language).Plain),
		Keyword:             script.Line(strings.Join(rec.KeywordsIn(rec.Language), ", ")),
		Abstract:            abstract(rec),
		Custom:              custom(rec),
	}
	item.DOI, _ = pid.DOI(rec.DOI)
	if in := p.Place(); in != nil {
		item.Volume, item.Issue = script.Line(in.Volume), script.Line(in.Number)
	}
	if p.Issued().Year() != rec.Published.Year() {
		item.AvailableDate = date(rec.Published)
	}
	for _, id := range rec.IDs {
		switch strings.ToLower(id.Kind) {
		case "pmid":
			item.PMID = id.Value
		case "pmc", "pmcid":
			item.PMCID = id.Value
		}
	}
	return item
}

// kind is the CSL type of a JATS article-type. A review article is an article;
// "review" is the review of something.
func kind(articleType string) string {
	switch articleType {
	case "book-review":
		return "review-book"
	case "product-review":
		return "review"
	}
	return "article-journal"
}

func names(of []journal.Contributor) []Name { return namesIn(of, "") }

// namesIn are the names in a language, or with "" as they are printed first.
func namesIn(of []journal.Contributor, lang string) []Name {
	var out []Name
	for _, c := range of {
		n := c.Names[0]
		if lang != "" {
			n = c.NameIn(lang)
		}
		switch {
		case c.Collective || n.Family == "":
			out = append(out, Name{Literal: script.Line(n.Literal)})
		default:
			out = append(out, Name{Family: script.Line(n.Family), Given: script.Line(n.Given), Suffix: script.Line(n.Suffix)})
		}
	}
	return out
}

// pages is the range with a hyphen, as citation processors expect it.
func pages(p journal.Pages) string {
	switch {
	case p.First == "":
		return ""
	case p.Last == "" || p.Last == p.First:
		return script.Line(p.First)
	}
	return script.Line(p.First + "-" + p.Last)
}

func date(d journal.Date) *Date {
	year, month, day := d.Valid().Parts()
	switch {
	case year == 0:
		return nil
	case month == 0:
		return &Date{[][]int{{year}}}
	case day == 0:
		return &Date{[][]int{{year, month}}}
	}
	return &Date{[][]int{{year, month, day}}}
}

func received(history []journal.When) *Date {
	for _, h := range history {
		if h.Event == "received" {
			return date(h.Date)
		}
	}
	return nil
}

// abstract is the abstract in the language of the article; paragraphs are
// separated by an empty line.
func abstract(rec *journal.Article) string {
	var paragraphs []string
	for _, p := range strings.Split(rec.AbstractIn(rec.Language).Plain, "\n\n") {
		if p = script.Line(p); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// custom holds what the schema has no variable for.
func custom(rec *journal.Article) map[string]string {
	out := map[string]string{}
	if l := rec.Licence; l != nil {
		if l.URL != "" {
			out["license"] = l.URL
		} else if l.Text != "" {
			out["license"] = script.Line(l.Text)
		}
	}
	for _, t := range rec.Titles[min(1, len(rec.Titles)):] {
		if t.Plain != "" {
			out["translated-title"] = script.Line(t.Plain)
			break
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
