package csl

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// Reference makes the item of a work that an article cites, as its reference
// list has it. Only fields of r become variables; what the schema has no variable
// for is in custom: "translated-title", "translated-container-title",
// "language-note", "url-remnant". id is the item's id; empty, it is the key of
// the reference or its number.
func Reference(r *journal.Reference, id string) Item {
	if id == "" {
		id = referenceID(r)
	}
	item := Item{
		ID: id, Type: r.Type, Genre: script.Line(r.Genre),
		Title: script.Line(r.Title), OriginalTitle: script.Line(r.TitleOriginal),
		Author: printedNames(r.Authors), Editor: printedNames(r.Editors), Translator: printedNames(r.Translators),
		Compiler: printedNames(r.Compilers), ContainerAuthor: printedNames(r.ContainerAuthors),
		ContainerTitle: script.Line(r.Container), CollectionTitle: script.Line(r.Series),
		Edition: script.Line(r.Edition), Volume: script.Line(r.Volume), VolumeTitle: script.Line(r.VolumeTitle),
		PartNumber: script.Line(r.Part), Issue: script.Line(r.Issue),
		Page: pages(r.Pages), NumberOfPages: script.Line(r.PageCount), Number: script.Line(r.ItemNumber),
		Issued: dates(r.Issued, r.IssuedTo), OriginalDate: date(r.IssuedOriginal), Accessed: date(r.Accessed),
		YearSuffix: r.IssuedSuffix, Event: script.Line(r.Event),
		Publisher: script.Line(r.Publisher), PublisherPlace: script.Line(r.Place),
		DOI: r.DOI, URL: r.URL, Language: r.Language, Note: script.Line(r.Note), CitationKey: r.Key,
		Archive: script.Line(r.Archive.Repository), ArchiveLocation: Location(r.Archive),
		Custom: referenceCustom(r),
	}
	if item.Type == "" {
		item.Type = "document"
	}
	if r.Pages.First == "" && r.Pages.Article != "" {
		// an article number stands where styles print pages
		item.Page = script.Line(r.Pages.Article)
		if item.Number == "" {
			item.Number = item.Page
		}
	}
	for _, other := range r.IDs {
		switch strings.ToLower(other.Kind) {
		case "isbn":
			item.ISBN = other.Value
		case "issn":
			item.ISSN = other.Value
		case "pmid":
			item.PMID = other.Value
		case "pmcid", "pmc":
			item.PMCID = other.Value
		}
	}
	return item
}

func referenceID(r *journal.Reference) string {
	switch {
	case r.Key != "":
		return r.Key
	case r.ID != "":
		return r.ID
	case r.Label != "":
		return r.Label
	}
	return "ref-" + strconv.Itoa(max(r.Number, 1))
}

// printedNames are names in the parts that are known; a name without parts is a
// body or a name that nobody divided.
func printedNames(of []journal.Name) []Name {
	var out []Name
	for _, n := range of {
		if n.Family == "" {
			out = append(out, Name{Literal: script.Line(n.Literal)})
		} else {
			out = append(out, Name{Family: script.Line(n.Family), Given: script.Line(n.Given), Suffix: script.Line(n.Suffix)})
		}
	}
	return out
}

// dates is a date or a range of two.
func dates(from, to journal.Date) *Date {
	d := date(from)
	if d == nil || to == "" {
		return d
	}
	if end := date(to); end != nil {
		d.Parts = append(d.Parts, end.Parts...)
	}
	return d
}

// Location is where in an archive a document lies, in the words of the archive:
// "Ф. Р-1235, Оп. 4, Д. 11, Л. 52" or "RG 59, box 4".
func Location(a journal.Archive) string {
	words := [...]string{"", "f. ", "op. ", "d. ", "box ", "folder ", "l. "}
	if a.Fond != "" && script.Of(a.Repository) == "Cyrl" {
		words = [...]string{"", "ф. ", "оп. ", "д. ", "картон ", "папка ", "л. "}
	}
	var parts []string
	for i, v := range [...]string{a.Collection, a.Fond, a.Inventory, a.Unit, a.Box, a.Folder, a.Leaves} {
		if v != "" {
			parts = append(parts, words[i]+script.Line(v))
		}
	}
	return strings.Join(parts, ", ")
}

