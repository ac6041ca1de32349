package landing

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"offprint/internal/journal"
)

// gold is the part of the transcription that the page's form alone decides.
type gold struct {
	Page struct {
		Journal struct {
			Title  string `json:"title"`
			Print  string `json:"issn_print_as_on_page"`
			Online string `json:"issn_online_as_on_page"`
		} `json:"journal"`
		Volume, Issue string
		Year          int
		Pages         struct{ First, Last string }
		Language      struct {
			Value string
			Says  string `json:"page_says"`
		}
		Title, Abstract string
		Authors         []struct {
			Name         string `json:"name_as_shown"`
			Family       string
			Given        string
			Affiliations []struct {
				Name    string
				Acronym *string
			}
			Printed     string `json:"affiliation_as_shown"`
			Country     string
			CountryCode string `json:"country_code"`
		}
		Citation string `json:"for_citations"`
		Views    int64
		Licence  struct{ Text, URL string }
	}
	References []struct {
		Number   int
		Key      string
		Body     string  `json:"body_raw"`
		Note     *string `json:"language_note"`
		Remnant  *string `json:"url_remnant"`
		URL      *string
		DOI      *string
		Accessed *struct {
			Parts [][]int `json:"date-parts"`
		}
	}
}

func TestSeedPageGivesTheGoldRecord(t *testing.T) {
	data := sharedData()
	if data == "" {
		t.Skip("no ../shared/data beside the repository: the seed page is not checked")
	}
	b, err := os.ReadFile(filepath.Join(data, "seed", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(data, "seed", "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read("page.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	a := &r.Article
	same := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}
	same("journal", r.Journal.Titles[0].Plain, g.Page.Journal.Title)
	same("print ISSN", r.Journal.ISSNPrint, g.Page.Journal.Print)
	same("online ISSN", r.Journal.ISSNOnline, g.Page.Journal.Online)
	same("issue", *a.Issue, journal.Issue{Year: g.Page.Year, Volume: g.Page.Volume, Number: g.Page.Issue})
	same("pages", a.Pages, journal.Pages{First: g.Page.Pages.First, Last: g.Page.Pages.Last})
	same("language", a.Language, g.Page.Language.Value)
	if len(a.Disputes) != 1 || a.Disputes[0].Field != "language" || a.Disputes[0].Says != g.Page.Language.Says {
		t.Errorf("the note on the language is not kept as a dispute: %+v", a.Disputes)
	}
	same("titles", a.Titles, []journal.Text{journal.T("en", g.Page.Title)})
	same("abstracts", len(a.Abstracts), 1)
	same("abstract", a.Abstracts[0].Plain, g.Page.Abstract)
	same("citation", a.Citation, g.Page.Citation)
	same("counts", r.Counts, []journal.Count{{Metric: "views", Value: g.Page.Views, Source: "page.txt"}})
	same("licence", *a.Licence, journal.Licence{URL: g.Page.Licence.URL, SPDX: "CC-BY-4.0", Text: g.Page.Licence.Text, Derived: true})
	same("DOI", a.DOI, "")
	same("losses", len(r.Losses), 0)
	same("authors", len(a.Contributors), len(g.Page.Authors))
	for i, w := range g.Page.Authors {
		c := a.Contributors[i]
		same("name", c.Names, []journal.Name{{Lang: "en", Literal: w.Name, Family: w.Family, Given: w.Given}})
		same("affiliation as printed", c.AffiliationPrinted, w.Printed)
		same("country", c.Country+" "+c.CountryCode, w.Country+" "+w.CountryCode)
		same("affiliations", len(c.Affiliations), len(w.Affiliations))
		for j, aff := range w.Affiliations {
			got := a.Affiliations[c.Affiliations[j]]
			same("affiliation", got.Names[0].Plain, aff.Name)
			same("acronym", got.Acronym, orEmpty(aff.Acronym))
		}
	}
	same("references", len(a.References), len(g.References))
	for i, w := range g.References {
		ref := a.References[i]
		where := fmt.Sprintf("reference %d ", w.Number)
		same(where+"number", ref.Number, w.Number)
		same(where+"key", ref.Key, w.Key)
		same(where+"body", ref.Printed.Plain, w.Body)
		same(where+"note", ref.LanguageNote, orEmpty(w.Note))
		same(where+"remnant", ref.URLRemnant, orEmpty(w.Remnant))
		same(where+"address", ref.URL, orEmpty(w.URL))
		same(where+"DOI", ref.DOI, orEmpty(w.DOI))
		accessed := ""
		if w.Accessed != nil {
			d := w.Accessed.Parts[0]
			accessed = fmt.Sprintf("%04d-%02d-%02d", d[0], d[1], d[2])
		}
		same(where+"access", string(ref.Accessed), accessed)
		if len(ref.Authors) > 0 || ref.Title != "" || ref.Issued != "" {
			t.Errorf("%sholds guessed fields: %+v", where, ref)
		}
	}
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
