package render

import "strings"

// English are the words that the output adds to the text, by key. A caller
// with another language gives its own in Options.Words; keys that it leaves
// out stay English.
var English = map[string]string{
	"acknowledgements": "Acknowledgements", // heading of an untitled section of that kind
	"appendix":         "Appendix",         // likewise
	"author-notes":     "Author notes",     // likewise
	"glossary":         "Glossary",         // likewise
	"back":             "Back to text",     // link from a note to where it is referred to
	"code":             "Code",             // name of a scrolling region
	"description":      "Description",      // opens the long description of a figure
	"download":         "Download",         // link to a file without a name of its own
	"elsewhere":        "image on another site",
	"equation":         "Equation",   // name of a scrolling region
	"figure":           "Figure",     // name of a figure without number or description
	"full-size":        "full size",  // "Figure 3, full size": link to the image alone
	"full-view":        "Open alone", // link to a figure or table on a page of its own
	"values":           "Values as CSV",
	"notes":            "Notes", // name of the notes at the end of a section
	"missing":          "Image not available",
	"note":             "Note",  // "Note 3": link to a note
	"table":            "Table", // name of a scrolling region
}

func (d *drawer) word(key string) string {
	if w := d.opt.Words[key]; w != "" {
		return w
	}
	return English[key]
}

// say writes a word as text, in a span where its language is not that of the
// text around it.
func (d *drawer) say(key string) {
	word := escape(d.word(key))
	if d.opt.Lang == "" || strings.EqualFold(d.opt.Lang, d.lang) {
		d.raw(word)
		return
	}
	lang := d.opt.Lang
	if d.opt.Words[key] == "" {
		lang = "en"
	}
	d.raw(`<span lang="`, escape(lang), `">`, word, "</span>")
}
