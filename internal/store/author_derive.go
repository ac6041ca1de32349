package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// personRecord is the column person.record.
type personRecord struct {
	Shown  journal.Name   `json:"shown"`
	Names  []journal.Name `json:"names"` // every form, the newest first
	ORCIDs []string       `json:"orcids,omitempty"`
}

// personRow is a person as it is stored.
type personRow struct {
	id, journalID, slug, joined string
	record                      personRecord
	recordJSON, letter          string
	sort                        []byte
	articles                    int
}

// authorDeriver makes the people of one journal anew as far as some articles
// concern them.
type authorDeriver struct {
	*tx
	journalID string
	order     *sorter
	at        string
	known     []authorship    // all that may be concerned
	held      map[string]bool // "article/position" of those known
	marks     map[string]bool // that were followed
	joins     [][2]string
	joined    bool              // editors have joined people in this journal
	byEditor  map[string]bool   // marks that they have joined
	owner     map[string]string // mark → person
	persons   map[string]*personRow
	touched   map[string]bool // articles whose links changed
}

// deriveAuthors writes the authorships of articles of one journal and finds out
// again who is who among all that share a mark with them. It returns the
// articles whose authors lead elsewhere than before.
func (t *tx) deriveAuthors(journalID string, articles []browsed, order *sorter, at string) (map[string]bool, error) {
	d := t.newAuthorDeriver(journalID, order, at)
	wave, err := d.replace(articles)
	if err != nil {
		return nil, err
	}
	if err := d.gather(wave); err != nil {
		return nil, err
	}
	p, err := d.settle()
	if err != nil {
		return nil, err
	}
	return d.touched, d.write(p)
}

func (t *tx) newAuthorDeriver(journalID string, order *sorter, at string) *authorDeriver {
	return &authorDeriver{tx: t, journalID: journalID, order: order, at: at, held: map[string]bool{}, marks: map[string]bool{},
		byEditor: map[string]bool{}, owner: map[string]string{}, persons: map[string]*personRow{}, touched: map[string]bool{}}
}

// gather reads all that share a mark, also by others, with those that are held.
func (d *authorDeriver) gather(wave []string) error {
	err := d.row(`SELECT EXISTS (SELECT 1 FROM person_join WHERE journal_id = ?1)`, []any{d.journalID}, &d.joined)
	for len(wave) > 0 && err == nil { // as many turns as there are steps from name to name
		wave, err = d.follow(wave)
	}
	if err != nil {
		return err
	}
	return d.owners()
}

