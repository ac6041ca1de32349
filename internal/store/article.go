package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// publicationOf is the query for one version of some rows of article: of that
// number, or the newest where it is «a.version».
func publicationOf(articles, version string) string {
	return `SELECT a.id, a.slug, a.version, a.withdrawn, a.standing, j.id, j.path, coalesce(j.host, ''), j.record,
	coalesce(i.id, ''), coalesce(i.slug, ''), coalesce(i.year, 0), coalesce(i.volume, ''), coalesce(i.number, ''), coalesce(i.record, '{}'),
	v.n, v.created, v.reason, v.record
FROM (SELECT * FROM article a ` + articles + `) a JOIN journal j ON j.id = a.journal_id
LEFT JOIN issue i ON i.id = a.issue_id JOIN version v ON v.article_id = a.id AND v.n = ` + version
}

const newest = `a.version`

// shelf reads the rows of publicationOf in one transaction. The journal and the issue
// of many articles are decoded once.
type shelf struct {
	// lean leaves out the references, which are most of a record.
	lean     bool
	journals map[string]*journal.Journal
	issues   map[string]*journal.Issue
}

func (s *shelf) scan(scan func(...any) error, p *journal.Publication) error {
	var row journalRow
	var is journal.Issue
	var withdrawn, issue, record string
	err := scan(append(append([]any{&p.ID, &p.Slug, &p.Latest, &withdrawn, &p.Standing}, row.dest()...),
		&is.ID, &is.Slug, &is.Year, &is.Volume, &is.Number, &issue, &p.Version, &p.Created, &p.Reason, &record)...)
	if err != nil {
		return err
	}
	p.Withdrawn = withdrawn != ""
	if err := s.journal(&row, &p.Journal); err != nil {
		return err
	}
	if is.ID != "" {
		is.JournalID = row.id
		if p.Issue, err = s.issue(&is, issue); err != nil {
			return err
		}
	}
	if s.lean {
		return json.Unmarshal(withoutReferences(record), &p.Record)
	}
	return json.Unmarshal([]byte(record), &p.Record)
}

func (s *shelf) journal(row *journalRow, into *journal.Journal) error {
	j := s.journals[row.id]
	if j == nil {
		var err error
		if j, err = row.journal(nil, row.path); err != nil {
			return err
		}
		if s.journals == nil {
			s.journals = map[string]*journal.Journal{}
		}
		s.journals[row.id] = j
	}
	*into = *j
	return nil
}

func (s *shelf) issue(is *journal.Issue, record string) (*journal.Issue, error) {
	kept := s.issues[is.ID]
	if kept == nil {
		if err := tellIssue(is, []byte(record)); err != nil {
			return nil, err
		}
		if s.issues == nil {
			s.issues = map[string]*journal.Issue{}
		}
		kept, s.issues[is.ID] = is, is
	}
	own := *kept
	return &own, nil
}

// PublishedArticle is the newest version of an article with its journal, issue,
// counts and the articles that name it. A withdrawn article is returned with Withdrawn set; the caller
// shows nothing of it but that. errs.NotFound when the address is not one.
func (s *Store) PublishedArticle(ctx context.Context, journalID, slug string) (p *journal.Publication, err error) {
	defer errs.Wrap(&err, "store.PublishedArticle(%q, %q)", journalID, slug)
	return s.onePublication(ctx, slug, publicationOf(`WHERE a.journal_id = ?1 AND a.slug = ?2`, newest), journalID, clean(slug))
}

// ArticleByID is PublishedArticle by the article's id.
func (s *Store) ArticleByID(ctx context.Context, id string) (p *journal.Publication, err error) {
	defer errs.Wrap(&err, "store.ArticleByID(%q)", id)
	return s.onePublication(ctx, id, publicationOf(`WHERE a.id = ?1`, newest), clean(id))
}

// ArticleVersion is version n of an article, from 1; errs.NotFound.
func (s *Store) ArticleVersion(ctx context.Context, journalID, slug string, n int) (p *journal.Publication, err error) {
	defer errs.Wrap(&err, "store.ArticleVersion(%q, %q, %d)", journalID, slug, n)
	return s.onePublication(ctx, slug, publicationOf(`WHERE a.journal_id = ?1 AND a.slug = ?2`, `?3`), journalID, clean(slug), n)
}

