package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// AddJournal adds a journal and fills its ID. errs.Conflict when the path or
// the host is taken, errs.Invalid when there is no path.
func (s *Store) AddJournal(ctx context.Context, j *journal.Journal) (err error) {
	defer errs.Wrap(&err, "store.AddJournal(%q)", j.Path)
	added := *j
	added.ID = newID()
	if err := checkJournal(&added); err != nil {
		return err
	}
	err = s.write(ctx, func(t *tx) error {
		if err := t.journalFree(&added); err != nil {
			return err
		}
		at := now()
		if err := t.insertJournal(&added, at); err != nil {
			return err
		}
		return t.append(at, []Change{{Kind: KindJournal, ID: added.ID, JournalID: added.ID, Action: Created}})
	})
	if err == nil {
		*j = added
	}
	return err
}

func checkJournal(j *journal.Journal) error {
	j.Host = hostName(j.Host)
	switch {
	case j.Path == "":
		return errs.Fieldf(errs.Invalid, "path", "a journal needs a path, the first part of its addresses")
	case len(j.Path) > 200 || clean(j.Path) != j.Path:
		return errs.Fieldf(errs.Invalid, "path", "the path is longer than 200 bytes or has characters that cannot be stored")
	case len(j.Host) > 253 || clean(j.Host) != j.Host:
		return errs.Fieldf(errs.Invalid, "host", "a host name has 253 characters at most")
	}
	return nil
}

// hostName is a host as it is stored and compared: lower case, without port and
// final dot.
func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// journalFree looks for another journal with the same path or host.
func (t *tx) journalFree(j *journal.Journal) error {
	var path, host string
	err := t.row(`SELECT path, coalesce(host, '') FROM journal WHERE id <> ?1 AND (path = ?2 OR host = ?3) ORDER BY path LIMIT 1`,
		[]any{j.ID, j.Path, nullable(j.Host)}, &path, &host)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	case path == j.Path:
		return errs.Fieldf(errs.Conflict, "path", "the path %s is taken by another journal: choose another", path)
	}
	return errs.Fieldf(errs.Conflict, "host", "the host %s belongs to the journal %s: choose another", host, path)
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (t *tx) insertJournal(j *journal.Journal, at string) error {
	_, record, err := canonical(j)
	if err != nil {
		return err
	}
	n, err := t.exec(`INSERT INTO journal (id, path, host, record, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT DO NOTHING`,
		j.ID, j.Path, nullable(j.Host), string(record), at)
	if err == nil && n == 0 {
		return errs.Fieldf(errs.Conflict, "path", "the path %s or the host was taken by another journal just now: choose another", j.Path)
	}
	return err
}

// UpdateJournal changes a journal by f. Its ID stays; its path can change only
// while it has no articles, because it is part of their addresses. Nothing is
// written when f changes nothing or returns an error, which is passed on.
func (s *Store) UpdateJournal(ctx context.Context, path string, f func(*journal.Journal) error) (err error) {
	defer errs.Wrap(&err, "store.UpdateJournal(%q)", path)
	return s.write(ctx, func(t *tx) error {
		at := now()
		old, err := t.lockJournal(path, at)
		if err != nil {
			return err
		}
		_, before, err := canonical(old)
		if err != nil {
			return err
		}
		j := *old
		if err := json.Unmarshal(before, &j); err != nil { // f may write into the slices of j
			return err
		}
		if err := f(&j); err != nil {
			return err
		}
		j.ID = old.ID
		if err := checkJournal(&j); err != nil {
			return err
		}
		_, after, err := canonical(&j)
		if err != nil || string(after) == string(before) {
			return err
		}
		if err := t.journalFree(&j); err != nil {
			return err
		}
		if j.Path != old.Path {
			if err := t.journalEmpty(old); err != nil {
				return err
			}
		}
		if err := t.keepFiles(j.Look.Files()); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE journal SET path = ?2, host = ?3, record = ?4 WHERE id = ?1`, j.ID, j.Path, nullable(j.Host), string(after)); err != nil {
			return err
		}
		return t.append(at, []Change{{Kind: KindJournal, ID: j.ID, JournalID: j.ID, Action: Updated}})
	})
}

// lockJournal reads a journal that no other transaction can change meanwhile.
func (t *tx) lockJournal(path, at string) (*journal.Journal, error) {
	var row journalRow
	err := t.row(`UPDATE journal SET updated = ?2 WHERE path = ?1 RETURNING id, path, coalesce(host, ''), record`, []any{path, at}, row.dest()...)
	return row.journal(err, path)
}

func (t *tx) journalEmpty(j *journal.Journal) error {
	var some int
	err := t.row(`SELECT 1 FROM article WHERE journal_id = ?1 LIMIT 1`, []any{j.ID}, &some)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return errs.Fieldf(errs.Invalid, "path", "the path %s is part of the addresses of published articles and stays", j.Path)
}

type journalRow struct{ id, path, host, record string }

func (r *journalRow) dest() []any { return []any{&r.id, &r.path, &r.host, &r.record} }

func (r *journalRow) journal(err error, name string) (*journal.Journal, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no journal %q", name)
	}
	if err != nil {
		return nil, err
	}
	j := &journal.Journal{}
	if err := json.Unmarshal([]byte(r.record), j); err != nil {
		return nil, err
	}
	j.ID, j.Path, j.Host = r.id, r.path, r.host
	return j, nil
}

const selectJournal = `SELECT id, path, coalesce(host, ''), record FROM journal`

// Journal is the journal with that path; errs.NotFound.
func (s *Store) Journal(ctx context.Context, path string) (j *journal.Journal, err error) {
	defer errs.Wrap(&err, "store.Journal(%q)", path)
	return s.oneJournal(ctx, selectJournal+` WHERE path = ?1`, clean(path))
}

// JournalByID is the journal with that id; errs.NotFound.
func (s *Store) JournalByID(ctx context.Context, id string) (j *journal.Journal, err error) {
	defer errs.Wrap(&err, "store.JournalByID(%q)", id)
	return s.oneJournal(ctx, selectJournal+` WHERE id = ?1`, clean(id))
}

// JournalByHost is the journal that has the host for itself; the host may be
// as in a request, with a port. errs.NotFound.
func (s *Store) JournalByHost(ctx context.Context, host string) (j *journal.Journal, err error) {
	defer errs.Wrap(&err, "store.JournalByHost(%q)", host)
	return s.oneJournal(ctx, selectJournal+` WHERE host = ?1`, clean(hostName(host)))
}

func (s *Store) oneJournal(ctx context.Context, text, name string) (j *journal.Journal, err error) {
	err = s.read(ctx, func(t *tx) error {
		var row journalRow
		err := t.row(text, []any{name}, row.dest()...)
		j, err = row.journal(err, name)
		return err
	})
	return j, err
}

// Journals are all journals, by path.
func (s *Store) Journals(ctx context.Context) (list []journal.Journal, err error) {
	defer errs.Wrap(&err, "store.Journals")
	err = s.read(ctx, func(t *tx) error {
		return t.query(selectJournal+` ORDER BY path`, nil, func(scan func(...any) error) error {
			var row journalRow
			j, err := row.journal(scan(row.dest()...), "")
			if err != nil {
				return err
			}
			list = append(list, *j)
			return nil
		})
	})
	return list, err
}
