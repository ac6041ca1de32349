package journal

// Reference is one entry of the reference list. Number, Key and Printed are
// always as in the source. In a Record the other fields are set only where the
// source itself marks them; a reference that was read from its printed text has
// them from there, with Confidence saying how sure each is. An empty field says
// nothing. Every value but Type, Language, TitleLanguage and the parts of dates
// and identifiers stands literally in the printed text.
type Reference struct {
	ID     string `json:"id,omitempty"` // the source's own id, target of cross-references
	Number int    `json:"number"`       // position in the list, from 1
	Label  string `json:"label,omitempty"`
	Key    string `json:"key,omitempty"` // "FRUS 1951a"
	// Printed is the entry as printed, without number and key.
	Printed Text `json:"printed"`
	// Group is the heading above it in a divided list.
	Group string `json:"group,omitempty"`

	Type        string `json:"type,omitempty"` // a CSL type
	Genre       string `json:"genre,omitempty"`
	Authors     []Name `json:"authors,omitempty"`
	Editors     []Name `json:"editors,omitempty"`
	Translators []Name `json:"translators,omitempty"`
	Compilers   []Name `json:"compilers,omitempty"`
	// Title is in the language and script of the source or transliterated;
	// TitleLanguage says which: "ru", "ru-Latn".
	Title           string `json:"title,omitempty"`
	TitleLanguage   string `json:"title_language,omitempty"`
	TitleTranslated string `json:"title_translated,omitempty"`
	TitleOriginal   string `json:"title_original,omitempty"` // in its own script, beside a transliteration
	// Container is the journal, the book or the site that it stands in.
	Container           string `json:"container,omitempty"`
	ContainerTranslated string `json:"container_translated,omitempty"`
	ContainerAuthors    []Name `json:"container_authors,omitempty"`
	Series              string `json:"series,omitempty"`
	Edition             string `json:"edition,omitempty"`
	Volume              string `json:"volume,omitempty"`
	VolumeTitle         string `json:"volume_title,omitempty"`
	Issue               string `json:"issue,omitempty"`
	Part                string `json:"part,omitempty"`
	// ItemNumber is the number of a report, a law, a standard or a patent.
	ItemNumber string `json:"item_number,omitempty"`
	Pages      Pages  `json:"pages,omitzero"`
	PageCount  string `json:"page_count,omitempty"` // "548" of "548 p."
	Event      string `json:"event,omitempty"`
	Publisher  string `json:"publisher,omitempty"`
	Place      string `json:"place,omitempty"`
	Issued     Date   `json:"issued,omitempty"`
	// IssuedTo is the end of a range that begins with Issued.
	IssuedTo Date `json:"issued_to,omitempty"`
	// IssuedSuffix is the letter that tells two works of one year apart.
	IssuedSuffix   string  `json:"issued_suffix,omitempty"`
	IssuedOriginal Date    `json:"issued_original,omitempty"`
	DOI            string  `json:"doi,omitempty"`
	URL            string  `json:"url,omitempty"`
	URLRemnant     string  `json:"url_remnant,omitempty"` // "/path" whose host was lost
	Accessed       Date    `json:"accessed,omitempty"`
	LanguageNote   string  `json:"language_note,omitempty"` // "In Russian"
	Language       string  `json:"language,omitempty"`      // of the work, BCP 47, where it is certain
	Archive        Archive `json:"archive,omitzero"`
	Note           string  `json:"note,omitempty"`
	IDs            []ID    `json:"ids,omitempty"` // pmid, pmcid, isbn, issn …

	// Confidence is between 0 and 1 for each field that was read from the
	// printed text, by the field's JSON name. Fields marked by the source
	// are not in it.
	Confidence map[string]float64 `json:"confidence,omitempty"`
}

// Archive is where an unpublished document is kept, in the terms of the
// archive: фонд, опись, дело, листы; record group, box, folder.
type Archive struct {
	Repository string `json:"repository,omitempty"` // RGASPI, NARA, AVP RF
	Collection string `json:"collection,omitempty"` // RG 59; FO 371
	Fond       string `json:"fond,omitempty"`
	Inventory  string `json:"inventory,omitempty"` // опись
	Unit       string `json:"unit,omitempty"`      // дело, file
	Box        string `json:"box,omitempty"`
	Folder     string `json:"folder,omitempty"`
	Leaves     string `json:"leaves,omitempty"` // листы
}
