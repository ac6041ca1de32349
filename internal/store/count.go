package store

import (
	"cmp"
	"slices"

	"offprint/internal/journal"
)

// counts are the carried-over counts of articles, each article's in the order
// in which its source gave them.
func (t *tx) counts(articleIDs []string) (map[string][]journal.Count, error) {
	rows := make([][]string, len(articleIDs))
	for i, id := range articleIDs {
		rows[i] = []string{id}
	}
	at := map[string][]journal.Count{}
	err := t.list(`WITH wanted (id) AS (VALUES %)
SELECT DISTINCT c.article_id, c.position, c.metric, c.source, c.value, c.since, c.until FROM wanted w JOIN carried_count c ON c.article_id = w.id
ORDER BY c.article_id, c.position, c.metric, c.source`, rows, func(scan func(...any) error) error {
		var id string
		var position int
		var c journal.Count
		err := scan(&id, &position, &c.Metric, &c.Source, &c.Value, &c.Since, &c.Until)
		at[id] = append(at[id], c)
		return err
	})
	return at, err
}

// count writes the counts of a batch and returns the ids of the articles for
// which they are new.
func (t *tx) count(items []*item) (map[string]bool, error) {
	var rows [][]any
	for _, it := range items {
		type place struct{ metric, source string }
		at := map[place]int{}
		for position, c := range it.w.Counts {
			p := place{clean(c.Metric), key(c.Source)}
			row := []any{it.id, p.metric, p.source, c.Value, position, string(c.Since), string(c.Until)}
			if i, twice := at[p]; twice {
				rows[i] = row // the last says it
				continue
			}
			at[p] = len(rows)
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	changed := map[string]bool{}
	err := t.bulk(`INSERT INTO carried_count (article_id, metric, source, value, position, since, until) VALUES %
ON CONFLICT (article_id, metric, source) DO UPDATE SET value = excluded.value, position = excluded.position, since = excluded.since, until = excluded.until
WHERE carried_count.value <> excluded.value OR carried_count.since <> excluded.since OR carried_count.until <> excluded.until RETURNING article_id`, rows, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		changed[id] = true
		return err
	})
	return changed, err
}
