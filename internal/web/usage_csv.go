package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"strconv"
	"time"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/tally"
)

// sendCSV sends a table of a journal's numbers as CSV (RFC 4180), the names of the
// columns first.
func (s *Site) sendCSV(v *visit, w http.ResponseWriter, r *http.Request, rest string, table func(context.Context) ([][]string, error)) error {
	return s.Cache.Serve(w, r, httpx.Key{Address: v.plainAt(rest), Variant: v.journal.Path}, func(ctx context.Context) (*httpx.Page, error) {
		rows, err := table(ctx)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		out := csv.NewWriter(&b)
		out.UseCRLF = true
		err = out.WriteAll(rows)
		return &httpx.Page{Type: "text/csv; charset=utf-8; header=present", Body: b.Bytes(), Open: true,
			Tags: []string{tagList(v.journal.ID), tagJournal(v.journal.ID), tagUsage(tally.OfJournal, v.journal.ID)}}, err
	})
}

func numbers(list ...int64) (out []string) {
	for _, n := range list {
		out = append(out, strconv.FormatInt(n, 10))
	}
	return out
}

// statisticsCSV is the table of years.
func (s *Site) statisticsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.sendCSV(v, w, r, "/about/statistics.csv", func(ctx context.Context) ([][]string, error) {
		years, err := s.years(ctx, v)
		rows := [][]string{{"year", "articles", "investigations", "requests", "issue_views", "searches", "views", "downloads", "unique_investigations", "unique_requests"}}
		for _, y := range years {
			rows = append(rows, append([]string{y.Year}, numbers(int64(y.Articles), y.Investigations, y.Texts, y.Issues, y.Searches, y.Views, y.Downloads, y.UniqueInvestigations, y.UniqueTexts)...))
		}
		return rows, err
	})
}

// originsCSV is where a journal's readers were.
func (s *Site) originsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.sendCSV(v, w, r, "/about/readers.csv", func(ctx context.Context) ([][]string, error) {
		from, until := originsAt(time.Now().UTC())
		rows := [][]string{{"from", "until", "kind", "name", "investigations", "requests", "sessions"}}
		for _, kind := range []tally.OriginKind{tally.ByCountry, tally.ByInstitution} {
			list, err := s.readFrom(ctx, v, kind)
			if err != nil {
				return nil, err
			}
			for _, o := range list {
				rows = append(rows, append([]string{from, until, string(kind), o.Name}, numbers(o.Investigations, o.Requests, o.Sessions)...))
			}
		}
		return rows, nil
	})
}

// mostReadCSV are the articles of a journal that were read most.
func (s *Site) mostReadCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.sendCSV(v, w, r, "/about/most-read.csv", func(ctx context.Context) ([][]string, error) {
		return s.mostReadTable(ctx, v, "", mostReadOfJournal)
	})
}

// mostReadOfIssueCSV are those of an issue.
func (s *Site) mostReadOfIssueCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["issue"]
	return s.sendCSV(v, w, r, "/issues/"+slug+"/most-read.csv", func(ctx context.Context) ([][]string, error) {
		is, err := s.Store.Issue(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, err
		}
		return s.mostReadTable(ctx, v, is.ID, mostReadOfIssue)
	})
}

func (s *Site) mostReadTable(ctx context.Context, v *visit, issueID string, limit int) ([][]string, error) {
	list, err := s.mostRead(ctx, v, issueID, limit)
	rows := [][]string{{"time", "article", "title", "views", "downloads"}}
	for _, m := range list {
		for _, l := range m.Lines {
			rows = append(rows, append([]string{string(m.Time), v.origin + l.URL, l.Text.Text()}, numbers(l.Views, l.Downloads)...))
		}
	}
	return rows, err
}

// monthsCSV are the months of what find says, and what an earlier site had counted.
func (s *Site) monthsCSV(v *visit, w http.ResponseWriter, r *http.Request, rest string, find func(context.Context) (*store.Usage, []journal.Count, error)) error {
	return s.sendCSV(v, w, r, rest, func(ctx context.Context) ([][]string, error) {
		u, carried, err := find(ctx)
		if err != nil {
			return nil, err
		}
		rows := [][]string{{"from", "until", "views", "downloads", "counted_by"}}
		for _, m := range monthsOf(u, time.Now()) {
			rows = append(rows, append([]string{string(m.Month), string(m.Month)}, append(numbers(m.Views, m.Downloads), "")...))
		}
		for _, c := range carried {
			views, downloads := "", ""
			switch c.Metric {
			case "views":
				views = strconv.FormatInt(c.Value, 10)
			case "downloads":
				downloads = strconv.FormatInt(c.Value, 10)
			default:
				continue
			}
			rows = append(rows, []string{string(c.Since), string(c.Until), views, downloads, c.Source})
		}
		return rows, nil
	})
}

func (s *Site) journalMonthsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.monthsCSV(v, w, r, "/about/usage.csv", func(ctx context.Context) (*store.Usage, []journal.Count, error) {
		u, err := s.Store.Usage(ctx, v.journal.ID, tally.OfArticle, "")
		return u, nil, err
	})
}

func (s *Site) articleMonthsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["article"]
	return s.monthsCSV(v, w, r, "/articles/"+slug+"/usage.csv", func(ctx context.Context) (*store.Usage, []journal.Count, error) {
		pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, nil, err
		}
		if pub.Withdrawn {
			return nil, nil, &gone{pub: pub}
		}
		u, err := s.Store.Usage(ctx, v.journal.ID, tally.OfArticle, pub.ID)
		return u, pub.Counts, err
	})
}

func (s *Site) issueMonthsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["issue"]
	return s.monthsCSV(v, w, r, "/issues/"+slug+"/usage.csv", func(ctx context.Context) (*store.Usage, []journal.Count, error) {
		is, err := s.Store.Issue(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, nil, err
		}
		lines, err := s.Store.IssueArticles(ctx, is.ID)
		if err != nil {
			return nil, nil, err
		}
		return s.usageOf(ctx, v, lines)
	})
}

func (s *Site) authorMonthsCSV(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["person"]
	return s.monthsCSV(v, w, r, "/authors/"+slug+"/usage.csv", func(ctx context.Context) (*store.Usage, []journal.Count, error) {
		p, err := s.Store.Author(ctx, v.journal.ID, slug)
		if err != nil {
			return nil, nil, err
		}
		if p.Slug != slug {
			return nil, nil, errs.Newf(errs.NotFound, "there is no author %q", slug)
		}
		return s.usageOf(ctx, v, p.Lines)
	})
}

// usageOf is how often some articles of the journal were read in sum.
func (s *Site) usageOf(ctx context.Context, v *visit, lines []store.Line) (*store.Usage, []journal.Count, error) {
	ids := make([]string, len(lines))
	for i := range lines {
		ids[i] = lines[i].ID
	}
	u, err := s.Store.UsageOfArticles(ctx, v.journal.ID, ids)
	return u, nil, err
}
