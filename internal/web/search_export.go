package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"offprint/internal/finding"
	"offprint/internal/format/bibtex"
	"offprint/internal/format/csl"
	"offprint/internal/format/ris"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/search"
	"offprint/internal/view"
)

// mostExported is how many articles of a result are written.
const mostExported = 1000

// resultForm is a form in which the articles of a result are taken away.
type resultForm struct {
	ending, media, label string
	// write makes what writes an article, and what ends the file.
	write func(w io.Writer) (one func(p *journal.Publication, address string) error, end func() error)
}

func nothing() error { return nil }

var resultForms = []resultForm{
	{".ris", ris.Media, "RIS", func(w io.Writer) (func(*journal.Publication, string) error, func() error) {
		return func(p *journal.Publication, address string) error {
			_, err := w.Write(ris.Encode(p, address))
			return err
		}, nothing
	}},
	{".bib", bibtex.Media, "BibTeX", func(w io.Writer) (func(*journal.Publication, string) error, func() error) {
		return bibtex.NewWriter(w).Write, nothing
	}},
	{".csl.json", csl.Media, "CSL-JSON", writeCSL},
	{".csv", "text/csv", "CSV", writeCSV},
}

// searchForms are the addresses of the result in these forms.
func searchForms(v *visit, a *asked) []view.Format {
	var out []view.Format
	for _, f := range resultForms {
		out = append(out, view.Format{Label: f.label, Media: f.media, URL: a.at(v.at("/search"+f.ending), 1)})
	}
	return out
}

// writeCSL writes one array.
func writeCSL(w io.Writer) (func(*journal.Publication, string) error, func() error) {
	n := 0
	one := func(p *journal.Publication, address string) error {
		b, err := json.Marshal(csl.New(p, address))
		if err != nil {
			return err
		}
		before := ",\n"
		if n++; n == 1 {
			before = "[\n"
		}
		_, err = w.Write(append([]byte(before), b...))
		return err
	}
	return one, func() error {
		end := "\n]\n"
		if n == 0 {
			end = "[]\n"
		}
		_, err := io.WriteString(w, end)
		return err
	}
}

// writeCSV writes a table (RFC 4180) whose first line names the columns. Several
// values of one cell are divided by semicolons.
func writeCSV(w io.Writer) (func(*journal.Publication, string) error, func() error) {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	headed := false
	write := func(cells ...string) error {
		if !headed {
			headed = true
			if err := c.Write([]string{"title", "authors", "journal", "issn", "year", "volume", "issue", "pages", "published", "type", "language", "doi", "url", "keywords", "abstract"}); err != nil {
				return err
			}
		}
		if len(cells) == 0 {
			return nil
		}
		return c.Write(cells)
	}
	one := func(p *journal.Publication, address string) error {
		rec := &p.Record
		var authors []string
		for _, a := range rec.By("author") {
			authors = append(authors, a.Names[0].Sorted())
		}
		var volume, number string
		if in := p.Place(); in != nil {
			volume, number = in.Volume, in.Number
		}
		return write(p.Heading().Plain, strings.Join(authors, "; "), p.Journal.Title(rec.Language).Plain, p.Journal.ISSN(), year(p.Issued().Year()), volume, number,
			rec.Pages.String(), string(rec.Published), rec.Type, rec.Language, rec.DOI, address, strings.Join(rec.KeywordsIn(rec.Language), "; "), rec.AbstractIn(rec.Language).Plain)
	}
	return one, func() error {
		err := write() // a table without rows has its head
		c.Flush()
		if err == nil {
			err = c.Error()
		}
		return err
	}
}

// exported answers with the articles of a result in a form, in the order of the
// result. It is written as it is read.
func (s *Site) exported(f *resultForm) func(*visit, http.ResponseWriter, *http.Request) error {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
		a := ask(r)
		h := w.Header()
		begin := func() {
			h["Content-Type"] = []string{f.media + charset(f.media)}
			h["Content-Disposition"] = []string{`attachment; filename="search` + f.ending + `"`}
			h["Cache-Control"] = []string{"private, no-cache"}
		}
		slow := httpx.Patient(w)
		one, end := f.write(slow)
		if !a.anything() || !a.words() {
			begin()
			return end()
		}
		begun := false
		err := s.eachFound(r.Context(), a.request(v, mostExported, 0), func(p *finding.Article) error {
			if !begun {
				begun = true
				begin()
			}
			return one(&p.Publication, s.canonical(p))
		})
		if err != nil {
			return unavailable(w, err)
		}
		if !begun {
			begin()
		}
		return end()
	}
}

func (s *Site) eachFound(ctx context.Context, r search.Request, g func(*finding.Article) error) error {
	return s.Finder.Each(ctx, r, func(list []finding.Article) error {
		for i := range list {
			if err := g(&list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
