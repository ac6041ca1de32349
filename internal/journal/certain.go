package journal

// sure is how sure a field that was read from the printed text must be for what goes
// out to registries.
const sure = 0.9

// Certain is the reference with those fields alone that its source marks or that were
// read from the printed text without doubt; what is printed stays.
func (r *Reference) Certain() Reference {
	out := *r
	for field, confidence := range r.Confidence {
		if confidence < sure {
			out.drop(field)
		}
	}
	out.Confidence = nil
	return out
}

// drop empties a field by its JSON name.
func (r *Reference) drop(field string) {
	switch field {
	case "type":
		r.Type = ""
	case "genre":
		r.Genre = ""
	case "authors":
		r.Authors = nil
	case "editors":
		r.Editors = nil
	case "translators":
		r.Translators = nil
	case "compilers":
		r.Compilers = nil
	case "title":
		r.Title = ""
	case "title_language":
		r.TitleLanguage = ""
	case "title_translated":
		r.TitleTranslated = ""
	case "title_original":
		r.TitleOriginal = ""
	case "container":
		r.Container = ""
	case "container_translated":
		r.ContainerTranslated = ""
	case "container_authors":
		r.ContainerAuthors = nil
	case "series":
		r.Series = ""
	case "edition":
		r.Edition = ""
	case "volume":
		r.Volume = ""
	case "volume_title":
		r.VolumeTitle = ""
	case "issue":
		r.Issue = ""
	case "part":
		r.Part = ""
	case "item_number":
		r.ItemNumber = ""
	case "pages":
		r.Pages = Pages{}
	case "page_count":
		r.PageCount = ""
	case "event":
		r.Event = ""
	case "publisher":
		r.Publisher = ""
	case "place":
		r.Place = ""
	case "issued":
		r.Issued = ""
	case "issued_to":
		r.IssuedTo = ""
	case "issued_suffix":
		r.IssuedSuffix = ""
	case "issued_original":
		r.IssuedOriginal = ""
	case "doi":
		r.DOI = ""
	case "url":
		r.URL = ""
	case "url_remnant":
		r.URLRemnant = ""
	case "accessed":
		r.Accessed = ""
	case "language_note":
		r.LanguageNote = ""
	case "language":
		r.Language = ""
	case "archive":
		r.Archive = Archive{}
	case "note":
		r.Note = ""
	case "ids":
		r.IDs = nil
	}
}
