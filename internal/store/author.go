package store

// authorSlugs calls f for the authors of articles that have a page.
func (t *tx) authorSlugs(ids []string, f func(articleID string, position int, slug string)) error {
	return t.list(`WITH wanted (id) AS (VALUES %) SELECT x.article_id, x.position, p.slug FROM wanted w JOIN authorship x ON x.article_id = w.id JOIN person p ON p.id = x.person_id`,
		single(ids), func(scan func(...any) error) error {
			var id, slug string
			var position int
			err := scan(&id, &position, &slug)
			f(id, position, slug)
			return err
		})
}
