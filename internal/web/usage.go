package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"offprint/internal/format/counter"
	"offprint/internal/journal"
	"offprint/internal/locale"
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
func (v *visit) reading(r *http.Request, item string, what tally.What, form tally.Form) *usage.Subject {
	return &usage.Subject{Form: form, Item: item, Journal: v.journal.ID, What: what, Link: usage.LinkOf(v.key(r, textQuery(chosen(r, 2))).Address)}
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
	mostReadOnHome    = 5
	mostReadOfJournal = 10
	// originMonths is for how long it is told where readers were.
	originMonths = 12
)

// newUsage is what a page says of how often something was read: nil while
// nothing is counted at all.
func newUsage(u *store.Usage, now time.Time) *view.Usage {
	if u == nil || u.Since == "" {
		return nil
	}
	out := &view.Usage{UsageTotals: view.UsageTotals{Since: u.Since, Generated: u.Generated}}
	rows := monthsOf(u, now)
	for _, m := range u.Months {
		out.Views += m.Views
		out.Downloads += m.Downloads
	}
	if out.Views+out.Downloads > 0 {
		out.Chart = view.NewUsageChart(rows)
	}
	return out
}

// monthsOf are the months since the counting began; those without readers are
// months too.
func monthsOf(u *store.Usage, now time.Time) (rows []view.UsageRow) {
	if u == nil || u.Since == "" {
		return nil
	}
	first := u.Since[:7]
	if len(u.Months) > 0 {
		first = u.Months[0].Month
	}
	month, err := time.Parse("2006-01", first)
	if err != nil {
		return nil
	}
	at := map[string]int{}
	for ; !month.After(now); month = month.AddDate(0, 1, 0) {
		name := month.Format("2006-01")
		at[name] = len(rows)
		rows = append(rows, view.UsageRow{Month: name})
	}
	for _, m := range u.Months {
		if i, ok := at[m.Month]; ok {
			rows[i].Views += m.Views
			rows[i].Downloads += m.Downloads
		}
	}
	return rows
}

// mostRead are the articles of a journal, or of one of its issues, that were
// read most in this year and in this month.
func (s *Site) mostRead(ctx context.Context, v *visit, issueID string, limit int) (out []view.MostRead, err error) {
	now := time.Now().UTC()
	month, year := now.Format("2006-01"), now.Format("2006")
	for _, of := range []struct{ name, from string }{{month, month}, {year, year + "-01"}} {
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
				m.Lines = append(m.Lines, view.ReadLine{Link: view.Link{Text: run(journal.In(l.Titles, "")), URL: v.at("/articles/" + l.Slug)}, Views: r.Views, Downloads: r.Downloads})
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
			p.Usage.CSV, p.MostReadCSV = v.plainAt("/about/usage.csv"), v.plainAt("/about/most-read.csv")
			if p.MostRead, err = s.mostRead(ctx, v, "", mostReadOfJournal); err != nil {
				return nil, nil, err
			}
		}
		if err := s.origins(ctx, v, p); err != nil {
			return nil, nil, err
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

// newReaders is what a page says of several articles: nil while none was read.
// csv is where the months are.
func newReaders(v *visit, u *store.Usage, csv string) *view.Readers {
	all := newUsage(u, time.Now())
	if all == nil || all.Chart == nil {
		return nil
	}
	return &view.Readers{UsageTotals: all.UsageTotals, More: v.at("/about/statistics"), CSV: v.plainAt(csv)}
}

// readers is how often some articles of the journal were read in sum.
func (s *Site) readers(ctx context.Context, v *visit, lines []store.Line, csv string) (*view.Readers, error) {
	u, _, err := s.usageOf(ctx, v, lines)
	return newReaders(v, u, csv), err
}

// originsAt are the whole months of which it is told where readers were. The one
// that runs is not among them: who looks often would see each reader come.
func originsAt(now time.Time) (from, until string) {
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, -originMonths, 0).Format("2006-01"), first.AddDate(0, 0, -1).Format("2006-01")
}

// readFrom is where a journal's readers were, nil where nothing is known.
func (s *Site) readFrom(ctx context.Context, v *visit, kind tally.OriginKind) ([]tally.OriginTotal, error) {
	from, until := originsAt(time.Now().UTC())
	rows, err := s.Store.UsageOrigins(ctx, v.journal.ID, kind, from, until)
	if err != nil || !slices.ContainsFunc(rows, func(m tally.OriginMonth) bool { return m.Name != "" }) {
		return nil, err
	}
	return tally.Cells(rows, int64(s.UsageCell)), nil
}

func (s *Site) origins(ctx context.Context, v *visit, p *view.Statistics) error {
	p.From, p.Until = originsAt(time.Now().UTC())
	p.Least, p.OriginsCSV = s.UsageCell, v.plainAt("/about/readers.csv")
	for _, kind := range []tally.OriginKind{tally.ByCountry, tally.ByInstitution} {
		list, err := s.readFrom(ctx, v, kind)
		if err != nil {
			return err
		}
		origins := view.Origins{Kind: string(kind)}
		for _, o := range list {
			name := view.Plain("", o.Name)
			if kind == tally.ByCountry && o.Name != "" {
				name = view.Plain(v.lang, locale.For(v.lang).Country(o.Name))
			}
			origins.Lines = append(origins.Lines, view.ReadFrom{Name: name, Views: o.Investigations, Texts: o.Requests})
		}
		if len(list) > 0 {
			p.Origins = append(p.Origins, origins)
		}
	}
	return nil
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
				y.Views, y.Downloads = y.Views+m.Views, y.Downloads+m.Downloads
				y.Texts, y.UniqueTexts = y.Texts+m.Requests, y.UniqueTexts+m.UniqueRequests
				y.Investigations, y.UniqueInvestigations = y.Investigations+m.Investigations, y.UniqueInvestigations+m.UniqueInvestigations
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
