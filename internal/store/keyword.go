package store

import (
	"context"
	"database/sql"
	"errors"

	"offprint/internal/errs"
)

// KeywordLine is a keyword as an index shows it.
type KeywordLine struct {
	ID, Slug string
	Lang     string // BCP 47, or empty
	Word     string // as it was first printed
	Letter   string
	Articles int
}

// Keyword is a keyword of a journal in one language.
type Keyword struct {
	KeywordLine
	Also  []KeywordLine // the word in other languages, as articles translate it
	Lines []Line        // newest first
}

const selectKeyword = `SELECT k.id, k.slug, k.lang, k.word, k.letter, k.articles FROM keyword k `

func scanKeyword(scan func(...any) error) (l KeywordLine, err error) {
	err = scan(&l.ID, &l.Slug, &l.Lang, &l.Word, &l.Letter, &l.Articles)
	return l, err
}

// KeywordLetters are the headings of the index of a journal's keywords.
func (s *Store) KeywordLetters(ctx context.Context, journalID string) (list []Letter, err error) {
	defer errs.Wrap(&err, "store.KeywordLetters(%q)", journalID)
	return s.letters(ctx, `SELECT letter, count(*) FROM keyword WHERE journal_id = ?1 AND articles > 0 GROUP BY letter ORDER BY letter`, journalID)
}

// Keywords are the keywords of a journal in the order of its language, those
// under one letter or, without a letter, all.
func (s *Store) Keywords(ctx context.Context, journalID, letter string, limit, offset int) (list []KeywordLine, err error) {
	defer errs.Wrap(&err, "store.Keywords(%q, %q)", journalID, letter)
	text, args := selectKeyword+`WHERE k.journal_id = ?1 AND k.articles > 0 ORDER BY k.sort, k.id LIMIT ?2 OFFSET ?3`, []any{journalID, limit, offset}
	if letter != "" {
		text, args = selectKeyword+`WHERE k.journal_id = ?1 AND k.articles > 0 AND k.letter = ?4 ORDER BY k.sort, k.id LIMIT ?2 OFFSET ?3`, append(args, clean(letter))
	}
	err = s.read(ctx, func(t *tx) error { list, err = t.keywordLines(text, args...); return err })
	return list, err
}

func (t *tx) keywordLines(text string, args ...any) (list []KeywordLine, err error) {
	err = t.query(text, args, func(scan func(...any) error) error {
		l, err := scanKeyword(scan)
		list = append(list, l)
		return err
	})
	return list, err
}

// Keyword is the keyword of a journal with that address, with the articles that
// have it, limit at most from an offset on. Its translations are the words at
// the same place of another list of the same length. errs.NotFound.
func (s *Store) Keyword(ctx context.Context, journalID, slug string, limit, offset int) (k *Keyword, err error) {
	defer errs.Wrap(&err, "store.Keyword(%q, %q)", journalID, slug)
	err = s.read(ctx, func(t *tx) error {
		k = &Keyword{}
		k.KeywordLine, err = scanKeyword(func(dest ...any) error {
			return t.row(selectKeyword+`WHERE k.journal_id = ?1 AND k.slug = ?2`, []any{journalID, clean(slug)}, dest...)
		})
		if err != nil {
			return err
		}
		k.Also, err = t.keywordLines(selectKeyword+`JOIN (
	SELECT y.keyword_id, count(*) AS n FROM article_keyword x JOIN article_keyword y ON y.article_id = x.article_id AND y.list <> x.list AND y.position = x.position AND y.size = x.size
	WHERE x.keyword_id = ?1 GROUP BY y.keyword_id) s ON s.keyword_id = k.id WHERE k.lang <> ?2 ORDER BY k.lang, s.n DESC, k.sort, k.id LIMIT 20`, k.ID, k.Lang)
		if err != nil {
			return err
		}
		k.Lines, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.id IN (SELECT x.article_id FROM article_keyword x WHERE x.keyword_id = ?1) `+newestFirst+` LIMIT ?2 OFFSET ?3`, newestFirst), k.ID, limit, offset)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no keyword %q", slug)
	}
	if err != nil {
		return nil, err
	}
	return k, nil
}

// keywordSlugs are the addresses of an article's keywords, by list and place.
func (t *tx) keywordSlugs(articleID string) (map[[2]int]string, error) {
	out := map[[2]int]string{}
	err := t.query(`SELECT x.list, x.position, k.slug FROM article_keyword x JOIN keyword k ON k.id = x.keyword_id WHERE x.article_id = ?1`, []any{articleID}, func(scan func(...any) error) error {
		var at [2]int
		var slug string
		err := scan(&at[0], &at[1], &slug)
		out[at] = slug
		return err
	})
	return out, err
}
