package store

import (
	"context"
	"database/sql"
	"errors"

	"offprint/internal/errs"
)

// JoinSources says that two sources are one. The first address stays, the second
// leads to it from now on. It is kept as an editor's word. errs.NotFound;
// errs.Invalid when they are one already.
func (s *Store) JoinSources(ctx context.Context, id, other, actor string) (err error) {
	defer errs.Wrap(&err, "store.JoinSources(%q, %q)", id, other)
	return s.editSources(ctx, func(t *tx, d *sourceDeriver) error {
		a, err := t.editedSource(id)
		if err != nil {
			return err
		}
		b, err := t.editedSource(other)
		if err != nil {
			return err
		}
		if a.ID == b.ID {
			return errs.Newf(errs.Invalid, "%s and %s are one source already", id, other)
		}
		// Whoever says so now may have said the contrary before.
		if _, err := t.exec(`DELETE FROM source_join WHERE mark = ?1 AND other = ?2`, b.ID, a.ID); err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO source_join (mark, other, actor, created) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING`, a.ID, b.ID, clean(actor), d.at); err != nil {
			return err
		}
		d.wave[a.ID], d.wave[b.ID] = true, true
		d.old[a.ID], d.old[b.ID] = true, true
		return t.log([]Event{{At: d.at, Kind: KindSource, Subject: a.ID, Action: Joined, Actor: clean(actor), Note: b.ID}})
	})
}

// SplitSource says that what an article cites as this source is another work, and
// returns the id of that. errs.NotFound when there is no such source or the article
// does not cite it.
func (s *Store) SplitSource(ctx context.Context, id, journalID, articleSlug, actor string) (own string, err error) {
	defer errs.Wrap(&err, "store.SplitSource(%q, %q)", id, articleSlug)
	var articleID string
	first := -1
	err = s.editSources(ctx, func(t *tx, d *sourceDeriver) error {
		src, err := t.editedSource(id)
		if err != nil {
			return err
		}
		var splits, marks [][]any
		err = t.query(`SELECT m.mark, m.kind, m.article_id, m.position FROM article a JOIN cited_reference r ON r.article_id = a.id AND r.source_id = ?3 AND r.position >= 0
JOIN source_mark m ON m.article_id = r.article_id AND m.position = r.position WHERE a.journal_id = ?1 AND a.slug = ?2`, []any{journalID, clean(articleSlug), src.ID}, func(scan func(...any) error) error {
			var m Mark
			var position int
			if err := scan(&m.ID, &m.Kind, &articleID, &position); err != nil {
				return err
			}
			first = position
			d.wave[m.ID] = true
			own := MarkOf(m.Kind, "split "+articleID+" "+m.ID)
			d.wave[own.ID] = true
			splits = append(splits, []any{articleID, m.ID, clean(actor), d.at})
			marks = append(marks, []any{own.ID, articleID, position, m.Kind, m.ID})
			return nil
		})
		if err != nil {
			return err
		}
		if len(splits) == 0 {
			return errs.Newf(errs.NotFound, "the article %q does not cite the source %s", articleSlug, id)
		}
		for _, m := range marks {
			if _, err := t.exec(`UPDATE source_mark SET mark = ?1 WHERE mark = ?5 AND article_id = ?2 AND position = ?3 AND kind = ?4`, m...); err != nil {
				return err
			}
		}
		d.old[src.ID] = true
		if err := t.bulk(`INSERT INTO source_split (article_id, mark, actor, created) VALUES % ON CONFLICT DO NOTHING`, splits, nil); err != nil {
			return err
		}
		return t.log([]Event{{At: d.at, Kind: KindSource, Subject: src.ID, Action: Split, Actor: clean(actor), Note: articleSlug}})
	})
	if err != nil {
		return "", err
	}
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT source_id FROM cited_reference WHERE article_id = ?1 AND position = ?2`, []any{articleID, first}, &own)
	})
	return own, err
}

// editSources runs f under the lock of those who derive and settles what it names.
func (s *Store) editSources(ctx context.Context, f func(t *tx, d *sourceDeriver) error) error {
	return s.write(ctx, func(t *tx) error {
		var round int64
		if err := t.row(`UPDATE follower SET seq = seq WHERE name = 'references' RETURNING round`, nil, &round); err != nil {
			return err
		}
		d := t.newSourceDeriver(round)
		if err := f(t, d); err != nil {
			return err
		}
		if err := d.settle(); err != nil {
			return err
		}
		return d.append(d.at, d.changes())
	})
}

func (t *tx) editedSource(id string) (*Source, error) {
	src, err := t.source(id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no source %q: the address of its page ends in it", id)
	}
	return src, err
}
