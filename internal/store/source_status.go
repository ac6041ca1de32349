package store

import (
	"context"
	"encoding/json"
	"strings"

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
