package store

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// browseBatch is how many articles are derived in one transaction: enough that
// a page of an index is not written again for every article, few enough that
// others need not wait for long.
const browseBatch = 400

// rebuildBatch is the same where nobody waits and all articles are derived.
const rebuildBatch = 2000

// restAfter is after how many articles, derived in one go, the memory that this
// took is given back to the system.
const restAfter = 2000

// browsed is what of an article people, keywords and the like are derived from.
// It holds no more of the record: a batch of articles with long lists of
// references would fill the memory.
type browsed struct {
	id, journalID string
	withdrawn     bool
	order         int64
	kind          string // article type
	section       []journal.Text
	keywords      []journal.Keywords
	authors       []authorship
	works         []int64 // that it cites
	sectionID     string  // once sections are derived
	harvested
}

// browsedRecord is the part of journal.Article that is read for it.
type browsedRecord struct {
	Type         string                `json:"type"`
	Language     string                `json:"language"`
	IDs          []journal.ID          `json:"ids"`
	Section      []journal.Text        `json:"section"`
	Keywords     []journal.Keywords    `json:"keywords"`
	Contributors []journal.Contributor `json:"contributors"`
	Affiliations []journal.Affiliation `json:"affiliations"`
	References   []citedWork           `json:"references"`
}

// read takes what is needed out of a record.
func (a *browsed) read(record []byte) error {
	var r browsedRecord
	if err := json.Unmarshal(record, &r); err != nil {
		return err
	}
	a.kind, a.section, a.keywords = r.Type, r.Section, r.Keywords
	a.lang, a.identifier = harvestLanguage(r.Language), repositoryIdentifier(r.IDs)
	a.authors, a.works = authorsOf(a.id, r.Contributors, r.Affiliations), worksOf(a.journalID, r.References)
	return nil
}

// FollowBrowse derives what readers find their way by (people, keywords,
// sections, related articles) of everything that changes, until ctx ends. When
// several processes do so on one database, they take turns.
func (s *Store) FollowBrowse(ctx context.Context) error {
	return s.KeepUp(ctx, "indexes of people and keywords", s.CatchUp)
}

// KeepUp calls catchUp at once and after every change until ctx ends; what it makes
// is named for the log. After a failure it tries again.
func (s *Store) KeepUp(ctx context.Context, what string, catchUp func(context.Context) error) error {
	last := int64(0)
	for {
		err := catchUp(ctx)
		if err == nil {
			if last, err = s.LastChange(ctx); err == nil {
				err = s.Follow(ctx, last, func([]Change) error { return catchUp(ctx) })
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if s.life.Err() != nil {
			return err
		}
		slog.WarnContext(ctx, what+" cannot be made; trying again", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Second):
		}
	}
}

// CatchUp derives what readers find their way by of everything that was written
// and not derived yet.
func (s *Store) CatchUp(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "store.CatchUp")
	done := 0
	defer func() {
		if done >= restAfter {
			debug.FreeOSMemory()
		}
	}()
	for {
		n := 0
		behind, err := s.behind(ctx)
		if err != nil || !behind {
			return err
		}
		err = s.write(ctx, func(t *tx) (err error) {
			n, err = t.browseNext()
			return err
		})
		if err != nil || n == 0 {
			return err
		}
		done += n
	}
}

// behind: there is a change that was not looked at. It keeps those who are up
// to date from writing.
func (s *Store) behind(ctx context.Context) (behind bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		var seq int64
		last, err := t.lastChange()
		if err != nil {
			return err
		}
		err = t.row(`SELECT seq FROM follower WHERE name = 'browse'`, nil, &seq)
		behind = seq < last
		return err
	})
	return behind, err
}

// browseNext derives the articles of the next changes, under the lock of the
// cursor, and returns how many changes it looked at.
func (t *tx) browseNext() (n int, err error) {
	var seq int64
	if err := t.row(`UPDATE follower SET seq = seq WHERE name = 'browse' RETURNING seq`, nil, &seq); err != nil {
		return 0, err
	}
	changes, err := t.changes(seq, browseBatch)
	if err != nil || len(changes) == 0 {
		return 0, err
	}
	var ids []string
	seen := map[string]bool{}
	for _, c := range changes {
		if c.Kind == KindArticle && !seen[c.ID] {
			seen[c.ID] = true
			ids = append(ids, c.ID)
		}
	}
	seq = changes[len(changes)-1].Seq
	if _, err := t.exec(`UPDATE follower SET seq = ?1 WHERE name = 'browse'`, seq); err != nil {
		return 0, err
	}
	if err := t.browse(ids); err != nil {
		return 0, err
	}
	return len(changes), t.restamp(changes)
}

