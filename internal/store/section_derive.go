package store

import (
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// typeMark stands before an article type where it takes the place of a section
// in an address; no section has such an address.
const typeMark = "type-"

// madeSection is a section that is being found or made.
type madeSection struct {
	id    string
	texts []journal.Text
}

func wordsOf(texts []journal.Text) (words []string) {
	for _, t := range texts {
		if w := key(journal.Same(t.Plain)); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// deriveSections writes under which heading of the journal articles stand and
// of which type they are. A heading is known again by its text in any language.
func (t *tx) deriveSections(journalID string, articles []browsed) error {
	byWord := map[string]*madeSection{}
	var rows [][]string
	for i := range articles {
		for _, w := range wordsOf(articles[i].section) {
			if _, ok := byWord[w]; !ok {
				byWord[w] = nil
				rows = append(rows, []string{journalID, w})
			}
		}
	}
	byID := map[string]*madeSection{}
	err := t.list(`WITH wanted (journal_id, folded) AS (VALUES %) SELECT x.folded, x.section_id FROM wanted w JOIN section_word x ON x.journal_id = w.journal_id AND x.folded = w.folded`, rows,
		func(scan func(...any) error) error {
			var w, id string
			err := scan(&w, &id)
			if byID[id] == nil {
				byID[id] = &madeSection{id: id}
			}
			byWord[w] = byID[id]
			return err
		})
	if err != nil {
		return err
	}
	var fresh []*madeSection
	var words, places [][]any
	for i := range articles {
		a := &articles[i]
		own := wordsOf(a.section)
		var s *madeSection
		for _, w := range own {
			if s = byWord[w]; s != nil {
				break
			}
		}
		if s == nil && len(own) > 0 {
			s = &madeSection{id: newID(), texts: a.section}
			fresh = append(fresh, s)
		}
		id := ""
		for _, w := range own {
			id = s.id
			if byWord[w] == nil {
				byWord[w] = s
				words = append(words, []any{journalID, w, s.id})
			}
		}
		a.sectionID = id
		if !a.withdrawn {
			places = append(places, []any{a.id, journalID, id, clean(a.kind)})
		}
	}
	if err := t.makeSections(journalID, fresh); err != nil {
		return err
	}
	slices.SortFunc(words, func(a, b []any) int { return strings.Compare(a[1].(string), b[1].(string)) })
	if err := t.bulk(`INSERT INTO section_word (journal_id, folded, section_id) VALUES % ON CONFLICT DO NOTHING`, words, nil); err != nil {
		return err
	}
	ids := make([]string, len(articles))
	for i := range articles {
		ids[i] = articles[i].id
	}
	err = t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM article_place WHERE article_id IN (SELECT id FROM wanted) RETURNING article_id`, single(ids), func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	return t.bulk(`INSERT INTO article_place (article_id, journal_id, section_id, type) VALUES %`, places, nil)
}

func (t *tx) makeSections(journalID string, list []*madeSection) error {
	wishes := make([]slugWish, len(list))
	for i, s := range list {
		base := script.Slug(s.texts[0].Plain, 80)
		for _, text := range s.texts {
			if script.Of(text.Plain) == "Latn" {
				base = script.Slug(text.Plain, 80)
				break
			}
		}
		if strings.HasPrefix(base, typeMark) {
			base = "section-" + base
		}
		wishes[i] = slugWish{journalID, base}
	}
	slugs, err := t.freeSlugs(wishes, `SELECT s.journal_id, s.slug FROM wanted w JOIN section s ON s.journal_id = w.journal_id AND s.slug = w.slug`)
	if err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, s := range list {
		_, texts, err := canonical(&s.texts)
		if err != nil {
			return err
		}
		rows[i] = []any{s.id, journalID, slugs[i], string(texts)}
	}
	return t.bulk(`INSERT INTO section (id, journal_id, slug, texts) VALUES %`, rows, nil)
}
