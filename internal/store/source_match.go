package store

import (
	"context"
	"encoding/json"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// States of a ReferenceMatch.
const (
	MatchProposed = "proposed"
	MatchAccepted = "accepted"
	MatchRejected = "rejected"
	MatchNone     = "none" // asked, and nothing is near
)

// ReferenceMatch is the DOI that a registry proposes for a printed reference, and
// what an editor said of it.
type ReferenceMatch struct {
	ID         string // of MatchID
	ArticleID  string
	Printed    string // PrintedHash
	DOI        string
	Record     string // what the registry has of it, JSON
	Confidence float64
	State      string
	Asked      string
	Actor      string // who decided, and when
	Decided    string
}

// PrintedHash is the SHA-256 of a printed reference, in hexadecimal: white space and
// case do not count.
func PrintedHash(r *journal.Reference) string { return sumOf([]byte(journal.Same(r.Printed.Plain))) }

// MatchID is by what people name the match of a reference of an article.
func MatchID(articleID, printed string) string {
	return MarkOf(MarkPrinted, "match "+articleID+" "+printed).ID
}

// CitedEntry is a reference of an article with where it stands.
type CitedEntry struct {
	ArticleID, JournalID, JournalPath, Slug string
	Position                                int // from 0
	Record                                  journal.Reference
}

// CitedEntries are the references of a journal, or of all when none is named, behind
// one of an article, limit at most.
func (s *Store) CitedEntries(ctx context.Context, journalID, afterArticle string, afterPosition, limit int) (list []CitedEntry, err error) {
	defer errs.Wrap(&err, "store.CitedEntries(%q)", journalID)
	which, args := "", []any{afterArticle, afterPosition, limit}
	if journalID != "" {
		which, args = ` AND r.journal_id = ?4`, append(args, journalID)
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT r.article_id, r.position, j.id, j.path, a.slug, r.record FROM cited_reference r JOIN article a ON a.id = r.article_id JOIN journal j ON j.id = a.journal_id
WHERE (r.article_id, r.position) > (?1, ?2) AND r.position >= 0`+which+` ORDER BY r.article_id, r.position LIMIT ?3`, args, func(scan func(...any) error) error {
			var e CitedEntry
			var record []byte
			if err := scan(&e.ArticleID, &e.Position, &e.JournalID, &e.JournalPath, &e.Slug, &record); err != nil {
				return err
			}
			err := json.Unmarshal(record, &e.Record)
			list = append(list, e)
			return err
		})
	})
	return list, err
}

const matchColumns = `m.id, m.article_id, m.printed, m.doi, m.record, m.confidence, m.state, m.asked, m.actor, m.decided`

func (m *ReferenceMatch) dest() []any {
	return []any{&m.ID, &m.ArticleID, &m.Printed, &m.DOI, &m.Record, &m.Confidence, &m.State, &m.Asked, &m.Actor, &m.Decided}
}

// Matches are those with some ids, by id.
func (s *Store) Matches(ctx context.Context, ids []string) (out map[string]ReferenceMatch, err error) {
	defer errs.Wrap(&err, "store.Matches")
	out = map[string]ReferenceMatch{}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (id) AS (VALUES %) SELECT `+matchColumns+` FROM wanted w JOIN reference_match m ON m.id = w.id`, cleanRows(ids), func(scan func(...any) error) error {
			var m ReferenceMatch
			err := scan(m.dest()...)
			out[m.ID] = m
			return err
		})
	})
	return out, err
}

// WriteMatches keeps what a registry proposes. What an editor has decided stays.
func (s *Store) WriteMatches(ctx context.Context, list []ReferenceMatch) (err error) {
	defer errs.Wrap(&err, "store.WriteMatches")
	at := now()
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{MatchID(m.ArticleID, m.Printed), m.ArticleID, m.Printed, clean(m.DOI), clean(m.Record), m.Confidence, m.State, at, "", ""}
	}
	return s.write(ctx, func(t *tx) error {
		return t.bulk(`INSERT INTO reference_match (id, article_id, printed, doi, record, confidence, state, asked, actor, decided) VALUES %
ON CONFLICT (id) DO UPDATE SET doi = excluded.doi, record = excluded.record, confidence = excluded.confidence, state = excluded.state, asked = excluded.asked
WHERE reference_match.state IN ('proposed', 'none')`, rows, nil)
	})
}

