package store

import (
	"context"
	"database/sql"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// keepFiles notes files as those of the installation, so that they are checked
// and backed up. A file that is no longer used stays: an old page may name it.
func (t *tx) keepFiles(files map[string]int64) error {
	for sha, size := range files {
		if _, err := t.exec(`INSERT INTO file (sha256, size) VALUES (?1, ?2) ON CONFLICT DO NOTHING`, sha, size); err != nil {
			return err
		}
	}
	return nil
}

// SetIssueCover gives an issue a cover, or takes it away with nil.
// errs.NotFound when there is no such issue.
func (s *Store) SetIssueCover(ctx context.Context, journalID, slug string, cover *journal.Picture, actor string) (err error) {
	defer errs.Wrap(&err, "store.SetIssueCover(%q, %q)", journalID, slug)
	return s.write(ctx, func(t *tx) error {
		at := now()
		// The issue is locked by a write that changes nothing.
		var is journal.Issue
		err := scanIssue(func(dest ...any) error {
			return t.row(`UPDATE issue SET slug = slug WHERE journal_id = ?1 AND slug = ?2 RETURNING id, journal_id, slug, year, volume, number, record`, []any{journalID, clean(slug)}, dest...)
		}, &is)
		if errors.Is(err, sql.ErrNoRows) {
			return errs.Newf(errs.NotFound, "there is no issue %q", slug)
		}
		if err != nil {
			return err
		}
		if cover != nil {
			if err := t.keepFiles(map[string]int64{cover.SHA256: cover.Size}); err != nil {
				return err
			}
		}
		_, record, err := canonical(&issueRecord{is.Titles, is.Published, cover})
		if err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE issue SET record = ?2 WHERE id = ?1`, is.ID, string(record)); err != nil {
			return err
		}
		if err := t.log([]Event{{At: at, Kind: KindIssue, Subject: is.ID, Action: "cover changed", Actor: actor}}); err != nil {
			return err
		}
		return t.append(at, []Change{{Kind: KindIssue, ID: is.ID, JournalID: journalID, IssueID: is.ID, Action: Updated}})
	})
}
