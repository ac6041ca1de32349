package web

import (
	"context"
	"errors"
	"net/http"

	"offprint/internal/errs"
	"offprint/internal/finding"
	"offprint/internal/format/feed"
	"offprint/internal/httpx"
	"offprint/internal/locale"
	"offprint/internal/search"
	"offprint/internal/store"
	"offprint/internal/view"
)

// result is what was found for a page, with the lines of its articles.
type result struct {
	*finding.Found
	lines map[string]*store.Line // by the id of the article
}

// find asks the index for a page of hits with facets, passages and lines. Without
// anything to look for it finds nothing.
func (s *Site) find(ctx context.Context, v *visit, a *asked) (*result, error) {
	res := &result{Found: &finding.Found{Result: &search.Result{}}}
	if !a.anything() || !a.words() {
		return res, nil
	}
	r := a.request(v, hitsOnPage, (a.page-1)*hitsOnPage)
	r.Facets = []search.Facet{search.FacetYear}
	for _, f := range facetFields {
		if f.facet != search.FacetJournal || v.journal == nil {
			r.Facets = append(r.Facets, f.facet)
		}
	}
	found, err := s.Finder.Search(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := s.Finder.Explain(ctx, found, a.query); err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Articles))
	for i := range found.Articles {
		ids[i] = found.Articles[i].Hit.ID
	}
	res.Found = found
	res.lines, err = s.Store.Lines(ctx, ids)
	return res, err
}

// search is the search form with what was found. It is made for each request:
// what people type does not come twice, and should not push pages out.
func (s *Site) search(v *visit, w http.ResponseWriter, r *http.Request) error {
	a := ask(r)
	w.Header()["Cache-Control"] = []string{"private, no-cache"}
	w.Header()["Vary"] = []string{"Cookie"}
	var notes []string
	if a.alone && a.page == 1 {
		to, named, err := s.direct(r.Context(), v, r, a)
		if to != "" {
			http.Redirect(w, r, to, http.StatusSeeOther)
			return nil
		}
		if err != nil && !errors.Is(err, errs.Unavailable) {
			return err
		}
		if named {
			notes = append(notes, locale.For(v.lang).T("search.leads-nowhere"))
		}
	}
	status := http.StatusOK
	res, err := s.find(r.Context(), v, a)
	if errors.Is(err, errs.Unavailable) {
		s.Log.Warn("the search cannot answer", "error", err)
		w.Header()["Retry-After"] = []string{"5"}
		status, res = http.StatusServiceUnavailable, nil
	} else if err != nil {
		return err
	}
	if res != nil && a.anything() && a.page == 1 {
		httpx.Info(r.Context()).Subject = v.searching()
	}
	p := newSearchPage(v, a, res, s.formChoices(r.Context(), v), notes)
	return s.write(w, r, status, v.lang, p)
}

// newSearchPage is the page; without a result it says that there is none now.
func newSearchPage(v *visit, a *asked, res *result, choices *formChoices, notes []string) *view.Search {
	l := locale.For(v.lang)
	address := v.at("/search")
	p := &view.Search{Base: v.newBase("search"), Action: address, Notes: notes}
	p.Query, p.NoIndex = a.text, true
	p.Form = newSearchForm(v, a, choices)
	askedInLinks(v, a, p)
	if v.journal != nil && len(v.site.directory.Load().list) > 1 {
		p.Form.AllURL = p.Site.SearchURL
		if a.anything() {
			p.Everywhere = a.at(p.Site.SearchURL, 1)
		}
	}
	switch {
	case res == nil:
		p.Problem = l.T("search.unavailable")
		return p
	case !a.words():
		p.Problem = l.T("search.no-words")
		p.Notes = append(p.Notes, readingNotes(l, a)...)
		return p
	case !a.anything():
		return p
	}
	p.Notes = append(p.Notes, readingNotes(l, a)...)
	if res.Cut {
		p.Notes = append(p.Notes, l.T("search.cut-off"))
	}
	if res.Making {
		p.Notes = append(p.Notes, l.T("search.making"))
	}
	if res.Loosened.Of > 0 {
		p.Notes = append(p.Notes, l.T(loosenedNote(res.Loosened)))
	}
	p.Total, p.First = res.Total, (a.page-1)*hitsOnPage+1
	p.Hits = newHits(v, a, res)
	p.Last = p.First + len(res.Hits) - 1
	p.Narrow, p.Chosen = newNarrow(v, a, res), newChosen(v, a)
	p.Exports, p.FeedURL = searchForms(v, a), a.at(v.at("/search.atom"), 1)
	p.Alternates = []view.Format{{Label: l.T("search.title-for", a.text), Media: feed.AtomMedia, URL: p.FeedURL}}
	if res.DidYouMean != "" {
		p.DidYouMean = &view.Link{Text: spoken(res.DidYouMean, v.lang), URL: a.instead(res.DidYouMean).at(address, 1)}
	}
	if res.Total == 0 || res.Loosened.Of > 0 {
		p.Terms = newTerms(v, a, res)
	}
	if res.Total == 0 {
		p.Others = otherWays(v, a)
	}
	if a.page > 1 {
		p.Previous = a.at(address, a.page-1)
	}
	if a.page*hitsOnPage < res.Total && a.page < deepestPage {
		p.Next = a.at(address, a.page+1)
	}
	return p
}

// askedInLinks says what is asked in the addresses that lead to this page.
func askedInLinks(v *visit, a *asked, p *view.Search) {
	if !a.anything() {
		return
	}
	p.Self = a.at(p.Self, a.page)
	p.DefaultLanguage = "" // the same query finds other things in another language
	for i := range p.Languages {
		p.Languages[i].URL = a.at(p.Languages[i].URL, a.page)
		p.Languages[i].Absolute = ""
	}
}

// loosenedNote is the message for a result that has not all of the words.
func loosenedNote(l search.Loosened) string {
	if 2*l.Have > l.Of {
		return "search.loosened"
	}
	return "search.loosened-some"
}

// readingNotes tell what of a query was left out or read otherwise.
func readingNotes(l *locale.Locale, a *asked) []string {
	var out []string
	for _, n := range a.query.Notes {
		out = append(out, l.T(n.Key, n.Args...))
	}
	return out
}
