package store

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Kinds of marks, the best first. Only fields may not become an address while
// there is another, since they change with what reads them.
const (
	MarkDOI = iota
	MarkID  // PMID and the like
	MarkISBN
	MarkPrinted
	MarkFields
)

// Mark is something by which a reference is known as the same work as another.
type Mark struct {
	ID   string // of MarkOf
	Kind int
}

// MarkOf is the mark of a value: thirteen letters and digits that may stand in an
// address.
func MarkOf(kind int, value string) Mark {
	sum := sha256.Sum256([]byte(strconv.Itoa(kind) + ":" + value))
	return Mark{strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:8])), kind}
}

// CitedPlace is a spot of a text that cites a reference.
type CitedPlace struct {
	Locator  string `json:"locator,omitempty"`
	Sentence string `json:"sentence,omitempty"`
	Lang     string `json:"lang,omitempty"`
}

// ReadReference is a reference with all that was read of it.
type ReadReference struct {
	Record journal.Reference
	Marks  []Mark
	Weight int // how well it describes the work
	Places []CitedPlace
}

// ArticleReferences are what one article cites. One that was withdrawn, or has no
// references, has none.
type ArticleReferences struct {
	ArticleID, JournalID string
	Own                  []Mark // of the article itself
	References           []ReadReference
}

// ReferencesAt is how far references were derived, and by which version of what
// derives them.
func (s *Store) ReferencesAt(ctx context.Context) (seq, madeBy int64, err error) {
	defer errs.Wrap(&err, "store.ReferencesAt")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT seq, made_by FROM follower WHERE name = 'references'`, nil, &seq, &madeBy)
	})
	return seq, madeBy, err
}

// ResetReferences says that all references are to be derived again, by a version.
// What was derived stays until then.
func (s *Store) ResetReferences(ctx context.Context, madeBy int64) (err error) {
	defer errs.Wrap(&err, "store.ResetReferences")
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE follower SET seq = 0, round = round + 1, made_by = ?1 WHERE name = 'references'`, madeBy)
		return err
	})
}

// ChangedArticles are the articles of the changes after a number, limit changes of
// articles at most, each once, and the number of the last change that was looked at:
// the given one when there is none.
func (s *Store) ChangedArticles(ctx context.Context, after int64, limit int) (ids []string, last int64, err error) {
	defer errs.Wrap(&err, "store.ChangedArticles(%d)", after)
	err = s.read(ctx, func(t *tx) error {
		if last, err = t.lastChange(); err != nil || last <= after {
			last = after
			return err
		}
		n, at := 0, int64(0)
		seen := map[string]bool{}
		err := t.query(`SELECT seq, id FROM change WHERE seq > ?1 AND kind = 'article' ORDER BY seq LIMIT ?2`, []any{after, limit}, func(scan func(...any) error) error {
			var id string
			err := scan(&at, &id)
			if n++; !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
			return err
		})
		if n == limit {
			last = at
		}
		return err
	})
	return ids, last, err
}

// WriteReferences writes what articles cite, as it was read from the changes after
// one number up to another, and finds out which references are of one work. It does
// nothing and says so when another process has written them meanwhile.
func (s *Store) WriteReferences(ctx context.Context, from, to int64, list []ArticleReferences) (written bool, err error) {
	defer errs.Wrap(&err, "store.WriteReferences(%d)", from)
	read, err := readReferences(list)
	if err != nil {
		return false, err
	}
	err = s.write(ctx, func(t *tx) error {
		var seq, round int64
		if err := t.row(`UPDATE follower SET seq = seq WHERE name = 'references' RETURNING seq, round`, nil, &seq, &round); err != nil {
			return err
		}
		if written = seq == from; !written {
			return nil
		}
		if _, err := t.exec(`UPDATE follower SET seq = ?1 WHERE name = 'references'`, to); err != nil {
			return err
		}
		if len(list) == 0 {
			return nil
		}
		return t.newSourceDeriver(round).cite(list, read)
	})
	return written, err
}

