package store

import (
	"context"

	"offprint/internal/errs"
)

// Kinds of what a Change or an Event is about.
const (
	KindArticle = "article"
	KindIssue   = "issue"
	KindJournal = "journal"
	// KindBrowse is of what is derived for browsing: the links to people and
	// the related articles of the article or of the whole journal ID.
	KindBrowse = "browse"
	// KindReference is of what was read of the references of the article or of all
	// articles of the journal ID: what they cite, and who cites them.
	KindReference = "reference"
	KindPerson    = "person" // of events
	KindSource    = "source" // of events
)

// Change is one entry of the change feed.
type Change struct {
	Seq       int64  // 1, 2, 3 … in the order of commits
	At        string // UTC, RFC 3339
	Kind      string // article, issue, journal, browse or reference
	ID        string
	JournalID string
	IssueID   string // of the article, where it has one, or of the issue
	Action    string // created, updated or withdrawn
}

// LastChange is the number of the newest change, 0 when there is none.
func (s *Store) LastChange(ctx context.Context) (last int64, err error) {
	defer errs.Wrap(&err, "store.LastChange")
	err = s.read(ctx, func(t *tx) error {
		last, err = t.lastChange()
		return err
	})
	return last, err
}

func (t *tx) lastChange() (last int64, err error) {
	err = t.row(`SELECT last FROM feed WHERE id = 1`, nil, &last)
	return last, err
}

// Changes are those after a number, oldest first, limit at most.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (list []Change, err error) {
	defer errs.Wrap(&err, "store.Changes(%d)", after)
	err = s.read(ctx, func(t *tx) error {
		// Most who ask are up to date; they touch one row.
		if last, err := t.lastChange(); err != nil || last <= after {
			return err
		}
		list, err = t.changes(after, limit)
		return err
	})
	return list, err
}

func (t *tx) changes(after int64, limit int) (list []Change, err error) {
	err = t.query(`SELECT seq, at, kind, id, journal_id, issue_id, action FROM change WHERE seq > ?1 ORDER BY seq LIMIT ?2`,
		[]any{after, limit}, func(scan func(...any) error) error {
			var c Change
			err := scan(&c.Seq, &c.At, &c.Kind, &c.ID, &c.JournalID, &c.IssueID, &c.Action)
			list = append(list, c)
			return err
		})
	return list, err
}

// append adds changes to the feed. It must be the last thing a transaction
// does: from here to the commit no other can append.
func (t *tx) append(at string, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	var last int64
	if err := t.row(`UPDATE feed SET last = last + ?1 WHERE id = 1 RETURNING last`, []any{len(changes)}, &last); err != nil {
		return err
	}
	rows := make([][]any, len(changes))
	for i, c := range changes {
		rows[i] = []any{last - int64(len(changes)-1-i), at, c.Kind, c.ID, c.JournalID, c.IssueID, c.Action}
	}
	t.changed = true
	return t.bulk(`INSERT INTO change (seq, at, kind, id, journal_id, issue_id, action) VALUES %`, rows, nil)
}
