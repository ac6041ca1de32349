package store

import (
	"context"
	"database/sql"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// SaveAnnouncement keeps an announcement as a new revision and fills its
// Revision and Saved. One that says what the last revision says is left as it
// is; changed tells. errs.NotFound when there is no such journal.
func (s *Store) SaveAnnouncement(ctx context.Context, a *journal.Announcement) (changed bool, err error) {
	defer errs.Wrap(&err, "store.SaveAnnouncement(%q, %q)", a.Slug, a.Lang)
	saved := *a
	saved.Slug, saved.Lang, saved.Title, saved.Source, saved.Actor = clean(a.Slug), clean(a.Lang), clean(a.Title), clean(a.Source), clean(a.Actor)
	if saved.Slug == "" || saved.Lang == "" || len(saved.Slug) > nameMost || len(saved.Lang) > nameMost || len(saved.Date) != len("2026-01-02") {
		return false, errs.Fieldf(errs.Invalid, "announcement", "an announcement needs an address and a language of %d characters at most, and a date", nameMost)
	}
	err = s.write(ctx, func(t *tx) error {
		at := now()
		if err := t.lockJournalID(saved.JournalID, at); err != nil {
			return err
		}
		last, err := t.lastAnnouncement(saved.JournalID, saved.Slug, saved.Lang)
		if err != nil {
			return err
		}
		saved.Revision, saved.Saved = last.Revision, last.Saved
		same := saved
		same.Actor = last.Actor
		if same == last || last.Revision == 0 && saved.Removed {
			return nil
		}
		changed = true
		saved.Revision, saved.Saved = last.Revision+1, at
		if _, err := t.exec(`INSERT INTO announcement (journal_id, slug, lang, n, date, title, source, removed, actor, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`,
			saved.JournalID, saved.Slug, saved.Lang, saved.Revision, string(saved.Date), saved.Title, saved.Source, saved.Removed, saved.Actor, at); err != nil {
			return err
		}
		return t.told(saved.JournalID, at, "announcement", saved.Slug+" ("+saved.Lang+")", saved.Removed, saved.Actor, saved.Revision)
	})
	if err == nil {
		*a = saved
	}
	return changed, err
}

// RemoveAnnouncement removes an announcement in one language, or in all when
// lang is empty: its revisions stay. errs.NotFound when there is none.
func (s *Store) RemoveAnnouncement(ctx context.Context, journalID, slug, lang, actor string) (err error) {
	defer errs.Wrap(&err, "store.RemoveAnnouncement(%q, %q)", slug, lang)
	all, err := s.Announcement(ctx, journalID, slug)
	if err != nil {
		return err
	}
	found := false
	for _, a := range all {
		if lang != "" && a.Lang != lang {
			continue
		}
		found = true
		a.Title, a.Source, a.Removed, a.Actor = "", "", true, actor
		if _, err := s.SaveAnnouncement(ctx, &a); err != nil {
			return err
		}
	}
	if !found {
		return errs.Newf(errs.NotFound, "there is no announcement %q in %q", slug, lang)
	}
	return nil
}

const selectAnnouncement = `SELECT journal_id, slug, lang, n, date, title, source, removed, actor, created FROM announcement p`

// newestAnnouncement is true of the revision that holds.
const newestAnnouncement = `n = (SELECT max(q.n) FROM announcement q WHERE q.journal_id = p.journal_id AND q.slug = p.slug AND q.lang = p.lang)`

func scanAnnouncement(scan func(...any) error) (a journal.Announcement, err error) {
	err = scan(&a.JournalID, &a.Slug, &a.Lang, &a.Revision, &a.Date, &a.Title, &a.Source, &a.Removed, &a.Actor, &a.Saved)
	return a, err
}

func (t *tx) lastAnnouncement(journalID, slug, lang string) (journal.Announcement, error) {
	a, err := scanAnnouncement(func(dest ...any) error {
		return t.row(selectAnnouncement+` WHERE journal_id = ?1 AND slug = ?2 AND lang = ?3 ORDER BY n DESC LIMIT 1`, []any{journalID, slug, lang}, dest...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return journal.Announcement{}, nil
	}
	return a, err
}

func (s *Store) announcements(ctx context.Context, text string, args ...any) (list []journal.Announcement, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, args, func(scan func(...any) error) error {
			a, err := scanAnnouncement(scan)
			list = append(list, a)
			return err
		})
	})
	return list, err
}

// Announcement is one in each of its languages; errs.NotFound when it is in
// none.
func (s *Store) Announcement(ctx context.Context, journalID, slug string) (list []journal.Announcement, err error) {
	defer errs.Wrap(&err, "store.Announcement(%q, %q)", journalID, slug)
	list, err = s.announcements(ctx, selectAnnouncement+` WHERE journal_id = ?1 AND slug = ?2 AND `+newestAnnouncement+` AND NOT removed ORDER BY lang`, journalID, clean(slug))
	if err == nil && len(list) == 0 {
		err = errs.Newf(errs.NotFound, "there is no announcement %q", slug)
	}
	return list, err
}

// Announcements are those of a journal in all their languages, newest first;
// the languages of one follow each other. Their sources are left out. With an
// empty id they are those of all journals.
func (s *Store) Announcements(ctx context.Context, journalID string) (list []journal.Announcement, err error) {
	defer errs.Wrap(&err, "store.Announcements(%q)", journalID)
	return s.announcements(ctx, `SELECT journal_id, slug, lang, n, date, title, '', removed, actor, created FROM announcement p
WHERE (?1 = '' OR journal_id = ?1) AND `+newestAnnouncement+` AND NOT removed
ORDER BY journal_id, (SELECT max(r.date) FROM announcement r WHERE r.journal_id = p.journal_id AND r.slug = p.slug AND NOT r.removed) DESC, slug, lang`, journalID)
}
