package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// CheckDerived derives again how articles stand and what readers find their way
// by, people, keywords, sections and related articles, and reports what is
// stored otherwise. It goes through the articles by pages on one state of the
// database and writes nothing. Articles that were written and not yet derived
// from are left out: whoever serves the site comes to them. Which articles are
// related depends on what was there when they came, so that only their being
// related in both directions is checked.
func (s *Store) CheckDerived(ctx context.Context, report func(Finding)) (err error) {
	defer errs.Wrap(&err, "store.CheckDerived")
	return s.read(ctx, func(t *tx) error {
		c := &derivedChecker{tx: t, found: report, orders: map[string]*sorter{}}
		if err := c.begin(); err != nil {
			return err
		}
		for after := ""; ; {
			page, err := c.page(after)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				break
			}
			after = page[len(page)-1].id
			if err := c.articles(page); err != nil {
				return err
			}
		}
		return c.counts()
	})
}

// derivedChecker goes through what is derived.
type derivedChecker struct {
	*tx
	found   func(Finding)
	pending map[string]bool // articles that were not derived from yet
	orders  map[string]*sorter
}

// checkedArticle is an article with what it is derived from.
type checkedArticle struct {
	browsed
	related []journal.Related
	where   string
}

func (c *derivedChecker) report(where, format string, args ...any) {
	c.found(Finding{Where: where, What: fmt.Sprintf(format, args...), Do: doRebuild})
}

func (c *derivedChecker) begin() error {
	err := c.query(selectJournal, nil, func(scan func(...any) error) error {
		var row journalRow
		if err := scan(row.dest()...); err != nil {
			return err
		}
		// One that cannot be read is what Check reports.
		if j, err := row.journal(nil, row.path); err == nil {
			c.orders[row.id] = newSorter(j.Language())
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.pending = map[string]bool{}
	return c.query(`SELECT c.id FROM follower f JOIN change c ON c.seq > f.seq WHERE f.name = 'browse' AND c.kind = 'article'`, nil, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		c.pending[id] = true
		return err
	})
}

// page reads the articles after an id. A record that cannot be read is what
// Check reports.
func (c *derivedChecker) page(after string) (list []checkedArticle, err error) {
	err = c.query(`SELECT a.id, a.journal_id, a.withdrawn, a.published_order, `+harvestState+`, v.record, j.path, a.slug FROM article a JOIN version v ON v.article_id = a.id AND v.n = a.version
JOIN journal j ON j.id = a.journal_id WHERE a.id > ?1 ORDER BY a.id LIMIT ?2`, []any{after, browseBatch}, func(scan func(...any) error) error {
		var a checkedArticle
		var withdrawn, path, slug string
		var record []byte
		if err := scan(&a.id, &a.journalID, &withdrawn, &a.order, &a.state, &record, &path, &slug); err != nil {
			return err
		}
		a.withdrawn, a.where = withdrawn != "", articleAt(path, slug)
		var rec struct {
			Related []journal.Related `json:"related"`
		}
		if json.Unmarshal(record, &rec) != nil || a.read(record) != nil {
			c.pending[a.id] = true
		}
		a.related = rec.Related
		list = append(list, a)
		return nil
	})
	return list, err
}

// articles checks a page of them.
func (c *derivedChecker) articles(page []checkedArticle) error {
	if err := c.standings(page); err != nil {
		return err
	}
	byJournal := map[string][]checkedArticle{}
	for _, a := range page {
		if !c.pending[a.id] && c.orders[a.journalID] != nil {
			byJournal[a.journalID] = append(byJournal[a.journalID], a)
		}
	}
	for id, list := range byJournal {
		for _, check := range []func(string, []checkedArticle) error{c.authors, c.keywords, c.places, c.works, c.kin, c.harvests} {
			if err := check(id, list); err != nil {
				return err
			}
		}
	}
	return nil
}

func idsOf(list []checkedArticle) []string {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].id
	}
	return ids
}