func (s *Store) onePublication(ctx context.Context, name, text string, args ...any) (*journal.Publication, error) {
	p := &journal.Publication{}
	err := s.read(ctx, func(t *tx) error {
		if err := new(shelf).scan(func(dest ...any) error { return t.row(text, args, dest...) }, p); err != nil {
			return err
		}
		counts, err := t.counts([]string{p.ID})
		if err != nil {
			return err
		}
		p.Counts = counts[p.ID]
		return t.notices(p)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no article %q", name)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// ArticlesAfter are the published articles whose id is greater than afterID, in
// the order of ids, limit at most: a walk for exports begins with "" and goes on
// with the last id. The journal may be empty for all; withdrawn articles are
// left out.
func (s *Store) ArticlesAfter(ctx context.Context, journalID, afterID string, limit int) (list []journal.Publication, err error) {
	defer errs.Wrap(&err, "store.ArticlesAfter(%q, %q)", journalID, afterID)
	articles, args := `WHERE a.withdrawn = '' AND a.journal_id = ?1 AND a.id > ?2 ORDER BY a.id LIMIT ?3`, []any{journalID, afterID, limit}
	if journalID == "" {
		articles, args = `WHERE a.withdrawn = '' AND a.id > ?1 ORDER BY a.id LIMIT ?2`, []any{afterID, limit}
	}
	err = s.read(ctx, func(t *tx) error {
		list, err = t.publications(&shelf{}, func(each func(scan func(...any) error) error) error {
			return t.query(publicationOf(articles, newest)+` ORDER BY a.id`, args, each)
		})
		return err
	})
	return list, err
}

// publications are what a query for publicationOf finds, with their counts unless they
// are read lean.
func (t *tx) publications(from *shelf, query func(each func(scan func(...any) error) error) error) (list []journal.Publication, err error) {
	var ids []string
	err = query(func(scan func(...any) error) error {
		var p journal.Publication
		err := from.scan(scan, &p)
		list, ids = append(list, p), append(ids, p.ID)
		return err
	})
	if err != nil || from.lean {
		return list, err
	}
	counts, err := t.counts(ids)
	for i := range list {
		list[i].Counts = counts[list[i].ID]
	}
	return list, err
}

// Articles are the newest versions of the articles with these ids, in any order;
// withdrawn ones have Withdrawn set, and ids that are none are left out.
func (s *Store) Articles(ctx context.Context, ids []string) (list []journal.Publication, err error) {
	defer errs.Wrap(&err, "store.Articles")
	return s.articles(ctx, ids, false)
}

// LeanArticles are Articles for whoever has no use for the lists of references, which
// are most of what there is to read, and for carried-over counts: they are left out.
func (s *Store) LeanArticles(ctx context.Context, ids []string) (list []journal.Publication, err error) {
	defer errs.Wrap(&err, "store.LeanArticles")
	return s.articles(ctx, ids, true)
}

func (s *Store) articles(ctx context.Context, ids []string, lean bool) (list []journal.Publication, err error) {
	rows := make([][]string, len(ids))
	for i, id := range ids {
		rows[i] = []string{clean(id)}
	}
	err = s.read(ctx, func(t *tx) error {
		list, err = t.publications(&shelf{lean: lean}, func(each func(scan func(...any) error) error) error {
			return t.list(`WITH wanted (id) AS (VALUES %) `+publicationOf(`WHERE a.id IN (SELECT w.id FROM wanted w)`, newest), rows, each)
		})
		return err
	})
	return list, err
}

// ArticleIDs are the ids of published articles that are greater than after, in
// their order, limit at most.
func (s *Store) ArticleIDs(ctx context.Context, after string, limit int) (ids []string, err error) {
	defer errs.Wrap(&err, "store.ArticleIDs(%q)", after)
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT id FROM article WHERE withdrawn = '' AND id > ?1 ORDER BY id LIMIT ?2`, []any{after, limit}, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	return ids, err
}

// ArticleCount is how many articles are published in the installation.
func (s *Store) ArticleCount(ctx context.Context) (n int, err error) {
	defer errs.Wrap(&err, "store.ArticleCount")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT count(*) FROM article WHERE withdrawn = ''`, nil, &n)
	})
	return n, err
}

// Recent are the articles published last, newest first, by the date of
// publication as exact as it is known; the journal may be empty for all.
func (s *Store) Recent(ctx context.Context, journalID string, limit int) (list []Line, err error) {
	defer errs.Wrap(&err, "store.Recent(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		if journalID == "" {
			list, err = t.lines(lineOf(`WHERE a.withdrawn = '' `+newestFirst+` LIMIT ?1`, newestFirst), limit)
		} else {
			list, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.journal_id = ?1 `+newestFirst+` LIMIT ?2`, newestFirst), journalID, limit)
		}
		return err
	})
	return list, err
}

// Withdraw takes an article out of the public; its address goes on answering.
// Withdrawing it again changes nothing. errs.NotFound.
func (s *Store) Withdraw(ctx context.Context, articleID, reason, actor string) (err error) {
	defer errs.Wrap(&err, "store.Withdraw(%q)", articleID)
	return s.write(ctx, func(t *tx) error {
		at := now()
		c := Change{Kind: KindArticle, ID: articleID, Action: Withdrawn}
		err := t.row(`UPDATE article SET withdrawn = ?2, updated = ?2 WHERE id = ?1 AND withdrawn = '' RETURNING journal_id, coalesce(issue_id, '')`,
			[]any{articleID, at}, &c.JournalID, &c.IssueID)
		if errors.Is(err, sql.ErrNoRows) {
			return t.withdrawnAlready(articleID)
		}
		if err != nil {
			return err
		}
		e := Event{At: at, Kind: KindArticle, Subject: articleID, Action: Withdrawn, Actor: clean(actor), Note: clean(reason)}
		if err := t.log([]Event{e}); err != nil {
			return err
		}
		stood, err := t.silence(articleID, at)
		if err != nil {
			return err
		}
		return t.append(at, append([]Change{c}, stood...))
	})
}

func (t *tx) withdrawnAlready(id string) error {
	var one int
	err := t.row(`SELECT 1 FROM article WHERE id = ?1`, []any{id}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return errs.Newf(errs.NotFound, "there is no article %q", id)
	}
	return err
}
