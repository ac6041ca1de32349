package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"offprint/internal/format/counter"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/usage"
	"offprint/internal/view"
)

// answered notes what a reader was answered.
func (s *Site) answered(began time.Time, r *http.Request, status int, subject any) {
	if of, ok := subject.(*usage.Subject); ok && s.Usage != nil {
		s.Usage.Note(began, r, status, of)
	}
}

// reading is what somebody reads who is sent the page or file of this request.
func (v *visit) reading(r *http.Request, item string, what tally.What) *usage.Subject {
	return &usage.Subject{Item: item, Journal: v.journal.ID, What: what, Link: usage.LinkOf(v.key(r, textQuery(chosen(r, 2))).Address)}
}

// searching is a search, in a journal or in all.
func (v *visit) searching() *usage.Subject {
	of := &usage.Subject{What: tally.Search}
	if v.journal != nil {
		of.Item, of.Journal = v.journal.ID, v.journal.ID
	}
	return of
}

// what it is to read the page: a full text is a request.
func (a *reading) what() tally.What {
	if len(a.shown) > 0 {
		return tally.Request
	}
	return tally.Investigation
}

// ShowUsage has the pages of an item drawn anew that show its counts.
func (s *Site) ShowUsage(class tally.Class, item string) { s.Cache.Touch(tagUsage(class, item)) }

// ShowAllUsage has all pages drawn anew.
func (s *Site) ShowAllUsage() { s.Cache.TouchAll() }

// tagUsage is the counts of something.
func tagUsage(class tally.Class, item string) string { return "usage:" + string(class) + ":" + item }

const (
	mostReadOfIssue   = 3
	mostReadOfJournal = 10
)

// newUsage is what a page says of how often something was read: nil while
// nothing is counted at all.
func newUsage(u *store.Usage, now time.Time) *view.Usage {
	if u == nil || u.Since == "" {
		return nil
	}
	out := &view.Usage{Since: u.Since, Generated: u.Generated}
	at := map[string]*view.UsageRow{}
	var rows []view.UsageRow
	first := u.Since[:7]
	if len(u.Months) > 0 {
		first = u.Months[0].Month
	}
	month, err := time.Parse("2006-01", first)
	if err != nil {
		return out
	}
	for ; !month.After(now); month = month.AddDate(0, 1, 0) { // months without readers are months too
		rows = append(rows, view.UsageRow{Month: month.Format("2006-01")})
	}
	for i := range rows {
		at[rows[i].Month] = &rows[i]
	}
	for _, m := range u.Months {
		out.Views += m.Investigations
		out.Texts += m.Requests
		if r := at[m.Month]; r != nil {
			r.Views += m.Investigations
			r.Texts += m.Requests
		}
	}
	if out.Views > 0 {
		out.Chart = view.NewUsageChart(rows)
	}
	return out
}

// mostRead are the articles of a journal, or of one of its issues, that were
// read most in this year and in this month.
func (s *Site) mostRead(ctx context.Context, v *visit, issueID string, limit int) (out []view.MostRead, err error) {
	now := time.Now().UTC()
	month, year := now.Format("2006-01"), now.Format("2006")
	for _, of := range []struct{ name, from string }{{month, month}, {year, year + "-01"}} {
		if issueID != "" && of.name == month {
			continue // of an issue, a month is too little
		}
		list, err := s.Store.MostRead(ctx, v.journal.ID, issueID, of.from, month, limit)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			continue
		}
		ids := make([]string, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		lines, err := s.Store.Lines(ctx, ids)
		if err != nil {
			return nil, err
		}
		m := view.MostRead{Time: of.name}
		for _, r := range list {
			if l := lines[r.ID]; l != nil {
				m.Lines = append(m.Lines, view.ReadLine{Link: view.Link{Text: run(journal.In(l.Titles, "")), URL: v.at("/articles/" + l.Slug)}, Views: r.Investigations, Texts: r.Requests})
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// statistics is a journal in numbers.
func (s *Site) statistics(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		p := &view.Statistics{Base: v.newBase("about"), CSV: v.plainAt("/about/statistics.csv"), Reports: usageReports(v)}
		u, err := s.Store.Usage(ctx, v.journal.ID, tally.OfArticle, "")
		if err != nil {
			return nil, nil, err
		}
		if p.Usage = newUsage(u, time.Now()); p.Usage != nil {
			if p.MostRead, err = s.mostRead(ctx, v, "", mostReadOfJournal); err != nil {
				return nil, nil, err
			}
		}
		p.Years, err = s.years(ctx, v)
		return p, []string{tagList(v.journal.ID), tagUsage(tally.OfJournal, v.journal.ID)}, err
	})
}

// usageReports are the reports for libraries, which another face answers.
func usageReports(v *visit) (list []view.UsageReport) {
	for _, r := range counter.Reports() {
		at := v.plainAt("/counter/" + r.Path())
		list = append(list, view.UsageReport{Name: r.ID + ": " + r.Name, TSV: at + ".tsv", CSV: at + ".csv"})
	}
	return list
}

// years are the numbers of a journal by year, newest first.
func (s *Site) years(ctx context.Context, v *visit) ([]view.StatisticsYear, error) {
	at := map[string]*view.StatisticsYear{}
	year := func(name string) *view.StatisticsYear {
		if at[name] == nil {
			at[name] = &view.StatisticsYear{Year: name}
		}
		return at[name]
	}
	published, err := s.Store.ArticlesByYear(ctx, v.journal.ID)
	if err != nil {
		return nil, err
	}
	for y, n := range published {
		year(fmt.Sprintf("%04d", y)).Articles = n
	}
	for _, class := range []tally.Class{tally.OfArticle, tally.OfIssue, tally.OfSearch} {
		months, err := s.Store.UsageTotals(ctx, class, v.journal.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range months {
			y := year(m.Month[:4])
			switch class {
			case tally.OfArticle:
				y.Views, y.Texts = y.Views+m.Investigations, y.Texts+m.Requests
			case tally.OfIssue:
				y.Issues += m.Investigations
			case tally.OfSearch:
				y.Searches += m.Investigations
			}
		}
	}
	var out []view.StatisticsYear
	for _, y := range at {
		out = append(out, *y)
	}
	slices.SortFunc(out, func(a, b view.StatisticsYear) int { return cmp.Compare(b.Year, a.Year) })
	return out, nil
}

// statisticsCSV is the table of years as CSV (RFC 4180).
func (s *Site) statisticsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	key := httpx.Key{Address: v.plainAt("/about/statistics.csv"), Variant: v.journal.Path}
	return s.Cache.Serve(w, r, key, func(ctx context.Context) (*httpx.Page, error) {
		years, err := s.years(ctx, v)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		out := csv.NewWriter(&b)
		out.UseCRLF = true
		_ = out.Write([]string{"year", "articles", "investigations", "requests", "issue_views", "searches"}) // into memory
		for _, y := range years {
			row := []string{y.Year, strconv.Itoa(y.Articles)}
			for _, n := range []int64{y.Views, y.Texts, y.Issues, y.Searches} {
				row = append(row, strconv.FormatInt(n, 10))
			}
			_ = out.Write(row)
		}
		out.Flush()
		return &httpx.Page{Type: "text/csv; charset=utf-8; header=present", Body: b.Bytes(), Open: true,
			Tags: []string{tagList(v.journal.ID), tagJournal(v.journal.ID), tagUsage(tally.OfJournal, v.journal.ID)}}, out.Error()
	})
}