func referenceCustom(r *journal.Reference) map[string]string {
	out := map[string]string{}
	for key, value := range map[string]string{
		"translated-title": r.TitleTranslated, "translated-container-title": r.ContainerTranslated,
		"language-note": r.LanguageNote, "url-remnant": r.URLRemnant,
	} {
		if value != "" {
			out[key] = script.Line(value)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Parsed is a reference that was read from its printed text: the variables of
// CSL-JSON and beside them what it has none for, and how sure each field is.
type Parsed struct {
	Item
	Key                 string             `json:"key,omitempty"`
	TitleTranslated     string             `json:"title-translated,omitempty"`
	TitleLanguage       string             `json:"title-language,omitempty"`
	TitleOriginal       string             `json:"title-original-script,omitempty"`
	ContainerTranslated string             `json:"container-title-translated,omitempty"`
	Part                string             `json:"part,omitempty"`
	LanguageNote        string             `json:"language-note,omitempty"`
	URLRemnant          string             `json:"url-remnant,omitempty"`
	Archive             *Archive           `json:"archive,omitempty"`
	Page                string             `json:"page,omitempty"`
	Raw                 string             `json:"raw"`
	Confidence          map[string]float64 `json:"confidence,omitempty"`
}

// Archive is where an unpublished document is kept, step by step.
type Archive struct {
	Repository string `json:"repository,omitempty"`
	Collection string `json:"collection,omitempty"`
	Fond       string `json:"fond,omitempty"`
	Opis       string `json:"opis,omitempty"`
	Delo       string `json:"delo,omitempty"`
	Box        string `json:"box,omitempty"`
	Folder     string `json:"folder,omitempty"`
	Leaf       string `json:"leaf,omitempty"`
}

// NewParsed makes it of a reference and the string that it was read from. Pages
// are as printed there, with its dash.
func NewParsed(r *journal.Reference, raw string) Parsed {
	p := Parsed{
		Item: Reference(r, ""), Raw: raw,
		Key: r.Key, TitleTranslated: r.TitleTranslated, TitleLanguage: r.TitleLanguage, TitleOriginal: r.TitleOriginal,
		ContainerTranslated: r.ContainerTranslated, Part: r.Part, LanguageNote: r.LanguageNote, URLRemnant: r.URLRemnant,
	}
	for field, sure := range r.Confidence {
		if p.Confidence == nil {
			p.Confidence = make(map[string]float64, len(r.Confidence))
		}
		p.Confidence[nameOf(field)] = sure
	}
	p.Page = printedPages(r.Pages, raw)
	if p.Page == "" {
		p.Page = p.Item.Page
	}
	p.Custom, p.PartNumber, p.OriginalTitle, p.CitationKey, p.Item.Archive, p.ArchiveLocation = nil, "", "", "", "", ""
	if a := r.Archive; a != (journal.Archive{}) {
		p.Archive = &Archive{
			Repository: a.Repository, Collection: a.Collection, Fond: a.Fond, Opis: a.Inventory, Delo: a.Unit,
			Box: a.Box, Folder: a.Folder, Leaf: a.Leaves,
		}
	}
	return p
}

// printedPages finds a range in the text that it was read from: "126–138".
func printedPages(p journal.Pages, raw string) string {
	if p.First == "" || p.Last == "" {
		return p.First
	}
	for from := 0; ; {
		i := strings.Index(raw[from:], p.First)
		if i < 0 {
			return p.First + "-" + p.Last
		}
		i += from
		j := i + len(p.First)
		from = j
		dash := false
		for j < len(raw) {
			r, size := utf8.DecodeRuneInString(raw[j:])
			if !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && r != '−' && r != '~' {
				break
			}
			dash = dash || !unicode.IsSpace(r)
			j += size
		}
		if dash && strings.HasPrefix(raw[j:], p.Last) {
			return raw[i : j+len(p.Last)]
		}
	}
}

// Line is the item on one line.
func (p *Parsed) Line() ([]byte, error) { return json.Marshal(p) }

// nameOf is the name in Parsed of a field of journal.Reference, by its JSON name.
func nameOf(field string) string {
	switch field {
	case "authors", "editors", "translators", "compilers", "container_authors":
		return strings.ReplaceAll(strings.TrimSuffix(field, "s"), "_", "-")
	case "container", "container_translated":
		return "container-title" + strings.ReplaceAll(strings.TrimPrefix(field, "container"), "_", "-")
	case "place":
		return "publisher-place"
	case "pages":
		return "page"
	case "page_count":
		return "number-of-pages"
	case "item_number":
		return "number"
	case "doi", "url":
		return strings.ToUpper(field)
	case "url_remnant":
		return "url-remnant"
	case "title_original":
		return "title-original-script"
	case "event":
		return "event-title"
	}
	return strings.ReplaceAll(field, "_", "-")
}
