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
	kinMost = 12
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

// citedWork is the part of journal.Reference that makes two of them one work.
type citedWork struct {
	DOI     string `json:"doi"`
	Printed struct {
		Plain string `json:"text"`
	} `json:"printed"`
}

// worksOf are the works that an article cites: references are equal by their
// DOI or else by what is printed, apart from case and white space.
func worksOf(journalID string, references []citedWork) []int64 {
	var works []int64
	for i := range references {
		r := &references[i]
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
		for _, work := range articles[i].works {
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
	var back [][]string // every pair stands in both directions
	err = t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM kin WHERE article_id IN (SELECT id FROM wanted) RETURNING article_id, other_id`, single(ids),
		func(scan func(...any) error) error {
			var p [2]string
			err := scan(&p[0], &p[1])
			touched[p[0]], touched[p[1]] = true, true
			back = append(back, []string{p[1], p[0]})
			return err
		})
	if err != nil {
		return nil, err
	}
	err = t.list(`WITH wanted (id, other) AS (VALUES %) DELETE FROM kin WHERE (article_id, other_id) IN (SELECT id, other FROM wanted) RETURNING article_id`, back, func(func(...any) error) error { return nil })
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
WHERE EXISTS (SELECT 1 FROM cited z WHERE z.work = x.work LIMIT 1 OFFSET 1) AND NOT EXISTS (SELECT 1 FROM cited z WHERE z.work = x.work LIMIT 1 OFFSET `+commonMost+`) GROUP BY x.article_id, y.article_id`, func(k *kinship, n int) { k.sources = n })
	if err != nil {
		return nil, err
	}
	err = gather(`SELECT x.article_id, y.article_id, count(DISTINCT x.person_id) FROM wanted w JOIN authorship x ON x.article_id = w.id JOIN person p ON p.id = x.person_id AND p.articles <= `+commonMost+`
JOIN authorship y ON y.person_id = x.person_id AND y.article_id <> x.article_id GROUP BY x.article_id, y.article_id`, func(k *kinship, n int) { k.authors = n })
	if err != nil {
		return nil, err
	}
	return pairs, t.keywordPairs(ids, pairs)
}

// listed is a list of keywords of an article.
type listed struct {
	articleID string
	list      int
}

// keywordPairs adds the keywords that the articles have in common with others.
// The same keyword may stand in several lists, so words are counted in the list
// that brings most. What one keyword alone brings together is left out, unless
// something else does: of these pairs there are very many.
func (t *tx) keywordPairs(ids []string, pairs map[[2]string]kinship) error {
	lists := map[listed][]string{}
	users := map[string][]int32{} // keyword → articles, by their numbers here
	var words []string
	err := t.list(`WITH given (id) AS (VALUES %) SELECT DISTINCT x.article_id, x.list, x.keyword_id FROM given w JOIN article_keyword x ON x.article_id = w.id
JOIN keyword k ON k.id = x.keyword_id AND k.articles BETWEEN 2 AND `+commonMost, single(ids), func(scan func(...any) error) error {
		var l listed
		var word string
		err := scan(&l.articleID, &l.list, &word)
		lists[l] = append(lists[l], word)
		if _, ok := users[word]; !ok {
			users[word] = nil
			words = append(words, word)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(words)
	numbers, names := map[string]int32{}, []string{}
	// One row for a keyword: a row for each use would cost more than all the rest.
	err = t.list(`WITH wanted (id) AS (VALUES %) SELECT x.keyword_id, string_agg(x.article_id, ' ') FROM wanted w JOIN article_keyword x ON x.keyword_id = w.id GROUP BY x.keyword_id`,
		single(words), func(scan func(...any) error) error {
			var word, all string
			err := scan(&word, &all)
			used := users[word]
			for id := range strings.SplitSeq(all, " ") {
				n, ok := numbers[id]
				if !ok {
					n = int32(len(names))
					numbers[id], names = n, append(names, id)
				}
				used = append(used, n)
			}
			slices.Sort(used)
			users[word] = slices.Compact(used)
			return err
		})
	if err != nil {
		return err
	}
	times := make([]int, len(names))
	for l, own := range lists {
		var met []int32
		for _, word := range own {
			for _, n := range users[word] {
				if times[n]++; times[n] == 1 {
					met = append(met, n)
				}
			}
		}
		for _, n := range met {
			p := [2]string{l.articleID, names[n]}
			k, near := pairs[p]
			if p[0] != p[1] && (near || times[n] > fewKeywords) && times[n] > k.keywords {
				k.keywords = times[n]
				pairs[p] = k
			}
			times[n] = 0
		}
	}
	return nil
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
