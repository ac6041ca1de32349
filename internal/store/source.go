package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// CitedReference is a reference of an article as it was read.
type CitedReference struct {
	Record journal.Reference // the printed text is there without its markup
	Source string            // id of the work that it names, or empty
	// Articles of the installation that cite the work.
	Articles int
	// Here is the article of the installation that the work is, or nil.
	Here *Known
	// Updates say what has become of the work, the gravest first.
	Updates []WorkUpdate
}

// Source is a work that articles of the installation cite.
type Source struct {
	ID       string
	Record   journal.Reference // as it is described best
	Articles int               // that cite it
	Here     *Known            // the article that it is, or nil
	Citing   []Citing
}

// Citing is an article that cites something, with where it does.
type Citing struct {
	Line
	References []int // their numbers in its list
	Places     []CitedPlace
}

// SourceLine is a source as an index shows it.
type SourceLine struct {
	ID       string
	Record   journal.Reference
	Letter   string
	Articles int // of the journal that cite it
}

// CitedReferences are the references of the newest version of an article as they
// were read last, in the order of its list; none when they have not been yet.
func (s *Store) CitedReferences(ctx context.Context, articleID string) (list []CitedReference, err error) {
	defer errs.Wrap(&err, "store.CitedReferences(%q)", articleID)
	err = s.read(ctx, func(t *tx) error {
		err := t.query(`SELECT r.record, r.source_id, coalesce(s.articles, 0), coalesce(a.id, ''), coalesce(a.slug, ''), coalesce(j.id, ''), coalesce(j.path, '') FROM cited_reference r LEFT JOIN source s ON s.id = r.source_id
LEFT JOIN article a ON a.id = s.article_id AND a.withdrawn = '' AND a.id <> r.article_id LEFT JOIN journal j ON j.id = a.journal_id WHERE r.article_id = ?1 AND r.position >= 0 ORDER BY r.position`, []any{articleID}, func(scan func(...any) error) error {
			var c CitedReference
			var record []byte
			var here Known
			if err := scan(&record, &c.Source, &c.Articles, &here.ArticleID, &here.Slug, &here.JournalID, &here.JournalPath); err != nil {
				return err
			}
			if here.ArticleID != "" {
				c.Here = &here
			}
			err := json.Unmarshal(record, &c.Record)
			list = append(list, c)
			return err
		})
		if err != nil {
			return err
		}
		return t.standOf(list)
	})
	return list, err
}

