package store

import (
	"context"
	"errors"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

// errCounted ends a transaction in which nothing is to be done.
var errCounted = errors.New("was counted by another")

// SaveUsage puts the counts of a day in the place of those that were there, and
// brings those of its month in step. marked is the state of the day before its
// blocks were read; when another has counted it since, in this state or a later
// one, nothing changes and saved is false.
func (s *Store) SaveUsage(ctx context.Context, day string, marked int64, rules string, d *tally.Day) (saved bool, err error) {
	defer errs.Wrap(&err, "store.SaveUsage(%q)", day)
	err = s.write(ctx, func(t *tx) error {
		// This also holds the day until the end of the transaction.
		n, err := t.exec(`UPDATE usage_log SET counted = ?2, rules = ?3, events = ?4 WHERE day = ?1 AND counted < ?2 AND NOT gone`, day, marked, rules, d.Events)
		if err != nil {
			return err
		}
		if n == 0 {
			return errCounted
		}
		if err := t.saveUsageRows(day, d.Rows); err != nil {
			return err
		}
		if err := t.saveOrigins(day, d.Origins); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM usage_filtered WHERE day = ?1`, day); err != nil {
			return err
		}
		var filtered [][]any
		for _, why := range []tally.Reason{tally.ByRobot, tally.ByCrowd, tally.ByDoubleClick} {
			if n := d.Filtered[why]; n > 0 {
				filtered = append(filtered, []any{day, string(why), n})
			}
		}
		return t.bulk(`INSERT INTO usage_filtered (day, reason, n) VALUES %`, filtered, nil)
	})
	if errors.Is(err, errCounted) {
		return false, nil
	}
	return err == nil, err
}

// saveUsageRows writes the rows of a day that differ from what is there, and
// adds the differences to the month.
func (t *tx) saveUsageRows(day string, rows []tally.Row) error {
	old := map[tally.Place]tally.Row{}
	err := t.query(`SELECT item, class, method, journal_id, investigations, requests, unique_investigations, unique_requests, views, downloads FROM usage_day WHERE day = ?1`, []any{day}, func(scan func(...any) error) error {
		r, err := scanUsage(scan)
		old[r.Place] = r
		return err
	})
	if err != nil {
		return err
	}
	var fresh, differ [][]any
	var none []tally.Place
	add := func(list *[][]any, at string, p tally.Place, c tally.Counts, o tally.Openings) {
		*list = append(*list, []any{p.Item, at, string(p.Class), int64(p.Method), p.Journal, c.Investigations, c.Requests, c.UniqueInvestigations, c.UniqueRequests, o.Views, o.Downloads})
	}
	month := day[:7]
	for _, r := range rows {
		was := old[r.Place]
		delete(old, r.Place)
		if r.Counts == was.Counts && r.Openings == was.Openings {
			continue
		}
		add(&fresh, day, r.Place, r.Counts, r.Openings)
		add(&differ, month, r.Place, r.Counts.Minus(was.Counts), r.Openings.Minus(was.Openings))
	}
	for p, was := range old {
		none = append(none, p)
		add(&differ, month, p, tally.Counts{}.Minus(was.Counts), tally.Openings{}.Minus(was.Openings))
	}
	for _, p := range none {
		if _, err := t.exec(`DELETE FROM usage_day WHERE item = ?1 AND class = ?2 AND day = ?3 AND method = ?4`, p.Item, string(p.Class), day, int64(p.Method)); err != nil {
			return err
		}
	}
	// Nodes that count two days of one month touch its rows in the same order.
	slices.SortFunc(differ, func(a, b []any) int {
		return slices.Compare([]string{a[0].(string), a[2].(string)}, []string{b[0].(string), b[2].(string)})
	})
	err = t.bulk(`INSERT INTO usage_day (item, day, class, method, journal_id, investigations, requests, unique_investigations, unique_requests, views, downloads) VALUES %
ON CONFLICT (item, class, day, method) DO UPDATE SET journal_id = excluded.journal_id, investigations = excluded.investigations, requests = excluded.requests,
	unique_investigations = excluded.unique_investigations, unique_requests = excluded.unique_requests, views = excluded.views, downloads = excluded.downloads`, fresh, nil)
	if err != nil {
		return err
	}
	err = t.bulk(`INSERT INTO usage_month (item, month, class, method, journal_id, investigations, requests, unique_investigations, unique_requests, views, downloads) VALUES %
ON CONFLICT (item, class, month, method) DO UPDATE SET journal_id = excluded.journal_id, investigations = usage_month.investigations + excluded.investigations, requests = usage_month.requests + excluded.requests,
	unique_investigations = usage_month.unique_investigations + excluded.unique_investigations, unique_requests = usage_month.unique_requests + excluded.unique_requests,
	views = usage_month.views + excluded.views, downloads = usage_month.downloads + excluded.downloads`, differ, nil)
	if err != nil || len(none) == 0 {
		return err
	}
	_, err = t.exec(`DELETE FROM usage_month WHERE month = ?1 AND investigations = 0`, month)
	return err
}

func scanUsage(scan func(...any) error) (r tally.Row, err error) {
	var class string
	var method int64
	err = scan(&r.Item, &class, &method, &r.Journal, &r.Investigations, &r.Requests, &r.UniqueInvestigations, &r.UniqueRequests, &r.Views, &r.Downloads)
	r.Class, r.Method = tally.Class(class), tally.Method(method)
	return r, err
}

// UsageFiltered is what was not counted from one day to another, by reason.
func (s *Store) UsageFiltered(ctx context.Context, from, to string) (by map[tally.Reason]int64, err error) {
	defer errs.Wrap(&err, "store.UsageFiltered")
	by = map[tally.Reason]int64{}
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT reason, sum(n) FROM usage_filtered WHERE day >= ?1 AND day <= ?2 GROUP BY reason`, []any{from, to}, func(scan func(...any) error) error {
			var why string
			var n int64
			err := scan(&why, &n)
			by[tally.Reason(why)] = n
			return err
		})
	})
	return by, err
}
