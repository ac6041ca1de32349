package store

import (
	"context"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// ArticlesChanged are the published articles that changed at a time or later (UTC, RFC
// 3339, or the beginning of one, such as a date), in the order of ids and with an id
// greater than afterID, limit at most. The journal may be empty for all.
func (s *Store) ArticlesChanged(ctx context.Context, journalID, since, afterID string, limit int) (list []journal.Publication, err error) {
	defer errs.Wrap(&err, "store.ArticlesChanged(%q, %q, %q)", journalID, since, afterID)
	articles := publicationOf(`WHERE a.withdrawn = '' AND (?1 = '' OR a.journal_id = ?1) AND a.updated >= ?2 AND a.id > ?3 ORDER BY a.id LIMIT ?4`, newest)
	err = s.read(ctx, func(t *tx) error {
		list, err = t.publications(&shelf{}, func(each func(scan func(...any) error) error) error {
			return t.query(articles+` ORDER BY a.id`, []any{journalID, since, afterID, limit}, each)
		})
		return err
	})
	return list, err
}