// ReadReferences are the references of the newest versions of some articles as they
// were read last, by article and in the order of their lists; an article that was not
// read yet is not among them.
func (s *Store) ReadReferences(ctx context.Context, ids []string) (read map[string][]journal.Reference, err error) {
	defer errs.Wrap(&err, "store.ReadReferences")
	rows := make([][]string, len(ids))
	for i, id := range ids {
		rows[i] = []string{clean(id)}
	}
	read = make(map[string][]journal.Reference, len(ids))
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (id) AS (VALUES %)
SELECT r.article_id, r.record FROM cited_reference r WHERE r.article_id IN (SELECT id FROM wanted) AND r.position >= 0 ORDER BY r.article_id, r.position`, rows, func(scan func(...any) error) error {
			var id, record string
			if err := scan(&id, &record); err != nil {
				return err
			}
			var r journal.Reference
			err := json.Unmarshal([]byte(record), &r)
			read[id] = append(read[id], r)
			return err
		})
	})
	return read, err
}

// citingMost is how many articles that cite one are read for its page.
const citingMost = 100

// CitedBy are the articles of the installation that cite an article, the newest
// first.
func (s *Store) CitedBy(ctx context.Context, articleID string) (list []Citing, err error) {
	defer errs.Wrap(&err, "store.CitedBy(%q)", articleID)
	err = s.read(ctx, func(t *tx) error {
		list, err = t.citing(`JOIN source s ON s.id = r.source_id WHERE s.article_id = ?1 AND s.article_id <> '' AND r.article_id <> ?1 AND r.position >= 0`, articleID, citingMost, 0)
		return err
	})
	return list, err
}

// citing are the articles of some references, limit at most from an offset on.
func (t *tx) citing(which, id string, limit, offset int) (list []Citing, err error) {
	var ids []string
	err = t.query(`SELECT a.id FROM article a WHERE a.withdrawn = '' AND a.id IN (SELECT r.article_id FROM cited_reference r `+which+`) ORDER BY a.published_order DESC, a.id DESC LIMIT ?2 OFFSET ?3`, []any{id, limit, offset},
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	lines, err := t.linesByID(ids)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for _, id := range ids {
		if l := lines[id]; l != nil {
			at[id] = len(list)
			list = append(list, Citing{Line: *l})
		}
	}
	err = t.query(`SELECT r.article_id, r.position, r.places FROM cited_reference r `+which+` ORDER BY r.article_id, r.position`, []any{id}, func(scan func(...any) error) error {
		var articleID string
		var position int
		var record []byte
		if err := scan(&articleID, &position, &record); err != nil {
			return err
		}
		n, ok := at[articleID]
		if !ok {
			return nil
		}
		var places []CitedPlace
		err := json.Unmarshal(record, &places)
		list[n].References, list[n].Places = append(list[n].References, position+1), append(list[n].Places, places...)
		return err
	})
	return list, err
}

// Source is the source with an id, and the articles that cite it, limit at most
// from an offset on. An id that leads to another source gives that one, whose ID is
// another then. errs.NotFound.
func (s *Store) Source(ctx context.Context, id string, limit, offset int) (out *Source, err error) {
	defer errs.Wrap(&err, "store.Source(%q)", id)
	err = s.read(ctx, func(t *tx) error {
		out, err = t.source(id)
		if err != nil {
			return err
		}
		out.Citing, err = t.citing(`WHERE r.source_id = ?1 AND r.position >= 0`, out.ID, limit, offset)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no source %q", id)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *tx) source(id string) (*Source, error) {
	out := &Source{}
	id = clean(id)
	for range 20 { // a source that was joined may have been again
		var record []byte
		var joined string
		var here Known
		err := t.row(`SELECT s.id, s.joined, s.record, s.articles, coalesce(a.id, ''), coalesce(a.slug, ''), coalesce(j.id, ''), coalesce(j.path, '') FROM source s LEFT JOIN article a ON a.id = s.article_id AND a.withdrawn = '' LEFT JOIN journal j ON j.id = a.journal_id WHERE s.id = ?1`,
			[]any{id}, &out.ID, &joined, &record, &out.Articles, &here.ArticleID, &here.Slug, &here.JournalID, &here.JournalPath)
		if err != nil {
			return nil, err
		}
		if joined != "" {
			id = joined
			continue
		}
		if here.ArticleID != "" {
			out.Here = &here
		}
		return out, json.Unmarshal(record, &out.Record)
	}
	return nil, errs.Newf(errs.NotFound, "the source %q leads in a circle", id)
}

// SourceLetters are the headings of the index of what a journal cites.
func (s *Store) SourceLetters(ctx context.Context, journalID string) (list []Letter, err error) {
	defer errs.Wrap(&err, "store.SourceLetters(%q)", journalID)
	return s.letters(ctx, `SELECT letter, count(*) FROM source_index WHERE journal_id = ?1 GROUP BY letter ORDER BY letter`, journalID)
}

// Sources are what a journal cites in the order of its language, under one letter
// or, without a letter, all.
func (s *Store) Sources(ctx context.Context, journalID, letter string, limit, offset int) (list []SourceLine, err error) {
	defer errs.Wrap(&err, "store.Sources(%q, %q)", journalID, letter)
	text, args := `SELECT x.source_id, x.letter, x.articles, s.record FROM source_index x JOIN source s ON s.id = x.source_id WHERE x.journal_id = ?1 `, []any{journalID, limit, offset}
	if letter != "" {
		text, args = text+`AND x.letter = ?4 `, append(args, clean(letter))
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(text+`ORDER BY x.sort, x.source_id LIMIT ?2 OFFSET ?3`, args, func(scan func(...any) error) error {
			var l SourceLine
			var record []byte
			if err := scan(&l.ID, &l.Letter, &l.Articles, &record); err != nil {
				return err
			}
			err := json.Unmarshal(record, &l.Record)
			list = append(list, l)
			return err
		})
	})
	return list, err
}
