package refparse

import (
	"maps"

	"offprint/internal/journal"
)

// merge gives r the fields that it has not.
func merge(r journal.Reference, x *reader) journal.Reference {
	read, sure := x.r, map[string]float64{}
	keep := func(field string, empty bool, give func()) {
		if s, ok := x.found[field]; ok && empty {
			give()
			sure[field] = s
		}
	}
	text := func(field string, into *string, value string) {
		keep(field, *into == "", func() { *into = value })
	}
	names := func(field string, into *[]journal.Name, value []journal.Name) {
		keep(field, len(*into) == 0, func() { *into = value })
	}
	text("type", &r.Type, read.Type)
	text("genre", &r.Genre, read.Genre)
	names("authors", &r.Authors, read.Authors)
	names("editors", &r.Editors, read.Editors)
	names("translators", &r.Translators, read.Translators)
	names("compilers", &r.Compilers, read.Compilers)
	names("container_authors", &r.ContainerAuthors, read.ContainerAuthors)
	if r.Title == "" {
		text("title_language", &r.TitleLanguage, read.TitleLanguage)
	}
	text("title", &r.Title, read.Title)
	text("title_translated", &r.TitleTranslated, read.TitleTranslated)
	text("title_original", &r.TitleOriginal, read.TitleOriginal)
	text("container", &r.Container, read.Container)
	text("container_translated", &r.ContainerTranslated, read.ContainerTranslated)
	text("series", &r.Series, read.Series)
	text("edition", &r.Edition, read.Edition)
	text("volume", &r.Volume, read.Volume)
	text("volume_title", &r.VolumeTitle, read.VolumeTitle)
	text("issue", &r.Issue, read.Issue)
	text("part", &r.Part, read.Part)
	text("item_number", &r.ItemNumber, read.ItemNumber)
	keep("pages", r.Pages == (journal.Pages{}), func() { r.Pages = read.Pages })
	text("page_count", &r.PageCount, read.PageCount)
	text("event", &r.Event, read.Event)
	text("publisher", &r.Publisher, read.Publisher)
	text("place", &r.Place, read.Place)
	keep("issued", r.Issued == "", func() {
		r.Issued, r.IssuedTo, r.IssuedSuffix = read.Issued, read.IssuedTo, read.IssuedSuffix
	})
	keep("issued_original", r.IssuedOriginal == "", func() { r.IssuedOriginal = read.IssuedOriginal })
	text("doi", &r.DOI, read.DOI)
	text("url", &r.URL, read.URL)
	if r.URL == "" {
		text("url_remnant", &r.URLRemnant, read.URLRemnant)
	}
	keep("accessed", r.Accessed == "", func() { r.Accessed = read.Accessed })
	text("language_note", &r.LanguageNote, read.LanguageNote)
	text("language", &r.Language, read.Language)
	keep("archive", r.Archive == (journal.Archive{}), func() { r.Archive = read.Archive })
	text("note", &r.Note, read.Note)
	keep("ids", len(r.IDs) == 0, func() { r.IDs = read.IDs })
	if len(sure) > 0 {
		all := maps.Clone(r.Confidence)
		if all == nil {
			all = map[string]float64{}
		}
		maps.Copy(all, sure)
		r.Confidence = all
	}
	return r
}
