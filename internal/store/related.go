package store

import (
	"context"

	"offprint/internal/errs"
)

// RelatedMost is how many related articles there are at most.
const RelatedMost = 6

// Relative is a related article with what it has in common with the other.
type Relative struct {
	Line
	Sources  int // cited works
	Authors  int
	Keywords int
}

// Way is where an article leads on to.
type Way struct {
	AuthorSlugs []string          // of its authors in order; shorter when the last have none
	Keywords    map[[2]int]string // addresses by list and place in it
	Section     string            // address of its heading, or empty
	Related     []Relative        // the nearest first
}

// Ways are the people, keywords, heading and related articles of an article,
// as they were last derived.
func (s *Store) Ways(ctx context.Context, articleID string) (w *Way, err error) {
	defer errs.Wrap(&err, "store.Ways(%q)", articleID)
	w = &Way{}
	err = s.read(ctx, func(t *tx) error {
		err := t.authorSlugs([]string{articleID}, func(_ string, position int, slug string) {
			for len(w.AuthorSlugs) <= position {
				w.AuthorSlugs = append(w.AuthorSlugs, "")
			}
			w.AuthorSlugs[position] = slug
		})
		if err != nil {
			return err
		}
		if w.Keywords, err = t.keywordSlugs(articleID); err != nil {
			return err
		}
		err = t.query(`SELECT s.slug FROM article_place x JOIN section s ON s.id = x.section_id WHERE x.article_id = ?1`, []any{articleID}, func(scan func(...any) error) error { return scan(&w.Section) })
		if err != nil {
			return err
		}
		w.Related, err = t.relatives(articleID)
		return err
	})
	return w, err
}

func (t *tx) relatives(articleID string) (list []Relative, err error) {
	var ids []string
	err = t.query(`SELECT k.other_id, k.sources, k.authors, k.keywords FROM kin k JOIN article a ON a.id = k.other_id AND a.withdrawn = ''
WHERE k.article_id = ?1 ORDER BY k.score DESC, a.published_order DESC, k.other_id DESC LIMIT ?2`, []any{articleID, RelatedMost}, func(scan func(...any) error) error {
		var r Relative
		err := scan(&r.ID, &r.Sources, &r.Authors, &r.Keywords)
		list, ids = append(list, r), append(ids, r.ID)
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	lines, err := t.linesByID(ids)
	for i := range list {
		if l := lines[list[i].ID]; l != nil {
			list[i].Line = *l
		}
	}
	return list, err
}
