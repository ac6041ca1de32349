package store

import (
	"context"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/script"
)

// Find are the published articles in whose titles, subtitles or names every one
// of the words occurs, also inside of longer words, apart from case and marks;
// newest first. Without words that is all of them. The journal may be empty for
// all journals. total counts what there is beyond limit and offset.
func (s *Store) Find(ctx context.Context, journalID string, words []string, limit, offset int) (lines []Line, total int, err error) {
	defer errs.Wrap(&err, "store.Find(%q)", words)
	where, args := `WHERE a.withdrawn = ''`, []any{}
	if journalID != "" {
		args = append(args, journalID)
		where += ` AND a.journal_id = ?1`
	}
	for _, w := range words {
		args = append(args, contains(w))
		where += ` AND a.folded LIKE ?` + strconv.Itoa(len(args)) + ` ESCAPE '!'`
	}
	err = s.read(ctx, func(t *tx) error {
		if err := t.row(`SELECT count(*) FROM article a `+where, args, &total); err != nil || total <= offset || limit <= 0 {
			return err
		}
		n := len(args)
		lines, err = t.lines(lineOf(where+` `+newestFirst+` LIMIT ?`+strconv.Itoa(n+1)+` OFFSET ?`+strconv.Itoa(n+2), newestFirst), append(args, limit, offset)...)
		return err
	})
	return lines, total, err
}

var likeEscapes = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// contains is the LIKE pattern, with «!» as escape, for the folded word.
func contains(word string) string {
	return "%" + likeEscapes.Replace(script.Fold(clean(word))) + "%"
}
