package store

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
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
		_, err := t.exec(`UPDATE follower SET seq = 0, made_by = ?1 WHERE name = 'references'`, madeBy)
		return err
	})
}

// WriteReferences writes what articles cite, as it was read from the changes after
// one number up to another, and finds out which references are of one work. It does
// nothing and says so when another process has written them meanwhile.
func (s *Store) WriteReferences(ctx context.Context, from, to int64, list []ArticleReferences) (written bool, err error) {
	defer errs.Wrap(&err, "store.WriteReferences(%d)", from)
	err = s.write(ctx, func(t *tx) error {
		var seq int64
		if err := t.row(`UPDATE follower SET seq = seq WHERE name = 'references' RETURNING seq`, nil, &seq); err != nil {
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
		return t.cite(list)
	})
	return written, err
}

// cite replaces the references of articles.
func (t *tx) cite(list []ArticleReferences) error {
	d := t.newSourceDeriver()
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ArticleID
	}
	err := t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM source_mark WHERE article_id IN (SELECT id FROM wanted) RETURNING mark`, single(ids), func(scan func(...any) error) error {
		var mark string
		err := scan(&mark)
		d.wave[mark] = true
		return err
	})
	if err != nil {
		return err
	}
	err = t.list(`WITH wanted (id) AS (VALUES %) DELETE FROM cited_reference WHERE article_id IN (SELECT id FROM wanted) RETURNING source_id`, single(ids), func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		d.old[id] = true
		return err
	})
	if err != nil {
		return err
	}
	split, err := t.splits(ids)
	if err != nil {
		return err
	}
	var references, marks [][]any
	for i := range list {
		a := &list[i]
		d.touch(a.ArticleID, a.JournalID)
		add := func(position int, r *ReadReference) error {
			_, record, err := canonical(&r.Record)
			if err != nil {
				return err
			}
			_, places, err := canonical(&r.Places)
			if err != nil {
				return err
			}
			references = append(references, []any{a.ArticleID, position, a.JournalID, string(record), r.Weight, string(places)})
			for _, m := range apart(a.ArticleID, r.Marks, split) {
				d.wave[m.ID] = true
				marks = append(marks, []any{m.ID, a.ArticleID, position, m.Kind})
			}
			return nil
		}
		if len(a.Own) > 0 {
			if err := add(-1, &ReadReference{Marks: a.Own}); err != nil {
				return err
			}
		}
		for n := range a.References {
			if err := add(n, &a.References[n]); err != nil {
				return err
			}
		}
	}
	if err := t.bulk(`INSERT INTO cited_reference (article_id, position, journal_id, record, weight, places) VALUES %`, references, nil); err != nil {
		return err
	}
	if err := t.bulk(`INSERT INTO source_mark (mark, article_id, position, kind) VALUES % ON CONFLICT DO NOTHING`, marks, nil); err != nil {
		return err
	}
	return d.settle()
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
}

// sourceRows reads sources by their ids.
func (t *tx) sourceRows(ids []string) (map[string]*sourceRow, error) {
	out := map[string]*sourceRow{}
	err := t.list(`WITH wanted (id) AS (VALUES %) SELECT s.id, s.created, s.joined, s.record, s.articles, s.article_id FROM wanted w JOIN source s ON s.id = w.id`, single(ids), func(scan func(...any) error) error {
		var r sourceRow
		err := scan(&r.id, &r.created, &r.joined, &r.record, &r.articles, &r.articleID)
		out[r.id] = &r
		return err
	})
	return out, err
}

// indexed is what a source is sorted by in an index.
func indexed(record string) string {
	var r journal.Reference
	if json.Unmarshal([]byte(record), &r) != nil {
		return ""
	}
	return r.Printed.Plain
}
