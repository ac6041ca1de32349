package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/script"
	"offprint/internal/store"
	"offprint/internal/view"
)

const (
	hitsOnPage  = 20
	longestAsk  = 200 // letters of a query
	deepestPage = 500
)

// question is what is asked of the search.
type question struct {
	text  string
	words []string
	page  int
}

func ask(r *http.Request) question {
	q := question{text: strings.TrimSpace(r.URL.Query().Get("q")), page: 1}
	if utf8.RuneCountInString(q.text) > longestAsk {
		q.text = string([]rune(q.text)[:longestAsk])
	}
	q.words = script.Words(q.text)
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 1 && n <= deepestPage {
		q.page = n
	}
	return q
}

func (s *Site) find(ctx context.Context, v *visit, q question) ([]store.Line, int, error) {
	if len(q.words) == 0 {
		return nil, 0, nil
	}
	id := ""
	if v.journal != nil {
		id = v.journal.ID
	}
	return s.Store.Find(ctx, id, q.words, hitsOnPage, (q.page-1)*hitsOnPage)
}

// search is the search form with what was found. It is made for each request:
// what people type does not come twice, and should not push pages out.
func (s *Site) search(v *visit, w http.ResponseWriter, r *http.Request) error {
	q := ask(r)
	lines, total, err := s.find(r.Context(), v, q)
	if err != nil {
		return err
	}
	w.Header()["Cache-Control"] = []string{"private, no-cache"}
	w.Header()["Vary"] = []string{"Cookie"}
	return s.write(w, r, http.StatusOK, v.lang, newSearchPage(v, q, lines, total))
}

func newSearchPage(v *visit, q question, lines []store.Line, total int) *view.Search {
	p := &view.Search{Base: v.newBase("search"), Action: v.at("/search"), Total: total, First: (q.page-1)*hitsOnPage + 1}
	p.Query, p.NoIndex = q.text, true
	if v.journal != nil && len(v.site.directory.Load().list) > 1 && q.text != "" {
		p.Everywhere = p.Site.SearchURL + "?" + url.Values{"q": {q.text}}.Encode()
	}
	if q.text != "" && len(q.words) == 0 {
		p.Problem = locale.For(v.lang).T("search.no-words")
	}
	if q.text != "" {
		query := "?" + url.Values{"q": {q.text}}.Encode()
		p.Self += query
		p.DefaultLanguage = "" // the same query finds other things in another language
		for i := range p.Languages {
			p.Languages[i].URL += query
			p.Languages[i].Absolute = ""
		}
	}
	for i := range lines {
		p.Lines = append(p.Lines, v.newLine(&lines[i], true))
	}
	at := func(n int) string {
		return v.at("/search") + "?" + url.Values{"q": {q.text}, "page": {strconv.Itoa(n)}}.Encode()
	}
	if q.page > 1 {
		p.Previous = at(q.page - 1)
	}
	if q.page*hitsOnPage < total && q.page < deepestPage {
		p.Next = at(q.page + 1)
	}
	return p
}

// searchJSON is the same for programs.
func (s *Site) searchJSON(v *visit, w http.ResponseWriter, r *http.Request) error {
	q := ask(r)
	lines, total, err := s.find(r.Context(), v, q)
	if err != nil {
		return err
	}
	type hit struct {
		Path    string  `json:"path"`
		Title   string  `json:"title"`
		Score   float64 `json:"score"`
		Snippet string  `json:"snippet"`
	}
	out := struct {
		Total  int      `json:"total"`
		Hits   []hit    `json:"hits"`
		Facets struct{} `json:"facets"`
	}{Total: total, Hits: []hit{}}
	for i, l := range lines {
		out.Hits = append(out.Hits, hit{Path: v.newLine(&l, false).URL, Title: journal.In(l.Titles, "").Plain, Score: 1 / float64((q.page-1)*hitsOnPage+i+1)})
	}
	b, err := json.Marshal(out)
	if err != nil {
		return errs.Newf(errs.Unavailable, "the answer could not be written")
	}
	w.Header()["Content-Type"] = []string{"application/json"}
	w.Header()["Cache-Control"] = []string{"private, no-cache"}
	_, err = w.Write(append(b, '\n'))
	return err
}
