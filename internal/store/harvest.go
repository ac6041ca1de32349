package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"offprint/internal/errs"
)

// Harvest says which articles a harvester wants to hear of.
type Harvest struct {
	JournalID string // empty: of all journals
	Section   string // address of a section of the journal, or empty
	Language  string // primary subtag, or empty
	// From and Until bound the stamps, both included; zero means no bound.
	From, Until time.Time
	// After is where the last answer ended.
	After HarvestCursor
	Limit int
}

// HarvestCursor is a place in a list. A list without From is in the order of
// ids, so that an article that is changed while the list is read keeps its
// place in it; one with From is in the order of stamps.
type HarvestCursor struct {
	Stamp string // only of a list with From
	ID    string
}

// Harvested is what is said of an article without its record.
type Harvested struct {
	ArticleID   string
	JournalID   string
	JournalPath string
	Slug        string
	// Identifier is the one of an earlier repository, or empty.
	Identifier string
	Section    string // its address in the journal, or empty
	Language   string
	Stamp      string // UTC, RFC 3339, to the second
	Deleted    bool
}

const selectHarvest = `SELECT h.article_id, h.journal_id, j.path, a.slug, h.identifier, coalesce(s.slug, ''), h.lang, h.stamp, h.deleted
FROM (SELECT * FROM harvest h %s) h JOIN article a ON a.id = h.article_id JOIN journal j ON j.id = h.journal_id LEFT JOIN section s ON s.id = h.section_id`

// Harvest is one page of a list. It is empty at the end of the list.
func (s *Store) Harvest(ctx context.Context, h Harvest) (list []Harvested, err error) {
	defer errs.Wrap(&err, "store.Harvest")
	where, args := h.where()
	order := `ORDER BY h.article_id`
	if !h.From.IsZero() {
		order = `ORDER BY h.stamp, h.article_id`
	}
	args = append(args, h.Limit)
	page := fmt.Sprintf(`%s %s LIMIT ?%d`, where, order, len(args))
	err = s.read(ctx, func(t *tx) error {
		list, err = t.harvested(fmt.Sprintf(selectHarvest, page)+` `+order, args)
		return err
	})
	return list, err
}

// where is the condition for the rows after the cursor.
func (h *Harvest) where() (text string, args []any) {
	arg := func(v any) string {
		args = append(args, v)
		return "?" + strconv.Itoa(len(args))
	}
	var all []string
	if h.JournalID != "" {
		all = append(all, `h.journal_id = `+arg(h.JournalID))
	}
	if h.Section != "" {
		all = append(all, `h.section_id IN (SELECT s.id FROM section s WHERE s.journal_id = `+arg(h.JournalID)+` AND s.slug = `+arg(clean(h.Section))+`)`)
	}
	if h.Language != "" {
		all = append(all, `h.lang = `+arg(clean(h.Language)))
	}
	if !h.Until.IsZero() {
		all = append(all, `h.stamp <= `+arg(stampOf(h.Until)))
	}
	switch {
	case h.From.IsZero():
		all = append(all, `h.article_id > `+arg(clean(h.After.ID)))
	case h.After.Stamp != "":
		all = append(all, `(h.stamp, h.article_id) > (`+arg(clean(h.After.Stamp))+`, `+arg(clean(h.After.ID))+`)`)
	default:
		all = append(all, `h.stamp >= `+arg(stampOf(h.From)))
	}
	return `WHERE ` + strings.Join(all, ` AND `), args
}

func stampOf(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// HarvestOf is the row of one article, by the identifier it had in an earlier
// repository or by its journal and address; errs.NotFound.
func (s *Store) HarvestOf(ctx context.Context, identifier, path, slug string) (h Harvested, err error) {
	defer errs.Wrap(&err, "store.HarvestOf")
	err = s.read(ctx, func(t *tx) error {
		list, err := t.harvested(fmt.Sprintf(selectHarvest, `WHERE h.identifier = ?1 AND h.identifier <> ''`)+` ORDER BY h.article_id LIMIT 1`, []any{clean(identifier)})
		if err == nil && len(list) == 0 && slug != "" {
			list, err = t.harvested(fmt.Sprintf(selectHarvest, `WHERE h.article_id = (SELECT a.id FROM article a JOIN journal j ON j.id = a.journal_id WHERE j.path = ?1 AND a.slug = ?2)`), []any{clean(path), clean(slug)})
		}
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return sql.ErrNoRows
		}
		h = list[0]
		return nil
	})
	if errors.Is(err, sql.ErrNoRows) {
		return h, errs.Newf(errs.NotFound, "there is no article %q", slug)
	}
	return h, err
}

// HarvestByID is the row of one article; errs.NotFound.
func (s *Store) HarvestByID(ctx context.Context, id string) (h Harvested, err error) {
	defer errs.Wrap(&err, "store.HarvestByID(%q)", id)
	err = s.read(ctx, func(t *tx) error {
		list, err := t.harvested(fmt.Sprintf(selectHarvest, `WHERE h.article_id = ?1`), []any{clean(id)})
		if err == nil && len(list) == 0 {
			err = errs.Newf(errs.NotFound, "there is no article %q", id)
		}
		if err == nil {
			h = list[0]
		}
		return err
	})
	return h, err
}

// HarvestBegins is the oldest stamp there is, zero when there is none.
func (s *Store) HarvestBegins(ctx context.Context, journalID string) (at time.Time, err error) {
	defer errs.Wrap(&err, "store.HarvestBegins")
	var first string
	err = s.read(ctx, func(t *tx) error {
		if journalID == "" {
			return t.row(`SELECT coalesce(min(stamp), '') FROM harvest`, nil, &first)
		}
		return t.row(`SELECT coalesce(min(stamp), '') FROM harvest WHERE journal_id = ?1`, []any{journalID}, &first)
	})
	if err != nil || first == "" {
		return at, err
	}
	return time.Parse(time.RFC3339, first)
}

// HarvestLanguages are the languages that articles are in.
func (s *Store) HarvestLanguages(ctx context.Context, journalID string) (tags []string, err error) {
	defer errs.Wrap(&err, "store.HarvestLanguages")
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT DISTINCT h.lang FROM harvest h WHERE h.lang <> '' AND (?1 = '' OR h.journal_id = ?1) ORDER BY h.lang`, []any{journalID}, func(scan func(...any) error) error {
			var tag string
			err := scan(&tag)
			tags = append(tags, tag)
			return err
		})
	})
	return tags, err
}

func (t *tx) harvested(text string, args []any) (list []Harvested, err error) {
	err = t.query(text, args, func(scan func(...any) error) error {
		var h Harvested
		err := scan(&h.ArticleID, &h.JournalID, &h.JournalPath, &h.Slug, &h.Identifier, &h.Section, &h.Language, &h.Stamp, &h.Deleted)
		list = append(list, h)
		return err
	})
	return list, err
}
