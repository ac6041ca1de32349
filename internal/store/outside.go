package store

import (
	"context"

	"offprint/internal/errs"
)

// YearCount is how many articles a year has.
type YearCount struct {
	Year     int // 0: not known
	Articles int
}

// OutsideYears are the years in which articles outside issues were published,
// newest first: all of a journal that publishes continuously.
func (s *Store) OutsideYears(ctx context.Context, journalID string) (list []YearCount, err error) {
	defer errs.Wrap(&err, "store.OutsideYears(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT y, count(*) FROM (SELECT a.published_order / 10000 AS y FROM article a WHERE a.journal_id = ?1 AND a.withdrawn = '' AND a.issue_id IS NULL) o GROUP BY y ORDER BY y DESC`,
			[]any{journalID}, func(scan func(...any) error) error {
				var y YearCount
				err := scan(&y.Year, &y.Articles)
				list = append(list, y)
				return err
			})
	})
	return list, err
}

// OutsideArticles are the articles of one year outside issues, newest first.
func (s *Store) OutsideArticles(ctx context.Context, journalID string, year, limit, offset int) (list []Line, err error) {
	defer errs.Wrap(&err, "store.OutsideArticles(%q, %d)", journalID, year)
	err = s.read(ctx, func(t *tx) error {
		list, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.journal_id = ?1 AND a.issue_id IS NULL AND a.published_order >= ?2 AND a.published_order < ?3 `+newestFirst+` LIMIT ?4 OFFSET ?5`, newestFirst),
			journalID, year*10000, (year+1)*10000, limit, offset)
		return err
	})
	return list, err
}