// rows reads what is stored of articles, as words, in a set by article. The text
// gives the id of the article and one text for each row.
func (c *derivedChecker) rows(text string, list []checkedArticle) (map[string]map[string]bool, error) {
	out := map[string]map[string]bool{}
	err := c.list("WITH wanted (id) AS (VALUES %)\n"+text, single(idsOf(list)), func(scan func(...any) error) error {
		var id, row string
		err := scan(&id, &row)
		if out[id] == nil {
			out[id] = map[string]bool{}
		}
		out[id][row] = true
		return err
	})
	return out, err
}

// compare reports an article whose rows are others than those wanted.
func (c *derivedChecker) compare(a *checkedArticle, have map[string]bool, want []string, what string) {
	same := true
	seen := map[string]bool{}
	for _, w := range want {
		seen[w] = true
		same = same && have[w]
	}
	if !same || len(seen) != len(have) {
		c.report(a.where, "%s", what)
	}
}

// standings: what the article says of others, and how it stands.
func (c *derivedChecker) standings(page []checkedArticle) error {
	have, err := c.rows(`SELECT m.article_id, m.relation || ' ' || m.target FROM wanted w JOIN mention m ON m.article_id = w.id`, page)
	if err != nil {
		return err
	}
	articles, err := c.wantStanding(idsOf(page))
	if err != nil {
		return err
	}
	for i := range page {
		a := &page[i]
		var want []string
		for j := range a.related {
			want = append(want, key(a.related[j].Relation)+" "+targetOf(a.journalID, &a.related[j]))
		}
		c.compare(a, have[a.id], want, "the works that it names are not those of its record")
		if s := articles[a.id]; s != nil && s.have != s.want {
			c.report(a.where, "it is shown as %q, and by what it and others say it is %q", cmp.Or(string(s.have), "current"), cmp.Or(string(s.want), "current"))
		}
	}
	return nil
}

// authors compares the authorships and finds out again who is who.
func (c *derivedChecker) authors(journalID string, list []checkedArticle) error {
	d := c.newAuthorDeriver(journalID, c.orders[journalID], "")
	articles := make([]browsed, len(list))
	for i := range list {
		articles[i] = list[i].browsed
	}
	fresh, err := d.authorships(articles)
	if err != nil {
		return err
	}
	person := map[string]string{}
	err = c.list(`WITH wanted (id) AS (VALUES %) SELECT x.article_id, x.position, x.person_id FROM wanted w JOIN authorship x ON x.article_id = w.id`, single(idsOf(list)), func(scan func(...any) error) error {
		var id, who string
		var position int
		err := scan(&id, &position, &who)
		person[spot(id, position)] = who
		return err
	})
	if err != nil {
		return err
	}
	have, err := c.rows(`SELECT x.article_id, x.position || ' ' || coalesce(m.mark, '') || ' ' || x.record FROM wanted w JOIN authorship x ON x.article_id = w.id
LEFT JOIN authorship_mark m ON m.article_id = x.article_id AND m.position = x.position`, list)
	if err != nil {
		return err
	}
	want := map[string][]string{}
	var wave []string
	for _, x := range fresh {
		_, record, err := canonical(&x.record)
		if err != nil {
			return err
		}
		for _, m := range x.marks {
			want[x.articleID] = append(want[x.articleID], fmt.Sprintf("%d %s %s", x.position, m, record))
			if !d.marks[m] {
				d.marks[m] = true
				wave = append(wave, m)
			}
		}
		x.personID = person[spot(x.articleID, x.position)]
		d.hold(x)
	}
	where := map[string]string{}
	for i := range list {
		c.compare(&list[i], have[list[i].id], want[list[i].id], "its authors in the index are not those of its record")
		where[list[i].id] = list[i].where
	}
	if err := d.gather(wave); err != nil {
		return err
	}
	return c.people(d, where)
}

// people reports what would be written if the people of a page were settled
// again.
func (c *derivedChecker) people(d *authorDeriver, where map[string]string) error {
	p, err := d.settle()
	if err != nil {
		return err
	}
	for _, row := range p.authorships {
		// One of another page is reported there.
		if at := where[row[0].(string)]; at != "" {
			c.report(at, "its author at place %d leads to another person than by the rules", row[1].(int)+1)
		}
	}
	if len(p.authorships) > 0 {
		return nil
	}
	for _, row := range p.people {
		c.report("author "+row[2].(string), "what the index shows is not what the articles say")
	}
	for _, row := range p.marks {
		c.report("author", "the mark %q leads to another person than by the rules", row[1])
	}
	return nil
}

