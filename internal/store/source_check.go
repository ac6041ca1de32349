package store

import (
	"context"
	"fmt"
	"strings"

	"offprint/internal/errs"
)

// CheckReferences compares what is stored of the references of articles with what
// they are read as now, and reports those that differ. Articles that were written
// and not read yet are left out.
func (s *Store) CheckReferences(ctx context.Context, list []ArticleReferences, report func(Finding)) (err error) {
	defer errs.Wrap(&err, "store.CheckReferences")
	read, err := readReferences(list)
	if err != nil {
		return err
	}
	return s.read(ctx, func(t *tx) error {
		ids := make([]string, len(list))
		for i := range list {
			ids[i] = list[i].ArticleID
		}
		pending := map[string]bool{}
		err := t.query(`SELECT c.id FROM follower f JOIN change c ON c.seq > f.seq WHERE f.name = 'references' AND c.kind = 'article'`, nil, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			pending[id] = true
			return err
		})
		if err != nil {
			return err
		}
		split, err := t.splits(ids)
		if err != nil {
			return err
		}
		have := map[string]map[string]bool{}
		put := func(scan func(...any) error) error {
			var id, row string
			err := scan(&id, &row)
			if have[id] == nil {
				have[id] = map[string]bool{}
			}
			have[id][row] = true
			return err
		}
		if err := t.list(`WITH wanted (id) AS (VALUES %) SELECT r.article_id, r.position || ' ' || r.weight || ' ' || r.record || r.places FROM wanted w JOIN cited_reference r ON r.article_id = w.id`, single(ids), put); err != nil {
			return err
		}
		if err := t.list(`WITH wanted (id) AS (VALUES %) SELECT m.article_id, m.position || ' ' || m.kind || ' ' || m.mark FROM wanted w JOIN source_mark m ON m.article_id = w.id`, single(ids), put); err != nil {
			return err
		}
		for i := range list {
			a := &list[i]
			if pending[a.ArticleID] {
				continue
			}
			want := wantedReferences(read[i], split)
			same := len(want) == len(have[a.ArticleID])
			for row := range want {
				same = same && have[a.ArticleID][row]
			}
			if !same {
				report(Finding{Where: "article " + a.ArticleID, What: "what is stored of its references is not what is read of them", Do: doRebuild})
			}
		}
		return nil
	})
}

func wantedReferences(read []*citing, split map[string]bool) map[string]bool {
	want := map[string]bool{}
	for _, c := range read {
		want[fmt.Sprintf("%d %d %s%s", c.position, c.weight, c.record, c.places)] = true
		for _, m := range apart(c.articleID, c.marks, split) {
			want[fmt.Sprintf("%d %d %s", c.position, m.Kind, m.ID)] = true
		}
	}
	return want
}

// CheckSources reports sources whose numbers of articles are wrong, references that
// lead to no source, and addresses that lead nowhere.
func (s *Store) CheckSources(ctx context.Context, report func(Finding)) (err error) {
	defer errs.Wrap(&err, "store.CheckSources")
	wrong := func(t *tx, what, text string) error {
		var ids []string
		err := t.query(text, nil, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if len(ids) > 0 {
			report(Finding{Where: "sources", What: fmt.Sprintf("%s: %d, such as %s", what, len(ids), strings.Join(ids[:min(len(ids), 5)], ", ")), Do: doRebuild})
		}
		return err
	}
	return s.read(ctx, func(t *tx) error {
		for _, c := range [][2]string{
			{"sources whose number of articles is wrong", `SELECT s.id FROM source s LEFT JOIN cited_reference r ON r.source_id = s.id AND r.position >= 0 GROUP BY s.id, s.articles HAVING count(DISTINCT r.article_id) <> s.articles ORDER BY s.id`},
			{"references whose source is not there", `SELECT r.article_id FROM cited_reference r LEFT JOIN source s ON s.id = r.source_id AND s.joined = '' WHERE r.source_id <> '' AND s.id IS NULL ORDER BY r.article_id`},
			{"addresses of sources that lead nowhere", `SELECT s.id FROM source s LEFT JOIN source x ON x.id = s.joined WHERE s.joined <> '' AND x.id IS NULL ORDER BY s.id`},
			{"sources that stand otherwise in the index of a journal", `SELECT x.source_id FROM source_index x LEFT JOIN cited_reference r ON r.source_id = x.source_id AND r.journal_id = x.journal_id AND r.position >= 0
GROUP BY x.journal_id, x.source_id, x.articles HAVING count(DISTINCT r.article_id) <> x.articles ORDER BY x.source_id`},
			{"sources that another reference describes", `SELECT s.id FROM source s JOIN follower f ON f.name = 'references' AND s.round = f.round LEFT JOIN cited_reference r ON r.article_id = s.best_article AND r.position = s.best_position AND r.source_id = s.id
WHERE s.articles > 0 AND (r.article_id IS NULL OR r.record <> s.record OR r.weight <> s.weight) ORDER BY s.id`},
			{"sources that share a mark and are said to stand apart", `SELECT min(s.id) FROM source_mark m JOIN cited_reference r ON r.article_id = m.article_id AND r.position = m.position AND r.position >= 0 JOIN source s ON s.id = r.source_id
GROUP BY m.mark HAVING count(DISTINCT s.id) > 1 AND sum(CASE WHEN s.apart THEN 1 ELSE 0 END) > 0 ORDER BY 1`},
		} {
			if err := wrong(t, c[0], c[1]); err != nil {
				return err
			}
		}
		return nil
	})
}
