package store

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// citing is a reference with what it is known by.
type citing struct {
	articleID, journalID, sourceID string
	position                       int
	weight                         int64
	marks                          []Mark
}

func (c *citing) key() string { return c.articleID + " " + strconv.Itoa(c.position) }

// sourceDeriver finds out anew which references are of one work, as far as some
// marks concern them.
type sourceDeriver struct {
	*tx
	at      string
	wave    map[string]bool // marks to follow
	old     map[string]bool // sources that references had which are gone
	refs    map[string]*citing
	joins   [][2]string
	touched map[string]string // articles whose pages show something else, with their journal
}

func (t *tx) newSourceDeriver() *sourceDeriver {
	return &sourceDeriver{tx: t, at: now(), wave: map[string]bool{}, old: map[string]bool{}, refs: map[string]*citing{}, touched: map[string]string{}}
}

func (d *sourceDeriver) touch(articleID, journalID string) { d.touched[articleID] = journalID }

// settle gathers all that the marks concern, groups it, writes what is otherwise
// and tells the change feed.
func (d *sourceDeriver) settle() error {
	if err := d.gather(); err != nil {
		return err
	}
	if err := d.write(d.groups()); err != nil {
		return err
	}
	return d.append(d.at, d.changes())
}

// gather follows marks to references and these to their other marks.
func (d *sourceDeriver) gather() error {
	seen := map[string]bool{}
	for len(d.wave) > 0 {
		marks := slices.Sorted(maps.Keys(d.wave))
		d.wave = map[string]bool{}
		for _, m := range marks {
			seen[m] = true
		}
		var fresh [][]string
		err := d.list(`WITH given (mark) AS (VALUES %), wanted AS (SELECT DISTINCT mark FROM given)
SELECT DISTINCT r.article_id, r.position, r.journal_id, r.source_id, r.weight FROM wanted w JOIN source_mark m ON m.mark = w.mark
JOIN cited_reference r ON r.article_id = m.article_id AND r.position = m.position`, single(marks), func(scan func(...any) error) error {
			c := &citing{}
			err := scan(&c.articleID, &c.position, &c.journalID, &c.sourceID, &c.weight)
			if d.refs[c.key()] == nil {
				d.refs[c.key()] = c
				fresh = append(fresh, []string{c.articleID, strconv.Itoa(c.position)})
			}
			return err
		})
		if err != nil {
			return err
		}
		err = d.list(`WITH given (article_id, position) AS (VALUES %), wanted AS (SELECT DISTINCT article_id, position FROM given)
SELECT m.mark, m.kind, m.article_id, m.position FROM wanted w JOIN source_mark m ON m.article_id = w.article_id AND m.position = CAST(w.position AS BIGINT)`, fresh, func(scan func(...any) error) error {
			var m Mark
			var c citing
			err := scan(&m.ID, &m.Kind, &c.articleID, &c.position)
			r := d.refs[c.key()]
			r.marks = append(r.marks, m)
			if !seen[m.ID] {
				d.wave[m.ID] = true
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, side := range []string{"mark", "other"} {
			err = d.list(`WITH given (id) AS (VALUES %), wanted AS (SELECT DISTINCT id FROM given) SELECT j.mark, j.other FROM wanted w JOIN source_join j ON j.`+side+` = w.id`, single(marks), func(scan func(...any) error) error {
				var p [2]string
				err := scan(&p[0], &p[1])
				if !slices.Contains(d.joins, p) {
					d.joins = append(d.joins, p)
				}
				for _, m := range p {
					if !seen[m] {
						d.wave[m] = true
					}
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	for _, r := range d.refs {
		slices.SortFunc(r.marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
		r.marks = slices.Compact(r.marks)
	}
	return nil
}

// union joins what belongs together.
type union map[string]string

func (u union) find(x string) string {
	for u[x] != "" {
		x = u[x]
	}
	return x
}

func (u union) join(a, b string) {
	if a, b = u.find(a), u.find(b); a != b {
		if a > b {
			a, b = b, a
		}
		u[b] = a
	}
}

// groups are the references of one work each. Those that share an identifier are;
// those that are printed alike or have the same fields are too, unless identifiers
// say that there are several works.
func (d *sourceDeriver) groups() [][]*citing {
	u := union{}
	keys := slices.Sorted(maps.Keys(d.refs))
	byMark := map[string][]string{}
	kinds := map[string]int{}
	var marks []string
	for _, k := range keys {
		for _, m := range d.refs[k].marks {
			if byMark[m.ID] == nil {
				marks = append(marks, m.ID)
			}
			byMark[m.ID] = append(byMark[m.ID], k)
			kinds[m.ID] = m.Kind
		}
	}
	slices.SortFunc(marks, func(a, b string) int { return cmp.Or(cmp.Compare(kinds[a], kinds[b]), cmp.Compare(a, b)) })
	dois := map[string]map[string]bool{} // of each group
	for _, m := range marks {
		list := byMark[m]
		if kinds[m] == MarkDOI {
			for _, k := range list {
				u.join(list[0], k)
			}
		}
	}
	named := func(k string) map[string]bool { return dois[u.find(k)] }
	for _, m := range marks {
		if kinds[m] == MarkDOI {
			root := u.find(byMark[m][0])
			if dois[root] == nil {
				dois[root] = map[string]bool{}
			}
			dois[root][m] = true
		}
	}
	for _, m := range marks {
		if kinds[m] == MarkDOI {
			continue
		}
		all := map[string]bool{}
		for _, k := range byMark[m] {
			maps.Copy(all, named(k))
		}
		first := ""
		for _, k := range byMark[m] {
			if len(all) > 1 && len(named(k)) > 0 {
				continue // which of them it is, is not said
			}
			if first == "" {
				first = k
				continue
			}
			a, b := u.find(first), u.find(k)
			u.join(a, b)
			both := map[string]bool{}
			maps.Copy(both, dois[a])
			maps.Copy(both, dois[b])
			if len(both) > 0 {
				dois[u.find(a)] = both
			}
		}
	}
	for _, j := range d.joins {
		if a, b := byMark[j[0]], byMark[j[1]]; len(a) > 0 && len(b) > 0 {
			u.join(a[0], b[0])
		}
	}
	at := map[string]int{}
	var out [][]*citing
	for _, k := range keys {
		root := u.find(k)
		n, ok := at[root]
		if !ok {
			n = len(out)
			at[root] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], d.refs[k])
	}
	return out
}

// grouped is a work with what is to be stored of it.
type grouped struct {
	refs    []*citing // that cite it
	id      string
	best    *citing
	journal map[string]int // articles by journal
	total   int
	article string // the article here that it is
	marks   map[string]bool
}

// candidates are the marks that may be the address of a group, the best first.
// Those of which an editor has said that another address stays count only where
// there is no other.
func (d *sourceDeriver) candidates(g *grouped, refs []*citing) []string {
	var all []Mark
	for _, r := range refs {
		all = append(all, r.marks...)
	}
	slices.SortFunc(all, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	var out, gone []string
	for _, m := range slices.Compact(all) {
		g.marks[m.ID] = true
		switch {
		case slices.ContainsFunc(d.joins, func(j [2]string) bool { return j[1] == m.ID }):
			gone = append(gone, m.ID)
		default:
			out = append(out, m.ID)
		}
	}
	if len(out) == 0 {
		return gone
	}
	return out
}

// group makes a grouped of references, of the article itself too.
func (d *sourceDeriver) group(refs []*citing) (*grouped, []string) {
	g := &grouped{journal: map[string]int{}, marks: map[string]bool{}}
	articles := map[string]bool{}
	several := false
	for _, r := range refs {
		if r.position < 0 {
			several = several || g.article != ""
			g.article = r.articleID
			continue
		}
		g.refs = append(g.refs, r)
		if !articles[r.articleID] {
			articles[r.articleID] = true
			g.journal[r.journalID]++
			g.total++
		}
		if g.best == nil || r.weight > g.best.weight || r.weight == g.best.weight && (r.articleID < g.best.articleID || r.articleID == g.best.articleID && r.position < g.best.position) {
			g.best = r
		}
	}
	if several {
		g.article = ""
	}
	return g, d.candidates(g, refs)
}

// changes are what the feed is told of.
func (d *sourceDeriver) changes() []Change {
	count := map[string]int{}
	for _, journalID := range d.touched {
		count[journalID]++
	}
	var out []Change
	for _, journalID := range slices.Sorted(maps.Keys(count)) {
		if count[journalID] > manyChanges {
			out = append(out, Change{Kind: KindReference, ID: journalID, JournalID: journalID, Action: Updated})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.touched)) {
		if journalID := d.touched[id]; count[journalID] <= manyChanges {
			out = append(out, Change{Kind: KindReference, ID: id, JournalID: journalID, Action: Updated})
		}
	}
	return out
}