// RebuildBrowse derives everything that readers find their way by anew. What
// stays is what cannot be derived: addresses of people, keywords and sections,
// and the words of editors.
func (s *Store) RebuildBrowse(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "store.RebuildBrowse")
	last, err := s.LastChange(ctx)
	if err != nil {
		return err
	}
	for after := ""; ; {
		var ids []string
		err := s.write(ctx, func(t *tx) error {
			ids = nil
			if _, err := t.exec(`UPDATE follower SET seq = seq WHERE name = 'browse'`); err != nil {
				return err
			}
			err := t.query(`SELECT a.id FROM article a WHERE a.id > ?1 ORDER BY a.id LIMIT ?2`, []any{after, rebuildBatch}, func(scan func(...any) error) error {
				var id string
				err := scan(&id)
				ids = append(ids, id)
				return err
			})
			if err != nil {
				return err
			}
			return t.browse(ids)
		})
		if err != nil {
			return err
		}
		if len(ids) < rebuildBatch {
			break
		}
		after = ids[len(ids)-1]
	}
	debug.FreeOSMemory()
	// What was written before the walk began is done.
	return s.write(ctx, func(t *tx) error {
		if err := t.recountKeywords(); err != nil {
			return err
		}
		_, err := t.exec(`UPDATE follower SET seq = ?1 WHERE name = 'browse' AND seq < ?1`, last)
		return err
	})
}

// browse derives everything of some articles.
func (t *tx) browse(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	byJournal := map[string][]browsed{}
	seen := map[string]bool{}
	err := t.list(`WITH wanted (id) AS (VALUES %)
SELECT a.id, a.journal_id, a.withdrawn, a.published_order, `+harvestState+`, v.record FROM wanted w JOIN article a ON a.id = w.id JOIN version v ON v.article_id = a.id AND v.n = a.version ORDER BY a.id`,
		single(ids), func(scan func(...any) error) error {
			var a browsed
			var withdrawn string
			var record []byte
			if err := scan(&a.id, &a.journalID, &withdrawn, &a.order, &a.state, &record); err != nil {
				return err
			}
			if seen[a.id] {
				return nil
			}
			seen[a.id], a.withdrawn = true, withdrawn != ""
			err := a.read(record)
			byJournal[a.journalID] = append(byJournal[a.journalID], a)
			return err
		})
	if err != nil {
		return err
	}
	languages, err := t.journalLanguages()
	if err != nil {
		return err
	}
	at := now()
	var changes []Change
	for journalID, list := range byJournal { // a batch is nearly always of one journal
		changed, err := t.browseJournal(journalID, list, newSorter(languages[journalID]), at)
		if err != nil {
			return err
		}
		changes = append(changes, changed...)
	}
	return t.append(at, changes)
}

func (t *tx) journalLanguages() (map[string]string, error) {
	out := map[string]string{}
	err := t.query(selectJournal, nil, func(scan func(...any) error) error {
		var row journalRow
		if err := scan(row.dest()...); err != nil {
			return err
		}
		j, err := row.journal(nil, row.path)
		if err == nil {
			out[row.id] = j.Language()
		}
		return err
	})
	return out, err
}

// manyChanges is from how many articles on a change is told of the journal.
const manyChanges = 300

// browseJournal derives everything of some articles of one journal and returns
// whose pages show something else now.
func (t *tx) browseJournal(journalID string, list []browsed, order *sorter, at string) ([]Change, error) {
	touched, err := t.deriveAuthors(journalID, list, order, at)
	if err != nil {
		return nil, err
	}
	if err := t.deriveKeywords(journalID, list, order); err != nil {
		return nil, err
	}
	if err := t.deriveSections(journalID, list); err != nil {
		return nil, err
	}
	if err := t.deriveHarvest(journalID, list); err != nil {
		return nil, err
	}
	kin, err := t.deriveKin(journalID, list)
	if err != nil {
		return nil, err
	}
	for id := range kin {
		touched[id] = true
	}
	for i := range list {
		touched[list[i].id] = true
	}
	if len(touched) > manyChanges {
		return []Change{{Kind: KindBrowse, ID: journalID, JournalID: journalID, Action: Updated}}, nil
	}
	var changes []Change
	for id := range touched {
		changes = append(changes, Change{Kind: KindBrowse, ID: id, JournalID: journalID, Action: Updated})
	}
	return changes, nil
}
