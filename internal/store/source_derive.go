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
	marks                          []Mark // in order, each once
	// Of those that are being written only.
	fresh          bool // its row is not there yet
	kept           bool // as it was stored already
	record, places string
	printed        string
}

func (c *citing) key() string { return citingKey(c.articleID, c.position) }

func citingKey(articleID string, position int) string {
	return articleID + " " + strconv.Itoa(position)
}

// sourceDeriver finds out anew which references are of one work, as far as some
// marks concern them.
type sourceDeriver struct {
	*tx
	at       string
	round    int64
	wave     map[string]bool      // marks to follow
	old      map[string]bool      // sources that references had which are gone
	fresh    map[string][]*citing // references that are being written, by their marks
	unstored map[string]bool      // marks that no stored reference has
	refs     map[string]*citing
	joins    [][2]string
	rows     map[string]*sourceRow // that were read; nil where there is none
	touched  map[string]string     // articles whose pages show something else, with their journal
	whole    map[string]bool       // journals all of whose pages may
}

func (t *tx) newSourceDeriver(round int64) *sourceDeriver {
	return &sourceDeriver{tx: t, at: now(), round: round, wave: map[string]bool{}, old: map[string]bool{}, fresh: map[string][]*citing{}, unstored: map[string]bool{},
		refs: map[string]*citing{}, rows: map[string]*sourceRow{}, touched: map[string]string{}, whole: map[string]bool{}}
}

func (d *sourceDeriver) touch(articleID, journalID string) { d.touched[articleID] = journalID }

// settle gathers all that the marks concern, groups it and writes what is otherwise.
func (d *sourceDeriver) settle() error {
	if err := d.gather(); err != nil {
		return err
	}
	return d.write(d.groups())
}

// gather follows marks to references and these to their other marks.
func (d *sourceDeriver) gather() error {
	seen := map[string]bool{}
	var found []*citing
	for len(d.wave) > 0 {
		marks := slices.Sorted(maps.Keys(d.wave))
		d.wave = map[string]bool{}
		for _, m := range marks {
			seen[m] = true
		}
		follow := func(m string) {
			if !seen[m] {
				d.wave[m] = true
			}
		}
		var stored []string
		for _, m := range marks {
			for _, c := range d.fresh[m] {
				if d.refs[c.key()] == nil {
					d.refs[c.key()] = c
					for _, other := range c.marks {
						follow(other.ID)
					}
				}
			}
			if !d.unstored[m] {
				stored = append(stored, m)
			}
		}
		list, err := d.stored(stored, follow)
		if err != nil {
			return err
		}
		found = append(found, list...)
		if err := d.joined(marks, follow); err != nil {
			return err
		}
	}
	for _, r := range found {
		r.marks = ordered(r.marks)
	}
	return nil
}

// ordered are marks in order, the best first, each once.
func ordered(marks []Mark) []Mark {
	slices.SortFunc(marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return slices.Compact(marks)
}

// stored takes in the stored references that have some marks, and returns those
// that were not there.
func (d *sourceDeriver) stored(marks []string, follow func(string)) (found []*citing, err error) {
	var keys [][]string
	err = d.list(`WITH given (mark) AS (VALUES %), wanted AS (SELECT DISTINCT mark FROM given)
SELECT DISTINCT r.article_id, r.position, r.journal_id, r.source_id, r.weight FROM wanted w JOIN source_mark m ON m.mark = w.mark
JOIN cited_reference r ON r.article_id = m.article_id AND r.position = m.position`, single(marks), func(scan func(...any) error) error {
		c := &citing{}
		err := scan(&c.articleID, &c.position, &c.journalID, &c.sourceID, &c.weight)
		if d.refs[c.key()] == nil {
			d.refs[c.key()] = c
			found = append(found, c)
			keys = append(keys, []string{c.articleID, strconv.Itoa(c.position)})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = d.list(`WITH given (article_id, position) AS (VALUES %), wanted AS (SELECT DISTINCT article_id, position FROM given)
SELECT m.mark, m.kind, m.article_id, m.position FROM wanted w JOIN source_mark m ON m.article_id = w.article_id AND m.position = CAST(w.position AS BIGINT)`, keys, func(scan func(...any) error) error {
		var m Mark
		var c citing
		err := scan(&m.ID, &m.Kind, &c.articleID, &c.position)
		r := d.refs[c.key()]
		r.marks = append(r.marks, m)
		follow(m.ID)
		return err
	})
	return found, err
}

// joined takes in what editors have said of some marks.
func (d *sourceDeriver) joined(marks []string, follow func(string)) error {
	var said bool
	if err := d.row(`SELECT EXISTS (SELECT 1 FROM source_join)`, nil, &said); err != nil || !said {
		return err
	}
	for _, side := range []string{"mark", "other"} {
		err := d.list(`WITH given (id) AS (VALUES %), wanted AS (SELECT DISTINCT id FROM given) SELECT j.mark, j.other FROM wanted w JOIN source_join j ON j.`+side+` = w.id`, single(marks), func(scan func(...any) error) error {
			var p [2]string
			err := scan(&p[0], &p[1])
			if !slices.Contains(d.joins, p) {
				d.joins = append(d.joins, p)
			}
			follow(p[0])
			follow(p[1])
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// union joins what belongs together.
type union map[string]string

func (u union) find(x string) string {
	for u[x] != "" {
		if up := u[u[x]]; up != "" {
			u[x] = up
		}
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
	dois    int
}

// candidates are the marks that may be the address of a group, the best first.
// Those of which an editor has said that another address stays count only where
// there is no other.
func (d *sourceDeriver) candidates(g *grouped, refs []*citing) [][]string {
	var all []Mark
	for _, r := range refs {
		all = append(all, r.marks...)
	}
	slices.SortFunc(all, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	var out, gone []string
	for _, m := range slices.Compact(all) {
		g.marks[m.ID] = true
		if m.Kind == MarkDOI {
			g.dois++
		}
		switch {
		case slices.ContainsFunc(d.joins, func(j [2]string) bool { return j[1] == m.ID }):
			gone = append(gone, m.ID)
		default:
			out = append(out, m.ID)
		}
	}
	return [][]string{out, gone}
}

// group makes a grouped of references, of the article itself too.
func (d *sourceDeriver) group(refs []*citing) (*grouped, [][]string) {
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
	for journalID, n := range count {
		if n > manyChanges {
			d.whole[journalID] = true
		}
	}
	for _, journalID := range slices.Sorted(maps.Keys(d.whole)) {
		out = append(out, Change{Kind: KindReference, ID: journalID, JournalID: journalID, Action: Updated})
	}
	for _, id := range slices.Sorted(maps.Keys(d.touched)) {
		if journalID := d.touched[id]; !d.whole[journalID] {
			out = append(out, Change{Kind: KindReference, ID: id, JournalID: journalID, Action: Updated})
		}
	}
	return out
}
