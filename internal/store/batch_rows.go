package store

import (
	"cmp"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/script"
)

// createArticles gives new articles their ids and addresses. Those whose
// address another node has taken meanwhile get the next one.
func (t *tx) createArticles(items []*item, at string) error {
	for _, it := range items {
		it.id = newID()
	}
	for try := 0; len(items) > 0; try++ {
		if try == slugTries {
			return items[0].problem(errs.Conflict, "its address %s was taken by others again and again: try again", items[0].written.Slug)
		}
		var err error
		if items, err = t.insertArticles(items, at); err != nil {
			return err
		}
	}
	return nil
}

// insertArticles returns those that were not inserted.
func (t *tx) insertArticles(items []*item, at string) ([]*item, error) {
	wishes := make([]slugWish, len(items))
	for i, it := range items {
		wishes[i] = slugWish{it.w.JournalID, script.Slug(it.w.SlugBase, 120)}
	}
	slugs, err := t.freeSlugs(wishes, `SELECT s.journal_id, s.slug FROM wanted w JOIN article s ON s.journal_id = w.journal_id AND s.slug = w.slug`)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(items))
	in := make(map[string]bool, len(items))
	for i, it := range items {
		it.written = Written{ArticleID: it.id, Slug: slugs[i], Version: 1, Action: Created}
		rows[i] = it.articleRow(at)
	}
	// By journal and address: every transaction waits for others in one order.
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[1].(string), b[1].(string)), cmp.Compare(a[2].(string), b[2].(string)))
	})
	err = t.bulk(insertArticle+`ON CONFLICT DO NOTHING RETURNING id`, rows, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		in[id] = true
		return err
	})
	return slices.DeleteFunc(items, func(it *item) bool { return in[it.id] }), err
}

// The column folded is of an earlier search and stays empty.
const insertArticle = `INSERT INTO article (id, journal_id, slug, version, created, updated, issue_id, record_sha256, line, folded, published_order, page_order) VALUES %
`

func (it *item) articleRow(at string) []any {
	return []any{it.id, it.w.JournalID, it.written.Slug, it.written.Version, at, at, nullable(it.issueID), it.sha,
		it.line, "", it.publishedOrder, it.pageOrder}
}

// updateArticles moves articles on to their next version, if they still are at
// the one before.
func (t *tx) updateArticles(items []*item, at string) error {
	if len(items) == 0 {
		return nil
	}
	items = slices.SortedFunc(slices.Values(items), func(a, b *item) int { return cmp.Compare(a.id, b.id) })
	rows := make([][]any, len(items))
	lost := make(map[string]*item, len(items))
	for i, it := range items {
		it.written.Version, it.written.Action = it.old.version+1, Updated
		rows[i] = it.articleRow(at)
		lost[it.id] = it
	}
	err := t.bulk(insertArticle+`ON CONFLICT (id) DO UPDATE SET version = excluded.version, updated = excluded.updated, issue_id = excluded.issue_id,
	record_sha256 = excluded.record_sha256, line = excluded.line, folded = excluded.folded,
	published_order = excluded.published_order, page_order = excluded.page_order
WHERE article.version = excluded.version - 1 AND article.withdrawn = '' RETURNING id`, rows, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		delete(lost, id)
		return err
	})
	for _, it := range lost {
		if err == nil {
			err = it.problem(errs.Conflict, "the article was changed by somebody else just now: look at what changed and try again")
		}
	}
	return err
}

func (t *tx) addVersions(items []*item, at string) error {
	rows := make([][]any, len(items))
	for i, it := range items {
		rows[i] = []any{it.id, it.written.Version, it.record, it.sha, it.provenance, it.losses, clean(it.w.Reason), clean(it.w.Actor), at}
	}
	return t.bulk(`INSERT INTO version (article_id, n, record, sha256, provenance, losses, reason, actor, created) VALUES %`, rows, nil)
}

// addFiles stores full texts and notes the hashes of files, sources included.
func (t *tx) addFiles(items []*item, at string) error {
	documents, files := map[string][]any{}, map[string][]any{}
	for _, it := range items {
		for _, d := range it.documents {
			documents[d.sha] = []any{d.sha, d.body, at}
		}
		if sha := clean(it.w.Provenance.SourceSHA256); sha != "" && files[sha] == nil {
			files[sha] = []any{sha, int64(0)}
		}
		for _, f := range it.w.Record.Files {
			if sha := clean(f.SHA256); sha != "" {
				files[sha] = []any{sha, f.Size}
			}
		}
	}
	if err := t.bulk(`INSERT INTO document (sha256, body, created) VALUES % ON CONFLICT DO NOTHING`, sorted(documents), nil); err != nil {
		return err
	}
	if err := t.documentsExist(items, documents); err != nil {
		return err
	}
	return t.bulk(`INSERT INTO file (sha256, size) VALUES %
ON CONFLICT (sha256) DO UPDATE SET size = excluded.size WHERE file.size = 0 AND excluded.size <> 0`, sorted(files), nil)
}

// documentsExist refuses records that refer to full texts which neither come
// with them nor are stored.
func (t *tx) documentsExist(items []*item, stored map[string][]any) error {
	missing := map[string]*item{}
	var rows [][]string
	for _, it := range items {
		if len(it.documents) > 0 {
			continue
		}
		for _, d := range it.w.Record.Documents {
			if sha := clean(d.SHA256); stored[sha] == nil && missing[sha] == nil {
				missing[sha] = it
				rows = append(rows, []string{sha})
			}
		}
	}
	err := t.list(`WITH wanted (sha256) AS (VALUES %) SELECT d.sha256 FROM wanted w JOIN document d ON d.sha256 = w.sha256`, rows, func(scan func(...any) error) error {
		var sha string
		err := scan(&sha)
		delete(missing, sha)
		return err
	})
	for sha, it := range missing {
		if err == nil {
			err = it.problem(errs.Invalid, "its record refers to the full text %q, which is not stored", sha)
		}
	}
	return err
}

// sorted are the rows by their key: every transaction locks in the same order.
func sorted(rows map[string][]any) [][]any {
	list := make([][]any, 0, len(rows))
	for _, r := range rows {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	return list
}
