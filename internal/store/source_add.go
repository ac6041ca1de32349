package store

import (
	"maps"
	"slices"
)

// addition is references that join a source and change nothing else: neither what
// belongs to it nor its address nor how it is described.
type addition struct {
	to   string
	refs []*citing
}

// additions are the new references that only join a source that stands apart.
// All others, and what is to be settled once more in a new round, are followed.
func (n *renewal) additions() ([]addition, error) {
	byKey := map[string]*citing{}
	byMark := map[string][]string{}
	u := union{}
	for _, c := range n.wanted {
		if c.kept || len(c.marks) == 0 {
			continue
		}
		byKey[c.key()] = c
		for _, m := range c.marks {
			byMark[m.ID] = append(byMark[m.ID], c.key())
			u.join(byMark[m.ID][0], c.key())
		}
	}
	marks := slices.Sorted(maps.Keys(byMark))
	holders, err := n.holders(marks)
	if err != nil {
		return nil, err
	}
	joined := map[string]bool{}
	if err := n.joined(marks, func(m string) { joined[m] = true }); err != nil {
		return nil, err
	}
	n.joins = nil // are gathered with what they concern
	if err := n.loadAll(marks, holders); err != nil {
		return nil, err
	}
	n.again()
	together := map[string][]*citing{}
	for _, k := range slices.Sorted(maps.Keys(byKey)) {
		root := u.find(k)
		together[root] = append(together[root], byKey[k])
	}
	var out []addition
	for _, root := range slices.Sorted(maps.Keys(together)) {
		a := addition{refs: together[root]}
		if a.to = n.joinable(a.refs, holders, joined); a.to != "" {
			out = append(out, a)
			continue
		}
		for _, c := range a.refs {
			n.wave[c.marks[0].ID] = true
		}
	}
	return out, nil
}

// nobody holds a mark that only articles themselves have.
const nobody = "-"

// holders are the sources that have some marks, one of each mark and those of the
// references that are written.
func (n *renewal) holders(marks []string) (map[string][]string, error) {
	out := map[string][]string{}
	err := n.list(`WITH given (mark) AS (VALUES %) SELECT g.mark, coalesce((SELECT r.source_id FROM source_mark m CROSS JOIN cited_reference r WHERE m.mark = g.mark AND r.article_id = m.article_id AND r.position = m.position AND r.source_id <> '' LIMIT 1), '`+nobody+`')
FROM given g WHERE EXISTS (SELECT 1 FROM source_mark m WHERE m.mark = g.mark)`, single(marks), func(scan func(...any) error) error {
		var mark, id string
		err := scan(&mark, &id)
		out[mark] = []string{id}
		return err
	})
	for _, m := range marks {
		n.unstored[m] = out[m] == nil
	}
	for _, c := range n.wanted {
		id := c.sourceID
		if id == "" && c.kept && c.position < 0 {
			id = nobody
		}
		for _, m := range c.marks {
			if id != "" && !slices.Contains(out[m.ID], id) {
				out[m.ID] = append(out[m.ID], id)
			}
		}
	}
	return out, err
}

// loadAll reads the sources that may be concerned.
func (n *renewal) loadAll(marks []string, holders map[string][]string) error {
	ids := map[string]bool{}
	for _, m := range marks {
		ids[m] = true
	}
	for _, list := range holders {
		for _, id := range list {
			ids[id] = true
		}
	}
	for _, c := range n.fixed {
		ids[c.sourceID] = true
	}
	delete(ids, "")
	_, err := n.load(slices.Sorted(maps.Keys(ids)))
	return err
}

// again follows the references that stay as they are and whose sources are to be
// settled in this round.
func (n *renewal) again() {
	for _, c := range n.fixed {
		if c.position < 0 || len(c.marks) == 0 {
			continue
		}
		if s := n.rows[c.sourceID]; s == nil || s.joined != "" || s.round != n.round {
			n.wave[c.marks[0].ID] = true
		}
	}
}

