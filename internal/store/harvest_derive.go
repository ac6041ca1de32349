package store

import (
	"strings"
	"time"

	"offprint/internal/journal"
)

// harvested is what of an article its row for harvesters is derived from.
type harvested struct {
	state, lang, identifier string
}

// harvestState is what a stamp is given for: the record, how the article
// stands, its issue, and whether it is withdrawn.
const harvestState = `a.record_sha256 || ' ' || a.standing || ' ' || coalesce(a.issue_id, '') || ' ' || a.withdrawn`

// harvestDelay is how long after a change harvesters see it. A stamp may then
// never be older than what a harvester was given already, however long the
// transaction that wrote it took to end.
const harvestDelay = 2 * time.Second

// harvestLanguage is the primary subtag of a language.
func harvestLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(clean(tag)), "-")
	return base
}

// repositoryIdentifier is the identifier that an article had in an earlier
// repository: harvesters know it by that.
func repositoryIdentifier(ids []journal.ID) string {
	for _, id := range ids {
		if strings.EqualFold(id.Kind, "oai") {
			return clean(id.Value)
		}
	}
	return ""
}

// deriveHarvest writes the rows for harvesters. A row keeps its stamp when the
// article is what it was.
func (t *tx) deriveHarvest(journalID string, list []browsed) error {
	stamp, err := t.harvestStamp()
	if err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i := range list {
		a := &list[i]
		rows[i] = []any{a.id, journalID, a.sectionID, a.lang, a.identifier, a.state, stamp, a.withdrawn}
	}
	return t.bulk(`INSERT INTO harvest (article_id, journal_id, section_id, lang, identifier, state, stamp, deleted) VALUES %
ON CONFLICT (article_id) DO UPDATE SET journal_id = excluded.journal_id, section_id = excluded.section_id, lang = excluded.lang, identifier = excluded.identifier,
	stamp = CASE WHEN harvest.state = excluded.state THEN harvest.stamp ELSE excluded.stamp END, state = excluded.state, deleted = excluded.deleted`, rows, nil)
}

// restamp gives a new stamp to the articles of journals and issues that were
// changed: their title or year stands in every record.
func (t *tx) restamp(changes []Change) error {
	stamp, err := "", error(nil)
	seen := map[string]bool{}
	for _, c := range changes {
		if c.Action != Updated || c.Kind != KindJournal && c.Kind != KindIssue || seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		if stamp == "" {
			if stamp, err = t.harvestStamp(); err != nil {
				return err
			}
		}
		of := `journal_id = ?2`
		if c.Kind == KindIssue {
			of = `article_id IN (SELECT a.id FROM article a WHERE a.issue_id = ?2)`
		}
		if _, err := t.exec(`UPDATE harvest SET stamp = ?1 WHERE `+of, stamp, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// harvestStamp is the stamp of what is written now. Stamps never go back, also
// where the clocks of nodes differ.
func (t *tx) harvestStamp() (string, error) {
	newest := ""
	err := t.row(`SELECT coalesce(max(stamp), '') FROM harvest`, nil, &newest)
	return max(newest, time.Now().Add(harvestDelay).UTC().Format(time.RFC3339)), err
}

// harvests: every article has a row, of what it is now.
func (c *derivedChecker) harvests(_ string, list []checkedArticle) error {
	have, err := c.rows(`SELECT h.article_id, h.state || ' ' || h.lang || ' ' || h.identifier FROM wanted w JOIN harvest h ON h.article_id = w.id`, list)
	for i := range list {
		a := &list[i]
		c.compare(a, have[a.id], []string{a.state + " " + a.lang + " " + a.identifier}, "what harvesters are told of it is not what its record says")
	}
	return err
}
