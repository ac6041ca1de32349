package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"offprint/internal/errs"
	"offprint/internal/finding"
	"offprint/internal/search"
)

// The answer of search.json; docs/search.md explains the fields.
type (
	searchAnswer struct {
		Total      int                     `json:"total"`
		Hits       []answerHit             `json:"hits"`
		Facets     map[string][]facetCount `json:"facets"`
		Query      string                  `json:"query"`
		DidYouMean string                  `json:"did_you_mean,omitempty"`
		Terms      []answerTerm            `json:"terms,omitempty"`
		Notes      []string                `json:"notes,omitempty"`
		Loosened   *answerLoosened         `json:"loosened,omitempty"`
		Cut        bool                    `json:"cut,omitempty"`
		Incomplete bool                    `json:"incomplete,omitempty"`
		Page       int                     `json:"page"`
		Next       string                  `json:"next,omitempty"`
	}
	answerLoosened struct {
		Have int `json:"have"`
		Of   int `json:"of"`
	}
	answerHit struct {
		Path     string          `json:"path"`
		Title    string          `json:"title"`
		Score    float64         `json:"score"`
		Snippet  string          `json:"snippet"`
		ID       string          `json:"id"`
		URL      string          `json:"url"`
		DOI      string          `json:"doi,omitempty"`
		Journal  string          `json:"journal"`
		Date     string          `json:"date,omitempty"`
		Passages []answerPassage `json:"passages,omitempty"`
	}
	answerPassage struct {
		Part      string      `json:"part"`
		Lang      string      `json:"lang,omitempty"`
		Reference int         `json:"reference,omitempty"`
		Runs      []answerRun `json:"runs"`
	}
	answerRun struct {
		Text   string `json:"text"`
		Marked bool   `json:"marked,omitempty"`
	}
	answerTerm struct {
		Text     string `json:"text"`
		Field    string `json:"field,omitempty"`
		Articles int    `json:"articles"`
	}
	facetCount struct {
		Value string `json:"value"`
		Count int    `json:"count"`
	}
)

// searchJSON is the result for programs.
func (s *Site) searchJSON(v *visit, w http.ResponseWriter, r *http.Request) error {
	a := ask(r)
	res, err := s.find(r.Context(), v, a)
	if err != nil {
		return unavailable(w, err)
	}
	return writeJSON(w, "application/json", newSearchAnswer(v, a, res))
}

// unavailable says when to come back, where the index cannot answer yet.
func unavailable(w http.ResponseWriter, err error) error {
	if errors.Is(err, errs.Unavailable) {
		w.Header()["Retry-After"] = []string{"5"}
	}
	return err
}

func writeJSON(w http.ResponseWriter, media string, answer any) error {
	b, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	w.Header()["Content-Type"] = []string{media}
	w.Header()["Cache-Control"] = []string{"private, no-cache"}
	_, err = w.Write(append(b, '\n'))
	return err
}

func newSearchAnswer(v *visit, a *asked, res *result) *searchAnswer {
	out := &searchAnswer{Total: res.Total, Hits: []answerHit{}, Facets: map[string][]facetCount{}, Query: a.query.String(), DidYouMean: res.DidYouMean,
		Cut: res.Cut, Incomplete: res.Making, Page: a.page}
	if res.Loosened.Of > 0 {
		out.Loosened = &answerLoosened{res.Loosened.Have, res.Loosened.Of}
	}
	for i := range res.Articles {
		out.Hits = append(out.Hits, newAnswerHit(v, &res.Articles[i]))
	}
	facets := map[string]search.Facet{"year": search.FacetYear}
	for _, f := range facetFields {
		facets[f.name] = f.facet
	}
	for name, facet := range facets {
		for _, c := range res.Facets[facet] {
			if facet == search.FacetJournal {
				j := v.site.journalByID(c.Value)
				if j == nil {
					continue
				}
				c.Value = j.Path
			}
			out.Facets[name] = append(out.Facets[name], facetCount{c.Value, c.Docs})
		}
	}
	for _, t := range res.Terms {
		if j := v.site.journalByID(t.Text); j != nil {
			t.Text = j.Path
		}
		if !t.Excluded {
			out.Terms = append(out.Terms, answerTerm{t.Text, string(t.Field), t.Docs})
		}
	}
	for _, n := range a.query.Notes {
		out.Notes = append(out.Notes, n.Key)
	}
	if a.page*hitsOnPage < res.Total && a.page < deepestPage {
		out.Next = a.at(v.at("/search.json"), a.page+1)
	}
	return out
}

func newAnswerHit(v *visit, found *finding.Article) answerHit {
	h := answerHit{Path: "/" + found.Journal.Path + "/articles/" + found.Slug, Title: found.Heading().Plain, Score: found.Score, Snippet: found.Snippet(),
		ID: found.Hit.ID, URL: v.site.canonical(found), DOI: found.Record.DOI, Journal: found.Journal.Path, Date: string(found.Issued())}
	for i := range found.Passages {
		p := &found.Passages[i]
		passage := answerPassage{Part: string(p.Part), Lang: p.Lang, Reference: p.Reference}
		for _, r := range p.Runs {
			passage.Runs = append(passage.Runs, answerRun(r))
		}
		h.Passages = append(h.Passages, passage)
	}
	return h
}

// canonical is the address of an article with its host, as in its page.
func (s *Site) canonical(a *finding.Article) string {
	at := "/articles/" + a.Slug
	if a.Journal.Host != "" {
		return s.base.Scheme + "://" + a.Journal.Host + at
	}
	return s.base.Scheme + "://" + s.base.Host + "/" + a.Journal.Path + at
}
