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
	wishes := map[*grouped][][]string{}
	ids := map[string]bool{}
	for id := range d.old {
		ids[id] = true
	}
	holders := map[string]int{} // groups that have a mark
	for _, refs := range groups {
		g, candidates := d.group(refs)
		for _, r := range refs {
			ids[r.sourceID] = true
		}
		for id := range g.marks {
			ids[id] = true
			holders[id]++
		}
		if len(g.refs) > 0 { // an article that nobody cites is no source
			list, wishes[g] = append(list, g), candidates
		}
	}
	delete(ids, "")
	have, err := d.load(slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, named := range []bool{false, true} {
		for _, g := range list {
			if (g.dois > 0) == named {
				g.id = address(wishes[g], have, taken)
				taken[g.id] = true
			}
		}
	}
	best, err := d.bestRecords(list)
	if err != nil {
		return err
	}
	now := map[string]*sourceRow{} // as they are to be
	for _, g := range list {
		now[g.id] = &sourceRow{id: g.id, created: d.at, record: best[g.best.key()], articles: g.total, articleID: g.article,
			bestArticle: g.best.articleID, bestPosition: g.best.position, weight: g.best.weight, apart: d.apart(g, holders), round: d.round}
		if was := have[g.id]; was != nil {
			now[g.id].created = was.created
		}
	}
	leads := map[string]string{}
	for _, g := range list {
		for id := range g.marks {
			leads[id] = g.id
		}
	}
	// An address that is no longer one of its own leads on, or nobody cites it.
	for id, was := range have {
		if now[id] == nil {
			now[id] = &sourceRow{id: id, created: was.created, record: was.record, joined: leads[id], round: d.round}
		}
	}
	return d.store(list, have, now)
}

// apart tells whether a group has nothing to do with another.
func (d *sourceDeriver) apart(g *grouped, holders map[string]int) bool {
	for id := range g.marks {
		if holders[id] > 1 {
			return false
		}
	}
	return g.dois < 2 && !slices.ContainsFunc(d.joins, func(j [2]string) bool { return g.marks[j[0]] || g.marks[j[1]] })
}

// load reads sources by their ids, each once in a transaction, and returns those
// that there are.
func (d *sourceDeriver) load(ids []string) (map[string]*sourceRow, error) {
	var missing []string
	for _, id := range ids {
		if _, read := d.rows[id]; !read {
			missing = append(missing, id)
			d.rows[id] = nil
		}
	}
	found, err := d.sourceRows(missing)
	if err != nil {
		return nil, err
	}
	maps.Copy(d.rows, found)
	out := map[string]*sourceRow{}
	for _, id := range ids {
		if r := d.rows[id]; r != nil {
			out[id] = r
		}
	}
	return out, nil
}

// bestRecords are the records of the references that describe groups best.
func (d *sourceDeriver) bestRecords(list []*grouped) (map[string]string, error) {
	out := map[string]string{}
	var wanted [][]string
	for _, g := range list {
		if g.best.fresh {
			out[g.best.key()] = g.best.record
			continue
		}
		wanted = append(wanted, []string{g.best.articleID, strconv.Itoa(g.best.position)})
	}
	err := d.list(`WITH wanted (article_id, position) AS (VALUES %) SELECT r.article_id, r.position, r.record FROM wanted w JOIN cited_reference r ON r.article_id = w.article_id AND r.position = CAST(w.position AS BIGINT)`, wanted,
		func(scan func(...any) error) error {
			var c citing
			var record string
			err := scan(&c.articleID, &c.position, &record)
			out[c.key()] = record
			return err
		})
	return out, err
}

// address is the one of some marks that is an address already, the oldest, else
// the best; none that is taken. Only a source with a DOI, which is its own, may share
// a mark with several others: it takes its address last.
func address(candidates [][]string, have map[string]*sourceRow, taken map[string]bool) string {
	best := ""
	for _, list := range candidates {
		first := ""
		for _, led := range []bool{false, true} {
			for _, id := range list {
				s := have[id]
				if s != nil && !taken[id] && (s.joined != "") == led && (first == "" || s.created < have[first].created) {
					first = id
				}
			}
			if first != "" {
				return first
			}
		}
		for _, id := range list {
			if !taken[id] {
				return id
			}
			best = cmp.Or(best, id)
		}
	}
	return best
}