func (c *derivedChecker) keywords(_ string, list []checkedArticle) error {
	have, err := c.rows(`SELECT x.article_id, x.list || ' ' || x.position || ' ' || x.size || ' ' || k.lang || ' ' || k.folded FROM wanted w
JOIN article_keyword x ON x.article_id = w.id JOIN keyword k ON k.id = x.keyword_id`, list)
	for i := range list {
		var want []string
		if a := &list[i]; !a.withdrawn {
			for _, u := range usesOf(&a.browsed) {
				want = append(want, fmt.Sprintf("%d %d %d %s %s", u.list, u.position, u.size, u.lang, u.folded))
			}
		}
		c.compare(&list[i], have[list[i].id], want, "its keywords in the index are not those of its record")
	}
	return err
}

// places: the type, and the heading that its first word is known by.
func (c *derivedChecker) places(journalID string, list []checkedArticle) error {
	have, err := c.rows(`SELECT x.article_id, x.type || ' ' || x.section_id FROM wanted w JOIN article_place x ON x.article_id = w.id`, list)
	if err != nil {
		return err
	}
	sections := map[string]string{}
	var rows [][]string
	for i := range list {
		if own := wordsOf(list[i].section); len(own) > 0 {
			rows = append(rows, []string{journalID, own[0]})
		}
	}
	err = c.list(`WITH wanted (journal_id, folded) AS (VALUES %) SELECT x.folded, x.section_id FROM wanted w JOIN section_word x ON x.journal_id = w.journal_id AND x.folded = w.folded`, rows,
		func(scan func(...any) error) error {
			var word, id string
			err := scan(&word, &id)
			sections[word] = id
			return err
		})
	for i := range list {
		a := &list[i]
		var want []string
		if !a.withdrawn {
			section := ""
			if own := wordsOf(a.section); len(own) > 0 {
				section = cmp.Or(sections[own[0]], "?")
			}
			want = []string{clean(a.kind) + " " + section}
		}
		c.compare(a, have[a.id], want, "the section and the type that it stands under are not those of its record")
	}
	return err
}

func (c *derivedChecker) works(_ string, list []checkedArticle) error {
	have, err := c.rows(`SELECT x.article_id, CAST(x.work AS TEXT) FROM wanted w JOIN cited x ON x.article_id = w.id`, list)
	for i := range list {
		var want []string
		if a := &list[i]; !a.withdrawn {
			for _, work := range a.works {
				want = append(want, fmt.Sprint(work))
			}
		}
		c.compare(&list[i], have[list[i].id], want, "the works that it is known to cite are not those of its record")
	}
	return err
}

// kin: every article that is related is so in both directions.
func (c *derivedChecker) kin(_ string, list []checkedArticle) error {
	lone, err := c.rows(`SELECT DISTINCT k.article_id, k.other_id FROM wanted w JOIN kin k ON k.article_id = w.id
LEFT JOIN kin b ON b.article_id = k.other_id AND b.other_id = k.article_id AND b.score = k.score WHERE b.article_id IS NULL`, list)
	for i := range list {
		if n := len(lone[list[i].id]); n > 0 {
			c.report(list[i].where, "it is related to %d articles that are not related to it", n)
		}
	}
	return err
}

// counts: how many articles a keyword has.
func (c *derivedChecker) counts() error {
	var wrong []string
	err := c.query(`SELECT k.slug FROM keyword k LEFT JOIN article_keyword x ON x.keyword_id = k.id GROUP BY k.id, k.slug, k.articles HAVING count(DISTINCT x.article_id) <> k.articles`, nil, func(scan func(...any) error) error {
		var slug string
		err := scan(&slug)
		wrong = append(wrong, slug)
		return err
	})
	slices.Sort(wrong)
	if len(wrong) > 0 {
		c.report("keywords", "the number of articles is wrong of %d: %s", len(wrong), strings.Join(wrong[:min(len(wrong), 10)], ", "))
	}
	return err
}
