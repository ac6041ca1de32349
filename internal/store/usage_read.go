package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

// UsageMonth is the counts of something in a month, 2026-03.
type UsageMonth struct {
	Month  string
	Method tally.Method
	tally.Counts
	tally.Openings
}

// UsageOf is the counts of an item by month, oldest first.
func (s *Store) UsageOf(ctx context.Context, class tally.Class, item string) (list []UsageMonth, err error) {
	defer errs.Wrap(&err, "store.UsageOf(%q)", item)
	err = s.read(ctx, func(t *tx) (err error) {
		list, err = t.usageMonths(usageOf, item, string(class))
		return err
	})
	return list, err
}

// UsageTotals is the sum of a class in a journal by month; with an empty journal
// that of the installation.
func (s *Store) UsageTotals(ctx context.Context, class tally.Class, journalID string) (list []UsageMonth, err error) {
	defer errs.Wrap(&err, "store.UsageTotals")
	err = s.read(ctx, func(t *tx) (err error) {
		list, err = t.usageMonths(usageTotals, string(class), journalID)
		return err
	})
	return list, err
}

const (
	usageOf     = `SELECT month, method, investigations, requests, unique_investigations, unique_requests, views, downloads FROM usage_month WHERE item = ?1 AND class = ?2 ORDER BY month, method`
	usageTotals = `SELECT month, method, sum(investigations), sum(requests), sum(unique_investigations), sum(unique_requests), sum(views), sum(downloads)
FROM usage_month WHERE class = ?1 AND (?2 = '' OR journal_id = ?2) GROUP BY month, method ORDER BY month, method`
)

func (t *tx) usageMonths(text string, args ...any) (list []UsageMonth, err error) {
	err = t.query(text, args, func(scan func(...any) error) error {
		var m UsageMonth
		var method int64
		err := scan(&m.Month, &method, &m.Investigations, &m.Requests, &m.UniqueInvestigations, &m.UniqueRequests, &m.Views, &m.Downloads)
		m.Method = tally.Method(method)
		list = append(list, m)
		return err
	})
	return list, err
}

// UsageSince is the first day that was counted, empty when none was.
func (s *Store) UsageSince(ctx context.Context) (day string, err error) {
	defer errs.Wrap(&err, "store.UsageSince")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT coalesce(min(day), '') FROM usage_log WHERE counted > 0`, nil, &day)
	})
	return day, err
}

// UsageUntil is the last day that was counted whole or in part, empty when none was.
func (s *Store) UsageUntil(ctx context.Context) (day string, err error) {
	defer errs.Wrap(&err, "store.UsageUntil")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT coalesce(max(day), '') FROM usage_log WHERE counted > 0`, nil, &day)
	})
	return day, err
}

// Read is an article with how often it was read.
type Read struct {
	ID string
	tally.Openings
}

// mostRead orders articles by how often their pages and files were opened.
const mostRead = `SELECT m.item, sum(m.views), sum(m.downloads) FROM usage_month m JOIN article a ON a.id = m.item
WHERE m.class = 'article' AND m.month >= ?2 AND m.month <= ?3 AND a.withdrawn = '' AND %s = ?1
GROUP BY m.item HAVING sum(m.views) + sum(m.downloads) > 0 ORDER BY sum(m.views) + sum(m.downloads) DESC, m.item LIMIT ?4`

// MostRead are the articles of a journal, or of one of its issues, that were
// opened most in the months from one to another, both included.
func (s *Store) MostRead(ctx context.Context, journalID, issueID, from, to string, limit int) (list []Read, err error) {
	defer errs.Wrap(&err, "store.MostRead")
	text, of := fmt.Sprintf(mostRead, "m.journal_id"), journalID
	if issueID != "" {
		text, of = fmt.Sprintf(mostRead, "a.issue_id"), issueID
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, []any{of, from, to, limit}, func(scan func(...any) error) error {
			var r Read
			err := scan(&r.ID, &r.Views, &r.Downloads)
			list = append(list, r)
			return err
		})
	})
	return list, err
}