// store writes what is otherwise than it was.
func (d *sourceDeriver) store(list []*grouped, have, now map[string]*sourceRow) error {
	var rows [][]any
	for _, id := range slices.Sorted(maps.Keys(now)) {
		if was := have[id]; was == nil || *was != *now[id] {
			rows = append(rows, now[id].values())
		}
	}
	if err := d.writeSources(rows); err != nil {
		return err
	}
	var moved [][]string
	for _, g := range list {
		was := have[g.id]
		shown := was == nil || was.articles != g.total || was.articleID != g.article
		for _, r := range g.refs {
			if r.sourceID != g.id && !r.fresh {
				moved = append(moved, []string{g.id, r.articleID, strconv.Itoa(r.position)})
			}
			// A page says how many cite the same, where it is not alone.
			if r.sourceID != g.id || shown && (g.total > 1 || was != nil && was.articles > 1 || g.article != "" || was != nil && was.articleID != "") {
				d.touch(r.articleID, r.journalID)
			}
			r.sourceID = g.id
		}
	}
	err := d.list(`WITH given (source_id, article_id, position) AS (VALUES %), wanted AS (SELECT DISTINCT source_id, article_id, CAST(position AS BIGINT) AS position FROM given)
UPDATE cited_reference SET source_id = w.source_id FROM wanted w WHERE cited_reference.article_id = w.article_id AND cited_reference.position = w.position RETURNING cited_reference.article_id`, moved,
		func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	if err := d.touchCited(have, now); err != nil {
		return err
	}
	if err := d.index(list, have, now); err != nil {
		return err
	}
	maps.Copy(d.rows, now)
	return nil
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

// sourceWords is how much of a source's text its place in an index is found by, and
// sourceSort how much of that place is kept, in bytes: what is alike so far stands
// together.
const (
	sourceWords = 240
	sourceSort  = 240
)

// indexRow is a source in the index of a journal.
type indexRow struct {
	letter, sort string
	articles     int
}

// index writes the indexes of the journals that cite the sources, where they are
// otherwise.
func (d *sourceDeriver) index(list []*grouped, have, now map[string]*sourceRow) error {
	if len(now) == 0 {
		return nil
	}
	stored := map[string]map[string]indexRow{} // by source and journal
	err := d.list(`WITH wanted (id) AS (VALUES %) SELECT source_id, journal_id, letter, sort, articles FROM source_index WHERE source_id IN (SELECT id FROM wanted)`, single(slices.Sorted(maps.Keys(have))), func(scan func(...any) error) error {
		var id, journalID string
		var sort []byte
		var r indexRow
		err := scan(&id, &journalID, &r.letter, &sort, &r.articles)
		r.sort = string(sort)
		if stored[id] == nil {
			stored[id] = map[string]indexRow{}
		}
		stored[id][journalID] = r
		return err
	})
	if err != nil {
		return err
	}
	place, err := d.placer()
	if err != nil {
		return err
	}
	var rows [][]any
	for _, g := range list {
		words := g.best.printed
		if words == "" {
			words = indexed(now[g.id].record)
		}
		is := map[string]indexRow{}
		for journalID, n := range g.journal {
			letter, sort := place(journalID, words)
			is[journalID] = indexRow{letter, string(sort), n}
		}
		if was := stored[g.id]; maps.Equal(was, is) {
			delete(stored, g.id)
			continue
		}
		for journalID, r := range is {
			rows = append(rows, []any{journalID, g.id, r.letter, []byte(r.sort), r.articles})
		}
	}
	err = d.list(`WITH wanted (id) AS (VALUES %) DELETE FROM source_index WHERE source_id IN (SELECT id FROM wanted) RETURNING source_id`, single(slices.Sorted(maps.Keys(stored))), func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(string), b[0].(string)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	return d.bulk(`INSERT INTO source_index (journal_id, source_id, letter, sort, articles) VALUES %`, rows, nil)
}

// placer finds the places of words in the indexes of journals.
func (t *tx) placer() (func(journalID, words string) (letter string, sort []byte), error) {
	languages, err := t.journalLanguages()
	orders := map[string]*sorter{}
	return func(journalID, words string) (string, []byte) {
		if orders[journalID] == nil {
			orders[journalID] = newSorter(languages[journalID])
		}
		letter, sort := orders[journalID].place(cutTo(words, sourceWords))
		return letter, sort[:min(len(sort), sourceSort)]
	}, err
}