// joinable is the source that references only join, or empty.
func (n *renewal) joinable(refs []*citing, holders map[string][]string, joined map[string]bool) string {
	to := ""
	for _, c := range refs {
		if c.position < 0 {
			return ""
		}
		for _, m := range c.marks {
			if joined[m.ID] || m.Kind == MarkDOI && len(holders[m.ID]) == 0 {
				return ""
			}
			for _, id := range holders[m.ID] {
				if to != "" && id != to {
					return ""
				}
				to = id
			}
		}
	}
	s := n.rows[to]
	if s == nil || !s.apart || s.joined != "" || s.round != n.round || n.replaced[s.best()] {
		return ""
	}
	for _, c := range refs {
		if c.better(s) {
			return ""
		}
		for _, m := range c.marks {
			if other := n.rows[m.ID]; other != nil && m.ID != to && other.joined != to {
				return "" // its address may be the older one
			}
		}
	}
	return to
}

// add writes the additions that nothing else concerns.
func (n *renewal) add(list []addition) error {
	grown := map[string]*sourceRow{}
	more := map[[2]string]int{} // articles by journal and source
	about := map[string]*sourceRow{}
	for _, a := range list {
		if n.refs[a.refs[0].key()] != nil {
			continue // it was settled with others
		}
		about[a.to] = n.rows[a.to]
		for _, c := range a.refs {
			c.sourceID = a.to
			if k := c.articleID + " " + a.to; !n.cited[k] {
				n.cited[k] = true
				if grown[a.to] == nil {
					s := *about[a.to]
					grown[a.to] = &s
				}
				grown[a.to].articles++
				more[[2]string{c.journalID, a.to}]++
			}
		}
	}
	if len(about) == 0 {
		return nil
	}
	if err := n.touchCited(about, nil); err != nil || len(grown) == 0 {
		return err
	}
	ids := slices.Sorted(maps.Keys(grown))
	var rows [][]any
	for _, id := range ids {
		rows = append(rows, grown[id].values())
	}
	if err := n.writeSources(rows); err != nil {
		return err
	}
	if err := n.indexMore(grown, more); err != nil {
		return err
	}
	return n.touchCiting(ids)
}

// indexMore writes that more articles of journals cite sources.
func (n *renewal) indexMore(grown map[string]*sourceRow, more map[[2]string]int) error {
	place, err := n.placer()
	if err != nil {
		return err
	}
	words := map[string]string{}
	for id, s := range grown {
		words[id] = indexed(s.record)
	}
	keys := slices.SortedFunc(maps.Keys(more), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	var rows [][]any
	for _, k := range keys {
		letter, sort := place(k[0], words[k[1]])
		rows = append(rows, []any{k[0], k[1], letter, sort, more[k]})
	}
	return n.bulk(`INSERT INTO source_index (journal_id, source_id, letter, sort, articles) VALUES % ON CONFLICT (journal_id, source_id) DO UPDATE SET articles = source_index.articles + excluded.articles`, rows, nil)
}

// touchCiting: the articles that cite sources show how many do. Of a journal with
// many of them all pages may be others.
func (n *renewal) touchCiting(ids []string) error {
	var few [][]string
	err := n.list(`WITH wanted (id) AS (VALUES %) SELECT x.source_id, x.journal_id, x.articles FROM wanted w JOIN source_index x ON x.source_id = w.id`, single(ids), func(scan func(...any) error) error {
		var id, journalID string
		var articles int
		err := scan(&id, &journalID, &articles)
		if articles > manyChanges {
			n.whole[journalID] = true
		} else {
			few = append(few, []string{id, journalID})
		}
		return err
	})
	if err != nil {
		return err
	}
	few = slices.DeleteFunc(few, func(k []string) bool { return n.whole[k[1]] })
	return n.list(`WITH given (source_id, journal_id) AS (VALUES %), wanted AS (SELECT DISTINCT source_id, journal_id FROM given)
SELECT r.article_id, r.journal_id FROM wanted w JOIN cited_reference r ON r.source_id = w.source_id AND r.journal_id = w.journal_id`, few, func(scan func(...any) error) error {
		var id, journalID string
		err := scan(&id, &journalID)
		n.touch(id, journalID)
		return err
	})
}
