package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"offprint/internal/view"
)

// askedYear is the year of articles outside issues that is asked for, -1 for
// none.
type askedYear struct{ year, page int }

func askForYear(r *http.Request) askedYear {
	a := askedYear{year: -1, page: askFor(r).page}
	if n, err := strconv.Atoi(r.URL.Query().Get("year")); err == nil && n >= 0 && n < 10000 {
		a.year = n
	} else {
		a.page = 1
	}
	return a
}

func (a askedYear) query() string {
	if a.year < 0 {
		return ""
	}
	q := url.Values{"year": {strconv.Itoa(a.year)}}
	if a.page > 1 {
		q.Set("page", strconv.Itoa(a.page))
	}
	return q.Encode()
}

// outside sets the articles outside issues: those of the year that is asked
// for, or of the newest where the journal has no issues.
func (s *Site) outside(ctx context.Context, v *visit, p *view.Archive, asked askedYear) error {
	withQuery(&p.Base, asked.query())
	years, err := s.Store.OutsideYears(ctx, v.journal.ID)
	if err != nil || len(years) == 0 {
		return err
	}
	shown := asked
	if asked.year < 0 && len(p.Years) == 0 {
		shown = askedYear{years[0].Year, 1}
	}
	address := v.at("/issues/")
	total := 0
	for _, y := range years {
		p.Outside = append(p.Outside, view.OutsideYear{Year: year(y.Year), URL: address + "?" + askedYear{y.Year, 1}.query() + "#articles", Articles: y.Articles, Current: y.Year == shown.year})
		if y.Year == shown.year {
			total = y.Articles
		}
	}
	if total == 0 {
		return nil
	}
	lines, err := s.Store.OutsideArticles(ctx, v.journal.ID, shown.year, linesOnPage, (shown.page-1)*linesOnPage)
	if err != nil {
		return err
	}
	p.OutsideYear, p.Lines = year(shown.year), v.linesOf(lines)
	if shown.page > 1 {
		p.Previous = address + "?" + askedYear{shown.year, shown.page - 1}.query() + "#articles"
	}
	if shown.page*linesOnPage < total {
		p.Next = address + "?" + askedYear{shown.year, shown.page + 1}.query() + "#articles"
	}
	return nil
}
