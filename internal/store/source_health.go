package store

import (
	"context"
	"time"

	"offprint/internal/errs"
)

// LinkHealth is how the address of a reference answered.
type LinkHealth struct {
	URL     string
	Checked string
	State   string
	Status  int
	Note    string
	Since   string // from when on it has been in this state
}

// LinkHealths are what is known of addresses, by address.
func (s *Store) LinkHealths(ctx context.Context, addresses []string) (out map[string]LinkHealth, err error) {
	defer errs.Wrap(&err, "store.LinkHealths")
	out = map[string]LinkHealth{}
	rows, names := make([][]string, len(addresses)), map[string]string{}
	for i, a := range addresses {
		rows[i] = []string{key(a)}
		names[key(a)] = a
	}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (url) AS (VALUES %) SELECT h.url, h.checked, h.state, h.status, h.note, h.since FROM wanted w JOIN link_health h ON h.url = w.url`, rows, func(scan func(...any) error) error {
			var h LinkHealth
			err := scan(&h.URL, &h.Checked, &h.State, &h.Status, &h.Note, &h.Since)
			h.URL = names[h.URL]
			out[h.URL] = h
			return err
		})
	})
	return out, err
}

// WriteLinkHealth keeps how addresses answer now.
func (s *Store) WriteLinkHealth(ctx context.Context, list []LinkHealth) (err error) {
	defer errs.Wrap(&err, "store.WriteLinkHealth")
	at := now()
	rows := make([][]any, len(list))
	for i, h := range list {
		rows[i] = []any{key(h.URL), at, h.State, h.Status, clean(h.Note), at}
	}
	return s.write(ctx, func(t *tx) error {
		return t.bulk(`INSERT INTO link_health (url, checked, state, status, note, since) VALUES % ON CONFLICT (url) DO UPDATE SET checked = excluded.checked, state = excluded.state, status = excluded.status, note = excluded.note,
since = CASE WHEN link_health.state = excluded.state THEN link_health.since ELSE excluded.since END`, rows, nil)
	})
}

// ForgetLinkHealth forgets addresses that were not asked for since a time: nobody
// cites them any more.
func (s *Store) ForgetLinkHealth(ctx context.Context, before time.Time) (err error) {
	defer errs.Wrap(&err, "store.ForgetLinkHealth")
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM link_health WHERE checked < ?1`, written(before))
		return err
	})
}

// DeadLinks is how many addresses of references were found not to answer.
func (s *Store) DeadLinks(ctx context.Context) (n int, err error) {
	defer errs.Wrap(&err, "store.DeadLinks")
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT count(*) FROM link_health WHERE state IN ('gone', 'failing', 'unreachable')`, nil, &n)
	})
	return n, err
}

// ReferenceHealth is how the links in the references of an article answered when
// they were asked last.
type ReferenceHealth struct {
	ArticleID, JournalID string
	Links                int    // references whose address answered or did not
	Dead                 int    // of which it did not
	Refused              int    // references whose address may not be asked
	Asked                string // when the last of the addresses was asked
}

// WriteReferenceHealth keeps the counts of some articles as of now.
func (s *Store) WriteReferenceHealth(ctx context.Context, list []ReferenceHealth) (err error) {
	defer errs.Wrap(&err, "store.WriteReferenceHealth")
	at := now()
	rows := make([][]any, len(list))
	for i, h := range list {
		rows[i] = []any{h.ArticleID, h.JournalID, h.Links, h.Dead, h.Refused, h.Asked, at}
	}
	return s.write(ctx, func(t *tx) error {
		return t.bulk(`INSERT INTO reference_health (article_id, journal_id, links, dead, refused, asked, checked) VALUES % ON CONFLICT (article_id) DO UPDATE SET journal_id = excluded.journal_id, links = excluded.links, dead = excluded.dead,
refused = excluded.refused, asked = excluded.asked, checked = excluded.checked`, rows, nil)
	})
}

// ForgetReferenceHealth forgets the counts of a journal, or of all when none is named,
// that are older than a time: those articles have no links any more.
func (s *Store) ForgetReferenceHealth(ctx context.Context, journalID string, before time.Time) (err error) {
	defer errs.Wrap(&err, "store.ForgetReferenceHealth(%q)", journalID)
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM reference_health WHERE checked < ?1 AND (?2 = '' OR journal_id = ?2)`, written(before), journalID)
		return err
	})
}

// ReferenceHealths are the counts of articles of a journal, those with most dead links
// first, limit at most from an offset on; only those that have some if dead is set.
func (s *Store) ReferenceHealths(ctx context.Context, journalID string, dead bool, limit, offset int) (list []ReferenceHealth, err error) {
	defer errs.Wrap(&err, "store.ReferenceHealths(%q)", journalID)
	least := 0
	if dead {
		least = 1
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT h.article_id, h.journal_id, h.links, h.dead, h.refused, h.asked FROM reference_health h JOIN article a ON a.id = h.article_id AND a.withdrawn = ''
WHERE h.journal_id = ?1 AND h.dead >= ?2 ORDER BY h.dead DESC, h.article_id DESC LIMIT ?3 OFFSET ?4`, []any{journalID, least, limit, offset}, func(scan func(...any) error) error {
			var h ReferenceHealth
			err := scan(&h.ArticleID, &h.JournalID, &h.Links, &h.Dead, &h.Refused, &h.Asked)
			list = append(list, h)
			return err
		})
	})
	return list, err
}

// HealthTotals are the counts of a journal in sum.
type HealthTotals struct {
	Articles, Ailing int    // with links, and with dead ones
	Asked            string // the day on which the last link was asked, empty before the first
}

// ReferenceHealthTotals sums up a journal.
func (s *Store) ReferenceHealthTotals(ctx context.Context, journalID string) (sum HealthTotals, err error) {
	defer errs.Wrap(&err, "store.ReferenceHealthTotals(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT count(*), coalesce(sum(CASE WHEN h.dead > 0 THEN 1 ELSE 0 END), 0), coalesce(substr(max(h.asked), 1, 10), '')
FROM reference_health h JOIN article a ON a.id = h.article_id AND a.withdrawn = '' WHERE h.journal_id = ?1`, []any{journalID}, &sum.Articles, &sum.Ailing, &sum.Asked)
	})
	return sum, err
}
