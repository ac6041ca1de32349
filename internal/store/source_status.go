package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// WorkUpdate is a notice that something has become of a cited work.
type WorkUpdate struct {
	Kind   string       `json:"kind"` // retraction, withdrawal, removal, partial_retraction, expression_of_concern
	Date   journal.Date `json:"date,omitempty"`
	Notice string       `json:"notice,omitempty"` // its DOI
}

// WorkStatus is what a registry says of the work with a DOI.
type WorkStatus struct {
	DOI     string // in small letters
	Checked string
	Known   bool
	Updates []WorkUpdate // the gravest first
}

// WorkStatuses are what is known of DOIs, by the DOI in small letters.
func (s *Store) WorkStatuses(ctx context.Context, dois []string) (out map[string]WorkStatus, err error) {
	defer errs.Wrap(&err, "store.WorkStatuses")
	err = s.read(ctx, func(t *tx) error {
		out, err = t.workStatuses(dois)
		return err
	})
	return out, err
}

func (t *tx) workStatuses(dois []string) (map[string]WorkStatus, error) {
	out := map[string]WorkStatus{}
	rows := make([][]string, len(dois))
	for i, d := range dois {
		rows[i] = []string{key(strings.ToLower(d))}
	}
	err := t.list(`WITH wanted (doi) AS (VALUES %) SELECT s.doi, s.checked, s.known, s.updates FROM wanted w JOIN work_status s ON s.doi = w.doi`, rows, func(scan func(...any) error) error {
		var w WorkStatus
		var updates []byte
		if err := scan(&w.DOI, &w.Checked, &w.Known, &updates); err != nil {
			return err
		}
		err := json.Unmarshal(updates, &w.Updates)
		out[w.DOI] = w
		return err
	})
	return out, err
}

// WriteWorkStatus keeps what a registry says now of a DOI. The pages of the articles
// that cite it are told when it is something else.
func (s *Store) WriteWorkStatus(ctx context.Context, w WorkStatus) (err error) {
	defer errs.Wrap(&err, "store.WriteWorkStatus(%q)", w.DOI)
	if w.Updates == nil {
		w.Updates = []WorkUpdate{}
	}
	updates, err := canonicalJSON(&w.Updates)
	if err != nil {
		return err
	}
	doi := key(strings.ToLower(w.DOI))
	return s.write(ctx, func(t *tx) error {
		was, err := t.workStatuses([]string{doi})
		if err != nil {
			return err
		}
		before := was[doi].Updates
		if before == nil {
			before = []WorkUpdate{}
		}
		old, err := canonicalJSON(&before)
		if err != nil {
			return err
		}
		at := now()
		_, err = t.exec(`INSERT INTO work_status (doi, checked, known, updates) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (doi) DO UPDATE SET checked = excluded.checked, known = excluded.known, updates = excluded.updates`, doi, at, w.Known, string(updates))
		if err != nil || string(old) == string(updates) {
			return err
		}
		d := t.newSourceDeriver(0)
		err = t.query(`SELECT DISTINCT r.article_id, r.journal_id FROM source_mark m JOIN cited_reference r ON r.article_id = m.article_id AND r.position = m.position WHERE m.mark = ?1`, []any{MarkOf(MarkDOI, doi).ID}, func(scan func(...any) error) error {
			var id, journalID string
			err := scan(&id, &journalID)
			d.touch(id, journalID)
			return err
		})
		if err != nil {
			return err
		}
		return t.append(at, d.changes())
	})
}

// standOf sets what has become of the works of some references.
func (t *tx) standOf(list []CitedReference) error {
	var dois []string
	for i := range list {
		if d := list[i].Record.DOI; d != "" {
			dois = append(dois, d)
		}
	}
	known, err := t.workStatuses(dois)
	for i := range list {
		list[i].Updates = known[strings.ToLower(list[i].Record.DOI)].Updates
	}
	return err
}

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
		_, err := t.exec(`DELETE FROM link_health WHERE checked < ?1`, before.UTC().Format(time.RFC3339))
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
