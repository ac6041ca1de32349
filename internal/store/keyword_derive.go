package store

import (
	"slices"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// keywordKey is what makes a keyword the same keyword.
type keywordKey struct{ lang, folded string }

// keywordUse is a keyword where an article has it.
type keywordUse struct {
	keywordKey
	articleID            string
	list, position, size int
	word                 string
}

// usesOf are the keywords of an article. A list in which nothing stands is left
// out, an empty word keeps its place.
func usesOf(a *browsed) (uses []keywordUse) {
	for n, k := range a.record.Keywords {
		for i, word := range k.Words {
			if folded := key(journal.Same(word)); folded != "" {
				uses = append(uses, keywordUse{keywordKey{key(k.Lang), folded}, a.id, n, i, len(k.Words), clean(word)})
			}
		}
	}
	return uses
}

// deriveKeywords writes the keywords of articles of one journal.
func (t *tx) deriveKeywords(journalID string, articles []browsed, order *sorter) error {
	ids := make([]string, len(articles))
	var uses []keywordUse
	for i := range articles {
		ids[i] = articles[i].id
		if !articles[i].withdrawn {
			uses = append(uses, usesOf(&articles[i])...)
		}
	}
	counted := map[string]bool{}
	err := t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM article_keyword WHERE article_id IN (SELECT id FROM wanted) RETURNING keyword_id`, single(ids), func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		counted[id] = true
		return err
	})
	if err != nil {
		return err
	}
	known, err := t.keywords(journalID, uses, order)
	if err != nil {
		return err
	}
	rows := make([][]any, len(uses))
	for i, u := range uses {
		id := known[u.keywordKey]
		counted[id] = true
		rows[i] = []any{u.articleID, u.list, u.position, u.size, id}
	}
	if err := t.bulk(`INSERT INTO article_keyword (article_id, list, position, size, keyword_id) VALUES %`, rows, nil); err != nil {
		return err
	}
	touched := make([]string, 0, len(counted))
	for id := range counted {
		touched = append(touched, id)
	}
	slices.Sort(touched)
	return t.list(`WITH wanted (id) AS (VALUES %)
UPDATE keyword SET articles = (SELECT count(DISTINCT x.article_id) FROM article_keyword x WHERE x.keyword_id = keyword.id) WHERE id IN (SELECT id FROM wanted) RETURNING id`,
		single(touched), func(func(...any) error) error { return nil })
}

// keywords finds or makes the keywords of some uses and returns their ids.
func (t *tx) keywords(journalID string, uses []keywordUse, order *sorter) (map[keywordKey]string, error) {
	known := map[keywordKey]string{}
	first := map[keywordKey]string{}
	var rows [][]string
	for _, u := range uses {
		if _, ok := first[u.keywordKey]; !ok {
			first[u.keywordKey] = u.word
			rows = append(rows, []string{journalID, u.lang, u.folded})
		}
	}
	err := t.list(`WITH wanted (journal_id, lang, folded) AS (VALUES %)
SELECT k.id, k.lang, k.folded FROM wanted w JOIN keyword k ON k.journal_id = w.journal_id AND k.lang = w.lang AND k.folded = w.folded`, rows, func(scan func(...any) error) error {
		var id string
		var k keywordKey
		err := scan(&id, &k.lang, &k.folded)
		known[k] = id
		return err
	})
	if err != nil {
		return nil, err
	}
	var missing []keywordKey // in the order in which they come
	for _, r := range rows {
		if k := (keywordKey{r[1], r[2]}); known[k] == "" {
			missing = append(missing, k)
		}
	}
	wishes := make([]slugWish, len(missing))
	for i, k := range missing {
		wishes[i] = slugWish{journalID, script.Slug(first[k], 80)}
	}
	slugs, err := t.freeSlugs(wishes, `SELECT s.journal_id, s.slug FROM wanted w JOIN keyword s ON s.journal_id = w.journal_id AND s.slug = w.slug`)
	if err != nil {
		return nil, err
	}
	fresh := make([][]any, len(missing))
	for i, k := range missing {
		letter, sort := order.place(first[k])
		known[k] = newID()
		fresh[i] = []any{known[k], journalID, slugs[i], k.lang, k.folded, first[k], letter, sort}
	}
	return known, t.bulk(`INSERT INTO keyword (id, journal_id, slug, lang, folded, word, letter, sort) VALUES %`, fresh, nil)
}
