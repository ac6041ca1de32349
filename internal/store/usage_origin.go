package store

import (
	"context"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

// saveOrigins puts the origins of a day in the place of those that were there, and
// adds the differences to the month.
func (t *tx) saveOrigins(day string, rows []tally.OriginRow) error {
	differ := map[tally.OriginPlace]tally.OriginCounts{}
	err := t.query(`SELECT journal_id, kind, name, investigations, requests, sessions FROM usage_origin_day WHERE day = ?1`, []any{day}, func(scan func(...any) error) error {
		r, err := scanOrigin(scan)
		differ[r.OriginPlace] = tally.OriginCounts{}.Minus(r.OriginCounts)
		return err
	})
	if err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM usage_origin_day WHERE day = ?1`, day); err != nil {
		return err
	}
	row := func(at string, p tally.OriginPlace, c tally.OriginCounts) []any {
		return []any{p.Journal, at, string(p.Kind), p.Name, c.Investigations, c.Requests, c.Sessions}
	}
	var fresh, months [][]any
	for _, r := range rows {
		fresh = append(fresh, row(day, r.OriginPlace, r.OriginCounts))
		differ[r.OriginPlace] = differ[r.OriginPlace].Plus(r.OriginCounts)
	}
	var places []tally.OriginPlace
	for p := range differ {
		places = append(places, p)
	}
	// Nodes that count two days of one month touch its rows in the same order.
	slices.SortFunc(places, tally.OriginPlace.Compare)
	for _, p := range places {
		months = append(months, row(day[:7], p, differ[p]))
	}
	if err := t.bulk(`INSERT INTO usage_origin_day (journal_id, day, kind, name, investigations, requests, sessions) VALUES %`, fresh, nil); err != nil {
		return err
	}
	err = t.bulk(`INSERT INTO usage_origin_month (journal_id, month, kind, name, investigations, requests, sessions) VALUES %
ON CONFLICT (journal_id, kind, month, name) DO UPDATE SET investigations = usage_origin_month.investigations + excluded.investigations,
	requests = usage_origin_month.requests + excluded.requests, sessions = usage_origin_month.sessions + excluded.sessions`, months, nil)
	if err != nil {
		return err
	}
	_, err = t.exec(`DELETE FROM usage_origin_month WHERE month = ?1 AND investigations = 0`, day[:7])
	return err
}

func scanOrigin(scan func(...any) error, before ...any) (r tally.OriginRow, err error) {
	var kind string
	err = scan(append(before, &r.Journal, &kind, &r.Name, &r.Investigations, &r.Requests, &r.Sessions)...)
	r.Kind = tally.OriginKind(kind)
	return r, err
}

// UsageOrigins are a journal's readers by country or institution in the months
// from one to another, both included. They are not for showing as they are: see
// tally.Cells.
func (s *Store) UsageOrigins(ctx context.Context, journalID string, kind tally.OriginKind, from, to string) (list []tally.OriginMonth, err error) {
	defer errs.Wrap(&err, "store.UsageOrigins")
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT month, journal_id, kind, name, investigations, requests, sessions FROM usage_origin_month
WHERE journal_id = ?1 AND kind = ?2 AND month >= ?3 AND month <= ?4 ORDER BY month, name`, []any{journalID, string(kind), from, to}, func(scan func(...any) error) error {
			var m tally.OriginMonth
			r, err := scanOrigin(scan, &m.Month)
			m.OriginRow = r
			list = append(list, m)
			return err
		})
	})
	return list, err
}