// ReadSince are the articles, issues and journals whose counts of a day or later
// ones are there, and the issues and journals of these articles: their pages may
// show them.
func (s *Store) ReadSince(ctx context.Context, day string, f func(class tally.Class, item string)) (err error) {
	defer errs.Wrap(&err, "store.ReadSince")
	return s.read(ctx, func(t *tx) error {
		return t.query(`SELECT class, item FROM usage_day WHERE day >= ?1
UNION SELECT 'journal', journal_id FROM usage_day WHERE day >= ?1
UNION SELECT 'issue', a.issue_id FROM usage_day d JOIN article a ON a.id = d.item WHERE d.day >= ?1 AND d.class = 'article' AND a.issue_id IS NOT NULL`, []any{day}, func(scan func(...any) error) error {
			var class, item string
			if err := scan(&class, &item); err != nil {
				return err
			}
			f(tally.Class(class), item)
			return nil
		})
	})
}

// UsedArticle is an article of a report with its months.
type UsedArticle struct {
	Line
	Months []UsageMonth
}

// usedPage is how many articles of a report are read at once.
const usedPage = 256

// UsedArticles calls f at every article of a journal that was used in the months
// from one to another, both included, in the order of ids. Withdrawn ones are
// among them: they were read. With an id it is only that one. The ids of a journal
// are in memory at once, its articles are not.
func (s *Store) UsedArticles(ctx context.Context, journalID, id, from, to string, f func(*UsedArticle) error) (err error) {
	defer errs.Wrap(&err, "store.UsedArticles")
	var ids []string
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT id FROM article WHERE journal_id = ?1 AND (?2 = '' OR id = ?2) ORDER BY id`, []any{journalID, id}, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	if err != nil {
		return err
	}
	return s.usedPages(ctx, ids, from, to, f)
}

// usedAhead is how many pages are read while one is made use of.
const usedAhead = 2

// usedPages reads the pages of some ids at the same time, and gives their articles
// in order.
func (s *Store) usedPages(ctx context.Context, ids []string, from, to string, f func(*UsedArticle) error) error {
	type page struct {
		list []UsedArticle
		err  error
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make(chan chan page, usedAhead-1)
	reading.Go(func() {
		defer close(pages)
		for part := range slices.Chunk(ids, usedPage) {
			read := make(chan page, 1)
			select {
			case pages <- read:
			case <-ctx.Done():
				return
			}
			reading.Go(func() {
				var p page
				p.err = s.read(ctx, func(t *tx) (err error) {
					p.list, err = t.usedArticles(part, from, to)
					return err
				})
				read <- p
			})
		}
	})
	for read := range pages {
		p := <-read
		if p.err != nil {
			return p.err
		}
		for i := range p.list {
			if err := f(&p.list[i]); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// usedArticles are those of some articles, in the order of ids, that were used.
func (t *tx) usedArticles(ids []string, from, to string) (list []UsedArticle, err error) {
	wanted := make(map[string][]UsageMonth, len(ids))
	for _, id := range ids {
		wanted[id] = nil
	}
	err = t.query(`SELECT item, month, method, investigations, requests, unique_investigations, unique_requests FROM usage_month
WHERE item >= ?1 AND item <= ?2 AND class = 'article' AND month >= ?3 AND month <= ?4 ORDER BY item, month, method`, []any{ids[0], ids[len(ids)-1], from, to}, func(scan func(...any) error) error {
		var item string
		var m UsageMonth
		var method int64
		err := scan(&item, &m.Month, &method, &m.Investigations, &m.Requests, &m.UniqueInvestigations, &m.UniqueRequests)
		m.Method = tally.Method(method)
		if months, ok := wanted[item]; ok { // others are of other journals
			wanted[item] = append(months, m)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var used []string
	for _, id := range ids {
		if len(wanted[id]) > 0 {
			used = append(used, id)
		}
	}
	if len(used) == 0 {
		return nil, nil
	}
	err = t.list("WITH wanted (id) AS (VALUES %)\n"+lineOf(`WHERE a.id IN (SELECT id FROM wanted)`, `ORDER BY a.id`), single(used), func(scan func(...any) error) error {
		l, err := scanLine(scan)
		list = append(list, UsedArticle{Line: l, Months: wanted[l.ID]})
		return err
	})
	return list, err
}

// Usage is what a page says of how often something was read.
type Usage struct {
	Months    []UsageMonth
	Since     string // first day that was counted, empty when none was
	Generated bool   // the numbers of this journal were made up, for a demonstration
}

// GeneratedSpool is the spool of a journal's made-up readers.
func GeneratedSpool(journalID string) string { return "generated:" + journalID }

// Usage is how often an item of a journal was read, or, with an empty item, all
// of a class in the journal.
func (s *Store) Usage(ctx context.Context, journalID string, class tally.Class, item string) (u *Usage, err error) {
	defer errs.Wrap(&err, "store.Usage(%q)", item)
	return s.usage(ctx, journalID, func(t *tx) ([]UsageMonth, error) {
		if item == "" {
			return t.usageMonths(usageTotals, string(class), journalID)
		}
		return t.usageMonths(usageOf, item, string(class))
	})
}

// UsageOfArticles is how often some articles of a journal were read, in sum.
func (s *Store) UsageOfArticles(ctx context.Context, journalID string, ids []string) (u *Usage, err error) {
	defer errs.Wrap(&err, "store.UsageOfArticles")
	rows := make([][]string, len(ids))
	for i, id := range ids {
		rows[i] = []string{id}
	}
	return s.usage(ctx, journalID, func(t *tx) (list []UsageMonth, err error) {
		at := map[string]int{}
		err = t.list(`WITH wanted (id) AS (VALUES %) SELECT m.month, sum(m.investigations), sum(m.requests), sum(m.views), sum(m.downloads)
FROM (SELECT DISTINCT id FROM wanted) w JOIN usage_month m ON m.item = w.id WHERE m.class = 'article' GROUP BY m.month ORDER BY m.month`, rows, func(scan func(...any) error) error {
			var m UsageMonth
			if err := scan(&m.Month, &m.Investigations, &m.Requests, &m.Views, &m.Downloads); err != nil {
				return err
			}
			if i, ok := at[m.Month]; ok { // long lists are read in parts
				m.Counts, m.Openings = m.Counts.Plus(list[i].Counts), m.Openings.Plus(list[i].Openings)
				list[i] = m
				return nil
			}
			at[m.Month] = len(list)
			list = append(list, m)
			return nil
		})
		slices.SortFunc(list, func(a, b UsageMonth) int { return cmp.Compare(a.Month, b.Month) })
		return list, err
	})
}

func (s *Store) usage(ctx context.Context, journalID string, months func(t *tx) ([]UsageMonth, error)) (u *Usage, err error) {
	u = &Usage{}
	err = s.read(ctx, func(t *tx) (err error) {
		if err := t.row(`SELECT coalesce(min(day), '') FROM usage_log WHERE counted > 0`, nil, &u.Since); err != nil || u.Since == "" {
			return err
		}
		if err := t.row(`SELECT EXISTS (SELECT 1 FROM usage_spool WHERE name = ?1)`, []any{GeneratedSpool(journalID)}, &u.Generated); err != nil {
			return err
		}
		u.Months, err = months(t)
		return err
	})
	return u, err
}

// ArticlesByYear is how many articles of a journal were published in each year,
// as far as the year is known.
func (s *Store) ArticlesByYear(ctx context.Context, journalID string) (n map[int]int, err error) {
	defer errs.Wrap(&err, "store.ArticlesByYear")
	n = map[int]int{}
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT published_order / 10000, count(*) FROM article WHERE journal_id = ?1 AND withdrawn = '' AND published_order >= 10000 GROUP BY 1`, []any{journalID}, func(scan func(...any) error) error {
			var year, count int
			err := scan(&year, &count)
			n[year] = count
			return err
		})
	})
	return n, err
}
