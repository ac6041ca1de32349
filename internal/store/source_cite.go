package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// renewal replaces the references of some articles.
type renewal struct {
	*sourceDeriver
	written  []string        // articles whose rows are written again
	wanted   []*citing       // of them
	fixed    []*citing       // references that are as they were
	replaced map[string]bool // references that are not, by key
	cited    map[string]bool // "article source": it cited the source before
}

// cite replaces the references of articles, finds out of which works they are, and
// tells the change feed.
func (d *sourceDeriver) cite(list []ArticleReferences, read [][]*citing) error {
	n := &renewal{sourceDeriver: d, replaced: map[string]bool{}, cited: map[string]bool{}}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ArticleID
	}
	have, err := d.storedOf(ids)
	if err != nil {
		return err
	}
	split, err := d.splits(ids)
	if err != nil {
		return err
	}
	for i := range list {
		for _, c := range read[i] {
			c.marks = ordered(apart(c.articleID, c.marks, split))
		}
		n.compare(&list[i], have[list[i].ArticleID], read[i])
	}
	if err := n.remove(have); err != nil {
		return err
	}
	additions, err := n.additions()
	if err != nil {
		return err
	}
	if err := d.settle(); err != nil {
		return err
	}
	if err := n.add(additions); err != nil {
		return err
	}
	if err := n.insert(); err != nil {
		return err
	}
	return d.append(d.at, d.changes())
}

// storedOf are the references of articles as they are stored, in order.
func (d *sourceDeriver) storedOf(ids []string) (map[string][]*citing, error) {
	out, byKey := map[string][]*citing{}, map[string]*citing{}
	err := d.list(`WITH wanted (id) AS (VALUES %) SELECT r.article_id, r.position, r.journal_id, r.source_id, r.weight, r.record, r.places FROM cited_reference r WHERE r.article_id IN (SELECT id FROM wanted) ORDER BY r.article_id, r.position`, single(ids), func(scan func(...any) error) error {
		c := &citing{}
		err := scan(&c.articleID, &c.position, &c.journalID, &c.sourceID, &c.weight, &c.record, &c.places)
		byKey[c.key()] = c
		out[c.articleID] = append(out[c.articleID], c)
		return err
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	err = d.list(`WITH wanted (id) AS (VALUES %) SELECT m.article_id, m.position, m.mark, m.kind FROM source_mark m WHERE m.article_id IN (SELECT id FROM wanted)`, single(slices.Sorted(maps.Keys(out))), func(scan func(...any) error) error {
		var c citing
		var m Mark
		err := scan(&c.articleID, &c.position, &m.ID, &m.Kind)
		if is := byKey[c.key()]; is != nil {
			is.marks = append(is.marks, m)
		} else {
			// A mark of nothing: it goes, and who has it too is looked at again.
			out[c.articleID] = append(out[c.articleID], &citing{articleID: c.articleID, position: c.position, marks: []Mark{m}})
		}
		return err
	})
	for _, c := range byKey {
		c.marks = ordered(c.marks)
	}
	return out, err
}

// same tells whether a reference is stored already as it is to be.
func (c *citing) same(o *citing) bool {
	return c.position == o.position && c.journalID == o.journalID && c.weight == o.weight && c.record == o.record && c.places == o.places && slices.Equal(c.marks, o.marks)
}

// known is what a reference is known by, as a text.
func (c *citing) known() string {
	var b strings.Builder
	for _, m := range c.marks {
		b.WriteString(m.ID + " ")
	}
	return b.String()
}

// compare takes in what an article cites now, beside what is stored of it.
func (n *renewal) compare(a *ArticleReferences, have, want []*citing) {
	at := map[int]*citing{}
	gone := map[string][]*citing{} // by what they are known by
	for _, h := range have {
		at[h.position] = h
		if h.sourceID != "" {
			n.cited[h.articleID+" "+h.sourceID] = true
		}
	}
	kept := 0
	for _, w := range want {
		if h := at[w.position]; h != nil && w.same(h) {
			w.kept, w.sourceID = true, h.sourceID
			n.fixed = append(n.fixed, w)
			delete(at, w.position)
			kept++
		}
	}
	if kept == len(want) && kept == len(have) {
		return
	}
	n.written = append(n.written, a.ArticleID)
	n.wanted = append(n.wanted, want...)
	n.touch(a.ArticleID, a.JournalID)
	for _, h := range have {
		if at[h.position] != nil {
			n.replaced[h.key()] = true
			if h.position >= 0 {
				gone[h.known()] = append(gone[h.known()], h)
			} else {
				n.leave(h)
			}
		}
	}
	for _, w := range want {
		w.fresh = true
		for _, m := range w.marks {
			n.fresh[m.ID] = append(n.fresh[m.ID], w)
		}
		if list := gone[w.known()]; !w.kept && w.position >= 0 && len(list) > 0 {
			w.sourceID, gone[w.known()] = list[0].sourceID, list[1:] // another place, the same work
		}
	}
	for _, list := range gone {
		for _, h := range list {
			n.leave(h)
		}
	}
}

// leave says that a reference is gone.
func (n *renewal) leave(c *citing) {
	n.old[c.sourceID] = true
	for _, m := range c.marks {
		n.wave[m.ID] = true
	}
}

// remove deletes the rows of the articles that are written again.
func (n *renewal) remove(have map[string][]*citing) error {
	var ids []string
	for _, id := range n.written {
		if len(have[id]) > 0 {
			ids = append(ids, id)
		}
	}
	for _, table := range []string{"source_mark", "cited_reference"} {
		err := n.list(`WITH wanted (id) AS (VALUES %) DELETE FROM `+table+` WHERE article_id IN (SELECT id FROM wanted) RETURNING article_id`, single(ids), func(func(...any) error) error { return nil })
		if err != nil {
			return err
		}
	}
	return nil
}

// insert writes the rows of the articles.
func (n *renewal) insert() error {
	var references, marks [][]any
	for _, c := range n.wanted {
		references = append(references, []any{c.articleID, c.position, c.journalID, c.record, c.weight, c.places, c.sourceID})
		for _, m := range c.marks {
			marks = append(marks, []any{m.ID, c.articleID, c.position, m.Kind})
		}
	}
	if err := n.bulk(`INSERT INTO cited_reference (article_id, position, journal_id, record, weight, places, source_id) VALUES %`, references, nil); err != nil {
		return err
	}
	return n.bulk(`INSERT INTO source_mark (mark, article_id, position, kind) VALUES % ON CONFLICT DO NOTHING`, marks, nil)
}

// better tells whether a reference describes a source better than its best one.
func (c *citing) better(s *sourceRow) bool {
	if c.weight != s.weight {
		return c.weight > s.weight
	}
	return c.articleID < s.bestArticle || c.articleID == s.bestArticle && c.position < s.bestPosition
}

func (s *sourceRow) best() string { return s.bestArticle + " " + strconv.Itoa(s.bestPosition) }
