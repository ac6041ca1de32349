package doaj

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Article is what DOAJ's interface takes: one article. It takes one language only, for
// which the article's own stands.
type Article struct {
	Bibjson Bibjson `json:"bibjson"`
}

// Bibjson is the record of an article in DOAJ's form of BibJSON.
type Bibjson struct {
	Title      string       `json:"title"`
	Author     []Author     `json:"author,omitempty"`
	Abstract   string       `json:"abstract,omitempty"`
	Keywords   []string     `json:"keywords,omitempty"`
	Year       string       `json:"year"`
	Month      string       `json:"month,omitempty"`
	StartPage  string       `json:"start_page,omitempty"`
	EndPage    string       `json:"end_page,omitempty"`
	Identifier []Identifier `json:"identifier"`
	Link       []Link       `json:"link"`
	Journal    Journal      `json:"journal"`
}

// Author of an article; ORCID is an address.
type Author struct {
	Name        string `json:"name"`
	Affiliation string `json:"affiliation,omitempty"`
	ORCID       string `json:"orcid_id,omitempty"`
}

// Identifier is a DOI, or the ISSN of the printed or the electronic edition: "doi",
// "pissn", "eissn".
type Identifier struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Link leads to the full text.
type Link struct {
	URL         string `json:"url"`
	Type        string `json:"type"`
	ContentType string `json:"content_type,omitempty"`
}

// Journal is the journal of an article.
type Journal struct {
	Title     string   `json:"title"`
	Publisher string   `json:"publisher,omitempty"`
	Country   string   `json:"country,omitempty"`
	Language  []string `json:"language,omitempty"`
	Volume    string   `json:"volume,omitempty"`
	Number    string   `json:"number,omitempty"`
}

// EncodeJSON writes the article as the interface takes it; errs.Invalid for one that
// DOAJ would not take.
func EncodeJSON(p *journal.Publication, address string) ([]byte, error) {
	if Lacks(p, address).Grave() {
		return nil, errs.Newf(errs.Invalid, "the article %s lacks what DOAJ demands: a title, a journal with an ISSN, a date and a public address", p.Slug)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(Article{bibjson(p, address)})
	return b.Bytes(), err
}

func bibjson(p *journal.Publication, address string) Bibjson {
	rec := &p.Record
	day := date(p)
	b := Bibjson{Title: title(p, 0), Abstract: script.Line(rec.AbstractIn(rec.Language).Plain), Keywords: firstWords(rec), Year: day[:4],
		StartPage: script.Line(rec.Pages.First), EndPage: script.Line(rec.Pages.Last), Journal: inJournal(p)}
	if len(day) >= 7 {
		if m, err := strconv.Atoi(day[5:7]); err == nil {
			b.Month = strconv.Itoa(m)
		}
	}
	if b.StartPage == "" {
		b.StartPage = script.Line(rec.Pages.Article)
	}
	for _, c := range rec.By("author") {
		n := c.NameIn(rec.Language)
		a := Author{Name: script.Line(n.Shown()), Affiliation: script.Line(strings.Join(rec.AffiliationsPrinted(&c, rec.Language), "; "))}
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			a.ORCID = "https://orcid.org/" + orcid
		}
		if a.Name != "" {
			b.Author = append(b.Author, a)
		}
	}
	doi, _ := pid.DOI(rec.DOI)
	for _, id := range []Identifier{{"doi", doi}, {"pissn", issn(p.Journal.ISSNPrint)}, {"eissn", issn(p.Journal.ISSNOnline)}} {
		if id.ID != "" {
			b.Identifier = append(b.Identifier, id)
		}
	}
	b.Link = []Link{{URL: address, Type: "fulltext", ContentType: "HTML"}}
	return b
}

func inJournal(p *journal.Publication) Journal {
	j := Journal{Title: script.Line(p.Journal.Title("").Plain), Publisher: script.Line(journal.In(p.Journal.Publisher, p.Record.Language).Plain), Country: country(&p.Journal)}
	if two := locale.Alpha2(p.Record.Language); two != "" {
		j.Language = []string{strings.ToUpper(two)}
	}
	if is := p.Place(); is != nil {
		j.Volume, j.Number = script.Line(is.Volume), script.Line(is.Number)
	}
	return j
}
