package store

import (
	"slices"
	"strconv"
	"strings"

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
	for n, k := range a.keywords {
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
	// The numbers are moved on by what goes and what comes: a keyword may have
	// any number of articles.
	more := map[string]int{}
	had, has := map[[2]string]bool{}, map[[2]string]bool{}
	err := t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM article_keyword WHERE article_id IN (SELECT id FROM wanted) RETURNING keyword_id, article_id`, single(ids), func(scan func(...any) error) error {
		var p [2]string
		err := scan(&p[0], &p[1])
		if !had[p] {
			had[p] = true
			more[p[0]]--
		}
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
		if p := [2]string{id, u.articleID}; !has[p] {
			has[p] = true
			more[id]++
		}
		rows[i] = []any{u.articleID, u.list, u.position, u.size, id}
	}
	if err := t.bulk(`INSERT INTO article_keyword (article_id, list, position, size, keyword_id) VALUES %`, rows, nil); err != nil {
		return err
	}
	moved := make([][]string, 0, len(more))
	for id, n := range more {
		if n != 0 {
			moved = append(moved, []string{id, strconv.Itoa(n)})
		}
	}
	slices.SortFunc(moved, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return t.list(`WITH given (id, n) AS (VALUES %), wanted AS (SELECT DISTINCT id, n FROM given)
UPDATE keyword SET articles = articles + CAST(w.n AS BIGINT) FROM wanted w WHERE keyword.id = w.id RETURNING keyword.id`, moved, func(func(...any) error) error { return nil })
}

// recountKeywords counts the articles of all keywords again.
func (t *tx) recountKeywords() error {
	_, err := t.exec(`UPDATE keyword SET articles = c.n FROM (SELECT k.id AS id, count(DISTINCT x.article_id) AS n FROM keyword k LEFT JOIN article_keyword x ON x.keyword_id = k.id GROUP BY k.id) c
WHERE keyword.id = c.id AND keyword.articles <> c.n`)
	return err
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
