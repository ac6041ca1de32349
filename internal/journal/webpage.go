package journal

import "slices"

// Webpage is one page that a journal writes about itself, in one language, as
// it was saved once. Its address is its name.
type Webpage struct {
	JournalID string `json:"-"`
	Name      string `json:"name"` // "aims", or a name of the journal's own
	Lang      string `json:"lang"` // BCP 47
	// Title is empty where the page is called by the word for its name.
	Title string `json:"title,omitempty"`
	// Source is Markdown.
	Source string `json:"source"`
	// Revision counts the saves of this page in this language, from 1.
	Revision int    `json:"revision"`
	Actor    string `json:"actor"`
	Saved    string `json:"saved"` // UTC, RFC 3339
	// Removed: there is no page from this revision on.
	Removed bool `json:"removed,omitempty"`
}

// Announcement is a piece of news of a journal in one language, as it was saved
// once. All languages of one announcement have the same address.
type Announcement struct {
	JournalID string `json:"-"`
	Slug      string `json:"slug"`
	Lang      string `json:"lang"`
	Date      Date   `json:"date"` // of publication, a whole day
	Title     string `json:"title"`
	Source    string `json:"source"` // Markdown
	Revision  int    `json:"revision"`
	Actor     string `json:"actor"`
	Saved     string `json:"saved"`
	Removed   bool   `json:"removed,omitempty"`
}

// WebpageKind is a page that most journals have.
type WebpageKind struct {
	Name string
	// Asked: the Directory of Open Access Journals asks every journal that
	// applies for it (guide to applying, 2026: basic criteria, "Website",
	// "Publisher", "Editorial", "Licensing", "Copyright", "Fees").
	Asked bool
	// Menu: readers look for it so often that every page links to it.
	Menu bool
}

// The pages with a place of their own. Introduction stands on the front page
// and nowhere else; Accessibility is made by the program.
const (
	Introduction  = "introduction"
	Accessibility = "accessibility"
)

// WebpageKinds are the known pages in the order in which a journal lists them.
func WebpageKinds() []WebpageKind {
	return []WebpageKind{
		{Name: Introduction},
		{Name: "aims", Asked: true},
		{Name: "board", Asked: true, Menu: true},
		{Name: "authors", Asked: true, Menu: true},
		{Name: "peer-review", Asked: true},
		{Name: "ethics", Asked: true},
		{Name: "open-access", Asked: true},
		{Name: "copyright", Asked: true},
		{Name: "fees", Asked: true},
		{Name: "archiving", Asked: true},
		{Name: "policies"},
		{Name: "contact", Asked: true},
		{Name: Accessibility},
	}
}

// WebpageOrder is the place of a page among the others; pages with names of the
// journal's own come after the known ones.
func WebpageOrder(name string) int {
	kinds := WebpageKinds()
	if i := slices.IndexFunc(kinds, func(k WebpageKind) bool { return k.Name == name }); i >= 0 {
		return i
	}
	return len(kinds)
}

// Nearest is the index of the text for a reader of lang: in that language, else
// in the journal's languages in their order, else the first; -1 for none.
func Nearest(langs []string, lang string, j *Journal) int {
	for _, want := range append([]string{lang}, j.Languages...) {
		if i := slices.IndexFunc(langs, func(l string) bool { return sameLanguage(l, want) }); i >= 0 {
			return i
		}
	}
	return min(len(langs), 1) - 1
}