// replace takes the old authorships of the articles away, makes the new ones and
// returns the marks of both.
func (d *authorDeriver) replace(articles []browsed) (wave []string, err error) {
	ids := make([]string, len(articles))
	for i := range articles {
		ids[i] = articles[i].id
	}
	seen := map[string]bool{}
	err = d.list(`WITH wanted (id) AS (VALUES %) DELETE FROM authorship_mark WHERE article_id IN (SELECT id FROM wanted) RETURNING mark`, single(ids), func(scan func(...any) error) error {
		var m string
		err := scan(&m)
		seen[m] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	err = d.list(`WITH wanted (id) AS (VALUES %) DELETE FROM authorship WHERE article_id IN (SELECT id FROM wanted) RETURNING article_id`, single(ids), func(func(...any) error) error { return nil })
	if err != nil {
		return nil, err
	}
	fresh, err := d.authorships(articles)
	if err != nil {
		return nil, err
	}
	for _, x := range fresh {
		for _, m := range x.marks {
			seen[m] = true
		}
		d.hold(x)
	}
	for m := range seen {
		d.marks[m] = true
		wave = append(wave, m)
	}
	slices.Sort(wave)
	return wave, nil
}

// authorships are those of the articles as their records say, and editors.
func (d *authorDeriver) authorships(articles []browsed) (list []authorship, err error) {
	ids := make([]string, len(articles))
	for i := range articles {
		ids[i] = articles[i].id
	}
	apart, err := d.apart(ids)
	if err != nil {
		return nil, err
	}
	for i := range articles {
		a := &articles[i]
		if a.withdrawn {
			continue
		}
		for _, x := range a.authors {
			x.order = a.order
			if m := slices.IndexFunc(x.marks, func(m string) bool { return apart[a.id+" "+m] }); m >= 0 {
				x.marks = []string{markApart + a.id + "/" + x.marks[m]}
			}
			for m := range x.marks {
				x.marks[m] = key(x.marks[m])
			}
			list = append(list, x)
		}
	}
	return list, nil
}

// apart are the marks that editors have split off articles.
func (d *authorDeriver) apart(ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := d.list(`WITH wanted (id) AS (VALUES %) SELECT x.article_id, x.mark FROM wanted w JOIN person_split x ON x.article_id = w.id`, single(ids), func(scan func(...any) error) error {
		var id, m string
		err := scan(&id, &m)
		out[id+" "+m] = true
		return err
	})
	return out, err
}

func (d *authorDeriver) hold(x authorship) {
	d.held[spot(x.articleID, x.position)] = true
	d.known = append(d.known, x)
}

// lone reports a mark that one authorship only can have.
func lone(mark string) bool {
	return strings.HasPrefix(mark, markHere) || strings.HasPrefix(mark, markApart)
}

// follow reads the authorships and joins that have one of the marks, and
// returns the marks that were not followed yet.
func (d *authorDeriver) follow(wave []string) (next []string, err error) {
	var rows, shared [][]string
	for _, m := range wave {
		rows = append(rows, []string{d.journalID, m})
		if !lone(m) || d.byEditor[m] {
			shared = append(shared, rows[len(rows)-1])
		}
	}
	take := func(m string) {
		if !d.marks[m] {
			d.marks[m] = true
			next = append(next, m)
		}
	}
	// One row for an authorship, with its marks a line each: no mark has a line
	// break, see journal.Same.
	err = d.list(`WITH wanted (journal_id, mark) AS (VALUES %), hit AS (
	SELECT DISTINCT m.article_id, m.position FROM wanted w JOIN authorship_mark m ON m.journal_id = w.journal_id AND m.mark = w.mark)
SELECT x.article_id, x.position, x.person_id, x.record, a.published_order,
	(SELECT string_agg(o.mark, '`+"\n"+`') FROM authorship_mark o WHERE o.article_id = x.article_id AND o.position = x.position)
FROM hit h JOIN authorship x ON x.article_id = h.article_id AND x.position = h.position JOIN article a ON a.id = x.article_id`, shared, func(scan func(...any) error) error {
		var x authorship
		var record []byte
		var marks string
		if err := scan(&x.articleID, &x.position, &x.personID, &record, &x.order, &marks); err != nil {
			return err
		}
		if d.held[spot(x.articleID, x.position)] {
			return nil
		}
		x.marks = strings.Split(marks, "\n")
		slices.Sort(x.marks)
		for _, m := range x.marks {
			take(m)
		}
		err := json.Unmarshal(record, &x.record)
		d.hold(x)
		return err
	})
	if err != nil || !d.joined {
		slices.Sort(next)
		return next, err
	}
	err = d.list(`WITH wanted (journal_id, mark) AS (VALUES %)
SELECT j.mark, j.other FROM wanted w JOIN person_join j ON j.journal_id = w.journal_id AND (j.mark = w.mark OR j.other = w.mark)`, rows, func(scan func(...any) error) error {
		var j [2]string
		if err := scan(&j[0], &j[1]); err != nil {
			return err
		}
		if !slices.Contains(d.joins, j) {
			d.joins = append(d.joins, j)
		}
		for _, m := range j {
			d.byEditor[m] = true
			take(m)
		}
		return nil
	})
	slices.Sort(next)
	return next, err
}

// owners reads whose the marks were last, and these people.
func (d *authorDeriver) owners() error {
	var rows [][]string
	for m := range d.marks {
		rows = append(rows, []string{d.journalID, m})
	}
	slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(a[1], b[1]) })
	var ids []string
	err := d.list(`WITH wanted (journal_id, mark) AS (VALUES %)
SELECT m.mark, m.person_id FROM wanted w JOIN person_mark m ON m.journal_id = w.journal_id AND m.mark = w.mark`, rows, func(scan func(...any) error) error {
		var m, id string
		err := scan(&m, &id)
		d.owner[m] = id
		if _, ok := d.persons[id]; !ok {
			d.persons[id] = nil
			ids = append(ids, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	return d.list(`WITH wanted (id) AS (VALUES %)
SELECT p.id, p.slug, p.joined, p.record, p.letter, p.sort, p.articles FROM wanted w JOIN person p ON p.id = w.id`, single(ids), func(scan func(...any) error) error {
		p := &personRow{journalID: d.journalID}
		err := scan(&p.id, &p.slug, &p.joined, &p.recordJSON, &p.letter, &p.sort, &p.articles)
		d.persons[p.id] = p
		return err
	})
}

// settled is what has to be written so that everybody is who he is.
type settled struct {
	people, marks, authorships [][]any
	heirs                      map[string]string // a person without a group → who has its marks
}

// settle gives every group its person: the oldest one that had a mark of it and
// is not another group's, or a new one. A person without a group leads on to
// the one that has its marks.
func (d *authorDeriver) settle() (*settled, error) {
	slices.SortFunc(d.known, func(a, b authorship) int {
		return cmp.Or(cmp.Compare(a.articleID, b.articleID), cmp.Compare(a.position, b.position))
	})
	groups := groupAuthors(d.known, d.joins)
	of := make([]*personRow, len(groups))
	taken := map[string]bool{}
	var fresh []int
	for i, g := range groups {
		var best string
		for _, m := range g.marks {
			if id := d.owner[m]; d.persons[id] != nil && !taken[id] && (best == "" || id < best) {
				best = id
			}
		}
		if best == "" {
			fresh = append(fresh, i)
			continue
		}
		taken[best], of[i] = true, d.persons[best]
	}
	out := &settled{heirs: map[string]string{}}
	if err := d.found(groups, fresh, of); err != nil {
		return nil, err
	}
	for i, g := range groups {
		p := of[i]
		before := *p
		if err := d.describe(p, g); err != nil {
			return nil, err
		}
		if p.differs(&before) {
			out.people = append(out.people, p.row(d.at))
		}
		for _, m := range g.marks {
			if was := d.owner[m]; was != p.id {
				if was != "" && !taken[was] && out.heirs[was] == "" {
					out.heirs[was] = p.id
				}
				out.marks = append(out.marks, []any{d.journalID, m, p.id})
			}
		}
		for _, n := range g.members {
			x := &d.known[n]
			if x.personID == p.id {
				continue
			}
			d.touched[x.articleID] = true
			_, record, err := canonical(&x.record)
			if err != nil {
				return nil, err
			}
			out.authorships = append(out.authorships, []any{x.articleID, x.position, p.id, string(record)})
		}
	}
	for id, p := range d.persons {
		if p == nil || taken[id] {
			continue
		}
		before := *p
		p.articles, p.joined = 0, cmp.Or(out.heirs[id], p.joined)
		if p.differs(&before) {
			out.people = append(out.people, p.row(d.at))
		}
	}
	return out, nil
}

// found makes the people that there were not.
func (d *authorDeriver) found(groups []personGroup, fresh []int, of []*personRow) error {
	wishes := make([]slugWish, len(fresh))
	for i, n := range fresh {
		wishes[i] = slugWish{d.journalID, script.Slug(latinName(d.known[groups[n].members[0]].record.Names), 80)}
	}
	slugs, err := d.freeSlugs(wishes, `SELECT s.journal_id, s.slug FROM wanted w JOIN person s ON s.journal_id = w.journal_id AND s.slug = w.slug`)
	for i, n := range fresh {
		if err == nil {
			of[n] = &personRow{id: newID(), journalID: d.journalID, slug: slugs[i]}
		}
	}
	return err
}

// latinName is the form that makes an address: one in Latin letters, else as
// shown.
func latinName(names []journal.Name) string {
	for _, n := range names {
		if shown := n.Shown(); script.Of(shown) == "Latn" {
			return shown
		}
	}
	return names[0].Shown()
}

// describe derives what is shown of a person from the authorships, the newest
// first.
func (d *authorDeriver) describe(p *personRow, g personGroup) error {
	members := slices.SortedFunc(slices.Values(g.members), func(a, b int) int {
		x, y := &d.known[a], &d.known[b]
		return cmp.Or(cmp.Compare(y.order, x.order), cmp.Compare(y.articleID, x.articleID), cmp.Compare(x.position, y.position))
	})
	p.record, p.joined = personRecord{}, ""
	articles := map[string]bool{}
	forms := map[string]bool{}
	for _, n := range members {
		x := &d.known[n]
		articles[x.articleID] = true
		for _, name := range x.record.Names {
			if form := name.Lang + "\x00" + name.Shown(); !forms[form] {
				forms[form] = true
				p.record.Names = append(p.record.Names, name)
			}
		}
		if id := x.record.ORCID; id != "" && !slices.Contains(p.record.ORCIDs, id) {
			p.record.ORCIDs = append(p.record.ORCIDs, id)
		}
		if first := x.record.Names[0]; p.record.Shown == (journal.Name{}) || !p.record.Shown.Full() && first.Full() {
			p.record.Shown = first
		}
	}
	p.articles = len(articles)
	plain := p.record.Shown
	plain.Suffix = ""
	p.letter, p.sort = d.order.place(plain.Sorted())
	_, b, err := canonical(&p.record)
	p.recordJSON = string(b)
	return err
}

// differs reports whether a person is to be written again; a new one has no
// record before.
func (p *personRow) differs(before *personRow) bool {
	return p.recordJSON != before.recordJSON || p.articles != before.articles || p.joined != before.joined || p.letter != before.letter || !bytes.Equal(p.sort, before.sort)
}

func (p *personRow) row(at string) []any {
	return []any{p.id, p.journalID, p.slug, p.joined, at, p.recordJSON, p.letter, p.sort, p.articles}
}

func (d *authorDeriver) write(p *settled) error {
	byKey := func(n int) func(a, b []any) int {
		return func(a, b []any) int { return strings.Compare(a[n].(string), b[n].(string)) }
	}
	slices.SortFunc(p.people, byKey(0))
	err := d.bulk(`INSERT INTO person (id, journal_id, slug, joined, created, record, letter, sort, articles) VALUES %
ON CONFLICT (id) DO UPDATE SET joined = excluded.joined, record = excluded.record, letter = excluded.letter, sort = excluded.sort, articles = excluded.articles`, p.people, nil)
	if err != nil {
		return err
	}
	slices.SortFunc(p.marks, byKey(1))
	if err := d.bulk(`INSERT INTO person_mark (journal_id, mark, person_id) VALUES % ON CONFLICT (journal_id, mark) DO UPDATE SET person_id = excluded.person_id`, p.marks, nil); err != nil {
		return err
	}
	if err := d.bulk(`INSERT INTO authorship (article_id, position, person_id, record) VALUES % ON CONFLICT (article_id, position) DO UPDATE SET person_id = excluded.person_id`, p.authorships, nil); err != nil {
		return err
	}
	var stood [][]any
	for i := range d.known {
		if x := &d.known[i]; x.personID == "" {
			for _, m := range x.marks {
				stood = append(stood, []any{d.journalID, m, x.articleID, x.position})
			}
		}
	}
	if err := d.bulk(`INSERT INTO authorship_mark (journal_id, mark, article_id, position) VALUES % ON CONFLICT DO NOTHING`, stood, nil); err != nil {
		return err
	}
	// Addresses that led to a person who is another now lead there too.
	var led [][]string
	for from, to := range p.heirs {
		led = append(led, []string{from, to})
	}
	return d.list(`WITH wanted (id, heir) AS (VALUES %) UPDATE person SET joined = w.heir FROM wanted w WHERE person.joined = w.id RETURNING person.id`, led, func(func(...any) error) error { return nil })
}

func spot(id string, position int) string { return id + "/" + strconv.Itoa(position) }
