// Package plaintext writes an article as text without any markup, in UTF-8: for
// text mining, for a reader on a terminal, and for whatever can read nothing else.
//
//	b := plaintext.Encode(publication, documents, "https://example.org/rjr/articles/x")
//
// The parts follow each other in the order of the page, each under its own name in
// the language of the article, with an empty line between paragraphs. Figures are
// named by their captions; formulas are what their text is.
package plaintext

import (
	"bytes"
	"fmt"
	"strings"

	"offprint/internal/format/csl"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/render"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "text/plain"

// Encode writes the article with its full texts. address is the address of its
// page, "" leaves it out.
func Encode(p *journal.Publication, documents []journal.Document, address string) []byte {
	var b bytes.Buffer
	rec := &p.Record
	l := locale.For(rec.Language)
	part := func(name, text string) {
		if text = strings.TrimSpace(text); text == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if name != "" {
			b.WriteString(name + "\n\n")
		}
		b.WriteString(text)
	}
	for i := range rec.Titles {
		part("", rec.HeadingIn(rec.Titles[i].Lang).Plain)
	}
	part("", authors(rec))
	cited := rec.Citation
	if cited == "" {
		cited = csl.Recommended(p, rec.Language)
	}
	part("", script.Line(cited))
	if rec.Licence != nil {
		part("", strings.TrimSpace(rec.Licence.Name()+" "+rec.Licence.URL))
	}
	part("", address)
	for _, a := range rec.Abstracts {
		part(l.T("article.abstract"), render.Text(a.Nodes()))
	}
	for _, k := range rec.Keywords {
		part("", l.T("article.keywords")+": "+strings.Join(k.Words, "; "))
	}
	for i := range documents {
		part("", render.Text(documents[i].Body))
		part("", render.Text(documents[i].Back))
		part(l.T("article.notes"), render.Text(documents[i].Notes))
	}
	part(l.T("article.references"), references(rec))
	b.WriteByte('\n')
	return b.Bytes()
}

func authors(rec *journal.Article) string {
	var names []string
	for _, c := range rec.By("author") {
		names = append(names, script.Line(c.Names[0].Shown()))
	}
	return strings.Join(names, ", ")
}

func references(rec *journal.Article) string {
	lines := make([]string, len(rec.References))
	for i, r := range rec.References {
		mark := r.Key
		if mark == "" {
			mark = fmt.Sprint(r.Number)
		}
		lines[i] = "[" + script.Line(mark) + "] " + script.Line(r.Printed.Plain)
	}
	return strings.Join(lines, "\n")
}