// readReferences are the references of articles as they are stored, those of each
// article in the order of their positions.
func readReferences(list []ArticleReferences) ([][]*citing, error) {
	out := make([][]*citing, len(list))
	for i := range list {
		a := &list[i]
		add := func(position int, r *ReadReference) error {
			record, err := canonicalJSON(&r.Record)
			if err != nil {
				return err
			}
			places, err := canonicalJSON(&r.Places)
			if err != nil {
				return err
			}
			out[i] = append(out[i], &citing{articleID: a.ArticleID, journalID: a.JournalID, position: position, weight: int64(r.Weight), marks: slices.Clone(r.Marks),
				record: string(record), places: string(places), printed: r.Record.Printed.Plain})
			return nil
		}
		if len(a.Own) > 0 {
			if err := add(-1, &ReadReference{Marks: a.Own}); err != nil {
				return nil, err
			}
		}
		for n := range a.References {
			if err := add(n, &a.References[n]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// splits are the marks that editors have said to be another work's in an article,
// as "article mark".
func (t *tx) splits(ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := t.list(`WITH wanted (id) AS (VALUES %) SELECT s.article_id, s.mark FROM wanted w JOIN source_split s ON s.article_id = w.id`, single(ids), func(scan func(...any) error) error {
		var id, mark string
		err := scan(&id, &mark)
		out[id+" "+mark] = true
		return err
	})
	return out, err
}

// apart are the marks of a reference; where an editor has split it off, they are
// its own and nobody else's.
func apart(articleID string, marks []Mark, split map[string]bool) []Mark {
	off := false
	for _, m := range marks {
		off = off || split[articleID+" "+m.ID]
	}
	if !off {
		return marks
	}
	out := make([]Mark, len(marks))
	for i, m := range marks {
		out[i] = MarkOf(m.Kind, "split "+articleID+" "+m.ID)
	}
	return out
}

// sourceRow is a source as it is stored.
type sourceRow struct {
	id, created, joined, record, articleID string
	articles                               int
	bestArticle                            string
	bestPosition                           int
	weight                                 int64
	apart                                  bool
	round                                  int64
}

func (s *sourceRow) values() []any {
	return []any{s.id, s.created, s.joined, s.record, s.articles, s.articleID, s.bestArticle, s.bestPosition, s.weight, s.apart, s.round}
}

// writeSources writes rows of sources.
func (t *tx) writeSources(rows [][]any) error {
	return t.bulk(`INSERT INTO source (id, created, joined, record, articles, article_id, best_article, best_position, weight, apart, round) VALUES %
ON CONFLICT (id) DO UPDATE SET joined = excluded.joined, record = excluded.record, articles = excluded.articles, article_id = excluded.article_id,
best_article = excluded.best_article, best_position = excluded.best_position, weight = excluded.weight, apart = excluded.apart, round = excluded.round`, rows, nil)
}

// sourceRows reads sources by their ids.
func (t *tx) sourceRows(ids []string) (map[string]*sourceRow, error) {
	out := map[string]*sourceRow{}
	err := t.list(`WITH wanted (id) AS (VALUES %) SELECT s.id, s.created, s.joined, s.record, s.articles, s.article_id, s.best_article, s.best_position, s.weight, s.apart, s.round FROM wanted w JOIN source s ON s.id = w.id`, single(ids), func(scan func(...any) error) error {
		var r sourceRow
		err := scan(&r.id, &r.created, &r.joined, &r.record, &r.articles, &r.articleID, &r.bestArticle, &r.bestPosition, &r.weight, &r.apart, &r.round)
		out[r.id] = &r
		return err
	})
	return out, err
}

// indexedMost is how much of a source's printed text its place in an index is made
// of, in bytes: its authors and the beginning of its title.
const indexedMost = 120

// indexed is what a source is sorted by in an index.
func indexed(record string) string {
	var r journal.Reference
	if json.Unmarshal([]byte(record), &r) != nil {
		return ""
	}
	return cutTo(r.Printed.Plain, indexedMost)
}
