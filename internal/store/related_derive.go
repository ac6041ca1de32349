package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"offprint/internal/journal"
)

const (
	// kinMost is how many of its nearest an article keeps; those for whom it is
	// near itself come to them.
	kinMost = 24
	// commonMost, a number in the text of a query: what more articles than this
	// have in common brings no two of them together.
	commonMost = "200"
)

// Weights of what two articles have in common.
const (
	perSource  = 3
	perAuthor  = 4
	perKeyword = 1
	// fewKeywords are too few to call two articles related.
	fewKeywords = 1
)

// kinship is what two articles have in common.
type kinship struct {
	sources, authors, keywords int
}

func (k kinship) score() int {
	if k.keywords <= fewKeywords {
		k.keywords = 0
	}
	return k.sources*perSource + k.authors*perAuthor + k.keywords*perKeyword
}

// worksOf are the works that an article cites: references are equal by their
// DOI or else by what is printed, apart from case and white space.
func worksOf(journalID string, rec *journal.Article) []int64 {
	var works []int64
	for i := range rec.References {
		r := &rec.References[i]
		name := "doi:" + strings.ToLower(strings.TrimSpace(r.DOI))
		if r.DOI == "" {
			if name = "text:" + journal.Same(r.Printed.Plain); len(name) < 20 { // "Ibid."
				continue
			}
		}
		sum := sha256.Sum256([]byte(journalID + "\x00" + name))
		works = append(works, int64(binary.BigEndian.Uint64(sum[:8])))
	}
	slices.Sort(works)
	return slices.Compact(works)
}

// deriveKin writes what articles of one journal cite and who their nearest are.
// The authors and keywords must be derived already. It returns the articles
// whose nearest may be others now.
func (t *tx) deriveKin(journalID string, articles []browsed) (map[string]bool, error) {
	ids := make([]string, len(articles))
	var works [][]any
	for i := range articles {
		ids[i] = articles[i].id
		if articles[i].withdrawn {
			continue
		}
		for _, work := range worksOf(journalID, &articles[i].record) {
			works = append(works, []any{work, articles[i].id})
		}
	}
	err := t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM cited WHERE article_id IN (SELECT id FROM wanted) RETURNING article_id`, single(ids), func(func(...any) error) error { return nil })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(works, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) })
	if err := t.bulk(`INSERT INTO cited (work, article_id) VALUES %`, works, nil); err != nil {
		return nil, err
	}
	pairs, err := t.pairs(ids)
	if err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	err = t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM kin WHERE article_id IN (SELECT id FROM wanted) OR other_id IN (SELECT id FROM wanted) RETURNING article_id`, single(ids),
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			touched[id] = true
			return err
		})
	if err != nil {
		return nil, err
	}
	rows := nearest(pairs)
	for _, r := range rows {
		touched[r[0].(string)] = true
	}
	return touched, t.bulk(`INSERT INTO kin (article_id, other_id, score, sources, authors, keywords) VALUES % ON CONFLICT DO NOTHING`, rows, nil)
}

// pairs is what the articles have in common with others, by article and other.
func (t *tx) pairs(ids []string) (map[[2]string]kinship, error) {
	pairs := map[[2]string]kinship{}
	gather := func(text string, put func(*kinship, int)) error {
		return t.list("WITH given (id) AS (VALUES %), wanted AS (SELECT DISTINCT id FROM given)\n"+text, single(ids), func(scan func(...any) error) error {
			var p [2]string
			var n int
			err := scan(&p[0], &p[1], &n)
			k := pairs[p]
			put(&k, n)
			pairs[p] = k
			return err
		})
	}
	err := gather(`SELECT x.article_id, y.article_id, count(*) FROM wanted w JOIN cited x ON x.article_id = w.id JOIN cited y ON y.work = x.work AND y.article_id <> x.article_id
WHERE NOT EXISTS (SELECT 1 FROM cited z WHERE z.work = x.work LIMIT 1 OFFSET `+commonMost+`) GROUP BY x.article_id, y.article_id`, func(k *kinship, n int) { k.sources = n })
	if err != nil {
		return nil, err
	}
	err = gather(`SELECT x.article_id, y.article_id, count(DISTINCT x.person_id) FROM wanted w JOIN authorship x ON x.article_id = w.id JOIN person p ON p.id = x.person_id AND p.articles <= `+commonMost+`
JOIN authorship y ON y.person_id = x.person_id AND y.article_id <> x.article_id GROUP BY x.article_id, y.article_id`, func(k *kinship, n int) { k.authors = n })
	if err != nil {
		return nil, err
	}
	// The same keyword may stand in several lists, so words are counted in the
	// list that brings most.
	err = gather(`SELECT article_id, other_id, max(n) FROM (
	SELECT x.article_id AS article_id, y.article_id AS other_id, x.list, count(DISTINCT x.keyword_id) AS n FROM wanted w JOIN article_keyword x ON x.article_id = w.id
	JOIN keyword k ON k.id = x.keyword_id AND k.articles <= `+commonMost+`
	JOIN article_keyword y ON y.keyword_id = x.keyword_id AND y.article_id <> x.article_id GROUP BY x.article_id, y.article_id, x.list) u
GROUP BY article_id, other_id`, func(k *kinship, n int) { k.keywords = n })
	return pairs, err
}

// nearest are the rows for the best of every article, in both directions.
func nearest(pairs map[[2]string]kinship) (rows [][]any) {
	byArticle := map[string][]string{}
	for p, k := range pairs {
		if k.score() > 0 {
			byArticle[p[0]] = append(byArticle[p[0]], p[1])
		}
	}
	for id, others := range byArticle {
		slices.SortFunc(others, func(a, b string) int {
			return cmp.Or(cmp.Compare(pairs[[2]string{id, b}].score(), pairs[[2]string{id, a}].score()), cmp.Compare(b, a))
		})
		for _, other := range others[:min(len(others), kinMost)] {
			k := pairs[[2]string{id, other}]
			rows = append(rows, []any{id, other, k.score(), k.sources, k.authors, k.keywords}, []any{other, id, k.score(), k.sources, k.authors, k.keywords})
		}
	}
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(string), b[0].(string)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	return slices.CompactFunc(rows, func(a, b []any) bool { return a[0] == b[0] && a[1] == b[1] })
}
