package store

import (
	"slices"
	"strconv"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// wantedIssue is an issue that a batch needs, with what its records say of it.
type wantedIssue struct {
	id     string
	titles []journal.Text
	old    issueRecord
	made   bool
}

// issues finds or makes the issues of a batch and returns the changes.
func (t *tx) issues(wanted map[issueKey]*wantedIssue, at string) ([]Change, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	keys := make([]issueKey, 0, len(wanted))
	for k := range wanted {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, issueKey.compare) // every transaction locks in the same order
	if err := t.findIssues(keys, wanted); err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(slices.Clone(keys), func(k issueKey) bool { return wanted[k].id != "" })
	for try := 0; len(missing) > 0; try++ {
		if try == slugTries {
			return nil, errs.Newf(errs.Conflict, "the address of the issue %s was taken again and again: try again", missing[0].base())
		}
		var err error
		if missing, err = t.makeIssues(missing, wanted, at); err != nil {
			return nil, err
		}
	}
	var changes []Change
	for _, k := range keys {
		w := wanted[k]
		switch {
		case w.made:
			changes = append(changes, Change{Kind: KindIssue, ID: w.id, JournalID: k.journalID, IssueID: w.id, Action: Created})
		case len(w.old.Titles) == 0 && len(w.titles) > 0:
			if err := t.retitleIssue(w); err != nil {
				return nil, err
			}
			changes = append(changes, Change{Kind: KindIssue, ID: w.id, JournalID: k.journalID, IssueID: w.id, Action: Updated})
		}
	}
	return changes, nil
}

func (t *tx) findIssues(keys []issueKey, wanted map[issueKey]*wantedIssue) error {
	rows := make([][]string, len(keys))
	for i, k := range keys {
		rows[i] = []string{k.journalID, strconv.Itoa(k.year), k.volume, k.number}
	}
	return t.list(`WITH wanted (journal_id, year, volume, number) AS (VALUES %)
`+selectIssue+` FROM wanted w JOIN issue i ON i.journal_id = w.journal_id AND i.year = CAST(w.year AS BIGINT) AND i.volume = w.volume AND i.number = w.number`,
		rows, func(scan func(...any) error) error {
			var is journal.Issue
			if err := scanIssue(scan, &is); err != nil {
				return err
			}
			if w := wanted[issueKey{is.JournalID, is.Year, is.Volume, is.Number}]; w != nil {
				w.id, w.old = is.ID, issueRecord{is.Titles, is.Published, is.Cover}
			}
			return nil
		})
}

// makeIssues inserts the issues. One that another node has made meanwhile is
// taken instead; those whose address another node has taken are returned.
func (t *tx) makeIssues(keys []issueKey, wanted map[issueKey]*wantedIssue, at string) ([]issueKey, error) {
	bases := make([]slugWish, len(keys))
	for i, k := range keys {
		bases[i] = slugWish{journalID: k.journalID, base: k.base()}
	}
	slugs, err := t.freeSlugs(bases, `SELECT s.journal_id, s.slug FROM wanted w JOIN issue s ON s.journal_id = w.journal_id AND s.slug = w.slug`)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(keys))
	byID := map[string]*wantedIssue{}
	for i, k := range keys {
		w := wanted[k]
		_, record, err := canonical(&issueRecord{Titles: w.titles})
		if err != nil {
			return nil, err
		}
		id := newID()
		byID[id] = w
		rows[i] = []any{id, k.journalID, slugs[i], k.year, k.volume, k.number, string(record), at}
	}
	err = t.bulk(`INSERT INTO issue (id, journal_id, slug, year, volume, number, record, created) VALUES % ON CONFLICT DO NOTHING RETURNING id`, rows, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		if w := byID[id]; w != nil {
			w.id, w.made = id, true
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	missing := func(k issueKey) bool { return wanted[k].id == "" }
	keys = slices.DeleteFunc(keys, func(k issueKey) bool { return !missing(k) })
	if len(keys) == 0 {
		return nil, nil
	}
	err = t.findIssues(keys, wanted)
	return slices.DeleteFunc(keys, func(k issueKey) bool { return !missing(k) }), err
}

func (t *tx) retitleIssue(w *wantedIssue) error {
	w.old.Titles = w.titles
	_, record, err := canonical(&w.old)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE issue SET record = ?2 WHERE id = ?1`, w.id, string(record))
	return err
}
