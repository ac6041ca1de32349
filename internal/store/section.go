package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// SectionLine is a heading of a journal, or a type of articles, in an index.
type SectionLine struct {
	Slug     string
	Texts    []journal.Text // of a heading
	Type     string         // of a type: the JATS article-type
	Articles int
}

// SectionPage is a heading or a type with its articles.
type SectionPage struct {
	SectionLine
	Lines []Line // newest first
}

// SectionsOf are the headings of a journal, or of all when the id is empty, by the
// journal's id and in the order of their addresses; also those under which no
// article stands any more.
func (s *Store) SectionsOf(ctx context.Context, journalID string) (all map[string][]SectionLine, err error) {
	defer errs.Wrap(&err, "store.SectionsOf(%q)", journalID)
	all = map[string][]SectionLine{}
	text, args := `SELECT s.journal_id, s.slug, s.texts FROM section s ORDER BY s.slug`, []any(nil)
	if journalID != "" {
		text, args = `SELECT s.journal_id, s.slug, s.texts FROM section s WHERE s.journal_id = ?1 ORDER BY s.slug`, []any{journalID}
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, args, func(scan func(...any) error) error {
			var id string
			var l SectionLine
			var texts []byte
			if err := scan(&id, &l.Slug, &texts); err != nil {
				return err
			}
			err := json.Unmarshal(texts, &l.Texts)
			all[id] = append(all[id], l)
			return err
		})
	})
	return all, err
}

// Sections are the headings of a journal under which articles stand and the
// types of its articles, those with most articles first.
func (s *Store) Sections(ctx context.Context, journalID string) (sections, types []SectionLine, err error) {
	defer errs.Wrap(&err, "store.Sections(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		err := t.query(`SELECT s.slug, s.texts, p.n FROM section s JOIN (
	SELECT section_id, count(*) AS n FROM article_place WHERE journal_id = ?1 AND section_id <> '' GROUP BY section_id) p ON p.section_id = s.id ORDER BY p.n DESC, s.slug`, []any{journalID},
			func(scan func(...any) error) error {
				var l SectionLine
				var texts []byte
				if err := scan(&l.Slug, &texts, &l.Articles); err != nil {
					return err
				}
				sections = append(sections, l)
				return json.Unmarshal(texts, &sections[len(sections)-1].Texts)
			})
		if err != nil {
			return err
		}
		return t.query(`SELECT type, count(*) AS n FROM article_place WHERE journal_id = ?1 AND type <> '' GROUP BY type ORDER BY n DESC, type`, []any{journalID}, func(scan func(...any) error) error {
			var l SectionLine
			err := scan(&l.Type, &l.Articles)
			l.Slug = typeMark + l.Type
			types = append(types, l)
			return err
		})
	})
	return sections, types, err
}

// Section is the heading of a journal with that address, or the type of
// articles whose address is "type-" and its name; with its articles, limit at
// most from an offset on. errs.NotFound.
func (s *Store) Section(ctx context.Context, journalID, slug string, limit, offset int) (p *SectionPage, err error) {
	defer errs.Wrap(&err, "store.Section(%q, %q)", journalID, slug)
	err = s.read(ctx, func(t *tx) error {
		p = &SectionPage{}
		p.Slug = slug
		if name, ok := strings.CutPrefix(slug, typeMark); ok {
			p.Type = name
			return t.typeSection(p, journalID, limit, offset)
		}
		var id string
		var texts []byte
		if err := t.row(`SELECT s.id, s.texts, (SELECT count(*) FROM article_place x WHERE x.section_id = s.id) FROM section s WHERE s.journal_id = ?1 AND s.slug = ?2`,
			[]any{journalID, clean(slug)}, &id, &texts, &p.Articles); err != nil {
			return err
		}
		if err := json.Unmarshal(texts, &p.Texts); err != nil {
			return err
		}
		p.Lines, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.id IN (SELECT x.article_id FROM article_place x WHERE x.section_id = ?1 AND x.section_id <> '') `+newestFirst+` LIMIT ?2 OFFSET ?3`, newestFirst), id, limit, offset)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no section %q", slug)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (t *tx) typeSection(p *SectionPage, journalID string, limit, offset int) (err error) {
	name := clean(p.Type)
	if err := t.row(`SELECT count(*) FROM article_place WHERE journal_id = ?1 AND type = ?2 AND type <> ''`, []any{journalID, name}, &p.Articles); err != nil {
		return err
	}
	if p.Articles == 0 {
		return sql.ErrNoRows
	}
	p.Lines, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.id IN (SELECT x.article_id FROM article_place x WHERE x.journal_id = ?1 AND x.type = ?2) `+newestFirst+` LIMIT ?3 OFFSET ?4`, newestFirst), journalID, name, limit, offset)
	return err
}
