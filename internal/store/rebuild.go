package store

import (
	"context"
	"encoding/json"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Rebuild makes the list columns of all articles again from their records and
// returns how many were different. They differ after an upgrade that derives
// them in another way. Each of these articles appears in the change feed as
// updated.
func (s *Store) Rebuild(ctx context.Context) (changed int, err error) {
	defer errs.Wrap(&err, "store.Rebuild")
	for after := ""; ; {
		next, n, err := s.rebuildAfter(ctx, after)
		if err != nil {
			return changed, err
		}
		changed += n
		if next == "" {
			return changed, nil
		}
		after = next
	}
}

// rebuildAfter does some hundred articles in one transaction and returns the id
// of the last, or "" when there are no more.
func (s *Store) rebuildAfter(ctx context.Context, after string) (next string, changed int, err error) {
	const page = 200
	err = s.write(ctx, func(t *tx) error {
		at := now()
		changes, last, n, err := t.stale(after, page)
		if err != nil {
			return err
		}
		if n == page {
			next = last
		}
		changed = len(changes)
		var feed []Change
		for _, c := range changes {
			_, err := t.exec(`UPDATE article SET line = ?2, published_order = ?3, page_order = ?4, record_sha256 = ?5 WHERE id = ?1`,
				c.ID, c.derived.line, c.derived.publishedOrder, c.derived.pageOrder, c.sha)
			if err != nil {
				return err
			}
			feed = append(feed, c.Change)
		}
		stood, err := t.restand(after, page, at)
		if err != nil {
			return err
		}
		changed += len(stood)
		return t.append(at, append(feed, stood...))
	})
	return next, changed, err
}

// restand writes again what the articles after an id, limit at most, name, and
// how they and those that they name stand. It returns what was different.
func (t *tx) restand(after string, limit int, at string) ([]Change, error) {
	var list []mentioning
	var ids []string
	err := t.query(`SELECT a.id, a.journal_id, v.record FROM article a JOIN version v ON v.article_id = a.id AND v.n = a.version WHERE a.id > ?1 ORDER BY a.id LIMIT ?2`,
		[]any{after, limit}, func(scan func(...any) error) error {
			var m mentioning
			var record []byte
			if err := scan(&m.id, &m.journalID, &record); err != nil {
				return err
			}
			var rec journal.Article
			err := json.Unmarshal(record, &rec)
			m.related = rec.Related
			list, ids = append(list, m), append(ids, m.id)
			return err
		})
	if err != nil {
		return nil, err
	}
	targets, err := t.mention(list)
	if err != nil {
		return nil, err
	}
	others, err := t.named(targets)
	if err != nil {
		return nil, err
	}
	return t.stand(append(ids, others...), at)
}

// staleArticle is an article whose list columns are to be written again.
type staleArticle struct {
	Change
	derived
	sha string
}

// stale looks at the articles after an id, limit at most, and returns those
// whose columns differ from their record, with the id of the last and how many
// it looked at.
func (t *tx) stale(after string, limit int) (list []staleArticle, last string, n int, err error) {
	err = t.query(`SELECT a.id, a.journal_id, coalesce(a.issue_id, ''), a.line, a.published_order, a.page_order, a.record_sha256, v.record, v.sha256
FROM article a JOIN version v ON v.article_id = a.id AND v.n = a.version WHERE a.id > ?1 ORDER BY a.id LIMIT ?2`, []any{after, limit},
		func(scan func(...any) error) error {
			var have derived
			var record []byte
			var haveSHA string
			a := staleArticle{Change: Change{Kind: KindArticle, Action: Updated}}
			err := scan(&a.ID, &a.JournalID, &a.IssueID, &have.line, &have.publishedOrder, &have.pageOrder, &haveSHA, &record, &a.sha)
			if err != nil {
				return err
			}
			last, n = a.ID, n+1
			var rec journal.Article
			if err := json.Unmarshal(record, &rec); err != nil {
				return err
			}
			if a.derived, err = derive(&rec); err == nil && (a.derived != have || haveSHA != a.sha) {
				list = append(list, a)
			}
			return err
		})
	return list, last, n, err
}

// Roomy runs f with so many bytes of memory for the pages that are written. Where
// many rows are made whose keys lie anywhere, a page is then written once for many
// of them. It is for commands that make much at once and then end.
func (s *Store) Roomy(ctx context.Context, bytes int64, f func() error) error {
	if err := s.engine.roomy(ctx, s.writing, bytes); err != nil {
		return err
	}
	return errors.Join(f(), s.engine.roomy(context.WithoutCancel(ctx), s.writing, 0))
}
