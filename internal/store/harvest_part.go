package store

import (
	"context"

	"offprint/internal/errs"
)

// HarvestPart is a part of all published articles, in the order of their ids.
type HarvestPart struct {
	First   string // id of its first article
	Changed string // the newest stamp in it
}

// HarvestSeq is the number of the change up to which the rows for harvesters are derived:
// they are what they were as long as it stays.
func (s *Store) HarvestSeq(ctx context.Context) (seq int64, err error) {
	defer errs.Wrap(&err, "store.HarvestSeq")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT seq FROM follower WHERE name = 'browse'`, nil, &seq)
	})
	return seq, err
}

// HarvestParts divides the published articles of a journal, or of all, into parts
// of a size; the last may be smaller.
func (s *Store) HarvestParts(ctx context.Context, journalID string, size int) (parts []HarvestPart, err error) {
	defer errs.Wrap(&err, "store.HarvestParts(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT min(n.article_id), max(n.stamp) FROM (
	SELECT h.article_id, h.stamp, (row_number() OVER (ORDER BY h.article_id) - 1) / ?2 AS part FROM harvest h WHERE NOT h.deleted AND (?1 = '' OR h.journal_id = ?1)) n
GROUP BY n.part ORDER BY n.part`, []any{journalID, size}, func(scan func(...any) error) error {
			var p HarvestPart
			err := scan(&p.First, &p.Changed)
			parts = append(parts, p)
			return err
		})
	})
	return parts, err
}
