package jats

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/journal"
)

// expectation is the facts that must come out of a real article, as their
// files state them.
type expectation struct {
	Journal   string            `json:"journal"`
	ISSN      map[string]string `json:"issn"`
	Publisher string            `json:"publisher"`
	Language  string            `json:"language"`
	Titles    map[string]string `json:"titles"`
	Authors   []struct {
		Family       string `json:"family"`
		Given        string `json:"given"`
		ORCID        string `json:"orcid"`
		Affiliations []struct {
			Institution string `json:"institution"`
			Country     string `json:"country"`
		} `json:"affiliations"`
	} `json:"authors"`
	Year          int                 `json:"year"`
	Volume        string              `json:"volume"`
	Issue         string              `json:"issue"`
	Pages         []string            `json:"pages"`
	Elocation     string              `json:"elocation"`
	DOI           string              `json:"doi"`
	Licence       string              `json:"licence"`
	AbstractLangs []string            `json:"abstract_langs"`
	AbstractChars map[string]int      `json:"abstract_chars"`
	Keywords      map[string][]string `json:"keywords"`
	References    int                 `json:"n_references"`
}

func TestRealArticlesGiveTheExpectedRecord(t *testing.T) {
	data := shared(t)
	files, err := filepath.Glob(filepath.Join(data, "pages", "*.jats.xml"))
	if err != nil || len(files) == 0 {
		t.Skip("there are no articles with expectations in ../shared/data/pages")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(strings.TrimSuffix(file, ".jats.xml") + ".expect.json")
			if err != nil {
				t.Skip("no expectation beside the article")
			}
			var want expectation
			if err := json.Unmarshal(b, &want); err != nil {
				t.Fatal(err)
			}
			if b, err = os.ReadFile(file); err != nil {
				t.Fatal(err)
			}
			compare(t, b, &want)
		})
	}
}

func compare(t *testing.T, b []byte, want *expectation) {
	r, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	a := &r.Article
	same := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}
	if len(r.Journal.Titles) > 0 {
		same("journal", r.Journal.Titles[0].Plain, want.Journal)
	}
	same("ISSN print", r.Journal.ISSNPrint, want.ISSN["ppub"])
	same("ISSN online", r.Journal.ISSNOnline, want.ISSN["epub"])
	if len(r.Journal.Publisher) > 0 {
		same("publisher", r.Journal.Publisher[0].Plain, want.Publisher)
	}
	same("language", a.Language, want.Language)
	same("DOI", a.DOI, want.DOI)
	if a.Issue != nil {
		same("volume", a.Issue.Volume, want.Volume)
		same("issue", a.Issue.Number, want.Issue)
	}
	same("year", strconv.Itoa(a.Published.Year()), strconv.Itoa(want.Year))
	same("article number", a.Pages.Article, want.Elocation)
	if len(want.Pages) == 2 {
		same("first page", a.Pages.First, want.Pages[0])
		same("last page", a.Pages.Last, want.Pages[1])
	}
	if want.Licence != "" {
		same("licence", a.Licence.Name(), strings.ToUpper(strings.NewReplacer("https://creativecommons.org/licenses/", "CC ", "http://creativecommons.org/licenses/", "CC ", "/", " ").Replace(strings.TrimSuffix(want.Licence, "/"))))
	}
	compareTexts(t, a, want, same)
	compareAuthors(t, a.Contributors, a.Affiliations, want, same)
}

func compareTexts(t *testing.T, a *journal.Article, want *expectation, same func(what, got, want string)) {
	t.Helper()
	titles := map[string]string{}
	for _, title := range a.Titles {
		titles[title.Lang] = title.Plain
	}
	for lang, title := range want.Titles {
		// A mark that leads to a footnote is not part of the title.
		same("title "+lang, titles[lang], strings.TrimRight(title, " *"))
	}
	for _, lang := range want.AbstractLangs {
		i := slices.IndexFunc(a.Abstracts, func(x journal.Abstract) bool { return x.Lang == lang && x.Role == "" })
		if i < 0 {
			t.Errorf("no abstract in %s", lang)
			continue
		}
		// Headings and the blanks beside them are counted differently.
		n, most := utf8.RuneCountInString(a.Abstracts[i].Plain), want.AbstractChars[lang]
		if most > 0 && (n < most-most/20-10 || n > most+most/20+10) {
			t.Errorf("abstract in %s has %d characters, want about %d", lang, n, most)
		}
	}
	for lang, words := range want.Keywords {
		var got []string
		for _, k := range a.Keywords {
			if k.Lang == lang {
				got = append(got, k.Words...)
			}
		}
		same("keywords "+lang, strings.Join(got, "; "), strings.Join(words, "; "))
	}
	if len(a.References) != want.References {
		t.Errorf("%d references, want %d", len(a.References), want.References)
	}
}

func compareAuthors(t *testing.T, people []journal.Contributor, affs []journal.Affiliation, want *expectation, same func(what, got, want string)) {
	t.Helper()
	var authors []journal.Contributor
	for _, c := range people {
		if c.Role == "author" {
			authors = append(authors, c)
		}
	}
	if len(authors) != len(want.Authors) {
		t.Errorf("%d authors, want %d", len(authors), len(want.Authors))
		return
	}
	for i, w := range want.Authors {
		c := authors[i]
		same("family", c.Names[0].Family, w.Family)
		same("given", c.Names[0].Given, w.Given)
		same("ORCID", c.ORCID, w.ORCID)
		if len(c.Affiliations) != len(w.Affiliations) {
			t.Errorf("%s has %d affiliations, want %d", w.Family, len(c.Affiliations), len(w.Affiliations))
			continue
		}
		for j, aff := range w.Affiliations {
			got := affs[c.Affiliations[j]]
			if !strings.Contains(got.Names[0].Plain, aff.Institution) {
				t.Errorf("institution of %s is %q, want %q", w.Family, got.Names[0].Plain, aff.Institution)
			}
			same("country", got.Country, aff.Country)
		}
	}
}
