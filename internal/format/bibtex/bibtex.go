// Package bibtex writes articles as BibTeX entries that BibTeX, biber
// (biblatex) and reference managers read.
//
// The form is that of "BibTeXing" (Oren Patashnik, 1988) with the fields of the
// biblatex manual, section 2.2. Text is UTF-8, as biber and every reference
// manager read it; the characters that mean something to TeX are escaped so
// that braces always balance, since BibTeX counts escaped braces too.
//
//	bibtex.Encode(publication, "https://example.org/rjr/articles/panov-2020")
//	// @article{panov2020soviet,
//	//   author = {Panov, A. N.},
//	//   title = {{The Soviet-Japanese …}},
//
// The package reads nothing, and a field whose value the record does not have
// is left out.
package bibtex

import (
	"fmt"
	"io"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what is written.
const Media = "application/x-bibtex"

// Encode writes one article. address is the article's own address, or empty.
func Encode(p *journal.Publication, address string) []byte {
	return entry(p, address, Key(p))
}

// Writer writes many articles into one file. Keys that would occur twice get a
// letter: panov2020soviet, panov2020sovieta, panov2020sovietb.
type Writer struct {
	w     io.Writer
	used  map[string]int
	entry func(p *journal.Publication, address, key string) []byte
}

// NewWriter makes a Writer of BibTeX.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: w, used: map[string]int{}, entry: entry}
}

// NewBibLaTeXWriter makes a Writer of BibLaTeX.
func NewBibLaTeXWriter(w io.Writer) *Writer {
	return &Writer{w: w, used: map[string]int{}, entry: biblatex}
}

// Write writes the next article, with an empty line before it unless it is the
// first. It keeps the keys written so far, about 40 bytes an article.
func (w *Writer) Write(p *journal.Publication, address string) error {
	key := Key(p)
	for n := w.used[key]; ; n++ {
		w.used[key] = n + 1
		if n == 0 {
			break
		}
		if other := key + letters(n); w.used[other] == 0 {
			w.used[other] = 1
			key = other
			break
		}
	}
	out := w.entry(p, address, key)
	if len(w.used) > 1 {
		out = append([]byte("\n"), out...)
	}
	_, err := w.w.Write(out)
	return err
}

// letters counts a, b, … z, aa, ab …
func letters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

func entry(p *journal.Publication, address, key string) []byte {
	rec := &p.Record
	e := &fields{}
	fmt.Fprintf(e, "@article{%s,\n", key)
	e.raw("author", people(rec.By("author")))
	e.raw("translator", people(rec.By("translator")))
	if title := markup(p.Heading()); title != "" {
		e.raw("title", "{"+title+"}") // braces: styles leave its capitals alone
	}
	e.text("journal", p.Journal.Title(rec.Language).Plain)
	e.text("shortjournal", p.Journal.Abbrev)
	if in := p.Place(); in != nil {
		e.text("volume", in.Volume)
		e.text("number", in.Number)
		e.text("issuetitle", journal.In(in.Titles, rec.Language).Plain)
	}
	e.raw("pages", pages(rec.Pages))
	e.text("eid", rec.Pages.Article)
	e.date(p.Issued())
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.verbatim("doi", doi)
	}
	e.text("issn", p.Journal.ISSN())
	e.verbatim("url", address)
	e.whole("publisher", journal.In(p.Journal.Publisher, rec.Language).Plain)
	e.language(rec.Language)
	e.text("keywords", keywords(rec))
	e.text("abstract", rec.AbstractIn(rec.Language).Plain)
	e.WriteString("}\n")
	return []byte(e.String())
}

// fields collects the fields of an entry.
type fields struct{ strings.Builder }

// raw writes a value that is TeX already.
func (f *fields) raw(name, value string) {
	if value != "" {
		fmt.Fprintf(f, "  %s = {%s},\n", name, value)
	}
}

// text writes plain text.
func (f *fields) text(name, value string) { f.raw(name, escape(value)) }

// whole writes plain text into a field that is a list of biblatex (manual, section
// 2.3.3), which "and" would divide.
func (f *fields) whole(name, value string) {
	t := escape(value)
	if divides(t) {
		t = "{" + t + "}"
	}
	f.raw(name, t)
}

// verbatim writes an address or a DOI: biblatex takes these fields to the
// letter, so nothing is escaped, but what would end the value or the line is
// percent-encoded.
func (f *fields) verbatim(name, value string) {
	f.raw(name, strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(script.Line(value)))
}

// months are the macros that every BibTeX style defines.
var months = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

func (f *fields) date(d journal.Date) {
	year, month, _ := d.Valid().Parts()
	if year == 0 {
		return
	}
	f.raw("year", string(journal.YearDate(year)))
	if month >= 1 && month <= 12 {
		fmt.Fprintf(f, "  month = %s,\n", months[month-1])
	}
}

// languages are the names of babel and of biblatex' language field.
var languages = map[string]string{
	"ar": "arabic", "be": "belarusian", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
	"el": "greek", "en": "english", "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french",
	"he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
	"ja": "japanese", "ka": "georgian", "kk": "kazakh", "ko": "korean", "la": "latin", "lt": "lithuanian", "lv": "latvian",
	"nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
	"sk": "slovak", "sl": "slovenian", "sr": "serbian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese",
	"zh": "chinese",
}

func (f *fields) language(tag string) {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	name, ok := languages[base]
	if !ok {
		f.text("language", tag)
		return
	}
	f.raw("language", name)
	f.raw("langid", name)
}

// pages is the range with two hyphens, TeX's en dash.
func pages(p journal.Pages) string {
	switch {
	case p.First == "":
		return ""
	case p.Last == "" || p.Last == p.First:
		return escape(p.First)
	}
	return escape(p.First) + "--" + escape(p.Last)
}

// keywords are joined with commas; a comma inside one would end it.
func keywords(rec *journal.Article) string {
	var words []string
	for _, w := range rec.KeywordsIn(rec.Language) {
		words = append(words, strings.ReplaceAll(w, ",", ";"))
	}
	return strings.Join(words, ", ")
}
