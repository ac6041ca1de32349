package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// nameMost bounds the names and languages that are parts of keys.
const nameMost = 100

// SaveWebpage keeps a page as a new revision and fills its Revision and Saved.
// One that says what the last revision says is left as it is; changed tells.
// errs.NotFound when there is no such journal.
func (s *Store) SaveWebpage(ctx context.Context, p *journal.Webpage) (changed bool, err error) {
	defer errs.Wrap(&err, "store.SaveWebpage(%q, %q)", p.Name, p.Lang)
	saved := *p
	saved.Name, saved.Lang, saved.Title, saved.Source, saved.Actor = clean(p.Name), clean(p.Lang), clean(p.Title), clean(p.Source), clean(p.Actor)
	if saved.Name == "" || saved.Lang == "" || len(saved.Name) > nameMost || len(saved.Lang) > nameMost {
		return false, errs.Fieldf(errs.Invalid, "page", "a page needs a name and a language of %d characters at most", nameMost)
	}
	err = s.write(ctx, func(t *tx) error {
		at := now()
		if err := t.lockJournalID(saved.JournalID, at); err != nil {
			return err
		}
		last, err := t.lastWebpage(saved.JournalID, saved.Name, saved.Lang)
		if err != nil {
			return err
		}
		saved.Revision, saved.Saved = last.Revision, last.Saved
		if last.Removed == saved.Removed && last.Title == saved.Title && last.Source == saved.Source && last.Revision > 0 || last.Revision == 0 && saved.Removed {
			return nil
		}
		changed = true
		saved.Revision, saved.Saved = last.Revision+1, at
		if _, err := t.exec(`INSERT INTO webpage (journal_id, name, lang, n, title, source, removed, actor, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
			saved.JournalID, saved.Name, saved.Lang, saved.Revision, saved.Title, saved.Source, saved.Removed, saved.Actor, at); err != nil {
			return err
		}
		return t.told(saved.JournalID, at, "page", saved.Name+" ("+saved.Lang+")", saved.Removed, saved.Actor, saved.Revision)
	})
	if err == nil {
		*p = saved
	}
	return changed, err
}

// RemoveWebpage removes a page in one language, or in all when lang is empty:
// its revisions stay. errs.NotFound when there is no such page.
func (s *Store) RemoveWebpage(ctx context.Context, journalID, name, lang, actor string) (err error) {
	defer errs.Wrap(&err, "store.RemoveWebpage(%q, %q)", name, lang)
	all, err := s.Webpage(ctx, journalID, name)
	if err != nil {
		return err
	}
	found := false
	for _, p := range all {
		if lang != "" && p.Lang != lang {
			continue
		}
		found = true
		p.Title, p.Source, p.Removed, p.Actor = "", "", true, actor
		if _, err := s.SaveWebpage(ctx, &p); err != nil {
			return err
		}
	}
	if !found {
		return errs.Newf(errs.NotFound, "there is no page %q in %q", name, lang)
	}
	return nil
}

// lockJournalID keeps other transactions from saving words of the same journal.
func (t *tx) lockJournalID(id, at string) error {
	n, err := t.exec(`UPDATE journal SET updated = ?2 WHERE id = ?1`, clean(id), at)
	if err == nil && n == 0 {
		return errs.Newf(errs.NotFound, "there is no journal %q", id)
	}
	return err
}

// told notes a save in the log and in the change feed. What a journal says
// about itself stands on all its pages, so that it is a change of the journal.
func (t *tx) told(journalID, at, what, which string, removed bool, actor string, n int) error {
	action := what + " saved"
	if removed {
		action = what + " removed"
	}
	if err := t.log([]Event{{At: at, Kind: KindJournal, Subject: journalID, Action: action, Actor: actor, Note: fmt.Sprintf("%s, revision %d", which, n)}}); err != nil {
		return err
	}
	return t.append(at, []Change{{Kind: KindJournal, ID: journalID, JournalID: journalID, Action: Updated}})
}

const selectWebpage = `SELECT journal_id, name, lang, n, title, source, removed, actor, created FROM webpage p`

// newestWebpage is true of the revision that holds.
const newestWebpage = `n = (SELECT max(q.n) FROM webpage q WHERE q.journal_id = p.journal_id AND q.name = p.name AND q.lang = p.lang)`

func scanWebpage(scan func(...any) error) (p journal.Webpage, err error) {
	err = scan(&p.JournalID, &p.Name, &p.Lang, &p.Revision, &p.Title, &p.Source, &p.Removed, &p.Actor, &p.Saved)
	return p, err
}

// lastWebpage is the newest revision, with the number 0 when there is none.
func (t *tx) lastWebpage(journalID, name, lang string) (journal.Webpage, error) {
	p, err := scanWebpage(func(dest ...any) error {
		return t.row(selectWebpage+` WHERE journal_id = ?1 AND name = ?2 AND lang = ?3 ORDER BY n DESC LIMIT 1`, []any{journalID, name, lang}, dest...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return journal.Webpage{}, nil
	}
	return p, err
}

func (s *Store) webpages(ctx context.Context, text string, args ...any) (list []journal.Webpage, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, args, func(scan func(...any) error) error {
			p, err := scanWebpage(scan)
			list = append(list, p)
			return err
		})
	})
	return list, err
}

// Webpage is a page in each of its languages; errs.NotFound when it is in none.
func (s *Store) Webpage(ctx context.Context, journalID, name string) (list []journal.Webpage, err error) {
	defer errs.Wrap(&err, "store.Webpage(%q, %q)", journalID, name)
	list, err = s.webpages(ctx, selectWebpage+` WHERE journal_id = ?1 AND name = ?2 AND `+newestWebpage+` AND NOT removed ORDER BY lang`, journalID, clean(name))
	if err == nil && len(list) == 0 {
		err = errs.Newf(errs.NotFound, "there is no page %q", name)
	}
	return list, err
}

// Webpages are the pages of a journal in all their languages, in the order of a
// menu. Their sources are left out. With an empty id they are those of all
// journals.
func (s *Store) Webpages(ctx context.Context, journalID string) (list []journal.Webpage, err error) {
	defer errs.Wrap(&err, "store.Webpages(%q)", journalID)
	list, err = s.webpages(ctx, `SELECT journal_id, name, lang, n, title, '', removed, actor, created FROM webpage p WHERE (?1 = '' OR journal_id = ?1) AND `+newestWebpage+` AND NOT removed ORDER BY journal_id, name, lang`, journalID)
	slices.SortStableFunc(list, func(a, b journal.Webpage) int { return journal.WebpageOrder(a.Name) - journal.WebpageOrder(b.Name) })
	return list, err
}

// WebpageRevisions are all saves of a page in one language, oldest first.
func (s *Store) WebpageRevisions(ctx context.Context, journalID, name, lang string) (list []journal.Webpage, err error) {
	defer errs.Wrap(&err, "store.WebpageRevisions(%q, %q, %q)", journalID, name, lang)
	return s.webpages(ctx, selectWebpage+` WHERE journal_id = ?1 AND name = ?2 AND lang = ?3 ORDER BY n`, journalID, clean(name), clean(lang))
}

// webpages looks for saves that are missing: they are numbered 1, 2, 3 ….
func (c *checker) webpages() error {
	return c.query(`SELECT j.path, s.what, s.name, s.lang, s.saves, s.last FROM journal j JOIN (
	SELECT journal_id, 'page' AS what, name, lang, count(*) AS saves, max(n) AS last FROM webpage GROUP BY journal_id, name, lang
	UNION ALL
	SELECT journal_id, 'announcement', slug, lang, count(*), max(n) FROM announcement GROUP BY journal_id, slug, lang) s ON s.journal_id = j.id
WHERE s.saves <> s.last`, nil, func(scan func(...any) error) error {
		var path, what, name, lang string
		var saves, last int
		err := scan(&path, &what, &name, &lang, &saves, &last)
		c.report(fmt.Sprintf("%s %s of /%s/ in %s", what, name, path, lang), doRestore, "%d of its %d saves are there", saves, last)
		return err
	})
}
