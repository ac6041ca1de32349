package store

import (
	"encoding/json"
	"slices"
	"strings"

	"offprint/internal/journal"
)

// targetOf is how a mention names a related work: by its DOI, by its address in
// the journal, or not at all.
func targetOf(journalID string, rel *journal.Related) string {
	switch {
	case rel.DOI != "":
		return doiTarget(rel.DOI)
	case rel.Slug != "":
		return slugTarget(journalID, rel.Slug)
	}
	return ""
}

func doiTarget(doi string) string              { return "doi:" + key(strings.ToLower(doi)) }
func slugTarget(journalID, slug string) string { return "slug:" + journalID + "/" + key(slug) }

// mentioning is an article whose related works are to be written.
type mentioning struct {
	id, journalID string
	related       []journal.Related
	fresh         bool // it has no mentions yet
}

// mention writes the related works of articles and returns the targets that
// they name, or named before.
func (t *tx) mention(list []mentioning) ([]string, error) {
	rows := map[string][]any{}
	targets := map[string]bool{}
	var old [][]string
	for i := range list {
		m := &list[i]
		if !m.fresh {
			old = append(old, []string{m.id})
		}
		for j := range m.related {
			target, relation := targetOf(m.journalID, &m.related[j]), key(m.related[j].Relation)
			rows[target+"\x00"+m.id+"\x00"+relation] = []any{target, m.id, relation}
			targets[target] = true
		}
	}
	err := t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM mention WHERE article_id IN (SELECT id FROM wanted) RETURNING target`, old,
		func(scan func(...any) error) error {
			var target string
			err := scan(&target)
			targets[target] = true
			return err
		})
	if err != nil {
		return nil, err
	}
	if err := t.bulk(`INSERT INTO mention (target, article_id, relation) VALUES % ON CONFLICT DO NOTHING`, sorted(rows), nil); err != nil {
		return nil, err
	}
	delete(targets, "")
	named := make([]string, 0, len(targets))
	for target := range targets {
		named = append(named, target)
	}
	slices.Sort(named)
	return named, nil
}

// standArticles writes how the articles of a batch stand and those that they
// name, and returns the changes of the others.
func (t *tx) standArticles(list []mentioning, at string) ([]Change, error) {
	var any int
	if err := t.row(`SELECT count(*) FROM (SELECT 1 FROM mention LIMIT 1) m`, nil, &any); err != nil {
		return nil, err
	}
	if any == 0 && !slices.ContainsFunc(list, func(m mentioning) bool { return len(m.related) > 0 }) {
		return nil, nil // most journals have published no notice yet
	}
	targets, err := t.mention(list)
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].id
		own[ids[i]] = true
	}
	others, err := t.named(targets)
	if err != nil {
		return nil, err
	}
	for _, id := range others {
		if !own[id] {
			ids = append(ids, id)
		}
	}
	changes, err := t.stand(ids, at)
	return slices.DeleteFunc(changes, func(c Change) bool { return own[c.ID] }), err
}

// silence looks again at the articles that a withdrawn one had named.
func (t *tx) silence(articleID, at string) ([]Change, error) {
	var targets []string
	err := t.query(`SELECT target FROM mention WHERE article_id = ?1 AND target <> '' ORDER BY target`, []any{articleID}, func(scan func(...any) error) error {
		var target string
		err := scan(&target)
		targets = append(targets, target)
		return err
	})
	if err != nil || len(targets) == 0 {
		return nil, err
	}
	ids, err := t.named(targets)
	if err != nil {
		return nil, err
	}
	return t.stand(ids, at)
}

// named are the articles that targets lead to.
func (t *tx) named(targets []string) (ids []string, err error) {
	var dois, slugs [][]string
	for _, target := range targets {
		if doi, ok := strings.CutPrefix(target, "doi:"); ok {
			dois = append(dois, []string{doi})
		} else if journalID, slug, ok := strings.Cut(strings.TrimPrefix(target, "slug:"), "/"); ok {
			slugs = append(slugs, []string{journalID, slug})
		}
	}
	seen := map[string]bool{}
	take := func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
		return err
	}
	if err = t.list(`WITH wanted (doi) AS (VALUES %) SELECT i.article_id FROM wanted w JOIN identity i ON i.scope = '' AND i.kind = 'doi' AND i.value = w.doi`, dois, take); err != nil {
		return nil, err
	}
	err = t.list(`WITH wanted (journal_id, slug) AS (VALUES %) SELECT a.id FROM wanted w JOIN article a ON a.journal_id = w.journal_id AND a.slug = w.slug`, slugs, take)
	return ids, err
}

// stoodArticle is an article whose standing is looked at again.
type stoodArticle struct {
	Change
	have, want journal.Standing
}

// stand looks at what articles say of themselves and others of them, writes
// their standing where it has changed and returns these changes.
func (t *tx) stand(ids []string, at string) ([]Change, error) {
	articles, err := t.wantStanding(ids)
	if err != nil {
		return nil, err
	}
	return t.writeStanding(articles, at)
}

// wantStanding is how articles stand and how they should, by their ids.
func (t *tx) wantStanding(ids []string) (map[string]*stoodArticle, error) {
	articles, byTarget, err := t.standing(ids)
	if err != nil {
		return nil, err
	}
	err = t.list(`WITH wanted (id) AS (VALUES %) SELECT m.article_id, m.relation FROM wanted w JOIN mention m ON m.article_id = w.id`, single(ids),
		func(scan func(...any) error) error {
			var id, relation string
			err := scan(&id, &relation)
			if a := articles[id]; a != nil {
				a.want = a.want.Graver(journal.StandingBySelf(relation))
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	var targets [][]string
	for target := range byTarget {
		targets = append(targets, []string{target})
	}
	err = t.list(`WITH wanted (target) AS (VALUES %) SELECT m.target, m.relation FROM wanted w JOIN mention m ON m.target = w.target
JOIN article a ON a.id = m.article_id WHERE a.withdrawn = ''`, targets, func(scan func(...any) error) error {
		var target, relation string
		err := scan(&target, &relation)
		if a := byTarget[target]; a != nil {
			a.want = a.want.Graver(journal.StandingByOther(relation))
		}
		return err
	})
	return articles, err
}

// standing reads articles with their standing, by id and by the targets that
// lead to them.
func (t *tx) standing(ids []string) (byID, byTarget map[string]*stoodArticle, err error) {
	byID, byTarget = map[string]*stoodArticle{}, map[string]*stoodArticle{}
	err = t.list(`WITH wanted (id) AS (VALUES %) SELECT a.id, a.journal_id, coalesce(a.issue_id, ''), a.slug, a.line, a.standing FROM wanted w JOIN article a ON a.id = w.id`, single(ids),
		func(scan func(...any) error) error {
			a := &stoodArticle{Change: Change{Kind: KindArticle, Action: Updated}}
			var slug string
			var line []byte
			if err := scan(&a.ID, &a.JournalID, &a.IssueID, &slug, &line, &a.have); err != nil {
				return err
			}
			var s shown
			if err := json.Unmarshal(line, &s); err != nil {
				return err
			}
			byID[a.ID], byTarget[slugTarget(a.JournalID, slug)] = a, a
			if s.DOI != "" {
				byTarget[doiTarget(s.DOI)] = a
			}
			return nil
		})
	return byID, byTarget, err
}

func (t *tx) writeStanding(articles map[string]*stoodArticle, at string) (changes []Change, err error) {
	var rows [][]string
	for _, a := range articles {
		if a.have != a.want {
			rows = append(rows, []string{a.ID, string(a.want), at})
			changes = append(changes, a.Change)
		}
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.ID, b.ID) })
	err = t.list(`WITH wanted (id, standing, at) AS (VALUES %)
UPDATE article SET standing = w.standing, updated = w.at FROM wanted w WHERE article.id = w.id RETURNING article.id`, rows, func(func(...any) error) error { return nil })
	return changes, err
}

// notices are the articles whose records name the one of the publication.
func (t *tx) notices(p *journal.Publication) error {
	targets := [][]string{{slugTarget(p.Journal.ID, p.Slug)}}
	if p.Record.DOI != "" {
		targets = append(targets, []string{doiTarget(p.Record.DOI)})
	}
	seen := map[string]bool{}
	err := t.list(`WITH wanted (target) AS (VALUES %) SELECT m.relation, a.id, a.slug, j.path, a.line FROM wanted w JOIN mention m ON m.target = w.target
JOIN article a ON a.id = m.article_id JOIN journal j ON j.id = a.journal_id WHERE a.withdrawn = '' ORDER BY a.published_order, a.id, m.relation`, targets,
		func(scan func(...any) error) error {
			var n journal.Notice
			var line []byte
			if err := scan(&n.Relation, &n.ArticleID, &n.Slug, &n.JournalPath, &line); err != nil {
				return err
			}
			var s shown
			if err := json.Unmarshal(line, &s); err != nil {
				return err
			}
			if twice := n.Relation + "\x00" + n.ArticleID; n.ArticleID != p.ID && !seen[twice] {
				seen[twice] = true
				n.DOI, n.Title, n.Published = s.DOI, journal.In(s.Titles, ""), s.Published
				p.Notices = append(p.Notices, n)
			}
			return nil
		})
	return err
}

// single are the rows of a list with one column.
func single(values []string) [][]string {
	rows := make([][]string, len(values))
	for i, v := range values {
		rows[i] = []string{v}
	}
	return rows
}
