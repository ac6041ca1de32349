package store

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// write stores the groups: the sources, which reference is of which, and the
// indexes of the journals.
func (d *sourceDeriver) write(groups [][]*citing) error {
	var list []*grouped
	wishes := map[*grouped][]string{}
	ids := map[string]bool{}
	for id := range d.old {
		ids[id] = true
	}
	for _, refs := range groups {
		g, candidates := d.group(refs)
		for _, r := range refs {
			ids[r.sourceID] = true
		}
		for id := range g.marks {
			ids[id] = true
		}
		if len(g.refs) > 0 {
			list, wishes[g] = append(list, g), candidates
		} else if g.article != "" {
			ids[""] = true // an article that nobody cites is no source
		}
	}
	delete(ids, "")
	have, err := d.sourceRows(slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return err
	}
	best := map[string]string{}
	var wanted [][]string
	for _, g := range list {
		g.id = address(wishes[g], have)
		wanted = append(wanted, []string{g.best.articleID, strconv.Itoa(g.best.position)})
	}
	err = d.list(`WITH wanted (article_id, position) AS (VALUES %) SELECT r.article_id, r.position, r.record FROM wanted w JOIN cited_reference r ON r.article_id = w.article_id AND r.position = CAST(w.position AS BIGINT)`, wanted,
		func(scan func(...any) error) error {
			var c citing
			var record string
			err := scan(&c.articleID, &c.position, &record)
			best[c.key()] = record
			return err
		})
	if err != nil {
		return err
	}
	now := map[string]*sourceRow{} // as they are to be
	for _, g := range list {
		now[g.id] = &sourceRow{id: g.id, created: d.at, record: best[g.best.key()], articles: g.total, articleID: g.article}
		if was := have[g.id]; was != nil {
			now[g.id].created = was.created
		}
	}
	// An address that is no longer one of its own leads on, or nobody cites it.
	for id, was := range have {
		if now[id] != nil {
			continue
		}
		row := &sourceRow{id: id, created: was.created, record: was.record}
		for _, g := range list {
			if g.marks[id] {
				row.joined = g.id
			}
		}
		now[id] = row
	}
	return d.store(list, have, now)
}

// address is the one of some marks that is an address already, the oldest, else
// the best.
func address(candidates []string, have map[string]*sourceRow) string {
	first := ""
	for _, led := range []bool{false, true} {
		for _, id := range candidates {
			s := have[id]
			if s != nil && (s.joined != "") == led && (first == "" || s.created < have[first].created) {
				first = id
			}
		}
		if first != "" {
			return first
		}
	}
	return candidates[0]
}

// store writes what is otherwise than it was.
func (d *sourceDeriver) store(list []*grouped, have, now map[string]*sourceRow) error {
	var rows [][]any
	for _, id := range slices.Sorted(maps.Keys(now)) {
		if was := have[id]; was == nil || *was != *now[id] {
			s := now[id]
			rows = append(rows, []any{s.id, s.created, s.joined, s.record, s.articles, s.articleID})
		}
	}
	err := d.bulk(`INSERT INTO source (id, created, joined, record, articles, article_id) VALUES % ON CONFLICT (id) DO UPDATE SET joined = excluded.joined, record = excluded.record, articles = excluded.articles, article_id = excluded.article_id`, rows, nil)
	if err != nil {
		return err
	}
	var moved [][]string
	for _, g := range list {
		was := have[g.id]
		shown := was == nil || was.articles != g.total || was.articleID != g.article
		for _, r := range g.refs {
			if r.sourceID != g.id {
				moved = append(moved, []string{g.id, r.articleID, strconv.Itoa(r.position)})
			}
			// A page says how many cite the same, where it is not alone.
			if r.sourceID != g.id || shown && (g.total > 1 || was != nil && was.articles > 1 || g.article != "" || was != nil && was.articleID != "") {
				d.touch(r.articleID, r.journalID)
			}
		}
	}
	err = d.list(`WITH given (source_id, article_id, position) AS (VALUES %), wanted AS (SELECT DISTINCT source_id, article_id, CAST(position AS BIGINT) AS position FROM given)
UPDATE cited_reference SET source_id = w.source_id FROM wanted w WHERE cited_reference.article_id = w.article_id AND cited_reference.position = w.position RETURNING cited_reference.article_id`, moved,
		func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	if err := d.touchCited(have, now); err != nil {
		return err
	}
	return d.index(list, now)
}

// touchCited: an article shows who cites it.
func (d *sourceDeriver) touchCited(have, now map[string]*sourceRow) error {
	var ids []string
	for _, rows := range []map[string]*sourceRow{have, now} {
		for _, s := range rows {
			if s.articleID != "" {
				ids = append(ids, s.articleID)
			}
		}
	}
	slices.Sort(ids)
	return d.list(`WITH wanted (id) AS (VALUES %) SELECT a.id, a.journal_id FROM wanted w JOIN article a ON a.id = w.id`, single(slices.Compact(ids)), func(scan func(...any) error) error {
		var id, journalID string
		err := scan(&id, &journalID)
		d.touch(id, journalID)
		return err
	})
}

// index writes the indexes of the journals that cite the sources.
func (d *sourceDeriver) index(list []*grouped, now map[string]*sourceRow) error {
	if len(now) == 0 {
		return nil
	}
	err := d.list(`WITH wanted (id) AS (VALUES %) DELETE FROM source_index WHERE source_id IN (SELECT id FROM wanted) RETURNING source_id`, single(slices.Sorted(maps.Keys(now))), func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	languages, err := d.journalLanguages()
	if err != nil {
		return err
	}
	orders := map[string]*sorter{}
	var rows [][]any
	for _, g := range list {
		words := indexed(now[g.id].record)
		for _, journalID := range slices.Sorted(maps.Keys(g.journal)) {
			if orders[journalID] == nil {
				orders[journalID] = newSorter(languages[journalID])
			}
			letter, sort := orders[journalID].place(words)
			rows = append(rows, []any{journalID, g.id, letter, sort, g.journal[journalID]})
		}
	}
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(string), b[0].(string)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	return d.bulk(`INSERT INTO source_index (journal_id, source_id, letter, sort, articles) VALUES %`, rows, nil)
}