// DecideMatches accepts or rejects what was proposed, and tells the change feed of the
// articles whose references have another DOI now. It does all or nothing.
// errs.NotFound for an id that there is not, errs.Invalid to accept what has no DOI.
func (s *Store) DecideMatches(ctx context.Context, ids []string, state, actor string) (err error) {
	defer errs.Wrap(&err, "store.DecideMatches(%q)", state)
	at := now()
	return s.write(ctx, func(t *tx) error {
		missing := map[string]bool{}
		for _, id := range ids {
			missing[clean(id)] = true
		}
		articles := map[string]string{} // with the DOI
		var decided []string
		err := t.list(`WITH wanted (id) AS (VALUES %) SELECT `+matchColumns+` FROM wanted w JOIN reference_match m ON m.id = w.id`, cleanRows(ids), func(scan func(...any) error) error {
			var m ReferenceMatch
			if err := scan(m.dest()...); err != nil {
				return err
			}
			delete(missing, m.ID)
			if m.DOI == "" {
				return errs.Newf(errs.Invalid, "nothing was proposed as %s", m.ID)
			}
			if m.State == state {
				return nil
			}
			decided = append(decided, m.ID)
			if state == MatchAccepted || m.State == MatchAccepted {
				articles[m.ArticleID] = m.DOI
			}
			return nil
		})
		if err != nil {
			return err
		}
		for id := range missing {
			return errs.Newf(errs.NotFound, "there is no proposal %q: «offprint refs proposals» lists them", id)
		}
		decided = slices.Compact(slices.Sorted(slices.Values(decided)))
		for part := range slices.Chunk(decided, 500) {
			rows := make([][]string, len(part))
			for i, id := range part {
				rows[i] = []string{id, state, clean(actor), at}
			}
			err := t.list(`WITH given (id, state, actor, decided) AS (VALUES %), wanted AS (SELECT DISTINCT id, state, actor, decided FROM given)
UPDATE reference_match SET state = w.state, actor = w.actor, decided = w.decided FROM wanted w WHERE reference_match.id = w.id RETURNING reference_match.id`, rows, func(func(...any) error) error { return nil })
			if err != nil {
				return err
			}
		}
		return t.tellMatched(articles, state, actor, at)
	})
}

// tellMatched tells of articles that got or lost a DOI in their references.
func (t *tx) tellMatched(articles map[string]string, state, actor, at string) error {
	var changes []Change
	var events []Event
	ids := make([]string, 0, len(articles))
	for id := range articles {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	seen := map[string]bool{}
	err := t.list(`WITH wanted (id) AS (VALUES %) SELECT a.id, a.journal_id, coalesce(a.issue_id, '') FROM wanted w JOIN article a ON a.id = w.id`, single(ids), func(scan func(...any) error) error {
		c := Change{Kind: KindArticle, Action: Updated}
		err := scan(&c.ID, &c.JournalID, &c.IssueID)
		if !seen[c.ID] {
			seen[c.ID] = true
			changes = append(changes, c)
			events = append(events, Event{At: at, Kind: KindArticle, Subject: c.ID, Action: Updated, Actor: clean(actor), Note: "DOI of a reference " + state + ": " + articles[c.ID]})
		}
		return err
	})
	if err != nil || len(changes) == 0 {
		return err
	}
	// Harvesters get these articles anew: the next derivation gives them a stamp.
	err = t.list(`WITH wanted (id) AS (VALUES %) UPDATE harvest SET state = '' FROM wanted w WHERE harvest.article_id = w.id RETURNING harvest.article_id`, single(ids), func(func(...any) error) error { return nil })
	if err != nil {
		return err
	}
	if err := t.log(events); err != nil {
		return err
	}
	return t.append(at, changes)
}

// AcceptedDOIs are the DOIs that editors have accepted for references of articles: by
// article, by the PrintedHash.
func (s *Store) AcceptedDOIs(ctx context.Context, articleIDs []string) (out map[string]map[string]string, err error) {
	defer errs.Wrap(&err, "store.AcceptedDOIs")
	out = map[string]map[string]string{}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (id) AS (VALUES %) SELECT m.article_id, m.printed, m.doi FROM wanted w JOIN reference_match m ON m.article_id = w.id WHERE m.state = 'accepted'`, cleanRows(articleIDs), func(scan func(...any) error) error {
			var id, printed, doi string
			err := scan(&id, &printed, &doi)
			if out[id] == nil {
				out[id] = map[string]string{}
			}
			out[id][printed] = doi
			return err
		})
	})
	return out, err
}

// WithDOIs gives references that have no DOI the one that was accepted. The list is
// changed in place.
func WithDOIs(list []journal.Reference, accepted map[string]string) {
	if len(accepted) == 0 {
		return
	}
	for i := range list {
		if list[i].DOI == "" {
			list[i].DOI = accepted[PrintedHash(&list[i])]
		}
	}
}

func cleanRows(values []string) [][]string {
	rows := single(values)
	for i := range rows {
		rows[i][0] = clean(rows[i][0])
	}
	return rows
}
