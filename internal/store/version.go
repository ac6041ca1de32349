package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// VersionLine is a version as a list of versions shows it.
type VersionLine struct {
	Number  int
	Created string // UTC, RFC 3339
	Reason  string
	Actor   string
	SHA256  string // of the record
}

// Versions are the versions of an article, newest first.
func (s *Store) Versions(ctx context.Context, articleID string) (list []VersionLine, err error) {
	defer errs.Wrap(&err, "store.Versions(%q)", articleID)
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT n, created, reason, actor, sha256 FROM version WHERE article_id = ?1 ORDER BY n DESC`, []any{articleID},
			func(scan func(...any) error) error {
				var v VersionLine
				err := scan(&v.Number, &v.Created, &v.Reason, &v.Actor, &v.SHA256)
				list = append(list, v)
				return err
			})
	})
	return list, err
}

// Losses are what was not understood when version n was read, and what it was
// read from; errs.NotFound.
func (s *Store) Losses(ctx context.Context, articleID string, n int) (losses []journal.Loss, from Provenance, err error) {
	defer errs.Wrap(&err, "store.Losses(%q, %d)", articleID, n)
	err = s.read(ctx, func(t *tx) error {
		var l, p []byte
		if err := t.row(`SELECT losses, provenance FROM version WHERE article_id = ?1 AND n = ?2`, []any{articleID, n}, &l, &p); err != nil {
			return err
		}
		if err := json.Unmarshal(l, &losses); err != nil {
			return err
		}
		return json.Unmarshal(p, &from)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = errs.Newf(errs.NotFound, "there is no version %d of the article %q", n, articleID)
	}
	return losses, from, err
}

// Document is the full text with that hash; errs.NotFound.
func (s *Store) Document(ctx context.Context, sha256 string) (d *journal.Document, err error) {
	defer errs.Wrap(&err, "store.Document(%q)", sha256)
	err = s.read(ctx, func(t *tx) error {
		var body []byte
		if err := t.row(`SELECT body FROM document WHERE sha256 = ?1`, []any{clean(sha256)}, &body); err != nil {
			return err
		}
		d = &journal.Document{}
		return json.Unmarshal(body, d)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no full text %q", sha256)
	}
	return d, err
}

// Documents are the full texts that a record refers to, in its order;
// errs.NotFound when one is missing.
func (s *Store) Documents(ctx context.Context, refs []journal.DocumentRef) (list []journal.Document, err error) {
	defer errs.Wrap(&err, "store.Documents")
	rows := make([][]string, len(refs))
	for i, ref := range refs {
		rows[i] = []string{clean(ref.SHA256)}
	}
	found := map[string]journal.Document{}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (sha256) AS (VALUES %) SELECT DISTINCT d.sha256, d.body FROM wanted w JOIN document d ON d.sha256 = w.sha256`, rows, func(scan func(...any) error) error {
			var sha string
			var body []byte
			if err := scan(&sha, &body); err != nil {
				return err
			}
			var d journal.Document
			err := json.Unmarshal(body, &d)
			found[sha] = d
			return err
		})
	})
	for _, ref := range refs {
		d, ok := found[clean(ref.SHA256)]
		if !ok && err == nil {
			err = errs.Newf(errs.NotFound, "there is no full text %q", ref.SHA256)
		}
		list = append(list, d)
	}
	return list, err
}

// FileHashes calls f, in the order of hashes, for every file that a version of
// an article refers to and for every source that one was made from. The size is
// in bytes, 0 where it is not known.
func (s *Store) FileHashes(ctx context.Context, f func(sha256 string, size int64) error) (err error) {
	defer errs.Wrap(&err, "store.FileHashes")
	const page = 1000
	for after := ""; ; {
		type file struct {
			sha256 string
			size   int64
		}
		var files []file
		err := s.read(ctx, func(t *tx) error {
			return t.query(`SELECT sha256, size FROM file WHERE sha256 > ?1 ORDER BY sha256 LIMIT ?2`, []any{after, page}, func(scan func(...any) error) error {
				var one file
				err := scan(&one.sha256, &one.size)
				files = append(files, one)
				return err
			})
		})
		if err != nil {
			return err
		}
		for _, one := range files {
			if err := f(one.sha256, one.size); err != nil {
				return err
			}
		}
		if len(files) < page {
			return nil
		}
		after = files[len(files)-1].sha256
	}
}
